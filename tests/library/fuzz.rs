//! Whatever a file holds and a person presses: an answer or an error of one line, never a panic. Short by default;
//! `CLSCOPE_FUZZ=100` tries a hundred times as much, `CLSCOPE_RANDOM_SEED` other things (`docs/robustness.md`).

mod mutation;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::Instant,
};

use clscope::{
    app::{Session, key_contexts},
    bert::{Backend, Input},
    config,
    dataset::{ReadingOptions, read_labelled, read_pairs, read_vectors, texts},
    lesson::Lesson,
    models::ModelSource,
    session,
    terminal::InputParser,
};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use mutation::mutated;

use crate::{
    common::{open, repository},
    dice::Dice,
    explorer::{Explorer, keyboard},
    stand_in::StandIn,
};

/// How often a thing is tried, and the dice for it.
struct Trials {
    name: &'static str,
    rounds: usize,
    dice: Dice,
    started: Instant,
}

impl Trials {
    fn new(name: &'static str, rounds: usize, seed: u64) -> Self {
        let times = env::var("CLSCOPE_FUZZ").map_or(1, |times| times.parse().expect("CLSCOPE_FUZZ is a number"));
        Self { name, rounds: rounds * times, dice: Dice::asked_for(seed), started: Instant::now() }
    }

    /// Tries changes of files, each by itself; what is said of them is a line that a terminal can show.
    fn of_files(mut self, files: &[Vec<u8>], mut read: impl FnMut(&[u8], &mut Dice) -> Result<(), String>) {
        let mut refused = 0;
        for round in 0..self.rounds {
            let whole = &files[self.dice.below(files.len())];
            let bytes = mutated(whole, files, &mut self.dice);
            let found = catch_unwind(AssertUnwindSafe(|| read(&bytes, &mut self.dice)));
            let found = found.unwrap_or_else(|_| self.fail(round, &bytes, "it panics"));
            if let Err(line) = found {
                refused += 1;
                let is_line = !line.trim().is_empty() && line.len() < 4000 && !line.contains(char::is_control);
                assert!(is_line || self.fail(round, &bytes, &format!("it says {line:?}")), "unreachable");
            }
        }
        assert!(refused > 0, "{}: nothing was ever refused, so nothing was tried", self.name);
        self.finish();
    }

    fn fail<T>(&self, round: usize, bytes: &[u8], what: &str) -> T {
        let path = env::temp_dir().join(format!("clscope-fuzz-{}", self.name.replace(' ', "-")));
        fs::write(&path, bytes).unwrap();
        panic!("{}, round {round}: {what}; the file is kept as {}", self.name, path.display());
    }

    fn finish(self) {
        let each = self.started.elapsed() / self.rounds.max(1) as u32;
        eprintln!("{}: {} rounds, {each:.1?} each", self.name, self.rounds);
    }
}

/// All files below a folder of tests/reference that end so.
fn fixtures(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|_| panic!("{}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, endings, found);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    collect(&repository().join(folder), endings, &mut paths);
    paths.sort();
    let files: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!files.is_empty(), "no {endings:?} in {folder}");
    files
}

/// A checkpoint in which one file after the other is changed.
fn checkpoints(name: &'static str, form: &str, files: &[&str], rounds: usize, seed: u64) {
    let form = repository().join("tests/reference").join(form);
    let room = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(&form).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, room.path().join(path.file_name().unwrap())).unwrap();
    }
    for (at, file) in files.iter().enumerate() {
        let whole = fs::read(form.join(file)).unwrap();
        Trials::new(name, rounds, seed + at as u64).of_files(std::slice::from_ref(&whole), |bytes, _| {
            fs::write(room.path().join(file), bytes).unwrap();
            let source = ModelSource::Directory(room.path().to_owned());
            let bert = open(&source, Backend::Flex).map_err(|error| error.to_string())?;
            bert.trace(&Input::joined("The cat sat.", "Where?")).map(drop).map_err(|error| error.to_string())
        });
        fs::write(room.path().join(file), whole).unwrap();
    }
}

