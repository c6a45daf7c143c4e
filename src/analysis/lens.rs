//! The switches attention is looked at through: which heads, pieces or words, with or without specials, from a token
//! or to it.

use std::{fmt, ops::Range, str::FromStr};

use super::{AttentionRow, HeadChoice, effective_tokens, words};
use crate::bert::Trace;

macro_rules! choice {
    ($(#[$doc:meta])* $type:ident: $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $type { $($(#[$variant_doc])* $variant,)* }

        impl $type {
            /// Every choice, in the order a key goes through them.
            pub const ALL: &'static [$type] = &[$($type::$variant,)*];

            /// As on the command line and in files.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }

            /// The one after this, around the circle.
            pub fn next(self) -> Self {
                let at = Self::ALL.iter().position(|choice| *choice == self).unwrap_or(0);
                Self::ALL[(at + 1) % Self::ALL.len()]
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let found = Self::ALL.iter().copied().find(|choice| choice.name() == text);
                found.ok_or_else(|| format!("write one of: {}", [$($name),*].join(", ")))
            }
        }
    };
}

choice! {
    /// What happens to attention that goes to the specials that the tokenizer has added.
    Specials:
    /// Specials are tokens like any other.
    #[default]
    Shown = "show",
    /// They are left out; what goes to them is said in [`AttentionRow::hidden`].
    Hidden = "hide",
    /// They are left out, and each source's attention to the rest is scaled to sum 1.
    Renormalized = "renormalize",
}

choice! {
    /// What attention is counted in.
    Grain:
    /// The tokens of the vocabulary.
    #[default]
    Pieces = "pieces",
    /// Words: attention to one is the sum over its pieces, attention from one the mean over them (Clark et al. 2019).
    Words = "words",
}

choice! {
    /// Which side of attention is chosen and which is shown.
    Direction:
    /// One looks, and is shown what it looks at: a row of the matrix.
    #[default]
    From = "from",
    /// One is looked at, and is shown who looks at it: a column of the matrix.
    To = "to",
}

/// How attention is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lens {
    /// Through which heads.
    pub heads: HeadChoice,
    /// In pieces or words.
    pub grain: Grain,
    /// With or without specials.
    pub specials: Specials,
    /// From the chosen one or to it.
    pub direction: Direction,
}

/// The units attention is counted in: runs of tokens, in reading order; every token is in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    tokens: Vec<Range<usize>>,
    special: Vec<bool>,
}

impl Units {
    /// The units of a trace.
    pub fn new(trace: &Trace, grain: Grain) -> Self {
        let count = trace.tokens.len();
        let mut tokens: Vec<Range<usize>> = Vec::with_capacity(count);
        if grain == Grain::Words {
            for word in words(&trace.tokens) {
                let done = tokens.last().map_or(0, |unit| unit.end);
                tokens.extend((done..word.tokens.start).map(|i| i..i + 1));
                tokens.push(word.tokens);
            }
        }
        let done = tokens.last().map_or(0, |unit| unit.end);
        tokens.extend((done..count).map(|i| i..i + 1));
        // An [UNK] is declared special as well, but it stands for a word of the text, and a typed [MASK] does.
        let added = |unit: &Range<usize>| trace.tokens[unit.clone()].iter().all(|token| token.span.is_none());
        let special = tokens.iter().map(added).collect();
        Self { tokens, special }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens of a unit.
    pub fn tokens(&self, unit: usize) -> Range<usize> {
        self.tokens[unit].clone()
    }

    /// Whether it is a special that the tokenizer has added: `[CLS]`, `[SEP]`.
    pub fn is_special(&self, unit: usize) -> bool {
        self.special[unit]
    }

    /// How a unit is written: its token, or its pieces joined.
    pub fn text(&self, trace: &Trace, unit: usize) -> String {
        let tokens = trace.tokens[self.tokens(unit)].iter().map(|token| token.text.as_str());
        tokens
            .enumerate()
            .map(|(i, text)| if i == 0 { text } else { text.strip_prefix("##").unwrap_or(text) })
            .collect()
    }

    /// The unit a token is in.
    pub fn unit_of(&self, token: usize) -> usize {
        self.tokens.partition_point(|unit| unit.end <= token).min(self.len().saturating_sub(1))
    }

    /// Those a lens shows.
    pub fn shown(&self, specials: Specials) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |&unit| specials == Specials::Shown || !self.special[unit])
    }
}

