//! The command line as scripts and people use it: the real program is run, its streams and its status are read.

mod attention;
mod check;
mod damaged;
mod expected;
mod explain;
mod families;
mod finite;
mod language;
mod lesson;
mod measures;
mod mixing;
mod picture;
mod plain;
mod predict;
mod probe;
mod screenshots;
mod similarity;
mod streams;
mod tables;
mod trace;
mod unknown;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::Stdio,
};

use clscope::printable::printable;
use damaged::copy;
use ndarray::{ArrayD, IxDyn, OwnedRepr};
use ndarray_npy::NpzReader;
use picture::{Picture, color};
use serde_json::{Value, json};
use streams::{is_printable, piped};
use tempfile::TempDir;
use trace::{array, arrays};

use crate::program::{self, Ended, NO_POOLER, TINY, clscope, json, misuse, one_line, output, refusal, run, text, with};

const COMMANDS: [&str; 16] = [
    "open",
    "sessions",
    "trace",
    "attention",
    "similarity",
    "mixing",
    "evaluate",
    "embed",
    "predict",
    "probe",
    "lesson",
    "screenshot",
    "models",
    "config",
    "completions",
    "man",
];

/// Everything in a sentence that a terminal might obey.
const HOSTILE: &str = "a\u{1b}[31mb\u{7}c\rd\u{8}e\u{9b}31mf\u{7f}g\u{202e}h\u{85}";

/// More tokens than the tiny checkpoints' 32.
const TOO_LONG: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l";

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

// Help, usage, configuration.

#[test]
fn the_help_is_as_it_was() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::assert_snapshot!("cli-help", text(&["--help"]));
        for command in COMMANDS {
            let help = text(&[command, "--help"]);
            assert_eq!(help, text(&["help", command]));
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
            insta::assert_snapshot!(format!("cli-help-{command}"), help);
        }
    });
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(text(&["-V"]), format!("clscope {version}\n"));
    let backends = if cfg!(feature = "wgpu") { "flex, ndarray, wgpu" } else { "flex, ndarray" };
    let long = text(&["--version"]);
    assert!(long.starts_with(&format!("clscope {version}\nbackends: {backends}\nfeatures: ")), "{long}");
}

#[test]
fn wrong_usage_ends_with_2_and_a_failure_with_1() {
    for arguments in [
        &["trace"][..],
        &["trace", "a", "b"],
        &["trace", "a", "--format", "xml"],
        &["trace", "a", "--backend", "cuda"],
        &["trace", "a", "--color", "sometimes"],
        &["trace", "a", "--theme", "pink"],
        &["similarity", "a", "b", "--pooling", "median"],
        &["similarity", "a", "--file", "-"],
        &["screenshot"],
        &["screenshot", "tokens"],
        &["--file", "list.txt", "--restore"],
        &["screenshot", "attention", "--pair", "b"],
        &["screenshot", "attention", "--size", "80"],
        &["screenshot", "attention", "--size", "0x24"],
        &["screenshot", "attention", "--size", "1001x24"],
        &["config"],
        &["config", "--print", "--path"],
        &["completions", "cmd.exe"],
        &["--no-such-option"],
    ] {
        assert!(misuse(arguments).starts_with("error: "), "{arguments:?}");
    }
    for (arguments, wanted) in [
        (&["similarity", "a"][..], "needs two sentences"),
        (&["similarity", "--file", "/dev/null"], "/dev/null is empty"),
        (&["--pair", "b"], "needs a first sentence"),
        (&["a", "trace", "b"], "before a command"),
        (&["--file", "list.txt", "trace", "b"], "before a command"),
        (&["--strict", "similarity", "a", "b"], "before a command"),
        (&["--text-column", "1"], "name one with --file"),
        (&["screenshot", "attention", "--model", TINY, "--keys", "hyper-q"], "unknown key \"hyper-q\""),
    ] {
        let line = one_line(&run(&mut clscope(arguments)), 2);
        assert!(line.contains(wanted), "{line}");
    }
    for (arguments, wanted) in [
        (&["a sentence"][..], "needs a terminal"),
        (&["similarity", "--file", "/no/such/file"], "cannot read /no/such/file"),
        (&["similarity", "a", "b", "--pooling", "pooled", "--model", NO_POOLER], "take cls or mean"),
        (&["trace", "a", "--model", "/no/such/model"], "\"/no/such/model\""),
        (&["trace", "a", "--config", "/no/such/file"], "config --print"),
    ] {
        let line = refusal(arguments);
        assert!(line.contains(wanted), "{line}");
    }
}

