//! The configuration as a user meets it: files that are read, files that are refused and why, keys, defaults.

use clscope::app;
use clscope::config::{self, ColorChoice, ColorDepth, Config, KeyChord, KeyContext, ThemeName};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::{Color, Modifier};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn valid(name: &str) -> Config {
    let file = fixtures("valid").into_iter().find(|file| file.file_stem().unwrap() == name).expect(name);
    config::load(Some(&file), &app::key_contexts()).unwrap()
}

fn defaults() -> Config {
    config::parse("", "", &app::key_contexts()).expect("the embedded files are valid")
}

fn chord(text: &str) -> KeyChord {
    text.parse().expect(text)
}

#[test]
fn every_valid_file_loads() {
    for file in fixtures("valid") {
        if let Err(error) = config::load(Some(&file), &app::key_contexts()) {
            panic!("{error}");
        }
    }
}

#[test]
fn every_invalid_file_is_refused_in_one_line_that_says_why() {
    for file in fixtures("invalid") {
        let text = std::fs::read_to_string(&file).unwrap();
        let wanted =
            text.lines().next().and_then(|line| line.strip_prefix("# error: ")).expect("a first line that says");
        let message =
            config::load(Some(&file), &app::key_contexts()).expect_err(&file.display().to_string()).to_string();
        assert!(message.contains(wanted), "{}\n  said:   {message}\n  wanted: {wanted}", file.display());
        assert!(!message.contains(char::is_control), "{message:?}");
    }
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: Option<&[u8]>| {
        let file = folder.path().join(name);
        bytes.iter().for_each(|bytes| std::fs::write(&file, bytes).unwrap());
        config::load(Some(&file), &app::key_contexts()).unwrap_err().to_string()
    };
    assert!(refused("missing\u{1b}.toml", None).contains("missing\\u{1b}.toml: cannot be read: there is no such file"));
    assert!(
        refused("latin1.toml", Some(b"model = \"caf\xe9\"")).contains("latin1.toml: cannot be read: it is not UTF-8")
    );
    assert!(refused("large.toml", Some(&vec![b'#'; (1 << 20) + 1])).contains("large.toml: larger than 1 MiB"));
    assert!(refused("", None).contains("cannot be read"), "a folder");
}

#[test]
fn broken_files_never_panic() {
    let (text, mut refused) = (config::template(&app::key_contexts()), 0);
    for (index, _) in text.char_indices().step_by(41) {
        let (before, after) = text.split_at(index);
        refused += usize::from(config::parse("cut", before, &app::key_contexts()).is_err());
        for put in ["\"", "[", "=", "\0", "é", "'''", "99999999999999999999"] {
            refused +=
                usize::from(config::parse("put", &format!("{before}{put}{after}"), &app::key_contexts()).is_err());
        }
    }
    // Much of the template is comment, where anything may stand.
    assert!(refused > 300, "only {refused} are refused");
}

#[test]
fn the_template_is_the_defaults() {
    let template = config::template(&app::key_contexts());
    assert_eq!(config::parse("template", &template, &app::key_contexts()).unwrap(), defaults());
    // With its colours switched on, every theme looks like the dark one.
    let active: String = template
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned() + "\n")
        .collect();
    let switched_on = config::parse("template", &active, &app::key_contexts()).unwrap();
    let dark = defaults().theme(ColorDepth::TrueColor, true);
    assert_ne!(dark, defaults().theme(ColorDepth::TrueColor, false));
    assert_eq!(switched_on.theme(ColorDepth::TrueColor, false).sequential(0.5), dark.sequential(0.5));
    assert_eq!(switched_on.theme(ColorDepth::TrueColor, false), dark);
}

#[test]
fn every_default_has_its_comment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for name in ["clscope.toml", "keymap.toml", "themes/dark.toml", "themes/light.toml", "themes/mono.toml"] {
        let mut explained = false;
        for line in std::fs::read_to_string(folder.join(name)).unwrap().lines() {
            let entry = line.starts_with(|c: char| c.is_ascii_lowercase());
            assert!(explained || !entry, "{name}: no comment above: {line}");
            explained = line.starts_with('#') || (explained && !line.is_empty());
        }
    }
}

