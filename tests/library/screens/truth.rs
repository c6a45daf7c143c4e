//! Whatever is switched, what is shown and exported is what the arrays of the trace say.

use clscope::{
    analysis::{AttentionOptions, Direction, HeadChoice, Key, Statistic, Table, TableRow},
    app::{Reading, Shown, Snapshot, Zoom},
};

use super::{
    independent::{Independent, Row},
    pooling_truth::poolings,
    sweep::sweep_of,
    *,
};

pub(super) const MODEL: StandIn =
    StandIn { layers: 4, heads: 3, hidden_size: 24, longest: 26, has_pooler: true, ..StandIn::USUAL };
/// Wide enough for every column of these texts with its number.
const ROOM: (u16, u16) = (320, 60);

const KEYS: &str = "] ] [ a x + + , , ; s s c d d z z w w r v v o t - _ _ u p P left right right up down down home end \
                    g G 1 2 3 { } space f2 f2 f2 f3 f3 f4 f4 f4 f5 f6 f7";

#[track_caller]
pub(super) fn assert_near(found: Option<f32>, expected: f64, what: &str) {
    let found = f64::from(found.unwrap_or_else(|| panic!("{what}: there is no number")));
    assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{what}: {found}, and it is {expected}");
}

/// Cells and measures of a row of attention.
fn assert_row(table: &Table, row: &TableRow, expected: &Row, what: &str) {
    assert_eq!(row.cells.len(), expected.weights.len(), "{what}");
    for (at, (&found, &weight)) in row.cells.iter().zip(&expected.weights).enumerate() {
        assert_near(found, weight, &format!("{what}, column {at}"));
    }
    assert_eq!(row.measures.len(), table.measures.len(), "{what}");
    for (measure, &found) in table.measures.iter().zip(&row.measures) {
        let number = match &*measure.column.label {
            "effective tokens" => expected.spread,
            "hidden" => expected.hidden,
            "marked" => expected.marked,
            other => panic!("{what}: nobody knows {other}"),
        };
        assert_near(found, number, &format!("{what}, {}", measure.column.label));
    }
}

/// The names of columns and measures, and every row.
fn assert_attention(
    explorer: &Explorer,
    table: &Table,
    keys: &[Vec<Key>],
    of: impl Fn(usize, &Independent, &[usize]) -> Row,
) {
    let state = &explorer.app.attention;
    let readings = explorer.app.readings.as_ref().unwrap();
    let numbers = Independent::new(&readings.get(state.reading_choice).trace, state.options);
    let marked = numbers.marked(state);
    let names: Vec<String> = numbers.shown().into_iter().map(|unit| numbers.name(unit)).collect();
    assert_eq!(table.cells.as_ref().unwrap().columns, names, "{}", table.title);
    let hides = state.options.specials != clscope::analysis::Specials::Shown;
    let measures = [("effective tokens", true), ("hidden", hides), ("marked", !marked.is_empty())];
    let expected: Vec<&str> = measures.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
    assert_eq!(table.measures.iter().map(|measure| &*measure.column.label).collect::<Vec<_>>(), expected);
    assert_eq!(table.rows.iter().map(|row| row.keys.clone()).collect::<Vec<_>>(), keys, "{}", table.title);
    for (at, row) in table.rows.iter().enumerate() {
        assert_row(table, row, &of(at, &numbers, &marked), &format!("{}: {:?}", table.title, row.keys));
    }
}

fn number(number: usize) -> Key {
    Key::Number(number)
}

fn layers(explorer: &Explorer, tables: &[Table]) {
    let state = &explorer.app.attention;
    let options = state.options;
    let keys: Vec<_> =
        (1..=MODEL.layers).map(|layer| vec![number(layer), Key::from(options.heads_read(MODEL.heads))]).collect();
    assert_attention(explorer, &tables[0], &keys, |layer, numbers, marked| {
        numbers.row(layer, options.heads, numbers.unit_of(state.source), options.direction, marked)
    });
    let keys: Vec<_> = (1..=MODEL.heads).map(|head| vec![number(state.layer + 1), number(head)]).collect();
    assert_attention(explorer, &tables[1], &keys, |head, numbers, marked| {
        numbers.row(state.layer, HeadChoice::One(head), numbers.unit_of(state.source), options.direction, marked)
    });
    assert_eq!(tables.len(), 2);
}

