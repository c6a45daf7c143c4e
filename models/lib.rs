//! The files of `sentence-transformers/all-MiniLM-L6-v2`, see `all-MiniLM-L6-v2/ORIGIN.md`.

/// A checkpoint's files as they lie in its directory.
#[derive(Clone, Copy)]
pub struct Files {
    /// `config.json`.
    pub config: &'static [u8],
    /// `tokenizer.json`.
    pub tokenizer: &'static [u8],
    /// `tokenizer_config.json`.
    pub tokenizer_config: &'static [u8],
    /// `model.safetensors`, half precision.
    pub weights: &'static [u8],
    /// `modules.json`.
    pub modules: &'static [u8],
    /// `config_sentence_transformers.json`.
    pub sentence_transformers: &'static [u8],
    /// `sentence_bert_config.json`.
    pub transformer: &'static [u8],
    /// `1_Pooling/config.json`.
    pub pooling: &'static [u8],
}

/// The embedded model. A function that is never inlined: a constant would be written into the metadata of every crate
/// that it passes through, several times over, and a static once.
#[inline(never)]
pub fn files() -> Files {
    Files {
        config: include_bytes!("all-MiniLM-L6-v2/config.json"),
        tokenizer: include_bytes!("all-MiniLM-L6-v2/tokenizer.json"),
        tokenizer_config: include_bytes!("all-MiniLM-L6-v2/tokenizer_config.json"),
        weights: include_bytes!("all-MiniLM-L6-v2/model.safetensors"),
        modules: include_bytes!("all-MiniLM-L6-v2/modules.json"),
        sentence_transformers: include_bytes!("all-MiniLM-L6-v2/config_sentence_transformers.json"),
        transformer: include_bytes!("all-MiniLM-L6-v2/sentence_bert_config.json"),
        pooling: include_bytes!("all-MiniLM-L6-v2/1_Pooling/config.json"),
    }
}
