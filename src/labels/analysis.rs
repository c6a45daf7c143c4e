//! What is said of attention, heads, poolings and comparisons: labels and sentences for the ids and facts of `analysis`.

use crate::analysis::{
    AttentionOptions, ComparedPart, ComparedTable, Direction, Granularity, HeadChoice, HeadSet, Looking, Pattern,
    Pooling, Quantity, Side, Specials, Statistic, Swept, Verb,
};

/// `head 5`, `mean of heads`: layers and heads count from 1 for people.
pub fn head_choice(heads: HeadChoice) -> String {
    match heads {
        HeadChoice::Mean => "mean of heads".to_owned(),
        HeadChoice::Max => "max of heads".to_owned(),
        HeadChoice::One(head) => format!("head {}", head + 1),
    }
}

/// `head 5`, `mean of heads`, or which of a model's `count`: `mean of heads 3 5 7`, `max of head 3`; `all heads together`
/// under a measure without heads.
pub fn heads(options: AttentionOptions, count: usize) -> String {
    if !options.measure.has_heads() {
        return NO_HEADS.to_owned();
    }
    match (options.heads.merge(), options.subset(count)) {
        (Some(merge), Some(one)) if one.len() == 1 => format!("{merge} of head {one}"),
        (Some(merge), Some(some)) => format!("{merge} of heads {some}"),
        _ => head_choice(options.heads),
    }
}

/// `head 5 of 12`, `mean of 12 heads`, `mean of heads 3 5 7`.
pub fn heads_of_all(options: AttentionOptions, count: usize) -> String {
    if !options.measure.has_heads() {
        return NO_HEADS.to_owned();
    }
    match (options.heads.merge(), options.subset(count)) {
        (None, _) => format!("{} of {count}", head_choice(options.heads)),
        (Some(merge), None) => format!("{merge} of {count} heads"),
        (Some(_), Some(_)) => heads(options, count),
    }
}

/// `head 5`, `mean of heads`, `mean of 3 heads`, where something else says which.
pub fn heads_in_short(options: AttentionOptions, count: usize) -> String {
    match options.subset(count) {
        Some(some) if some.len() > 1 => {
            heads_of_all(AttentionOptions { among: HeadSet::default(), ..options }, some.len())
        }
        _ => heads(options, count),
    }
}

/// What is read under a measure that has no heads.
const NO_HEADS: &str = "all heads together";

/// `[CLS] looks at …`, or who looks at it.
pub fn who(source: &str, options: AttentionOptions) -> String {
    match (options.measure.verb(), options.direction) {
        (Verb::LooksAt, Direction::From) => format!("{source} looks at …"),
        (Verb::LooksAt, Direction::To) => format!("… looks at {source}"),
        (Verb::TakesFrom, Direction::From) => format!("{source} takes from …"),
        (Verb::TakesFrom, Direction::To) => format!("… takes from {source}"),
    }
}

/// An exact number: `12.31 % (0.1231)`.
pub fn amount(value: f32, unit: Quantity) -> String {
    match unit {
        Quantity::Share => format!("{:.2} % ({value:.4})", value * 100.0),
        Quantity::Tokens | Quantity::Cosine | Quantity::Number => format!("{value:.4}"),
    }
}

/// `Who looks at whom`.
fn who_whom(verb: Verb) -> &'static str {
    match verb {
        Verb::LooksAt => "Who looks at whom",
        Verb::TakesFrom => "Who takes from whom",
    }
}

/// `Who looks at whom, layer 3, mean of heads 3 5 7`; the layer from 0.
pub fn matrix_title(layer: usize, options: AttentionOptions, count: usize) -> String {
    format!("{}, layer {}, {}", who_whom(options.measure.verb()), layer + 1, heads(options, count))
}

/// ` · words · no specials`, as far as the options are not as they always begin.
pub fn switches(options: AttentionOptions) -> String {
    let granularity = if options.granularity == Granularity::Words { " · words" } else { "" };
    let specials = match options.specials {
        Specials::Shown => "",
        Specials::Hidden => " · no specials",
        Specials::Renormalized => " · no specials, rest 100 %",
    };
    format!("{granularity}{specials}")
}

/// `layer 3, mean of heads 3 5 7`.
pub fn place(side: Side) -> String {
    format!("layer {}, {}", side.layer + 1, heads(side.options, side.trace.heads))
}

/// In full, with the name of the model that read it: `bert, layer 3, head 5, with everything on: A / B`.
pub fn side(side: Side, model: &str, is_uncut: bool) -> String {
    let input = &side.trace.input;
    let (place, text) = (place(side), &input.text);
    match (&input.pair, is_uncut) {
        (None, false) => format!("{model}, {place}: {text}"),
        (None, true) => format!("{model}, {place}, with everything on: {text}"),
        (Some(pair), false) => format!("{model}, {place}: {text} / {pair}"),
        (Some(pair), true) => format!("{model}, {place}, with everything on: {text} / {pair}"),
    }
}

/// The title of one of the tables of a comparison; `options` are those of what is shown.
pub fn comparison_title(table: &ComparedTable, options: AttentionOptions) -> String {
    match table {
        ComparedTable::Row(name) => {
            let options = AttentionOptions { direction: Direction::From, ..options };
            format!("{}, held, shown, and their difference", who(name, options))
        }
        ComparedTable::Matrix(part) => format!("{}, {}", who_whom(options.measure.verb()), comparison_part(*part)),
    }
}

/// A part of a comparison, in a word.
fn comparison_part(part: ComparedPart) -> &'static str {
    match part {
        ComparedPart::Held => "held",
        ComparedPart::Shown => "shown",
        ComparedPart::Difference => "difference",
    }
}