fn matrix(explorer: &Explorer, tables: &[Table]) {
    let state = &explorer.app.attention;
    let numbers = Independent::new(&explorer.app.reading().unwrap().trace, state.options);
    let shown = numbers.shown();
    let key = |&unit: &usize| {
        let name = numbers.name(unit);
        let (place, text) = name.split_once(' ').unwrap();
        let layer_and_head = [number(state.layer + 1), Key::from(state.options.heads_read(MODEL.heads))];
        layer_and_head.into_iter().chain([number(place.parse().unwrap()), Key::Text(text.to_owned())]).collect()
    };
    let keys: Vec<Vec<Key>> = shown.iter().map(key).collect();
    assert_attention(explorer, &tables[0], &keys, |at, numbers, marked| {
        numbers.row(state.layer, state.options.heads, shown[at], Direction::From, marked)
    });
    assert_eq!(tables.len(), 1);
}

fn heads(explorer: &Explorer, tables: &[Table]) {
    let state = &explorer.app.attention;
    let reading = explorer.app.reading().unwrap();
    let numbers = Independent::new(&reading.trace, AttentionOptions::default());
    let names: Vec<&str> = tables[0].measures.iter().map(|measure| &*measure.column.id).collect();
    let mut seen = Vec::new();
    let place = |row: &TableRow| match row.keys[..] {
        [Key::Number(layer), Key::Number(head), ..] => (layer, head),
        _ => panic!("{:?}", row.keys),
    };
    for row in &tables[0].rows {
        let (layer, head) = place(row);
        seen.push((layer, head));
        assert_eq!(row.measures.len(), names.len());
        for (name, &found) in names.iter().zip(&row.measures) {
            let expected = numbers.statistic(layer - 1, head - 1, name.parse::<Statistic>().unwrap());
            assert_near(found, expected, &format!("layer {layer}, head {head}: {name}"));
        }
    }
    for needed in ["spread", "to [SEP]", "to itself", "to previous", "to next"] {
        assert!(names.contains(&needed), "{needed}");
    }
    assert_eq!(names.contains(&"to other sentence"), reading.trace.input.pair.is_some() && both_have_text(reading));
    let all: Vec<_> = (1..=MODEL.layers).flat_map(|layer| (1..=MODEL.heads).map(move |head| (layer, head))).collect();
    let view = explorer.app.view_of::<HeadsView>().unwrap();
    if view.is_sorted() {
        // Chosen for another text it may be a number that this one does not have.
        match names.iter().position(|name| *name == view.statistic(&explorer.app).unwrap().id()) {
            Some(at) => assert!(tables[0].rows.is_sorted_by(|a, b| a.measures[at] >= b.measures[at]), "largest first"),
            None => assert_eq!(seen, tables[2].rows.iter().map(place).collect::<Vec<_>>(), "the strongest first"),
        }
        seen.sort_unstable();
    }
    assert_eq!(seen, all);
    let keys: Vec<_> = all.iter().map(|&(layer, head)| vec![number(layer), number(head)]).collect();
    assert_attention(explorer, &tables[1], &keys, |at, numbers, marked| {
        let (layer, head) = all[at];
        let source = numbers.unit_of(state.source);
        numbers.row(layer - 1, HeadChoice::One(head - 1), source, state.options.direction, marked)
    });
    let numbers = Independent::new(&reading.trace, state.options);
    let marked = numbers.marked(state);
    assert_eq!(tables.len(), if marked.is_empty() { 2 } else { 3 });
    for row in tables.get(2).iter().flat_map(|table| &table.rows) {
        let (layer, head) = place(row);
        let source = numbers.unit_of(state.source);
        let heads = HeadChoice::One(head - 1);
        let expected = numbers.row(layer - 1, heads, source, state.options.direction, &marked).marked;
        assert_near(row.measures[0], expected, &format!("layer {layer}, head {head}: to the marked"));
    }
    if let Some(links) = tables.get(2) {
        assert!(links.rows.len() == all.len() && links.rows.is_sorted_by(|a, b| a.measures[0] >= b.measures[0]));
    }
}

fn both_have_text(reading: &Reading) -> bool {
    use clscope::bert::Sentence;
    let has = |sentence| reading.trace.tokens.iter().any(|token| token.span.is_some() && token.sentence == sentence);
    has(Sentence::A) && has(Sentence::B)
}

