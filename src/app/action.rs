//! Everything a user can ask of the explorer, by name.
//!
//! An action is a name (used in the keymap files) with the one-line description the help and the
//! bottom bar show. Which key asks for it is the keymap's business; what it does is `update`'s.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $short:literal, $description:literal;)*) => {
        /// A request of the user's, as named in `config/keymap.toml`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[$doc])* #[doc = $description] $variant,)*
        }

        impl Action {
            /// Every action, in the order the help shows them.
            pub const ALL: &'static [Action] = &[$(Action::$variant,)*];

            /// The name used in keymap files, kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name,)* }
            }

            /// One or two words for the bottom bar.
            pub fn short(self) -> &'static str {
                match self { $(Action::$variant => $short,)* }
            }

            /// One line for the help.
            pub fn description(self) -> &'static str {
                match self { $(Action::$variant => $description,)* }
            }
        }
    };
}

actions! {
    EditSentence = "edit-sentence", "edit", "Edit the sentence";
    EditPair = "edit-pair", "second", "Edit the second sentence (leave it empty to read one alone)";
    Commit = "commit", "read it", "Go to the view; on an empty line, load an example first";
    Leave = "leave", "done", "Leave the text field, close the help or the list of models";
    Example = "example", "example", "Load the next example sentence";
    PickModel = "pick-model", "model", "Choose another model";
    OpenModel = "open-model", "open", "Open the model under the cursor; one of the Hub is downloaded first";
    CancelOpening = "cancel-opening", "cancel", "Cancel the download of a model; dismiss its error";
    ShowAttention = "show-attention", "attention", "Attention: where each layer looks";
    ShowPooling = "show-pooling", "pooling", "Pooling: the pooled output against the mean of the sequence";
    NextView = "next-view", "next view", "Go to the next view";
    Left = "left", "left", "Move the cursor one token left";
    Right = "right", "right", "Move the cursor one token right";
    Up = "up", "up", "Move the cursor one layer up; scroll up";
    Down = "down", "down", "Move the cursor one layer down; scroll down";
    First = "first", "first", "Go to the first token";
    Last = "last", "last", "Go to the last token";
    PageLeft = "page-left", "page left", "Move the cursor ten tokens left";
    PageRight = "page-right", "page right", "Move the cursor ten tokens right";
    Top = "top", "top", "Go to the first layer";
    Bottom = "bottom", "bottom", "Go to the last layer";
    PreviousHead = "previous-head", "head −", "Show the previous head";
    NextHead = "next-head", "head +", "Show the next head";
    MeanOfHeads = "mean-of-heads", "mean", "Show the mean of all heads";
    MaxOfHeads = "max-of-heads", "max", "Show the largest of all heads";
    SourceHere = "source-here", "look from here", "Look from the token under the cursor";
    SourceCls = "source-cls", "from [CLS]", "Look from [CLS] again";
    NextReading = "next-reading", "reading", "Attention: the pair joined, A alone, B alone; pooling: A or B";
    Help = "help", "help", "Show every key";
    Quit = "quit", "quit", "Leave clscope";
    Suspend = "suspend", "suspend", "Suspend to the shell (fg brings clscope back)";
    Redraw = "redraw", "redraw", "Draw the whole screen again";
    DeleteBack = "delete-back", "⌫", "Delete the character before the cursor";
    DeleteForward = "delete-forward", "delete", "Delete the character under the cursor";
    DeleteWord = "delete-word", "del word", "Delete the word before the cursor";
    ClearText = "clear-text", "clear", "Empty the text field";
    TextLeft = "text-left", "left", "Move one character left";
    TextRight = "text-right", "right", "Move one character right";
    WordLeft = "word-left", "word left", "Move one word left";
    WordRight = "word-right", "word right", "Move one word right";
    TextStart = "text-start", "start", "Go to the start of the text";
    TextEnd = "text-end", "end", "Go to the end of the text";
    OtherField = "other-field", "other field", "Go to the other text field";
}

/// Where a key is pressed: the keymap has one table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in a text field.
    Global,
    /// While a text field has the cursor.
    Input,
    /// On the attention view.
    Attention,
    /// On the pooling view.
    Pooling,
    /// While the list of models is open.
    Picker,
    /// While the help is open.
    Help,
}

impl Context {
    /// Every context, in the order the help shows them.
    pub const ALL: &'static [Context] =
        &[Context::Attention, Context::Pooling, Context::Global, Context::Input, Context::Picker, Context::Help];

    /// The name used in keymap files.
    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::Input => "input",
            Context::Attention => "attention",
            Context::Pooling => "pooling",
            Context::Picker => "picker",
            Context::Help => "help",
        }
    }

    /// The heading of the context in the help.
    pub fn title(self) -> &'static str {
        match self {
            Context::Global => "Everywhere",
            Context::Input => "While typing",
            Context::Attention => "Attention",
            Context::Pooling => "Pooling",
            Context::Picker => "Choosing a model",
            Context::Help => "Help",
        }
    }

    /// Whether keys are text here, but for those the context has itself.
    pub fn takes_text(self) -> bool {
        matches!(self, Context::Input | Context::Picker)
    }
}
