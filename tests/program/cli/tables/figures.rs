//! Tables as figures: what is on them, and how large they are.

use std::fs;

use super::*;

/// The texts of an SVG, and its colours, in their order.
fn drawn(svg: &str) -> (Vec<String>, Vec<String>) {
    let within = |start: &str, end: &str| {
        svg.split(start).skip(1).map(|rest| rest.split(end).next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let texts = within("<text ", "</text>").iter().map(|text| text.split_once('>').unwrap().1.to_owned()).collect();
    (texts, within("fill=\"#", "\""))
}

#[test]
fn a_figure_has_the_title_the_text_and_every_number_of_the_table() {
    let usual =
        ["attention", "a cat sat", "--pair", "on <b> & \"c\"", "--model", TINY, "--view", "matrix", "--layer", "1"];
    let table = &json(&with(&usual, &["--format", "json"]))["tables"][0];
    let svg = text(&with(&usual, &["--format", "svg", "--figure-width", "254", "--font-size", "6"]));
    assert!(svg.starts_with("<svg ") && svg.contains("width=\"720.0pt\"") && svg.contains("font-size=\"6.00\""));
    assert!(!svg.contains("clscope") && !svg.contains("<script"));
    let (texts, _) = drawn(&svg);
    let title = table["title"].as_str().unwrap();
    assert!(texts[0].starts_with(title), "{texts:?}");
    assert!(texts.contains(&"on &lt;b&gt; &amp; &quot;c&quot;".to_owned()), "{texts:?}");
    let numbers: Vec<String> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| numbers(&row["weights"]))
        .map(|share| format!("{:.1}", share * 100.0))
        .collect();
    let found: Vec<&String> = texts.iter().filter(|text| numbers.contains(text)).collect();
    assert!(numbers.len() > 100 && found.len() >= numbers.len());

    let plain = ["attention", "a cat sat", "--model", TINY, "--view", "matrix", "--layer", "1", "--format", "pdf"];
    let pdf = String::from_utf8_lossy(&output(&plain)).into_owned();
    let title = json(&[&plain[..9], &["json"]].concat())["tables"][0]["title"].as_str().unwrap().to_owned();
    assert!(pdf.contains(&format!("({title}")) && pdf.contains("(a cat sat)") && pdf.contains("([CLS])"), "{pdf}");
}

#[test]
fn a_figure_is_light_and_as_large_as_the_configuration_says_unless_it_is_told_otherwise() {
    let folder = tempfile::TempDir::new().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, "theme = \"dark\"\nfigure = { width = 254 }\n").unwrap();
    let usual = ["attention", "a cat sat", "--model", TINY, "--format", "svg", "--config", config.to_str().unwrap()];
    let start = |more: &[&str]| {
        let svg = text(&with(&usual, more));
        let (_, colors) = drawn(&svg);
        (svg.split('"').nth(3).unwrap().to_owned(), colors[0].clone())
    };
    let [light, dark] = ["ffffff", "14171d"].map(str::to_owned);
    assert_eq!(start(&[]), ("720.0pt".to_owned(), light));
    assert_eq!(start(&["--figure-width", "127", "--theme", "dark"]), ("360.0pt".to_owned(), dark));
}

#[test]
fn columns_without_numbers_are_left_out() {
    let usual = ["mixing", "a cat sat", "--model", TINY, "--table", "6"];
    let columns = json(&with(&usual, &["--format", "json"]))["tables"][0].to_string();
    let (texts, _) = drawn(&text(&with(&usual, &["--format", "svg"])));
    let has = |name: &str| texts.iter().any(|text| text.starts_with(name));
    assert!(columns.contains("own_low") && has("own") && !has("own_low"), "{columns} {texts:?}");
}

#[test]
fn figures_are_one_table_each_and_say_what_they_cannot_draw() {
    let usual = ["attention", "a cat sat", "--model", TINY, "--view", "matrix"];
    let pdf = output(&with(&usual, &["--layer", "2", "--format", "pdf"]));
    assert!(pdf.starts_with(b"%PDF-1.") && pdf.windows(5).any(|at| at == b"%%EOF"));
    assert!(misuse(&with(&usual, &["--format", "pdf"])).contains("--table"));
    assert!(misuse(&with(&usual, &["--layer", "1", "--format", "csv", "--font-size", "9"])).contains("--font-size"));
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("figure.svg");
    run(&mut clscope(&with(&usual, &["--output", path.to_str().unwrap()])));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a file for each layer");
    let line = refusal(&["attention", "猫", "--model", TINY, "--layer", "1", "--format", "pdf"]);
    assert!(line.contains("as svg"), "{line}");
    let nothing = run(&mut clscope(&["models", "--format", "svg"]));
    assert_eq!((nothing.status, nothing.stdout.len()), (Some(1), 0));
    assert!(nothing.stderr.contains("no numbers to draw"), "{}", nothing.stderr);
    let tiny = with(&usual, &["--layer", "1", "--format", "svg", "--figure-width", "20", "--font-size", "72"]);
    assert!(refusal(&tiny).contains("figure of 5 rows and 5 columns"));
}

#[test]
fn long_names_of_rows_are_shortened() {
    let long = "a cat sat on a mat and ".repeat(20);
    let usual = ["similarity", &long, "a dog", "--model", TINY, "--pooling", "mean", "--format", "svg"];
    // That the text is too long is said elsewhere.
    let ended = run(&mut clscope(&usual));
    let (texts, _) = drawn(&String::from_utf8(ended.stdout).unwrap());
    let is_short = |text: &String| text.contains("a cat sat") && text.ends_with('…') && text.len() < 80;
    assert!(texts.iter().any(is_short) && texts.contains(&"mean".to_owned()), "{texts:?}");
}
