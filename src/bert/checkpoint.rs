use std::borrow::Cow;

use super::{
    AuditFinding, BertConfig, BertError, Inventory, ModuleFiles, NotDeclared, TokenizerFiles, Weights,
    architecture::Architecture,
    heads::HeadSettings,
    loader,
    modules::{Audited, EncoderSizes},
};

/// The files of a model, as `save_pretrained` writes them.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// `config.json`.
    pub config: Cow<'static, [u8]>,
    /// The tokenizer's files.
    pub tokenizer: TokenizerFiles,
    /// The weights.
    pub weights: Weights,
    /// What sentence-transformers has written beside them; why not, where there is nothing or it cannot be read.
    pub modules: Result<ModuleFiles, NotDeclared>,
}

impl Checkpoint {
    /// What tells it from other checkpoints: its configuration, its tokenizer, and of the weights path, length, time of
    /// change and samples of each file, as reading them whole takes as long as loading.
    pub fn identity(&self) -> Vec<Cow<'_, [u8]>> {
        let TokenizerFiles { json, older, config, added_tokens, special_tokens, lower_case: _ } = &self.tokenizer;
        let (json, config) = (json.as_deref(), config.as_deref());
        let files = [json, config, added_tokens.as_deref(), special_tokens.as_deref()];
        let mut parts = vec![Cow::Borrowed(&*self.config)];
        parts.extend(files.map(|bytes| Cow::Borrowed(bytes.unwrap_or_default())));
        parts.extend(older.files.iter().map(|(_, bytes)| Cow::Borrowed(bytes.as_slice())));
        parts.push(Cow::Owned(self.weights.stamp().into_bytes()));
        parts.extend(self.modules.iter().flat_map(ModuleFiles::identity));
        parts
    }

    /// Reads the configuration.
    ///
    /// # Errors
    /// When it is damaged, or not that of a BERT encoder.
    pub fn config(&self) -> Result<BertConfig, BertError> {
        BertConfig::from_json(&self.config)
    }

    /// What is missing in the files of sentence-transformers and the tokenizer, and where they contradict each other.
    ///
    /// # Errors
    /// When the configuration is damaged.
    pub fn findings(&self) -> Result<Vec<AuditFinding>, BertError> {
        let architecture = Architecture::from_json(&self.config)?;
        let (hidden, positions) = (architecture.config.hidden_size, architecture.config.max_position_embeddings);
        let audited = Audited {
            modules: self.modules.as_ref(),
            tokenizer_config: self.tokenizer.config.as_deref(),
            tokenizer: self.tokenizer.json.as_deref(),
            sizes: EncoderSizes { hidden, positions, most: architecture.max_length() },
        };
        Ok(audited.findings())
    }

    /// Reads the headers of the weights.
    ///
    /// # Errors
    /// When the configuration or a file of weights is damaged.
    pub fn inventory(&self) -> Result<Inventory, BertError> {
        let settings = HeadSettings::of(self);
        loader::inventory(&Architecture::from_json(&self.config)?, &settings, &self.weights)
    }
}
