//! Texts to try.

use super::{Focus, Job, State, TextField};
use crate::{
    bert::Input,
    messages::{Language, Translated, language},
};

/// A text to try, and what to ask of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text, or the pair.
    pub input: Input,
    /// What to look for in it.
    pub question: Option<Translated>,
    /// The language of the reader it is for; none where it is for every reader.
    pub language: Option<Language>,
}

impl From<Input> for Example {
    fn from(input: Input) -> Self {
        Self { input, question: None, language: None }
    }
}

/// The examples there are, and which of them is on screen.
#[derive(Debug, Default)]
pub(super) struct ExampleCycle {
    all: Vec<Example>,
    /// The place in `all` of the one loaded last.
    loaded: Option<usize>,
}

impl ExampleCycle {
    pub(super) fn new(all: impl IntoIterator<Item: Into<Example>>) -> Self {
        Self { all: all.into_iter().map(Into::into).collect(), loaded: None }
    }

    /// The place of the next one for a reader of the language that is spoken; behind the last comes the first.
    fn next(&self) -> Option<usize> {
        let first = self.loaded.map_or(0, |loaded| loaded + 1);
        let is_here = |at: &usize| self.all[*at].language.is_none_or(|its| its == language());
        (first..self.all.len()).chain(0..first.min(self.all.len())).find(is_here)
    }
}

impl State {
    /// Whether there is an example to load.
    pub(crate) fn has_examples(&self) -> bool {
        self.examples.next().is_some()
    }

    /// Whether nothing has been typed and there is an example to show instead.
    pub fn offers_example(&self) -> bool {
        self.sentence.value().is_empty() && self.pair.value().is_empty() && self.has_examples()
    }

    /// Puts the next example into the text fields.
    pub(crate) fn load_example(&mut self) -> Option<Job> {
        let next = self.examples.next()?;
        let input = &self.examples.all[next].input;
        self.sentence = TextField::new(&input.text);
        self.pair = TextField::new(input.pair.as_deref().unwrap_or_default());
        self.examples.loaded = Some(next);
        self.focus = Focus::View;
        self.attention.reset();
        self.edited()
    }

    /// What to look for in the example that was loaded, as long as its text is what is typed.
    pub(crate) fn question(&self) -> Option<&str> {
        let example = &self.examples.all[self.examples.loaded?];
        let is_typed = self.input() == example.input;
        example.question.as_ref().filter(|_| is_typed).map(Translated::text)
    }
}
