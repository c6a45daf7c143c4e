//! What programs read: every JSON has the shape that docs/schemas says, and nothing else.

use std::{fs, path::Path};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::program::{NO_POOLER, TINY, clscope, run};

/// The schema of this name.
fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(name).with_extension("json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What of JSON Schema the files use; a crate for all of it brings more than forty others.
const KEYWORDS: [&str; 11] = [
    "$schema",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
    "const",
];

/// Why a value does not fit a schema, with its place.
fn misfit(value: &Value, schema: &Value, place: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else {
        return if *schema == Value::Bool(true) { Ok(()) } else { Err(format!("{place} is not allowed")) };
    };
    if let Some(keyword) = schema.keys().find(|keyword| !KEYWORDS.contains(&keyword.as_str())) {
        panic!("the keyword {keyword} is not checked");
    }
    if let Some(of) = schema.get("type") {
        let is = |name: &Value| match (name.as_str().unwrap(), value) {
            ("null", Value::Null) | ("boolean", Value::Bool(_)) | ("string", Value::String(_)) => true,
            ("array", Value::Array(_)) | ("object", Value::Object(_)) | ("number", Value::Number(_)) => true,
            ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
            _ => false,
        };
        let fits = of.as_array().map_or_else(|| is(of), |names| names.iter().any(is));
        if !fits {
            return Err(format!("{place} is no {of}: {}", value.to_string().chars().take(60).collect::<String>()));
        }
    }
    if schema.get("enum").is_some_and(|all| !all.as_array().unwrap().contains(value)) {
        return Err(format!("{place} is none of the values: {value}"));
    }
    if let Some(any) = schema.get("anyOf") {
        let tried: Vec<_> = any.as_array().unwrap().iter().map(|one| misfit(value, one, place)).collect();
        if tried.iter().all(Result::is_err) {
            return Err(format!("{place} fits nothing: {tried:?}"));
        }
    }
    if let Some(object) = value.as_object() {
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                return Err(format!("{place} lacks {name}"));
            }
        }
        let others = schema.get("additionalProperties").unwrap_or(&Value::Bool(true));
        for (name, value) in object {
            misfit(value, known.get(name).unwrap_or(others), &format!("{place}.{name}"))?;
        }
    }
    if let (Some(values), Some(items)) = (value.as_array(), schema.get("items")) {
        values.iter().enumerate().try_for_each(|(at, value)| misfit(value, items, &format!("{place}[{at}]")))?;
    }
    Ok(())
}

/// JSON whose objects have each key once.
#[derive(Debug)]
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Distinct)
    }
}

impl<'de> Visitor<'de> for Distinct {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self, A::Error> {
        while values.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        let mut keys = std::collections::HashSet::new();
        while let Some((key, Self)) = entries.next_entry::<String, Self>()? {
            if let Some(twice) = keys.replace(key) {
                return Err(A::Error::custom(format!("the key {twice} is there twice")));
            }
        }
        Ok(self)
    }
}

/// Checkpoints with heads of four kinds.
const HEADS: [&str; 4] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/classify-one-bin"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/tokens-bin"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/question-bin"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/pre-training-bin"),
];

