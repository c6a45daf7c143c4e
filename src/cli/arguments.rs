use std::path::PathBuf;

use clap::{
    Args, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};
use clap_complete::Shell;

use super::{
    ablations::AblationArguments,
    attention::AttentionCommand,
    choices::{BackgroundChoice, ClusterChoice, MeasureChoice, MetricChoice, VectorLayers, finite, one_of},
    dataset::{ExampleArguments, ListArguments, TextArguments},
    format::{TableArguments, formats, formats_of_tables_and_rows},
    global::GlobalArguments,
    lesson::LessonCommand,
    man::long_version,
    mixing::MixingCommand,
    models::ModelsCommand,
    predict::PredictCommand,
    probe::ProbeCommand,
    rows::RowArguments,
    vectors::Keeping,
};
use crate::{
    analysis::{Granularity, Metric, PartsFrom, Pooling, SentenceVector},
    dataset::{ColumnChoice, Shard},
    explorer,
    export::{Format, Holds},
    messages::message,
};

/// Explore a BERT in the terminal: where [CLS] looks, layer by layer and head by head, and which vector carries
/// the sentence.
#[derive(Debug, Parser)]
#[command(version, long_version = long_version(), about, max_term_width = 100)]
pub struct Arguments {
    /// The sentence to open the explorer with
    pub(super) text: Option<String>,
    /// A second sentence, read together with the first and compared with it
    #[arg(long, value_name = "TEXT")]
    pub(super) pair: Option<String>,
    /// Restore what the explorer showed when it was left the last time
    #[arg(long, conflicts_with_all = ["text", "pair", "file"])]
    pub(super) restore: bool,
    /// Open the explorer with a list of sentences from a file, one per line, or from a column of csv, tsv, jsonl or parquet;
    /// - is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) texts: TextArguments,
    /// Put a probe on the model, for the view Output: a file of `probe train`, or feeling or topic for the embedded model;
    /// repeatable
    #[arg(long, value_name = "FILE|NAME", value_hint = ValueHint::AnyPath)]
    pub(super) probe: Vec<String>,
    #[command(subcommand)]
    pub(super) command: Option<CliCommand>,
    #[command(flatten)]
    pub(super) global: GlobalArguments,
}

