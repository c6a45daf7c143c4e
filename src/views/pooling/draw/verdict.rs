//! Which poolings call two sentences close, and whether that is unusual, in words.

use crate::{
    analysis::{Calibrated, Pooling, Unrelated},
    messages::{label, listed, message, sentences},
    state::{PairReading, Readings},
    views::pooling::pages::Pages,
};

const UNUSUAL: f64 = Unrelated::UNUSUAL;

/// Whether unrelated sentences often are as close.
pub(super) fn is_usual(percentile: f64) -> bool {
    (100.0 - UNUSUAL..UNUSUAL).contains(&percentile)
}

/// That A and B are the same text, or the same to the model.
pub(super) fn same(readings: &Readings, pair: &PairReading) -> Option<String> {
    let (a, b) = (&readings.a.trace, &pair.b.trace);
    if a.input.text.trim() == b.input.text.trim() {
        return Some(label!("pooling-same-text").text().to_owned());
    }
    let ids = |trace: &crate::bert::Trace| trace.tokens.iter().map(|token| token.id).collect::<Vec<_>>();
    (ids(a) == ids(b)).then(|| label!("pooling-same-tokens").text().to_owned())
}

/// The verdict on A and B; nothing where no pooling has one.
pub(super) fn of(pages: &Pages) -> String {
    let known = pages.closeness.iter().filter_map(|(pooling, known)| Some((*pooling, *known.as_ref().ok()?)));
    in_words(&known.collect::<Vec<_>>())
}

fn in_words(all: &[(Pooling, Calibrated)]) -> String {
    let which = |is: &dyn Fn(&Calibrated) -> Option<bool>| -> Vec<Pooling> {
        all.iter().filter(|(_, known)| is(known).unwrap_or(false)).map(|(pooling, _)| *pooling).collect()
    };
    let close = which(&|known| Some(known.raw.percentile? >= UNUSUAL));
    let far = which(&|known| Some(known.raw.percentile? < 100.0 - UNUSUAL));
    let usual = which(&|known| Some(is_usual(known.raw.percentile?)));
    let centred = which(&|known| Some(known.centred.percentile? >= UNUSUAL));
    let centred_far = which(&|known| Some(known.centred.percentile? < 100.0 - UNUSUAL));
    let no_longer_far: Vec<Pooling> = far.iter().filter(|pooling| !centred_far.contains(pooling)).copied().collect();
    let count = close.len() + far.len() + usual.len();
    if count == 0 {
        return String::new();
    }
    let limit = UNUSUAL.to_string();
    let mut said = Vec::new();
    match close.len() {
        0 if far.is_empty() => said.push(message!("pooling-verdict-usual", percent = &*limit)),
        0 => {}
        all if all == count => said.push(message!("pooling-verdict-close-all", percent = &*limit)),
        _ => said.push(message!("pooling-verdict-close", poolings = names(&close), percent = &*limit)),
    }
    match far.len() {
        0 => {}
        all if all == count => said.push(message!("pooling-verdict-far-all", percent = &*limit)),
        _ => said.push(message!("pooling-verdict-far", poolings = names(&far), percent = &*limit)),
    }
    if !usual.is_empty() && usual.len() < count {
        said.push(message!("pooling-verdict-others", poolings = names(&usual)));
    }
    said.extend(after_centring(&close, &centred, count));
    match no_longer_far.len() {
        0 => {}
        all if all == count => said.push(label!("pooling-verdict-centred-far-none").text().to_owned()),
        _ => said.push(message!("pooling-verdict-centred-not-far", poolings = names(&no_longer_far))),
    }
    sentences(said)
}

