//! The numbers behind what vectors are made of.

use super::{MixedLayer, Mixing, MixingPage, MixingStudies, MixingStudy};
use crate::{
    analysis::{
        BlindLayers, Calibration, Column, Key, MixedVector, MixingFindings, Pooling, Quantity, SourceShares, Table,
        TableRow, TraitOrder, ValueColumn,
    },
    messages::{label, message},
    state::State,
};

/// Those of every page, those of the one that is open first.
pub(super) fn tables(
    mixing: &Mixing,
    studies: &MixingStudies,
    page: MixingPage,
    order: TraitOrder,
    state: &State,
) -> Vec<Table> {
    let (measure, words) = (mixing.measure.id(), mixing.words());
    let behind: Vec<(usize, &MixedLayer)> =
        mixing.layers.iter().enumerate().filter(|(_, of)| of.shares.is_some()).collect();
    let mut layers = of_shares(
        message!("mixing-table-layers", token = mixing.name(mixing.vector), measure = measure),
        Column::all(["layer"]),
        behind.iter().map(|&(layer, of)| (vec![Key::Number(layer + 1)], of.shares.as_ref())),
    );
    layers.measures.extend(
        [("taken", Quantity::Share), ("cancelling", Quantity::Number)]
            .map(|(id, quantity)| ValueColumn::new(id, quantity)),
    );
    for (row, (_, of)) in layers.rows.iter_mut().zip(&behind) {
        row.measures.extend([of.taken, of.cancelling.map(|ratio| ratio as f32)]);
    }
    let wholes = mixing
        .wholes
        .iter()
        .map(|(vector, shares)| (vec![Key::Text(mixing.name(*vector)), Key::Text(String::new())], Some(shares)));
    let key = |unit: usize| {
        vec![Key::Text(words.tokens(unit).start.to_string()), Key::Text(mixing.name(MixedVector::Unit(unit)))]
    };
    let tokens = of_shares(
        message!("mixing-table-tokens", measure = measure),
        Column::all(["from", "token"]),
        mixing.units.iter().enumerate().map(|(unit, shares)| (key(unit), Some(shares))).chain(wholes),
    );
    let claims = mixing.claims.as_ref().map(|claims| Table::claims(claims, unrelated(state), &mixing.first()));
    let of_list = studies.list().findings().map(MixingFindings::tables);
    let when = studies.of(MixingPage::When).and_then(|study| of_blind(mixing, study));
    let trust = Some(studies.trust()).filter(|study| study.is_of(state)).and_then(MixingStudy::findings);
    let special = Table::vector_traits(&mixing.reading.trace, words, mixing.measure, &mixing.traits, order);
    let mut pages = [
        (MixingPage::MadeOf, vec![layers, tokens]),
        (MixingPage::When, when.into_iter().collect()),
        (MixingPage::Special, vec![special]),
        (MixingPage::Claims, claims.into_iter().flatten().chain(of_list.into_iter().flatten()).collect()),
        (MixingPage::Trust, trust.map(MixingFindings::numbers).unwrap_or_default()),
    ];
    pages.sort_by_key(|(of, _)| *of != page);
    pages.into_iter().flat_map(|(_, tables)| tables).collect()
}

/// How much `[CLS]` looks at itself in each layer, what the layer takes from other tokens, and the last `[CLS]` where it is blind; none before that
/// is found.
fn of_blind(mixing: &Mixing, study: &MixingStudy) -> Option<Table> {
    let rows: Vec<WhenRow> = (0..mixing.layers.len()).map(|layer| WhenRow::new(mixing, study, layer)).collect();
    rows.iter().any(|row| row.blind.iter().flatten().any(Option::is_some)).then_some(())?;
    let row = |(layer, row): (usize, &WhenRow)| TableRow {
        keys: vec![Key::Number(layer + 1)],
        cells: Vec::new(),
        measures: [row.weight, row.taken].into_iter().chain(row.blind.into_iter().flatten()).collect(),
    };
    let shares = ["weight", "taken"].map(|id| ValueColumn::new(id, Quantity::Share));
    let from = Column::new("from", label!("mixing-blind-from").text());
    let cosines = ["here", "here_centred", "up_to", "up_to_centred"].map(Column::from).into_iter();
    let cosines = cosines.chain([from, "from_centred".into()]).map(|column| ValueColumn::new(column, Quantity::Cosine));
    Some(Table {
        title: message!("mixing-table-blind", first = mixing.first()),
        keys: Column::all(["layer"]),
        cells: None,
        measures: shares.into_iter().chain(cosines).collect(),
        rows: rows.iter().enumerate().map(row).collect(),
    })
}

