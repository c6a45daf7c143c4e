//! The modules in their order, with their weights.

use super::{
    Declared, ModuleEntry, ModuleFiles, ModuleFolder, ModuleSummary, NotDeclared,
    dense::DenseModule,
    feature::{Feature, features},
    norm::{LayerNormModule, normalized},
    pooling::PoolingModule,
    settings::{ModelSettings, object},
    transformer::TransformerSettings,
};

/// What makes one vector of the last hidden states.
#[derive(Debug)]
pub(in super::super) struct ModuleChain {
    modules: Vec<Module>,
    /// How many numbers are kept.
    dimension: usize,
}

#[derive(Debug)]
enum Module {
    Pooling(PoolingModule),
    Dense(DenseModule),
    Normalize(Feature, Feature),
    LayerNorm(LayerNormModule),
}

/// The sizes of the encoder that the modules stand on.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct EncoderSizes {
    /// D.
    pub hidden: usize,
    /// `max_position_embeddings`.
    pub positions: usize,
    /// The most tokens it reads.
    pub most: usize,
}

impl ModuleChain {
    /// Reads every file; `tokenizer` is `tokenizer_config.json`.
    pub(in super::super) fn read(
        files: &ModuleFiles,
        tokenizer: Option<&[u8]>,
        sizes: EncoderSizes,
    ) -> Result<(Self, Declared), NotDeclared> {
        let ModelSettings { prompts, default_prompt, similarity, truncate } =
            ModelSettings::read(files.settings.as_deref())?;
        let entries = ModuleEntry::list(&files.list)?;
        let (first, rest) = entries.split_first().ok_or(NotDeclared::NoTransformer)?;
        if !first.is_transformer() {
            // An old name of it, or a module of another kind.
            return Err(NotDeclared::Module { kind: first.kind.clone() });
        }
        let own = files.transformer.as_ref().map(|(name, json)| (name.as_str(), &**json));
        let TransformerSettings { limit, lower_case } =
            TransformerSettings::read(own, tokenizer, sizes.positions, sizes.most)?;
        let nothing = ModuleFolder::default();
        let mut modules = Vec::new();
        let mut widths = Widths { tokens: sizes.hidden, sentence: None };
        for entry in rest {
            if let Some(module) = Module::read(entry, files.folders.get(&entry.path).unwrap_or(&nothing))? {
                widths.follow(&module, entry)?;
                modules.push(module);
            }
        }
        let dimension = widths.sentence.ok_or(NotDeclared::NoPooling)?;
        let prompt = prompts.iter().find(|prompt| Some(&prompt.name) == default_prompt.as_ref());
        let prompt = prompt.map(|prompt| prompt.text.clone()).filter(|text| !text.is_empty());
        let truncated_to = truncate.filter(|size| *size < dimension);
        let declared = Declared {
            limit,
            lower_case,
            prompt,
            prompts,
            default_prompt,
            modules: modules.iter().map(Module::summary).collect(),
            truncated_to,
            dimension: truncated_to.unwrap_or(dimension),
            similarity,
        };
        Ok((Self { modules, dimension: declared.dimension }, declared))
    }

    /// The vector `[dimension]` of `[token, hidden]`, of which so many at the beginning are the prompt's.
    pub(in super::super) fn of(&self, tokens: &[f32], hidden: usize, prompt: usize) -> Vec<f32> {
        let mut width = hidden;
        let mut tokens = tokens.to_vec();
        let mut sentence = Vec::new();
        for module in &self.modules {
            match module {
                Module::Pooling(PoolingModule { modes, include_prompt }) => {
                    let skipped = if *include_prompt { 0 } else { prompt };
                    sentence = modes.iter().flat_map(|mode| mode.of(&tokens, width, skipped)).collect();
                }
                Module::LayerNorm(norm) => sentence = norm.of(&sentence),
                Module::Dense(dense) => {
                    apply(dense.features, &mut tokens, &mut sentence, &mut width, |vector| dense.of(vector));
                }
                Module::Normalize(from, to) => {
                    apply((*from, *to), &mut tokens, &mut sentence, &mut width, normalized);
                }
            }
        }
        sentence.truncate(self.dimension);
        sentence
    }
}

