//! The page of `--view all`: what it carries, and that nothing but its own script runs. `scripts/page.mjs` opens it in a browser.

use std::io::Read;

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::ZlibDecoder;

use super::{pages::elements, *};

/// The page without its script, the script, and what it carries.
fn parts(page: &str) -> (String, String, Value) {
    let (before, rest) = page.split_once("<script type=\"module\">").unwrap();
    let (script, behind) = rest.split_once("</script>").unwrap();
    let json = before.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    (format!("{before}<script></script>{behind}"), script.to_owned(), serde_json::from_str(json).unwrap())
}

fn page(arguments: &[&str]) -> String {
    // That the small checkpoints do not know words, or that a text is too long, is said elsewhere.
    let ended = run(&mut clscope(&[&["attention", "--model", TINY, "--view", "all"], arguments].concat()));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    String::from_utf8(ended.stdout).unwrap()
}

/// The numbers that stand for `{low, high, steps}`.
fn decoded(value: &Value) -> Vec<f64> {
    let (low, high) = (value["low"].as_f64().unwrap(), value["high"].as_f64().unwrap());
    let mut bytes = Vec::new();
    ZlibDecoder::new(&STANDARD.decode(value["steps"].as_str().unwrap()).unwrap()[..]).read_to_end(&mut bytes).unwrap();
    let (lower, upper) = bytes.split_at(bytes.len() / 2);
    let steps = lower.iter().zip(upper).map(|(&lower, &upper)| f64::from(u16::from_le_bytes([lower, upper])));
    steps.map(|step| low + (high - low) * step / 65534.0).collect()
}

fn flat(value: &Value) -> Vec<f64> {
    match value.as_array() {
        Some(all) => all.iter().flat_map(flat).collect(),
        None => vec![value.as_f64().unwrap()],
    }
}

fn assert_close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let worst = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst < 1e-5, "{what}: {worst}");
}

#[test]
fn the_page_carries_the_numbers_of_the_trace_and_of_every_measure() {
    for input in [&["a cat sat on unhappy tokens"][..], &["the cat", "--pair", "sat, unhappily, there", "--cut", "1.2"]]
    {
        let page = page(&[input, &["--measures", "all"]].concat());
        let (_, _, data) = parts(&page);
        let trace = json(&[&["trace", "--model", TINY, "--measures", "all"], input].concat());
        let tokens = trace["tokens"].as_array().unwrap();
        let pieces = data["units"]["pieces"].as_array().unwrap();
        assert_eq!(pieces.len(), tokens.len());
        for (piece, token) in pieces.iter().zip(tokens) {
            assert_eq!((&piece["text"], &piece["special"]), (&token["text"], &json!(token["span"].is_null())));
        }
        let type_ids: Vec<&Value> = trace["token_type_ids"].as_array().unwrap().iter().collect();
        assert_eq!(data["sentences"].as_array().unwrap().iter().collect::<Vec<_>>(), type_ids);

        let measures = data["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 9);
        let of = |id: &str| measures.iter().find(|measure| measure["id"] == id).unwrap();
        assert_close(&decoded(&of("weight")["heads_apart"]["shares"]), &flat(&trace["attentions"]), "weight");
        for id in ["alti", "rollout"] {
            assert_close(&decoded(&of(id)["together"]["shares"]), &flat(&trace[id]), id);
        }
        let of_matrix = |more: &[&str]| {
            let usual = ["attention", "--model", TINY, "--view", "matrix", "--format", "json"];
            let tables = json(&[&usual[..], input, more].concat())["tables"].clone();
            let rows = tables.as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap().clone());
            rows.filter(|row| row["shares"].is_array()).collect::<Vec<Value>>()
        };
        for id in ["value-norm", "block", "globenc", "dot", "decompx", "value-zeroing"] {
            let rows = of_matrix(&["--measure", id]);
            let has_extra = ["dot", "decompx"].contains(&id);
            let row = |row: &Value| {
                let biases = has_extra.then(|| row["biases"].as_f64().unwrap());
                flat(&row["shares"]).into_iter().chain(biases).collect::<Vec<_>>()
            };
            let expected: Vec<f64> = rows.iter().flat_map(row).collect();
            let found = decoded(&of(id)["together"]["shares"]);
            assert_eq!(found.len(), expected.len(), "{id}");
            let width = of(id)["together"]["shares"]["high"].as_f64().unwrap() + 1.0;
            let worst = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(worst < 2e-5 * width, "{id}: {worst}");
        }
        // Of a head: weights times lengths.
        let lengths = flat(&of("value-norm")["heads_apart"]["lengths"]);
        let taken: Vec<f64> = decoded(&of("weight")["heads_apart"]["shares"])
            .chunks(tokens.len())
            .enumerate()
            .flat_map(|(row, weights)| {
                let lengths = &lengths[row / tokens.len() * tokens.len()..][..tokens.len()];
                let taken: Vec<f64> = weights.iter().zip(lengths).map(|(weight, length)| weight * length).collect();
                let all: f64 = taken.iter().sum();
                taken.into_iter().map(move |one| if all > 0.0 { one / all } else { 0.0 })
            })
            .collect();
        let expected = of_matrix(&["--measure", "value-norm", "--head", "all"]);
        let expected: Vec<f64> = expected.iter().flat_map(|row| flat(&row["shares"])).collect();
        let worst = taken.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(taken.len() == expected.len() && worst < 1e-4, "{worst}");
        let named = page.contains("<dd dir=\"auto\">heads 1.2</dd>");
        assert_eq!(named, input.contains(&"--cut"), "the ablation is named");
    }
}

