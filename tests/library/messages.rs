//! The code and the catalogues of messages agree; nobody speaks to people past the catalogue.

mod catalogue;
mod code;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use catalogue::{plural_keys, plurals};
use clscope::{
    config::recommended_models,
    messages::{Language, label, message, speaking},
    models::Recommended,
};
use code::Code;
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    widgets::{Paragraph, Widget, Wrap},
};

/// Where text is markup (SVG, HTML), or words that columns are called by.
const NOT_FOR_PEOPLE: &[&str] = &[
    "analysis/attention/tests",
    "analysis/measure_numbers/tests",
    "analysis/table/heading.rs",
    "config/plain_words.rs",
    "dataset/names.rs",
    "dataset/profile.rs",
    "dataset/scores.rs",
    "dataset/sides.rs",
    "export/format/figure",
    "export/format/html",
    "export/format/palette.rs",
    "export/svg",
    "lesson/page.rs",
];

/// Literals that look like text and are for programs.
const FOR_PROGRAMS: &[(&str, &str)] = &[
    // What the library that reads TOML says.
    ("config/source.rs", "duplicate key"),
    ("config/source.rs", " in "),
    // The program's name, as every program of Unix says it.
    ("cli/output.rs", "clscope: {message}"),
    // Ids of columns, and of what a document is about, that are older than the rule of snake case.
    ("cli/dataset.rs", "first line"),
    ("cli/evaluate/labelled.rs", "accuracy low"),
    ("cli/evaluate/labelled.rs", "accuracy high"),
    ("cli/evaluate/compared.rs", "spearman low"),
    ("cli/evaluate/compared.rs", "spearman high"),
    ("cli/evaluate/compared.rs", "pearson low"),
    ("cli/evaluate/compared.rs", "pearson high"),
    ("analysis/statistic.rs", "to [SEP]"),
    ("analysis/statistic.rs", "to [CLS]"),
    ("analysis/statistic.rs", "to itself"),
    ("analysis/statistic.rs", "to previous"),
    ("analysis/statistic.rs", "to next"),
    ("analysis/statistic.rs", "to other sentence"),
    ("analysis/table/comparison.rs", "rows apart"),
    ("analysis/table/effects.rs", "A~B before"),
    ("analysis/table/effects.rs", "A~B after"),
    ("analysis/table/explanation.rs", "word of A"),
    ("analysis/table/explanation.rs", "word of B"),
    ("analysis/table/explanation.rs", "token of A"),
    ("analysis/table/explanation.rs", "token of B"),
    ("export/closest.rs", "no percentile"),
    ("export/similarity.rs", "no percentile"),
    ("state/tables.rs", "A alone"),
    ("state/tables.rs", "A and B joined"),
    ("state/tables.rs", "B alone"),
    ("views/sentences/tables.rs", "less close, {pooling}"),
    ("views/sentences/tables.rs", "line a"),
    ("views/sentences/tables.rs", "sentence a"),
    ("views/sentences/tables.rs", "line b"),
    ("views/sentences/tables.rs", "sentence b"),
    ("views/pooling/mod.rs", "compared with"),
    ("views/pooling/tables.rs", "typical of unrelated"),
    ("views/pooling/tables.rs", "higher than unrelated"),
    ("views/pooling/tables.rs", "centred: higher than"),
    ("views/pooling/tables.rs", "whitened: higher than"),
    ("views/pooling/tables.rs", "of A"),
    ("views/pooling/tables.rs", "of B"),
    ("dataset/roles/texts.rs", "--text-column A --text-column B"),
    ("dataset/columns.rs", "score column"),
    ("dataset/columns.rs", "label column"),
    ("dataset/columns.rs", "text column"),
    ("dataset/columns.rs", "text columns"),
    ("dataset/columns.rs", "id column"),
    ("dataset/columns.rs", "columns not used"),
    // Options, as they are typed.
    ("dataset/roles/texts.rs", "--text-column A --text-column B"),
    // What libraries say.
    ("dataset/json.rs", " at line "),
    ("dataset/json.rs", "expected value"),
    ("dataset/parquet.rs", "Parquet error: "),
    ("dataset/source.rs", "<!doctype html"),
    ("bert/weights.rs", "Expected a dictionary at the root"),
    // A stamp of weights, which is only compared.
    ("bert/weights.rs", "compiled in {} "),
    // Marks that no line begins or ends with, in Chinese.
    ("widgets/text.rs", "（“《【"),
    ("widgets/text.rs", "，。；：、）”》】！？…%·"),
    // HTTP.
    ("models/hub/http.rs", "Bearer {token}"),
    ("models/hub/http.rs", "bytes "),
];

