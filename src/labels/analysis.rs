//! What is said of attention, heads, poolings and comparisons: labels and sentences for the ids and facts of `analysis`.

use crate::{
    analysis::{
        Affected, AttentionOptions, ComparedPart, ComparedTable, Direction, Granularity, HeadAxis, HeadChoice,
        HeadReading, HeadSet, LogitTarget, Looking, Pooling, Quantity, Side, Specials, Statistic, Swept, Verb, decimal,
        readable_cosine,
    },
    messages::{label, message},
};

/// `head 5`, `mean of heads`: layers and heads count from 1 for people.
pub fn head_choice(heads: HeadChoice) -> String {
    match heads {
        HeadChoice::Mean => message!("labels-heads-mean"),
        HeadChoice::Max => message!("labels-heads-max"),
        HeadChoice::One(head) => message!("labels-head", head = head + 1),
    }
}

/// `head 5`, `mean of heads`, or which of a model's `count`: `mean of heads 3 5 7`, `max of head 3`; `all heads together`
/// under a measure without heads, and, like `heads 3 5 7 together`, where vectors of heads are added up.
pub fn heads(options: AttentionOptions, count: usize) -> String {
    if !options.measure.has_heads() {
        return message!("labels-heads-together");
    }
    match (options.heads, options.subset(count)) {
        (HeadChoice::Mean, Some(some)) if are_summed(options) => {
            message!("labels-heads-together-of", count = some.len(), heads = some.to_string())
        }
        (HeadChoice::Mean, None) if are_summed(options) => message!("labels-heads-together"),
        (HeadChoice::Mean, Some(some)) => {
            message!("labels-heads-mean-of", count = some.len(), heads = some.to_string())
        }
        (HeadChoice::Max, Some(some)) => message!("labels-heads-max-of", count = some.len(), heads = some.to_string()),
        _ => head_choice(options.heads),
    }
}

