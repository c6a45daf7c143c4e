//! Models of the Hub: fetched from a stand-in on loopback, kept in the cache, opened from there; with everything that can
//! go wrong on the way.

mod answers;
mod bench;
mod commands;
mod explorer;
mod interruptions;
mod secure;
mod server;

use std::{collections::BTreeSet, fs};

use bench::{Bench, Files, ID, LARGER, TINY, WEIGHTS, everything_in, expected, files, publish};
use clscope::models::HubSettings;
use server::{Fault, Kind};

use crate::{kinds, program, pty};

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn a_model_is_fetched_once_and_then_opened_without_the_network() {
    let mut all = files(TINY);
    // What else lies in such repositories.
    for other in ["tf_model.h5", "flax_model.msgpack", "onnx/model.onnx", "pytorch_model.bin", "vocab.txt", "README.md"]
    {
        all.insert(other.to_owned(), b"not for clscope".to_vec());
    }
    let bench = Bench::with(all);
    assert!(bench.loads(ID) == expected(TINY), "other numbers than those of the directory");

    let needed = ["config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json"];
    assert_eq!(bench.asked_for(), set(needed));
    assert_eq!(bench.main().as_deref(), Some(bench.sha.as_str()));
    let snapshot = bench.folder().join("snapshots").join(&bench.sha);
    bench.assert_whole(&snapshot);
    assert_eq!(everything_in(&snapshot), set(needed));
    let cache = everything_in(&bench.folder());
    assert_eq!(cache.iter().filter(|path| path.starts_with("blobs/")).count(), needed.len());
    assert_eq!(cache.iter().filter(|path| path.starts_with("refs/")).collect::<Vec<_>>(), ["refs/main"]);
    // As Python links them, so that the cache can be moved.
    let link = fs::read_link(snapshot.join(WEIGHTS)).unwrap();
    assert!(link.starts_with("../../blobs"), "{}", link.display());

    bench.server.forget_requests();
    assert!(bench.loads(ID) == expected(TINY), "other numbers from the cache");
    assert!(bench.server.requests().is_empty(), "{:?}", bench.server.requests());
}

#[test]
fn every_form_of_weights_and_tokenizer_is_fetched() {
    for (form, weights) in [
        ("forms/safetensors-sharded", 6),
        ("forms/bin-sharded", 6),
        ("forms/bin", 1),
        ("forms/bin-legacy", 1),
        ("forms/safetensors-f16", 1),
        ("forms/tok-vocab-only", 1),
        ("forms/tok-vocab-added-tokens", 1),
    ] {
        let bench = Bench::new(form);
        assert!(bench.loads(ID) == expected(form), "{form}: other numbers than those of the directory");
        let asked = bench.asked_for();
        let count = asked.iter().filter(|name| name.contains("model")).count();
        assert_eq!(count, weights, "{form}: {asked:?}");
        bench.assert_whole(&bench.folder().join("snapshots").join(&bench.sha));
    }
}

#[test]
fn a_checkpoint_of_googles_is_fetched_with_all_its_parts() {
    for (form, data) in [("tensorflow/bert", 1), ("tensorflow/bert-sharded", 3)] {
        // In a folder of its own, as some repositories have it, and beside a file that is not needed.
        for folder in ["", "uncased_L-1_H-16_A-2/"] {
            let mut published: Files =
                files(form).into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes)).collect();
            published.insert("README.md".to_owned(), b"Google's".to_vec());
            let bench = Bench::with(published);
            assert!(bench.loads(ID) == expected(form), "{form} in {folder:?}: other numbers");
            let asked = bench.asked_for();
            assert_eq!(asked.iter().filter(|name| name.contains(".data-")).count(), data, "{asked:?}");
            assert!(!asked.contains("README.md"));
            bench.server.forget_requests();
            assert!(bench.loads(ID) == expected(form));
            assert!(bench.server.requests().is_empty(), "all of it is here");
        }
    }
}

