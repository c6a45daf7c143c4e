use clap::{Args, ValueEnum};

use super::token_choice::TokenChoice;
use crate::{
    analysis::{Granularity, HeadChoice, Measure, Specials, SweepOrder, Swept},
    cli::{
        ablations::AblationArguments,
        choices::{AttentionHeads, AttentionLayers, MeasureChoice, head_choice, number_from_one},
        format::TableArguments,
    },
};

#[derive(Debug, Args)]
pub(in crate::cli) struct AttentionCommand {
    /// The sentence
    pub text: String,
    /// A second sentence; the two are read joined, [CLS] A [SEP] B [SEP]
    #[arg(long, value_name = "TEXT")]
    pub pair: Option<String>,
    /// One token's attention layer by layer, every head's statistics, from every token to every token, two readings and
    /// how they differ, what each head or word does to the sentence, why an output head says what it says, or a page (html)
    /// in which all layers, heads and tokens are explored
    #[arg(long, value_enum, default_value = "layers")]
    pub view: AttentionView,
    /// The token that looks: its number, counted from 0, or a word that stands in one place ([CLS] is the default); clscope
    /// trace lists the tokens
    #[arg(long, value_name = "N|WORD")]
    pub from: Option<TokenChoice>,
    /// Show who looks at this token instead; in the view heads, and for --order cell, the token that the other looks at
    #[arg(long, value_name = "N|WORD")]
    pub to: Option<TokenChoice>,
    /// One layer, counted from 1, or all [default: all; of --view compare: the last]
    #[arg(long, value_name = "N|all")]
    pub layer: Option<AttentionLayers>,
    /// One head, counted from 1, the mean or the maximum of all heads, or each head [default: mean; of --view heads:
    /// all]
    #[arg(long, value_name = "N|mean|max|all")]
    pub head: Option<AttentionHeads>,
    /// What the numbers are: weight (raw attention), value-norm, block, alti, decompx, dot, globenc, rollout or
    /// value-zeroing; docs/measures.md explains each
    #[arg(long, value_name = "NAME", default_value_t)]
    pub measure: Measure,
    /// The measures that --view all has besides weight [default: those that need no more than a second pass]
    #[arg(long, value_name = "NAME,NAME|all", value_delimiter = ',')]
    pub measures: Vec<MeasureChoice>,
    /// Take the mean and the maximum over these heads only, in every layer; counted from 1
    #[arg(long, value_name = "N,N", value_delimiter = ',', value_parser = number_from_one)]
    pub among: Vec<usize>,
    /// Count in subwords or in words: attention to a word is the sum over its subwords, attention from it their mean
    #[arg(long, value_name = "pieces|words", default_value = "pieces")]
    pub units: Granularity,
    /// Special tokens like [SEP]: show them, hide them, or renormalize (hide them and scale the rest to 100 %)
    #[arg(long, value_name = "WHAT", default_value = "show")]
    pub specials: Specials,
    /// Add a column with the sum of what these tokens receive, in the views layers and matrix; in the view heads, look for them
    /// as for --to; counted from 0
    #[arg(long, value_name = "N,N", value_delimiter = ',')]
    pub mark: Vec<usize>,
    #[command(flatten)]
    pub tables: TableArguments,
    #[command(flatten)]
    pub ablations: AblationArguments,
    #[command(flatten)]
    pub baseline: BaselineArguments,
    #[command(flatten)]
    pub sweep: SweepArguments,
    #[command(flatten)]
    pub output: OutputArguments,
}

/// In what the baseline of a comparison differs from what is shown; nothing is ablated in it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Compare: the baseline differs only in these, and nothing is switched off in it")]
pub(in crate::cli) struct BaselineArguments {
    /// Another sentence
    #[arg(long, value_name = "TEXT")]
    pub against_text: Option<String>,
    /// Another second sentence
    #[arg(long, value_name = "TEXT")]
    pub against_pair: Option<String>,
    /// Another model, as --model takes it
    #[arg(long, value_name = "MODEL")]
    pub against_model: Option<String>,
    /// Another layer, counted from 1
    #[arg(long, value_name = "N", value_parser = number_from_one)]
    pub against_layer: Option<usize>,
    /// Another head, counted from 1, or the mean or max
    #[arg(long, value_name = "N|mean|max", value_parser = head_choice)]
    pub against_head: Option<HeadChoice>,
}

/// What is swept, and how that is told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sweep")]
pub(in crate::cli) struct SweepArguments {
    /// Switch off every head or every word, one at a time, in addition to other ablations [default: heads]
    #[arg(long = "sweep", value_name = "heads|words")]
    pub swept: Option<Swept>,
    /// Sort by the change of a vector, largest first: cls, pooled, mean, or token, that of --from; or of the cell of attention
    /// from --from to --to in --layer and --head; or of an output, the logit that --label says; standing keeps the order of
    /// the text [default: cls]
    #[arg(long, value_name = "NAME")]
    pub order: Option<SweepOrder>,
}

/// The logit that is explained, or whose changes order a sweep.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output: one logit, explained by --view output; in --view sweep its changes")]
pub(in crate::cli) struct OutputArguments {
    /// The output head, where the model has several, as for predict --head; of one that reads every token, --from says which
    #[arg(long, value_name = "NAME", conflicts_with = "probe")]
    pub output_head: Option<String>,
    /// Instead of an output head, a probe: a file of `probe train`, or feeling or topic for the embedded model
    #[arg(long, value_name = "FILE|NAME")]
    pub probe: Option<String>,
    /// The label; of the masked-language head a word of its vocabulary [default: what the head says]
    #[arg(long, value_name = "LABEL")]
    pub label: Option<String>,
}

/// The explorer's views of attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AttentionView {
    Layers,
    Heads,
    Matrix,
    Compare,
    Sweep,
    Output,
    All,
}

impl AttentionView {
    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            AttentionView::Layers => "layers",
            AttentionView::Heads => "heads",
            AttentionView::Matrix => "matrix",
            AttentionView::Compare => "compare",
            AttentionView::Sweep => "sweep",
            AttentionView::Output => "output",
            AttentionView::All => "all",
        }
    }
}
