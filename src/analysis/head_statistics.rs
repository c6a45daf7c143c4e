//! What each head does on the whole, in one number.

use rayon::prelude::*;

use super::{HeadsRead, Pattern, Statistic, effective_tokens, group::TokenGroup, measure_numbers::MeasureNumbers};
use crate::bert::{Sentence, Trace};

/// The statistics of every head of a trace under one measure; of a measure without heads, each head has those of its
/// layer.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadStatistics {
    /// `[layer, plane, statistic]`.
    values: Vec<f32>,
    planes: usize,
    has_heads: bool,
    tokens: usize,
    statistics: Vec<Statistic>,
}

impl HeadStatistics {
    /// Measures every head, the layers side by side: of a long text this is millions of logarithms.
    pub(super) fn new(trace: &Trace, numbers: MeasureNumbers) -> Self {
        let (places, planes) = (Places::new(trace), numbers.planes());
        let mut values = vec![0.0; trace.layers * planes * Statistic::ALL.len()];
        // On as many threads as there are cores, so that the one that draws soon has its turn.
        let layers = values.par_chunks_mut((planes * Statistic::ALL.len()).max(1));
        layers.enumerate().for_each(|(layer, values)| {
            for (plane, values) in values.chunks_mut(Statistic::ALL.len()).enumerate() {
                values.copy_from_slice(&places.measure(numbers, layer, plane));
            }
        });
        let statistics = Statistic::of(trace);
        Self { values, planes, has_heads: numbers.has_heads(), tokens: trace.tokens.len(), statistics }
    }

    /// Those the text has a value for, see [`Statistic::of`].
    pub fn statistics(&self) -> &[Statistic] {
        &self.statistics
    }

    /// How many of a layer have numbers of their own: its heads, or 1, the layer.
    pub fn planes(&self) -> usize {
        self.planes
    }

    /// Which of these shows a head that is chosen; where there is but the layer, that, whichever heads are chosen.
    pub fn plane_of(&self, head: Option<usize>) -> Option<usize> {
        if self.has_heads { head } else { Some(0) }
    }

    /// Whose numbers those of a head are: its own, or its layer's.
    pub fn read(&self, head: usize) -> HeadsRead {
        if self.has_heads { HeadsRead::One(head) } else { HeadsRead::Layer }
    }

    /// The mean over all heads of a layer, from 0; like the mean of the heads' attention, it counts those that are
    /// ablated.
    pub fn layer_mean(&self, layer: usize, statistic: Statistic) -> f32 {
        let heads = (0..self.planes).map(|head| self.value(layer, head, statistic));
        heads.sum::<f32>() / self.planes as f32
    }

    /// One head's number, 0 where the text has none; layers and heads from 0. NaN of what is no statistic of a trace.
    pub fn value(&self, layer: usize, head: usize, statistic: Statistic) -> f32 {
        if statistic == Statistic::ToMarked {
            return f32::NAN;
        }
        let plane = head.min(self.planes.saturating_sub(1));
        self.values[(layer * self.planes + plane) * Statistic::ALL.len() + statistic as usize]
    }

    /// What a head is known for, if for anything.
    pub fn pattern(&self, layer: usize, head: usize) -> Option<Pattern> {
        let value = |statistic| self.value(layer, head, statistic);
        let shares = [
            (Statistic::ToPrevious, Pattern::Previous),
            (Statistic::ToNext, Pattern::Next),
            (Statistic::ToItself, Pattern::Itself),
            (Statistic::ToSeparator, Pattern::Separator),
            (Statistic::ToCls, Pattern::Cls),
        ];
        let strongest = shares.into_iter().max_by(|a, b| value(a.0).total_cmp(&value(b.0)));
        match strongest {
            Some((statistic, pattern)) if value(statistic) >= Pattern::SHARE => Some(pattern),
            _ if value(Statistic::EffectiveTokens) >= Pattern::BROAD * self.tokens as f32 => Some(Pattern::Broad),
            _ => None,
        }
    }
}

/// Which tokens are what, for the statistics.
struct Places {
    a: TokenGroup,
    b: TokenGroup,
    /// What the tokenizer added, but for the first.
    separators: TokenGroup,
    /// Whether it added the first, `[CLS]`.
    cls: bool,
    /// `[token]`: the sentence it stands for text of; none for what the tokenizer added.
    sides: Vec<Option<Sentence>>,
}

