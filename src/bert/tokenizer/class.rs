//! Which class of transformers splits a model's text, and whether clscope can do as it does.
//!
//! transformers 5 chooses the class as `AutoTokenizer` does: `tokenizer_class` of `tokenizer_config.json`, else that of
//! `config.json`, else the one of the family
//! (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/auto/tokenization_auto.py>).

use tokenizers::ModelWrapper;

/// How clscope reads the tokenizers of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenizerReading {
    /// As transformers 5 does: the vocabulary of `tokenizer.json` or `vocab.txt`, split by BERT's rules under the settings
    /// of `tokenizer_config.json`, whatever else `tokenizer.json` holds.
    WordPiece,
    /// `tokenizer.json` as it is; without that file the class is refused.
    File,
    /// Never: the class splits text in Python or with a library of its own, or takes more than a text.
    Python,
}

/// The kind of a tokenizer's pieces, as `tokenizer.json` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenizerModel {
    /// BERT's.
    WordPiece,
    /// Byte pairs, GPT-2's.
    Bpe,
    /// SentencePiece's.
    Unigram,
    /// Whole words.
    WordLevel,
}

impl TokenizerModel {
    /// As `tokenizer.json` calls it.
    pub fn name(self) -> &'static str {
        match self {
            TokenizerModel::WordPiece => "WordPiece",
            TokenizerModel::Bpe => "BPE",
            TokenizerModel::Unigram => "Unigram",
            TokenizerModel::WordLevel => "WordLevel",
        }
    }

    pub(super) fn of(model: &ModelWrapper) -> Self {
        match model {
            ModelWrapper::WordPiece(_) => TokenizerModel::WordPiece,
            ModelWrapper::BPE(_) => TokenizerModel::Bpe,
            ModelWrapper::Unigram(_) => TokenizerModel::Unigram,
            ModelWrapper::WordLevel(_) => TokenizerModel::WordLevel,
        }
    }
}

/// A class of tokenizers in transformers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenizerClass {
    /// Its name, without the `Fast` that transformers 4 put behind it.
    pub name: &'static str,
    /// How it is read.
    pub reading: TokenizerReading,
    /// The kind of its pieces, where it has only one.
    pub model: Option<TokenizerModel>,
    /// Whether it hands token types to the model, unless `model_input_names` says otherwise. Without them every token has
    /// type 0.
    pub token_types: bool,
}

impl TokenizerClass {
    /// Every class that transformers has, and the generic ones.
    pub const ALL: &'static [TokenizerClass] = CLASSES;

    /// A class by the name that a file gives it; none where transformers has no such class.
    pub fn find(name: &str) -> Option<&'static TokenizerClass> {
        let name = name.strip_suffix("Fast").unwrap_or(name);
        CLASSES.iter().find(|class| class.name == name)
    }

    /// Whether it stands for any tokenizer, and so says nothing of this one.
    pub fn is_generic(&self) -> bool {
        matches!(self.reading, TokenizerReading::File) && self.model.is_none()
    }
}

const fn word_piece(name: &'static str) -> TokenizerClass {
    let model = Some(TokenizerModel::WordPiece);
    TokenizerClass { name, reading: TokenizerReading::WordPiece, model, token_types: true }
}

const fn file(name: &'static str, model: TokenizerModel) -> TokenizerClass {
    TokenizerClass { name, reading: TokenizerReading::File, model: Some(model), token_types: false }
}

const fn with_types(class: TokenizerClass) -> TokenizerClass {
    TokenizerClass { token_types: true, ..class }
}

const fn generic(name: &'static str) -> TokenizerClass {
    TokenizerClass { name, reading: TokenizerReading::File, model: None, token_types: false }
}

const fn python(name: &'static str) -> TokenizerClass {
    TokenizerClass { name, reading: TokenizerReading::Python, model: None, token_types: false }
}

use TokenizerModel::{Bpe, Unigram, WordPiece};

