use super::{
    super::{Claims, Measure, MixingClaim, Pooling, UnitClass, Verdict},
    Estimate, ExplainedBy, MixingFindings, MixingNumber, MixingRow,
};

/// A number that a claim is tested by.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimTest {
    /// The claim.
    pub claim: MixingClaim,
    /// What is tested.
    pub subject: TestSubject,
    /// Under which measure; none where none is needed.
    pub measure: Option<Measure>,
    /// The number.
    pub estimate: Estimate,
    /// What it has to be for the claim to hold: at least this, or more than it.
    pub needs: f64,
    /// Whether it is; none where the interval has both sides, and for fewer than [`ClaimTest::FEWEST`] sentences.
    pub holds: Option<bool>,
    /// Whether the verdict on the claim rests on it; else it is told beside.
    pub decides: bool,
}

/// What a test of a claim looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestSubject {
    /// How often words of a class are the largest part of their own vector.
    Largest(UnitClass),
    /// The share of words of a class in their own vector.
    OverHalf(UnitClass),
    /// How much more even `[CLS]` is than a row.
    MoreEvenThan(MixingRow),
    /// How much of `[CLS]` the best average of word vectors explains; centred or not.
    Explained(ExplainedBy, bool),
    /// How much less close unrelated sentences are under a pooling than under `mean`.
    PartsAsMean(Pooling),
}

impl ClaimTest {
    /// So many sentences decide at least: resamples of fewer say little.
    pub const FEWEST: usize = 10;
}

impl TestSubject {
    /// In files: `content-word-largest`.
    pub fn id(self) -> String {
        match self {
            TestSubject::Largest(class) => format!("{}-largest", class.id()),
            TestSubject::OverHalf(class) => format!("{}-over-half", class.id()),
            TestSubject::MoreEvenThan(row) => format!("more-even-than-{}", row.id()),
            TestSubject::Explained(by, false) => format!("explained-by-{}", by.id()),
            TestSubject::Explained(by, true) => format!("explained-by-{}-centred", by.id()),
            TestSubject::PartsAsMean(pooling) => format!("{pooling}-parts-unrelated-as-mean"),
        }
    }
}

/// How often a word has to be the largest part of its own vector for it to dominate.
const LARGEST: f64 = 0.9;

impl MixingFindings {
    /// Every test of every claim. A claim rests on measures that say something about contributions; those that are here for comparison
    /// with papers are told beside.
    pub fn tests(&self) -> Vec<ClaimTest> {
        let mut tests = Vec::new();
        let mut test = |claim, subject, measure: Option<Measure>, estimate: Option<Estimate>, needs: f64, decides| {
            let Some(estimate) = estimate else { return };
            let holds = at_least(estimate, needs).filter(|_| estimate.sentences >= ClaimTest::FEWEST);
            tests.push(ClaimTest { claim, subject, measure, estimate, needs, holds, decides });
        };
        let says = |measure: &Measure| !measure.is_for_papers();
        for class in [UnitClass::Content, UnitClass::Function] {
            for (place, measure) in self.measures.iter().enumerate() {
                let largest = self.get(MixingNumber::Largest(class, place));
                test(
                    MixingClaim::OwnDominates,
                    TestSubject::Largest(class),
                    Some(*measure),
                    largest,
                    LARGEST,
                    says(measure),
                );
            }
        }
        for (place, measure) in self.measures.iter().enumerate() {
            let own = self.get(MixingNumber::Own(UnitClass::Content, place));
            let subject = TestSubject::OverHalf(UnitClass::Content);
            test(MixingClaim::OwnDominates, subject, Some(*measure), own, 0.5, false);
        }
        for row in MixingRow::ALL.into_iter().filter(|row| *row != MixingRow::Unit(UnitClass::Cls)) {
            let is_word = matches!(row, MixingRow::Unit(UnitClass::Content | UnitClass::Function));
            for (place, measure) in self.measures.iter().enumerate() {
                let more = self.get(MixingNumber::MoreEven(row, place));
                test(
                    MixingClaim::ClsIsFair,
                    TestSubject::MoreEvenThan(row),
                    Some(*measure),
                    more,
                    0.0,
                    is_word && says(measure),
                );
            }
        }
        for by in ExplainedBy::ALL {
            for is_centred in [false, true] {
                let explained = self.get(MixingNumber::Explained(by, is_centred));
                let decides = by == ExplainedBy::Inputs && !is_centred;
                test(
                    MixingClaim::ClsIsAverage,
                    TestSubject::Explained(by, is_centred),
                    None,
                    explained,
                    Claims::EXPLAINED,
                    decides,
                );
            }
        }
        for vector in &self.vectors {
            // Less is better: the sign is turned.
            let apart = vector.beyond_mean.map(|beyond| Estimate {
                value: -beyond.value,
                interval: beyond.interval.map(|[low, high]| [-high, -low]),
                ..beyond
            });
            let subject = TestSubject::PartsAsMean(vector.pooling);
            test(MixingClaim::StandsForSentence, subject, None, apart, 0.0, vector.pooling == Pooling::Cls);
        }
        tests
    }