#[test]
fn arguments_that_are_not_text_are_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let broken = OsStr::from_bytes(b"caf\xe9");
    for arguments in [&["trace"][..], &["trace", "a", "--model"], &["similarity", "a"], &[]] {
        let ended = run(clscope(arguments).arg(broken));
        assert_eq!((ended.status, ended.stdout.len()), (Some(2), 0), "{}", ended.stderr);
        assert!(ended.stderr.contains("UTF-8"));
    }
    // A file's name needs not be text.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(broken);
    let ended = run(clscope(&["trace", "a", "--model", TINY, "--output"]).arg(&file));
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    assert!(file.exists());
}

#[test]
fn the_configuration_is_printed_found_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("printed.toml");
    fs::write(&file, output(&["config", "--print"])).unwrap();
    let file = file.to_str().unwrap();
    let draw = ["screenshot", "help", "--model", TINY, "--size", "80x200"];
    assert_eq!(output(&with(&draw, &["--config", file])), output(&draw), "what is printed are the defaults");

    // The user's own file, found where `--path` says, is read; the command line wins over it.
    let user = folder.path().join("clscope/config.toml");
    let here = |arguments: &[&str]| run(clscope(arguments).env("XDG_CONFIG_HOME", folder.path()));
    assert_eq!(String::from_utf8(here(&["config", "--path"]).stdout).unwrap(), format!("{}\n", user.display()));
    fs::create_dir(user.parent().unwrap()).unwrap();
    fs::write(&user, format!("model = {NO_POOLER:?}\n")).unwrap();
    let layers = |ended: Ended| serde_json::from_slice::<Value>(&ended.stdout).unwrap()["model"]["layers"].clone();
    assert_eq!(layers(here(&["trace", "a"])), 3);
    assert_eq!(layers(here(&["trace", "a", "--model", TINY])), 2);

    fs::write(&user, "model = \"embedded\"\ncolour = \"never\"\n").unwrap();
    let line = one_line(&here(&["trace", "a"]), 1);
    assert!(line.contains("config.toml:2: unknown option \"colour\""), "{line}");
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&["completions", shell]);
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
        // Values too: names, and where files are expected.
        assert!(script.contains("mean-words"), "{shell}");
    }
    let zsh = text(&["completions", "zsh"]);
    for hint in ["--model=[", "--output=[", "--background=["] {
        let line = zsh.lines().find(|line| line.contains(hint)).unwrap();
        assert!(line.contains("_files"), "{line}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let page = text(&["man"]);
    assert!(page.contains(".TH clscope 1") && COMMANDS.iter().all(|command| page.contains(command)), "{page}");
    let page = text(&["man", "models", "check"]);
    assert!(page.contains(".TH clscope-models-check 1") && page.contains("vectors"), "{page}");
    let line = misuse(&["man", "embd"]);
    assert!(line.contains("\"embd\"") && line.contains("embed, predict"), "{line}");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("man1");
    assert_eq!(output(&["man", "--directory", folder.to_str().unwrap()]), b"");
    for command in COMMANDS {
        let page = fs::read_to_string(folder.join(format!("clscope-{command}.1"))).unwrap();
        assert!(page.contains(&format!(".TH clscope-{command} 1")), "{command}");
    }
    assert!(folder.join("clscope.1").is_file() && folder.join("clscope-models-fetch.1").is_file());
}

// Trace.

// Similarity.

// Models.

// Pictures.
