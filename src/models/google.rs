//! Checkpoints as Google gave its BERTs away: TensorFlow's files with `bert_config.json` and `vocab.txt`, in a directory or in
//! the zip that they came in.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};
use zip::ZipArchive;

use super::{
    ModelError, contents, layout,
    small_file::{LARGEST_SMALL_FILE, is_pointer, read},
};
use crate::{
    bert::{Checkpoint, NotDeclared, OlderVocabulary, TensorFlowFiles, TokenizerFiles, Weights, vocabulary_file},
    messages::message,
};

/// Whatever the family: pieces in a `vocab.txt` are BERT's, and so are the special tokens.
const SETTINGS: &[u8] = br#"{"tokenizer_class":"BertTokenizer","unk_token":"[UNK]","pad_token":"[PAD]"}"#;

/// Which of some files make a checkpoint.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GoogleFiles {
    index: String,
    /// In their order.
    data: Vec<String>,
    config: String,
    vocabulary: String,
    /// `tokenizer_config.json`, which others have added.
    settings: Option<String>,
}

impl GoogleFiles {
    /// Among the files of a directory or a zip; of several steps of training the last. None where something is missing.
    pub(super) fn among(names: &BTreeSet<String>) -> Option<Self> {
        // ELECTRA's have no `.ckpt` in their names: electra_small.index.
        let has_data = |stem: &str| names.iter().any(|name| is_data(name, stem));
        let is_index =
            |name: &&String| name.strip_suffix(".index").is_some_and(|stem| stem.contains(".ckpt") || has_data(stem));
        let indices = names.iter().filter(is_index);
        let index = indices.max_by_key(|name| (step(name), std::cmp::Reverse(name.as_str())))?.clone();
        let stem = index.strip_suffix(".index")?;
        let data: Vec<String> = names.iter().filter(|name| is_data(name, stem)).cloned().collect();
        let folder = index.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = |wanted: &dyn Fn(&str) -> bool| {
            let in_folder = |folder: &str| {
                let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let mut inside = names.iter().filter(|name| name.strip_prefix(&prefix).is_some_and(wanted));
                inside.next().cloned()
            };
            in_folder(folder).or_else(|| in_folder(""))
        };
        let is_older = |name: &str| name.ends_with("bert_config.json") && !name.contains('/');
        let is_vocabulary = |name: &str| name.starts_with("vocab") && name.ends_with(".txt") && !name.contains('/');
        Some(Self {
            config: beside(&is_older).or_else(|| beside(&|name| name == layout::CONFIG))?,
            vocabulary: beside(&|name| name == vocabulary_file::WORD_PIECES).or_else(|| beside(&is_vocabulary))?,
            settings: beside(&|name| name == layout::TOKENIZER_CONFIG),
            data: Some(data).filter(|data| !data.is_empty())?,
            index,
        })
    }
}

impl GoogleFiles {
    /// Those that are read before the weights: they say whether the model is one that is read.
    pub(super) fn small(&self) -> impl Iterator<Item = &str> {
        [&self.config, &self.vocabulary].into_iter().chain(&self.settings).map(String::as_str)
    }

    /// Those of the weights.
    pub(super) fn weights(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.index).chain(&self.data).map(String::as_str)
    }

    /// Whether all files of data are there that the name of the first promises.
    pub(super) fn is_whole(&self) -> bool {
        let promised = self.data.first().and_then(|name| name.rsplit_once("-of-")?.1.parse().ok());
        promised == Some(self.data.len())
    }
}

/// Whether a directory holds a checkpoint of this kind with all its files.
pub(super) fn is_whole(directory: &Path) -> bool {
    GoogleFiles::among(&contents::names(directory)).is_some_and(|files| files.is_whole())
}

/// Reads the configuration of a checkpoint of this kind.
pub(super) fn config(directory: &Path, files: &GoogleFiles) -> Result<Vec<u8>, ModelError> {
    FilesPlace::Directory(directory).read(&files.config).map(|config| with_family(config, &files.config))
}

