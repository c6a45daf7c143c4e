//! What a model is made of, said once by its family: each parameter under the part it plays.
//!
//! A declaration is first one of names and shapes (`P` is [`Parameter`]). Laid over a checkpoint it becomes one of what was
//! found; the network is built from that. So the inventory of a checkpoint and its loading walk the same parameters.

use crate::{
    bert::{Activation, States},
    messages::{Label, label},
};

/// A tensor that is expected in a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bert) struct Parameter {
    /// As transformers calls it; messages use it.
    pub name: String,
    /// Other names that checkpoints give it, the first that is there wins.
    pub aliases: Vec<String>,
    /// PyTorch's, `[out, in]` for a weight.
    pub shape: Vec<usize>,
}

impl Parameter {
    /// Every name, in the order in which they are looked up.
    pub(in crate::bert) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// The weight and the bias of a linear layer (`[out, in]`, `[out]`) or of a layer norm (`[D]`, `[D]`).
#[derive(Clone, Debug)]
pub(in crate::bert) struct Affine<P> {
    pub weight: P,
    pub bias: P,
}

/// What a table of embeddings besides that of words is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bert) enum EmbeddedBy {
    /// The token's place in the input, as the family counts them.
    Position,
    /// Its type: sentence A or B.
    Type,
    /// What is to be done with the text, always the first row.
    Task,
}

impl EmbeddedBy {
    /// What `config.json` calls the number of rows.
    pub(in crate::bert) fn setting(self) -> &'static str {
        match self {
            EmbeddedBy::Position => "max_position_embeddings",
            EmbeddedBy::Type => "type_vocab_size",
            EmbeddedBy::Task => "task_type_vocab_size",
        }
    }
}

/// The tables whose rows are added up for each token, the layer norm of the sum, and what brings it to the width of the
/// hidden states. E is that of the tables, D if there is no such projection.
#[derive(Clone, Debug)]
pub(in crate::bert) struct EmbeddingParameters<P> {
    /// `[vocab, E]`.
    pub words: P,
    /// `[rows, E]` each, in the order in which they are added.
    pub added: Vec<(EmbeddedBy, P)>,
    pub norm: Affine<P>,
    /// `[D, E]`.
    pub projection: Option<Affine<P>>,
}

/// One layer of the encoder.
#[derive(Clone, Debug)]
pub(in crate::bert) struct LayerParameters<P> {
    pub query: Affine<P>,
    pub key: Affine<P>,
    pub value: Affine<P>,
    pub attention_output: Affine<P>,
    pub attention_norm: Affine<P>,
    /// `[F, D]`.
    pub intermediate: Affine<P>,
    /// `[D, F]`.
    pub output: Affine<P>,
    pub norm: Affine<P>,
}

/// A head: what computes something from the last layer's hidden states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadName {
    /// tanh(W·h + b) of the first token: `pooled`.
    Pooler,
    /// A score for each word of the vocabulary, for each token.
    MaskedLanguage,
    /// Whether B follows A: two scores.
    NextSentence,
    /// Whether A and B stand in their order: two scores.
    SentenceOrder,
    /// A score for each label, for the whole input.
    SequenceClassification,
    /// A score for an input that is one of several choices.
    MultipleChoice,
    /// A score for each label, for each token.
    TokenClassification,
    /// How well an answer begins and ends at each token.
    QuestionAnswering,
    /// Whether each token was put in another's place: a score a token.
    ReplacedTokens,
    /// A score for each label, by a regression on a vector of the text; in no checkpoint.
    Probe,
}