/// Every row of what is held, shown and different; which units make a pair is the comparison's own.
fn comparison(explorer: &Explorer, tables: &[Table]) {
    let compared = compared(explorer).unwrap();
    let pairs = &compared.comparison.pairs;
    let side = |held: &Snapshot, unit_of: &dyn Fn(usize) -> Option<usize>, row: usize| -> Vec<Option<f64>> {
        let numbers = Independent::new(
            &held.reading.trace,
            AttentionOptions { specials: compared.shown.options.specials, ..held.options },
        );
        let weights = |unit| {
            let row = numbers.row(held.layer, held.options.heads, unit, Direction::From, &[]);
            let shown = numbers.shown();
            (0..numbers.units.len())
                .map(|at| shown.iter().position(|&unit| unit == at).map_or(0.0, |at| row.weights[at]))
                .collect::<Vec<f64>>()
        };
        let weights = unit_of(row).map(weights);
        let columns = compared.comparison.columns.iter();
        columns.map(|&column| Some(weights.as_ref()?[unit_of(column)?])).collect()
    };
    for (at, &row) in compared.comparison.columns.iter().enumerate() {
        let held = side(&compared.baseline, &|pair| pairs[pair].held, row);
        let shown = side(&compared.shown, &|pair| pairs[pair].shown, row);
        let difference: Vec<_> = held.iter().zip(&shown).map(|(held, shown)| Some((*shown)? - (*held)?)).collect();
        for (table, expected) in tables[1..].iter().zip([held, shown, difference]) {
            assert_eq!(table.rows[at].keys[0], number(row));
            for (found, expected) in table.rows[at].cells.iter().zip(expected) {
                match expected {
                    Some(expected) => assert_near(*found, expected, &format!("{}: {row}", table.title)),
                    None => assert_eq!(*found, None, "{}: {row}", table.title),
                }
            }
        }
    }
    // The first is the cursor's row of the other three; of a special that is hidden there is none among them.
    let row = compared.row(&explorer.app.attention).unwrap();
    if let Some(at) = compared.comparison.columns.iter().position(|&column| column == row) {
        for (line, table) in tables[0].rows.iter().zip(&tables[1..]) {
            assert_eq!(line.cells, table.rows[at].cells);
        }
    }
}

fn assert_true(explorer: &Explorer) {
    let tables = explorer.app.tables();
    match explorer.app.view {
        "layers" => layers(explorer, &tables),
        "heads" => heads(explorer, &tables),
        "matrix" => matrix(explorer, &tables),
        "compare" => comparison(explorer, &tables),
        "pooling" => poolings(explorer, &tables),
        "sweep" => {
            assert_eq!(sweep_of(explorer).lines().count(), tables[0].rows.len());
            for (line, row) in sweep_of(explorer).lines().zip(&tables[0].rows) {
                let found = sweep_of(explorer).affected().into_iter().map(|it| line.part.effect()?.value(it));
                assert_eq!(row.measures, found.collect::<Vec<_>>());
            }
        }
        // The list has tests of its own.
        _ => {}
    }
}

/// A number of a cell as it is drawn: whole percent, a dot below a half.
fn percent(share: Option<f32>) -> String {
    match (share.unwrap() * 100.0).round() {
        percent if percent <= -1.0 => format!("−{}", -percent),
        percent if percent < 1.0 => "·".to_owned(),
        percent => format!("{percent}"),
    }
}

/// What a row of a table looks like when it is drawn: its weights, how far it is spread, what is hidden and marked.
fn drawn(table: &Table, row: &TableRow) -> Vec<String> {
    let measure = |(name, value): (&str, f32)| match name {
        "effective tokens" => format!("{value:.1}"),
        "biases" => percent(Some(value)),
        _ => format!("{:.0}", value * 100.0),
    };
    let names = table.measures.iter().map(|measure| &*measure.column.label);
    let measures = names.zip(row.measures.iter().map(|value| value.unwrap())).map(measure);
    row.cells.iter().map(|&cell| percent(cell)).chain(measures).collect()
}

/// The numbers right of a cell, without the brackets of the cursor and units.
fn numbers_from(buffer: &Buffer, x: u16, y: u16) -> Vec<String> {
    let text: String = row(buffer, y).filter(|(at, _)| *at >= x).map(|(_, cell)| cell.symbol()).collect();
    text.replace(['[', ']', '%'], " ").split_whitespace().map(str::to_owned).collect()
}

