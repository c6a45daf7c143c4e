use std::ops::Range;

use tui_input::{Input, InputRequest};

use super::{Focus, Job, Overlay, State};

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

    /// Edits the text, or moves the text cursor; whether the text changed.
    pub(super) fn edit(&mut self, request: InputRequest) -> bool {
        self.input.handle(request).is_some_and(|changed| changed.value)
    }
}

impl State {
    /// Text pasted at the cursor of the field that has the focus, or of the sentence.
    pub fn paste(&mut self, text: &str) -> Option<Job> {
        match self.overlay() {
            Some(Overlay::Help | Overlay::Export | Overlay::Lesson) => None,
            Some(Overlay::Picker) => {
                self.picker.insert(text);
                None
            }
            Some(Overlay::Note) => {
                self.note.as_mut()?.field.insert(text);
                None
            }
            Some(Overlay::Find) => {
                self.finding.as_mut()?.field.insert(text);
                self.find_typed();
                None
            }
            _ if self.pastes_into_list(text) => self.paste_into_list(text),
            _ => {
                self.focused_field().insert(text);
                self.edited()
            }
        }
    }

    /// Goes from one text field to the other.
    pub(crate) fn go_to_other_field(&mut self) {
        self.focus = match self.focus {
            Focus::Text(Field::Sentence) => Focus::Text(Field::Pair),
            _ => Focus::Text(Field::Sentence),
        };
    }

    /// The field of a sentence that text goes to.
    pub(super) fn field(&self) -> &TextField {
        match self.focus {
            Focus::Text(Field::Pair) => &self.pair,
            Focus::Text(Field::Line) => &self.list.field,
            _ => &self.sentence,
        }
    }

    /// The same, to be changed.
    pub(super) fn focused_field(&mut self) -> &mut TextField {
        match self.focus {
            Focus::Text(Field::Pair) => &mut self.pair,
            Focus::Text(Field::Line) => &mut self.list.field,
            _ => &mut self.sentence,
        }
    }

    /// The parts of the text in a field that the model does not know, in bytes; none while a newer text is not read yet.
    pub fn unread(&self, field: Field) -> Vec<Range<usize>> {
        let Some(readings) = &self.readings else { return Vec::new() };
        let (reading, text) = match (field, &readings.pair) {
            (Field::Sentence, _) => (&readings.a, self.sentence.value()),
            (Field::Pair, Some(pair)) => (&pair.b, self.pair.value()),
            (Field::Pair | Field::Line, _) => return Vec::new(),
        };
        let unknown = reading.trace.tokens.iter().filter(|token| token.unknown && reading.trace.input.text == text);
        unknown.filter_map(|token| token.span.clone()).collect()
    }

    /// The text field that typed characters go to.
    pub(crate) fn text_field(&self) -> &TextField {
        match (self.overlay_below_help(), &self.finding, &self.note) {
            (Some(Overlay::Picker), ..) => &self.picker.filter,
            (Some(Overlay::Find), Some(finding), _) => &finding.field,
            (Some(Overlay::Note), _, Some(note)) => &note.field,
            _ => self.field(),
        }
    }

    /// Edits the text of that field, or moves its cursor; may ask for the text to be read.
    pub(crate) fn edit_text(&mut self, request: InputRequest) -> Option<Job> {
        match self.overlay_below_help() {
            Some(Overlay::Picker) => self.picker.edit(request),
            Some(Overlay::Note) => {
                self.note.iter_mut().for_each(|note| {
                    note.field.edit(request);
                });
            }
            Some(Overlay::Find) => {
                let changed = self.finding.as_mut().is_some_and(|finding| finding.field.edit(request));
                if changed {
                    self.find_typed();
                }
            }
            _ if self.focused_field().edit(request) => return self.edited(),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserts_at_the_cursor_and_drops_control_characters() {
        let mut field = TextField::new("ab");
        field.edit(InputRequest::GoToPrevChar);
        field.insert("你\x1b\n!");
        assert_eq!(field.value(), "a你  !b");
        assert_eq!(field.cursor_cells(), 6);
        assert!(field.edit(InputRequest::DeletePrevChar));
        assert_eq!(field.value(), "a你  b");
        assert!(field.edit(InputRequest::DeleteLine));
        assert!(!field.edit(InputRequest::DeletePrevChar));
    }

    #[test]
    fn a_huge_paste_is_cut() {
        assert_eq!(TextField::new(&"x".repeat(LONGEST * 2)).value().len(), LONGEST);
    }
}