#[test]
fn the_page_takes_no_text_for_markup_and_runs_its_own_script_only() {
    let markup = "</script><script>alert(1)</script> <img src='http://x.y/z' onerror=\"a\"> <!-- &lt; ]]> 猫 שלום 👩‍🚀";
    for language in ["en", "zh"] {
        for text in [markup, HOSTILE, "the cat"] {
            let page = page(&[text, "--pair", markup, "--lang", language]);
            assert!(is_printable(&page));
            assert!(page.contains(&format!("<html lang=\"{language}\">")));
            let (rest, script, data) = parts(&page);
            let elements = elements(&rest);
            let count = |name| elements.iter().filter(|element| *element == name).count();
            assert_eq!([count("script"), count("img"), count("link"), count("a"), count("iframe")], [2, 0, 0, 0, 0]);
            let hash = ring::digest::digest(&ring::digest::SHA256, script.as_bytes());
            let policy =
                format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'", STANDARD.encode(hash));
            assert!(page.contains(&policy), "the browser would not run the script");
            assert!(!script.contains("</") && !script.contains("<!--") && !script.contains("innerHTML"));
            // Each key of the views and of everywhere is there, and what the script says is named.
            let keys = data["keys"].as_array().unwrap();
            assert!(keys.iter().any(|key| key[0] == "layers" && key[1] == "right" && key[3] == json!(["→", "l"])));
            for name in script.split("say.").skip(1) {
                let name: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
                assert!(data["say"][&name].is_string(), "{name}");
            }
        }
    }
}

#[test]
fn the_page_begins_with_what_is_chosen_and_refuses_what_it_has_no_use_for() {
    let more = ["--from", "2", "--to", "3", "--layer", "1", "--head", "2", "--measure", "dot", "--units", "words"];
    let (_, _, data) = parts(&page(&[&["a cat sat on"], &more[..]].concat()));
    let start = json!({
        "measure": "dot", "layer": 0, "head": 1, "source": 2, "token": 3, "direction": "from", "units": "words",
        "specials": "show"
    });
    assert_eq!(data["start"], start);
    let ids: Vec<&Value> = data["measures"].as_array().unwrap().iter().map(|measure| &measure["id"]).collect();
    assert_eq!(ids, ["weight", "value-norm", "block", "alti", "dot", "globenc", "rollout"]);
    let usual = ["attention", "a", "--model", TINY, "--view", "all"];
    for (more, said) in [
        (&["--format", "json"][..], "--format html"),
        (&["--table", "1"], "--table"),
        (&["--mark", "1"], "--mark"),
        (&["--head", "all"], "--head"),
        (&["--output", "x.csv"], "html"),
    ] {
        let said_of = misuse(&[&usual[..], more].concat());
        assert!(said_of.contains(said), "{said_of}");
    }
    assert!(misuse(&["attention", "a", "--model", TINY, "--measures", "all"]).contains("--measures"));
}