impl Places {
    fn new(trace: &Trace) -> Self {
        let tokens = &trace.tokens;
        Self {
            a: TokenGroup::text(tokens, Some(Sentence::A)),
            b: TokenGroup::text(tokens, Some(Sentence::B)),
            separators: TokenGroup::separators(tokens),
            cls: tokens.first().is_some_and(|token| token.span.is_none()),
            sides: tokens.iter().map(|token| token.span.is_some().then_some(token.sentence)).collect(),
        }
    }

    /// `[statistic]` of one head, in the order of [`Statistic::ALL`].
    fn measure(&self, numbers: MeasureNumbers, layer: usize, plane: usize) -> [f32; Statistic::ALL.len()] {
        let mut sums = [0.0; Statistic::ALL.len()];
        for query in 0..self.sides.len() {
            let row = numbers.row(layer, plane, query);
            let look = LookingToken::new(self, query, &row[..self.sides.len()]);
            for (sum, &statistic) in sums.iter_mut().zip(Statistic::ALL) {
                *sum += look.share(statistic).unwrap_or(0.0);
            }
        }
        for (sum, &statistic) in sums.iter_mut().zip(Statistic::ALL) {
            *sum /= self.lookers(statistic).max(1) as f32;
        }
        sums
    }

    /// How many tokens a statistic is the mean over.
    fn lookers(&self, statistic: Statistic) -> usize {
        use Statistic::*;
        match statistic {
            EffectiveTokens | ToSeparator | ToCls | ToItself => self.sides.len(),
            // The first token has none before it, the last none after it.
            ToPrevious | ToNext => self.sides.len().saturating_sub(1),
            ToOther => self.a.len() + self.b.len(),
            AToA | AToB | AToSpecials => self.a.len(),
            BToA | BToB | BToSpecials => self.b.len(),
            ClsToA | ClsToB | ClsToSpecials | ToMarked => 1,
        }
    }
}

/// One token's row of weights, and what of it goes where.
struct LookingToken<'a> {
    row: &'a [f32],
    query: usize,
    side: Option<Sentence>,
    to_a: f32,
    to_b: f32,
    to_separators: f32,
    to_specials: f32,
}

impl<'a> LookingToken<'a> {
    fn new(places: &Places, query: usize, row: &'a [f32]) -> Self {
        let to_separators = places.separators.share(row);
        Self {
            row,
            query,
            side: places.sides[query],
            to_a: places.a.share(row),
            to_b: places.b.share(row),
            to_separators,
            to_specials: to_separators + if places.cls { row[0] } else { 0.0 },
        }
    }