#[test]
fn checkpoints_of_transformers() {
    checkpoints("safetensors and config", "forms/safetensors-f32", &["model.safetensors", "config.json"], 60, 1);
    checkpoints("pickle", "forms/bin", &["pytorch_model.bin"], 60, 3);
    checkpoints("tokenizer.json", "forms/tok-json", &["tokenizer.json"], 60, 4);
    checkpoints("vocab.txt", "forms/tok-vocab-uncased", &["vocab.txt"], 40, 5);
    checkpoints("shards", "forms/safetensors-sharded", &["model.safetensors.index.json"], 40, 6);
}

#[test]
fn checkpoints_of_google() {
    let files = ["bert_model.ckpt.index", "bert_model.ckpt.data-00000-of-00001", "bert_config.json"];
    checkpoints("TensorFlow", "tensorflow/bert", &files, 40, 7);
}

#[test]
fn chains_of_modules() {
    let files = ["modules.json", "1_Pooling/config.json", "config_sentence_transformers.json"];
    let of = |name: &str| fixtures("tests/reference/sentence_transformers", &[name]);
    let (list, pooling, prompts) = (of(files[0]), of(files[1]), of(files[2]));
    let room = tempfile::tempdir().unwrap();
    let tiny = repository().join("tests/reference/checkpoints/tiny-pooler");
    for entry in fs::read_dir(&tiny).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, room.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::create_dir(room.path().join("1_Pooling")).unwrap();
    Trials::new("modules", 60, 8).of_files(&list, |bytes, dice| {
        fs::write(room.path().join(files[0]), bytes).unwrap();
        let other = mutated(&pooling[dice.below(pooling.len())], &pooling, dice);
        fs::write(room.path().join(files[1]), other).unwrap();
        let other = mutated(&prompts[dice.below(prompts.len())], &prompts, dice);
        fs::write(room.path().join(files[2]), other).unwrap();
        let source = ModelSource::Directory(room.path().to_owned());
        let bert = open(&source, Backend::Flex).map_err(|error| error.to_string())?;
        bert.info().declared.as_ref().map(drop).map_err(ToString::to_string)
    });
}

#[test]
fn tables_and_lists() {
    let mut files = fixtures("tests/reference/evaluate", &[".tsv", ".csv", ".txt", ".jsonl", ".json"]);
    files.extend(fixtures("tests/reference/vectors", &[".txt", ".jsonl"]));
    files.push(b"score\tfirst\tsecond\n0.5\ta cat\ta dog\n0.1\t\"x\ty\"\tz\n".to_vec());
    files.push("label,text\nyes,\"好, 的\"\nno,b\n".as_bytes().to_vec());
    files.push(b"{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\"}\n".to_vec());
    let parquet = fixtures("tests/reference/dataset", &[".parquet"]);
    let room = tempfile::tempdir().unwrap();
    let read = |bytes: &[u8], dice: &mut Dice, endings: &[&str]| {
        let path = room.path().join(format!("file{}", dice.pick(endings)));
        fs::write(&path, bytes).unwrap();
        let options = ReadingOptions { strict: dice.below(2) == 0, ..ReadingOptions::default() };
        let said = |error: &dyn std::fmt::Display| error.to_string();
        match dice.below(4) {
            0 => read_pairs(&path, &options).map(drop).map_err(|error| said(&error)),
            1 => read_labelled(&path, &options).map(drop).map_err(|error| said(&error)),
            2 => read_vectors(&path, None, None).map(drop).map_err(|error| said(&error)),
            _ => {
                let mut all = texts(&path, &options).map_err(|error| said(&error))?;
                all.try_for_each(|text| text.map(drop)).map_err(|error| said(&error))
            }
        }
    };
    let endings = ["", ".txt", ".csv", ".tsv", ".jsonl", ".json", ".gz"];
    Trials::new("tables", 1500, 9).of_files(&files, |bytes, dice| read(bytes, dice, &endings));
    Trials::new("parquet", 200, 10).of_files(&parquet, |bytes, dice| read(bytes, dice, &[".parquet"]));
    let vectors = fixtures("tests/reference/vectors", &[".npy", ".npz"]);
    Trials::new("vectors", 300, 11).of_files(&vectors, |bytes, dice| {
        let path = room.path().join(dice.pick(&["v.npz", "v.npy"]));
        fs::write(&path, bytes).unwrap();
        read_vectors(&path, None, None).map(drop).map_err(|error| error.to_string())
    });
}

