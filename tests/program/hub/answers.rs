//! What a hub may answer instead of what it should: an error each time, in one line with the remedy, nothing written
//! outside the cache, and nothing left behind that keeps a hub in good health from being heard.

use std::{fs, time::Duration};

use clscope::models::{Cancel, Hub, HubSettings};

use super::{
    bench::{Bench, Files, ID, NOBODY, Since, TINY, WEIGHTS, always, complaint, files, model},
    kinds::{File, KINDS},
    server::{Fault, Kind},
};

const LISTING: &str = "/revision/main";
const CONFIG: &str = "config.json";

#[test]
fn an_unknown_model_or_revision_is_said_to_be_unknown() {
    let bench = Bench::new(TINY);
    for name in ["ada/unknown", "unknown", "ada/tiny@unknown", "ada/tiny@0123456789abcdef0123456789abcdef01234567"] {
        let message = bench.fetch_as(name, bench.settings()).unwrap_err();
        assert!(message.starts_with(&format!("{}: ", model(name))), "{message}");
        assert!(message.contains("no such model") && message.contains("--revision"), "{message}");
    }
    assert!(!bench.cache().exists(), "nothing is written for what does not exist");
}

#[test]
fn a_repository_that_is_no_checkpoint_is_named_before_anything_large_comes() {
    let of = files("forms/safetensors-f32");
    for kind in KINDS {
        let content = |file: &File| match file {
            File::Of(name) => of[*name].clone(),
            File::Text(text) => text.as_bytes().to_vec(),
        };
        let files: Files = kind.files.iter().map(|(name, file)| ((*name).to_owned(), content(file))).collect();
        let bench = Bench::with(files);
        let message = bench.refused(&[&[ID], kind.says].concat());
        let in_directory = !kind.says.contains(&"another program");
        assert_eq!(message.contains("hf download ada/tiny"), in_directory, "{}: {message}", kind.label);
        let asked = bench.asked_for();
        assert!(asked.iter().all(|name| name.ends_with("config.json")), "{}: {asked:?}", kind.label);
        assert_eq!(bench.main(), None);
    }
}

