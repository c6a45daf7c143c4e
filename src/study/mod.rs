//! What can be found out about texts: reading one or a pair, ablating, sweeping, embedding many, measuring unrelated
//! ones, arranging a list.
//!
//! Plain functions and structs over `bert` and `analysis`. They know no screen, no keys and no threads; what takes long
//! tells its progress and asks whether it is still wanted. The explorer, the headless commands, the screenshots and the
//! tests all call them, so that they cannot differ.

mod ablation;
mod arrangement;
mod background;
mod baseline;
mod effects;
mod embedding;
mod list;
mod logit;
mod measure_work;
mod mixing;
mod outputs;
mod probe;
mod quantity;
mod read;
mod reader;
mod readings;
mod script;
mod sweep;
mod token_name;
mod tokenized;
mod vector_audit;
mod word_changes;

pub use ablation::{Ablation, BlindedToken, NamedAblations, TokenAblation};
pub use arrangement::{Arranged, Arrangement, ListSide, MOST_IN_MATRIX};
pub use background::{Background, BackgroundLanguage, NoBackground};
pub use baseline::{Baseline, Baselines, Measuring};
pub use effects::{AblatedTrace, AblationEffects, ablation_effects};
pub use embedding::{Embedded, Embeddings, Fingerprint, KeptVectors, embed, embed_batches};
pub use list::{LineVectors, ListReading, SentenceRead, read_list};
pub use logit::{LogitFound, LogitWhy, LogitWork, WhyWord, explain_logit, logit};
pub use measure_work::{MeasureWork, work_out};
pub use mixing::{
    BegunMixing, MixingFound, MixingObserver, MixingRequest, MixingWork, blind_traces, find_mixing, study_mixing,
};
pub use outputs::{LIKELIEST_ANSWERS, read_heads};
pub use probe::{LabelledVectors, model_sample};
pub use quantity::{
    LabelledSet, LayerName, NamedQuantity, Quantities, QuantityError, QuantityRequest, QuantityUnit, QuantityWork,
};
pub use read::{ReadRequest, read};
pub use reader::{Reader, StepsDone};
pub use readings::{
    JoinedTexts, PairReading, PoolingReport, ReadText, Reading, ReadingChoice, ReadingOfModel, Readings, Unablated,
};
pub use script::Script;
pub use sweep::{Sweep, sweep};
pub use token_name::{TokenName, TokenPlace};
pub use tokenized::{TextSplitter, TokenizedText, TokenizedTexts};
pub use vector_audit::{TriedReadings, VectorAudit, VectorCandidate, VectorMaking, audit_vectors};
pub use word_changes::{WordChange, WordChangeWork, word_changes};
