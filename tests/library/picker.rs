//! The list of models says of each its family and the pooling that it declares.

use std::{fs, path::Path};

use clscope::{
    config::recommended_models,
    jobs::Report,
    models::{Hub, HubError, HubSettings, Library, Listed, ModelPlace, Recent},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::{common::repository, declared::copy, explorer::Explorer, families::FAMILIES};

/// What is listed where these directories were opened before, and, unless `offline`, what is recommended.
fn listed(directories: &[&Path], offline: bool) -> Vec<Listed> {
    let home = tempfile::tempdir().unwrap();
    let settings = HubSettings { offline, ..HubSettings::resolve(|_| None, Some(home.path())).unwrap() };
    let recent = Recent::new(Some(home.path().join("recent")));
    directories.iter().rev().for_each(|directory| recent.note(directory.to_str().unwrap()).unwrap());
    let hub = Hub::new(Ok::<_, HubError>(settings));
    Library { hub, recommended: recommended_models().unwrap(), recent }.list()
}

/// The words below the list at this size, in one line, where the cursor is on a model.
fn said_of(model: &Listed, size: (u16, u16)) -> String {
    let mut explorer = Explorer::on("a", None).keys("m");
    explorer.app.on_report(Report::Models(vec![model.clone()]));
    let frame = explorer.frame(size);
    let area = frame.buffer().area;
    let row = |y: u16| (0..area.width).map(|x| frame.buffer()[(x, y)].symbol()).collect::<String>();
    let rows: Vec<String> = (0..area.height).map(row).collect();
    rows.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_said(model: &Listed, words: &str) {
    for size in [(80, 24), (120, 36)] {
        let said = said_of(model, size);
        assert!(said.contains(words), "{} at {size:?}: no {words:?} in {said}", model.name);
    }
}

/// A family's checkpoint with what sentence-transformers writes beside it.
fn with_modules(family: &str, case: &str) -> TempDir {
    let made = tempfile::tempdir().unwrap();
    let reference = repository().join("tests/reference");
    copy(&reference.join("families").join(family), made.path());
    copy(&reference.join("sentence_transformers").join(case), made.path());
    let path = made.path().join("1_Pooling/config.json");
    let mut config: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for name in ["word_embedding_dimension", "embedding_dimension"] {
        config.as_object_mut().unwrap().entry(name).and_modify(|size| *size = 12.into());
    }
    fs::write(path, config.to_string()).unwrap();
    made
}

#[test]
fn the_picker_says_family_and_declared_pooling() {
    let families = ["MPNet", "RoBERTa", "XLM-RoBERTa", "CamemBERT", "DistilBERT", "ELECTRA", "ALBERT", "ERNIE"];
    let cases = [
        ("cls", "cls"),
        ("mean", "mean"),
        ("max", "max"),
        ("mean-sqrt", "mean_sqrt_len_tokens"),
        ("weighted-mean", "weightedmean"),
        ("last-token", "lasttoken"),
        ("joined-names", "weightedmean + cls"),
        ("joined-switches", "cls + max + mean"),
    ];
    for (name, (case, pooling)) in families.into_iter().zip(cases) {
        let made = with_modules(&name.to_lowercase(), case);
        let models = listed(&[made.path()], true);
        let model = models.iter().find(|model| model.place == ModelPlace::Directory).unwrap();
        assert_said(model, &format!("{name}, declares the pooling {pooling}: "));
    }
    // Nothing declares a pooling here.
    for folder in FAMILIES {
        let directory = repository().join("tests/reference/families").join(folder);
        let models = listed(&[&directory], true);
        let model = models.iter().find(|model| model.place == ModelPlace::Directory).unwrap();
        assert_eq!(model.summary.pooling, None, "{folder}");
        assert_said(model, &format!("{}: ", model.summary.family));
    }
}

#[test]
fn the_picker_says_it_of_every_recommended_model() {
    let models = listed(&[], false);
    let recommended = recommended_models().unwrap();
    let families: std::collections::BTreeSet<&str> = recommended.iter().map(|model| model.family.as_str()).collect();
    assert_eq!(families.len(), 9, "one of each family at least: {families:?}");
    for model in &recommended {
        let listed = models.iter().find(|listed| listed.name == model.id).unwrap();
        let pooling =
            model.pooling.as_ref().map_or(String::new(), |pooling| format!(", declares the pooling {pooling}"));
        assert_said(listed, &format!("{}{pooling}: ", model.family));
    }
}
