//! What a model was trained to be read as, in words.

use crate::{
    analysis::VectorForm,
    bert::{Declared, ModelInfo, ModuleSummary, PoolerTraining, PoolingMode},
    messages::{label, message, quoted},
    study::VectorMaking,
};

/// Its steps in their order: "mean of tokens → normalised, first 256 tokens".
pub fn steps(declared: &Declared) -> String {
    let mut steps: Vec<String> = declared.modules.iter().map(step).collect();
    steps.extend(declared.truncated_to.map(|count| message!("labels-declared-first-numbers", count = count)));
    let (steps, limit) = (steps.join(" → "), declared.limit.tokens);
    let steps = match &declared.prompt {
        None => message!("labels-declared-steps", steps = steps, limit = limit),
        Some(prompt) => {
            message!("labels-declared-steps-prompt", steps = steps, limit = limit, prompt = quoted(prompt))
        }
    };
    match declared.other_than_cosine() {
        None => steps,
        Some(metric) => message!("labels-declared-compared", steps = steps, metric = metric),
    }
}

fn step(module: &ModuleSummary) -> String {
    match module {
        ModuleSummary::Pooling { modes, include_prompt } => {
            let modes: Vec<&str> = modes.iter().map(|&mode| pooling_mode(mode)).collect();
            match include_prompt {
                true => modes.join(" + "),
                false => message!("labels-declared-without-prompt", pooling = modes.join(" + ")),
            }
        }
        ModuleSummary::Dense { to, activation, of_tokens, .. } => match of_tokens {
            true => message!("labels-declared-dense-tokens", to = *to, activation = activation.name()),
            false => message!("labels-declared-dense", to = *to, activation = activation.name()),
        },
        ModuleSummary::Normalize { of_tokens: false } => label!("labels-declared-normalized").text().to_owned(),
        ModuleSummary::Normalize { of_tokens: true } => label!("labels-declared-normalized-tokens").text().to_owned(),
        ModuleSummary::LayerNorm => label!("labels-declared-layer-norm").text().to_owned(),
    }
}

/// What a way of pooling makes of the tokens.
pub fn pooling_mode(mode: PoolingMode) -> &'static str {
    match mode {
        PoolingMode::Cls => label!("labels-declared-cls").text(),
        PoolingMode::Max => label!("labels-declared-max").text(),
        PoolingMode::Mean => label!("labels-declared-mean").text(),
        PoolingMode::MeanSqrtLength => label!("labels-declared-mean-sqrt").text(),
        PoolingMode::WeightedMean => label!("labels-declared-weighted-mean").text(),
        PoolingMode::LastToken => label!("labels-declared-last").text(),
    }
}

/// What is known of how a model's pooler was trained.
pub fn pooler_training(info: &ModelInfo) -> &'static str {
    match (info.pooler_training, &info.declared) {
        (PoolerTraining::NextSentence, _) => label!("labels-pooler-next-sentence").text(),
        (PoolerTraining::Classifier, _) => label!("labels-pooler-classifier").text(),
        (PoolerTraining::Unknown, Ok(_)) => label!("labels-pooler-not-declared").text(),
        (PoolerTraining::Unknown, Err(_)) => label!("labels-pooler-unknown").text(),
    }
}

/// How vectors were made, in words: "mean of tokens, normalised".
pub fn making(making: VectorMaking, form: VectorForm) -> String {
    let what = match making {
        VectorMaking::Declared => label!("labels-making-declared").text().to_owned(),
        VectorMaking::Pooled(vector) => vector.to_string(),
        VectorMaking::Mode(mode) => pooling_mode(mode).to_owned(),
    };
    match form {
        VectorForm::AsItIs => what,
        VectorForm::Normalized => message!("labels-making-normalized", making = what),
        VectorForm::Direction => message!("labels-making-direction", making = what),
    }
}
