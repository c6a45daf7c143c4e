//! The four claims: tested on this sentence and on many, with the numbers that decide.

use ratatui::{layout::Rect, style::Style};

use super::{
    super::{Mixing, MixingStudy, tables::unrelated},
    room, say, study_pending, verdict,
};
use crate::{
    analysis::{
        ClaimTest, Claims, Estimate, ListClaim, MeasureClaims, MixingFindings, TestSubject, UnitClass, Verdict,
    },
    labels,
    messages::{Label, label, message},
    printable::printable,
    state::State,
    widgets::{
        Look,
        canvas::Canvas,
        text::{BETWEEN, fitting},
    },
};

/// A claim, whether it holds on the sentence, and the numbers that say so.
struct Claim {
    claim: ListClaim,
    says: Label,
    /// None while it is not known.
    verdict: Option<Verdict>,
    numbers: Vec<String>,
}

/// What gives way first where there is no room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Numbers,
    Tests,
    Verdicts,
    Claims,
}

/// Each claim and its verdict on the sentence.
pub(super) fn short(mixing: &Mixing, state: &State) -> Vec<(Label, Option<Verdict>)> {
    of_sentence(mixing, state).into_iter().map(|claim| (claim.says, claim.verdict)).collect()
}

pub(super) fn draw(mixing: &Mixing, study: &MixingStudy, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    let found = study.findings();
    match study_pending(study, state, look, |done, of, key| {
        message!("mixing-claims-steps", done = done, of = of, key = key)
    }) {
        Some(pending) => say(&pending, look.theme.warning, &mut rest, canvas),
        None => {
            let sentences = found.map_or(0, |found| found.sentences);
            let text = match study.is_of_own_list(state) {
                true => message!("mixing-claims-own", sentences = sentences),
                false => message!("mixing-claims-background", sentences = sentences),
            };
            say(&text, look.theme.text, &mut rest, canvas);
        }
    }
    let mut lines: Vec<(Weight, String, Style)> = Vec::new();
    for claim in of_sentence(mixing, state) {
        let over_list = found.and_then(|found| found.verdict(claim.claim));
        let (here, _) = verdict(claim.verdict, look);
        let (over, style) = verdict(over_list, look);
        lines.push((Weight::Claims, claim.says.text().to_owned(), look.theme.heading));
        let text = message!("mixing-verdicts", here = here.text(), list = over.text());
        lines.push((Weight::Verdicts, format!("   {text}"), style));
        let indented = |text: String| format!("     {text}");
        let numbers = fitting(claim.numbers, BETWEEN, room(area).saturating_sub(5));
        if !numbers.is_empty() {
            lines.push((Weight::Numbers, indented(numbers), look.theme.dim));
        }
        let tests = found.map_or_else(Vec::new, |found| tests(found, claim.claim));
        lines.extend(tests.into_iter().map(|(says, numbers)| {
            let says = format!("{} ", says.text());
            let text = fitting(numbers, BETWEEN, room(area).saturating_sub(5 + crate::widgets::text::cells(&says)));
            (Weight::Tests, indented(says + &text), look.theme.text)
        }));
    }
    for least in [Weight::Numbers, Weight::Tests, Weight::Verdicts] {
        if lines.len() > rest.height.into() {
            lines.retain(|(weight, ..)| *weight != least);
        }
    }
    lines.into_iter().for_each(|(_, text, style)| say(&text, style, &mut rest, canvas));
}

/// The tests that decide, each subject with its numbers under the measures.
fn tests(found: &MixingFindings, claim: ListClaim) -> Vec<(Label, Vec<String>)> {
    let mut subjects: Vec<(TestSubject, Vec<String>)> = Vec::new();
    let needs = |test: &ClaimTest| {
        let needed = format!("{:.0}", 100.0 * test.needs);
        is_part(test.subject).then(|| message!("mixing-test-needs", needed = needed))
    };
    for test in found.tests().into_iter().filter(|test| test.claim == claim && test.decides) {
        let number = estimate(test.subject, test.estimate);
        let text = match test.measure {
            Some(measure) => message!("mixing-test-under", measure = measure.id(), number = number),
            None => number,
        };
        match subjects.iter_mut().find(|(subject, _)| *subject == test.subject) {
            Some((_, numbers)) => numbers.push(text),
            None => subjects.push((test.subject, needs(&test).into_iter().chain([text]).collect())),
        }
    }
    subjects.into_iter().map(|(subject, numbers)| (subject_label(subject), numbers)).collect()
}