#[test]
fn every_json_has_its_schema() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.tsv");
    fs::write(&list, "id\ttext\nx\tthe cat\ny\ta dog λ\nz\t\n\ta dog λ\n").unwrap();
    let list = list.to_str().unwrap();
    let pairs = super::evaluate::PAIRS;
    let of_list = ["--file", list, "--id-column", "id"];
    let two = ["similarity", "the cat", "a dog ran"];
    let commands: [(&str, Vec<&str>); 30] = [
        ("similarity", two.to_vec()),
        ("similarity", [&two[..], &["--metric", "dot", "--layer", "1"]].concat()),
        ("similarity", [&two[..], &["--background", "list", "a river"]].concat()),
        ("similarity", [&two[..], &["--background", "en", "--against-model", NO_POOLER]].concat()),
        ("similarity", [&["similarity", "--against-model", "embedded"][..], &of_list].concat()),
        ("nearest", [&two[..], &["--query", "a cat", "--pooling", "max"]].concat()),
        ("nearest", [&["similarity", "--query", "a cat", "--metric", "euclidean"][..], &of_list].concat()),
        ("tables", [&two[..], &["--closest", "3"]].concat()),
        ("tables", [&two[..], &["a λ", "a river", "--closest", "3", "--background", "en"]].concat()),
        ("tables", [&two[..], &["--explain"]].concat()),
        ("tables", [&["similarity", "--threshold", "0.5"][..], &of_list].concat()),
        ("tables", [&["similarity", "--clusters", "2"][..], &of_list].concat()),
        ("tables", vec!["attention", "the cat"]),
        ("tables", vec!["attention", "the cat", "--pair", "a dog", "--view", "heads", "--layer", "1"]),
        ("tables", vec!["attention", "the cat", "--view", "sweep"]),
        ("tables", vec!["evaluate", pairs, "--bootstrap", "10", "--no-cache", "--positive-from", "3"]),
        (
            "tables",
            vec!["evaluate", super::evaluate::LABELLED, "--task", "classify", "--no-cache", "--pooling", "mean"],
        ),
        ("trace", vec!["trace", "the cat", "--pair", "a dog"]),
        ("trace", vec!["trace", "the cat", "--measures", "all"]),
        ("models", vec!["models", "--offline"]),
        ("model", vec!["models", "show", TINY]),
        ("predict", vec!["predict", "the cat", "--model", HEADS[0]]),
        ("predict", vec!["predict", "the cat", "--model", HEADS[1]]),
        ("predict", vec!["predict", "the cat", "--pair", "a dog", "--model", HEADS[2]]),
        ("predict", vec!["predict", "a [MASK]", "--head", "masked-language", "--model", HEADS[3]]),
        ("predict", vec!["predict", "the cat", "--probe", "feeling"]),
        ("embed", vec!["embed", "the cat", "--pooling", "mean-words", "--pooling", "mean@1", "--no-cache"]),
        ("embed", [&["embed", "--no-cache"][..], &of_list].concat()),
        ("rows", [&["mixing", "--rows", "--measure", "dot"][..], &of_list].concat()),
        ("rows", vec!["evaluate", pairs, "--rows", "--no-cache", "--metric", "all"]),
    ];
    for (name, mut command) in commands {
        match name {
            "embed" => {}
            "predict" | "rows" => command.extend(["--format", "jsonl"]),
            _ => command.extend(["--format", "json"]),
        }
        if name != "model" && name != "models" && name != "predict" {
            command.extend(["--model", TINY]);
        }
        let ended = run(&mut clscope(&command));
        assert_eq!(ended.status, Some(0), "{command:?}\n{}", ended.stderr);
        let schema = schema(name);
        let text = String::from_utf8(ended.stdout).unwrap();
        for line in text.lines() {
            if let Err(error) = serde_json::from_str::<Distinct>(line) {
                panic!("{command:?}: {error}");
            }
            let value: Value = serde_json::from_str(line).unwrap();
            misfit(&value, &schema, "$").unwrap_or_else(|why| panic!("{command:?}: {why}"));
        }
    }
}

#[test]
fn a_schema_refuses_what_it_does_not_name() {
    let schema = schema("similarity");
    let ended = run(&mut clscope(&["similarity", "a", "b", "--model", TINY, "--format", "json"]));
    let whole: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut value = whole.clone();
        change(&mut value);
        misfit(&value, &schema, "$")
    };
    assert_eq!(changed(&|_| {}), Ok(()));
    assert!(changed(&|value| value["more"] = 1.into()).unwrap_err().contains("$.more"));
    assert!(changed(&|value| drop(value.as_object_mut().unwrap().remove("sentences"))).unwrap_err().contains("lacks"));
    assert!(changed(&|value| value["options"]["metric"] = "cosinus".into()).is_err());
    assert!(changed(&|value| value["poolings"]["mean"]["cosine"][0][1] = "near".into()).is_err());
}

#[test]
fn a_result_names_what_it_is_of() {
    let arguments = ["similarity", "a", "b", "--model", TINY, "--format", "json", "--pooling", "cls", "--layer", "1"];
    let ended = run(&mut clscope(&arguments));
    let document: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&document["model"], &document["origin"]), (&"tiny-pooler".into(), &TINY.into()));
    let options = &document["options"];
    assert_eq!(
        (&options["metric"], &options["layer"], &options["prompt"]),
        (&"cosine".into(), &1.into(), &Value::Null)
    );
    assert_eq!((&options["backend"], &options["version"]), (&"flex".into(), &env!("CARGO_PKG_VERSION").into()));
}
