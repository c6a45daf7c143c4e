//! Fewer and larger things: the strongest columns stay on screen, all others are one, and themes are gone through by a key.

use clscope::{
    app::LoopRequest,
    config::{ColorDepth, ThemeName},
    messages::{Language, speaking},
};

use super::{Explorer, LONG, USUAL, listing::screen_lines};
use crate::explorer::look;

#[test]
fn the_strongest_column_is_in_view_and_the_others_are_one() {
    for (language, others) in [(Language::English, "others"), (Language::Chinese, "其余")] {
        speaking(language, || {
            let mut explorer = Explorer::on(LONG, None).keys("X");
            for _ in 0..explorer.model.layers {
                let lines = screen_lines(&explorer, USUAL);
                let all = lines.join("\n");
                let attention = &explorer.app.attention;
                let shown = attention.shown.as_ref().unwrap();
                let trace = &explorer.app.reading().unwrap().trace;
                let row = &shown.map.rows[attention.layer].weights;
                let strongest = *shown.columns.iter().max_by(|&&a, &&b| row[a].total_cmp(&row[b])).unwrap();
                let header = lines.iter().find(|line| line.contains(others)).expect(&all);
                assert!(header.contains(&shown.units.text(trace, strongest)), "{strongest}\n{all}");
                // What is on screen adds up to the whole row.
                let seen = |unit: &usize| header.contains(&format!(" {} ", shown.units.text(trace, *unit)));
                let folded: f32 = shown.columns.iter().filter(|unit| !seen(unit)).map(|&unit| row[unit]).sum();
                let here = lines.iter().position(|line| line.contains('▸')).expect(&all);
                let percent = format!("{:.0}", folded * 100.0);
                assert!(lines[here].contains(&percent), "{percent}\n{all}");
                explorer = explorer.keys("down");
            }
            assert!(screen_lines(&explorer.keys("X"), USUAL).iter().all(|line| !line.contains(others)));
        });
    }
}

#[test]
fn every_view_of_attention_folds_the_weakest_columns() {
    for (language, others) in [(Language::English, "others"), (Language::Chinese, "其余")] {
        speaking(language, || {
            for view in ["f2", "f3", "f4", "f5"] {
                let mut explorer = Explorer::on(LONG, None).keys(view).keys("X");
                for _ in 0..4 {
                    let all = screen_lines(&explorer, USUAL).join("\n");
                    let attention = &explorer.app.attention;
                    let shown = attention.shown.as_ref().unwrap();
                    let row = match &shown.matrix {
                        Some(matrix) => &matrix.rows[shown.map.source].weights,
                        None => &shown.map.rows[attention.layer].weights,
                    };
                    let strongest = *shown.columns.iter().max_by(|&&a, &&b| row[a].total_cmp(&row[b])).unwrap();
                    let name = shown.units.text(&explorer.app.reading().unwrap().trace, strongest);
                    let header =
                        all.lines().find(|line| line.contains(others)).unwrap_or_else(|| panic!("{view}\n{all}"));
                    assert!(header.contains(&name), "{view} {name}\n{all}");
                    explorer = explorer.keys("down");
                }
                let again = screen_lines(&explorer.keys("X"), USUAL).join("\n");
                assert!(!again.contains(others), "{view}\n{again}");
            }
        });
    }
}

#[test]
fn in_the_list_the_closest_sentences_are_the_columns() {
    let list: Vec<String> = (0..30).map(|at| format!("Sentence number {at} of the list.")).collect();
    let mut explorer = Explorer::on("", None);
    let job = explorer.app.add_sentences(&list);
    explorer.answer(job);
    explorer = explorer.keys("esc f8 X");
    let all = screen_lines(&explorer, USUAL).join("\n");
    assert!(all.contains("closest to the line, of 30 sentences"), "{all}");
    let list = &explorer.app.list;
    let cosine = |other: usize| list.cosine(0, list.line(), other).unwrap();
    let best = (0..30).filter(|other| *other != list.line()).max_by(|&a, &b| cosine(a).total_cmp(&cosine(b))).unwrap();
    let number = format!("{:.2}", cosine(best));
    let line = all.lines().find(|line| line.starts_with('▸')).unwrap();
    assert!(line.contains(&number), "{best} {number}\n{all}");
}

#[test]
fn a_key_goes_through_the_themes() {
    let mut explorer = Explorer::on(LONG, None);
    assert_eq!(explorer.press("D").0, LoopRequest::NextTheme);
    let themes = [ThemeName::Light, ThemeName::Mono, ThemeName::Dark];
    for theme in themes {
        explorer.look.next_theme();
        assert_eq!(explorer.look.theme, look(theme, ColorDepth::TrueColor).theme);
        assert_eq!(explorer.look.dark, theme != ThemeName::Light);
    }
    let mut without = look(ThemeName::Dark, ColorDepth::None);
    without.next_theme();
    assert_eq!(without.theme, look(ThemeName::Mono, ColorDepth::None).theme, "no theme that needs colour");
}