fn subject_label(subject: TestSubject) -> Label {
    match subject {
        TestSubject::Largest(UnitClass::Content) => label!("mixing-test-content-largest"),
        TestSubject::Largest(_) | TestSubject::OverHalf(_) => label!("mixing-test-function-largest"),
        TestSubject::MoreEvenThan(row) if row.id() == UnitClass::Content.id() => label!("mixing-test-content-even"),
        TestSubject::MoreEvenThan(_) => label!("mixing-test-function-even"),
        TestSubject::Explained(..) => label!("mixing-test-explained"),
        TestSubject::PartsAsMean(_) => label!("mixing-test-parts"),
    }
}

/// Whether its numbers are shares of a whole.
fn is_part(subject: TestSubject) -> bool {
    matches!(subject, TestSubject::Largest(_) | TestSubject::OverHalf(_) | TestSubject::Explained(..))
}

/// `97.6 % [96.1, 98.7]`, `+0.092 [+0.082, +0.102]`.
fn estimate(subject: TestSubject, of: Estimate) -> String {
    let digits = |number: f64| match (is_part(subject), (100.0 * number).abs() < 10.0) {
        (true, true) => format!("{:.1}", 100.0 * number),
        (true, false) => format!("{:.0}", 100.0 * number),
        (false, _) => format!("{number:+.2}").replace('-', "−"),
    };
    let value = if is_part(subject) { format!("{} %", digits(of.value)) } else { digits(of.value) };
    match of.interval {
        Some([low, high]) => format!("{value} [{}, {}]", digits(low), digits(high)),
        None => value,
    }
}

fn of_sentence(mixing: &Mixing, state: &State) -> Vec<Claim> {
    let Some(claims) = &mixing.claims else { return Vec::new() };
    let words = claims.words;
    let of_each = |say: &dyn Fn(&MeasureClaims) -> String| claims.measures.iter().map(say).collect::<Vec<_>>();
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    let own = |it: &MeasureClaims| {
        let percent = whole(f64::from(it.own));
        message!("mixing-own", measure = it.measure.id(), count = it.largest, words = words, percent = percent)
    };
    let even = |it: &MeasureClaims| {
        let count = it.more_even.unwrap_or_default();
        message!("mixing-more-even", measure = it.measure.id(), count = count, words = words)
    };
    let others = |it: &MeasureClaims| {
        let count = it.more_even_over_others.unwrap_or_default();
        message!("mixing-more-even-aside", measure = it.measure.id(), count = count, words = words)
    };
    let (stands, of_sentences) = sentence(state);
    let by_inputs = message!("mixing-by-inputs", percent = whole(claims.by_inputs), needed = whole(Claims::EXPLAINED));
    let by_outputs = message!("mixing-by-outputs", percent = whole(claims.by_outputs));
    let claim = |claim, says, verdict, numbers| Claim { claim, says, verdict, numbers };
    use ListClaim::{ClsIsAverage, ClsIsFair, OwnDominates, StandsForSentence};
    vec![
        claim(OwnDominates, label!("mixing-claim-a"), Some(claims.own_dominates()), of_each(&own)),
        claim(ClsIsFair, label!("mixing-claim-b"), claims.cls_is_fair(), [of_each(&even), of_each(&others)].concat()),
        claim(ClsIsAverage, label!("mixing-claim-c"), Some(claims.cls_is_average()), vec![by_inputs, by_outputs]),
        claim(StandsForSentence, label!("mixing-claim-d"), stands, of_sentences),
    ]
}

/// Whether `[CLS]` parts unrelated sentences as well as the mean.
fn sentence(state: &State) -> (Option<Verdict>, Vec<String>) {
    match unrelated(state) {
        Some([cls, mean]) => {
            let [cls_text, mean_text] = [cls, mean].map(|cosine| format!("{cosine:.2}"));
            let text = message!("mixing-unrelated", cls = cls_text, mean = mean_text);
            (Some(Claims::stands_for_sentence(cls, mean)), vec![text])
        }
        None => {
            let says = match state.reading().map(|reading| reading.background()) {
                Some(Err(why)) => Some(labels::background::reason(why)),
                Some(Ok(language)) => state.background.of(language).map(|set| match &set.error {
                    Some(error) => message!("labels-background-failed", reason = &*printable(error)),
                    None => message!("mixing-background", done = set.done, of = set.count()),
                }),
                None => None,
            };
            (None, says.into_iter().collect())
        }
    }
}
