//! The pooling view's tables are what the arrays of the traces say.

use clscope::{
    analysis::{AttentionOptions, Key, PartsFrom, Table, TableRow},
    app::Reading,
    views::Page,
};

use super::{
    independent::{Independent, cosine},
    pooling::pages_of,
    truth::{MODEL, assert_near},
    *,
};

pub(super) fn poolings(explorer: &Explorer, tables: &[Table]) {
    let readings = explorer.app.readings.as_ref().unwrap();
    fn independent(reading: &Reading) -> Independent<'_> {
        Independent::new(&reading.trace, AttentionOptions::default())
    }
    let (mut tables, (_, reading, _)) = (tables, readings.alone(explorer.app.attention.reading_choice));
    if let Some(pair) = &readings.pair {
        let (a, b) = (independent(&readings.a), independent(&pair.b));
        let close = |name: &str| cosine(&a.pooled(name), &b.pooled(name));
        let name = pages_of(explorer).shown_pooling(&explorer.app).unwrap().to_string();
        let sum = |of: &dyn Fn(&TableRow) -> f64| tables[0].rows.iter().map(of).sum::<f64>();
        let measure = |row: &TableRow, at: usize| f64::from(row.measures[at].unwrap());
        match pages_of(explorer).page {
            Page::Overview | Page::Calibration => {}
            Page::Layers => {
                let last = tables[0].rows.last().unwrap();
                assert_eq!((last.measures.len(), tables[0].rows.len()), (6, MODEL.layers + 1));
                for (found, name) in last.measures.iter().zip(["cls", "mean", "mean-words", "max"]) {
                    assert_near(*found, close(name), &format!("in the last layer: {name}"));
                }
                for (layer, row) in tables[0].rows.iter().enumerate() {
                    assert_near(row.measures[4], a.drift(layer), "A's cls and mean");
                    assert_near(row.measures[5], b.drift(layer), "B's cls and mean");
                }
                return;
            }
            Page::Dimensions => {
                assert!((sum(&|row| measure(row, 2)) - close(&name)).abs() < 1e-5, "the dimensions add up to {name}");
                let (a, b) = (a.pooled(&name), b.pooled(&name));
                for row in &tables[0].rows {
                    let Key::Number(dimension) = row.keys[0] else { panic!("{:?}", row.keys) };
                    assert_near(row.measures[0], a[dimension], "of A");
                    assert_near(row.measures[1], b[dimension], "of B");
                }
                return;
            }
            Page::Words => {
                assert!((sum(&|row| measure(row, 0)) - close(&name)).abs() < 1e-5, "the words add up to {name}");
                for row in &tables[0].rows {
                    let cells: f64 = row.cells.iter().map(|cell| f64::from(cell.unwrap())).sum();
                    assert_near(row.measures[0], cells, "the sum of a row");
                }
                pairs_are_the_cells(&tables[0], &tables[1]);
                return;
            }
            Page::Nearest => {
                for (table, (from, to)) in tables.iter().zip([(&a, &b), (&b, &a)]) {
                    nearest(table, from, to);
                }
                return;
            }
        }
        for row in &tables[0].rows {
            let name = row.keys[0].to_string();
            assert_near(row.measures[0], cosine(&a.pooled(&name), &b.pooled(&name)), &format!("A and B: {name}"));
        }
        tables = &tables[1..];
    }
    let numbers = independent(reading);
    let columns = &tables[0].cells.as_ref().unwrap().columns;
    assert_eq!(columns, &["pooled", "cls", "mean", "mean-words", "max", "first-last", "layer1-last"]);
    for row in &tables[0].rows {
        let vector = numbers.pooled(&row.keys[0].to_string());
        assert_eq!(row.cells.len(), columns.len());
        for (name, &found) in columns.iter().zip(&row.cells) {
            let own = row.keys[0].to_string();
            // Behind the pooler numbers are of another basis.
            match (own == "pooled") == (name == "pooled") {
                true => assert_near(found, cosine(&vector, &numbers.pooled(name)), &format!("{own} and {name}")),
                false => assert_eq!(found, None, "{own} and {name}"),
            }
        }
        let norm = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        assert_near(row.measures[0], norm, &format!("length of {:?}", row.keys));
    }
    for (layer, row) in tables[1].rows.iter().enumerate() {
        assert_near(row.measures[0], numbers.drift(layer), &format!("cls and mean in layer {layer}"));
    }
    assert_eq!(tables[1].rows.len(), MODEL.layers + 1);
}

/// The strongest pairs are the cells of the table, the largest first.
fn pairs_are_the_cells(table: &Table, pairs: &Table) {
    let columns = &table.cells.as_ref().unwrap().columns;
    assert_eq!(pairs.rows.len(), table.rows.len() * columns.len());
    for pair in &pairs.rows {
        let row = table.rows.iter().find(|row| row.keys[0] == pair.keys[0]).unwrap();
        let column = columns.iter().position(|name| *name == pair.keys[1].to_string()).unwrap();
        assert_eq!(row.cells[column], pair.measures[0], "{:?}", pair.keys);
    }
    assert!(pairs.rows.is_sorted_by(|a, b| a.measures[0].unwrap().abs() >= b.measures[0].unwrap().abs()));
}

/// Each token of a text stands beside the one of the other that its vector is nearest to.
fn nearest(table: &Table, from: &Independent, to: &Independent) {
    let of_text = |of: &Independent| -> Vec<usize> {
        (0..of.trace.tokens.len()).filter(|&at| of.trace.tokens[at].span.is_some()).collect()
    };
    let place = |key: &Key| key.to_string().split(' ').next().unwrap().parse::<usize>().unwrap();
    assert_eq!(table.rows.iter().map(|row| place(&row.keys[0])).collect::<Vec<_>>(), of_text(from));
    for row in &table.rows {
        let token = from.hidden(MODEL.layers, place(&row.keys[0]));
        let cosines = of_text(to).into_iter().map(|at| cosine(&token, &to.hidden(MODEL.layers, at)));
        let largest = cosines.fold(f64::MIN, f64::max);
        assert_near(row.measures[0], largest, "the nearest");
        let shown = to.hidden(MODEL.layers, place(&row.keys[1]));
        assert_near(row.measures[0], cosine(&token, &shown), "the token named");
    }
}

/// Whatever is looked at: words, pieces, the last layer, the inputs, every pooling.
#[test]
fn the_pages_of_words_and_of_nearest_tokens_are_the_traces() {
    for text in [SENTENCE, "unhappy antidisestablishment 猫 [x] un", "a"] {
        let mut explorer = Explorer::with(MODEL, text, Some(SECOND)).keys("f7 v v v v");
        let mut seen = Vec::new();
        for keys in ["o", "o", "o", "o", "f", "o", "o", "o", "o", "w", "o", "f", "o", "v"] {
            explorer = explorer.keys(keys);
            poolings(&explorer, &explorer.app.tables());
            seen.extend(pages_of(&explorer).terms.as_ref().map(|shown| (shown.choice.pooling, shown.choice.from)));
        }
        seen.dedup();
        let all = ["mean", "mean-words", "cls", "pooled"].map(|name| name.parse().unwrap());
        for (pooling, from) in all.into_iter().flat_map(|it| PartsFrom::ALL.iter().map(move |from| (it, *from))) {
            assert!(seen.contains(&(pooling, from)), "{text}: {pooling} {from}");
        }
        assert_eq!(pages_of(&explorer).page, Page::Nearest);
    }
}
