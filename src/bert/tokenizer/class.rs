//! Which class of transformers splits a model's text, and whether clscope can do as it does.
//!
//! transformers 5 chooses the class as `AutoTokenizer` does: `tokenizer_class` of `tokenizer_config.json`, else that of
//! `config.json`, else the one of the family
//! (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/auto/tokenization_auto.py>).

use tokenizers::ModelWrapper;

use super::vocabulary_file;

/// How clscope reads the tokenizers of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenizerReading {
    /// As transformers 5 does: the vocabulary of `tokenizer.json` or `vocab.txt`, split by BERT's rules under the settings
    /// of `tokenizer_config.json`, whatever else `tokenizer.json` holds.
    WordPiece,
    /// As transformers 5 does: pieces and added tokens of `tokenizer.json` or of the older files, and all else built by the
    /// class and the settings of `tokenizer_config.json`.
    Class,
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

/// How a class's vocabulary is written where there is no `tokenizer.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderForm {
    /// BERT's pieces, a line each.
    WordPiece,
    /// Byte pairs: the pieces with their ids, and a pair a line in the order in which they are joined.
    BytePairs,
    /// A file of SentencePiece.
    SentencePieces(PieceLayout),
}

/// How a class lays out the pieces of SentencePiece's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceLayout {
    /// fairseq's four tokens in the place of the first three pieces, and the mask at the end.
    XlmRoberta,
    /// Five tokens in the place of the first piece, and the mask at the end.
    Camembert,
    /// As they are.
    Albert,
}

impl PieceLayout {
    /// Tokens that the class marks as special where no setting names such.
    pub(super) fn marked(self) -> Vec<(String, bool)> {
        let marked: &[&str] = match self {
            PieceLayout::Camembert => &["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"],
            PieceLayout::XlmRoberta | PieceLayout::Albert => &[],
        };
        marked.iter().map(|token| ((*token).to_owned(), true)).collect()
    }
}

