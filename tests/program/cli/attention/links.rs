//! Which head links two tokens, what a sweep does to one of them, and words in the place of numbers.

use super::*;

/// `[CLS] the cat sat on the mat ...`: “cat” and “mat” stand there once, “the” twice.
const TEXT: &str = "the cat sat on the mat";

fn tables(arguments: &[&str]) -> Vec<Value> {
    let given = ["attention", TEXT, "--model", TINY, "--format", "json"];
    json(&with(&given, arguments))["tables"].as_array().unwrap().clone()
}

/// The place of a word, and of all its pieces.
fn place(word: &str) -> Vec<usize> {
    let trace = json(&["trace", TEXT, "--model", TINY]);
    let texts: Vec<String> =
        trace["tokens"].as_array().unwrap().iter().map(|token| token["text"].as_str().unwrap().to_owned()).collect();
    units(&trace, true)
        .into_iter()
        .find(|unit| unit.iter().map(|&at| texts[at].trim_start_matches("##")).collect::<String>() == word)
        .unwrap_or_else(|| panic!("{word} is not in {texts:?}"))
}

#[test]
fn the_heads_that_link_two_words_are_listed_the_strongest_first() {
    let trace = json(&["trace", TEXT, "--model", TINY]);
    let attentions = array(&trace["attentions"]);
    let (from, to) = (place("cat"), place("mat"));
    let words = ["--view", "heads", "--from", "cat", "--to", "MAT", "--units", "words"];
    let found = tables(&words);
    let links = rows(&found[1]);
    let values: Vec<f64> = links.iter().map(|row| row["source→marked"].as_f64().unwrap()).collect();
    assert!(values.is_sorted_by(|a, b| a >= b) && values.len() == attentions.shape()[0] * attentions.shape()[1]);
    for row in links {
        let [layer, head] = ["layer", "head"].map(|key| row[key].as_u64().unwrap() as usize - 1);
        let weight = |query: usize| to.iter().map(|&key| f64::from(attentions[[layer, head, query, key]])).sum::<f64>();
        let expected = from.iter().map(|&query| weight(query)).sum::<f64>() / from.len() as f64;
        assert!((row["source→marked"].as_f64().unwrap() - expected).abs() < 1e-6, "{row}, not {expected}");
    }
    // The same by number, and for one layer; --mark adds a token.
    let first = [from[0].to_string(), to[0].to_string()];
    let numbers = ["--view", "heads", "--from", &first[0], "--to", &first[1], "--units", "words"];
    assert_eq!(tables(&numbers), found);
    assert!(rows(&tables(&with(&words, &["--layer", "2"]))[1]).iter().all(|row| row["layer"] == 2));
    let both = tables(&with(&words, &["--mark", "0"]));
    let sum = |tables: &[Value]| rows(&tables[1]).iter().map(|row| row["source→marked"].as_f64().unwrap()).sum::<f64>();
    assert!(sum(&both) > sum(&found));
    // Under another measure, of one number a layer.
    let block = tables(&with(&words, &["--measure", "block"]));
    assert_eq!(rows(&block[1]).len(), attentions.shape()[0]);
    assert_eq!(tables(&["--view", "heads"]).len(), 1);
}

#[test]
fn a_word_that_stands_in_no_place_or_in_several_is_refused() {
    let asked = |more: &[&str]| refusal(&with(&["attention", TEXT, "--model", TINY], more));
    let ambiguous = asked(&["--from", "the"]);
    assert!(ambiguous.contains("“the”") && ambiguous.contains("numbers 1 5"), "{ambiguous}");
    assert!(asked(&["--to", "dog"]).contains("“dog”"));
    assert!(asked(&["--from", "99"]).contains("99"));
    assert_eq!(tables(&["--from", "[cls]"]), tables(&[]));
    let pieces = with(&["attention", "unable cats", "--model", TINY], &["--from", "unable"]);
    let said = refusal(&pieces);
    assert!(said.contains("--units words") && said.contains("1 2"), "{said}");
    text(&with(&pieces, &["--units", "words"]));
    let usage = |more: &[&str]| misuse(&with(&["attention", TEXT, "--model", TINY], more));
    assert!(usage(&["--from", "cat", "--to", "mat"]).contains("--to"));
    assert!(usage(&["--view", "heads", "--from", "cat"]).contains("--mark"));
    assert!(usage(&["--view", "sweep", "--order", "cell", "--from", "cat"]).contains("--to"));
    assert!(usage(&["--view", "sweep", "--order", "token"]).contains("--from"));
    usage(&["--from", ""]);
}

#[test]
fn a_sweep_is_about_a_token_and_about_a_cell() {
    let (from, to) = (place("cat")[0], place("mat")[0]);
    let (head, numbers) = ("1.2", [from.to_string(), to.to_string()]);
    let given = ["--view", "sweep", "--from", &numbers[0], "--to", &numbers[1], "--layer", "2", "--head", "1"];
    let trace = |more: &[&str]| json(&with(&["trace", TEXT, "--model", TINY], more));
    let [before, after] = [trace(&[]), trace(&["--cut", head])];
    let vector = |trace: &Value| array(&trace["last_hidden_state"]).index_axis(ndarray::Axis(0), from).to_owned();
    let (a, b) = (vector(&before), vector(&after));
    let dot =
        |a: &ArrayD<f32>, b: &ArrayD<f32>| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    let expected = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
    let weight = |trace: &Value| f64::from(array(&trace["attentions"])[[1, 0, from, to]]);
    for order in ["token", "cell"] {
        let answer = json(
            &[&["attention", TEXT, "--model", TINY, "--format", "json"], &given[..], &["--order", order]].concat(),
        );
        let table = &answer["tables"][0];
        let row = rows(table).iter().find(|row| row["layer"] == 1 && row["head"] == 2).unwrap();
        assert!((row["token"].as_f64().unwrap() - expected).abs() < 1e-6, "{row}, not {expected}");
        assert!((row["cell"].as_f64().unwrap() - weight(&after)).abs() < 1e-6, "{row}, not {}", weight(&after));
        let told: f64 = answer["about"]["cell_before"].as_str().unwrap().parse().unwrap();
        assert!((told - weight(&before)).abs() < 1e-6);
        let losses: Vec<f64> = rows(table)
            .iter()
            .map(|row| match order {
                "token" => 1.0 - row["token"].as_f64().unwrap(),
                _ => (row["cell"].as_f64().unwrap() - weight(&before)).abs(),
            })
            .collect();
        assert!(losses.is_sorted_by(|a, b| *a >= b - 1e-7), "{order}: {losses:?}");
    }
    // What is ablated in any view is told of the token that looks, too.
    let found = tables(&["--from", &numbers[0], "--cut", head]);
    let last = rows(found.last().unwrap()).last().unwrap();
    assert_eq!(last["pooling"], json!(format!("{from} cat")));
    assert!((last["cosine"].as_f64().unwrap() - expected).abs() < 1e-6);
}
