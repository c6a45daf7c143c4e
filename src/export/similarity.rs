//! Similarities of sentences under several poolings, as a table, as tab-separated values, or as JSON.

use std::fmt::Write;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    calibration::{CalibratedSimilarities, Entry},
    json,
};
use crate::{analysis::Pooling, printable::printable};

/// Every pair of some sentences under every pooling.
#[derive(Debug)]
pub struct Similarities {
    /// As given.
    pub sentences: Vec<String>,
    /// Cosine `[sentence, sentence]` under each pooling; none where a sentence has no such vector.
    pub cosines: Vec<(Pooling, Vec<Vec<Option<f32>>>)>,
    /// The same in comparison with unrelated sentences, if wanted.
    pub calibration: Option<CalibratedSimilarities>,
}

impl Similarities {
    /// `{"sentences": [...], "poolings": {"mean": {"cosine": [[...]]}, ...}}`; with a calibration, beside each `"cosine"`
    /// `"calibration": {"background": "en", "sentences": 400, "percentile": [[...]], "centred": {"cosine": [[...]],
    /// "percentile": [[...]]}, "kept": 133, "whitened": {...}}`, or `{"background": "en", "reason": "..."}`.
    ///
    /// # Errors
    /// None are known; the signature is that of JSON writing.
    pub fn json(&self) -> serde_json::Result<String> {
        let line = json::to_line(&Document { sentences: &self.sentences, poolings: Poolings(self) })?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// A line a pair: numbers of the two (from 1), the cosine under each pooling, the two sentences.
    pub fn tsv(&self) -> String {
        let names: Vec<_> = self.cosines.iter().map(|(pooling, _)| pooling.name()).collect();
        let mut text = format!("a\tb\t{}\tsentence_a\tsentence_b\n", names.join("\t"));
        let one_line = |sentence: &str| printable(&sentence.replace(['\t', '\n', '\r'], " ")).into_owned();
        for (a, b) in self.pairs() {
            let cosines: Vec<_> = self
                .cosines
                .iter()
                .map(|(_, cosine)| cosine[a][b].map_or(String::new(), |value| format!("{value:.6}")))
                .collect();
            let (first, second) = (one_line(&self.sentences[a]), one_line(&self.sentences[b]));
            let _ = writeln!(text, "{}\t{}\t{}\t{first}\t{second}", a + 1, b + 1, cosines.join("\t"));
        }
        text
    }

    /// For reading: the sentences by number, then a line a pair.
    pub fn table(&self) -> String {
        let mut text = String::new();
        for (i, sentence) in self.sentences.iter().enumerate() {
            let _ = writeln!(text, "{:>3}  {}", i + 1, printable(sentence));
        }
        text.push_str("\ncosine ");
        for (pooling, _) in &self.cosines {
            let _ = write!(text, "{:>12}", pooling.name());
        }
        text.push('\n');
        for (a, b) in self.pairs() {
            let _ = write!(text, "{:>3} {:>3}", a + 1, b + 1);
            for (_, cosine) in &self.cosines {
                let value = cosine[a][b].map_or("–".to_owned(), |value| format!("{value:.4}"));
                let _ = write!(text, "{value:>12}");
            }
            text.push('\n');
        }
        text.extend(self.calibration.as_ref().map(CalibratedSimilarities::table));
        text
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.sentences.len();
        (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
    }
}

#[derive(Serialize)]
struct Document<'a> {
    sentences: &'a [String],
    poolings: Poolings<'a>,
}

/// The poolings as an object, in their usual order.
struct Poolings<'a>(&'a Similarities);

#[derive(Serialize)]
struct Metrics<'a> {
    cosine: &'a [Vec<Option<f32>>],
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<&'a Entry>,
}

impl Serialize for Poolings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.cosines.len()))?;
        for &(pooling, ref cosine) in &self.0.cosines {
            let calibration = self.0.calibration.as_ref().and_then(|calibration| calibration.entry(pooling.into()));
            map.serialize_entry(pooling.name(), &Metrics { cosine, calibration })?;
        }
        map.end()
    }
}
