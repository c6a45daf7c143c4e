//! The command line at the stand-in: what it prints, what it says on the way, and what is left when it is killed.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    bench::{Bench, Files, ID, LARGER, TINY, WEIGHTS, always, everything_in, files, local, publish},
    program::{self, Ended, one_line},
    pty::wait_until,
    server::{Fault, Kind},
};

/// Every variable that decides how the Hub is reached.
pub const VARIABLES: [&str; 20] = [
    "HF_TOKEN",
    "HF_TOKEN_PATH",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "HF_HUB_OFFLINE",
    "TRANSFORMERS_OFFLINE",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
];

/// A user with an empty home, whose Hub and cache are a bench's.
struct User<'b> {
    bench: &'b Bench,
    home: TempDir,
}

impl<'b> User<'b> {
    fn of(bench: &'b Bench) -> Self {
        User { bench, home: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program::clscope(arguments);
        for variable in VARIABLES {
            command.env_remove(variable);
        }
        command.env("HF_HOME", self.bench.hf_home()).env("HF_ENDPOINT", self.bench.server.endpoint());
        command.env("HOME", self.home.path()).env("XDG_STATE_HOME", self.home.path()).current_dir(self.home.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        program::run(&mut self.command(arguments))
    }

    /// What a run prints that succeeds without a word.
    fn output(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        String::from_utf8(ended.stdout).unwrap()
    }

    /// Why a run fails: one line, and before it at most how far it had come.
    #[track_caller]
    fn refusal(&self, arguments: &[&str]) -> String {
        let Ended { status, stdout, stderr } = self.run(arguments);
        assert_eq!((status, stdout.len()), (Some(1), 0), "{stderr}");
        assert!(!stderr.contains(|c: char| c.is_control() && c != '\n'), "{stderr:?}");
        let lines: Vec<&str> = stderr.lines().collect();
        let [progress @ .., last] = &lines[..] else { panic!("nothing was said") };
        for line in progress {
            assert!(line.split_once(": ").is_some_and(|(_, words)| !words.is_empty()), "{line:?} says nothing");
        }
        last.strip_prefix("clscope: ").expect(last).to_owned()
    }

    fn snapshot_line(&self) -> String {
        format!("{}\n", self.bench.folder().join("snapshots").join(&self.bench.sha).display())
    }
}

#[test]
fn fetch_prints_where_the_model_is_and_says_meanwhile_how_far_it_is() {
    let bench = Bench::failing([Fault::once(WEIGHTS, Kind::Slow { bytes: 4_000, every: Duration::from_millis(60) })]);
    let user = User::of(&bench);
    let ended = user.run(&["models", "fetch", ID]);
    assert_eq!((ended.status, String::from_utf8(ended.stdout).unwrap()), (Some(0), user.snapshot_line()));
    // Not on a terminal: a line now and then, nothing written over.
    assert!(!ended.stderr.contains(|c: char| c.is_control() && c != '\n'), "{:?}", ended.stderr);
    let lines: Vec<&str> = ended.stderr.lines().collect();
    let [progress @ .., last] = &lines[..] else { panic!("nothing was said") };
    assert!(!progress.is_empty() && progress.iter().all(|line| line.starts_with("ada/tiny: ")), "{lines:?}");
    assert!(progress.iter().any(|line| line.contains(" of 40 kB · ") && line.contains('%')), "{lines:?}");
    assert_eq!(*last, "ada/tiny is in the cache");
    bench.assert_whole(&bench.folder().join("snapshots").join(&bench.sha));

    // Again: nothing to download.
    bench.server.forget_requests();
    let ended = user.run(&["models", "fetch", ID]);
    assert_eq!(String::from_utf8(ended.stdout).unwrap(), user.snapshot_line());
    assert_eq!(bench.downloads_of(WEIGHTS), [0; 0]);
}

#[test]
fn a_model_of_the_hub_is_one_like_any_other() {
    let bench = Bench::new(TINY);
    publish(&bench.server, ID, "refs/pr/1", &files(LARGER));
    let user = User::of(&bench);
    let trace = |arguments: &[&str]| -> Value {
        let ended = user.run(&[&["trace", "the cat sat"], arguments].concat());
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        serde_json::from_slice(&ended.stdout).unwrap()
    };
    let attentions = |trace: &Value| trace["attentions"].clone();
    let of_directory = |form: &str| attentions(&trace(&["--model", local(form).to_str().unwrap()]));
    assert_eq!(attentions(&trace(&["--model", ID])), of_directory(TINY));
    assert_eq!(attentions(&trace(&["--model", ID, "--revision", "refs/pr/1"])), of_directory(LARGER));
    assert_eq!(attentions(&trace(&["--model", "ada/tiny@refs/pr/1"])), of_directory(LARGER));
    assert_eq!(trace(&["--model", ID])["model"]["id"], ID);
    let twice = user.refusal(&["trace", "x", "--model", "ada/tiny@v1", "--revision", "v2"]);
    assert!(twice.contains("give one of them"), "{twice}");
}

/// Starts a download and kills it as soon as so many bytes of the weights are there; how many there are then.
fn killed_beyond(user: &User, bytes: u64) -> u64 {
    let part = user.bench.part();
    let mut child: Child =
        user.command(&["models", "fetch", ID]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let length = || fs::metadata(&part).map_or(0, |meta| meta.len());
    wait_until("the download to begin", || (length() <= bytes).then(|| format!("{} bytes are here", length())));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(part.exists(), "it was done before it was killed");
    length()
}

#[test]
fn a_download_that_is_killed_is_gone_on_with() {
    let bench = Bench::new(LARGER);
    let slow = Kind::Slow { bytes: 2_000, every: Duration::from_millis(50) };
    bench.server.fail(Fault { times: 2, ..Fault::once(WEIGHTS, slow) });
    let user = User::of(&bench);
    let mut here = 0;
    for _ in 0..2 {
        bench.server.forget_requests();
        let before = here;
        here = killed_beyond(&user, here + 4_000);
        assert_eq!(bench.downloads_of(WEIGHTS), [before as usize]);
        assert!(here < bench.files[WEIGHTS].len() as u64);
        for list in ["table", "tsv", "json"] {
            assert!(!user.output(&["models", "--format", list]).contains(ID), "{list}");
        }
        let refusal = user.refusal(&["trace", "x", "--offline", "--model", ID]);
        assert!(refusal.contains(ID) && refusal.contains("clscope models fetch"), "{refusal}");
        let refusal = user.refusal(&["models", "show", ID]);
        assert!(refusal.contains("not in the cache"), "{refusal}");
    }
    bench.server.forget_requests();
    let ended = user.run(&["models", "fetch", ID]);
    assert_eq!((ended.status, String::from_utf8(ended.stdout).unwrap()), (Some(0), user.snapshot_line()));
    assert_eq!(bench.downloads_of(WEIGHTS), [here as usize]);
    bench.assert_whole(&bench.folder().join("snapshots").join(&bench.sha));
    user.output(&["trace", "x", "--offline", "--model", ID]);
    assert!(user.output(&["models"]).contains(ID));
}

#[test]
fn offline_asks_nobody() {
    let bench = Bench::new(TINY);
    let user = User::of(&bench);
    let refusal = user.refusal(&["trace", "x", "--model", ID, "--offline"]);
    assert!(refusal.contains("not in the cache") && refusal.contains("offline"), "{refusal}");
    for variable in ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"] {
        for arguments in [&["trace", "x", "--model", ID][..], &["models", "fetch", ID]] {
            let refusal = one_line(&program::run(user.command(arguments).env(variable, "1")), 1);
            assert!(refusal.contains("not in the cache") && refusal.contains("offline"), "{refusal}");
        }
    }
    user.output(&["models", "--offline"]);
    assert!(bench.server.requests().is_empty(), "{:?}", bench.server.requests());
    assert!(everything_in(bench.room()).is_empty());
}

#[test]
fn the_list_has_what_can_be_opened_and_what_is_recommended() {
    let bench = Bench::new(TINY);
    publish(&bench.server, "ada/larger", "main", &files(LARGER));
    publish(&bench.server, "google/bert_uncased_L-2_H-128_A-2", "main", &files(LARGER));
    let user = User::of(&bench);
    let table = |user: &User| -> Vec<Vec<String>> {
        let text = user.output(&["models"]);
        text.lines()
            .skip(1)
            .map(|line| line.split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect())
            .collect()
    };
    let before = table(&user);
    assert_eq!(before[0][..5], ["embedded", "embedded", "BERT", "6×12", "45 MB"]);
    assert!(before[1..].iter().all(|row| row[1] == "download"), "{before:?}");
    let recommended = before.len() - 1;

    for name in [ID, "ada/larger", "google/bert_uncased_L-2_H-128_A-2"] {
        assert_eq!(user.run(&["models", "fetch", name]).status, Some(0));
    }
    bench.server.forget_requests();
    let rows = table(&user);
    assert_eq!(rows[0][..5], ["embedded", "embedded", "BERT", "6×12", "45 MB"]);
    assert_eq!(rows[1][..5], ["ada/larger", "cached", "BERT", "3×4", "119 kB"]);
    assert_eq!(rows[2][..5], [ID, "cached", "BERT", "2×2", "35 kB"]);
    // A recommended one that is here stands there once, as it is and with what it reads.
    assert_eq!(rows[3][..6], ["google/bert_uncased_L-2_H-128_A-2", "cached", "BERT", "3×4", "119 kB", "English"]);
    assert_eq!(rows[4..].len(), recommended - 1);
    assert!(rows[4..].iter().all(|row| row[1] == "download"), "{rows:?}");

    let tsv = user.output(&["models", "--format", "tsv"]);
    let lines: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(
        lines[0],
        ["name", "place", "family", "pooling", "layers", "heads", "hidden_size", "bytes", "languages", "note"]
    );
    assert!(lines.iter().all(|line| line.len() == 10), "{tsv}");
    assert_eq!(lines[2], ["ada/larger", "cached", "BERT", "", "3", "4", "32", "118936", "", ""]);

    let json: Vec<Value> = serde_json::from_str(&user.output(&["models", "--format", "json"])).unwrap();
    let of_json: Vec<&str> = json.iter().map(|model| model["name"].as_str().unwrap()).collect();
    assert_eq!(of_json, lines[1..].iter().map(|line| line[0]).collect::<Vec<_>>());
    assert_eq!(of_json, rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>());
    assert_eq!(json[1]["bytes"], 118_936);
    assert!(bench.server.requests().is_empty(), "a list needs no network");
}

#[test]
fn a_model_is_shown_wherever_it_is() {
    let bench = Bench::new(TINY);
    let user = User::of(&bench);
    let missing = user.refusal(&["models", "show", ID]);
    assert!(missing.contains("not in the cache") && missing.contains("clscope models fetch ada/tiny"), "{missing}");
    assert!(bench.server.requests().is_empty(), "showing downloads nothing");
    user.run(&["models", "fetch", ID]);
    bench.server.forget_requests();

    let directory = local(TINY);
    let directory = directory.to_str().unwrap();
    for (name, layers) in [(ID, 2), (directory, 2), ("embedded", 6)] {
        let table = user.output(&["models", "show", name]);
        assert!(table.starts_with(name), "{table}");
        assert!(table.contains("num_hidden_layers") && table.contains("embeddings.word_embeddings.weight"), "{table}");
        let json: Value = serde_json::from_str(&user.output(&["models", "show", name, "--format", "json"])).unwrap();
        assert_eq!((&json["name"], &json["config"]["num_hidden_layers"]), (&name.into(), &layers.into()));
        let tensors = json["tensors"].as_array().unwrap().len();
        let tsv = user.output(&["models", "show", name, "--format", "tsv"]);
        assert_eq!(tsv.lines().filter(|line| !line.starts_with("missing")).count(), tensors + 1, "{tsv}");
    }
    let behind_its_name = |text: String| text.lines().skip(1).collect::<Vec<_>>().join("\n");
    let of_cache = behind_its_name(user.output(&["models", "show", ID]));
    assert_eq!(of_cache, behind_its_name(user.output(&["models", "show", directory])));
    assert!(bench.server.requests().is_empty());
}

#[test]
fn only_models_of_the_hub_can_be_fetched() {
    let bench = Bench::new(TINY);
    let user = User::of(&bench);
    for here in ["embedded", local(TINY).to_str().unwrap()] {
        let refusal = user.refusal(&["models", "fetch", here]);
        assert!(refusal.contains("is here already"), "{refusal}");
    }
    let refusal = user.refusal(&["models", "fetch", "a/b/c"]);
    assert!(refusal.contains("a/b/c") && refusal.contains("no name of the Hub"), "{refusal}");
    let refusal = user.refusal(&["models", "fetch", "ada/unknown"]);
    assert!(refusal.contains("ada/unknown") && refusal.contains("no such model"), "{refusal}");
}

#[test]
fn nothing_that_a_hub_says_is_obeyed_by_the_terminal() {
    const HOSTILE: &str = "\u{1b}[31mred\u{7}\u{9b}2J\u{202e}";
    // A header with an escape in it is none; this much gets through.
    const IN_A_HEADER: &str = "\u{9b}2J\u{202e}";
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let refused = |bench: &Bench| {
        let line = User::of(bench).refusal(&["models", "fetch", ID]);
        assert!(!line.contains(['\u{202e}', '\u{9b}']), "{line:?}");
        bench.assert_only_the_cache_is_written();
    };

    let sha = format!(r#"{{"sha":{},"siblings":[]}}"#, json(HOSTILE));
    let mut faults = vec![("/revision/main", Kind::Body(sha.into()))];
    for text in [HOSTILE, IN_A_HEADER] {
        faults.push(("config.json", Kind::Header("ETag", format!("\"{text}\""))));
        faults.push(("config.json", Kind::Header("X-Repo-Commit", text.to_owned())));
        faults.push((WEIGHTS, Kind::Header("Location", text.to_owned())));
    }
    for (path, kind) in faults {
        refused(&Bench::failing([always(path, kind)]));
    }

    let mut no_bert = files(TINY);
    let config = String::from_utf8(no_bert["config.json"].clone()).unwrap();
    no_bert.insert("config.json".to_owned(), config.replace("\"bert\"", &json(HOSTILE)).into());
    refused(&Bench::with(no_bert));

    let mut shards = files("forms/safetensors-sharded");
    let index = format!(r#"{{"weight_map":{{{0}:{0}}}}}"#, json(HOSTILE));
    shards.insert("model.safetensors.index.json".to_owned(), index.into());
    shards.insert(HOSTILE.to_owned(), Vec::new());
    refused(&Bench::with(shards));
}

#[test]
fn the_modules_of_a_model_come_with_it_wherever_its_encoder_is() {
    let bench = Bench::new(TINY);
    let mut all: Files =
        files(TINY).into_iter().map(|(name, bytes)| (format!("0_Transformer/{name}"), bytes)).collect();
    let kind = |class: &str| format!("sentence_transformers.models.{class}");
    let list = serde_json::json!([
        {"path": "0_Transformer", "type": kind("Transformer")},
        {"path": "1_Pooling", "type": kind("Pooling")},
        {"path": "2_Normalize", "type": kind("Normalize")},
    ]);
    all.insert("modules.json".to_owned(), list.to_string().into_bytes());
    all.insert("1_Pooling/config.json".to_owned(), br#"{"word_embedding_dimension": 16}"#.to_vec());
    all.insert("onnx/model.onnx".to_owned(), b"not wanted".to_vec());
    publish(&bench.server, "ada/modules", "main", &all);
    let user = User::of(&bench);
    let ended = user.run(&["models", "fetch", "ada/modules"]);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let folder = String::from_utf8(ended.stdout).unwrap();
    let mut wanted: Vec<String> = all.keys().filter(|name| !name.starts_with("onnx")).cloned().collect();
    wanted.sort();
    let found: Vec<String> = everything_in(Path::new(folder.trim())).into_iter().collect();
    assert_eq!(found, wanted);
    let ended = user.run(&["trace", "hi", "--model", "ada/modules", "--offline"]);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
}
