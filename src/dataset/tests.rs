//! Whole files of every kind, read from bytes to examples.

mod edges;
mod kinds;
mod labelled;
mod pairs;
mod texts;

use std::io::Cursor;

use super::{DatasetError, Labelled, ReadingOptions, Scored, Texts, examples, source, texts as lists};

/// Pairs in bytes that are called so.
fn pairs_in(bytes: &[u8], file: &str, options: &ReadingOptions) -> Result<Scored, DatasetError> {
    let source = source::read(Box::new(Cursor::new(bytes.to_vec())));
    let found = source.map_err(Into::into).and_then(|source| examples::pairs(source, file, options));
    found.map_err(|placed| placed.of(file))
}

fn pairs(text: &str) -> Result<Scored, DatasetError> {
    pairs_in(text.as_bytes(), "pairs.csv", &ReadingOptions::default())
}

fn labelled_in(bytes: &[u8], file: &str, options: &ReadingOptions) -> Result<Labelled, DatasetError> {
    let source = source::read(Box::new(Cursor::new(bytes.to_vec())));
    let found = source.map_err(Into::into).and_then(|source| examples::labelled(source, file, options));
    found.map_err(|placed| placed.of(file))
}

fn labelled(text: &str) -> Result<Labelled, DatasetError> {
    labelled_in(text.as_bytes(), "labels.csv", &ReadingOptions::default())
}

fn texts_in(bytes: &[u8], file: &str, options: &ReadingOptions) -> Result<Texts, DatasetError> {
    let source = source::read(Box::new(Cursor::new(bytes.to_vec())));
    let found = source.map_err(Into::into).and_then(|source| lists::open(source, file, options));
    found.map_err(|placed| placed.of(file))
}

/// Ten pairs: whether they are alike, and two sentences.
const PAIRS: [(u8, &str, &str); 10] = [
    (1, "The kettle is boiling.", "Water boils in the kettle."),
    (0, "Our train leaves at noon.", "She planted tulips."),
    (1, "He painted the fence green.", "The fence was painted green by him."),
    (0, "The soup needs salt.", "They won the second prize."),
    (0, "Snow fell on the hills.", "My keys are missing."),
    (1, "Could you open the window?", "Please open the window."),
    (0, "The market closes early.", "A whale surfaced nearby."),
    (1, "Her brother studies law.", "Law is what her brother studies."),
    (1, "The bakery sells rye bread.", "Rye bread is sold at the bakery."),
    (0, "I lost the map.", "The orchestra tuned up."),
];

/// A line for each pair, with a heading before them where there is one.
fn table(heading: &str, line: impl Fn(usize, u8, &str, &str) -> String) -> String {
    let heading = if heading.is_empty() { String::new() } else { format!("{heading}\n") };
    let lines = PAIRS.iter().enumerate().map(|(at, (score, one, two))| format!("{}\n", line(at, *score, one, two)));
    heading + &lines.collect::<String>()
}

/// The message, which is one line.
fn refused<T>(found: Result<T, DatasetError>) -> String {
    let message = found.err().expect("it is refused").to_string();
    assert!(!message.contains('\n'), "{message}");
    message
}
