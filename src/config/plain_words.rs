//! What serde and the reader of TOML say of a file, in words for people who know neither.

use toml::de::DeTable;

use crate::messages::{label, message, quoted};

/// What an error of a text says, in plain words; what is said in messages of ours already stays.
pub(super) fn in_plain_words(text: &str, said: &str) -> String {
    // Only the form of TOML itself is known to be wrong where it cannot be read without knowing what it is for.
    if DeTable::parse(text).is_err() {
        return syntax(said);
    }
    if said.contains("` as i128") || said.contains("` as u128") {
        return message!("config-number-too-large");
    }
    let parts = |of: &str| said.strip_prefix(of)?.rsplit_once(", expected ");
    let name = |of: &str| Some(quoted(said.strip_prefix(of)?.split(['`']).nth(1)?));
    if let Some((found, expected)) = parts("invalid type: ").or_else(|| parts("invalid value: ")) {
        return message!("config-expected", expected = kind(expected), found = value(found));
    }
    if let Some((_, expected)) = parts("invalid length ") {
        return message!("config-expected-only", expected = kind(expected));
    }
    if let Some(name) = name("missing field ") {
        return message!("config-missing", name = name.trim_matches('"'));
    }
    if let Some(name) = name("unknown field ") {
        return message!("config-unknown-entry", name = name, choices = choices(said));
    }
    if let Some(name) = name("unknown variant ") {
        return message!("config-unknown-word", name = name, choices = choices(said));
    }
    match said {
        // A word that is one of some, where something else stands.
        "wanted string or table" => message!("config-expected-only", expected = kind("a string")),
        "u64 value was too large" => message!("config-number-too-large"),
        _ if said.ends_with(" number overflowed") => message!("config-number-too-large"),
        _ if said.starts_with("expected ") => message!("config-expected-only", expected = kind("a string")),
        ours => ours.to_owned(),
    }
}

/// What belongs in a place, by what serde calls it; what has words of ours keeps them.
fn kind(expected: &str) -> String {
    let starts = |names: &[&str]| names.iter().any(|name| expected.starts_with(name));
    match expected {
        "a string" | "a borrowed string" | "a character" => message!("config-kind-text"),
        "a boolean" => message!("config-kind-boolean"),
        "f32" | "f64" => message!("config-kind-number"),
        "u8" | "u16" | "u32" | "u64" | "usize" => message!("config-kind-from-zero"),
        _ if starts(&["a nonzero "]) => message!("config-kind-from-one"),
        _ if starts(&["an array of length 2", "a tuple of size 2"]) => message!("config-kind-two"),
        _ if starts(&["a sequence", "an array", "a tuple"]) => message!("config-kind-list"),
        _ if starts(&["a map", "struct "]) => message!("config-kind-table"),
        ours => ours.to_owned(),
    }
}

/// What stands in a place, as it is written; a long text only by its kind.
fn value(found: &str) -> String {
    let written = |kind: &str| Some(found.strip_prefix(kind)?.trim_matches('`').to_owned());
    let text = || Some(found.strip_prefix("string ")?.to_owned()).filter(|text| text.len() < 40);
    let known = written("boolean ").or_else(|| written("integer ")).or_else(|| written("floating point "));
    known.or_else(text).unwrap_or_else(|| match found {
        "sequence" => label!("config-found-list").text().to_owned(),
        "map" => label!("config-found-table").text().to_owned(),
        _ => label!("config-found-text").text().to_owned(),
    })
}

/// The valid words that serde lists: "expected one of `a`, `b`".
fn choices(said: &str) -> String {
    let listed = said.rsplit_once(", expected ").map_or("", |(_, listed)| listed);
    listed.split('`').skip(1).step_by(2).collect::<Vec<_>>().join(", ")
}

/// What is wrong with the form, by what the reader calls it.
fn syntax(said: &str) -> String {
    let of = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if of(&["recursi"]) {
        message!("config-syntax-deep")
    } else if of(&["array", "inline table", "comma", "unclosed table"]) {
        message!("config-syntax-brackets")
    } else if of(&["integer", "float", "radix", "digits", "leading zero", "unexpected sign", "numeric sign", "date"]) {
        message!("config-syntax-number")
    } else if of(&["quote", "string", "escape", "unicode"]) {
        message!("config-syntax-text")
    } else {
        message!("config-syntax-entry")
    }
}