/// One layer's attention from every unit to every unit, as a lens shows it; its direction does not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionMatrix {
    /// `[source unit]`: how each looks at every unit.
    pub rows: Vec<AttentionRow>,
    /// The largest weight of the rows shown: the top of the colour scale.
    pub largest: f32,
}

impl AttentionMatrix {
    /// Reads a layer, from 0, off a trace.
    pub fn new(trace: &Trace, units: &Units, layer: usize, lens: Lens) -> Self {
        let lens = Lens { direction: Direction::From, ..lens };
        let rows: Vec<AttentionRow> =
            (0..units.len()).map(|source| attention_row(trace, units, layer, source, lens)).collect();
        let shown = units.shown(lens.specials).flat_map(|unit| &rows[unit].weights);
        Self { largest: shown.copied().fold(0.0, f32::max), rows }
    }
}

/// One unit's attention in a layer (from 0), as a lens shows it: what it looks at, or who looks at it.
pub fn attention_row(trace: &Trace, units: &Units, layer: usize, unit: usize, lens: Lens) -> AttentionRow {
    let (weights, hidden) = match lens.direction {
        Direction::From => weights_from(trace, units, layer, unit, lens),
        Direction::To => weights_to(trace, units, layer, unit, lens),
    };
    AttentionRow { effective_tokens: effective_tokens(&weights), weights, hidden }
}

/// A row of the matrix, `[unit]`, and the share of it that is hidden.
fn weights_from(trace: &Trace, units: &Units, layer: usize, source: usize, lens: Lens) -> (Vec<f32>, f32) {
    let sources = units.tokens(source);
    let mut weights = vec![0.0; units.len()];
    for token in sources.clone() {
        let row = through(trace, layer, token, lens.heads);
        for (weight, unit) in weights.iter_mut().zip(&units.tokens) {
            *weight += row[unit.clone()].iter().sum::<f32>();
        }
    }
    if sources.len() > 1 {
        weights.iter_mut().for_each(|weight| *weight /= sources.len() as f32);
    }
    let mut hidden = 0.0;
    if lens.specials != Specials::Shown {
        let all: f32 = weights.iter().sum();
        for (weight, _) in weights.iter_mut().zip(&units.special).filter(|(_, special)| **special) {
            hidden += std::mem::take(weight);
        }
        // Summed anew: where nearly all is hidden, the difference would be mostly rounding.
        let left: f32 = weights.iter().sum();
        if lens.specials == Specials::Renormalized && left > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= left);
        }
        // Of the maximum over heads, which sums to more than 1, the share.
        hidden = if all > 0.0 { hidden / all } else { 0.0 };
    }
    (weights, hidden)
}

/// A column of the matrix, `[unit]`, and the share of it that is hidden. Hidden are the specials among those who look; a special that is looked at is shown, unscaled.
fn weights_to(trace: &Trace, units: &Units, layer: usize, target: usize, lens: Lens) -> (Vec<f32>, f32) {
    let scaled = lens.specials == Specials::Renormalized && !units.is_special(target);
    let looks = |source: usize| {
        if scaled {
            return weights_from(trace, units, layer, source, lens).0[target];
        }
        let (sources, targets) = (units.tokens(source), units.tokens(target));
        let sum: f32 = sources
            .clone()
            .flat_map(|query| targets.clone().map(move |key| (query, key)))
            .map(|(query, key)| weight(trace, layer, query, key, lens.heads))
            .sum();
        sum / sources.len() as f32
    };
    let mut weights: Vec<f32> = (0..units.len()).map(looks).collect();
    let mut hidden = 0.0;
    if lens.specials != Specials::Shown {
        let all: f32 = weights.iter().sum();
        for (weight, _) in weights.iter_mut().zip(&units.special).filter(|(_, special)| **special) {
            hidden += std::mem::take(weight);
        }
        hidden = if all > 0.0 { hidden / all } else { 0.0 };
    }
    (weights, hidden)
}

