//! Everything a user can ask of the explorer, by name.
//!
//! An action is a name (used in the keymap files) with the one-line description the help and the
//! bottom bar show. Which key asks for it is the keymap's business; what it does is `update`'s.

use crate::export::Format;

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
    Cancel = "cancel", "cancel", "Cancel a sweep, the reading of the list, or a download; dismiss what went wrong";
    ShowLayers = "show-layers", "layers", "Layers: where one token looks, layer by layer";
    ShowHeads = "show-heads", "heads", "Heads: all heads of all layers at once";
    ShowMatrix = "show-matrix", "matrix", "Matrix: from every token to every token, in one layer";
    ShowCompare = "show-compare", "compare", "Compare: what is held beside what is shown, and their difference";
    ShowSweep = "show-sweep", "sweep", "Sweep: what switching off each head, or each word, changes";
    ShowPooling = "show-pooling", "pooling", "Pooling: the pooled output against the mean of the sequence";
    NextPage = "next-page", "page", "Pooling: the next page: overview, calibration, layers, dimensions, words";
    OtherPooling = "other-pooling", "pooling", "Pooling: the dimensions, or the words, of another pooling";
    ShowSentences = "show-sentences", "sentences", "Sentences: a list of sentences, each held against each";
    ShowMap = "show-map", "map", "Map: the sentences of the list as points of a plane";
    NextView = "next-view", "next view", "Go to the next view";
    PreviousView = "previous-view", "previous view", "Go to the previous view";
    OpenHead = "open-head", "open", "Show the head under the cursor as a matrix";
    Statistic = "statistic", "statistic", "Show another number of each head";
    PreviousStatistic = "previous-statistic", "number before", "Show the number before that one";
    Sort = "sort", "sort", "Sort the heads by that number, or by layer again";
    PreviousLayer = "previous-layer", "layer up", "Go to the layer before";
    NextLayer = "next-layer", "layer down", "Go to the layer after";
    Zoom = "zoom", "zoom", "Cells with numbers, or small ones: the other way than fits";
    Left = "left", "left", "Move the cursor left: a token, a head, a column";
    Right = "right", "right", "Move the cursor right: a token, a head, a column";
    Up = "up", "up", "Move the cursor up: a layer, a row; scroll up";
    Down = "down", "down", "Move the cursor down: a layer, a row; scroll down";
    First = "first", "first", "Go to the first token, head or column";
    Last = "last", "last", "Go to the last token, head or column";
    PageLeft = "page-left", "page left", "Move the cursor ten tokens left, or a page up";
    PageRight = "page-right", "page right", "Move the cursor ten tokens right, or a page down";
    Top = "top", "top", "Go to the first layer, row or line";
    Bottom = "bottom", "bottom", "Go to the last layer, row or line";
    PreviousHead = "previous-head", "head −", "Show the previous head";
    NextHead = "next-head", "head +", "Show the next head";
    MeanOfHeads = "mean-of-heads", "mean", "Show the mean of all heads";
    MaxOfHeads = "max-of-heads", "max", "Show the largest of all heads";
    MarkHead = "mark-head", "mark head", "Mark the head or unmark it: mean and max are of those marked, or of all";
    SourceHere = "source-here", "look from here", "Look from the token under the cursor";
    SourceCls = "source-cls", "from [CLS]", "Look from [CLS] again";
    Strongest = "strongest", "strongest", "Go to the token with the most attention in this row";
    MarkToken = "mark-token", "mark", "Mark the token or unmark it: what goes to those marked is summed";
    Unmark = "unmark", "unmark", "Unmark all tokens and heads";
    Find = "find", "find", "Find a token";
    FindNext = "find-next", "next", "Go to the next token found";
    FindPrevious = "find-previous", "previous", "Go to the one found before";
    TurnAround = "turn-around", "turn around", "Turn around: what it looks at, or who looks at it";
    Specials = "specials", "specials", "Specials like [SEP]: show, hide, or hide and scale the rest to 100 %";
    Words = "words", "words", "Count in pieces or in words: sum over targets, mean over sources";
    Scale = "scale", "scale", "Colours up to the largest of all, the largest of each row, or 100 %";
    CutHead = "cut-head", "cut", "Switch the head off, or the layer's attention; or on again";
    CutToken = "cut-token", "cut the token", "Hide the token from all others; then read [MASK] for it; then as it is";
    UndoCut = "undo-cut", "undo the cut", "Undo the last cut";
    Hold = "hold", "hold", "Hold what is shown, to compare another head, layer, sentence or model with it";
    LetGo = "let-go", "let go", "Hold nothing";
    StartSweep = "start-sweep", "start", "Start the sweep again";
    SweepParts = "sweep-parts", "heads or words", "Sweep heads, or words";
    SweepOrder = "sweep-order", "order by", "Order by what cls, pooled or mean loses, or as they stand";
    AddToList = "add-to-list", "to the list", "Add the sentences A and B to the list of sentences";
    AddLine = "add-line", "type one", "List: type a sentence, and the next after Enter";
    EditLine = "edit-line", "edit", "List: edit the sentence under the cursor";
    RemoveLine = "remove-line", "remove", "List: remove the sentence under the cursor";
    UndoList = "undo-list", "undo", "List: undo the last change";
    LineToA = "line-to-a", "make it A", "List: read the sentence under the cursor as A";
    LineToB = "line-to-b", "make it B", "List: read the sentence under the cursor as B";
    LeftPooling = "left-pooling", "left pooling", "List: another pooling on the left";
    RightPooling = "right-pooling", "right pooling", "List: another pooling on the right";
    ListOrder = "list-order", "order", "List: as given, or clustered so that like ones are neighbours";
    NextDisagreement = "next-disagreement", "disagree most", "List: the pair the two poolings disagree on most; the next";
    PreviousDisagreement = "previous-disagreement", "disagree more", "List: the pair of that order before";
    PreviousLine = "previous-line", "line up", "Map: the sentence before it in the list";
    NextLine = "next-line", "line down", "Map: the next sentence of the list";
    PointColor = "point-color", "colours", "Map: colours by cluster, or by the place in the list";
    ReadList = "read-list", "read on", "List: read those that are not read yet";
    NextReading = "next-reading", "reading", "Attention: the pair joined, A alone, B alone; pooling: A or B";
    Table = "table", "table", "The numbers behind the view, as a table; or the view again";
    NextTable = "next-table", "next table", "Show the next table of the view";
    SortTable = "sort-table", "sort", "Sort the rows by the column under the cursor, or as they were";
    Copy = "copy", "copy", "Copy the number under the cursor";
    CopyTable = "copy-table", "copy table", "Copy the table behind the view";
    Export = "export", "export", "Write what is shown to a file";
    ExportHtml = "export-html", "page", "As a page with picture and numbers, for a browser without network";
    ExportSvg = "export-svg", "picture", "As a picture (SVG)";
    ExportCsv = "export-csv", "csv", "As a table for spreadsheets (CSV)";
    ExportTsv = "export-tsv", "tsv", "As a table with tabs (TSV)";
    ExportJson = "export-json", "json", "As JSON";
    ExportNpz = "export-npz", "npz", "As arrays for numpy (npz)";
    SaveSession = "save-session", "save", "Save all this to a file, to go on with by clscope open FILE";
    RestoreSession = "restore-session", "last session", "Go back to where clscope was left the last time";
    Mouse = "mouse", "mouse", "Let the mouse go, for the terminal to select text with; or take it again";
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