/// `head 5 of 12`, `mean of 12 heads`, `mean of heads 3 5 7`.
pub fn heads_of_all(options: AttentionOptions, count: usize) -> String {
    if !options.measure.has_heads() {
        return message!("labels-heads-together");
    }
    match (options.heads, options.subset(count)) {
        (HeadChoice::One(head), _) => message!("labels-head-of", head = head + 1, count = count),
        (HeadChoice::Mean, None) if are_summed(options) => message!("labels-heads-together-count", count = count),
        (HeadChoice::Mean, None) => message!("labels-heads-mean-count", count = count),
        (HeadChoice::Max, None) => message!("labels-heads-max-count", count = count),
        (_, Some(_)) => heads(options, count),
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

/// Whether heads are merged by what their vectors add up to.
fn are_summed(options: AttentionOptions) -> bool {
    options.measure.head_axis() == HeadAxis::Summed
}

/// `[CLS] looks at …`, or who looks at it; under another measure than attention `[CLS] takes from … (block)`.
pub fn who(source: &str, options: AttentionOptions) -> String {
    let measure = options.measure.id();
    match (options.measure.verb(), options.direction) {
        (Verb::LooksAt, Direction::From) => message!("labels-looks-at", token = source),
        (Verb::LooksAt, Direction::To) => message!("labels-looked-at", token = source),
        (Verb::TakesFrom, Direction::From) => message!("labels-takes-from", token = source, measure = measure),
        (Verb::TakesFrom, Direction::To) => message!("labels-taken-from", token = source, measure = measure),
    }
}

/// The same where something else says which measure it is.
pub fn who_in_short(source: &str, options: AttentionOptions) -> String {
    match (options.measure.verb(), options.direction) {
        (Verb::LooksAt, _) => who(source, options),
        (Verb::TakesFrom, Direction::From) => message!("labels-takes-from-in-short", token = source),
        (Verb::TakesFrom, Direction::To) => message!("labels-taken-from-in-short", token = source),
    }
}

/// An exact number: `12.31 % (0.1231)`.
pub fn amount(value: f32, unit: Quantity) -> String {
    match unit {
        _ if value.is_nan() => "–".to_owned(),
        Quantity::Share => format!("{} % ({})", decimal(f64::from(value) * 100.0, 2), decimal(value.into(), 4)),
        Quantity::Cosine | Quantity::CosineToBefore => readable_cosine(value, 4),
        Quantity::Tokens | Quantity::Coordinate | Quantity::Number => decimal(value.into(), 4),
    }
}

/// `Who looks at whom, layer 3, mean of heads 3 5 7`; the layer from 0.
pub fn matrix_title(layer: usize, options: AttentionOptions, count: usize) -> String {
    let heads = heads(options, count);
    match options.measure.verb() {
        Verb::LooksAt => message!("labels-matrix-looks-at", layer = layer + 1, heads = heads),
        Verb::TakesFrom => {
            message!("labels-matrix-takes-from", measure = options.measure.id(), layer = layer + 1, heads = heads)
        }
    }
}

/// `words`, `no specials`, as far as the options are not as they always begin.
pub fn settings(options: AttentionOptions) -> impl Iterator<Item = String> {
    let granularity = (options.granularity == Granularity::Words).then(|| label!("labels-in-words"));
    let specials = match options.specials {
        Specials::Shown => None,
        Specials::Hidden => Some(label!("labels-no-specials")),
        Specials::Renormalized => Some(label!("labels-no-specials-rest")),
    };
    granularity.into_iter().chain(specials).map(|one| one.text().to_owned())
}

/// `layer 3, mean of heads 3 5 7`.
pub fn place(side: Side) -> String {
    message!("labels-place", layer = side.layer + 1, heads = heads(side.options, side.trace.heads))
}

/// In full, with the name of the model that read it: `bert, layer 3, head 5, without ablations: A / B`.
pub fn side(side: Side, model: &str, is_uncut: bool) -> String {
    let input = &side.trace.input;
    let place = place(side);
    let text = match &input.pair {
        None => input.text.clone(),
        Some(pair) => format!("{} / {pair}", input.text),
    };
    match is_uncut {
        false => message!("labels-side", model = model, place = place, text = text),
        true => message!("labels-side-uncut", model = model, place = place, text = text),
    }
}

/// The title of one of the tables of a comparison; `options` are those of what is shown.
pub fn comparison_title(table: &ComparedTable, options: AttentionOptions) -> String {
    let measure = options.measure;
    match table {
        ComparedTable::Row(name) => {
            let options = AttentionOptions { direction: Direction::From, ..options };
            message!("labels-comparison-row", who = who(name, options))
        }
        ComparedTable::Matrix(part) => match (measure.verb(), part) {
            (Verb::LooksAt, ComparedPart::Held) => message!("labels-looks-at-baseline"),
            (Verb::LooksAt, ComparedPart::Shown) => message!("labels-looks-at-shown"),
            (Verb::LooksAt, ComparedPart::Difference) => message!("labels-looks-at-difference"),
            (Verb::TakesFrom, ComparedPart::Held) => message!("labels-takes-from-baseline", measure = measure.id()),
            (Verb::TakesFrom, ComparedPart::Shown) => message!("labels-takes-from-shown", measure = measure.id()),
            (Verb::TakesFrom, ComparedPart::Difference) => {
                message!("labels-takes-from-difference", measure = measure.id())
            }
        },
    }
}

/// What a change is measured on: `cls`, `token`, `cell`.
pub fn affected(affected: Affected) -> &'static str {
    match affected {
        Affected::Token => label!("labels-affected-token").text(),
        Affected::Cell => label!("labels-affected-cell").text(),
        Affected::Output => label!("labels-affected-output").text(),
        other => other.id(),
    }
}

/// What a logit is called: `positive`, `B-PER at token 3`, `cat at token 2`, `positive (feeling, cls)`.
pub fn logit(target: &LogitTarget, outputs: &[HeadReading]) -> String {
    let name = target.name(outputs);
    match (target.token(), target) {
        (Some(token), _) => message!("labels-logit-at", name = name, position = token),
        (None, LogitTarget::Probe { probe, .. }) => {
            message!("labels-logit-probe", name = name, probe = &*probe.name, pooling = probe.vector.to_string())
        }
        (None, _) => name,
    }
}

/// The title of a sweep's table.
pub fn sweep_title(swept: Swept) -> &'static str {
    match swept {
        Swept::Heads => label!("labels-sweep-heads").text(),
        Swept::Words => label!("labels-sweep-words").text(),
    }
}

/// The title of the table of what is changed by what is off, of one sentence or of a pair.
pub fn ablation_title(of_a_pair: bool) -> &'static str {
    if of_a_pair { label!("labels-ablation-pair").text() } else { label!("labels-ablation").text() }
}

/// The title of the table of the heads that link a token with others: `“it” → “animal”, each head, the strongest first`.
pub fn links_title(source: &str, marked: &str, options: AttentionOptions) -> String {
    match options.direction {
        Direction::From => message!("labels-links", from = source, to = marked),
        Direction::To => message!("labels-links", from = marked, to = source),
    }
}