    /// What the tests that decide say of a claim; none where there are none.
    pub fn verdict(&self, claim: MixingClaim) -> Option<Verdict> {
        let tests = self.tests();
        let deciding: Vec<&ClaimTest> = tests.iter().filter(|test| test.claim == claim && test.decides).collect();
        // Under each measure the claim holds where all of its tests do.
        let mut measures: Vec<Option<Measure>> = Vec::new();
        for test in &deciding {
            if !measures.contains(&test.measure) {
                measures.push(test.measure);
            }
        }
        let under = |measure: Option<Measure>| {
            let holds: Vec<Option<bool>> =
                deciding.iter().filter(|test| test.measure == measure).map(|test| test.holds).collect();
            match () {
                () if holds.contains(&Some(false)) => Some(false),
                () if holds.contains(&None) => None,
                () => Some(true),
            }
        };
        let holds: Vec<Option<bool>> = measures.into_iter().map(under).collect();
        match () {
            () if holds.is_empty() => None,
            () if holds.contains(&Some(true)) && holds.contains(&Some(false)) => Some(Verdict::Depends),
            () if holds.contains(&None) => Some(Verdict::Open),
            () => Some(Verdict::of(holds.into_iter().flatten())),
        }
    }
}

/// Whether a mean is at least so much, by its interval; none without one.
fn at_least(estimate: Estimate, needs: f64) -> Option<bool> {
    let [low, high] = estimate.interval?;
    match () {
        () if low >= needs => Some(true),
        () if high < needs => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, interval: Option<[f64; 2]>) -> Estimate {
        Estimate { value, interval, sentences: ClaimTest::FEWEST }
    }

    #[test]
    fn an_interval_with_both_sides_decides_nothing() {
        assert_eq!(at_least(estimate(0.95, Some([0.91, 0.99])), 0.9), Some(true));
        assert_eq!(at_least(estimate(0.95, Some([0.85, 0.99])), 0.9), None);
        assert_eq!(at_least(estimate(0.5, Some([0.4, 0.6])), 0.9), Some(false));
        assert_eq!(at_least(estimate(0.95, None), 0.9), None);
    }

    #[test]
    fn a_claim_depends_on_the_measure_where_one_says_yes_and_one_no() {
        let places = |id: &str| Measure::ALL.iter().copied().find(|measure| measure.id() == id).unwrap();
        let mut found = MixingFindings {
            measures: ["alti", "decompx", "rollout"].map(places).to_vec(),
            ..MixingFindings::default()
        };
        let put = |found: &mut MixingFindings, class, place, value: f64| {
            let interval = Some([value - 0.02, value + 0.02]);
            found.numbers.insert(MixingNumber::Largest(class, place), estimate(value, interval));
        };
        for place in 0..3 {
            put(&mut found, UnitClass::Content, place, 0.97);
            put(&mut found, UnitClass::Function, place, 0.97);
        }
        assert_eq!(found.verdict(MixingClaim::OwnDominates), Some(Verdict::Holds));
        put(&mut found, UnitClass::Content, 2, 0.0);
        assert_eq!(found.verdict(MixingClaim::OwnDominates), Some(Verdict::Holds), "rollout does not count");
        put(&mut found, UnitClass::Function, 0, 0.5);
        assert_eq!(found.verdict(MixingClaim::OwnDominates), Some(Verdict::Depends));
        put(&mut found, UnitClass::Content, 1, 0.5);
        assert_eq!(found.verdict(MixingClaim::OwnDominates), Some(Verdict::Fails));
        put(&mut found, UnitClass::Content, 1, 0.9);
        assert_eq!(found.verdict(MixingClaim::OwnDominates), Some(Verdict::Open));
        assert_eq!(found.verdict(MixingClaim::ClsIsFair), None);
    }
}
