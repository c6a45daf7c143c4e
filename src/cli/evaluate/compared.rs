//! How well each vector follows the scores, the best first, and how far the others are below it.

use super::document::measures;
use crate::{
    analysis::{Column, Correlation, Key, Metric, Paired, Quantity, Resamples, Table, TableRow, middle_95},
    messages::message,
};

/// Fewer pairs make no interval.
const FEWEST: usize = 3;

/// A kind of vector, compared in one way.
pub(super) struct VectorRow {
    /// Where there are two models.
    pub model: Option<String>,
    pub pooling: &'static str,
    pub layer: usize,
    pub metric: Metric,
    /// Of each pair; none where a sentence has no such vector.
    pub closeness: Vec<Option<f64>>,
}

/// All rows, the best first.
pub(super) struct RankedVectors {
    pub rows: Vec<MeasuredRow>,
    resampled: bool,
}

/// A row with its correlations.
pub(super) struct MeasuredRow {
    pub row: VectorRow,
    whole: Option<Correlation>,
    /// In each resample.
    resampled: Vec<Option<Correlation>>,
    /// How far its ρ is below the best: over all pairs, and the interval of that.
    below: Option<(f64, Option<[f64; 2]>)>,
}

impl RankedVectors {
    pub(super) fn new(rows: Vec<VectorRow>, scores: &[f64], resamples: Resamples) -> Self {
        let mut rows: Vec<MeasuredRow> = rows.into_iter().map(|row| MeasuredRow::new(row, scores, resamples)).collect();
        let spearman = |row: &MeasuredRow| row.whole.map_or(f64::NEG_INFINITY, |whole| whole.spearman);
        rows.sort_by(|a, b| spearman(b).total_cmp(&spearman(a)));
        if let Some((best, others)) = rows.split_first_mut() {
            others.iter_mut().for_each(|row| row.compare(best, scores, resamples));
        }
        Self { rows, resampled: resamples.count > 0 }
    }

    /// Which is best, and whether any other might be; none where none has a correlation.
    pub(super) fn verdict(&self) -> Option<String> {
        let (best, others) = self.rows.split_first()?;
        best.whole?;
        let name = best.name();
        let close = others.iter().filter(|row| row.may_be_chance()).count();
        Some(match (self.resampled, close) {
            (false, _) => message!("cli-evaluate-best", name = name),
            (true, 0) => message!("cli-evaluate-best-beyond", name = name),
            (true, close) => message!("cli-evaluate-best-chance", name = name, count = close),
        })
    }

    pub(super) fn table(&self, title: String) -> Table {
        let has_models = self.rows.iter().any(|row| row.row.model.is_some());
        let mut keys = vec!["model"; usize::from(has_models)];
        keys.extend(["pooling", "layer", "metric", "pairs", "verdict"]);
        let names = [
            "spearman",
            "spearman low",
            "spearman high",
            "pearson",
            "pearson low",
            "pearson high",
            "below_best",
            "below_best_low",
            "below_best_high",
        ];
        let names = if self.resampled { &names[..] } else { &["spearman", "pearson", "below_best"] };
        let rows = self.rows.iter().enumerate().map(|(at, row)| TableRow {
            keys: row.keys(at == 0),
            cells: Vec::new(),
            measures: row.measures(self.resampled),
        });
        Table {
            title,
            keys: keys.into_iter().map(Column::from).collect(),
            cells: None,
            measures: measures(names, Quantity::Number),
            rows: rows.collect(),
        }
    }
}

impl MeasuredRow {
    fn new(row: VectorRow, scores: &[f64], resamples: Resamples) -> Self {
        let there: Vec<bool> = row.closeness.iter().map(Option::is_some).collect();
        let paired = row.paired(scores, &there);
        let whole = paired.as_ref().and_then(Paired::correlation);
        let enough = there.iter().filter(|there| **there).count() >= FEWEST;
        let resampled = paired.filter(|_| enough).map(|paired| paired.resampled(&resamples)).unwrap_or_default();
        Self { row, whole, resampled, below: None }
    }

    /// How many pairs it is of.
    fn pairs(&self) -> usize {
        self.row.closeness.iter().flatten().count()
    }