/// A statistic in a few words.
pub fn statistic(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::EffectiveTokens => label!("labels-statistic-effective-tokens").text(),
        Statistic::ToSeparator => label!("labels-statistic-to-separator").text(),
        Statistic::ToCls => label!("labels-statistic-to-cls").text(),
        Statistic::ToItself => label!("labels-statistic-to-itself").text(),
        Statistic::ToPrevious => label!("labels-statistic-to-previous").text(),
        Statistic::ToNext => label!("labels-statistic-to-next").text(),
        Statistic::ToOther => label!("labels-statistic-to-other").text(),
        Statistic::AToA => label!("labels-statistic-a-to-a").text(),
        Statistic::AToB => label!("labels-statistic-a-to-b").text(),
        Statistic::AToSpecials => label!("labels-statistic-a-to-specials").text(),
        Statistic::BToA => label!("labels-statistic-b-to-a").text(),
        Statistic::BToB => label!("labels-statistic-b-to-b").text(),
        Statistic::BToSpecials => label!("labels-statistic-b-to-specials").text(),
        Statistic::ClsToA => label!("labels-statistic-cls-to-a").text(),
        Statistic::ClsToB => label!("labels-statistic-cls-to-b").text(),
        Statistic::ClsToSpecials => label!("labels-statistic-cls-to-specials").text(),
        Statistic::ToMarked => label!("labels-statistic-to-marked").text(),
    }
}

/// A statistic where there is no room for `to`: `[SEP]`.
pub fn statistic_in_short(which: Statistic) -> &'static str {
    match which {
        Statistic::ToSeparator => label!("labels-statistic-short-to-separator").text(),
        Statistic::ToCls => label!("labels-statistic-short-to-cls").text(),
        Statistic::ToItself => label!("labels-statistic-short-to-itself").text(),
        Statistic::ToPrevious => label!("labels-statistic-short-to-previous").text(),
        Statistic::ToNext => label!("labels-statistic-short-to-next").text(),
        Statistic::ToOther => label!("labels-statistic-short-to-other").text(),
        other => statistic(other),
    }
}

/// What a statistic's number is, at length: `share to [SEP] in %, mean over all tokens that look`.
pub fn statistic_at_length(which: Statistic) -> String {
    let unit = statistic_with_unit(which);
    match which.looking() {
        Looking::AllTokens => message!("labels-statistic-over-all", unit = unit),
        Looking::BothSentences => message!("labels-statistic-over-both", unit = unit),
        Looking::SentenceA => message!("labels-statistic-over-a", unit = unit),
        Looking::SentenceB => message!("labels-statistic-over-b", unit = unit),
        Looking::Cls => message!("labels-statistic-of-cls", unit = unit),
        Looking::Source => message!("labels-statistic-of-source", unit = unit),
    }
}

/// The same in short: `mean share to [SEP] in %`.
pub fn statistic_mean(which: Statistic) -> String {
    let unit = statistic_with_unit(which);
    if matches!(which.looking(), Looking::Cls | Looking::Source) {
        unit
    } else {
        message!("labels-statistic-mean", unit = unit)
    }
}

fn statistic_with_unit(which: Statistic) -> String {
    let name = statistic(which);
    match which.is_share() {
        true => message!("labels-statistic-share", name = name),
        false => name.to_owned(),
    }
}

/// What a pooling is, for whoever has never heard of it: at most 44 cells.
pub fn pooling(pooling: Pooling) -> &'static str {
    match pooling {
        Pooling::Declared => label!("labels-pooling-declared").text(),
        Pooling::Pooled => label!("labels-pooling-pooled").text(),
        Pooling::Cls => label!("labels-pooling-cls").text(),
        Pooling::Mean => label!("labels-pooling-mean").text(),
        Pooling::MeanWords => label!("labels-pooling-mean-words").text(),
        Pooling::Max => label!("labels-pooling-max").text(),
        Pooling::FirstLast => label!("labels-pooling-first-last").text(),
        Pooling::Layer1Last => label!("labels-pooling-layer1-last").text(),
    }
}

/// The same in at most 22 cells.
pub fn pooling_in_short(pooling: Pooling) -> &'static str {
    match pooling {
        Pooling::Declared => label!("labels-pooling-short-declared").text(),
        Pooling::Pooled => label!("labels-pooling-short-pooled").text(),
        Pooling::Cls => label!("labels-pooling-short-cls").text(),
        Pooling::Mean => label!("labels-pooling-short-mean").text(),
        Pooling::MeanWords => label!("labels-pooling-short-mean-words").text(),
        Pooling::Max => label!("labels-pooling-short-max").text(),
        Pooling::FirstLast => label!("labels-pooling-short-first-last").text(),
        Pooling::Layer1Last => label!("labels-pooling-short-layer1-last").text(),
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