/// One token's attention to one token through a choice of heads.
fn weight(trace: &Trace, layer: usize, query: usize, key: usize, heads: HeadChoice) -> f32 {
    let each = (0..trace.heads).map(|head| trace.attention(layer, head, query)[key]);
    match heads {
        HeadChoice::One(head) => trace.attention(layer, head, query)[key],
        HeadChoice::Max => each.fold(0.0, f32::max),
        HeadChoice::Mean => each.sum::<f32>() / trace.heads as f32,
    }
}

/// `[key]`: a token's attention through a choice of heads.
fn through(trace: &Trace, layer: usize, query: usize, heads: HeadChoice) -> Vec<f32> {
    match heads {
        HeadChoice::One(head) => trace.attention(layer, head, query).to_vec(),
        HeadChoice::Max => over_heads(trace, layer, query, f32::max),
        HeadChoice::Mean => {
            let mut mean = over_heads(trace, layer, query, |sum, weight| sum + weight);
            mean.iter_mut().for_each(|weight| *weight /= trace.heads as f32);
            mean
        }
    }
}

/// Generic, so that the loop is compiled for each `merge`: this is what a key waits for.
fn over_heads(trace: &Trace, layer: usize, query: usize, merge: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let mut merged = vec![0.0; trace.tokens.len()];
    for head in 0..trace.heads {
        for (sum, &weight) in merged.iter_mut().zip(trace.attention(layer, head, query)) {
            *sum = merge(*sum, weight);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bert::{Input, Sentence, Token};

    /// `[CLS] un ##do it [SEP]`, two layers of two heads, rows that sum to 1.
    fn trace() -> Trace {
        let token = |text: &str, span: Option<Range<usize>>, word| Token {
            text: text.to_owned(),
            id: 0,
            type_id: 0,
            sentence: Sentence::A,
            special: span.is_none(),
            span,
            word,
        };
        let tokens = vec![
            token("[CLS]", None, None),
            token("un", Some(0..2), Some(0)),
            token("##do", Some(2..4), Some(0)),
            token("it", Some(5..7), Some(1)),
            token("[SEP]", None, None),
        ];
        let count = tokens.len();
        let attentions: Vec<f32> = (0..2 * 2 * count)
            .flat_map(|row| {
                let raw: Vec<f32> = (0..count).map(|key| ((row * 7 + key * 3) % 11 + 1) as f32).collect();
                let sum: f32 = raw.iter().sum();
                raw.into_iter().map(move |value| value / sum)
            })
            .collect();
        Trace {
            input: Input::single("undo it"),
            tokens,
            truncation: None,
            layers: 2,
            heads: 2,
            hidden_size: 1,
            attentions,
            hidden_states: vec![0.0; 3 * count],
            pooler_output: None,
            elapsed: Duration::ZERO,
        }
    }

    fn every_lens() -> impl Iterator<Item = Lens> {
        let heads = [HeadChoice::Mean, HeadChoice::Max, HeadChoice::One(1)];
        heads.into_iter().flat_map(|heads| {
            Grain::ALL.iter().flat_map(move |&grain| {
                Specials::ALL.iter().flat_map(move |&specials| {
                    let directions = Direction::ALL.iter();
                    directions.map(move |&direction| Lens { heads, grain, specials, direction })
                })
            })
        })
    }

    fn close(a: &[f32], b: &[f32]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn units_hold_every_token_once() {
        let trace = trace();
        let words = Units::new(&trace, Grain::Words);
        assert_eq!((0..words.len()).map(|unit| words.tokens(unit)).collect::<Vec<_>>(), [0..1, 1..3, 3..4, 4..5]);
        assert_eq!((0..5).map(|token| words.unit_of(token)).collect::<Vec<_>>(), [0, 1, 1, 2, 3]);
        assert_eq!(words.shown(Specials::Hidden).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(Units::new(&trace, Grain::Pieces).len(), 5);
    }

    #[test]
    fn rows_and_columns_are_those_of_the_matrix() {
        let trace = trace();
        for lens in every_lens() {
            let units = Units::new(&trace, lens.grain);
            let matrix = AttentionMatrix::new(&trace, &units, 1, lens);
            for unit in 0..units.len() {
                let row = attention_row(&trace, &units, 1, unit, lens);
                match lens.direction {
                    Direction::From => assert!(close(&row.weights, &matrix.rows[unit].weights), "{lens:?}"),
                    // The matrix has nothing for a target that is hidden; asked for, it is shown.
                    Direction::To if lens.specials != Specials::Shown && units.is_special(unit) => {}
                    Direction::To => {
                        let mut column: Vec<f32> =
                            (0..units.len()).map(|source| matrix.rows[source].weights[unit]).collect();
                        for (source, value) in column.iter_mut().enumerate() {
                            let hidden = lens.specials != Specials::Shown && units.is_special(source);
                            *value = if hidden { 0.0 } else { *value };
                        }
                        assert!(close(&row.weights, &column), "{lens:?} {:?} {column:?}", row.weights);
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost_that_is_not_said() {
        let trace = trace();
        for lens in every_lens().filter(|lens| lens.heads != HeadChoice::Max && lens.direction == Direction::From) {
            let units = Units::new(&trace, lens.grain);
            for unit in 0..units.len() {
                let row = attention_row(&trace, &units, 0, unit, lens);
                let shown: f32 = row.weights.iter().sum();
                let expected = if lens.specials == Specials::Hidden { 1.0 - row.hidden } else { 1.0 };
                assert!((shown - expected).abs() < 1e-6, "{lens:?}: {shown}");
                assert_eq!(row.hidden > 0.0, lens.specials != Specials::Shown, "{lens:?}");
            }
        }
    }

    #[test]
    fn the_rest_is_scaled_even_where_nearly_all_is_hidden() {
        let mut trace = trace();
        // Two heads of which the words get a millionth and a ten-millionth.
        for (row, rest) in trace.attentions.chunks_exact_mut(5).zip([1e-6_f32, 1e-7].into_iter().cycle()) {
            row.copy_from_slice(&[0.75 - rest, rest * 0.5, rest * 0.25, rest * 0.25, 0.25]);
        }
        for head in 0..2 {
            let lens = Lens { heads: HeadChoice::One(head), specials: Specials::Renormalized, ..Lens::default() };
            let units = Units::new(&trace, Grain::Pieces);
            let row = attention_row(&trace, &units, 0, 0, lens);
            assert!(close(&row.weights, &[0.0, 0.5, 0.25, 0.25, 0.0]), "{:?}", row.weights);
        }
    }

    #[test]
    fn words_sum_over_targets_and_average_over_sources() {
        let trace = trace();
        let lens = Lens { heads: HeadChoice::One(0), grain: Grain::Words, ..Lens::default() };
        let units = Units::new(&trace, Grain::Words);
        let looks = |query: usize, key: usize| trace.attention(0, 0, query)[key];
        let row = attention_row(&trace, &units, 0, 1, lens);
        assert!((row.weights[2] - (looks(1, 3) + looks(2, 3)) / 2.0).abs() < 1e-6);
        let to_itself = looks(1, 1) + looks(1, 2) + looks(2, 1) + looks(2, 2);
        assert!((row.weights[1] - to_itself / 2.0).abs() < 1e-6);
    }

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        for specials in Specials::ALL {
            assert_eq!(specials.name().parse(), Ok(*specials));
        }
        assert_eq!(Specials::Renormalized.next(), Specials::Shown);
        assert!("some".parse::<Grain>().unwrap_err().contains("pieces, words"));
    }
}
