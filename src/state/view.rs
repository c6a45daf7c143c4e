use super::{Action, Field};

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

/// A screen of the explorer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Where the source token looks, layer by layer.
    #[default]
    Layers,
    /// All heads of all layers at once.
    Heads,
    /// One layer's attention from every token to every token.
    Matrix,
    /// What is held beside what is shown, and their difference.
    Compare,
    /// What switching off each head, or each word, changes.
    Sweep,
    /// The poolings side by side.
    Pooling,
    /// A list of sentences, each held against each.
    Sentences,
    /// The same as points of a plane.
    Map,
}

impl View {
    /// In the order of their tabs.
    pub const ALL: &'static [View] = &[
        View::Layers,
        View::Heads,
        View::Matrix,
        View::Compare,
        View::Sweep,
        View::Pooling,
        View::Sentences,
        View::Map,
    ];

    /// As on its tab, and on the command line in lower case.
    pub fn title(self) -> &'static str {
        match self {
            View::Layers => "Layers",
            View::Heads => "Heads",
            View::Matrix => "Matrix",
            View::Compare => "Compare",
            View::Sweep => "Sweep",
            View::Pooling => "Pooling",
            View::Sentences => "Sentences",
            View::Map => "Map",
        }
    }

    /// Whether it shows the list of sentences, rather than A and B.
    pub fn is_of_list(self) -> bool {
        matches!(self, View::Sentences | View::Map)
    }

    /// As on the command line.
    pub fn id(self) -> &'static str {
        match self {
            View::Layers => "layers",
            View::Heads => "heads",
            View::Matrix => "matrix",
            View::Compare => "compare",
            View::Sweep => "sweep",
            View::Pooling => "pooling",
            View::Sentences => "sentences",
            View::Map => "map",
        }
    }

    /// The action that shows it.
    pub fn action(self) -> Action {
        match self {
            View::Layers => Action::ShowLayers,
            View::Heads => Action::ShowHeads,
            View::Matrix => Action::ShowMatrix,
            View::Compare => Action::ShowCompare,
            View::Sweep => Action::ShowSweep,
            View::Pooling => Action::ShowPooling,
            View::Sentences => Action::ShowSentences,
            View::Map => Action::ShowMap,
        }
    }

    /// The view this many tabs further, around the circle.
    pub(super) fn step(self, by: isize) -> Self {
        let count = Self::ALL.len() as isize;
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0) as isize;
        Self::ALL[(at + by).rem_euclid(count) as usize]
    }
}

/// Where typed characters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Into a text field.
    Text(Field),
    /// They are commands.
    View,
}