/// As transformers 5.24 has them.
const CLASSES: &[TokenizerClass] = &[
    // BERT's own, under all of its names.
    word_piece("BertTokenizer"),
    word_piece("ConvBertTokenizer"),
    TokenizerClass { token_types: false, ..word_piece("DistilBertTokenizer") },
    word_piece("ElectraTokenizer"),
    word_piece("LayoutLMTokenizer"),
    word_piece("LxmertTokenizer"),
    word_piece("MobileBertTokenizer"),
    word_piece("SqueezeBertTokenizer"),
    // Any tokenizer.
    generic("ParakeetTokenizer"),
    generic("PreTrainedTokenizer"),
    generic("PythonBackend"),
    generic("TokenizersBackend"),
    // What transformers 5 builds anew from the class equals the file that the class has saved.
    file("AlbertTokenizer", Unigram),
    file("BartTokenizer", Bpe),
    file("BarthezTokenizer", Unigram),
    file("BigBirdTokenizer", Unigram),
    file("BlenderbotTokenizer", Bpe),
    file("CLIPTokenizer", Bpe),
    file("CamembertTokenizer", Unigram),
    file("CodeLlamaTokenizer", Bpe),
    file("CohereTokenizer", Bpe),
    with_types(file("DPRContextEncoderTokenizer", WordPiece)),
    with_types(file("DPRQuestionEncoderTokenizer", WordPiece)),
    with_types(file("DebertaTokenizer", Bpe)),
    with_types(file("DebertaV2Tokenizer", Unigram)),
    file("EsmcTokenizer", Bpe),
    with_types(file("FNetTokenizer", Unigram)),
    file("FunnelTokenizer", WordPiece),
    file("GPT2Tokenizer", Bpe),
    file("GPTNeoXTokenizer", Bpe),
    file("GemmaTokenizer", Bpe),
    file("HerbertTokenizer", Bpe),
    file("LEDTokenizer", Bpe),
    file("LasrTokenizer", Unigram),
    file("LlamaTokenizer", Bpe),
    file("LukeTokenizer", Bpe),
    file("MBart50Tokenizer", Unigram),
    file("MBartTokenizer", Unigram),
    file("MPNetTokenizer", WordPiece),
    file("MvpTokenizer", Bpe),
    file("NllbTokenizer", Bpe),
    file("NougatTokenizer", Bpe),
    file("OpenAIGPTTokenizer", Bpe),
    file("PegasusTokenizer", Unigram),
    file("Qwen2Tokenizer", Bpe),
    file("Qwen3_5Tokenizer", Bpe),
    file("ReformerTokenizer", Bpe),
    file("RemBertTokenizer", Unigram),
    file("RobertaTokenizer", Bpe),
    file("SeamlessM4TTokenizer", Bpe),
    file("Siglip2Tokenizer", Bpe),
    file("SplinterTokenizer", WordPiece),
    file("T5Tokenizer", Unigram),
    file("VideoPrismTokenizer", Unigram),
    file("WhisperTokenizer", Bpe),
    file("XGLMTokenizer", Unigram),
    file("XLMRobertaTokenizer", Unigram),
    file("XLNetTokenizer", Unigram),
    // Words from MeCab or jieba, phonemes, bytes, SentencePiece without a tokenizer.json, or input that is more than a text.
    python("BartphoTokenizer"),
    python("BertGenerationTokenizer"),
    python("BertJapaneseTokenizer"),
    python("BertTokenizerLegacy"),
    python("BertweetTokenizer"),
    python("BioGptTokenizer"),
    python("BlenderbotSmallTokenizer"),
    python("ByT5Tokenizer"),
    python("CTRLTokenizer"),
    python("CanineTokenizer"),
    python("ClvpTokenizer"),
    python("CpmAntTokenizer"),
    python("CpmTokenizer"),
    python("DPRReaderTokenizer"),
    python("DiaTokenizer"),
    python("EsmTokenizer"),
    python("FSMTTokenizer"),
    python("FastSpeech2ConformerTokenizer"),
    python("FlaubertTokenizer"),
    python("GPTNeoXJapaneseTokenizer"),
    python("GPTSw3Tokenizer"),
    python("LayoutLMv2Tokenizer"),
    python("LayoutLMv3Tokenizer"),
    python("LayoutXLMTokenizer"),
    python("M2M100Tokenizer"),
    python("MLukeTokenizer"),
    python("MarianTokenizer"),
    python("MarkupLMTokenizer"),
    python("MgpstrTokenizer"),
    python("MistralCommonBackend"),
    python("MyT5Tokenizer"),
    python("PLBartTokenizer"),
    python("PerceiverTokenizer"),
    python("PhobertTokenizer"),
    python("ProphetNetTokenizer"),
    python("RagTokenizer"),
    python("RoCBertTokenizer"),
    python("RoFormerTokenizer"),
    python("SiglipTokenizer"),
    python("Speech2TextTokenizer"),
    python("SpeechT5Tokenizer"),
    python("TapasTokenizer"),
    python("Tipsv2Tokenizer"),
    python("UdopTokenizer"),
    python("VitsTokenizer"),
    python("Wav2Vec2CTCTokenizer"),
    python("Wav2Vec2PhonemeCTCTokenizer"),
    python("XLMTokenizer"),
];