impl HeadName {
    /// A stable name for files and commands.
    pub fn id(self) -> &'static str {
        match self {
            HeadName::Pooler => "pooler",
            HeadName::MaskedLanguage => "masked-language",
            HeadName::NextSentence => "next-sentence",
            HeadName::SentenceOrder => "sentence-order",
            HeadName::SequenceClassification => "sequence-classification",
            HeadName::MultipleChoice => "multiple-choice",
            HeadName::TokenClassification => "token-classification",
            HeadName::QuestionAnswering => "question-answering",
            HeadName::ReplacedTokens => "replaced-tokens",
            HeadName::Probe => "probe",
        }
    }

    /// Whether it has numbers for every token, and not for the whole text.
    pub fn reads_every_token(self) -> bool {
        matches!(
            self,
            HeadName::MaskedLanguage
                | HeadName::TokenClassification
                | HeadName::QuestionAnswering
                | HeadName::ReplacedTokens
        )
    }

    /// Which of its numbers is the logit of a label, and times what. Replaced tokens have one, that of `replaced`; `original` has its
    /// opposite, as sigmoid(-x) is 1 - sigmoid(x).
    pub fn output_of(self, label: usize) -> (usize, f32) {
        match (self, label) {
            (HeadName::ReplacedTokens, 0) => (0, -1.0),
            (HeadName::ReplacedTokens, label) => (label - 1, 1.0),
            (_, label) => (label, 1.0),
        }
    }

    /// For people.
    pub fn label(self) -> Label {
        match self {
            HeadName::Pooler => label!("bert-head-name-pooler"),
            HeadName::MaskedLanguage => label!("bert-head-name-masked-language"),
            HeadName::NextSentence => label!("bert-head-name-next-sentence"),
            HeadName::SentenceOrder => label!("bert-head-name-sentence-order"),
            HeadName::SequenceClassification => label!("bert-head-name-sequence-classification"),
            HeadName::MultipleChoice => label!("bert-head-name-multiple-choice"),
            HeadName::TokenClassification => label!("bert-head-name-token-classification"),
            HeadName::QuestionAnswering => label!("bert-head-name-question-answering"),
            HeadName::ReplacedTokens => label!("bert-head-name-replaced-tokens"),
            HeadName::Probe => label!("bert-head-name-probe"),
        }
    }
}

/// What a head reads: the last layer's hidden states, or what the pooler makes of the first token's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bert) enum Reads {
    FirstToken,
    EveryToken,
    Pooled,
}

impl Reads {
    /// The rows that are read, `[rows, D]`; none where the pooler output is to be read and there is none.
    pub(in crate::bert) fn of<'t>(self, states: &States<'t>) -> &'t [f32] {
        let last = states.hidden_states.len() - states.tokens.len() * states.hidden_size;
        match self {
            Reads::FirstToken => &states.hidden_states[last..][..states.hidden_size],
            Reads::EveryToken => &states.hidden_states[last..],
            Reads::Pooled => states.pooler_output.unwrap_or_default(),
        }
    }
}

/// One step of a head, on rows of vectors.
#[derive(Clone, Debug)]
pub(in crate::bert) enum Step<P> {
    /// W·x + b.
    Linear(Affine<P>),
    Norm(Affine<P>),
    Activation(Activation),
    Tanh,
    /// W·x + b with a row of W for each word of the vocabulary.
    Vocabulary {
        /// `[vocab, E]`; none where it is the table of word embeddings itself.
        weight: Option<P>,
        /// `[vocab]`.
        bias: P,
    },
}

/// A head as a list of steps.
#[derive(Clone, Debug)]
pub(in crate::bert) struct HeadParameters<P> {
    pub name: HeadName,
    pub reads: Reads,
    pub steps: Vec<Step<P>>,
    /// The checkpoint has this head when it has all of these parameters, which are among those of the steps.
    pub signs: Vec<Parameter>,
}

/// Every parameter of a model.
#[derive(Clone, Debug)]
pub(in crate::bert) struct Declaration<P> {
    pub embeddings: EmbeddingParameters<P>,
    /// Those that have weights of their own.
    pub layers: Vec<LayerParameters<P>>,
    /// Which of them a vector goes through, from the first to the last.
    pub order: Vec<usize>,
    /// What every layer's scores get for how far the key is from the query, `[buckets, H]`.
    pub relative_positions: Option<P>,
    pub heads: Vec<HeadParameters<P>>,
}