/// The title of a sweep's table.
pub fn sweep_title(swept: Swept) -> &'static str {
    match swept {
        Swept::Heads => "Cosine of each vector to itself, with each head switched off by itself",
        Swept::Words => "Cosine of each vector to itself, with each word switched off by itself",
    }
}

/// The title of the table of what is changed by what is off, of one sentence or of a pair.
pub fn ablation_title(of_a_pair: bool) -> &'static str {
    if of_a_pair {
        "What the cuts change, A and B each read alone: cosine of A to uncut, and of A with B before and after"
    } else {
        "What the cuts change: cosine of each vector to uncut"
    }
}

/// A statistic in a few words.
pub fn statistic(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::EffectiveTokens => "spread",
        Statistic::ToSeparator => "to [SEP]",
        Statistic::ToCls => "to [CLS]",
        Statistic::ToItself => "to itself",
        Statistic::ToPrevious => "to previous",
        Statistic::ToNext => "to next",
        Statistic::ToOther => "to other sentence",
        Statistic::AToA => "A→A",
        Statistic::AToB => "A→B",
        Statistic::AToSpecials => "A→specials",
        Statistic::BToA => "B→A",
        Statistic::BToB => "B→B",
        Statistic::BToSpecials => "B→specials",
        Statistic::ClsToA => "[CLS]→A",
        Statistic::ClsToB => "[CLS]→B",
        Statistic::ClsToSpecials => "[CLS]→specials",
    }
}

/// A statistic where there is no room for `to`: `[SEP]`.
pub fn statistic_in_short(which: Statistic) -> &'static str {
    match which {
        Statistic::ToSeparator => "[SEP]",
        Statistic::ToCls => "[CLS]",
        Statistic::ToItself => "itself",
        Statistic::ToPrevious => "previous",
        Statistic::ToNext => "next",
        Statistic::ToOther => "other sentence",
        other => statistic(other),
    }
}

/// What a statistic's number is, at length: `share to [SEP], mean over all tokens that look`.
pub fn statistic_at_length(which: Statistic) -> String {
    let unit = statistic_with_unit(which);
    match which.looking() {
        Looking::AllTokens => format!("{unit}, mean over all tokens that look"),
        Looking::BothSentences => format!("{unit}, mean over the tokens of both"),
        Looking::SentenceA => format!("{unit}, mean over the tokens of A"),
        Looking::SentenceB => format!("{unit}, mean over the tokens of B"),
        Looking::Cls => format!("{unit}, of its own attention"),
    }
}

/// The same in short: `mean share to [SEP]`.
pub fn statistic_mean(which: Statistic) -> String {
    let unit = statistic_with_unit(which);
    if which.looking() == Looking::Cls { unit } else { format!("mean {unit}") }
}

fn statistic_with_unit(which: Statistic) -> String {
    let name = statistic(which);
    if which.is_share() { format!("share {name}") } else { format!("{name} in tokens") }
}

/// What a head is known for, in a word.
pub fn pattern(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Previous => "previous",
        Pattern::Next => "next",
        Pattern::Itself => "itself",
        Pattern::Separator => "[SEP]",
        Pattern::Cls => "[CLS]",
        Pattern::Broad => "broad",
    }
}

/// What a pooling is, for whoever has never heard of it: at most 44 cells.
pub fn pooling(pooling: Pooling) -> &'static str {
    match pooling {
        Pooling::Pooled => "[CLS] through BERT's pooler: tanh(W·h + b)",
        Pooling::Cls => "[CLS], the token before the sentence, alone",
        Pooling::Mean => "average of all tokens, [CLS] and [SEP] too",
        Pooling::MeanWords => "average of all tokens but [CLS] and [SEP]",
        Pooling::Max => "largest value of each dimension in any token",
        Pooling::FirstLast => "average of embeddings and last layer",
    }
}

/// The same in at most 22 cells.
pub fn pooling_in_short(pooling: Pooling) -> &'static str {
    match pooling {
        Pooling::Pooled => "[CLS] after the pooler",
        Pooling::Cls => "the token [CLS] alone",
        Pooling::Mean => "average of all tokens",
        Pooling::MeanWords => "average of the words",
        Pooling::Max => "largest of all tokens",
        Pooling::FirstLast => "first and last layer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_heads_are_named_and_all_are_counted() {
        let of = |choice, among: &[usize]| {
            let options = AttentionOptions {
                heads: choice,
                among: among.iter().copied().collect(),
                ..AttentionOptions::default()
            };
            [heads(options, 12), heads_of_all(options, 12), heads_in_short(options, 12)]
        };
        assert_eq!(of(HeadChoice::Mean, &[]), ["mean of heads", "mean of 12 heads", "mean of heads"]);
        let three = ["mean of heads 3 5 7", "mean of heads 3 5 7", "mean of 3 heads"];
        assert_eq!(of(HeadChoice::Mean, &[2, 4, 6]), three);
        assert_eq!(of(HeadChoice::Max, &[2, 4]), ["max of heads 3 5", "max of heads 3 5", "max of 2 heads"]);
        assert_eq!(of(HeadChoice::Max, &[2]), ["max of head 3", "max of head 3", "max of head 3"]);
        assert_eq!(of(HeadChoice::Max, &[12, 40]), ["max of heads", "max of 12 heads", "max of heads"]);
        assert_eq!(of(HeadChoice::One(4), &[2, 4]), ["head 5", "head 5 of 12", "head 5"]);
    }

    #[test]
    fn a_pooling_fits_its_room() {
        for &one in Pooling::ALL {
            assert!(pooling(one).chars().count() <= 44 && pooling_in_short(one).chars().count() <= 22, "{one}");
        }
    }
}
