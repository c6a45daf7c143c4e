use std::fmt;

use crate::{analysis::Quantity, bert::Trace};

/// What a measure is, and where its numbers come from.
///
/// Its numbers are `[layer, head, row, column]` or, without heads, `[layer, row, column]`. Rows are the tokens explained
/// (those that look), the first columns the tokens that they are explained by (those looked at).
#[derive(Debug)]
pub struct Definition {
    /// As it is saved and typed: English, in kebab case.
    pub id: &'static str,
    /// What a table of its numbers calls them, in snake case.
    pub numbers_id: &'static str,
    /// What a row does to a column.
    pub verb: Verb,
    /// What its numbers count.
    pub unit: Quantity,
    /// Whether each row sums to 1 over all of its columns.
    pub rows_sum_to_one: bool,
    /// Whether each head has numbers of its own.
    pub heads: HeadAxis,
    /// The columns that follow the tokens', by id: what is explained by no token, such as the biases.
    pub extra_columns: &'static [&'static str],
    /// Where its numbers come from.
    pub source: NumbersFrom,
}

/// What the row of a heat map does to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It looks at it: a weight, not a contribution.
    LooksAt,
    /// It takes something from it: a contribution to its vector.
    TakesFrom,
}

/// Whether each head has numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadAxis {
    /// It has; several heads are merged by mean or maximum.
    Each,
    /// It has none: whichever heads are chosen, the layer is shown.
    Layer,
}

/// Where the numbers of a measure come from.
#[derive(Clone, Copy)]
pub enum NumbersFrom {
    /// The trace holds them.
    Trace(fn(&Trace) -> &[f32]),
    /// They are worked out of the trace when they are first asked for.
    #[allow(dead_code, reason = "every measure so far is in the trace")]
    Computed(fn(&Trace) -> Vec<f32>),
}

impl fmt::Debug for NumbersFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumbersFrom::Trace(_) => "Trace",
            NumbersFrom::Computed(_) => "Computed",
        })
    }
}

/// One of the measures.
#[derive(Clone, Copy)]
pub struct Measure(&'static Definition);

impl Measure {
    pub(super) const fn new(definition: &'static Definition) -> Self {
        Self(definition)
    }

    /// As it is saved and typed.
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// What a table of its numbers calls them.
    pub fn numbers_id(self) -> &'static str {
        self.0.numbers_id
    }

    /// What a row does to a column.
    pub fn verb(self) -> Verb {
        self.0.verb
    }

    /// What its numbers count.
    pub fn unit(self) -> Quantity {
        self.0.unit
    }

    /// Whether each row sums to 1 over all of its columns, so that what is left of it without specials is a share.
    pub fn rows_sum_to_one(self) -> bool {
        self.0.rows_sum_to_one
    }

    /// Whether each head has numbers of its own.
    pub fn head_axis(self) -> HeadAxis {
        self.0.heads
    }

    /// The same in a word.
    pub fn has_heads(self) -> bool {
        self.head_axis() == HeadAxis::Each
    }

    /// The ids of the columns that follow the tokens'.
    pub fn extra_columns(self) -> &'static [&'static str] {
        self.0.extra_columns
    }

    /// Where its numbers come from.
    pub(in crate::analysis) fn source(self) -> NumbersFrom {
        self.0.source
    }
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Measure {}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.id)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.id)
    }
}
