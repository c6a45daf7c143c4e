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
                .map(|word| word.replace('−', "-"))
                .filter(|word| word.parse::<f32>().is_ok() && word.contains('.'))
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
        let text = text.replace('−', "-");
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
fn the_closest_pairs_are_walked_through() {
    let explorer = with(&many(20)).keys("c");
    let cosine = |explorer: &Explorer| {
        let list = &explorer.app.list;
        list.cosine(0, list.line(), list.other()).unwrap()
    };
    let greatest = explorer.app.list.side(0).unwrap().range.unwrap().1;
    assert_eq!((cosine(&explorer), explorer.app.list.walked_closest()), (greatest, Some((0, 190, 190))));
    assert!(line_of(explorer.frame(USUAL).buffer(), "pair 1 of 190, the closest under cls first").is_some());
    let mut last = greatest;
    let mut explorer = explorer;
    for _ in 0..30 {
        explorer = explorer.keys("c");
        assert!(cosine(&explorer) <= last);
        last = cosine(&explorer);
    }
    assert!(explorer.app.list.walked().is_none());
    let explorer = explorer.keys("C space");
    assert_eq!((explorer.app.list.walked_closest(), explorer.app.list.walked().unwrap().number), (None, 0));
    assert!(!explorer.keys("c").app.would_act("previous-closest"));
}

#[test]
fn a_list_beyond_all_unrelated_pairs_is_offered_as_its_own_background() {
    let explorer = with("The same.\nThe same.\nThe same.");
    let (poolings, language) = explorer.app.list_beyond_background().unwrap();
    assert_eq!(language, BackgroundLanguage::English);
    let set = explorer.app.background.of(language).unwrap();
    for (side, pooling) in explorer.app.list.poolings().into_iter().enumerate() {
        let least = explorer.app.list.side(side).unwrap().range.unwrap().0;
        let percentile = set.calibration(pooling).unwrap().raw().percentile(least).unwrap();
        assert_eq!(poolings.contains(&pooling), percentile >= 95.0, "{pooling} {percentile}");
    }
    assert_eq!(poolings, [Pooling::Mean], "under cls many unrelated pairs are as close");
    let frame = explorer.frame(LARGE);
    assert!(line_of(frame.buffer(), "all pairs of this list are closer than 95 % of unrelated pairs").is_some());
    let explorer = explorer.keys("w");
    let frame = explorer.frame(LARGE);
    assert!(line_of(frame.buffer(), "all pairs of this list").is_none());
    assert!(line_of(frame.buffer(), "of the pairs of this list").is_some());
    let explorer = with(FEW).keys("w g");
    let count = explorer.app.list.lines().len();
    let cosine = explorer.app.list.cosine(0, 0, 1).unwrap();
    let all =
        (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).map(|(a, b)| explorer.app.list.cosine(0, a, b).unwrap());
    let all: Vec<f32> = all.collect();
    let less = all.iter().filter(|other| **other < cosine).count() as f64;
    let equal = all.iter().filter(|other| **other == cosine).count() as f64;
    let pooling = explorer.app.list.poolings()[0];
    let Rank::AmongList(percentile) = explorer.app.rank_in_list(pooling, (0, 1), cosine) else { panic!() };
    assert!((percentile - 100.0 * (less + equal / 2.0) / all.len() as f64).abs() < 1e-9);
    assert!(matches!(explorer.keys("w").app.rank_in_list(pooling, (0, 1), cosine), Rank::Percentile(..)));
    let far = with(FEW);
    assert!(far.app.list_beyond_background().is_none());
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
    let explorer = with(FEW).keys("g");
    let cosine = explorer.app.list.cosine(0, 0, 1).unwrap();
    let set = explorer.app.background.of(BackgroundLanguage::English).unwrap();
    let rank = in_percent(set.calibration(Pooling::Cls).unwrap().raw().percentile(cosine).unwrap());
    let frame = explorer.frame(LARGE);
    let text = row_text(frame.buffer(), line_of(frame.buffer(), "1 ~ 2: cls").unwrap());
    assert!(text.contains(&format!("higher than {rank} · mean ")), "{text}");
    assert!(text.contains("of unrelated pairs (English, 12 sentences)"), "{text}");
    // Where the two do not fit in a line, they have two.
    let frame = explorer.frame(SMALL);
    let line = line_of(frame.buffer(), "1 ~ 2: cls").unwrap();
    assert!(row_text(frame.buffer(), line + 1).contains("mean 0."), "{}", row_text(frame.buffer(), line + 1));
}

#[test]
fn each_pair_is_compared_with_its_own_language_or_with_none() {
    let text = "The cat sleeps on the sofa.\n猫在沙发上睡觉。\nInterest rates will rise again.\n利率会再次上升。\nИдёт снег.\nМузей";
    let explorer = with(text).keys("g");
    let rank = |a, b| explorer.app.rank_in_list(Pooling::Mean, (a, b), 0.5);
    let language = |a, b| match rank(a, b) {
        Rank::Percentile(_, language) => Some(language),
        _ => None,
    };
    let (english, chinese) = (Some(BackgroundLanguage::English), Some(BackgroundLanguage::Chinese));
    assert_eq!([language(0, 2), language(1, 3), language(3, 1)], [english, chinese, chinese]);
    assert!(matches!(rank(0, 1), Rank::Without(NoBackground::TwoScripts(_))));
    assert!(matches!(rank(4, 5), Rank::Without(NoBackground::OtherScript(script)) if script.name() == "Cyrillic"));
    let pooling = Explorer::on("猫在沙发上睡觉。", Some("利率会再次上升。")).keys("f7");
    let set = pooling.app.background_of_pair().unwrap();
    // As in the pooling view, whatever else is in the list.
    let cosine = explorer.app.list.cosine(1, 1, 3).unwrap();
    let percentile = set.calibration(Pooling::Mean).unwrap().raw().percentile(cosine).unwrap();
    assert_eq!(
        explorer.app.rank_in_list(Pooling::Mean, (1, 3), cosine),
        Rank::Percentile(percentile, BackgroundLanguage::Chinese)
    );
    let frame = explorer.frame(USUAL);
    assert!(line_of(frame.buffer(), "no percentile: Chinese characters and Latin letters").is_some());
    let frame = explorer.keys("down right right").frame(USUAL);
    assert!(line_of(frame.buffer(), "of unrelated pairs (Chinese, 12 sentences)").is_some(), "2 ~ 4");
}
