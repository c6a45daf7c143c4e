//! The list is typed, pasted, loaded, taken back.

use std::sync::Arc;

use super::{ListLine, ListState};
use crate::messages::message;
use crate::state::{Field, Focus, Job, Notice, Stage, State, Subject, TextField};

/// How many changes can be undone.
const UNDOABLE: usize = 50;

impl ListState {
    /// Adds sentences that are not empty after the last; how many were added, and how many there was no room for.
    fn add(&mut self, sentences: &[impl AsRef<str>]) -> (usize, usize) {
        let mut room = Self::MOST_BYTES.saturating_sub(self.lines.iter().map(|line| line.text.len()).sum());
        let (mut lines, mut refused) = (self.lines.clone(), 0);
        for text in sentences.iter().map(|text| text.as_ref().trim()).filter(|text| !text.is_empty()) {
            let line = self.new_line(text);
            if lines.len() < Self::MOST && line.text.len() <= room {
                room -= line.text.len();
                lines.push(line);
            } else {
                refused += 1;
            }
        }
        let added = lines.len() - self.lines.len();
        if added > 0 {
            self.change(lines);
            self.line = self.lines.len() - added;
            if self.line == 0 {
                // A pair of different ones is the first to be looked at.
                self.other = 1;
            }
            self.fit();
        }
        (added, refused)
    }

    fn new_line(&mut self, text: &str) -> ListLine {
        self.next_key += 1;
        // As a text field has it: no control characters, and no more than is ever read.
        ListLine { key: self.next_key, text: TextField::new(text).value().into(), read: None }
    }

    /// Puts another list in the place of this one, which can be gone back to.
    fn change(&mut self, lines: Vec<ListLine>) {
        if self.before.len() == UNDOABLE {
            self.before.remove(0);
        }
        let before = std::mem::replace(&mut self.lines, lines);
        self.before.push(before);
        self.changed();
    }

    /// What is not read yet, is to be.
    fn changed(&mut self) {
        self.walk = None;
        self.stage = Stage::Due;
        self.fit();
    }

    pub(super) fn remove(&mut self) {
        if self.line < self.lines.len() {
            let row = self.row_of(self.line);
            let next = self.rows.get(row + 1).or(row.checked_sub(1).and_then(|row| self.rows.get(row))).copied();
            let mut lines = self.lines.clone();
            lines.remove(self.line);
            let shifted = |line: usize, from: usize| if line > from { line - 1 } else { line };
            let (line, other) = (shifted(next.unwrap_or(0), self.line), shifted(self.other, self.line));
            (self.line, self.other) = (line, other);
            self.change(lines);
        }
    }

    pub(super) fn undo(&mut self) {
        if let Some(mut lines) = self.before.pop() {
            // What was read meanwhile is known of the same lines then.
            for line in lines.iter_mut().filter(|line| line.read.is_none()) {
                line.read = self.lines.iter().find(|other| other.key == line.key).and_then(|other| other.read.clone());
            }
            self.lines = lines;
            self.changed();
        }
    }

    /// Whether there is a change to undo.
    pub(crate) fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Puts what is typed into its line; whether there was anything.
    fn commit(&mut self) -> bool {
        let typed = std::mem::take(&mut self.field);
        let text = typed.value().trim();
        match self.editing {
            _ if text.is_empty() => return false,
            None => drop(self.add(&[text])),
            Some(at) => {
                if let Some(line) = self.lines.get(at).filter(|line| *line.text != *text) {
                    let room = Self::MOST_BYTES + line.text.len();
                    let all: usize = self.lines.iter().map(|line| line.text.len()).sum();
                    if all + text.len() <= room {
                        let mut lines = self.lines.clone();
                        lines[at] = self.new_line(text);
                        self.change(lines);
                    }
                }
            }
        }
        true
    }

    /// The list of a session, with nothing known of it.
    pub(crate) fn put_back(&mut self, sentences: &[String]) {
        (self.lines, self.editing, self.field) = (Vec::new(), None, TextField::default());
        (self.line, self.other) = (0, 0);
        self.add(sentences);
        self.before.clear();
        self.line = 0;
        self.arranged = None;
        self.changed();
    }
}

