//! The numbers of the list: drawn, in tables, walked through.

use super::*;

#[test]
fn every_number_is_that_of_the_vectors() {
    let explorer = with(&format!("{FEW}\n{}", many(20))).keys("[ ]");
    let list = &explorer.app.list;
    let count = list.lines().len();
    for (side, pooling) in list.poolings().into_iter().enumerate() {
        for (a, b) in (0..count).flat_map(|a| (0..count).map(move |b| (a, b))) {
            let (found, expected) = (list.cosine(side, a, b).unwrap(), expected(&explorer, pooling, a, b).unwrap());
            assert!((found - expected).abs() < 1e-6, "{pooling} {a} {b}: {found} {expected}");
        }
        let mut others: Vec<(usize, f32)> =
            (1..count).map(|other| (other, list.cosine(side, 0, other).unwrap())).collect();
        others.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let explorer = with(&format!("{FEW}\n{}", many(20))).keys("[ ] g");
        assert_eq!(explorer.app.list.nearest(side), &others[..explorer.app.list.nearest(side).len()]);
    }
}

#[test]
fn what_is_drawn_is_what_is_known() {
    for keys in ["down right", "o down right right", "G end"] {
        let explorer = with(FEW).keys(keys);
        let list = &explorer.app.list;
        let frame = explorer.frame(WIDE);
        let buffer = frame.buffer();
        for (row, &line) in list.rows().iter().enumerate() {
            let start = line_of(buffer, "sentence  ").unwrap() + 1;
            let text = row_text(buffer, start + row as u16);
            let numbers: Vec<String> = text
                .split_whitespace()
                .filter(|word| word.parse::<f32>().is_ok() && word.contains('.'))
                .map(str::to_owned)
                .collect();
            let expected = (0..2).flat_map(|side| {
                list.rows().iter().map(move |&other| format!("{:.2}", list.cosine(side, line, other).unwrap() + 0.0))
            });
            let expected: Vec<String> = expected.map(|text| text.replace("-0.00", "0.00")).collect();
            assert_eq!(numbers, expected, "{keys}: {text}");
        }
        let (a, b) = (list.line(), list.other());
        let exact: Vec<String> = (0..2).map(|side| format!("{:.4}", list.cosine(side, a, b).unwrap())).collect();
        let text = row_text(buffer, line_of(buffer, " · mean ").unwrap());
        assert!(exact.iter().all(|number| text.contains(number)), "{text} {exact:?}");
    }
}

#[test]
fn the_tables_hold_the_same() {
    let explorer = with(FEW).keys("o down");
    let list = &explorer.app.list;
    let tables: Vec<Table> = explorer.app.tables();
    assert_eq!(tables.len(), 4);
    for (side, table) in tables[..2].iter().enumerate() {
        assert_eq!(table.rows.len(), list.rows().len());
        for (row, &a) in table.rows.iter().zip(list.rows()) {
            let cells = list.rows().iter().map(|&b| list.cosine(side, a, b));
            assert_eq!(row.cells, cells.collect::<Vec<_>>());
        }
    }
    assert_eq!((tables[2].rows.len(), tables[3].rows.len()), (5, 15));
    assert!(tables[3].rows.windows(2).all(|rows| {
        let apart = |row: usize| (rows[row].measures[2].unwrap() - rows[row].measures[3].unwrap()).abs();
        apart(0) >= apart(1) - 1e-6
    }));
    let map = with(FEW).keys("f9");
    assert_eq!((map.app.tables().len(), map.app.tables()[0].rows.len()), (1, 6));
    assert!(empty().app.tables().is_empty());
    assert!(with(&many(300)).app.tables().iter().all(|table| table.cells.is_none()));
}

#[test]
fn disagreements_are_walked_through_from_the_worst() {
    let explorer = with(&many(20)).keys("space");
    let apart = |explorer: &Explorer| {
        let [left, right] = explorer.app.list.walked().unwrap().percentiles;
        (left - right).abs()
    };
    let first = apart(&explorer);
    let walked = explorer.app.list.walked().unwrap();
    assert_eq!((walked.count, walked.pairs), (190, 190));
    let explorer = explorer.keys("space space");
    assert!(apart(&explorer) <= first && explorer.app.list.walked().unwrap().number == 2);
    let explorer = explorer.keys("backspace backspace");
    assert_eq!(apart(&explorer), first);
    assert!(!explorer.app.would_act("previous-disagreement"));
    assert!(explorer.keys("down").app.list.walked().is_none(), "the cursor goes its own way again");
}

#[test]
fn sentences_are_found_and_clicked_on() {
    let explorer = with(FEW).keys("/").typing("KITTEN");
    assert_eq!(explorer.app.list.line(), 1);
    assert_eq!(explorer.keys("esc").app.list.line(), 0, "where the cursor was");
    let explorer = with(FEW).keys("/").typing("cat").keys("enter n");
    assert_eq!((explorer.app.list.line(), explorer.app.matches()), (4, vec![0, 4]));
    let mut explorer = with(FEW);
    let at = mouse::find(&explorer, 3, "A kitten");
    mouse::click(&mut explorer, at);
    assert_eq!(explorer.app.list.line(), 1);
    let clustered = with(FEW).keys("G o");
    assert_eq!(clustered.app.list.order, ListOrder::Clustered);
    assert_eq!(clustered.app.list.line(), 5, "the cursor goes with its sentence");
}

#[test]
fn the_list_does_not_grow_for_ever() {
    let explorer = with(&many(ListState::MOST + 10));
    assert_eq!(explorer.app.list.lines().len(), ListState::MOST);
    let said = explorer.app.notice.as_ref().unwrap();
    assert!(said.is_error && said.text.contains("10 left out"), "{}", said.text);
}

#[test]
fn a_percentile_is_said_where_unrelated_pairs_are_known() {
    let mut explorer = with(FEW).keys("g");
    let vectors: Vec<Option<Vec<f32>>> = (0..6).map(|line| vector(&explorer, line, Pooling::Cls)).collect();
    let known = clscope::analysis::Calibrations::new(&[(SentenceVector::from(Pooling::Cls), vectors)]);
    let unrelated = known.get(Pooling::Cls.into()).unwrap().raw().clone();
    let cosine = explorer.app.list.cosine(0, 0, 1).unwrap();
    let rank = unrelated.percentile(cosine).unwrap();
    explorer.app.list.unrelated = vec![(Pooling::Cls, unrelated)];
    let frame = explorer.frame(LARGE);
    let text = row_text(frame.buffer(), line_of(frame.buffer(), "1 ~ 2: cls").unwrap());
    assert!(text.contains(&format!("higher than {rank:.1} % of unrelated pairs")), "{text}");
    // Where the two do not fit in a line, they have two.
    let frame = explorer.frame(SMALL);
    let line = line_of(frame.buffer(), "1 ~ 2: cls").unwrap();
    assert!(row_text(frame.buffer(), line + 1).contains("mean 0."), "{}", row_text(frame.buffer(), line + 1));
}