#[test]
fn sessions_lessons_and_settings() {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let sessions = fixtures("tests/reference/sessions", &[".toml"]);
    Trials::new("sessions", 1500, 12).of_files(&sessions, |bytes, _| {
        let session: Session = session::parse("file", &text(bytes)).map_err(|error| error.to_string())?;
        // What can be read can be kept, and comes back.
        let again = session::parse("file", &session::text(&session).unwrap()).map_err(|error| error.to_string())?;
        assert_eq!(again, session);
        Ok(())
    });
    let lessons = fixtures("config/lessons", &[".toml"]);
    Trials::new("lessons", 600, 13).of_files(&lessons, |bytes, _| {
        Lesson::read("lesson", "file", &text(bytes)).map(drop).map_err(|error| error.to_string())
    });
    let contexts = key_contexts();
    let mut settings = fixtures("config", &["clscope.toml", "keymap.toml"]);
    settings.push(config::template(&contexts).into_bytes());
    Trials::new("settings and keymap", 600, 14).of_files(&settings, |bytes, _| {
        config::parse("file", &text(bytes), &contexts).map(drop).map_err(|error| error.to_string())
    });
}

#[test]
fn bytes_of_a_terminal() {
    let units =
        "q\t\r你🙂\x1b[A\x1b[1;5C\x1b[3~\x1bOP\x1b[[A\x1bx\x1b[<0;10;10M\x1b[M!!!\x1b[200~text\x1b[201~\x1b[I\x1b[?1u";
    let mut trials = Trials::new("bytes of a terminal", 5000, 15);
    let quit = Event::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE));
    for round in 0..trials.rounds {
        let bytes = mutated(units.as_bytes(), &[], &mut trials.dice);
        let mut parser = InputParser::default();
        let heard = catch_unwind(AssertUnwindSafe(|| {
            bytes.chunks(1 + trials.dice.below(8)).for_each(|part| drop(parser.advance(part)));
            parser.end();
            // Whatever came: after a while a key is a key.
            parser.advance(b"q")
        }));
        let heard = heard.unwrap_or_else(|_| trials.fail(round, &bytes, "it panics"));
        assert!(heard == [quit.clone()] || trials.fail(round, &bytes, "it swallows a key"), "unreachable");
        assert_eq!(parser.patience(), None);
    }
    trials.finish();
}

#[test]
fn keys_and_sizes_over_every_view() {
    let mut trials = Trials::new("keys and sizes", 60, 16);
    let keys: Vec<KeyEvent> = keyboard().collect();
    let model = StandIn { layers: 3, heads: 2, hidden_size: 8, longest: 24, has_pooler: true, ..StandIn::USUAL };
    let inputs = ["", "a", "The unhappy 猫 never naps 🙂.", "e\u{301}\u{202e}\u{200b} \u{1b}[31m", "[MASK] [SEP] x"];
    for round in 0..trials.rounds {
        let dice = &mut trials.dice;
        let pair = Some(dice.pick(&inputs)).filter(|text| !text.is_empty());
        let mut explorer = Explorer::with(model, dice.pick(&inputs), pair);
        let mut pressed = Vec::new();
        for _ in 0..50 {
            // From one view to the next now and then, so that each of them is come to.
            let key = match dice.below(6) {
                0 => KeyEvent::new(KeyCode::F(1 + dice.below(12) as u8), KeyModifiers::NONE),
                _ => dice.pick(&keys),
            };
            pressed.push(key);
            let size = (1 + dice.below(220) as u16, 1 + dice.below(70) as u16);
            let step = catch_unwind(AssertUnwindSafe(|| {
                let (_, job) = explorer.send(key);
                explorer.answer(job);
                explorer.frame(size);
            }));
            assert!(
                step.is_ok(),
                "round {round}, at {size:?}: {:?}",
                pressed.iter().map(|key| key.code).collect::<Vec<_>>()
            );
        }
    }
    trials.finish();
}
