//! Pure numbers over a trace: where attention goes, which vector stands for the sentence, how close two are.
//!
//! Plain slices in, plain numbers out; no device, no terminal.

mod align;
mod attention;
mod attention_map;
mod attention_options;
mod attention_row;
mod bootstrap;
mod calibration;
mod choice;
mod closest;
mod clusters;
mod comparison;
mod contribution;
mod correlation;
mod cosine_by_layer;
mod cosine_terms;
mod cosines;
mod effect;
mod folds;
mod group;
mod head_choice;
mod head_links;
mod head_set;
mod head_statistics;
mod late_interaction;
mod logit_target;
mod measure;
mod measure_numbers;
mod measured;
mod metric;
mod mixing;
mod mixing_list;
mod order;
mod outputs;
mod pattern;
mod pooling;
mod principal_components;
mod probe;
mod products;
mod projection;
mod quantity;
mod regression;
mod similarity;
mod statistic;
mod sweep;
mod table;
mod text_shares;
mod threshold;
mod units;
mod unrelated;
mod vector_match;
mod vector_parts;
mod whitening;
mod words;

pub use align::UnitPair;
pub use attention::{AttentionMatrix, attention_row};
pub use attention_map::{AttentionMap, attention_map};
pub use attention_options::{AttentionOptions, Direction, Granularity, HeadsRead, Specials};
pub use attention_row::{AttentionRow, effective_tokens, largest, rank};
pub use bootstrap::{Resamples, middle_95, wilson_95};
pub use calibration::{Calibrated, CalibratedCosines, Calibration, Calibrations, NoCalibration, Ranked};
pub use choice::{after, before};
pub use closest::{ClosePair, ClosestPairs};
pub use clusters::Cut;
pub use comparison::{ComparedSide, Comparison, Side};
pub use contribution::Contributions;
pub use correlation::{Correlation, Paired};
pub use cosine_by_layer::cosine_by_layer;
pub use cosine_terms::{CosineTerms, VectorPart};
pub use cosines::{Cosines, Disagreement};
pub use effect::{Affected, AttentionCell, EFFECT_POOLINGS, Effect, EffectTarget};
pub use folds::stratified_folds;
pub use head_choice::HeadChoice;
pub use head_links::HeadLinks;
pub use head_set::HeadSet;
pub use head_statistics::HeadStatistics;
pub use late_interaction::{LateInteraction, TokenMatch};
pub use logit_target::LogitTarget;
pub use measure::{Groundwork, HeadAxis, Measure, Verb};
pub use measure_numbers::MeasureNumbers;
pub use measured::MeasuredTrace;
pub use metric::{ComparableVectors, Metric};
pub use mixing::{
    Claims, Decomposition, LayerMixing, MeasureClaims, MixedShares, MixedVector, MixingArray, MixingClaim,
    SentenceTest, ShareSpread, SourceShares, TraitOrder, UnitClass, UnitKind, VectorLengths, VectorShares,
    VectorTraits, Verdict, attention_rollout, cancelling, rolled_out, unit_kinds, value_zeroing,
};
use mixing::{explained_by, unit_state};
pub use mixing_list::{
    BlindLayers, ClaimTest, Estimate, ExplainedBy, ListMeans, MixingFindings, MixingNumber, MixingObservation,
    MixingRow, SharePart, TestSubject, VectorSameness, WordEffect, raw_and_centred,
};
pub use outputs::{
    AnswerSpan, Entity, HeadReading, HeadSays, LabelScore, MOST_ANSWER_TOKENS, MaskedWords, answer_spans, entities,
    label_scores, largest_at, verdicts,
};
pub use pattern::Pattern;
pub use pooling::{Pooling, SentenceVector, cls_mean_drift, pool};
pub use probe::{ModelSample, Probe, ProbeAccuracy, ProbeRefusal, ProbedModel};
pub use products::norm;
pub use projection::Projection;
pub use quantity::{Quantity, decimal, narrow_cosine, readable_cosine, signed};
pub use regression::{Regression, RegressionError};
pub use similarity::{cosine, cosine_matrix};
pub use statistic::{Looking, Statistic};
pub use sweep::{Part, PartName, PartState, SweepOrder, Swept};
pub use table::{
    Cells, Column, ComparedPart, ComparedTable, Key, SentenceNumber, Table, TableRow, UnitColumns, ValueColumn,
    sentence_numbers,
};
pub use threshold::{LabelledCloseness, Threshold, ThresholdEstimate};
pub use units::Units;
pub use unrelated::{Unrelated, in_percent};
pub use vector_match::{VectorForm, VectorMatch};
pub use vector_parts::{PartsFrom, VectorParts};
pub use words::{Word, words};