/// When `[CLS]` reads the sentence: what one layer says of it.
pub(super) struct WhenRow {
    /// The mean attention weight of `[CLS]` on itself.
    pub(super) weight: Option<f32>,
    /// How much of it the attention block takes from other tokens.
    pub(super) taken: Option<f32>,
    /// The cosine of the last `[CLS]` to the real one where it is blind here, up to here, from here on: raw and centred.
    pub(super) blind: [[Option<f32>; 2]; 3],
}

impl WhenRow {
    pub(super) fn new(mixing: &Mixing, study: &MixingStudy, layer: usize) -> Self {
        let trace = &mixing.reading.trace;
        let weights = (0..trace.heads).map(|head| trace.attention(layer, head, 0)[0]);
        let weight = Some(weights.sum::<f32>() / trace.heads as f32).filter(|weight| weight.is_finite());
        let taken = trace.mixing_ratio(layer, 0..1);
        let mean = mixing.unrelated.as_ref().map(|[cls, _]| cls.as_slice());
        let blind = [BlindLayers::Here, BlindLayers::UpTo, BlindLayers::From]
            .map(|choice| study.blind(&mixing.reading, choice(layer), mean).unwrap_or_default());
        Self { weight, taken: taken.filter(|taken| taken.is_finite()), blind }
    }
}

fn of_shares<'s>(
    title: String,
    keys: Vec<Column>,
    rows: impl Iterator<Item = (Vec<Key>, Option<&'s SourceShares>)>,
) -> Table {
    let share = |id: &'static str| ValueColumn::new(id, Quantity::Share);
    // It is no share of anything.
    let evenness = |id: &'static str| ValueColumn::new(id, Quantity::Number);
    let row = |(keys, shares): (Vec<Key>, Option<&SourceShares>)| {
        let of = shares.copied().unwrap_or_default();
        let SourceShares { own, words, signs, specials, biases, evenness, evenness_of_others, .. } = of;
        let parts = [own, words, signs, specials, biases].map(Some);
        let measures = parts.into_iter().chain([evenness, evenness_of_others]).collect();
        TableRow { keys, cells: Vec::new(), measures }
    };
    let shares = ["itself", "words", "signs", "specials", "biases"].map(share).into_iter();
    let measures = shares.chain(["evenness", "others_evenness"].map(evenness)).collect();
    Table { title, keys, cells: None, measures, rows: rows.map(row).collect() }
}

/// The mean cosine of two unrelated sentences under `cls` and under `mean`; none before these are read, or where there
/// are none in the language on screen.
pub(super) fn unrelated(state: &State) -> Option<[f64; 2]> {
    let measured = state.background.of(state.reading()?.background().ok()?)?.measured.as_ref()?;
    let of = |pooling: Pooling| {
        let found = measured.expected.iter().find(|(vector, _)| *vector == pooling.into());
        found.map(|(_, contributions)| contributions.cosine)
    };
    Some([of(Pooling::Cls)?, of(Pooling::Mean)?])
}

/// The mean vectors of unrelated sentences under `cls` and under `mean`, as [`unrelated`].
pub(super) fn unrelated_means(state: &State) -> Option<[Vec<f32>; 2]> {
    let measured = state.background.of(state.reading()?.background().ok()?)?.measured.as_ref()?;
    let mean = |pooling: Pooling| measured.calibrations.get(pooling.into()).ok().map(Calibration::mean);
    Some([mean(Pooling::Cls)?, mean(Pooling::Mean)?])
}

/// What the number under the cursor is.
pub(super) fn number_of(mixing: &Mixing, layer: usize) -> String {
    let token = mixing.name(mixing.vector);
    message!("mixing-number-of", measure = mixing.measure.id(), layer = layer + 1, token = token)
}