#[test]
fn a_tokenizer_that_cannot_be_read_is_refused_before_the_weights_come() {
    let mut files = files(TINY);
    files.insert("tokenizer_config.json".to_owned(), br#"{"tokenizer_class":"BertJapaneseTokenizer"}"#.to_vec());
    let bench = Bench::with(files);
    bench.refused(&[ID, "BertJapaneseTokenizer"]);
    assert_eq!(bench.downloads_of(WEIGHTS), [0; 0]);
}

#[test]
fn a_hub_that_is_busy_is_asked_again() {
    for status in [429, 500, 502, 503] {
        for path in [LISTING, CONFIG, WEIGHTS] {
            let bench = Bench::failing([Fault { times: 3, ..Fault::once(path, Kind::Status(status)) }]);
            bench.assert_whole(&bench.fetch().unwrap());
        }
        let bench = Bench::failing([Fault { times: 3, ..Fault::once(WEIGHTS, Kind::Refuse(status)) }]);
        bench.assert_whole(&bench.fetch().unwrap());
    }
}

#[test]
fn a_hub_that_stays_busy_is_given_up() {
    for (status, remedy) in [(429, "wait"), (500, "try again later"), (503, "try again later")] {
        for path in [LISTING, CONFIG, WEIGHTS] {
            for kind in [Kind::Status(status), Kind::Refuse(status)] {
                let bench = Bench::failing([always(path, kind)]);
                bench.refused(&[ID, &format!("status {status}"), remedy]);
                assert!(bench.server.requests().len() < 40, "{} requests", bench.server.requests().len());
                bench.assert_recovers();
            }
        }
    }
}

#[test]
fn a_refusal_in_the_middle_is_final() {
    for (status, says) in [(401, "HF_TOKEN"), (403, "HF_TOKEN"), (404, "check the name"), (418, "status 418")] {
        for path in [CONFIG, WEIGHTS] {
            let bench = Bench::failing([always(path, Kind::Refuse(status))]);
            bench.refused(&[ID, says]);
            bench.assert_recovers();
        }
    }
}

#[test]
fn an_answer_that_is_no_answer_of_a_hub_is_an_error() {
    let body = |text: &str| Kind::Body(text.as_bytes().to_vec());
    let commit =
        |sha: &str| body(&format!(r#"{{"id":"ada/tiny","sha":{sha:?},"siblings":[{{"rfilename":"config.json"}}]}}"#));
    let deep = "[".repeat(100_000);
    let mut cases = vec![
        (LISTING, body("")),
        (LISTING, body("{")),
        (LISTING, body("null")),
        (LISTING, body("[]")),
        (LISTING, body("<html>Log in to the network of the hotel</html>")),
        (LISTING, body(r#"{"siblings":[]}"#)),
        (LISTING, body(r#"{"sha":7,"siblings":{}}"#)),
        (LISTING, body(&deep)),
        (LISTING, Kind::Body(vec![0xff; 1000])),
        (LISTING, commit("main")),
        (LISTING, commit("")),
        (LISTING, commit("../../../../x")),
        (LISTING, commit("0123456789ABCDEF0123456789ABCDEF01234567")),
        (LISTING, body(r#"{"sha":"\u001b[31m\n","siblings":[]}"#)),
    ];
    for path in [LISTING, CONFIG, WEIGHTS, ""] {
        cases.push((path, Kind::Garbage));
    }
    for (path, kind) in cases {
        let bench = Bench::failing([always(path, kind.clone())]);
        let message = bench.fetch().expect_err(&format!("{path:?} {kind:?}"));
        assert!(message.contains("HF_ENDPOINT") || message.contains("network"), "{path:?} {kind:?}: {message}");
        assert_eq!(bench.main(), None, "{path:?} {kind:?}");
        bench.assert_recovers();
    }
}

/// A hub that has [`TINY`] and answers questions about a file so.
fn lying(since: Since, path: &str, kind: Kind) -> Bench {
    let harmless = Fault::once(path, Kind::Header("X-Harmless", "1".to_owned()));
    let before = matches!(since, Since::Second).then_some(harmless);
    Bench::failing(before.into_iter().chain([always(path, kind)]))
}

fn no_hostile_etag_or_commit_is_believed(since: Since) {
    let outside = tempfile::tempdir().unwrap();
    let absolute = outside.path().join("x").display().to_string();
    let values = ["../../x", "../../../../x", &absolute, "..", ".", "a/b", "x.lock", "", "\"", "é", &"a".repeat(300)];
    let places = [(CONFIG, "ETag"), (WEIGHTS, "X-Linked-Etag"), (CONFIG, "X-Repo-Commit"), (WEIGHTS, "X-Repo-Commit")];
    for value in values {
        for (path, header) in places {
            let bench = lying(since, path, Kind::Header(header, value.to_owned()));
            bench.assert_refused_or_harmless(&format!("{header} {value:?} of {path}"), since);
            assert!(fs::read_dir(outside.path()).unwrap().next().is_none(), "{absolute} was written");
        }
    }
}

#[test]
fn a_hostile_etag_or_commit_leads_nowhere() {
    no_hostile_etag_or_commit_is_believed(Since::First);
}

#[test]
fn an_etag_or_commit_that_turns_hostile_leads_nowhere() {
    no_hostile_etag_or_commit_is_believed(Since::Second);
}

fn no_other_commit_is_taken(since: Since) {
    let other = "0123456789abcdef0123456789abcdef01234567";
    for path in [CONFIG, WEIGHTS] {
        let bench = lying(since, path, Kind::Header("X-Repo-Commit", other.to_owned()));
        bench.assert_refused_or_harmless(path, since);
        assert!(!bench.folder().join("snapshots").join(other).exists());
    }
}

#[test]
fn a_commit_that_is_not_the_listed_one_is_refused() {
    no_other_commit_is_taken(Since::First);
}

#[test]
fn a_commit_that_changes_on_the_way_is_refused() {
    no_other_commit_is_taken(Since::Second);
}

#[test]
fn a_missing_header_is_an_error() {
    for (path, header) in [
        (CONFIG, "ETag"),
        (CONFIG, "X-Repo-Commit"),
        (CONFIG, "Content-Length"),
        (WEIGHTS, "X-Linked-Etag"),
        (WEIGHTS, "X-Linked-Size"),
        (WEIGHTS, "X-Repo-Commit"),
    ] {
        for since in [Since::First, Since::Second] {
            let bench = lying(since, path, Kind::NoHeader(header));
            let what = format!("no {header} for {path}, {since:?}");
            bench.assert_refused_or_harmless(&what, since);
        }
    }
    // What is not needed may be missing.
    let bench = Bench::failing([always("", Kind::NoHeader("Accept-Ranges"))]);
    bench.assert_whole(&bench.fetch().unwrap());
}

#[test]
fn a_redirect_without_a_location_is_an_error() {
    for since in [Since::First, Since::Second] {
        let bench = lying(since, &format!("/resolve/{}/{WEIGHTS}", Bench::new(TINY).sha), Kind::NoHeader("Location"));
        bench.refused(&[ID, "HF_ENDPOINT"]);
        bench.assert_recovers();
    }
}

#[test]
fn a_weak_etag_is_an_etag() {
    let plain = Bench::new(TINY);
    plain.fetch().unwrap();
    let etag = plain.blob().file_name().unwrap().to_str().unwrap().to_owned();
    let bench = Bench::failing([always(WEIGHTS, Kind::Header("X-Linked-Etag", format!("W/\"{etag}\"")))]);
    bench.assert_whole(&bench.fetch().unwrap());
    assert!(bench.folder().join("blobs").join(etag).is_file());
}

#[test]
fn a_size_that_is_no_size_is_an_error() {
    for size in ["-1", "99999999999999999999999", "", "x", "1.5", "0x10"] {
        let bench = lying(Since::First, WEIGHTS, Kind::Header("X-Linked-Size", size.to_owned()));
        let message = bench.fetch().expect_err(size);
        assert!(message.contains("HF_ENDPOINT"), "{size:?}: {message}");
        bench.assert_recovers();
    }
}

#[test]
fn a_location_that_leads_nowhere_is_an_error() {
    let nobody = format!("{NOBODY}/x");
    for location in [
        &nobody,
        "/nowhere",
        "/ada/unknown/resolve/main/x",
        "",
        "?",
        "x",
        "//",
        "http://",
        "gopher://x/",
        "file:///etc/passwd",
        "http://[::1",
        "é",
    ] {
        for since in [Since::First, Since::Second] {
            let what = format!("{location:?}, {since:?}");
            let bench = lying(since, WEIGHTS, Kind::Header("Location", location.to_owned()));
            let message = bench.fetch().expect_err(&what);
            assert!(message.contains(ID), "{what}: {message}");
            bench.assert_recovers();
        }
    }
}

#[test]
fn a_location_that_leads_back_is_not_followed_for_ever() {
    let bench = Bench::new(TINY);
    let path = format!("/{ID}/resolve/{}/{WEIGHTS}", bench.sha);
    bench.server.fail(always(&path, Kind::Header("Location", path.clone())));
    let settings = HubSettings { patience: Duration::from_secs(1), ..bench.settings() };
    let message = bench.fetch_as(ID, settings).unwrap_err();
    assert!(message.contains("HF_ENDPOINT"), "{message}");
    let count = bench.server.requests().len();
    assert!(count < 200, "it was asked {count} times");

    let bench = Bench::new(TINY);
    bench.server.alias("ada/round", "ada/round");
    let message = bench.fetch_as("ada/round", bench.settings()).unwrap_err();
    assert!(message.contains("HF_ENDPOINT"), "{message}");
}

#[test]
fn nobody_at_the_endpoint_is_an_error_at_once() {
    let bench = Bench::new(TINY);
    let settings = HubSettings { endpoint: NOBODY.to_owned(), ..bench.settings() };
    let message = bench.fetch_as(ID, settings).unwrap_err();
    assert!(message.contains(NOBODY) && message.contains("check the network"), "{message}");
    let settings = HubSettings { endpoint: "http://no-such-host.invalid".to_owned(), ..bench.settings() };
    let message = bench.fetch_as(ID, settings).unwrap_err();
    assert!(message.contains("no-such-host.invalid") && message.contains("HF_ENDPOINT"), "{message}");
    bench.assert_recovers();
}

#[test]
fn what_is_no_bert_is_refused_before_its_weights_are_fetched() {
    let mut decoder = files(TINY);
    decoder.extend(files("refused/gpt2"));
    let bench = Bench::with(decoder);
    bench.refused(&[ID, "gpt2"]);
    assert_eq!(bench.asked_for(), [CONFIG.to_owned()].into());
    assert_eq!(bench.main(), None);

    for damaged in ["refused/not-json", "refused/not-an-object", "refused/absurd-sizes", "refused/gpt2"] {
        let mut all = files(TINY);
        all.extend(files(damaged));
        let bench = Bench::with(all);
        bench.fetch().expect_err(damaged);
        assert!(!bench.asked_for().contains(WEIGHTS), "{damaged}");
    }
}

#[test]
fn a_repository_without_a_needed_file_is_no_model() {
    let without = |missing: &[&str]| {
        let mut all: Files = files(TINY);
        missing.iter().for_each(|name| drop(all.remove(*name)));
        all.insert("README.md".to_owned(), b"# A model".to_vec());
        let bench = Bench::with(all);
        let message = bench.fetch().unwrap_err();
        assert!(message.contains(ID) && message.contains(missing[0]) && message.contains("BERT"), "{message}");
        assert!(!bench.asked_for().contains(WEIGHTS));
    };
    without(&[CONFIG]);
    without(&[WEIGHTS]);
    without(&["tokenizer.json"]);
    without(&[CONFIG, WEIGHTS, "tokenizer.json", "tokenizer_config.json"]);
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    let bench = Bench::new(TINY);
    let file = tempfile::NamedTempFile::new().unwrap();
    for cache in [file.path().to_owned(), file.path().join("hub")] {
        let settings = HubSettings { cache: cache.clone(), ..bench.settings() };
        let message = bench.fetch_as(ID, settings).unwrap_err();
        assert!(message.contains(&cache.display().to_string()) && message.contains("HF_HOME"), "{message}");
    }
    // What lies in the way in the cache itself.
    for place in
        ["models--ada--tiny", "models--ada--tiny/blobs", "models--ada--tiny/snapshots", "models--ada--tiny/refs"]
    {
        let bench = Bench::new(TINY);
        let place = bench.cache().join(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, "in the way").unwrap();
        let result = Hub::new(Ok(bench.settings())).fetch(&model(ID), &Cancel::default(), &mut |_| {});
        let message = complaint(&result.unwrap_err());
        assert!(
            message.contains(&bench.cache().display().to_string()) && message.contains("HF_HOME"),
            "{place:?}: {message}"
        );
        fs::remove_file(bench.folder().join(place)).unwrap();
        bench.assert_recovers();
    }
}