    /// Compares it with the best over the pairs that both have, the same pairs in each resample.
    fn compare(&mut self, best: &MeasuredRow, scores: &[f64], resamples: Resamples) {
        let both: Vec<bool> =
            self.row.closeness.iter().zip(&best.row.closeness).map(|(a, b)| a.is_some() && b.is_some()).collect();
        let count = both.iter().filter(|both| **both).count();
        let of = |row: &MeasuredRow| {
            if count == row.pairs() {
                return (row.whole, row.resampled.clone());
            }
            let paired = row.row.paired(scores, &both);
            let whole = paired.as_ref().and_then(Paired::correlation);
            let resampled = paired.filter(|_| count >= FEWEST).map(|paired| paired.resampled(&resamples));
            (whole, resampled.unwrap_or_default())
        };
        let ((best, best_resampled), (own, own_resampled)) = (of(best), of(self));
        let below = |own: &Option<Correlation>, best: &Option<Correlation>| {
            Some(best.as_ref()?.spearman - own.as_ref()?.spearman)
        };
        let each = own_resampled.iter().zip(&best_resampled).filter_map(|(own, best)| below(own, best)).collect();
        self.below = below(&own, &best).map(|whole| (whole, middle_95(each)));
    }

    /// Whether the best may be better than it by chance alone; none of that where nothing was resampled.
    fn may_be_chance(&self) -> bool {
        matches!(self.below, Some((_, Some([low, _]))) if low <= 0.0)
    }

    fn name(&self) -> String {
        let VectorRow { model, pooling, layer, metric, .. } = &self.row;
        let (pooling, layer, metric) = (*pooling, *layer, metric.name());
        match model {
            Some(model) => {
                message!("cli-evaluate-row-of-model", model = model, pooling = pooling, layer = layer, metric = metric)
            }
            None => message!("cli-evaluate-row", pooling = pooling, layer = layer, metric = metric),
        }
    }

    /// The model where there are two, the pooling, the layer, the metric.
    pub(super) fn names(&self) -> Vec<Key> {
        let VectorRow { model, pooling, layer, metric, .. } = &self.row;
        let mut keys: Vec<Key> = model.clone().map(Key::Text).into_iter().collect();
        keys.extend([Key::Text((*pooling).to_owned()), Key::Number(*layer), Key::Text(metric.name().to_owned())]);
        keys
    }

    fn keys(&self, is_best: bool) -> Vec<Key> {
        let verdict = match self.whole {
            None => String::new(),
            Some(_) if is_best => message!("cli-evaluate-verdict-best"),
            Some(_) if self.may_be_chance() => message!("cli-evaluate-verdict-chance"),
            // Without an interval nothing is known of chance.
            Some(_) if matches!(self.below, Some((_, Some(_)))) => message!("cli-evaluate-verdict-lower"),
            Some(_) => String::new(),
        };
        let mut keys = self.names();
        keys.extend([Key::Number(self.pairs()), Key::Text(verdict)]);
        keys
    }

    /// Each correlation, then how far it is below the best, with their intervals where there are resamples; none where the
    /// closeness does not vary.
    fn measures(&self, resampled: bool) -> Vec<Option<f32>> {
        let kinds: [fn(&Correlation) -> f64; 2] = [|both| both.spearman, |both| both.pearson];
        let with = |whole: Option<f64>, interval: Option<[f64; 2]>| {
            let mut numbers = vec![whole.map(|whole| whole as f32)];
            if resampled {
                numbers.extend([0, 1].map(|end| interval.map(|interval| interval[end] as f32)));
            }
            numbers
        };
        let of = |kind: fn(&Correlation) -> f64| {
            let each = self.resampled.iter().flatten().map(kind).collect();
            with(self.whole.as_ref().map(kind), middle_95(each))
        };
        let below = with(self.below.map(|(whole, _)| whole), self.below.and_then(|(_, interval)| interval));
        kinds.into_iter().flat_map(of).chain(below).collect()
    }
}

impl VectorRow {
    /// The scores and how close the pairs are, of those that are wanted.
    fn paired(&self, scores: &[f64], wanted: &[bool]) -> Option<Paired> {
        let all = scores.iter().zip(&self.closeness).zip(wanted).filter(|(_, wanted)| **wanted);
        let (scores, found) = all.filter_map(|((score, close), _)| Some((*score, (*close)?))).unzip();
        Paired::new(scores, found)
    }
}