/// Every file of `src`, by its path there, with what is in it.
fn code() -> BTreeMap<String, Code> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths: Vec<PathBuf> = vec![source.clone()];
    let mut found = BTreeMap::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(&source).unwrap().to_str().unwrap().to_owned();
            found.insert(name, Code::read(&fs::read_to_string(path).unwrap()));
        }
    }
    found
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a file holds the unit tests of its module.
fn is_test(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

/// Whether a file is, or lies in, what a path names.
fn lies_in(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[test]
fn every_message_exists_with_these_arguments_in_every_language() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let messages = catalogue::of(*language);
        for (file, code) in code() {
            for found in code.uses {
                let place = format!("src/{file}:{}: {:?}", found.line, found.id);
                match messages.get(&found.id) {
                    None => faults.push(format!("{place} is not in {}.ftl", language.tag())),
                    Some(message) if message.arguments != found.arguments => faults.push(format!(
                        "{place} is given {:?}; in {}.ftl it takes {:?}",
                        found.arguments,
                        language.tag(),
                        message.arguments
                    )),
                    Some(message) if found.is_label && !message.is_plain => {
                        faults.push(format!("{place} is a label, and so one line without arguments"));
                    }
                    Some(_) => {}
                }
            }
            faults.extend(code.faults.into_iter().map(|(line, fault)| format!("src/{file}:{line}: {fault}")));
        }
    }
    report(faults);
}

#[test]
fn every_message_is_used() {
    let code = code();
    let used = |id: &str| code.values().flat_map(|code| &code.uses).any(|found| found.id == id);
    let unused = catalogue::of(Language::English).into_keys().filter(|id| !used(id));
    report(unused.map(|id| format!("{id} is asked for nowhere")).collect());
}

#[test]
fn every_language_says_the_same_and_counts_as_it_must() {
    let english = catalogue::of(Language::English);
    let mut faults = Vec::new();
    for language in Language::ALL {
        let (tag, plurals) = (language.tag(), plurals(language.tag()));
        let messages = catalogue::of(*language);
        faults.extend(messages.keys().filter(|id| !english.contains_key(*id)).map(|id| format!("{tag}: {id} is new")));
        for (id, message) in &messages {
            for (argument, keys) in &message.choices {
                match plural_keys(keys) {
                    Some(words) if words != plurals.iter().map(String::as_str).collect() => {
                        faults
                            .push(format!("{tag}: {id} counts {argument} in {words:?}; the language has {plurals:?}"));
                    }
                    Some(_) => {}
                    // Words that the code gives: the same in every language.
                    None if !english
                        .get(id)
                        .is_some_and(|same| same.choices.contains(&(argument.clone(), keys.clone()))) =>
                    {
                        faults.push(format!("{tag}: {id} chooses by {argument} among {keys:?}, English among others"));
                    }
                    None => {}
                }
            }
        }
    }
    report(faults);
}

#[test]
fn nobody_speaks_past_the_catalogue() {
    let code = code();
    let mut faults = Vec::new();
    let is_checked = |file: &str| !is_test(file) && !NOT_FOR_PEOPLE.iter().any(|path| lies_in(file, path));
    for (file, code) in code.iter().filter(|(file, _)| is_checked(file)) {
        for (line, text) in &code.texts {
            if !FOR_PROGRAMS.contains(&(file, text)) {
                faults.push(format!("src/{file}:{line}: {text:?} belongs into config/messages/"));
            }
        }
    }
    for (file, text) in FOR_PROGRAMS {
        if !code.get(*file).is_some_and(|code| code.texts.iter().any(|(_, found)| found == text)) {
            faults.push(format!("FOR_PROGRAMS names {text:?} in {file}, where it is no more"));
        }
    }
    report(faults);
}

/// The most cells that a message may take where it has a place of its own at 80x24, by the beginning of its id: the first
/// that fits holds. Numbers in it take two cells.
const PLACES: &[(&str, usize)] = &[
    ("models-place-", 9),
    ("widgets-effective-tokens-column", 9),
    ("widgets-hidden-column", 7),
    ("widgets-marked-column", 7),
    ("widgets-biases-column", 7),
    ("layers-row", 8),
    ("layers-head-", 8),
    ("layers-two-heads", 8),
    ("layers-last-head", 8),
    ("heads-rank-column", 9),
    ("heads-head-column", 9),
    ("heads-layer-column", 4),
    ("heads-mean-column", 5),
    ("heads-ablated", 3),
    ("compare-baseline", 11),
    ("compare-shown", 11),
    ("compare-difference", 11),
    ("sweep-ablated", 3),
    ("mixing-column-", 7),
    ("pooling-embeddings", 5),
    ("pooling-dimension-", 9),
    ("pooling-dimensions-of-", 9),
    ("pooling-dimensions-so-far", 9),
    ("pooling-dimensions-adds", 9),
    ("pooling-column-higher-than", 12),
    ("pooling-column-typical-unrelated", 22),
    ("pooling-column-typical", 9),
    ("labels-pooling-short-", 22),
    ("labels-pooling-", 44),
];