impl OlderForm {
    /// The files that hold it.
    pub fn files(self) -> &'static [&'static str] {
        match self {
            OlderForm::WordPiece => &[vocabulary_file::WORD_PIECES],
            OlderForm::BytePairs => &[vocabulary_file::BYTE_PAIRS, vocabulary_file::MERGES],
            OlderForm::SentencePieces(PieceLayout::Albert) => &[vocabulary_file::ALBERT_PIECES],
            OlderForm::SentencePieces(_) => &[vocabulary_file::SENTENCE_PIECES],
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
    /// What it is read from where there is no `tokenizer.json`; none for a class that needs that file.
    pub older: Option<OlderForm>,
    /// Its special tokens where no file names them, in the order of [`TokenizerClass::SPECIALS`]; `-` for none, `^` before one
    /// that takes the blanks before it.
    specials: Specials,
}

impl TokenizerClass {
    /// Every class that transformers has, and the generic ones.
    pub const ALL: &'static [TokenizerClass] = CLASSES;

    /// The parts that special tokens have, as files name them.
    pub const SPECIALS: [&'static str; 7] = ["bos", "eos", "unk", "sep", "pad", "cls", "mask"];

    /// Its special tokens where no file names them, in the order of [`TokenizerClass::SPECIALS`], and whether each takes the
    /// blanks before it.
    pub fn special_tokens(&self) -> [Option<(&'static str, bool)>; 7] {
        let mut tokens = [None; 7];
        for (token, spelt) in tokens.iter_mut().zip(self.specials) {
            *token = match spelt {
                "-" => None,
                spelt => Some(spelt.strip_prefix('^').map_or((spelt, false), |stripped| (stripped, true))),
            };
        }
        tokens
    }

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
    let (model, older) = (Some(TokenizerModel::WordPiece), Some(OlderForm::WordPiece));
    TokenizerClass { name, reading: TokenizerReading::WordPiece, model, token_types: true, older, specials: BERT }
}

const fn file(name: &'static str, model: TokenizerModel, specials: Specials) -> TokenizerClass {
    TokenizerClass {
        name,
        reading: TokenizerReading::File,
        model: Some(model),
        token_types: false,
        older: None,
        specials,
    }
}

const fn built(class: TokenizerClass, form: OlderForm) -> TokenizerClass {
    TokenizerClass { reading: TokenizerReading::Class, older: Some(form), ..class }
}

const fn with_types(class: TokenizerClass) -> TokenizerClass {
    TokenizerClass { token_types: true, ..class }
}

const fn generic(name: &'static str) -> TokenizerClass {
    TokenizerClass {
        name,
        reading: TokenizerReading::File,
        model: None,
        token_types: false,
        older: None,
        specials: NONE,
    }
}

const fn python(name: &'static str) -> TokenizerClass {
    TokenizerClass { reading: TokenizerReading::Python, ..generic(name) }
}

use OlderForm::{BytePairs, SentencePieces};
use TokenizerModel::{Bpe, Unigram, WordPiece};

type Specials = [&'static str; 7];

const NONE: Specials = ["-"; 7];
const BERT: Specials = ["-", "-", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"];
const ROBERTA: Specials = ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>"];
/// The mask takes the blank before it.
const CAMEMBERT: Specials = ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "^<mask>"];
const ALBERT: Specials = ["[CLS]", "[SEP]", "<unk>", "[SEP]", "<pad>", "[CLS]", "[MASK]"];
const DEBERTA: Specials = ["[CLS]", "[SEP]", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"];
const LLAMA: Specials = ["<s>", "</s>", "<unk>", "-", "-", "-", "-"];
const T5: Specials = ["-", "</s>", "<unk>", "-", "<pad>", "-", "-"];
const QWEN: Specials = ["-", "<|endoftext|>", "<|endoftext|>", "-", "<|endoftext|>", "-", "-"];
const GEMMA: Specials = ["<bos>", "<eos>", "<unk>", "-", "<pad>", "-", "<mask>"];

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
    // Built by the class, or read as they are: what transformers 5 builds of those equals the file that the class has saved.
    built(file("AlbertTokenizer", Unigram, ALBERT), SentencePieces(PieceLayout::Albert)),
    built(file("BartTokenizer", Bpe, ROBERTA), BytePairs),
    file("BarthezTokenizer", Unigram, CAMEMBERT),
    file("BigBirdTokenizer", Unigram, ["<s>", "</s>", "<unk>", "[SEP]", "<pad>", "[CLS]", "^[MASK]"]),
    file("BlenderbotTokenizer", Bpe, CAMEMBERT),
    file("CLIPTokenizer", Bpe, ["<|startoftext|>", "<|endoftext|>", "<|endoftext|>", "-", "<|endoftext|>", "-", "-"]),
    built(file("CamembertTokenizer", Unigram, CAMEMBERT), SentencePieces(PieceLayout::Camembert)),
    file("CodeLlamaTokenizer", Bpe, LLAMA),
    file(
        "CohereTokenizer",
        Bpe,
        ["<BOS_TOKEN>", "<|END_OF_TURN_TOKEN|>", "<UNK>", "<SEP>", "<PAD>", "<CLS>", "<MASK_TOKEN>"],
    ),
    with_types(file("DPRContextEncoderTokenizer", WordPiece, BERT)),
    with_types(file("DPRQuestionEncoderTokenizer", WordPiece, BERT)),
    with_types(file("DebertaTokenizer", Bpe, ["[CLS]", "[SEP]", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "^[MASK]"])),
    with_types(file("DebertaV2Tokenizer", Unigram, DEBERTA)),
    file("EsmcTokenizer", Bpe, ["-", "<eos>", "<unk>", "-", "<pad>", "<cls>", "<mask>"]),
    with_types(file("FNetTokenizer", Unigram, ALBERT)),
    file("FunnelTokenizer", WordPiece, ["<s>", "</s>", "<unk>", "<sep>", "<pad>", "<cls>", "<mask>"]),
    file("GPT2Tokenizer", Bpe, ["<|endoftext|>", "<|endoftext|>", "<|endoftext|>", "-", "-", "-", "-"]),
    file("GPTNeoXTokenizer", Bpe, ["<|endoftext|>", "<|endoftext|>", "<|endoftext|>", "-", "<|padding|>", "-", "-"]),
    file("GemmaTokenizer", Bpe, GEMMA),
    file("HerbertTokenizer", Bpe, ["-", "-", "<unk>", "</s>", "<pad>", "<s>", "<mask>"]),
    built(file("LEDTokenizer", Bpe, ROBERTA), BytePairs),
    file("LasrTokenizer", Unigram, T5),
    file("LlamaTokenizer", Bpe, LLAMA),
    file("LukeTokenizer", Bpe, ROBERTA),
    file("MBart50Tokenizer", Unigram, ["-", "</s>", "<unk>", "</s>", "<pad>", "<s>", "^<mask>"]),
    file("MBartTokenizer", Unigram, CAMEMBERT),
    built(
        file("MPNetTokenizer", WordPiece, ["<s>", "</s>", "[UNK]", "</s>", "<pad>", "<s>", "^<mask>"]),
        OlderForm::WordPiece,
    ),
    built(file("MvpTokenizer", Bpe, ROBERTA), BytePairs),
    file("NllbTokenizer", Bpe, CAMEMBERT),
    file("NougatTokenizer", Bpe, ["<s>", "</s>", "<unk>", "-", "<pad>", "-", "-"]),
    file("OpenAIGPTTokenizer", Bpe, ["-", "-", "<unk>", "-", "-", "-", "-"]),
    file("PegasusTokenizer", Unigram, ["-", "</s>", "<unk>", "-", "<pad>", "-", "<mask_2>"]),
    file("Qwen2Tokenizer", Bpe, QWEN),
    file("Qwen3_5Tokenizer", Bpe, QWEN),
    file("ReformerTokenizer", Bpe, ["-", "</s>", "<unk>", "-", "-", "-", "-"]),
    file("RemBertTokenizer", Unigram, ALBERT),
    built(file("RobertaTokenizer", Bpe, ROBERTA), BytePairs),
    file("SeamlessM4TTokenizer", Bpe, ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "-"]),
    file("Siglip2Tokenizer", Bpe, GEMMA),
    file("SplinterTokenizer", WordPiece, BERT),
    file("T5Tokenizer", Unigram, T5),
    file("VideoPrismTokenizer", Unigram, T5),
    file("WhisperTokenizer", Bpe, ["<|endoftext|>", "<|endoftext|>", "<|endoftext|>", "-", "-", "-", "-"]),
    file("XGLMTokenizer", Unigram, ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "-"]),
    built(file("XLMRobertaTokenizer", Unigram, ROBERTA), SentencePieces(PieceLayout::XlmRoberta)),
    file("XLNetTokenizer", Unigram, ["<s>", "</s>", "<unk>", "<sep>", "<pad>", "<cls>", "^<mask>"]),
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
