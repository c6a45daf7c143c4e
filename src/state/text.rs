use tui_input::{Input, InputRequest};

use super::Action;

/// Which sentence a text field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Sentence A.
    Sentence,
    /// Sentence B.
    Pair,
    /// One of the list.
    Line,
}

/// Far more than any BERT reads; keeps a slip of the clipboard from filling the memory.
const LONGEST: usize = 20_000;

/// One line of editable text.
#[derive(Clone, Debug, Default)]
pub struct TextField {
    input: Input,
}

impl TextField {
    /// A field holding a text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut field = Self::default();
        field.insert(text);
        field
    }

    /// The text.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// The cursor's distance from the start, in screen cells.
    pub fn cursor_cells(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Inserts text at the cursor. Line breaks and other control characters become spaces: a sentence is
    /// one line here, and BERT's tokenizer reads them as spaces, too.
    pub(super) fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.value().chars().count());
        let mut value: Vec<char> = self.value().chars().collect();
        let cursor = self.input.cursor();
        let inserted: Vec<char> = text.chars().take(room).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let after = cursor + inserted.len();
        value.splice(cursor..cursor, inserted);
        self.input = Input::new(value.into_iter().collect()).with_cursor(after);
    }

    /// Carries out one of the actions of [`edits`]; whether the text changed.
    pub(super) fn apply(&mut self, action: Action) -> bool {
        if action == Action::ClearText {
            let changed = !self.value().is_empty();
            self.input.reset();
            return changed;
        }
        let Some(request) = request(action) else { return false };
        self.input.handle(request).is_some_and(|changed| changed.value)
    }
}

/// Whether an action edits text or moves the text cursor.
pub(super) fn edits(action: Action) -> bool {
    action == Action::ClearText || request(action).is_some()
}

fn request(action: Action) -> Option<InputRequest> {
    Some(match action {
        Action::DeleteBack => InputRequest::DeletePrevChar,
        Action::DeleteForward => InputRequest::DeleteNextChar,
        Action::DeleteWord => InputRequest::DeletePrevWord,
        Action::TextLeft => InputRequest::GoToPrevChar,
        Action::TextRight => InputRequest::GoToNextChar,
        Action::WordLeft => InputRequest::GoToPrevWord,
        Action::WordRight => InputRequest::GoToNextWord,
        Action::TextStart => InputRequest::GoToStart,
        Action::TextEnd => InputRequest::GoToEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserts_at_the_cursor_and_drops_control_characters() {
        let mut field = TextField::new("ab");
        field.apply(Action::TextLeft);
        field.insert("你\x1b\n!");
        assert_eq!(field.value(), "a你  !b");
        assert_eq!(field.cursor_cells(), 6);
        assert!(field.apply(Action::DeleteBack));
        assert_eq!(field.value(), "a你  b");
        assert!(field.apply(Action::ClearText));
        assert!(!field.apply(Action::DeleteBack));
    }

    #[test]
    fn a_huge_paste_is_cut() {
        assert_eq!(TextField::new(&"x".repeat(LONGEST * 2)).value().len(), LONGEST);
    }
}
