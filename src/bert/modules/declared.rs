use super::{DenseActivation, PoolingMode};

/// What a model says of how a text is to be read as one vector, in the order in which it is done: prompt, limit, modules.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Where a text is cut.
    pub limit: TokenLimit,
    /// Whether the model's own files ask for lower case before the tokenizer is asked.
    pub lower_case: bool,
    /// The prompts it knows by name.
    pub prompts: Vec<Prompt>,
    /// The one it is read with unless another is asked for.
    pub default_prompt: Option<String>,
    /// What stands before each text, in force now; none for nothing.
    pub prompt: Option<String>,
    /// What follows the encoder.
    pub modules: Vec<ModuleSummary>,
    /// How many of the numbers are kept, where not all are.
    pub truncated_to: Option<usize>,
    /// The length of the vector.
    pub dimension: usize,
    /// By which its vectors are to be compared: `cosine`, `dot`, `euclidean`, `manhattan`.
    pub similarity: Option<String>,
}

/// How many tokens are read, specials and prompt included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLimit {
    /// In force.
    pub tokens: usize,
    /// As the files say, which may be more than the model has positions for.
    pub declared: usize,
    /// The most that the model reads.
    pub most: usize,
}

/// What is put before a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its name.
    pub name: String,
    /// What is put; may be nothing.
    pub text: String,
}

/// A module after the encoder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleSummary {
    /// One vector of all tokens'.
    Pooling {
        /// Joined in this order.
        modes: Vec<PoolingMode>,
        /// Whether the prompt's tokens count.
        include_prompt: bool,
    },
    /// A linear layer and an activation.
    Dense {
        /// The length of its vectors.
        to: usize,
        /// What it does to each number.
        activation: DenseActivation,
        /// Whether what comes in is added to what comes out.
        residual: bool,
        /// Whether each token's vector goes through it, rather than the sentence's.
        of_tokens: bool,
    },
    /// To length 1.
    Normalize {
        /// Whether each token's vector, rather than the sentence's.
        of_tokens: bool,
    },
    /// Layer normalisation.
    LayerNorm,
}

impl Declared {
    /// The text of the prompt of a name; none where the model has no such.
    pub fn prompt_named(&self, name: &str) -> Option<&str> {
        self.prompts.iter().find(|prompt| prompt.name == name).map(|prompt| prompt.text.as_str())
    }

    /// The one mode of the one pooling there is; none of several.
    pub fn pooling_mode(&self) -> Option<PoolingMode> {
        let mut found = None;
        for module in &self.modules {
            if let ModuleSummary::Pooling { modes, .. } = module {
                match (found, modes.as_slice()) {
                    (None, [mode]) => found = Some(*mode),
                    _ => return None,
                }
            }
        }
        found
    }

    /// The modes of the one pooling there is, as files name them.
    pub fn pooling_name(&self) -> Option<String> {
        let mut poolings = self.modules.iter().filter_map(|module| match module {
            ModuleSummary::Pooling { modes, .. } => Some(modes),
            _ => None,
        });
        let modes = poolings.next().filter(|_| poolings.next().is_none())?;
        Some(modes.iter().map(|mode| mode.name()).collect::<Vec<_>>().join(" + "))
    }

    /// Whether its vectors have length 1.
    pub fn is_normalized(&self) -> bool {
        self.truncated_to.is_none() && self.normalizes()
    }

    /// By what its vectors are to be compared, where that is not the cosine nor the same number.
    pub fn other_than_cosine(&self) -> Option<&str> {
        let is_cosine = |metric: &&str| *metric == "cosine" || *metric == "dot" && self.is_normalized();
        self.similarity.as_deref().filter(|metric| !is_cosine(metric))
    }

    /// Whether the last module makes vectors of length 1, of which some numbers may be left out after it.
    pub fn normalizes(&self) -> bool {
        self.modules.last() == Some(&ModuleSummary::Normalize { of_tokens: false })
    }

    /// Whether its numbers are those of hidden states, so that a cosine with another pooling of them means something: there
    /// is one mode of pooling, and what follows at most changes the length.
    pub fn is_of_hidden_states(&self) -> bool {
        let keeps = |module: &ModuleSummary| match module {
            ModuleSummary::Pooling { modes, .. } => modes.len() == 1,
            ModuleSummary::Normalize { of_tokens } => !of_tokens,
            ModuleSummary::Dense { .. } | ModuleSummary::LayerNorm => false,
        };
        self.truncated_to.is_none() && self.modules.iter().all(keeps)
    }

    /// Whether the tokens of the prompt are left out of a pooling.
    pub fn leaves_prompt_out(&self) -> bool {
        self.modules.iter().any(|module| matches!(module, ModuleSummary::Pooling { include_prompt: false, .. }))
    }
}