/// The place of a message, in cells.
fn place(id: &str) -> Option<usize> {
    let named = PLACES.iter().find(|(prefix, _)| id.starts_with(prefix)).map(|(_, width)| *width);
    named.or_else(|| match id {
        _ if id.starts_with("measure-") && !id.ends_with("-meaning") => Some(62),
        _ if id.starts_with("legend-") && id.matches('-').count() > 1 && !id.ends_with("-meaning") => Some(21),
        _ if id.ends_with("-bar") => Some(22),
        _ => None,
    })
}

#[test]
fn no_message_is_too_wide_for_its_place() {
    for &language in Language::ALL {
        let messages = catalogue::of(language);
        let mut places = 0;
        let mut faults = Vec::new();
        for (id, message) in &messages {
            if let Some(most) = place(id) {
                places += 1;
                if message.width > most {
                    faults.push(format!("{}: {id} takes {} cells of {most}", language.tag(), message.width));
                }
            }
        }
        report(faults);
        assert!(places > 150, "{places}");
    }
}

#[test]
fn what_is_said_of_a_recommended_model_fits_into_its_two_lines() {
    let lines = Rect::new(0, 0, 78, 3);
    let said = |model: &Recommended| match (&*model.family, &model.pooling, model.note.text()) {
        (family, Some(pooling), note) => {
            message!("app-model-pooled", family = family, pooling = &**pooling, note = note)
        }
        (family, None, note) => message!("app-model-family", family = family, note = note),
    };
    for &language in Language::ALL {
        speaking(language, || {
            for model in recommended_models().unwrap() {
                let mut buffer = Buffer::empty(lines);
                Paragraph::new(said(&model)).wrap(Wrap { trim: true }).render(lines, &mut buffer);
                assert!((0..78).all(|x| buffer[(x, 2)].symbol() == " "), "{}: {buffer:?}", model.id);
            }
        });
    }
}

#[test]
fn a_message_in_chinese_is_in_chinese() {
    let english = catalogue::of(Language::English);
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let has_words = |text: &str| text.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 3);
    let faults = catalogue::of(Language::Chinese).into_iter().filter(|(id, message)| {
        !message.text.contains(is_han) && has_words(&message.text) && message.text == english[id].text
    });
    // What is typed, and names.
    let names = [
        "declared",
        "pooled",
        "first-last",
        "layer1-last",
        "mean",
        "json",
        "jsonl",
        "parquet",
        "JSON lines",
        "English",
    ];
    report(
        faults
            .filter(|(_, it)| !names.contains(&it.text.trim()))
            .map(|(id, it)| format!("{id} = {}", it.text))
            .collect(),
    );
}

/// `cargo test --release --test messages -- --ignored --nocapture`
#[test]
#[ignore = "prints times"]
fn speed() {
    const FRAME: usize = 200;
    let begun = Instant::now();
    let first = label!("guard-silent-panic").text();
    println!("catalogue read, with its first message ({} bytes): {:?}", first.len(), begun.elapsed());
    let frame = |say: &dyn Fn(usize) -> usize| {
        let mut times: Vec<f64> = (0..1000)
            .map(|_| {
                let begun = Instant::now();
                let bytes: usize = (0..FRAME).map(say).sum();
                assert!(bytes > 0);
                begun.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        times.sort_by(f64::total_cmp);
        (times[times.len() / 2], times[times.len() * 99 / 100])
    };
    let kinds: [(&str, &dyn Fn(usize) -> usize); 4] = [
        ("label", &|_| label!("guard-silent-panic").text().len()),
        ("message without arguments", &|_| message!("guard-silent-panic").len()),
        ("message with three arguments", &|n| {
            message!("progress-here", done = "1 MB", total = "2 MB", percent = n).len()
        }),
        ("message with a plural", &|n| message!("explorer-copied-lines", lines = n).len()),
    ];
    for (kind, say) in kinds {
        let (median, p99) = frame(say);
        println!("{kind}: {:.0} ns each; {FRAME} of them {median:.1} µs, p99 {p99:.1} µs", median * 1e3 / FRAME as f64);
    }
}