/// No weights come, which would be of no use.
#[test]
fn a_checkpoint_of_googles_that_is_of_no_use_is_refused_before_its_weights_come() {
    let form = "tensorflow/bert-sharded";
    let small = ["bert_config.json", "vocab.txt"];
    for part in 0..3 {
        let mut published = files(form);
        published.remove(&format!("bert_model.ckpt.data-0000{part}-of-00003")).unwrap();
        let bench = Bench::with(published);
        bench.refused(&["bert_model.ckpt.index", "missing", "another model"]);
        assert_eq!((bench.asked_for(), bench.main()), (set([]), None), "without part {part}");
    }
    for (name, bytes) in [
        ("vocab.txt", "the\ncat\n"),
        ("tokenizer_config.json", r#"{"tokenizer_class":"BertJapaneseTokenizer"}"#),
        ("tokenizer_config.json", "{"),
    ] {
        let mut published = files(form);
        published.insert(name.to_owned(), bytes.into());
        let bench = Bench::with(published);
        bench.refused(&[]);
        let asked = bench.asked_for();
        assert!(
            asked.is_superset(&set(small)) && !asked.iter().any(|name| name.contains(".ckpt")),
            "{name}: {asked:?}"
        );
        assert_eq!(bench.main(), None);
    }
}

#[test]
fn an_index_that_leads_out_of_its_directory_is_refused() {
    for outside in ["../x", "../../../../x.safetensors", "/tmp/x", "..", "a/b.safetensors"] {
        let mut files = files("forms/safetensors-sharded");
        let index = format!(r#"{{"weight_map":{{"embeddings.word_embeddings.weight":"{outside}"}}}}"#);
        files.insert("model.safetensors.index.json".to_owned(), index.into());
        let bench = Bench::with(files);
        bench.refused(&["model.safetensors.index.json", &format!("{outside:?}")]);
        let asked = bench.asked_for();
        assert_eq!(asked, set(["config.json", "model.safetensors.index.json"]), "{outside}");
        assert_eq!(bench.main(), None);
    }
}

#[test]
fn an_old_short_name_leads_to_the_model() {
    let bench = Bench::new(TINY);
    publish(&bench.server, "google-bert/bert-base-uncased", "main", &bench.files);
    bench.server.alias("bert-base-uncased", "google-bert/bert-base-uncased");
    let short = bench.fetch_as("bert-base-uncased", bench.settings()).unwrap();
    bench.assert_whole(&short);
    assert!(bench.loads("bert-base-uncased") == expected(TINY));

    bench.server.forget_requests();
    assert!(bench.loads("google-bert/bert-base-uncased") == expected(TINY), "it is here under its other name");
    assert!(bench.server.requests().is_empty());
}

#[test]
fn a_revision_is_a_branch_a_pull_request_or_a_commit() {
    let bench = Bench::new(TINY);
    let branches = [("v1.0", "forms/bin"), ("dev/next", "forms/safetensors-f16"), ("refs/pr/1", LARGER)];
    for (revision, form) in branches {
        let files = files(form);
        let sha = publish(&bench.server, ID, revision, &files);
        assert!(bench.loads(&format!("{ID}@{revision}")) == expected(form), "{revision}");
        let reference = bench.folder().join("refs").join(revision);
        assert_eq!(fs::read_to_string(reference).unwrap(), sha);
    }
    assert_eq!(bench.main(), None, "nobody asked for main");

    // A commit of its own, then one that is here as a branch already.
    assert!(bench.loads(&format!("{ID}@{}", bench.sha)) == expected(TINY));
    assert!(!bench.folder().join("refs").join(&bench.sha).exists(), "a commit is no branch");
    let hash = fs::read_to_string(bench.folder().join("refs/v1.0")).unwrap();
    bench.server.forget_requests();
    assert!(bench.loads(&format!("{ID}@{hash}")) == expected("forms/bin"));
    assert!(bench.server.requests().is_empty());
}

/// The checkpoint with another file in it.
fn changed(files: &Files, name: &str, bytes: &[u8]) -> Files {
    let mut files = files.clone();
    files.insert(name.to_owned(), bytes.to_vec());
    files
}

#[test]
fn a_newer_commit_is_fetched_when_asked_for_and_only_what_changed() {
    let bench = Bench::new(TINY);
    let old = bench.fetch().unwrap();
    let mut settings = bench.files["tokenizer_config.json"].clone();
    settings.push(b'\n');
    let newer = publish(&bench.server, ID, "main", &changed(&bench.files, "tokenizer_config.json", &settings));

    bench.server.forget_requests();
    bench.loads(ID);
    assert!(bench.server.requests().is_empty(), "opening keeps to what is here");
    assert_eq!(bench.main().as_deref(), Some(bench.sha.as_str()));

    let new = bench.fetch().unwrap();
    assert_eq!((bench.main(), bench::name(&new)), (Some(newer.clone()), newer));
    assert_eq!(bench.downloads_of("tokenizer_config.json"), [0]);
    for unchanged in ["config.json", "tokenizer.json", WEIGHTS] {
        assert_eq!(bench.downloads_of(unchanged), [0; 0], "{unchanged}");
        assert_eq!(fs::canonicalize(old.join(unchanged)).unwrap(), fs::canonicalize(new.join(unchanged)).unwrap());
    }
    assert_eq!(fs::read(new.join("tokenizer_config.json")).unwrap(), settings);
    assert!(bench.loads(ID) == expected(TINY));
}

#[test]
fn a_branch_moves_only_when_the_new_commit_is_here() {
    let bench = Bench::new(TINY);
    bench.fetch().unwrap();
    let newer = publish(&bench.server, ID, "main", &files(LARGER));
    for wrong in [Kind::Refuse(403), Kind::CutAfter(0), Kind::Status(500)] {
        bench.server.fail(Fault { times: 10, ..Fault::once(&format!("/cdn/{newer}/{WEIGHTS}"), wrong) });
        bench.fetch().unwrap_err();
        assert_eq!(bench.main().as_deref(), Some(bench.sha.as_str()));
        assert!(bench.loads(ID) == expected(TINY), "the old commit opens");
        // Use up what is left of the fault.
        while bench.fetch().is_err() {}
        assert_eq!(bench.main().as_deref(), Some(newer.as_str()));
        assert!(bench.loads(ID) == expected(LARGER), "the new commit opens");
        // And back.
        fs::remove_dir_all(bench.folder()).unwrap();
        bench.fetch_as(&format!("{ID}@{}", bench.sha), bench.settings()).unwrap();
        fs::create_dir_all(bench.folder().join("refs")).unwrap();
        fs::write(bench.folder().join("refs/main"), &bench.sha).unwrap();
    }
}

#[test]
fn a_gated_model_wants_a_token() {
    let bench = Bench::new(TINY);
    bench.server.gate(ID, "hf_right");
    let with = |token: Option<&str>| {
        bench.server.forget_requests();
        bench.fetch_as(ID, HubSettings { token: token.map(str::to_owned), ..bench.settings() })
    };
    let without = with(None).unwrap_err();
    assert!(without.contains("status 401") && without.contains("HF_TOKEN"), "{without}");
    assert!(bench.server.requests().iter().all(|request| request.authorization.is_none()));
    let wrong = with(Some("hf_wrong")).unwrap_err();
    assert!(wrong.contains("status 403") && wrong.contains("accept its terms"), "{wrong}");
    assert!(!wrong.contains("hf_wrong"), "a token belongs in no message");

    bench.assert_whole(&with(Some("hf_right")).unwrap());
    let requests = bench.server.requests();
    let to_hub: Vec<_> = requests.iter().filter(|request| !request.path.starts_with("/cdn/")).collect();
    assert!(to_hub.iter().all(|request| request.authorization.as_deref() == Some("Bearer hf_right")), "{to_hub:?}");
}

/// As Python has it: what the storage gets is a signed address.
#[test]
fn the_token_is_not_sent_to_another_host() {
    let bench = Bench::new(TINY);
    let storage = server::Hub::start();
    let sha = publish(&storage, ID, "main", &bench.files);
    let location = format!("{}/cdn/{sha}/{WEIGHTS}", storage.endpoint().replace("127.0.0.1", "localhost"));
    bench.server.fail(bench::always(&format!("/resolve/{sha}/{WEIGHTS}"), Kind::Header("Location", location)));
    let settings = HubSettings { token: Some("hf_secret".to_owned()), ..bench.settings() };
    bench.assert_whole(&bench.fetch_as(ID, settings).unwrap());
    let requests = storage.requests();
    assert!(!requests.is_empty() && requests.iter().all(|request| request.authorization.is_none()), "{requests:?}");
}