#[test]
fn a_user_file_changes_what_it_names_and_nothing_else() {
    let options = valid("options").options;
    assert_eq!(options.model, "sentence-transformers/all-MiniLM-L12-v2");
    assert_eq!((options.backend.to_string(), options.debounce_ms), ("ndarray".to_owned(), 2000));
    assert_eq!((options.figure.width, options.figure.font_size, options.figure.dark), (85, 9, true));
    assert_eq!(options.examples[1].pair.as_deref(), Some("Second."));

    let windows = valid("windows");
    assert_eq!(windows.options.theme, ThemeName::Dark);
    assert_eq!(windows.options.examples, defaults().options.examples);
    assert_eq!(windows.keymap.keys("help", "leave"), [chord("esc")]);
    assert_eq!(windows.keymap.command("help", chord("q")), Some("quit"));

    let keymap = valid("keys-moved").keymap;
    assert_eq!(keymap.command("layers", chord("x")), Some("left"));
    assert_eq!(keymap.command("layers", chord("left")), Some("max-of-heads"));
    assert_eq!(keymap.command("layers", chord("G")), Some("max-of-heads"));
    assert_eq!(keymap.command("layers", chord("h")), None);
    assert_eq!(keymap.command("pooling", chord("q")), None);
    assert!(keymap.keys("layers", "bottom").is_empty());

    let theme = valid("theme").theme(ColorDepth::TrueColor, true);
    let default = defaults().theme(ColorDepth::TrueColor, true);
    assert_eq!((theme.cursor.fg, theme.cursor.bg), (default.cursor.fg, Some(Color::Indexed(33))));
    assert!(
        default.cursor.add_modifier.contains(Modifier::BOLD) && !theme.cursor.add_modifier.contains(Modifier::BOLD)
    );
    assert_eq!((theme.warning.fg, theme.background()), (Some(Color::LightYellow), Color::Rgb(16, 16, 16)));
    assert_eq!(theme.sequential(0.5), Color::Rgb(128, 128, 128));
    assert_eq!(theme.diverging(0.5), default.diverging(0.5));
}

#[test]
fn every_command_has_a_key_that_can_be_read() {
    let (contexts, keymap) = (app::key_contexts(), defaults().keymap);
    for context in &contexts {
        let mut keys = HashMap::new();
        for row in &context.commands {
            for key in row.keys {
                let other = keys.insert(chord(key), row.id);
                assert_eq!(other, None, "{key} of {} in {}", row.id, context.id);
            }
            let elsewhere = || contexts.iter().flat_map(|context| &context.commands).find(|other| other.id == row.id);
            assert!(!row.keys.is_empty() || elsewhere().is_some_and(|row| !row.keys.is_empty()), "{}", row.id);
            assert!(!row.description.text().is_empty() && !row.description.text().ends_with('.'), "{}", row.id);
        }
        let order: Vec<&str> = keymap.bindings(context.id).map(|(id, _)| id).collect();
        let rows: Vec<&str> = context.commands.iter().filter(|row| !row.keys.is_empty()).map(|row| row.id).collect();
        assert_eq!(order, rows);
    }
}

/// `config/keymap.toml` and the table of keys in `docs/keys.md` are made of the rows: `CLSCOPE_UPDATE_DOCS=1` writes them.
#[test]
fn the_keymap_file_and_the_documents_say_what_the_rows_say() {
    let contexts = app::key_contexts();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in
        [("config/keymap.toml", config::keymap_file(&contexts)), ("docs/keys.md", keys_document(&contexts))]
    {
        let path = root.join(file);
        if std::env::var_os("CLSCOPE_UPDATE_DOCS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == text,
            "{file} is out of date: CLSCOPE_UPDATE_DOCS=1 cargo test --release --test library rows_say"
        );
    }
}

