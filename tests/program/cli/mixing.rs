use super::*;

const SENTENCE: &str = "The cat sat on the mat.";

/// The rows of the table whose rows have these keys.
fn rows<'v>(found: &'v Value, keys: &[&str]) -> &'v Vec<Value> {
    let tables = found["tables"].as_array().unwrap();
    let has = |table: &&Value| keys.iter().all(|key| table["rows"][0].get(key).is_some());
    tables.iter().find(has).unwrap_or_else(|| panic!("no table with {keys:?}"))["rows"].as_array().unwrap()
}

#[test]
fn a_vector_is_taken_apart_in_shares_that_add_up() {
    for token in ["cls", "2", "mean", "pooled"] {
        let found = json(&["mixing", SENTENCE, "--model", TINY, "--token", token, "--format", "json"]);
        assert_eq!(found["about"]["vector"], token);
        let layers = rows(&found, &["layer", "shares"]);
        assert_eq!(layers.last().unwrap()["layer"], 2);
        for row in layers.iter().chain(rows(&found, &["from", "shares"])) {
            let shares = row["shares"].as_array().unwrap().iter().map(|share| share.as_f64().unwrap());
            let all = shares.sum::<f64>() + row["biases"].as_f64().unwrap();
            assert!((all - 1.0).abs() < 1e-4, "{token}: {row}");
        }
    }
    // The row of a token is that of the measure.
    let found = json(&["mixing", SENTENCE, "--model", TINY, "--measure", "alti", "--format", "json"]);
    let attention =
        json(&["attention", SENTENCE, "--model", TINY, "--measure", "alti", "--units", "words", "--format", "json"]);
    assert_eq!(rows(&found, &["layer", "shares"])[1]["shares"], attention["tables"][0]["rows"][1]["shares"]);
}

#[test]
fn claims_are_tested_on_a_list_with_intervals_and_on_a_sentence_without() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("list.txt");
    fs::write(&path, "the cat sat on the mat.\n\na red dog ran to the river.\nwho is it?\n").unwrap();
    let list = json(&["mixing", "--file", path.to_str().unwrap(), "--model", TINY, "--trust", "--format", "json"]);
    let one = json(&["mixing", SENTENCE, "--model", TINY, "--format", "json"]);
    for (found, is_list) in [(&list, true), (&one, false)] {
        let claims: BTreeSet<&str> =
            rows(found, &["claim", "says"]).iter().map(|row| row["claim"].as_str().unwrap()).collect();
        assert_eq!(claims.len(), if is_list { 4 } else { 3 }, "one sentence has no other to be told from");
        for row in rows(found, &["own", "largest"]) {
            let own = row["own"].as_f64().unwrap();
            assert_eq!(row["own_low"].as_f64().is_some_and(|low| low <= own), is_list, "{row}");
        }
    }
    // Of one sentence each word counts, as on screen; three sentences decide nothing.
    for row in rows(&one, &["claim", "under", "number"]) {
        let holds = match row["claim"].as_str().unwrap() {
            "a" => row["number"] == 1.0,
            "b" => row["number"] == 0.0,
            _ => row["number"].as_f64().unwrap() >= 0.9,
        };
        assert_eq!(row["verdict"], if holds { "holds" } else { "fails" }, "{row}");
    }
    assert!(rows(&list, &["claim", "says"]).iter().all(|row| row["verdict"] == "open"));
    assert_eq!(rows(&list, &["blind", "centred"]).len(), 6);
    assert!(rows(&list, &["masked", "hidden"]).iter().any(|row| row["measure"] == "value-zeroing"));
    let tsv = text(&[
        "mixing",
        "--file",
        path.to_str().unwrap(),
        "--model",
        TINY,
        "--measure",
        "dot",
        "--format",
        "tsv",
        "--table",
        "3",
    ]);
    assert!(tsv.contains("content-word\tdot\t") && !tsv.contains("alti"), "{tsv}");
}

#[test]
fn what_cannot_be_taken_apart_is_refused() {
    for (arguments, says) in [
        (
            &["mixing", "a", "--model", TINY, "--measure", "weight"][..],
            "one of: alti, decompx, dot, globenc, rollout\n",
        ),
        (&["mixing", "a", "--model", TINY, "--measure", "foo"], "one of: alti, decompx, dot, globenc, rollout\n"),
        (&["mixing", "a", "--model", TINY, "--token", "9"], "no token 9"),
        (&["mixing", "a", "--model", NO_POOLER, "--token", "pooled"], "choose cls or mean"),
        (&["mixing", "--background", "list", "--model", TINY], "en, zh"),
        (&["mixing", "a", "--model", TINY, "--format", "tsv"], "mixing makes several"),
    ] {
        let ended = refusal_or_misuse(arguments);
        assert!(ended.contains(says), "{arguments:?}: {ended}");
    }
    for wrong in [
        &["mixing"][..],
        &["mixing", "a", "--file", "b"],
        &["mixing", "a", "--token", "x"],
        &["mixing", "--background", "en", "--token", "1"],
    ] {
        misuse(wrong);
    }
}

fn refusal_or_misuse(arguments: &[&str]) -> String {
    let ended = run(&mut clscope(arguments));
    assert_ne!(ended.status, Some(0), "{arguments:?}");
    ended.stderr
}
