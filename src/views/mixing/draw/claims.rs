//! The four claims: tested on this sentence and on many, with the numbers that decide.

use ratatui::{layout::Rect, style::Style};

use super::{
    super::{Mixing, MixingStudy, tables::unrelated},
    background_pending, room, say, study_pending, verdict,
};
use crate::{
    analysis::{
        ClaimTest, Claims, Estimate, Measure, MeasureClaims, MixingClaim, MixingFindings, TestSubject, UnitClass,
        Verdict, decimal, signed,
    },
    messages::{Label, label, listed, message},
    printable::printable,
    state::State,
    widgets::{
        Look,
        canvas::Canvas,
        text::{BETWEEN, cells, fitting, flow, wrapped},
    },
};

/// A claim, whether it holds on the sentence, and the numbers that say so.
struct Claim {
    claim: MixingClaim,
    /// None while it is not known.
    verdict: Option<Verdict>,
    numbers: String,
    /// What is told where there is room.
    aside: Option<String>,
}

/// Each claim and its verdict on the sentence.
pub(super) fn short(mixing: &Mixing, state: &State) -> Vec<(MixingClaim, Option<Verdict>)> {
    let Some(claims) = &mixing.claims else { return Vec::new() };
    MixingClaim::ALL.into_iter().map(|claim| (claim, claims.verdict(claim, unrelated(state)))).collect()
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
            let text = match sentences < ClaimTest::FEWEST {
                true => message!("mixing-claims-few", claims = text, fewest = ClaimTest::FEWEST),
                false => text,
            };
            let text = match state.ablations.is_empty() {
                true => text,
                false => message!("mixing-claims-unablated", claims = text),
            };
            wrapped(&text, room(area)).iter().for_each(|line| say(line, look.theme.text, &mut rest, canvas));
        }
    }
    let claims = of_sentence(mixing, state);
    let first = &*printable(&mixing.first()).into_owned();
    let of_form = |form| lines(&claims, (found, first), form, room(area), look);
    let fitting =
        [Form::Long, Form::Middle].into_iter().map(of_form).find(|lines| lines.len() <= usize::from(rest.height));
    let lines = fitting.unwrap_or_else(|| of_form(Form::Short));
    lines.into_iter().for_each(|(text, style)| say(&text, style, &mut rest, canvas));
}

/// As there is room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With every test and its interval.
    Long,
    /// Three lines a claim or four.
    Middle,
    /// A line a claim.
    Short,
}

fn lines(
    claims: &[Claim],
    (found, first): (Option<&MixingFindings>, &str),
    form: Form,
    room: usize,
    look: &Look,
) -> Vec<(String, Style)> {
    let mut lines = Vec::new();
    for Claim { claim, verdict: of_sentence, numbers, aside } in claims {
        let (here_says, here_style) = verdict(*of_sentence, look);
        let (many_says, many_style) = verdict(found.and_then(|found| found.verdict(*claim)), look);
        let here = message!("mixing-here", verdict = here_says.text());
        let many = message!("mixing-many", verdict = many_says.text());
        if form == Form::Short {
            let named = [format!("{}  {here}", claim.id()), many].join(BETWEEN);
            // The caption says which is which.
            let bare = || [format!("{}  {}", claim.id(), here_says.text()), many_says.text().to_owned()].join(BETWEEN);
            lines.push((if cells(&named) <= room { named } else { bare() }, many_style));
            continue;
        }
        let says = message!("mixing-claim-heading", letter = claim.id(), claim = claim.says(first));
        lines.push((says, look.theme.heading));
        let indented = |parts: Vec<String>| format!("   {}", shortened(parts, room.saturating_sub(3)));
        lines.push((indented(vec![here, numbers.clone()]), here_style));
        let tests = found.map_or_else(Vec::new, |found| tests(found, *claim));
        match form {
            Form::Long => {
                lines.extend(aside.iter().map(|aside| (indented(vec![aside.clone()]), look.theme.dim)));
                lines.push((indented(vec![many]), many_style));
                let of_test = |test: &ShownTest| flow(test.parts(), room.saturating_sub(3));
                lines.extend(tests.iter().flat_map(of_test).map(|line| (indented(vec![line]), look.theme.text)));
            }
            _ => {
                let parts = [many].into_iter().chain(tests.iter().map(ShownTest::short));
                lines.extend(
                    flow(parts, room.saturating_sub(3)).into_iter().map(|line| (indented(vec![line]), many_style)),
                );
            }
        }
    }
    lines
}

