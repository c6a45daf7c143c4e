//! fastText's lines: `__label__X` and the text, apart by spaces.

use super::{
    error::{Fault, Found},
    lines::TextLine,
    place::RecordPlace,
    record::{Record, RecordCell, Records},
};

const MARK: &str = "__label__";

/// Whether nearly all lines begin or end with a label.
pub(super) fn is_fasttext(lines: &[TextLine]) -> bool {
    let marked = |line: &TextLine| {
        let text = line.text.trim();
        text.starts_with(MARK) || text.split_whitespace().next_back().is_some_and(|word| word.starts_with(MARK))
    };
    let lines = || lines.iter().filter(|line| !line.is_blank()).take(400);
    lines().next().is_some() && lines().filter(|line| marked(line)).count() * 10 >= lines().count() * 9
}

/// The columns `label` and `text`.
pub(super) struct FastText<I>(pub I);

impl<I: Iterator<Item = Found<TextLine>> + Send> Records for FastText<I> {
    fn next(&mut self) -> Option<Found<Record>> {
        let line = match self.0.next()? {
            Ok(line) => line,
            Err(placed) => return Some(Err(placed)),
        };
        let place = RecordPlace::line(line.number);
        let mut labels = Vec::new();
        let mut rest = line.text.trim();
        while let Some(marked) = rest.strip_prefix(MARK) {
            let end = marked.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(marked.len());
            labels.push(marked[..end].to_owned());
            // "__label__1 , text", as in fastText's tutorials.
            rest = marked[end..].trim_start().trim_start_matches(',').trim_start();
        }
        while let Some(at) = rest.rfind(MARK).filter(|at| !rest[*at..].contains(char::is_whitespace)) {
            labels.push(rest[at + MARK.len()..].to_owned());
            rest = rest[..at].trim_end();
        }
        Some(Ok(match (labels.len(), labels.pop()) {
            (0 | 1, label) if line.is_blank() || !rest.is_empty() || label.is_some() => {
                let label = label.map_or(RecordCell::Missing, RecordCell::from);
                if line.is_blank() {
                    Record::new(place, Vec::new())
                } else {
                    Record::new(place, vec![label, RecordCell::from(rest)])
                }
            }
            (count, _) => Record::bad(place, Fault::SeveralLabels(count)),
        }))
    }

    fn names(&self) -> Option<Vec<String>> {
        Some(vec!["label".to_owned(), "text".to_owned()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_before_or_behind() {
        let text = "__label__a How, now?\n__label__b , It rains.\n\nIt pours. __label__a\n__label__a __label__b Two.\n";
        let lines: Vec<TextLine> = (1..)
            .zip(text.lines())
            .map(|(number, text)| TextLine { number, text: text.to_owned(), end: "\n" })
            .collect();
        assert!(is_fasttext(&lines) && !is_fasttext(&lines[2..3]));
        let mut records = FastText(lines.into_iter().map(Ok));
        let found: Vec<Record> = std::iter::from_fn(|| records.next()).map(Result::unwrap).collect();
        let values = |at: usize| found[at].values.iter().filter_map(RecordCell::text).collect::<Vec<_>>();
        assert_eq!([values(0), values(1), values(3)], [["a", "How, now?"], ["b", "It rains."], ["a", "It pours."]]);
        assert!(found[2].is_blank());
        assert_eq!(found[4].fault.as_ref().unwrap().to_string(), "it has 2 labels; leave one");
    }
}