impl State {
    /// Adds sentences to the list, and says so.
    pub fn add_sentences(&mut self, sentences: &[impl AsRef<str>]) -> Option<Job> {
        let (added, refused) = self.list.add(sentences);
        let all = self.list.lines.len();
        let text = match (added, refused) {
            (0, 0) => return None,
            (added, 0) => message!("state-added", added = added, all = all),
            (added, refused) => message!("state-added-full", added = added, refused = refused, most = all),
        };
        self.notice = Some(Notice { text, is_error: refused > 0 });
        None
    }

    /// Adds what the explorer's text fields say to the list; while one is typed into, that alone.
    pub(crate) fn add_typed(&mut self) -> Option<Job> {
        let texts: Vec<String> = self.typed_for_list().into_iter().map(str::to_owned).collect();
        self.add_sentences(&texts)
    }

    /// Whether the text fields say something that the list lacks and has room for.
    pub(crate) fn can_add_typed(&self) -> bool {
        !self.typed_for_list().is_empty() && self.list.lines.len() < ListState::MOST
    }

    /// What the text fields say that is not in the list.
    fn typed_for_list(&self) -> Vec<&str> {
        let fields = match self.focus {
            Focus::Text(Field::Sentence) => vec![&self.sentence],
            Focus::Text(Field::Pair) => vec![&self.pair],
            Focus::Text(Field::Line) => Vec::new(),
            Focus::View => vec![&self.sentence, &self.pair],
        };
        let texts = fields.into_iter().map(|field| field.value().trim()).filter(|text| !text.is_empty());
        texts.filter(|text| !self.list.lines.iter().any(|line| *line.text == **text)).collect()
    }

    /// Types into a line: the one under the cursor, or a new one.
    pub(super) fn type_line(&mut self, line: Option<usize>) {
        let text = line.and_then(|line| self.list.lines.get(line)).map(|line| Arc::clone(&line.text));
        self.list.editing = text.is_some().then_some(line).flatten();
        self.list.field = TextField::new(text.as_deref().unwrap_or_default());
        self.focus = Focus::Text(Field::Line);
    }

    /// Takes over what is typed. After a new line comes the next new one, after an empty or an edited one the view.
    pub(crate) fn commit_line(&mut self) -> Option<Job> {
        let is_new = self.list.editing.is_none();
        let full = is_new && self.list.lines.len() == ListState::MOST;
        match self.list.commit() {
            true if full => {
                let text = message!("state-list-full", most = ListState::MOST);
                self.notice = Some(Notice { text, is_error: true });
                self.focus = Focus::View;
            }
            true if is_new => {}
            _ => self.leave_line(),
        }
        None
    }

    /// Takes nothing over of what is typed into a line, if something is.
    pub(crate) fn leave_line(&mut self) {
        if self.focus == Focus::Text(Field::Line) {
            (self.list.editing, self.list.field) = (None, TextField::default());
            self.focus = Focus::View;
        }
    }

    /// Makes the sentence under the cursor A, or B.
    pub(super) fn line_into(&mut self, field: Field) -> Option<Job> {
        let text = Arc::clone(&self.list.lines.get(self.list.line)?.text);
        let focus = std::mem::replace(&mut self.focus, Focus::Text(field));
        *self.focused_field() = TextField::new(&text);
        let job = self.edited();
        self.focus = focus;
        let which = if field == Field::Pair { "B" } else { "A" };
        self.notice = Some(Notice {
            text: message!("state-line-into", line = self.list.line + 1, field = which),
            is_error: false,
        });
        job
    }

    /// A paste on the views of the list, or of several lines into one of its lines, adds to it.
    pub(crate) fn paste_into_list(&mut self, text: &str) -> Option<Job> {
        // Terminals paste a line's end as a carriage return.
        let job = self.add_sentences(&text.split(['\n', '\r']).collect::<Vec<_>>());
        if self.focus == Focus::Text(Field::Line) {
            self.list.line = self.list.lines.len().saturating_sub(1);
            self.list.fit();
        }
        job
    }

    /// Whether a paste is for the list.
    pub(crate) fn pastes_into_list(&self, text: &str) -> bool {
        let several = text.trim().contains(['\n', '\r']);
        match self.focus {
            Focus::View => self.subject() == Subject::List,
            Focus::Text(Field::Line) => several,
            Focus::Text(_) => false,
        }
    }
}