/// Reads the tokenizer of a checkpoint of this kind.
pub(super) fn tokenizer(directory: &Path, files: &GoogleFiles) -> Result<TokenizerFiles, ModelError> {
    FilesPlace::Directory(directory).tokenizer(files)
}

/// `bert_model.ckpt.data-00000-of-00001` of `bert_model.ckpt`.
fn is_data(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(".data-"))
}

/// `model.ckpt-900.index` is of step 900.
fn step(index: &str) -> u64 {
    let number = index.strip_suffix(".index").and_then(|stem| stem.rsplit_once(".ckpt-"));
    number.and_then(|(_, number)| number.parse().ok()).unwrap_or(0)
}

/// Whether a path is a zip that may hold a checkpoint.
pub(super) fn is_zip(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Where files are read from.
enum FilesPlace<'p> {
    Directory(&'p Path),
    Zip(&'p Path),
}

impl FilesPlace<'_> {
    fn names(&self) -> Result<BTreeSet<String>, ModelError> {
        Ok(match self {
            FilesPlace::Directory(directory) => contents::names(directory),
            FilesPlace::Zip(path) => archive(path)?.file_names().flatten().map(|name| name.into_owned()).collect(),
        })
    }

    /// As [`TensorFlowFiles`] has it.
    fn path(&self, name: &str) -> PathBuf {
        match self {
            FilesPlace::Directory(directory) => directory.join(name),
            FilesPlace::Zip(_) => name.into(),
        }
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, ModelError> {
        match self {
            FilesPlace::Directory(directory) => Ok(read(&directory.join(name))?.unwrap_or_default()),
            FilesPlace::Zip(path) => {
                let wrong = |reason: String| ModelError::File { path: path.to_path_buf(), reason };
                let mut archive = archive(path)?;
                let member = archive.by_name(name).map_err(|error| wrong(format!("{name}: {error}")))?;
                if member.size() > LARGEST_SMALL_FILE {
                    return Err(wrong(message!("models-file-too-large", bytes = member.size())));
                }
                let mut bytes = Vec::new();
                let read = member.take(LARGEST_SMALL_FILE).read_to_end(&mut bytes);
                read.map_err(|error| wrong(format!("{name}: {error}")))?;
                Ok(bytes)
            }
        }
    }

    fn tokenizer(&self, files: &GoogleFiles) -> Result<TokenizerFiles, ModelError> {
        let vocabulary = self.read(&files.vocabulary)?;
        let settings = files.settings.as_deref().map(|name| self.read(name)).transpose()?;
        Ok(TokenizerFiles {
            lower_case: settings.is_none().then(|| !has_capitals(&vocabulary)),
            older: OlderVocabulary { files: vec![(vocabulary_file::WORD_PIECES, vocabulary)] },
            config: Some(settings.map_or(Cow::Borrowed(SETTINGS), Cow::Owned)),
            ..TokenizerFiles::default()
        })
    }
}

fn archive(path: &Path) -> Result<ZipArchive<File>, ModelError> {
    let wrong = |reason: String| ModelError::File { path: path.to_owned(), reason };
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    ZipArchive::new(file).map_err(|error| wrong(error.to_string()))
}

/// The checkpoint in a directory, where there is one of this kind.
pub(super) fn in_directory(directory: &Path) -> Option<Result<Checkpoint, ModelError>> {
    let place = FilesPlace::Directory(directory);
    let files = GoogleFiles::among(&place.names().ok()?)?;
    Some(checkpoint(&place, &files))
}

/// The checkpoint in a zip.
pub(super) fn in_zip(path: &Path) -> Result<Checkpoint, ModelError> {
    let place = FilesPlace::Zip(path);
    let files = GoogleFiles::among(&place.names()?);
    let missing = || ModelError::File { path: path.to_owned(), reason: message!("models-zip-contents") };
    checkpoint(&place, &files.ok_or_else(missing)?)
}

fn checkpoint(place: &FilesPlace, files: &GoogleFiles) -> Result<Checkpoint, ModelError> {
    let weights = files.data.iter().chain([&files.index]).map(|name| place.path(name));
    if let Some(path) = weights.into_iter().find(|path| is_pointer(path)) {
        return Err(ModelError::File { path, reason: message!("models-lfs") });
    }
    let config = place.read(&files.config)?;
    Ok(Checkpoint {
        config: with_family(config, &files.config).into(),
        weights: Weights::TensorFlow(TensorFlowFiles {
            zip: match place {
                FilesPlace::Directory(_) => None,
                FilesPlace::Zip(path) => Some(path.to_path_buf()),
            },
            index: place.path(&files.index),
            data: files.data.iter().map(|name| place.path(name)).collect(),
        }),
        tokenizer: place.tokenizer(files)?,
        modules: Err(NotDeclared::NoModules),
    })
}

/// Google's configurations name no family; the file's name does.
fn with_family(config: Vec<u8>, name: &str) -> Vec<u8> {
    let is_albert = name.rsplit('/').next().is_some_and(|name| name.starts_with("albert"));
    let settings = is_albert.then(|| serde_json::from_slice::<Map<String, Value>>(&config).ok()).flatten();
    let Some(mut settings) = settings else { return config };
    settings.entry("model_type").or_insert_with(|| "albert".into());
    serde_json::to_vec(&settings).unwrap_or(config)
}

/// Whether some piece has a capital letter. Special tokens (`[CLS]`) do not count.
fn has_capitals(vocabulary: &[u8]) -> bool {
    let text = String::from_utf8_lossy(vocabulary);
    let mut pieces = text.lines().map(str::trim).filter(|piece| !(piece.starts_with('[') && piece.ends_with(']')));
    pieces.any(|piece| piece.chars().any(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(names: &[&str]) -> Option<GoogleFiles> {
        GoogleFiles::among(&names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn a_checkpoint_is_found_beside_its_config_and_vocabulary() {
        let all = [
            "L-12/bert_config.json",
            "L-12/bert_model.ckpt.data-00000-of-00001",
            "L-12/bert_model.ckpt.index",
            "L-12/bert_model.ckpt.meta",
            "L-12/vocab.txt",
        ];
        let files = among(&all).unwrap();
        assert_eq!((files.index.as_str(), files.data.len()), (all[2], 1));
        assert_eq!((files.config.as_str(), files.vocabulary.as_str()), (all[0], all[4]));
        for missing in [0, 1, 2, 4] {
            let rest: Vec<&str> = all.iter().copied().filter(|name| *name != all[missing]).collect();
            assert_eq!(among(&rest), None, "without {}", all[missing]);
        }
        let electra = ["config.json", "electra_small.data-00000-of-00001", "electra_small.index", "vocab.txt"];
        assert_eq!(among(&electra).unwrap().index, electra[2]);
        assert_eq!(among(&["bert_config.json", "faiss.index", "vocab.txt"]), None);
        // The last step, with what lies above its folder.
        let trained = among(&[
            "albert_config.json",
            "out/model.ckpt-900.data-00000-of-00002",
            "out/model.ckpt-900.data-00001-of-00002",
            "out/model.ckpt-900.index",
            "out/model.ckpt-90.data-00000-of-00001",
            "out/model.ckpt-90.index",
            "vocab_chinese.txt",
        ])
        .unwrap();
        assert_eq!((trained.index.as_str(), trained.data.len()), ("out/model.ckpt-900.index", 2));
        assert_eq!((trained.config.as_str(), trained.vocabulary.as_str()), ("albert_config.json", "vocab_chinese.txt"));
    }

    #[test]
    fn the_vocabulary_tells_of_case() {
        assert!(!has_capitals("[PAD]\n[UNK]\nthe\n##s\n猫\n".as_bytes()));
        assert!(has_capitals("[PAD]\n[UNK]\nthe\nÉtat\n".as_bytes()));
        assert!(has_capitals("[PAD]\r\nthe\r\n##A\r\n".as_bytes()));
    }

    #[test]
    fn albert_is_known_by_the_name_of_its_configuration() {
        let of = |name| String::from_utf8(with_family(b"{}".to_vec(), name)).unwrap();
        assert_eq!([of("albert_config.json"), of("x/bert_config.json")], [r#"{"model_type":"albert"}"#, "{}"]);
    }
}