#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// Open the explorer with a session that was saved to a file
    Open {
        /// A session file as the explorer saves it, or just a line text = "..."
        file: PathBuf,
    },
    /// List the sessions that are kept, the newest first; `open` takes their files
    Sessions(TableArguments),
    /// Write everything that one forward pass produces
    Trace(TraceCommand),
    /// Show where attention goes: from one token, from all tokens, or by head
    Attention(Box<AttentionCommand>),
    /// Compute how similar sentences are: every pair under every pooling
    Similarity(SimilarityCommand),
    /// Show what a vector is made of, and test on a sentence or on many what is said of [CLS]
    Mixing(Box<MixingCommand>),
    /// Measure which pooling is best on your own scored pairs or labelled sentences
    Evaluate(EvaluateCommand),
    /// Write the vectors of sentences, for other programs
    Embed(EmbedCommand),
    /// Say what the model's head, or a probe, makes of texts: labels, entities, answers, or the words for [MASK]
    Predict(PredictCommand),
    /// Train a classifier of one's own on the vectors of a model whose weights stay as they are
    Probe(ProbeCommand),
    /// Go through a lesson: predict, measure, judge; without a name, list the lessons
    Lesson(LessonCommand),
    /// Draw a frame of the explorer as an SVG picture
    Screenshot(ScreenshotCommand),
    /// List the models that you can open, show one, or download one
    Models(ModelsCommand),
    /// Print the configuration with all its defaults, or the path of the user's file
    Config(ConfigCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of clscope or of a command, or write all of them into a directory
    Man {
        /// The command: embed, or models check
        #[arg(value_name = "COMMAND", conflicts_with = "directory")]
        command: Vec<String>,
        /// Write the pages of all commands into this directory, as man looks for them
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        directory: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct TraceCommand {
    /// The sentence
    pub text: String,
    /// A second sentence; the two are read joined, [CLS] A [SEP] B [SEP]
    #[arg(long, value_name = "TEXT")]
    pub pair: Option<String>,
    /// Also write the arrays of these measures: value-norm, block, alti, decompx, dot, globenc, rollout, value-zeroing, or
    /// all; docs/measures.md explains them
    #[arg(long, value_name = "NAME,NAME|all", value_delimiter = ',')]
    pub measures: Vec<MeasureChoice>,
    /// Also write the scores of the masked-language head for every word at every token: logits [S, vocabulary], or
    /// prediction_logits where the checkpoint has another head
    #[arg(long)]
    pub vocabulary: bool,
    /// The format of the output: json, or npz with the names and shapes of Python's transformers [default: by the extension
    /// of --output, else json]
    #[arg(long, value_parser = formats(Holds::Trace))]
    pub format: Option<Format>,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub ablations: AblationArguments,
}

#[derive(Debug, Args)]
pub(super) struct SimilarityCommand {
    /// Two sentences or more
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
    /// Read the sentences from a file, one per line, or from a column of csv, tsv, jsonl or parquet; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "texts")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub list: ListArguments,
    /// Use only this pooling: declared (what the model was trained to be read as), pooled, cls, mean, mean-words, max,
    /// first-last (the embeddings and the last layer) or layer1-last (layer 1 and the last layer); repeatable
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = one_of(Pooling::ALL, Pooling::name))]
    pub pooling: Vec<Pooling>,
    /// Put this before each text for "declared": the name of one of the model's prompts, or a text [default: the model's
    /// default prompt]
    #[arg(long, value_name = "NAME|TEXT")]
    pub prompt: Option<String>,
    /// The unrelated sentences that a cosine is compared with: en, zh, auto (by the script), list (those of the list itself),
    /// a file with one per line, or none [default: auto in a table of 20 sentences or fewer and with --closest, else none]
    #[arg(long, value_name = "NAME|FILE", value_hint = ValueHint::AnyPath)]
    pub background: Option<BackgroundChoice>,
    /// The layer of the vectors, counted from 0 (the embeddings) [default: the last]
    #[arg(long, value_name = "N")]
    pub layer: Option<usize>,
    /// The measure of similarity: cosine, dot, euclidean or manhattan; distances are negative
    #[arg(long, value_name = "NAME", default_value = "cosine", hide_possible_values = true, value_parser = one_of(Metric::ALL, Metric::name))]
    pub metric: Metric,
    /// Instead list the sentences nearest to this one, under each pooling
    #[arg(long, value_name = "TEXT")]
    pub query: Option<String>,
    /// The number of nearest sentences [default: 10], or with --explain of the pairs that are listed [default: 20]
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    pub top: Option<u32>,
    /// Instead show why two sentences are close: what each token of the first adds, with each of the second, to their
    /// cosine under mean, mean-words, cls and pooled: carried back to the input tokens (inputs), or as the last layer has
    /// them; then each token with its nearest of the other sentence (late interaction)
    #[arg(long, value_name = "inputs|last-layer", num_args = 0..=1, require_equals = true,
          default_missing_value = "inputs")]
    pub explain: Option<PartsFrom>,
    /// With --explain, count in words or in their pieces [default: pieces]
    #[arg(long, value_name = "pieces|words", requires = "explain")]
    pub units: Option<Granularity>,
    /// Instead list only the closest pairs, so many under each pooling
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub closest: Option<u32>,
    /// Instead list only the pairs that are at least so close, the closest first [with at most 100000 pairs]
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = finite::<f32>)]
    pub threshold: Option<f32>,
    /// Instead list each sentence with its cluster: so many clusters, or those whose mean cosine is above a value such as
    /// 0.8 (average linkage, as scikit-learn)
    #[arg(long, value_name = "N|COSINE")]
    pub clusters: Option<ClusterChoice>,
    /// Also compute it with another model, given as for --model; vectors of two models are never compared with each
    /// other
    #[arg(long, value_name = "MODEL", conflicts_with = "query", value_hint = ValueHint::DirPath)]
    pub against_model: Option<String>,
    /// Do not read or write the cache of vectors, where those of a --file are kept
    #[arg(long)]
    pub no_cache: bool,
    #[command(flatten)]
    pub tables: TableArguments,
}