impl Declaration<Parameter> {
    /// The encoder alone.
    pub(super) fn without_heads(self) -> Self {
        Self { heads: Vec::new(), ..self }
    }

    /// Without the heads that a checkpoint does not have, and without the tensors that it may leave out.
    pub(in crate::bert) fn where_there(mut self, is_there: impl Fn(&Parameter) -> bool) -> Self {
        self.heads.retain(|head| head.signs.iter().all(&is_there));
        for step in self.heads.iter_mut().flat_map(|head| &mut head.steps) {
            if let Step::Vocabulary { weight, .. } = step {
                weight.take_if(|weight| !is_there(weight));
            }
        }
        self
    }
}

impl<P> Declaration<P> {
    /// Puts something else in the place of each parameter: the one walk over all of them.
    pub(in crate::bert) fn try_map<T, E>(self, mut change: impl FnMut(P) -> Result<T, E>) -> Result<Declaration<T>, E> {
        let change = &mut change;
        let added = self.embeddings.added.into_iter();
        let embeddings = EmbeddingParameters {
            words: change(self.embeddings.words)?,
            added: added.map(|(by, table)| Ok((by, change(table)?))).collect::<Result<_, E>>()?,
            norm: self.embeddings.norm.try_map(change)?,
            projection: self.embeddings.projection.map(|linear| linear.try_map(change)).transpose()?,
        };
        let layers = self.layers.into_iter().map(|layer| layer.try_map(change)).collect::<Result<_, E>>()?;
        let relative_positions = self.relative_positions.map(&mut *change).transpose()?;
        let heads = self.heads.into_iter().map(|head| head.try_map(change)).collect::<Result<_, E>>()?;
        Ok(Declaration { embeddings, layers, order: self.order, relative_positions, heads })
    }
}

impl<P> Affine<P> {
    fn try_map<T, E>(self, change: &mut impl FnMut(P) -> Result<T, E>) -> Result<Affine<T>, E> {
        Ok(Affine { weight: change(self.weight)?, bias: change(self.bias)? })
    }
}

impl<P> LayerParameters<P> {
    fn try_map<T, E>(self, change: &mut impl FnMut(P) -> Result<T, E>) -> Result<LayerParameters<T>, E> {
        Ok(LayerParameters {
            query: self.query.try_map(change)?,
            key: self.key.try_map(change)?,
            value: self.value.try_map(change)?,
            attention_output: self.attention_output.try_map(change)?,
            attention_norm: self.attention_norm.try_map(change)?,
            intermediate: self.intermediate.try_map(change)?,
            output: self.output.try_map(change)?,
            norm: self.norm.try_map(change)?,
        })
    }
}

impl<P> HeadParameters<P> {
    pub(in crate::bert) fn try_map<T, E>(
        self,
        change: &mut impl FnMut(P) -> Result<T, E>,
    ) -> Result<HeadParameters<T>, E> {
        let HeadParameters { name, reads, steps, signs } = self;
        let steps = steps.into_iter().map(|step| step.try_map(change)).collect::<Result<_, E>>()?;
        Ok(HeadParameters { name, reads, steps, signs })
    }
}

impl<P> Step<P> {
    /// Of a linear layer.
    pub(in crate::bert) fn weight(&self) -> Option<&P> {
        if let Step::Linear(linear) = self { Some(&linear.weight) } else { None }
    }

    fn try_map<T, E>(self, change: &mut impl FnMut(P) -> Result<T, E>) -> Result<Step<T>, E> {
        Ok(match self {
            Step::Linear(linear) => Step::Linear(linear.try_map(change)?),
            Step::Norm(norm) => Step::Norm(norm.try_map(change)?),
            Step::Activation(activation) => Step::Activation(activation),
            Step::Tanh => Step::Tanh,
            Step::Vocabulary { weight, bias } => {
                Step::Vocabulary { weight: weight.map(&mut *change).transpose()?, bias: change(bias)? }
            }
        })
    }
}
