//! Runs the program: no configuration file, no terminal, a width of 100 columns.

use std::process::{Command, Stdio};

use serde_json::Value;

/// Small random checkpoints; `similarity` over two words takes a hundredth of a second with them.
pub const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/checkpoints/tiny-pooler");
pub const NO_POOLER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/checkpoints/tiny-no-pooler");

/// Where the program looks for the user's configuration: a directory that nobody makes.
const NO_CONFIG: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-configuration");

/// Where the program keeps vectors: a file, so that it cannot.
const NO_CACHE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// None when a signal ended it.
    pub status: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

pub fn clscope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clscope"));
    command.args(arguments).env("XDG_CONFIG_HOME", NO_CONFIG).env("COLUMNS", "100").stdin(Stdio::null());
    // No cache of the Hub, and nothing remembered or kept.
    command.env("HF_HOME", NO_CONFIG).env("XDG_STATE_HOME", NO_CONFIG).env("XDG_CACHE_HOME", NO_CACHE);
    // Nobody listens there: no test asks the real Hub.
    command.env("HF_ENDPOINT", "http://127.0.0.1:1").env_remove("HF_HUB_OFFLINE").env_remove("TRANSFORMERS_OFFLINE");
    for variable in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "COLORTERM",
        "COLORFGBG",
        "RUST_BACKTRACE",
        "HF_HUB_CACHE",
        "HUGGINGFACE_HUB_CACHE",
    ] {
        command.env_remove(variable);
    }
    command
}

pub fn run(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{command:?}\n{stderr}");
    Ended { status: output.status.code(), stdout: output.stdout, stderr }
}

/// What is said of unknown tokens, of which the small checkpoints have many, of poolings that a model was not trained to be
/// read as, and of backgrounds of a few sentences.
fn is_usual(remark: &str) -> bool {
    let usual = ["clscope: pooled: ", "clscope: this model was trained to be read as declared"];
    remark.contains(" tokens as [UNK]")
        || remark.contains("too few to tell one of 100")
        || usual.iter().any(|beginning| remark.starts_with(beginning))
}

/// What a run said on standard error that is not said of most; not how far it was, which a slow machine is told.
pub fn remarks(ended: &Ended) -> Vec<&str> {
    let is_progress = |line: &str| !line.starts_with("clscope: ") && line.contains(" of ");
    ended.stderr.lines().filter(|line| !is_usual(line) && !is_progress(line)).collect()
}

/// What a run prints that succeeds and has nothing unusual to remark.
pub fn output(arguments: &[&str]) -> Vec<u8> {
    let ended = run(&mut clscope(arguments));
    let remarks = remarks(&ended);
    assert_eq!((ended.status, remarks), (Some(0), vec![]), "{arguments:?}");
    ended.stdout
}

pub fn text(arguments: &[&str]) -> String {
    String::from_utf8(output(arguments)).unwrap()
}

pub fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&output(arguments)).unwrap()
}

/// The rows of a table.
pub fn rows(table: &Value) -> &Vec<Value> {
    table["rows"].as_array().unwrap_or_else(|| panic!("no rows in {table}"))
}

/// Those of the first table of a document.
pub fn first_rows(document: &Value) -> &Vec<Value> {
    rows(&document["tables"][0])
}

/// Why a run fails: one line, and nothing on standard output.
pub fn refusal(arguments: &[&str]) -> String {
    one_line(&run(&mut clscope(arguments)), 1)
}

/// The one line that a run left which ended with this status.
pub fn one_line(ended: &Ended, status: i32) -> String {
    assert_eq!((ended.status, ended.stdout.len()), (Some(status), 0), "{}", ended.stderr);
    let line = ended.stderr.strip_prefix("clscope: ").and_then(|line| line.strip_suffix('\n')).expect(&ended.stderr);
    assert!(line.len() > 10 && !line.contains(char::is_control), "{line:?}");
    line.to_owned()
}

/// What clap says of wrong usage, in some lines.
pub fn misuse(arguments: &[&str]) -> String {
    let ended = run(&mut clscope(arguments));
    assert_eq!((ended.status, ended.stdout.len()), (Some(2), 0), "{arguments:?}\n{}", ended.stderr);
    ended.stderr
}

/// Arguments, and more of them.
pub fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [arguments, more].concat()
}