/// Does something to the sentence's vector, or to each token's.
fn apply(
    features: (Feature, Feature),
    tokens: &mut Vec<f32>,
    sentence: &mut Vec<f32>,
    width: &mut usize,
    of: impl Fn(&[f32]) -> Vec<f32>,
) {
    match features {
        (Feature::Tokens, _) => {
            let count = tokens.len() / *width;
            *tokens = tokens.chunks_exact(*width).flat_map(of).collect();
            *width = tokens.len() / count.max(1);
        }
        (Feature::Sentence, _) => *sentence = of(sentence),
    }
}

impl Module {
    /// None for one that does nothing outside training.
    fn read(entry: &ModuleEntry, folder: &ModuleFolder) -> Result<Option<Self>, NotDeclared> {
        let same = |(from, to): (Feature, Feature)| {
            let elsewhere = || NotDeclared::Setting {
                file: entry.file("config.json"),
                setting: "module_output_name".to_owned(),
                value: format!("{to:?}"),
            };
            (from == to).then_some(()).ok_or_else(elsewhere)
        };
        Ok(Some(match entry.class() {
            Some("Pooling") => Self::Pooling(PoolingModule::read(entry, folder.config.as_deref())?),
            Some("Dense") => {
                let dense = DenseModule::read(entry, folder)?;
                same(dense.features)?;
                Self::Dense(dense)
            }
            Some("Normalize") => {
                let file = entry.file("config.json");
                let config = folder.config.as_deref().map(|json| object(&file, Some(json))).transpose()?;
                let (from, to) = features(&file, &mut config.unwrap_or_default())?;
                same((from, to))?;
                Self::Normalize(from, to)
            }
            Some("LayerNorm") => Self::LayerNorm(LayerNormModule::read(entry, folder)?),
            Some("Dropout") => return Ok(None),
            _ => return Err(NotDeclared::Module { kind: entry.kind.clone() }),
        }))
    }

    fn summary(&self) -> ModuleSummary {
        match self {
            Self::Pooling(PoolingModule { modes, include_prompt }) => {
                ModuleSummary::Pooling { modes: modes.clone(), include_prompt: *include_prompt }
            }
            Self::Dense(dense) => ModuleSummary::Dense {
                to: dense.to,
                activation: dense.activation,
                residual: dense.has_residual(),
                of_tokens: dense.features.0 == Feature::Tokens,
            },
            Self::Normalize(from, _) => ModuleSummary::Normalize { of_tokens: *from == Feature::Tokens },
            Self::LayerNorm(_) => ModuleSummary::LayerNorm,
        }
    }
}

/// How long vectors are between two modules.
struct Widths {
    tokens: usize,
    /// None before a pooling.
    sentence: Option<usize>,
}

impl Widths {
    /// Behind a module, which must get what its file says.
    fn follow(&mut self, module: &Module, entry: &ModuleEntry) -> Result<(), NotDeclared> {
        let expect = |expected: usize, found: usize| match expected == found {
            true => Ok(()),
            false => Err(NotDeclared::Size { module: entry.path.clone(), expected, found }),
        };
        match module {
            Module::Pooling(pooling) => self.sentence = Some(self.tokens * pooling.modes.len()),
            Module::Dense(dense) if dense.features.0 == Feature::Tokens => {
                expect(dense.from, self.tokens)?;
                self.tokens = dense.to;
            }
            Module::Dense(dense) => {
                expect(dense.from, self.sentence.ok_or(NotDeclared::NoPooling)?)?;
                self.sentence = Some(dense.to);
            }
            Module::LayerNorm(norm) => expect(norm.size(), self.sentence.ok_or(NotDeclared::NoPooling)?)?,
            // Before a pooling it does nothing.
            Module::Normalize(..) => {}
        }
        Ok(())
    }
}
