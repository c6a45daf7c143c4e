use std::sync::Arc;

use super::{HeadReading, HeadSays, Probe};
use crate::bert::{BertError, ExplainedLogit, FrozenPass, HeadLogits, HeadName, OutputHead, States};

/// One number that a head or a probe gives.
#[derive(Clone, Debug, PartialEq)]
pub enum LogitTarget {
    /// Of a head of the model.
    Head {
        /// Which.
        head: HeadName,
        /// The label, by its number.
        label: usize,
        /// The token, where the head reads every token.
        token: usize,
    },
    /// Of the masked-language head, for a word at a token.
    Word {
        /// The word's id.
        id: u32,
        /// The word, as it is written in a sentence.
        word: String,
        /// The token.
        token: usize,
    },
    /// Of a probe.
    Probe {
        /// Which.
        probe: Arc<Probe>,
        /// The label, by its number.
        label: usize,
    },
}

impl LogitTarget {
    /// Its number in an input; `heads` are what the model's heads give there, which a probe has no need of. None where there is
    /// no such number, and of a word, which the masked-language head alone can say.
    pub fn logit(&self, states: States, heads: &[HeadLogits]) -> Option<f32> {
        self.logits(states, heads)?.get(self.label()).copied()
    }

    /// The label, by its number; of a word its id.
    pub fn label(&self) -> usize {
        match self {
            LogitTarget::Head { label, .. } | LogitTarget::Probe { label, .. } => *label,
            LogitTarget::Word { id, .. } => *id as usize,
        }
    }

    /// The logits of all labels beside which it stands; as for [`LogitTarget::logit`].
    pub fn logits(&self, states: States, heads: &[HeadLogits]) -> Option<Vec<f32>> {
        match self {
            LogitTarget::Head { head, token, .. } => {
                let logits = heads.iter().find(|logits| logits.head == *head)?;
                let row = if logits.rows().len() == 1 { 0 } else { *token };
                logits.of_labels(row)
            }
            LogitTarget::Word { .. } => None,
            LogitTarget::Probe { probe, .. } => probe.logits(states),
        }
    }

    /// Its number in a reading of which heads have spoken.
    pub fn said(&self, states: States, outputs: &[HeadReading]) -> Option<f32> {
        let LogitTarget::Head { head, label, token } = self else { return self.logit(states, &[]) };
        match &outputs.iter().find(|reading| reading.head.name == *head)?.says {
            HeadSays::Labels(labels) => labels.get(*label).map(|label| label.logit),
            HeadSays::Tags { tokens, .. } => tokens.get(*token)?.get(*label).map(|label| label.logit),
            HeadSays::Answers { start_logits, end_logits, .. } => {
                [start_logits, end_logits].get(*label)?.get(*token).copied()
            }
            HeadSays::Words(_) => None,
        }
    }

    /// The head that it is of, or what a probe is among heads; none where there is no such.
    pub fn head(&self, outputs: &[HeadReading]) -> Option<OutputHead> {
        match self {
            LogitTarget::Head { head, .. } => {
                outputs.iter().find(|reading| reading.head.name == *head).map(|reading| reading.head.clone())
            }
            LogitTarget::Word { .. } => None,
            LogitTarget::Probe { probe, .. } => Some(probe.head()),
        }
    }

    /// The token that it is of; none of what is said of the whole text.
    pub fn token(&self) -> Option<usize> {
        match self {
            LogitTarget::Head { head, token, .. } => head.reads_every_token().then_some(*token),
            LogitTarget::Word { token, .. } => Some(*token),
            LogitTarget::Probe { .. } => None,
        }
    }

    /// What its label is called; nothing where there is no such.
    pub fn name(&self, outputs: &[HeadReading]) -> String {
        if let LogitTarget::Word { word, .. } = self {
            return word.clone();
        }
        let head = self.head(outputs);
        head.and_then(|head| head.labels.get(self.label()).cloned()).unwrap_or_default()
    }

    /// What it is made of; none where there is no such number, or where it is no sum over hidden states.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain(&self, pass: &FrozenPass) -> Result<Option<ExplainedLogit>, BertError> {
        match self {
            LogitTarget::Head { head, label, token } => pass.explain_logit(*head, *label, *token),
            LogitTarget::Word { id, token, .. } => pass.explain_logit(HeadName::MaskedLanguage, *id as usize, *token),
            LogitTarget::Probe { probe, label } => probe.explain(pass, *label),
        }
    }
}