/// The parts, and `…` where some have no room.
fn shortened(parts: impl IntoIterator<Item = String>, room: usize) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let all = parts.join(BETWEEN);
    if cells(&all) <= room { all } else { format!("{} …", fitting(parts, BETWEEN, room.saturating_sub(2))) }
}

/// What is tested, and its numbers under each measure.
struct ShownTest {
    subject: TestSubject,
    needs: f64,
    numbers: Vec<(Option<Measure>, Estimate)>,
}

impl ShownTest {
    /// `content words: alti 97.6 % [96.1, 98.7]`, and so on; then what is needed.
    fn parts(&self) -> Vec<String> {
        let number = |(at, (measure, of)): (usize, &(Option<Measure>, Estimate))| {
            let number = estimate(self.subject, *of);
            let number = match measure {
                Some(measure) => message!("mixing-test-under", measure = measure.id(), number = number),
                None => number,
            };
            if at == 0 { format!("{} {number}", subject_label(self.subject).text()) } else { number }
        };
        self.numbers.iter().enumerate().map(number).chain(self.needs()).collect()
    }

    /// `content words 97.6 %, 98.0 %, 99.1 %`.
    fn short(&self) -> String {
        let numbers = self.numbers.iter().map(|(_, of)| estimate(self.subject, Estimate { interval: None, ..*of }));
        let label = match self.subject {
            TestSubject::Largest(UnitClass::Content) => label!("mixing-short-content"),
            TestSubject::MoreEvenThan(row) if row.id() == UnitClass::Content.id() => label!("mixing-short-content"),
            TestSubject::Largest(_) | TestSubject::OverHalf(_) | TestSubject::MoreEvenThan(_) => {
                label!("mixing-short-function")
            }
            TestSubject::Explained(..) => label!("mixing-short-explained"),
            TestSubject::PartsAsMean(_) => label!("mixing-short-parts"),
        };
        format!("{} {}", label.text(), listed(numbers))
    }

    fn needs(&self) -> Option<String> {
        let needed = format!("{:.0}", 100.0 * self.needs);
        is_part(self.subject).then(|| message!("mixing-test-needs", needed = needed))
    }
}

/// The tests that decide, each subject with its numbers under the measures.
fn tests(found: &MixingFindings, claim: MixingClaim) -> Vec<ShownTest> {
    let mut shown: Vec<ShownTest> = Vec::new();
    for test in found.tests().into_iter().filter(|test| test.claim == claim && test.decides) {
        let number = (test.measure, test.estimate);
        match shown.iter_mut().find(|of| of.subject == test.subject) {
            Some(of) => of.numbers.push(number),
            None => shown.push(ShownTest { subject: test.subject, needs: test.needs, numbers: vec![number] }),
        }
    }
    shown
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
        (false, _) => signed(number, 2),
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
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let counts = |count: &dyn Fn(&MeasureClaims) -> Option<usize>| {
        let of = |it: &MeasureClaims| {
            let count = count(it).unwrap_or_default();
            message!("mixing-count", measure = it.measure.id(), count = count, words = words)
        };
        listed(claims.measures.iter().map(of))
    };
    let own =
        |it: &MeasureClaims| message!("mixing-own", measure = it.measure.id(), percent = percent(f64::from(it.own)));
    let largest = message!("mixing-largest", counts = counts(&|it| Some(it.largest)));
    let owns = message!("mixing-owns", shares = listed(claims.measures.iter().map(own)));
    let even = message!("mixing-more-even", counts = counts(&|it| it.more_even));
    let others = message!("mixing-more-even-aside", counts = counts(&|it| it.more_even_over_others));
    let needed = percent(Claims::EXPLAINED);
    let by_inputs = message!("mixing-by-inputs", percent = percent(claims.by_inputs), needed = needed);
    let by_outputs = message!("mixing-by-outputs", percent = percent(claims.by_outputs));
    let unrelated = unrelated(state);
    let of_sentences = match unrelated.map(|cosines| cosines.map(|cosine| decimal(cosine, 2))) {
        Some([cls, mean]) => message!("mixing-unrelated", cls = cls, mean = mean),
        None => background_pending(state).unwrap_or_default(),
    };
    let claim = |claim, numbers, aside| Claim { claim, verdict: claims.verdict(claim, unrelated), numbers, aside };
    vec![
        claim(MixingClaim::OwnDominates, largest, Some(owns)),
        claim(MixingClaim::ClsIsFair, even, Some(others)),
        claim(MixingClaim::ClsIsAverage, by_inputs, Some(by_outputs)),
        claim(MixingClaim::StandsForSentence, of_sentences, None),
    ]
}
