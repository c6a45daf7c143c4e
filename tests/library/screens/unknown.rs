//! Text that the model does not know, and NaN: said in every view, marked, and not compared.

use clscope::{
    analysis::Pooling,
    app::{Rank, Subject},
    config::{ColorDepth, ThemeName},
    study::NoBackground,
};
use ratatui::style::Modifier;

use super::*;

/// The stand-in knows no rune.
const RUNES: &str = "The ᚠᚢᚦ sleeps.";

const VIEWS: [&str; 8] = ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"];

fn list(text: &str) -> Explorer {
    let mut explorer = Explorer::on("A cat.", None).keys("f8");
    let job = explorer.app.paste(text);
    explorer.answer(job);
    explorer
}

fn struck(explorer: &Explorer, line: u16) -> String {
    let frame = explorer.frame(USUAL);
    let cells = row(frame.buffer(), line).filter(|(_, cell)| cell.modifier.contains(Modifier::CROSSED_OUT));
    cells.map(|(_, cell)| cell.symbol()).collect()
}

#[test]
fn every_view_says_what_is_not_known_and_the_way_out() {
    for key in VIEWS {
        let explorer = Explorer::on(RUNES, Some("A ᚱᚢᚾ or a cat.")).keys("L").keys(key);
        for size in [SMALL, USUAL, LARGE, WIDE] {
            let frame = explorer.frame(size);
            let fact = match explorer.app.subject() {
                Subject::List => "2 of 2 sentences have unknown tokens: ",
                _ => "unknown to the model: 1 of 5 tokens of A, 1 of 6",
            };
            // A low screen has one line, in which the way out has room for itself.
            let fact = if size == SMALL { &fact[..15] } else { fact };
            for text in [fact, "m: a model that reads Runic letters"] {
                assert!(line_of(frame.buffer(), text).is_some(), "{text} in {key} at {size:?}");
            }
        }
        let known = Explorer::on("A cat.", Some("A dog.")).keys(key);
        assert!(line_of(known.frame(USUAL).buffer(), "unknown").is_none(), "{key}");
    }
}

#[test]
fn characters_that_are_not_read_are_struck_through() {
    let explorer = Explorer::on(RUNES, Some("ᚱ")).keys("f7");
    assert_eq!([struck(&explorer, 1), struck(&explorer, 2)], ["ᚠᚢᚦ", "ᚱ"]);
    // Until a new text is read nobody knows what of it is.
    let mut explorer = explorer;
    explorer.press("i");
    explorer.press("end");
    explorer.app.paste(" ᚨ");
    assert_eq!(struck(&explorer, 1), "");
    let reading = Explorer::on(RUNES, None).keys("f2");
    let frame = reading.frame(LARGE);
    let lines = (0..LARGE.1).filter(|&y| {
        let cells = row(frame.buffer(), y).filter(|(_, cell)| cell.modifier.contains(Modifier::CROSSED_OUT));
        cells.map(|(_, cell)| cell.symbol()).collect::<String>() == "ᚠᚢᚦ"
    });
    assert_eq!(lines.count(), 2, "in the field and in the sentence as one reads it");
    let colourless = Explorer::on(RUNES, None).looking(ThemeName::Dark, ColorDepth::None).keys("f2");
    assert!(line_of(colourless.frame(LARGE).buffer(), "[ᚠᚢᚦ]").is_some());
}

#[test]
fn sentences_that_become_the_same_tokens_are_named_and_not_compared() {
    let explorer = list("ᚠ was paid twice.\nᚱ was paid twice.\nIt rains.\nᚨᚾ was paid twice, and ᚠ was not.").keys("g");
    let frame = explorer.frame(LARGE);
    assert!(line_of(frame.buffer(), "2 become the same tokens: 1 = 2").is_some());
    assert!(line_of(frame.buffer(), "they differ but become the same tokens").is_some());
    assert!(line_of(frame.buffer(), "▸1? ᚠ was").is_some() && line_of(frame.buffer(), "3  It rains.").is_some());
    let rank = |a, b| explorer.app.rank_in_list(Pooling::Mean, (a, b), 0.5);
    assert!(matches!(rank(0, 2), Rank::Percentile(..)), "one of five is not more than a fifth");
    let pair = Explorer::on("ᚠ ᚱ paid", Some("ᚱ ᚨ paid")).keys("f7");
    let frame = pair.frame(LARGE);
    assert!(line_of(frame.buffer(), "A and B become the same tokens").is_some());
    assert!(pages_of(&pair).closeness.is_empty() && line_of(frame.buffer(), "nusually").is_none());
    let explorer = list("ᚠ ᚱ paid\nIt rains.");
    let rank = explorer.app.rank_in_list(Pooling::Mean, (0, 1), 0.5);
    assert_eq!(rank, Rank::Without(NoBackground::Unknown));
}

#[test]
fn tables_have_the_share_that_is_not_known() {
    let tables = list("ᚠ was paid twice.\nIt rains.\nSo it is.").keys("g").app.tables();
    let shares = |table: usize| -> Vec<f32> {
        let of = &tables[table];
        assert_eq!(of.measures.last().unwrap().column.id, "unknown");
        of.rows.iter().map(|row| row.measures.last().unwrap().unwrap()).collect()
    };
    assert_eq!([shares(0), shares(2)], [vec![0.2, 0.0, 0.0], vec![0.0, 0.0]]);
    let disagreements = shares(3);
    assert_eq!(disagreements.iter().filter(|share| **share == 0.2).count(), 2, "{disagreements:?}");
    let facts = Explorer::on(RUNES, None).keys("f4").app.view().facts(&Explorer::on(RUNES, None).keys("f4").app);
    assert!(facts.contains(&("unknown", "1 of 5 tokens (20.0 %)".to_owned())), "{facts:?}");
}

#[test]
fn nan_has_no_number_rank_or_verdict_anywhere() {
    for (key, page) in VIEWS.into_iter().flat_map(|key| ["", "v", "v v", "v v v", "v v v v"].map(|page| (key, page))) {
        let explorer = Explorer::on("It is ∞ here.", Some("A cat.")).keys("L").keys(key);
        let explorer = match key {
            "f7" => explorer.keys(page),
            _ => explorer.keys(if page.is_empty() { "" } else { "pagedown down down down" }),
        };
        let frame = explorer.frame(WIDE);
        for bare in ["NaN", "inf", "all have the same vector", "nusually"] {
            let line = line_of(frame.buffer(), bare).map(|line| row_text(frame.buffer(), line));
            assert!(line.as_ref().is_none_or(|line| line.contains("NaN or infinity")), "{key} {page}: {line:?}");
        }
        assert!(line_of(frame.buffer(), "NaN or infinity arises in layer 2").is_some(), "{key}");
    }
    let explorer = list("It is ∞.\nIt rains.\nSo ∞ is it.\nIt is.").keys("g");
    let frame = explorer.frame(LARGE);
    assert!(line_of(frame.buffer(), "▸1! It is").is_some());
    assert_eq!(explorer.app.list.cosine(1, 0, 1), None);
    assert!(explorer.app.list.cosine(1, 1, 3).is_some());
}