    /// What a row adds to a statistic; none where that is not about the token that looks.
    fn share(&self, statistic: Statistic) -> Option<f32> {
        use Statistic::*;
        let (from_a, from_b) = (self.side == Some(Sentence::A), self.side == Some(Sentence::B));
        let from_cls = self.query == 0;
        match statistic {
            EffectiveTokens => Some(effective_tokens(self.row)),
            ToSeparator => Some(self.to_separators),
            ToCls => self.row.first().copied(),
            ToItself => self.row.get(self.query).copied(),
            ToPrevious => self.row.get(self.query.checked_sub(1)?).copied(),
            ToNext => self.row.get(self.query + 1).copied(),
            ToOther => self.side.map(|side| if side == Sentence::A { self.to_b } else { self.to_a }),
            AToA => from_a.then_some(self.to_a),
            AToB => from_a.then_some(self.to_b),
            AToSpecials => from_a.then_some(self.to_specials),
            BToA => from_b.then_some(self.to_a),
            BToB => from_b.then_some(self.to_b),
            BToSpecials => from_b.then_some(self.to_specials),
            ClsToA => from_cls.then_some(self.to_a),
            ClsToB => from_cls.then_some(self.to_b),
            ClsToSpecials => from_cls.then_some(self.to_specials),
            ToMarked => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::print_stderr)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::{
        analysis::{Measure, MeasuredTrace},
        bert::{Ablations, Input, Token},
    };

    /// One layer of heads, each of which looks as `look(head, query)` says: a weight for each key, scaled to sum 1.
    fn trace(tokens: &[&str], heads: usize, look: impl Fn(usize, usize) -> Vec<f32>) -> Trace {
        let first_end = tokens.iter().position(|&text| text == "[SEP]").unwrap();
        let token = |(at, &text): (usize, &&str)| {
            let added = text.starts_with('[');
            let sentence = if at <= first_end { Sentence::A } else { Sentence::B };
            Token { sentence, special: added, span: (!added).then_some(0..0), ..Token::example(text) }
        };
        let rows = (0..heads).flat_map(|head| (0..tokens.len()).map(move |query| (head, query)));
        let attentions = rows.flat_map(|(head, query)| {
            let row = look(head, query);
            let sum: f32 = row.iter().sum();
            row.into_iter().map(move |weight| weight / sum)
        });
        Trace {
            input: Input::single(""),
            attentions: attentions.collect(),
            tokens: tokens.iter().enumerate().map(token).collect(),
            truncation: None,
            ablations: Ablations::default(),
            layers: 1,
            heads,
            hidden_size: 1,
            hidden_states: Vec::new(),
            pooler_output: None,
            elapsed: Duration::ZERO,
        }
    }

    fn measure(trace: Trace) -> HeadStatistics {
        MeasuredTrace::from(trace).head_statistics(Measure::default()).clone()
    }

    /// All of the attention on one key.
    fn only(count: usize, key: usize) -> Vec<f32> {
        (0..count).map(|at| f32::from(u8::from(at == key))).collect()
    }

    fn close(found: f32, expected: f32) {
        assert!((found - expected).abs() < 1e-5, "{found} instead of {expected}");
    }

    const SENTENCE: [&str; 6] = ["[CLS]", "how", "are", "you", "?", "[SEP]"];

    #[test]
    fn a_head_that_looks_one_back_is_known_as_previous() {
        let heads = measure(trace(&SENTENCE, 1, |_, query| only(6, query.saturating_sub(1))));
        // The first token has none before it and does not count.
        close(heads.value(0, 0, Statistic::ToPrevious), 1.0);
        close(heads.value(0, 0, Statistic::ToNext), 0.0);
        close(heads.value(0, 0, Statistic::ToItself), 1.0 / 6.0);
        close(heads.value(0, 0, Statistic::ToCls), 2.0 / 6.0);
        close(heads.value(0, 0, Statistic::EffectiveTokens), 1.0);
        assert_eq!(heads.pattern(0, 0), Some(Pattern::Previous));
    }

    #[test]
    fn a_head_is_known_for_where_half_of_its_attention_goes() {
        let look = |head: usize, query: usize| match head {
            0 => only(6, 5),
            1 => only(6, 0),
            2 => only(6, query),
            3 => only(6, (query + 1).min(5)),
            _ => vec![1.0; 6],
        };
        let heads = measure(trace(&SENTENCE, 5, look));
        let known = [Pattern::Separator, Pattern::Cls, Pattern::Itself, Pattern::Next, Pattern::Broad];
        let shares = [Statistic::ToSeparator, Statistic::ToCls, Statistic::ToItself, Statistic::ToNext];
        for (head, pattern) in known.into_iter().enumerate() {
            assert_eq!(heads.pattern(0, head), Some(pattern));
        }
        for (head, share) in shares.into_iter().enumerate() {
            close(heads.value(0, head, share), 1.0);
        }
        // An even head: everything alike, spread over all.
        close(heads.value(0, 4, Statistic::EffectiveTokens), 6.0);
        for share in shares {
            close(heads.value(0, 4, share), 1.0 / 6.0);
        }
    }

    #[test]
    fn a_head_with_no_pattern_is_known_for_nothing() {
        // Two tokens far from most others, evenly.
        let heads = measure(trace(&SENTENCE, 1, |_, _| vec![0.0, 1.0, 0.0, 0.0, 1.0, 0.0]));
        close(heads.value(0, 0, Statistic::EffectiveTokens), 2.0);
        assert_eq!(heads.pattern(0, 0), None);
    }

    #[test]
    fn of_a_pair_both_separators_count_and_the_other_sentence_is_its_words() {
        const PAIR: [&str; 7] = ["[CLS]", "how", "are", "[SEP]", "fine", "thanks", "[SEP]"];
        let look = |head: usize, query: usize| match (head, query) {
            // A looks at B's words and at its [SEP], B at A's first word, the added ones at themselves.
            (0, 1 | 2) => vec![0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0],
            (0, 4 | 5) => only(7, 1),
            (0, _) => only(7, query),
            _ => vec![0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 1.0],
        };
        let heads = measure(trace(&PAIR, 2, look));
        // Of four words, two give three quarters to the other sentence and two give all.
        close(heads.value(0, 0, Statistic::ToOther), (0.75 * 2.0 + 2.0) / 4.0);
        close(heads.value(0, 0, Statistic::ToSeparator), (0.25 * 2.0 + 2.0) / 7.0);
        close(heads.value(0, 1, Statistic::ToSeparator), 1.0);
        close(heads.value(0, 1, Statistic::ToOther), 0.0);
        assert_eq!(heads.pattern(0, 1), Some(Pattern::Separator));
    }

    #[test]
    fn of_a_pair_each_sentence_s_attention_is_shared_out() {
        use Statistic::*;
        const PAIR: [&str; 7] = ["[CLS]", "how", "are", "[SEP]", "fine", "thanks", "[SEP]"];
        let look = |head: usize, query: usize| match (head, query) {
            (0, 0) => vec![1.0, 2.0, 0.0, 1.0, 0.0, 3.0, 1.0],
            (0, 1) => vec![1.0, 1.0, 2.0, 0.0, 3.0, 0.0, 1.0],
            (0, 2) => vec![0.0, 0.0, 4.0, 0.0, 0.0, 4.0, 0.0],
            (0, 4) => only(7, 3),
            (0, 5) => vec![0.0, 1.0, 0.0, 0.0, 0.0, 3.0, 0.0],
            (0, _) => only(7, query),
            _ => only(7, 0),
        };
        let heads = measure(trace(&PAIR, 2, look));
        let expected = [
            [(AToA, 3.5 / 8.0), (AToB, 3.5 / 8.0), (AToSpecials, 1.0 / 8.0)],
            [(BToA, 0.125), (BToB, 0.375), (BToSpecials, 0.5)],
            [(ClsToA, 2.0 / 8.0), (ClsToB, 3.0 / 8.0), (ClsToSpecials, 3.0 / 8.0)],
        ];
        for whole in expected {
            close(whole.iter().map(|&(statistic, _)| heads.value(0, 0, statistic)).sum(), 1.0);
            for (statistic, share) in whole {
                close(heads.value(0, 0, statistic), share);
                // All that the other head does goes to [CLS].
                let other = if statistic.id().ends_with("specials") { 1.0 } else { 0.0 };
                close(heads.value(0, 1, statistic), other);
                close(heads.layer_mean(0, statistic), f32::midpoint(share, other));
            }
        }
        assert_eq!(heads.statistics(), Statistic::ALL);
    }

    #[test]
    fn alone_there_is_no_other_sentence() {
        let heads = measure(trace(&SENTENCE, 1, |_, _| vec![1.0; 6]));
        close(heads.value(0, 0, Statistic::ToOther), 0.0);
        close(heads.value(0, 0, Statistic::AToA), 4.0 / 6.0);
        close(heads.value(0, 0, Statistic::ClsToSpecials), 2.0 / 6.0);
        let names: Vec<&str> = heads.statistics().iter().skip(6).map(|statistic| statistic.id()).collect();
        assert_eq!(names, ["A→A", "A→specials", "[CLS]→A", "[CLS]→specials"]);
    }

    #[test]
    fn an_empty_sentence_and_broken_weights_are_measured_too() {
        let empty = measure(trace(&["[CLS]", "[SEP]"], 1, |_, _| vec![1.0, 1.0]));
        close(empty.value(0, 0, Statistic::EffectiveTokens), 2.0);
        assert_eq!(empty.statistics().last(), Some(&Statistic::ClsToSpecials));
        assert!(!empty.statistics().contains(&Statistic::AToA));
        let broken = measure(trace(&SENTENCE, 1, |_, _| vec![f32::NAN; 6]));
        assert!(broken.value(0, 0, Statistic::EffectiveTokens).is_nan());
        assert_eq!(broken.pattern(0, 0), None);
    }

    #[test]
    #[ignore = "a measurement: cargo test --release --lib heads -- --ignored --nocapture"]
    fn how_long_twelve_by_twelve_heads_take_at_512_tokens() {
        let mut tokens = vec!["word"; 512];
        (tokens[0], tokens[255], tokens[511]) = ("[CLS]", "[SEP]", "[SEP]");
        let weight = |seed: usize| (((seed * 7919) % 1009) as f32 / 100.0).exp();
        let mut trace =
            trace(&tokens, 12, |head, query| (0..512).map(|key| weight(head * 31 + query * 17 + key)).collect());
        trace.layers = 12;
        trace.attentions = trace.attentions.repeat(12);
        let start = Instant::now();
        let heads = measure(trace);
        eprintln!("{:?}, spread {}", start.elapsed(), heads.value(11, 11, Statistic::EffectiveTokens));
    }
}
