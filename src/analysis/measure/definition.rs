use std::fmt;

use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::Label,
};

/// What a measure is, and where its numbers come from.
///
/// Its numbers are shares, of which each row has 1: `[layer, head, row, column]` or, without heads, `[layer, row, column]`.
/// Rows are the tokens explained (those that look), the first columns the tokens that they are explained by (those looked
/// at). `docs/measures.md` has every formula with its source.
pub struct Definition {
    /// As it is saved and typed: English, in kebab case.
    pub id: &'static str,
    /// What a table of its numbers calls them, in snake case.
    pub numbers_id: &'static str,
    /// What its numbers say, in a line of 62 cells at most.
    pub says: Label,
    /// What they tell and what not, with its source, for the help.
    pub meaning: Label,
    /// What a row does to a column.
    pub verb: Verb,
    /// What its numbers count.
    pub unit: Quantity,
    /// Whether they may be below 0.
    pub is_signed: bool,
    /// Whether it is here for those who compare with papers: its numbers say less about contributions than those of others.
    pub is_for_papers: bool,
    /// Whether it follows a vector back to the input tokens; else it tells of one layer only.
    pub is_from_input: bool,
    /// Whether each head has numbers of its own.
    pub heads: HeadAxis,
    /// The columns that follow the tokens', by id: what is explained by no token, such as the biases.
    pub extra_columns: &'static [&'static str],
    /// What has to be worked out before.
    pub groundwork: Groundwork,
    /// The numbers; none while its groundwork is not there.
    pub numbers: for<'t> fn(&'t MeasuredTrace) -> Option<MeasureNumbersKind<'t>>,
    /// Its arrays as files have them, none of them shares of rows; those whose groundwork is there.
    pub arrays: for<'t> fn(&'t MeasuredTrace) -> Vec<MixingArray<'t>>,
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
    /// It has; several heads are merged by what their vectors add up to, or by maximum.
    Summed,
    /// It has none: whichever heads are chosen, the layer is shown.
    Layer,
}

/// What has to be worked out before a measure has numbers, from the cheapest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Groundwork {
    /// Nothing: the trace is enough.
    Trace,
    /// What each layer's attention hands on, [`LayerMixing`](crate::analysis::LayerMixing): about a forward pass.
    Layers,
    /// Each token alone through all layers, [`Decomposition`](crate::analysis::Decomposition): a forward pass for each token.
    Sources,
    /// Each layer without each token's values, [`value_zeroing`](crate::analysis::value_zeroing): nearly as much.
    Zeroing,
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

    /// What its numbers say, in a line of 62 cells at most.
    pub fn says(self) -> Label {
        self.0.says
    }

    /// What they tell and what not, with its source.
    pub fn meaning(self) -> Label {
        self.0.meaning
    }

    /// What a row does to a column.
    pub fn verb(self) -> Verb {
        self.0.verb
    }

    /// What its numbers count.
    pub fn unit(self) -> Quantity {
        self.0.unit
    }

    /// Whether its numbers may be below 0.
    pub fn is_signed(self) -> bool {
        self.0.is_signed
    }

    /// Whether it is here for those who compare with papers, rather than for what its numbers say.
    pub fn is_for_papers(self) -> bool {
        self.0.is_for_papers
    }

    /// Whether it follows a vector back to the input tokens.
    pub fn is_from_input(self) -> bool {
        self.0.is_from_input
    }

    /// Whether each head has numbers of its own.
    pub fn head_axis(self) -> HeadAxis {
        self.0.heads
    }

    /// The same in a word.
    pub fn has_heads(self) -> bool {
        self.head_axis() != HeadAxis::Layer
    }

    /// The ids of the columns that follow the tokens'.
    pub fn extra_columns(self) -> &'static [&'static str] {
        self.0.extra_columns
    }

    /// What has to be worked out before it has numbers.
    pub fn groundwork(self) -> Groundwork {
        self.0.groundwork
    }

    /// The numbers in a trace; none while the groundwork is not there.
    pub(in crate::analysis) fn numbers(self, trace: &MeasuredTrace) -> Option<MeasureNumbersKind<'_>> {
        (self.0.numbers)(trace)
    }
}

impl Measure {
    /// Its arrays as files have them, with the lengths themselves rather than shares; those whose groundwork is there.
    pub fn arrays(self, trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
        (self.0.arrays)(trace)
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