impl Action {
    /// The format that it asks to write the screen in, where it is such an action.
    pub fn format(self) -> Option<Format> {
        Format::on_screen().find(|format| format.command() == self.name())
    }

    /// The action of a name.
    pub fn named(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.name() == name)
    }
}

/// Where a key is pressed: the keymap has one table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere but in a text field.
    Global,
    /// While a text field has the cursor.
    Input,
    /// On the view of the layers.
    Layers,
    /// On the view of all heads.
    Heads,
    /// On the matrix.
    Matrix,
    /// On the comparison.
    Compare,
    /// On the sweep.
    Sweep,
    /// On the pooling view.
    Pooling,
    /// On the list of sentences.
    Sentences,
    /// On the map of these.
    Map,
    /// While the table is open.
    Table,
    /// While a token is looked for.
    Find,
    /// While the form of a file is chosen.
    Export,
    /// While the list of models is open.
    Picker,
    /// While the help is open.
    Help,
}

impl Context {
    /// Every context, in the order the help shows them.
    pub const ALL: &'static [Context] = &[
        Context::Layers,
        Context::Heads,
        Context::Matrix,
        Context::Compare,
        Context::Sweep,
        Context::Pooling,
        Context::Sentences,
        Context::Map,
        Context::Global,
        Context::Table,
        Context::Export,
        Context::Find,
        Context::Input,
        Context::Picker,
        Context::Help,
    ];

    /// The name used in keymap files.
    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::Input => "input",
            Context::Layers => "layers",
            Context::Heads => "heads",
            Context::Matrix => "matrix",
            Context::Compare => "compare",
            Context::Sweep => "sweep",
            Context::Pooling => "pooling",
            Context::Sentences => "sentences",
            Context::Map => "map",
            Context::Table => "table",
            Context::Export => "export",
            Context::Find => "find",
            Context::Picker => "picker",
            Context::Help => "help",
        }
    }

    /// The heading of the context in the help.
    pub fn title(self) -> &'static str {
        match self {
            Context::Global => "Everywhere",
            Context::Input => "While typing",
            Context::Layers => "Layers",
            Context::Heads => "Heads",
            Context::Matrix => "Matrix",
            Context::Compare => "Compare",
            Context::Sweep => "Sweep",
            Context::Pooling => "Pooling",
            Context::Sentences => "Sentences",
            Context::Map => "Map",
            Context::Table => "Table",
            Context::Export => "Writing a file",
            Context::Find => "Finding a token",
            Context::Picker => "Choosing a model",
            Context::Help => "Help",
        }
    }

    /// Whether it is that of a view.
    pub fn is_view(self) -> bool {
        use Context::*;
        matches!(self, Layers | Heads | Matrix | Compare | Sweep | Pooling | Sentences | Map)
    }

    /// Whether keys are text here, but for those the context has itself.
    pub fn takes_text(self) -> bool {
        matches!(self, Context::Input | Context::Find | Context::Picker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_of_the_screen_has_its_action() {
        for format in Format::on_screen() {
            assert_eq!(Action::ALL.iter().filter(|action| action.format() == Some(format)).count(), 1, "{format}");
        }
    }
}