impl SimilarityCommand {
    /// The vectors of a file, which is long, are kept.
    pub(super) fn keeping(&self) -> Keeping {
        if self.file.is_some() && !self.no_cache { Keeping::VectorsIfPossible } else { Keeping::Nothing }
    }
}

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats_of_tables_and_rows())))]
pub(super) struct EvaluateCommand {
    /// Examples, one a line: score, sentence, sentence; or label, sentence. Tabs, commas or semicolons between, with or
    /// without a heading, or JSON; - is standard input
    pub file: PathBuf,
    /// similarity: how closeness follows the scores (Spearman, Pearson), as sentence-transformers'
    /// EmbeddingSimilarityEvaluator; classify: the accuracy of a logistic regression on the vectors as they are (not
    /// standardized; C = 1), cross-validated, as scikit-learn
    #[arg(long, value_enum, default_value = "similarity")]
    pub task: EvaluationTask,
    /// Use only this pooling: declared (what the model was trained to be read as), pooled, cls, mean, mean-words, max,
    /// first-last (the embeddings and the last layer) or layer1-last (layer 1 and the last layer); repeatable
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = one_of(Pooling::ALL, Pooling::name))]
    pub pooling: Vec<Pooling>,
    /// Put this before each text for "declared": the name of one of the model's prompts, or a text [default: the model's
    /// default prompt]
    #[arg(long, value_name = "NAME|TEXT")]
    pub prompt: Option<String>,
    /// The layer of the vectors, counted from 0 (the embeddings), or all layers [default: the last]
    #[arg(long, value_name = "N|all")]
    pub layer: Option<VectorLayers>,
    /// The measure of similarity: cosine, dot, euclidean, manhattan, or all; repeatable [default: cosine]
    #[arg(long, value_name = "NAME|all", value_delimiter = ',')]
    pub metric: Vec<MetricChoice>,
    /// Also evaluate another model on the same examples, given as for --model
    #[arg(long, value_name = "MODEL", value_hint = ValueHint::DirPath)]
    pub against_model: Option<String>,
    /// For thresholds: pairs with this score or more belong together [default: the higher of two scores]
    #[arg(long, value_name = "SCORE", allow_negative_numbers = true, value_parser = finite::<f64>, conflicts_with = "rows")]
    pub positive_from: Option<f64>,
    /// The number of bootstrap resamples for the 95 % interval of a correlation; 0 for none [default: 1000]
    #[arg(long, value_name = "N", conflicts_with = "rows", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    pub bootstrap: Option<u32>,
    /// The number of folds of the cross-validation (StratifiedKFold, not shuffled) [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub folds: Option<u32>,
    #[command(flatten)]
    pub dataset: ExampleArguments,
    /// The column with the ids of the rows
    #[arg(long, value_name = "COLUMN", requires = "rows", help_heading = "Columns")]
    pub id_column: Option<ColumnChoice>,
    /// Do not read or write the cache of vectors
    #[arg(long)]
    pub no_cache: bool,
    #[command(flatten)]
    pub rows: RowArguments,
    #[command(flatten)]
    pub tables: TableArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EvaluationTask {
    Similarity,
    Classify,
}

#[derive(Debug, Args)]
pub(super) struct EmbedCommand {
    /// The sentences
    #[arg(value_name = "TEXT")]
    pub texts: Vec<String>,
    /// Read the sentences from a file, one per line, or from a column of csv, tsv, jsonl or parquet; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "texts")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub list: ListArguments,
    /// Read only every N-th row, from the I-th on, and write the numbers of the rows: for N machines that share a file, or N jobs
    #[arg(long, value_name = "I/N", requires = "file", conflicts_with = "texts")]
    pub shard: Option<Shard>,
    /// The vector to write: declared (what the model was trained to be read as), pooled, cls, mean, mean-words, max,
    /// first-last (the embeddings and the last layer) or layer1-last (layer 1 and the last layer); mean@3 is that of layer 3
    /// (0 is the embeddings); repeatable [default: declared, or mean where the model declares nothing]
    #[arg(long, value_name = "NAME[@LAYER]")]
    pub pooling: Vec<SentenceVector>,
    /// Put this before each text for "declared": the name of one of the model's prompts, or a text [default: the model's
    /// default prompt]
    #[arg(long, value_name = "NAME|TEXT")]
    pub prompt: Option<String>,
    /// The format of the output: one line of JSON per sentence, a numpy archive of arrays [line, hidden], or Parquet
    /// [default: by the extension of --output, else jsonl]
    #[arg(long, value_parser = formats(Holds::Vectors))]
    pub format: Option<Format>,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Do not read or write the cache of vectors
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Debug, Args)]
pub(super) struct ScreenshotCommand {
    /// What to draw
    #[arg(value_parser = screens())]
    pub view: String,
    /// The sentence
    #[arg(long, default_value = "")]
    pub text: String,
    /// A second sentence
    #[arg(long, value_name = "TEXT", requires = "text")]
    pub pair: Option<String>,
    /// A list of sentences from a file, as the explorer reads it, for the views sentences and map; - is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub texts: TextArguments,
    /// Put a probe on the model, as in the explorer; repeatable
    #[arg(long, value_name = "FILE|NAME", value_hint = ValueHint::AnyPath)]
    pub probe: Vec<String>,
    /// Width and height in cells
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "120x36", value_parser = size)]
    pub size: (u16, u16),
    /// Keys to press before the picture is drawn, separated by blanks: "down down right ]"
    #[arg(long, value_name = "KEYS", default_value = "")]
    pub keys: String,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct ConfigCommand {
    /// Print every option, key and colour with its default, as a file to change
    #[arg(long)]
    pub print: bool,
    /// Print the path of the user's file
    #[arg(long)]
    pub path: bool,
}

/// Reads `120x36`.
fn size(text: &str) -> Result<(u16, u16), String> {
    const MOST: u16 = 1000;
    let parsed = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    match parsed {
        Some((width @ 1..=MOST, height @ 1..=MOST)) => Ok((width, height)),
        _ => Err(message!("cli-value-size", most = MOST)),
    }
}

/// The screens of the explorer, by name.
fn screens() -> PossibleValuesParser {
    explorer::screens().map(|(name, aliases)| PossibleValue::new(name).aliases(aliases)).into()
}
