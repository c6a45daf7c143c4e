//! `clscope similarity --explain`: the tables sum to the cosines that the command gives without it.

use super::*;

fn tables(arguments: &[&str]) -> Vec<Value> {
    let pair = ["similarity", "the cat sat on a broken mat", "a dog", "--model", TINY, "--format", "json"];
    json(&with(&pair, arguments))["tables"].as_array().unwrap().clone()
}

/// Sums of the cells of a table.
fn sum(table: &Value) -> f64 {
    let cells = table["rows"].as_array().unwrap().iter().flat_map(|row| row["terms"].as_array().unwrap());
    cells.map(|cell| cell.as_f64().unwrap()).sum()
}

#[test]
fn what_is_explained_is_the_cosine() {
    let pair = ["similarity", "the cat sat on a broken mat", "a dog", "--model", TINY, "--format", "json"];
    let cosines = &json(&pair)["poolings"];
    for flags in [&["--explain"][..], &["--explain=last-layer"], &["--explain", "--units", "words", "--top", "3"]] {
        let tables = tables(flags);
        let rows = tables[0]["rows"].as_array().unwrap();
        let names: Vec<&str> = rows.iter().map(|row| row["pooling"].as_str().unwrap()).collect();
        assert_eq!(names, ["mean", "mean-words", "cls", "pooled"], "{flags:?}");
        for (at, row) in rows.iter().enumerate() {
            let expected = cosines[names[at]]["cosine"][0][1].as_f64().unwrap();
            let found = [row["cosine"].as_f64().unwrap(), row["sum"].as_f64().unwrap(), sum(&tables[2 + 2 * at])];
            assert!(found.iter().all(|found| (found - expected).abs() < 1e-4), "{flags:?}: {found:?}, not {expected}");
            let pairs = tables[1 + 2 * at]["rows"].as_array().unwrap();
            let is_listed = pairs.len() == 3 || !flags.contains(&"3");
            assert!(is_listed && pairs.len() <= 20, "{flags:?}: {pairs:?}");
        }
        // Scores, and both directions.
        assert_eq!(tables.len(), 1 + 2 * names.len() + 3);
    }
    let one = tables(&["--explain", "--pooling", "cls"]);
    assert_eq!((one.len(), one[0]["rows"].as_array().unwrap().len()), (6, 1));
    let readable = text(&["similarity", "the cat", "a dog", "--model", TINY, "--explain"]);
    assert!(readable.contains("biases") && readable.contains("nearest"), "{readable}");
}

#[test]
fn what_cannot_be_explained_is_refused() {
    let pair = ["similarity", "the cat", "a dog", "--model", TINY];
    assert!(misuse(&with(&pair, &["another", "--explain"])).contains("give two"));
    assert!(misuse(&with(&pair, &["--explain", "--query", "x"])).contains("--query"));
    assert!(misuse(&with(&pair, &["--explain", "--background", "en"])).contains("--background"));
    let max = misuse(&with(&pair, &["--explain", "--pooling", "max"]));
    assert!(max.contains("max") && max.contains("mean, mean-words, cls, pooled"), "{max}");
    assert!(misuse(&with(&pair, &["--top", "3"])).contains("--explain"));
    misuse(&with(&pair, &["--explain=middle"]));
    misuse(&with(&pair, &["--units", "words"]));
    let pooled = ["similarity", "the cat", "a dog", "--model", NO_POOLER, "--explain", "--pooling", "pooled"];
    assert!(refusal(&pooled).contains("pooler"));
}
