use super::Field;

/// What a view is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// The sentences as they are read: joined, or one of them alone.
    #[default]
    Readings,
    /// Each sentence alone.
    Alone,
    /// The list of sentences.
    List,
}

/// Where typed characters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Into a text field.
    Text(Field),
    /// They are commands.
    View,
}