/// Which are close after centring; none where it calls the same poolings close.
fn after_centring(close: &[Pooling], centred: &[Pooling], count: usize) -> Option<String> {
    let more: Vec<Pooling> = centred.iter().filter(|pooling| !close.contains(pooling)).copied().collect();
    let fewer = close.iter().any(|pooling| !centred.contains(pooling));
    match (more.is_empty(), fewer) {
        (true, false) => None,
        (true, true) if centred.is_empty() => Some(label!("pooling-verdict-centred-none").text().to_owned()),
        (true, true) => Some(message!("pooling-verdict-centred-only", poolings = names(centred))),
        (false, _) if centred.len() == count => Some(label!("pooling-verdict-centred-all").text().to_owned()),
        (false, false) if !close.is_empty() => Some(message!("pooling-verdict-centred-too", poolings = names(&more))),
        (false, _) => Some(message!("pooling-verdict-centred", poolings = names(centred))),
    }
}

/// `cls, mean, max`.
fn names(some: &[Pooling]) -> String {
    listed(some.iter().map(|pooling| pooling.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Pooling::*, Ranked};

    /// Poolings with their percentiles, raw and centred.
    fn said(all: &[(Pooling, f64, f64)]) -> String {
        let ranked = |percentile| Ranked { cosine: 0.0, percentile: Some(percentile) };
        let calibrated = |raw, centred| Calibrated { raw: ranked(raw), centred: ranked(centred), whitened: None };
        in_words(&all.iter().map(|&(pooling, raw, centred)| (pooling, calibrated(raw, centred))).collect::<Vec<_>>())
    }

    #[test]
    fn the_verdict_names_the_poolings_and_the_limit() {
        assert_eq!(
            said(&[(Mean, 99.0, 99.0), (Max, 95.0, 96.0)]),
            "Unusually close by every pooling: closer than 95 % of unrelated pairs."
        );
        assert_eq!(
            said(&[(Mean, 94.99, 50.0), (Cls, 5.0, 50.0)]),
            "Not unusually close by any pooling: none is closer than 95 % of unrelated pairs."
        );
        assert_eq!(
            said(&[(Pooled, 50.0, 50.0), (Mean, 99.0, 99.0), (Max, 97.0, 99.0), (Cls, 80.0, 3.0)]),
            "Unusually close by mean, max: closer than 95 % of unrelated pairs. Not unusual by pooled, cls: many \
             unrelated pairs are as close."
        );
        assert_eq!(
            said(&[(Mean, 4.9, 50.0), (Cls, 1.0, 50.0)]),
            "Unusually far apart by every pooling: further apart than 95 % of unrelated pairs. After centring, not far \
             apart by any pooling."
        );
        assert_eq!(
            said(&[(Mean, 99.0, 99.0), (Cls, 1.0, 1.0)]),
            "Unusually close by mean: closer than 95 % of unrelated pairs. Unusually far apart by cls: further apart \
             than 95 % of unrelated pairs."
        );
        assert_eq!(said(&[]), "");
    }

    #[test]
    fn what_centring_changes_is_said() {
        let after = |all: &[(Pooling, f64, f64)]| {
            let said = said(all);
            said.find("After centring").map(|at| said[at..].to_owned())
        };
        let changed = |text: &str| Some(text.to_owned());
        assert_eq!(after(&[(Mean, 99.0, 99.0)]), None);
        assert_eq!(after(&[(Mean, 99.0, 99.0), (Max, 99.0, 9.0)]), changed("After centring, only close by mean."));
        assert_eq!(after(&[(Mean, 99.0, 9.0)]), changed("After centring, not unusually close by any pooling."));
        assert_eq!(
            after(&[(Mean, 99.0, 99.0), (Max, 9.0, 99.0), (Cls, 9.0, 9.0)]),
            changed("After centring, unusually close by max too.")
        );
        assert_eq!(after(&[(Mean, 9.0, 99.0), (Max, 9.0, 9.0)]), changed("After centring, unusually close by mean."));
        assert_eq!(after(&[(Mean, 9.0, 99.0)]), changed("After centring, unusually close by every pooling."));
        assert_eq!(
            after(&[(Mean, 99.0, 9.0), (Cls, 99.0, 99.0), (Max, 4.0, 50.0)]),
            changed("After centring, only close by cls. After centring, not far apart by max.")
        );
    }
}
