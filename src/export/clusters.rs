//! A list with the cluster of each sentence.

use std::borrow::Cow;

use super::{
    document::{Document, Tables},
    rows::Rows,
    similarity::unknown_column,
};
use crate::{
    analysis::{Column, Key, SentenceVector, Table, TableRow},
    bert::UnknownTokens,
    messages::message,
};

/// The cluster of each sentence of a list under each kind of vector.
#[derive(Debug)]
pub struct SentenceClusters {
    /// The list.
    pub rows: Rows,
    /// By which model.
    pub model: String,
    /// How they were made, in words.
    pub method: String,
    /// `[vector][sentence]`, from 0; none where a sentence has no such vector.
    pub labels: Vec<(SentenceVector, Vec<Option<usize>>)>,
    /// How much of each sentence is unknown, `[sentence]`.
    pub unknown: Vec<UnknownTokens>,
}

impl Tables for SentenceClusters {
    /// A row a sentence: its number (from 1), its id where rows have ids, its cluster under each pooling (from 1), its share
    /// of unknown tokens, the sentence.
    fn document(&self) -> Cow<'_, Document> {
        let has_ids = self.rows.ids.is_some();
        let row = |row: usize| {
            let mut keys = vec![Key::Number(row + 1)];
            keys.extend(has_ids.then(|| Key::Text(self.rows.id(row).unwrap_or_default().to_owned())));
            let label = |label: Option<usize>| label.map_or(Key::Text(String::new()), |label| Key::Number(label + 1));
            keys.extend(self.labels.iter().map(|(_, labels)| label(labels[row])));
            keys.push(Key::Text(self.rows.texts[row].clone()));
            TableRow { keys, cells: Vec::new(), measures: vec![Some(self.unknown[row].share() as f32)] }
        };
        let mut keys = vec![Column::from("number")];
        keys.extend(has_ids.then(|| Column::from("id")));
        let label = |(vector, _): &(SentenceVector, _)| {
            Column::new(format!("{vector}_cluster"), message!("export-cluster-of", vector = vector.to_string()))
        };
        keys.extend(self.labels.iter().map(label));
        keys.push(Column::from("sentence").last());
        let mut document = Document::default().with("model", &self.model).with("clusters", &self.method);
        for (vector, labels) in &self.labels {
            let count = labels.iter().flatten().max().map_or(0, |last| last + 1);
            document
                .about
                .push(("found", message!("export-clusters-found", vector = vector.to_string(), count = count)));
        }
        document.tables.push(Table {
            title: message!("export-clusters-title", model = &self.model),
            keys,
            cells: None,
            measures: vec![unknown_column()],
            rows: (0..self.rows.texts.len()).map(row).collect(),
        });
        Cow::Owned(document)
    }
}
