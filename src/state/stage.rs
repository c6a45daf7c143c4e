//! How far something is that goes on behind the screen, part by part.

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun, or something else has ended it: it begins when its view is on screen and nothing is being read.
    #[default]
    Due,
    /// It is under way.
    Running,
    /// Everything is known.
    Done,
    /// It was cancelled: what was found stays.
    Cancelled,
    /// It could not go on, and why.
    Failed(String),
}
