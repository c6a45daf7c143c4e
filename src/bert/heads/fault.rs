use std::fmt;

use crate::{bert::HeadName, messages::message};

/// A head that the checkpoint has and that cannot be used. Displays as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadFault {
    /// Which.
    pub head: HeadName,
    /// What is wrong with it.
    pub kind: HeadFaultKind,
}

/// What is wrong with a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadFaultKind {
    /// A tensor is missing.
    Missing {
        /// Its name.
        name: String,
        /// The shape that it should have.
        shape: Vec<usize>,
    },
    /// A tensor has another number of labels than `config.json`.
    Labels {
        /// Its name.
        name: String,
        /// How many rows it has.
        rows: usize,
        /// How many labels `config.json` has.
        labels: usize,
    },
    /// `id2label` of `config.json` is no object of rows and names.
    LabelForm {
        /// Whether it is a list.
        is_list: bool,
    },
    /// A tensor has another shape than `config.json` asks for.
    Shape {
        /// Its name.
        name: String,
        /// As in the file.
        found: Vec<usize>,
        /// As it should be.
        expected: Vec<usize>,
    },
    /// A tensor holds something other than floating-point numbers.
    Type {
        /// Its name.
        name: String,
    },
    /// The head reads the pooler output, and there is no pooler.
    NoPooler,
}

impl fmt::Display for HeadFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.label();
        let shape = |shape: &[usize]| format!("{shape:?}");
        formatter.write_str(&match &self.kind {
            HeadFaultKind::Missing { name, shape: expected } => {
                message!("bert-head-missing", head = head, name = name, shape = shape(expected))
            }
            HeadFaultKind::Labels { name, rows, labels } => {
                message!("bert-head-labels", head = head, name = name, rows = *rows, labels = *labels)
            }
            HeadFaultKind::LabelForm { is_list: true } => message!("bert-head-label-list", head = head),
            HeadFaultKind::LabelForm { is_list: false } => message!("bert-head-label-form", head = head),
            HeadFaultKind::Shape { name, found, expected } => {
                let (found, expected) = (shape(found), shape(expected));
                message!("bert-head-shape", head = head, name = name, found = found, expected = expected)
            }
            HeadFaultKind::Type { name } => message!("bert-head-type", head = head, name = name),
            HeadFaultKind::NoPooler => message!("bert-head-no-pooler", head = head),
        })
    }
}