/// For a failure's message.
fn picture(buffer: &Buffer) -> String {
    (0..buffer.area.height).map(|y| format!("{y:>2}|{}\n", row_text(buffer, y).trim_end())).collect()
}

/// The rows of layers and of heads with their numbers, by their names in the first ten cells.
pub(super) fn assert_layers_drawn(explorer: &Explorer) {
    let frame = explorer.frame(ROOM);
    let buffer = frame.buffer();
    let named = |y: &u16| {
        let label: String = row(buffer, *y).filter(|(x, _)| *x < 10).map(|(_, cell)| cell.symbol()).collect();
        let words: Vec<&str> = label.trim_start_matches('▸').split_whitespace().collect();
        matches!(words[..], ["layer" | "off" | "head" | "•head", number] if number.parse::<usize>().is_ok())
    };
    let lines: Vec<u16> = (0..ROOM.1).filter(named).collect();
    let tables = explorer.app.tables();
    let rows: Vec<Vec<String>> =
        tables.iter().flat_map(|table| table.rows.iter().map(|row| drawn(table, row))).collect();
    assert_eq!(lines.len(), rows.len(), "{}", picture(buffer));
    for (y, expected) in lines.into_iter().zip(rows) {
        assert_eq!(numbers_from(buffer, 10, y), expected, "line {y} of\n{}", picture(buffer));
    }
}

/// The rows of the matrix below its header, each with its name.
pub(super) fn assert_matrix_drawn(explorer: &Explorer) {
    let frame = explorer.frame(ROOM);
    let buffer = frame.buffer();
    let caption = line_of(buffer, &format!(" layer {} · ", explorer.app.attention.layer + 1)).unwrap();
    let tables = explorer.app.tables();
    let mut lines = (caption + 2..).filter(|&y| !row_text(buffer, y).trim().is_empty());
    for expected in &tables[0].rows {
        let (y, drawn) = (lines.next().unwrap(), drawn(&tables[0], expected));
        let found = numbers_from(buffer, 1, y);
        assert_eq!(found[found.len() - drawn.len()..], drawn, "line {y} of\n{}", picture(buffer));
        // Before them, the name of the token that looks, with its signs.
        let name = found[..found.len() - drawn.len()].concat();
        let (text, signs) = (expected.keys[3].to_string(), ['▸', '×', '•']);
        let beginning = name.trim_start_matches(signs).trim_end_matches('…');
        assert!(text.replace(['[', ']'], "").starts_with(beginning), "{name:?} in line {y} of\n{}", picture(buffer));
    }
}

#[test]
fn whatever_is_switched_the_tables_and_the_frames_are_the_traces() {
    let keys: Vec<&str> = KEYS.split_whitespace().collect();
    let texts = [SENTENCE, "unhappy antidisestablishment 猫 [x] un", "a", "🙂 猫 the unhappiness of it"];
    let mut views = [0; 6];
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let text = dice.pick(&texts);
        let pair = Some(SECOND).filter(|_| dice.below(2) == 0);
        let mut explorer = Explorer::with(MODEL, text, pair);
        let mut pressed = String::new();
        for turn in 1..=24 {
            let key = dice.pick(&keys);
            pressed.push_str(&format!(" {key}"));
            explorer = explorer.keys(key);
            if turn % 4 > 0 {
                continue;
            }
            eprintln!("{text:?} {pair:?}:{pressed}");
            views[explorer.app.views().position(|view| view.id() == explorer.app.view().id()).unwrap()] += 1;
            assert_true(&explorer);
            if explorer.app.view == "matrix" && explorer.app.session().zoom == Zoom::Other {
                explorer = explorer.keys("v");
            }
            match explorer.app.view {
                "layers" => assert_layers_drawn(&explorer),
                "matrix" => assert_matrix_drawn(&explorer),
                _ => {}
            }
        }
    }
    assert!(views.iter().all(|&count| count > 30), "{views:?}");
}

#[test]
fn what_is_marked_is_summed_and_what_is_hidden_is_told() {
    let explorer = Explorer::with(MODEL, SENTENCE, Some(SECOND)).keys("right right , right , ] ] + ] + a z");
    assert_true(&explorer);
    let Shown { marked, .. } = explorer.app.attention.shown.as_ref().unwrap();
    assert_eq!(marked.len(), 2);
    assert_layers_drawn(&explorer);
    let explorer = explorer.keys("f4 z w");
    assert_true(&explorer);
    assert_matrix_drawn(&explorer);
}
