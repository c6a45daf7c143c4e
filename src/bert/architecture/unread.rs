//! Kinds of models that are refused, by what would be needed to read them.

use super::FAMILIES;
use crate::messages::{message, quoted};

const ROTARY: &[&str] = &["eurobert", "modernbert", "neobert", "new", "nomic_bert", "roformer"];
const NORM_FIRST: &[&str] = &["esm", "megatron-bert", "roberta-prelayernorm", "xlm-roberta-xl"];
const DISENTANGLED: &[&str] = &["deberta", "deberta-v2"];
const DECODERS: &[&str] = &[
    "bloom",
    "codegen",
    "falcon",
    "gemma",
    "gemma2",
    "gemma3",
    "gemma3_text",
    "gpt-neo",
    "gpt2",
    "gpt_neo",
    "gpt_neox",
    "gptj",
    "llama",
    "mistral",
    "mixtral",
    "olmo",
    "opt",
    "phi",
    "phi3",
    "qwen2",
    "qwen3",
    "stablelm",
];
const TWO_SIDED: &[&str] =
    &["bart", "led", "longt5", "m2m_100", "marian", "mbart", "mt5", "pegasus", "prophetnet", "t5", "umt5"];

/// Why a `model_type` is not read, to stand behind `config.json:`.
pub(super) fn unread(model_type: &str) -> String {
    let known: Vec<String> = FAMILIES.iter().map(|family| quoted(family.model_type)).collect();
    let (found, known) = (quoted(model_type), known.join(", "));
    let is = |types: &[&str]| types.contains(&model_type);
    if is(ROTARY) {
        message!("bert-config-rotary", found = found, known = known)
    } else if is(NORM_FIRST) {
        message!("bert-config-norm-first", found = found, known = known)
    } else if is(DISENTANGLED) {
        message!("bert-config-disentangled", found = found, known = known)
    } else if is(DECODERS) {
        message!("bert-config-model-decoder", found = found, known = known)
    } else if is(TWO_SIDED) {
        message!("bert-config-encoder-decoder", found = found, known = known)
    } else {
        message!("bert-config-model-type", found = found, known = known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_said_with_what_would_be_needed() {
        for (model_type, needed) in [
            ("modernbert", "rotary positions"),
            ("xlm-roberta-xl", "layer norms before each block"),
            ("deberta-v2", "disentangled attention"),
            ("llama", "a decoder"),
            ("t5", "an encoder with a decoder"),
            ("bert-generation", "model_type is \"bert-generation\"; clscope reads"),
        ] {
            let said = unread(model_type);
            assert!(said.contains(model_type) && said.contains(needed), "{said}");
            assert!(said.ends_with("\"albert\", \"ernie\""), "{said}");
        }
        let all = [ROTARY, NORM_FIRST, DISENTANGLED, DECODERS, TWO_SIDED].concat();
        for family in FAMILIES {
            assert!(!all.contains(&family.model_type), "{} is read", family.model_type);
        }
    }
}