/// Code in the documents that is a single character or the name of a key is a key that does something.
#[test]
fn the_documents_name_keys_that_are_bound() {
    let contexts = app::key_contexts();
    let bound: Vec<KeyChord> =
        contexts.iter().flat_map(|context| &context.commands).flat_map(|row| row.keys).map(|key| chord(key)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for file in [
        "README.md",
        "README.zh-CN.md",
        "docs/tour.md",
        "docs/lessons.md",
        "docs/heads.md",
        "docs/measures.md",
        "docs/models.md",
        "docs/pages.md",
        "docs/similarity.md",
    ] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let prose = text.split("```").step_by(2);
        for code in prose.flat_map(|part| part.split('`').skip(1).step_by(2)) {
            let is_name = code.chars().count() == 1 || code.starts_with(|c: char| c.is_uppercase());
            let Some(key) = code.parse::<KeyChord>().ok().filter(|_| is_name) else { continue };
            assert!(bound.contains(&key), "{file}: no command has the key {code}");
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} keys");
}

/// The keys as a document.
fn keys_document(contexts: &[KeyContext]) -> String {
    let mut text = "# Keys\n\nEvery key that clscope has unless your file says otherwise. `clscope config --print` shows them as a file to \
                    change; the names are those of `[keymap.NAME]`.\n"
        .to_owned();
    for KeyContext { id, label, about, takes_text, commands } in contexts {
        let only = if *takes_text { " All other keys are text." } else { "" };
        text += &format!(
            "\n## {label} (`{id}`)\n\n{about}.{only}\n\n| keys | command | what it does |\n| --- | --- | --- |\n"
        );
        for row in commands.iter().filter(|row| !row.keys.is_empty()) {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{}`", chord(key))).collect();
            text += &format!("| {} | `{}` | {} |\n", keys.join(" ").replace('|', "\\|"), row.id, row.description);
        }
    }
    text
}

#[test]
fn a_text_field_sees_only_its_own_keys() {
    let keymap = defaults().keymap;
    assert_eq!(keymap.command("layers", chord("q")), Some("quit"));
    assert_eq!(keymap.command("help", chord("q")), Some("leave"));
    assert_eq!(keymap.command("input", chord("ctrl-c")), Some("quit"));
    let contexts = app::key_contexts();
    for (_, keys) in contexts.iter().filter(|context| context.id != "input").flat_map(|c| keymap.bindings(c.id)) {
        for key in keys.iter().filter(|key| key.to_string().chars().count() == 1 && key.to_string().is_ascii()) {
            assert_eq!(keymap.command("input", *key), None, "{key} is text");
        }
    }
}

#[test]
fn chords_parse_what_they_display() {
    let keymap = defaults().keymap;
    let contexts = app::key_contexts();
    let bound = contexts.iter().flat_map(|context| keymap.bindings(context.id)).flat_map(|(_, keys)| keys.to_vec());
    let others =
        ["ctrl-alt-delete", "-", "ctrl--", "alt-space", "f24", "shift-f2", "shift-g", "é", "中", "\"", "alt-é"];
    for chord in bound.chain(others.map(chord)) {
        assert_eq!(chord.to_string().parse(), Ok(chord), "{chord}");
    }
    let shown = ["left", "ctrl-c", "esc", "shift-tab", "shift-g", "ctrl-G", "f1", "space", "pageup", "ALT-B"];
    let shown = shown.map(|text| chord(text).to_string());
    assert_eq!(shown, ["←", "Ctrl-c", "Esc", "Shift-Tab", "G", "Ctrl-g", "F1", "Space", "PgUp", "Alt-b"]);
    for wrong in
        ["", "ctrl", "ctrl-", "shift-?", "f0", "f25", "f01", "qq", "hyper-q", "\u{1b}", "\u{202e}", "--", "a-b"]
    {
        assert!(wrong.parse::<KeyChord>().is_err(), "{wrong:?}");
    }
}

#[test]
fn chords_are_the_same_however_a_terminal_sends_them() {
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
    for (code, modifiers, wanted) in [
        (KeyCode::Char('g'), SHIFT, "G"),
        (KeyCode::Char('G'), SHIFT, "G"),
        (KeyCode::Char('G'), KeyModifiers::NONE, "G"),
        (KeyCode::Char('?'), SHIFT, "?"),
        (KeyCode::BackTab, SHIFT, "shift-tab"),
        (KeyCode::BackTab, KeyModifiers::NONE, "shift-tab"),
        (KeyCode::Tab, SHIFT, "shift-tab"),
        (KeyCode::Char('C'), CONTROL, "ctrl-c"),
        (KeyCode::Char('C'), CONTROL | SHIFT, "ctrl-c"),
        (KeyCode::Char('B'), KeyModifiers::ALT, "alt-b"),
        (KeyCode::Char(' '), SHIFT, "space"),
    ] {
        assert_eq!(KeyChord::from(KeyEvent::new(code, modifiers)), chord(wanted));
    }
    assert_ne!(KeyChord::from(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::SUPER)), chord("q"));
}

#[test]
fn color_depth_follows_the_choice_then_the_environment() {
    let detect = |choice, environment: &[(&str, &str)]| {
        let find = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        (ColorDepth::detect(choice, find), config::dark_background(find))
    };
    for (environment, depth, dark) in [
        (&[][..], ColorDepth::Ansi16, true),
        (&[("TERM", "xterm"), ("COLORFGBG", "15;0")], ColorDepth::Ansi16, true),
        (&[("TERM", "xterm-256color"), ("COLORFGBG", "0;15")], ColorDepth::Indexed256, false),
        (
            &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("COLORFGBG", "0;default;15")],
            ColorDepth::TrueColor,
            false,
        ),
        (&[("COLORTERM", "24bit"), ("COLORFGBG", "15;default")], ColorDepth::TrueColor, true),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "")], ColorDepth::TrueColor, true),
        (&[("COLORTERM", "truecolor"), ("NO_COLOR", "1"), ("COLORFGBG", "0;7")], ColorDepth::None, false),
        (&[("COLORTERM", "truecolor"), ("TERM", "dumb"), ("COLORFGBG", "x")], ColorDepth::None, true),
    ] {
        assert_eq!(detect(ColorChoice::Auto, environment), (depth, dark), "{environment:?}");
    }
    assert_eq!(detect(ColorChoice::TrueColor, &[("NO_COLOR", "1")]).0, ColorDepth::TrueColor);
    assert_eq!(detect(ColorChoice::Never, &[("COLORTERM", "truecolor")]).0, ColorDepth::None);
}

#[test]
fn without_colour_nothing_is_coloured() {
    for theme in [defaults().theme(ColorDepth::None, true), valid("theme").theme(ColorDepth::None, false)] {
        assert!(!theme.has_color());
        assert!(
            [theme.sequential(0.9), theme.diverging(-0.9), theme.on(Color::Reset), theme.background()]
                == [Color::Reset; 4]
        );
        assert!(
            theme.cursor.add_modifier.contains(Modifier::REVERSED)
                && theme.cursor.bg.is_none_or(|bg| bg == Color::Reset)
        );
    }
    let mut mono = defaults();
    mono.options.theme = ThemeName::Mono;
    assert!(!mono.theme(ColorDepth::TrueColor, true).has_color());
}

#[test]
fn of_sixteen_colours_the_right_ones_are_taken() {
    let [dark, light] = [true, false].map(|dark| defaults().theme(ColorDepth::Ansi16, dark));
    assert!(dark.has_color());
    assert_eq!(
        [dark.error.fg, dark.accent.fg, dark.dim.fg],
        [Color::LightRed, Color::LightBlue, Color::DarkGray].map(Some)
    );
    assert_eq!(
        [dark.special.fg, light.special.fg, light.error.fg],
        [Color::Magenta, Color::Magenta, Color::Red].map(Some)
    );
}
