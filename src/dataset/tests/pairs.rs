//! Pairs with scores.

use super::*;
use crate::dataset::{ColumnChoice, Note, Quotes};

/// The pairs are the ten, whatever the form.
fn same(text: &str) -> Scored {
    same_in(text.as_bytes(), "pairs.csv", &ReadingOptions::default())
}

fn same_in(bytes: &[u8], file: &str, options: &ReadingOptions) -> Scored {
    let text = String::from_utf8_lossy(bytes);
    let found = pairs_in(bytes, file, options).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.score as u8, p.texts[0].as_str(), p.texts[1].as_str())).collect();
    assert_eq!(pairs, PAIRS, "{text}\n{}", found.reading);
    assert_eq!(found.reading.skipped.count, 0, "{text}");
    found
}

fn columns(found: &Scored) -> String {
    found.reading.columns.to_string()
}

#[test]
fn the_score_is_found_by_its_heading() {
    for (heading, score) in [
        ("id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate", "is_duplicate"),
        ("pair_ID\tlang\tyear\tsentence_A\tsentence_B\trelatedness_score", "relatedness_score"),
        ("idx\tsource\tuser\ttext_a\ttext_b\tSimilarity (0-5)", "Similarity (0-5)"),
        ("编号\t来源\t日期\t句子1\t句子2\t相似度", "相似度"),
        ("\t#1 ID\t#2 ID\t#1 String\t#2 String\tQuality", "Quality"),
        ("n\tm\tk\tpremise\thypothesis\tgold_label", "gold_label"),
        ("a1\ta2\ta3\tfirst text\tsecond text\thow alike", "how alike"),
    ] {
        let text = table(heading, |at, score, one, two| {
            format!("{}\t{}\t{}\t{one}\t{two}\t{score}", at, at * 2 + 1, at * 2 + 2)
        });
        let found = same(&text);
        assert!(columns(&found).starts_with(&format!("score column: {score}; text columns: ")), "{}", columns(&found));
    }
}

#[test]
fn line_numbers_constants_and_empty_columns_are_no_scores() {
    let numbered = same(&table("", |at, score, one, two| format!("{}\t{one}\t{two}\t{score}", at + 1)));
    assert_eq!(
        columns(&numbered),
        "score column: column 4; text columns: column 2, column 3; columns not used: column 1"
    );
    same(&table("", |at, score, one, two| format!("{score}\t{one}\t{two}\t{}", 40 - at)));
    same(&table("", |_, score, one, two| format!("2017\t{one}\t{two}\t{score}\t")));
    same(&table(",s1,s2,score", |at, score, one, two| format!("{at},{one},{two},{score}")));
    same(&table("nr,eins,zwei,wert,,", |at, score, one, two| format!("{},{one},{two},{score},,", 9 - at)));
    // Ids that come again, as those of questions do.
    same(&table("", |at, score, one, two| format!("{:04}\t{one}\t{two}\t{score}", at / 2)));
    same(&table("", |at, score, one, two| format!("news\tMSR\t{}\t{score}.0\t{one}\t{two}", 2012 + at % 3)));
}

#[test]
fn what_is_in_doubt_is_refused_with_the_option() {
    let two = |heading| table(heading, |at, score, one, two| format!("{one}\t{two}\t{score}\t{}", 5 - at % 5));
    let message = refused(pairs(&two("")));
    assert_eq!(
        message,
        "pairs.csv: it is ambiguous which column is the score: column 3 (1, 0), column 4 (5, 4, 3); write --score-column"
    );
    assert!(refused(pairs(&two("s1\ts2\tscore\tsimilarity"))).contains("score (1, 0), similarity (5, 4, 3)"));
    let options = ReadingOptions { score: Some(ColumnChoice("score".into())), ..ReadingOptions::default() };
    same_in(two("s1\ts2\tscore\tsimilarity").as_bytes(), "x.tsv", &options);
    let numbered = ReadingOptions { score: Some(ColumnChoice("3".into())), ..ReadingOptions::default() };
    assert!(columns(&same_in(two("").as_bytes(), "x.tsv", &numbered)).contains("columns not used: column 4"));
    // Only what is never a score.
    let counted = refused(pairs(&table("", |at, _, one, two| format!("{at}\t{one}\t{two}"))));
    assert!(counted.contains("all differ (0, 1, 2, 3)") && counted.contains("--score-column"), "{counted}");
    let disliked = refused(pairs(&table("s1\ts2\tuser", |at, _, one, two| format!("{one}\t{two}\t{}", at % 3))));
    assert!(disliked.contains("no column is the score") && disliked.contains("user (0, 1, 2)"), "{disliked}");
    let constant = refused(pairs(&table("", |_, _, one, two| format!("5\t{one}\t{two}"))));
    assert!(constant.contains("the same score (5 in column 1)"), "{constant}");
    // Three sentences.
    let three = table("", |_, score, one, two| format!("{score}\t{one}\t{two}\tAnd {one}"));
    let message = refused(pairs(&three));
    assert!(
        message.contains("which column is a sentence of the pair")
            && message.contains("--text-column A --text-column B"),
        "{message}"
    );
    let texts = ["2", "3"].map(|column| ColumnChoice(column.to_owned())).to_vec();
    same_in(three.as_bytes(), "x.tsv", &ReadingOptions { texts, ..ReadingOptions::default() });
    let one = ReadingOptions { texts: vec![ColumnChoice("2".into())], ..ReadingOptions::default() };
    assert!(refused(pairs_in(three.as_bytes(), "x", &one)).contains("--text-column is needed twice, not 1 time"));
    let none = ReadingOptions { score: Some(ColumnChoice("points".into())), ..ReadingOptions::default() };
    assert!(refused(pairs_in(three.as_bytes(), "x", &none)).contains("no column \"points\" for --score-column"));
}

#[test]
fn truths_words_and_decimal_commas() {
    let truth = |score| if score == 1 { "True" } else { "false" };
    same(&table("sentence1,sentence2,label", |_, score, one, two| format!("{one},{two},{}", truth(score))));
    let words = ["contradiction", "entailment"];
    let nli = table("gold_label\tsentence1\tsentence2", |_, score, one, two| {
        format!("{}\t{one}\t{two}", words[score as usize])
    });
    for text in [&nli, &nli[nli.find('\n').unwrap() + 1..]] {
        let message = refused(pairs(text));
        assert!(
            message.contains("are words (entailment, contradiction)") && message.contains("--score-column"),
            "{message}"
        );
    }
    let comma = table("wert;eins;zwei", |at, score, one, two| format!("{score},{};{one};{two}", at % 2));
    let message = refused(pairs(&comma));
    assert!(message.contains("decimal commas (1,0)") && message.contains("--decimal-comma"), "{message}");
    let options = ReadingOptions { decimal_comma: true, ..ReadingOptions::default() };
    assert_eq!(pairs_in(comma.as_bytes(), "x.csv", &options).unwrap().pairs[1].score, 0.1);
    let quoted = table("wert,eins,zwei", |at, score, one, two| format!("\"{score},{}\",{one},{two}", at % 2));
    assert_eq!(pairs_in(quoted.as_bytes(), "x.csv", &options).unwrap().pairs[1].score, 0.1);
    assert!(refused(pairs(&quoted)).contains("decimal commas"));
    let single = comma.replacen("1,0;The", "n/a;The", 1);
    assert_eq!(pairs_in(single.as_bytes(), "x.csv", &options).unwrap().reading.skipped.count, 1);
}

#[test]
fn every_delimiter_and_form_gives_the_same_pairs() {
    for (delimiter, file) in
        [("\t", "x"), (",", "x.csv"), (";", "x.csv"), ("|", "x"), ("||", "x"), ("_!_", "x.txt"), (" ||| ", "x")]
    {
        for heading in ["", "score#sentence1#sentence2"] {
            let text = table(&heading.replace('#', delimiter), |_, score, one, two| {
                [&score.to_string(), one, two].join(delimiter)
            });
            let found = same_in(text.as_bytes(), file, &ReadingOptions::default());
            assert_eq!(found.reading.first_line.is_heading, !heading.is_empty());
            assert_eq!(found.pairs[9].place.first, if heading.is_empty() { 10 } else { 11 });
        }
    }
    let tsv = table("score\ttext1\ttext2", |_, score, one, two| format!("{score}\t{one}\t{two}"));
    same(&format!("\u{feff}{tsv}"));
    same(&tsv.replace('\n', "\r\n"));
    same(&tsv.replace('\n', "\r"));
    same(&tsv.replace('\n', "\n\n"));
    let wide: Vec<u8> = format!("\u{feff}{tsv}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    same_in(&wide, "x.txt", &ReadingOptions::default());
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, tsv.as_bytes()).unwrap();
    same_in(&packer.finish().unwrap(), "x.tsv.gz", &ReadingOptions::default());
    let json = |score: u8, one: &str, two: &str| {
        serde_json::json!({"sentence1": one, "sentence2": two, "score": score}).to_string()
    };
    let lines = table("", |_, score, one, two| json(score, one, two));
    same(&lines);
    let array = format!("[{}]", lines.trim().replace('\n', ",\n"));
    same(&array);
    same(&serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&array).unwrap()).unwrap());
    same(&table("", |_, score, one, two| serde_json::json!({"texts": [one, two], "label": score}).to_string()));
    let rows = table("", |_, score, one, two| serde_json::json!([score, one, two]).to_string());
    same(&format!("[{}]", rows.trim().replace('\n', ",\n")));
    same(&rows);
}

#[test]
fn sentences_with_delimiters_keep_them() {
    let semicolons =
        table("score;sentence1;sentence2", |_, score, one, two| format!("{score};{one}, here, now;{two}, there"));
    let found = pairs(&semicolons).unwrap();
    assert_eq!((found.pairs.len(), found.pairs[0].texts[0].as_str()), (10, "The kettle is boiling., here, now"));
    let headless = &semicolons[semicolons.find('\n').unwrap() + 1..];
    assert_eq!(pairs(headless).unwrap().pairs, {
        let mut pairs = found.pairs.clone();
        pairs.iter_mut().for_each(|pair| pair.place = crate::dataset::RecordPlace::line(pair.place.first - 1));
        pairs
    });
    let quoted = table("a,b,score", |_, score, one, two| format!("\"{one}, \"\"so\"\"\n; yes\",\"{two}\",{score}"));
    let found = pairs(&quoted).unwrap();
    assert_eq!(found.pairs[1].texts[0], "Our train leaves at noon., \"so\"\n; yes");
    assert_eq!(found.pairs[1].place.to_string(), "lines 4 to 5");
    let bare =
        table("", |at, score, one, two| format!("{score},{one}{},{two}", if at == 4 { ", my friend" } else { "" }));
    let found = pairs(&bare).unwrap();
    assert_eq!(
        found.reading.skipped.first[0].to_string(),
        "line 5: it has 4 columns, not 3; quote a text that contains the delimiter"
    );
}

#[test]
fn quotes_are_undone_where_a_writer_set_them() {
    let pandas =
        table("score\tsentence1\tsentence2", |_, score, one, two| format!("{score}\t\"He said \"\"{one}\"\"\"\t{two}"));
    let found = pairs(&pandas).unwrap();
    assert_eq!(found.pairs[0].texts[0], "He said \"The kettle is boiling.\"");
    assert!(
        found
            .reading
            .to_string()
            .starts_with("values separated by tabs, quotes around values removed; score column: score")
    );
    let benchmark = table("", |_, score, one, two| format!("{score}\t\"{one}\" he said\t{two}"));
    assert_eq!(pairs(&benchmark).unwrap().pairs[0].texts[0], "\"The kettle is boiling.\" he said");
    let kept = ReadingOptions { quotes: Some(Quotes::No), ..ReadingOptions::default() };
    assert!(pairs_in(pandas.as_bytes(), "x", &kept).unwrap().pairs[0].texts[0].starts_with("\"He said \"\""));
    // One that nothing closes, wherever it is.
    for line in [2, 6, 10] {
        let broken: String = table("score,sentence1,sentence2", |at, score, one, two| {
            format!("{score},{}{one},{two}", if at + 2 == line { "\"" } else { "" })
        });
        let message = refused(pairs(&broken));
        assert!(
            message.starts_with(&format!("line {line} of pairs.csv: a quote that opens here is not closed")),
            "{message}"
        );
    }
}

#[test]
fn the_first_line_is_data_or_a_heading_and_never_lost() {
    for score in ["n/a", "NaN", "?", "-", "five"] {
        let rest = table("", |_, score, one, two| format!("{score}\t{one}\t{two}"));
        let text = format!("{score}\tThe tap drips all night.\tWater drips from the tap.\n{rest}");
        let found = pairs(&text).unwrap();
        assert_eq!(found.reading.skipped.first[0].to_string(), format!("line 1: the score {score:?} is not a number"));
        assert!(!found.reading.first_line.is_heading && found.pairs.len() == 10);
        let strict = ReadingOptions { strict: true, ..ReadingOptions::default() };
        let message = refused(pairs_in(text.as_bytes(), "x.tsv", &strict));
        assert!(message.starts_with(&format!("line 1 of x.tsv: the score {score:?} is not a number")), "{message}");
    }
    let words = same(&table("wert\teins\tzwei", |_, score, one, two| format!("{score}\t{one}\t{two}")));
    assert_eq!(
        words.reading.first_line.to_string(),
        "line 1 is read as a heading (a word over numbers): wert | eins | zwei"
    );
    let doubt = "how\tit goes\tit went\n1\ta cat\ta dog\n0\ta fox\tan elk\n1\tan owl\ta hen\n";
    let found = pairs(doubt).unwrap();
    assert!(matches!(found.reading.notes[..], [Note::DoubtfulFirstLine(_)]), "{:?}", found.reading.notes);
    let strict = ReadingOptions { strict: true, ..ReadingOptions::default() };
    assert!(refused(pairs_in(doubt.as_bytes(), "x", &strict)).contains("write --heading yes or --heading no"));
    let asked = ReadingOptions { strict: true, heading: Some(true), ..ReadingOptions::default() };
    assert_eq!(pairs_in(doubt.as_bytes(), "x", &asked).unwrap().pairs.len(), 3);
    let positions = same(&table(",0,1,2", |at, score, one, two| format!("{at},{one},{two},{score}")));
    assert!(positions.reading.first_line.is_heading);
    // R writes no heading over its column of row names.
    same(&table("s1 s2 score".replace(' ', "\t").as_str(), |at, score, one, two| {
        format!("{}\t{one}\t{two}\t{score}", at + 1)
    }));
    // One record with a delimiter too many is no column of row names.
    let doubtful = "id;s1;s2;score\n1;a cat; red;a dog;4\n2;a fox;an elk;3\n";
    let found = pairs_in(doubtful.as_bytes(), "x", &ReadingOptions::default()).unwrap();
    assert_eq!(found.pairs.iter().map(|pair| pair.texts[0].as_str()).collect::<Vec<_>>(), ["a fox"]);
    assert!(found.reading.skipped.first[0].to_string().starts_with("line 2: "), "{:?}", found.reading.skipped);
}

#[test]
fn bad_records_are_counted_and_placed() {
    let mut text = table("score\tsentence1\tsentence2", |_, score, one, two| format!("{score}\t{one}\t{two}"));
    text.push_str("3\tonly one\n1\t\tanother\n\nx\tA cat.\tA dog.\n");
    let found = pairs(&text).unwrap();
    let told: Vec<String> = found.reading.skipped.first.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["line 12: it has no sentence2", "line 13: a sentence is empty", "line 15: the score \"x\" is not a number",]
    );
    assert_eq!(found.reading.blank.to_string(), "1 blank line (14)");
    let strict = ReadingOptions { strict: true, ..ReadingOptions::default() };
    let message = refused(pairs_in(text.as_bytes(), "x", &strict));
    assert!(message.contains("line 12 of x: it has no sentence2; correct it, or omit --strict"), "{message}");
    let json = table("", |_, score, one, two| serde_json::json!({"a": one, "b": two, "label": score}).to_string());
    let found = pairs(&format!("{json}{{\"a\": \"x\"\n[1]\n")).unwrap();
    assert!(
        found.reading.skipped.count == 2
            && found.reading.skipped.first[0].to_string().starts_with("line 11: it is not a JSON object")
    );
}

#[test]
fn a_split_is_chosen() {
    let text = table("split,sentence1,sentence2,score", |at, score, one, two| {
        format!("{},{one},{two},{score}", ["train", "test"][at % 2])
    });
    let all = same(&text);
    assert_eq!(
        all.reading.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["all values of split are read together (train, test); --split takes one"]
    );
    let test = ReadingOptions { split: Some("test".into()), ..ReadingOptions::default() };
    let found = pairs_in(text.as_bytes(), "x.csv", &test).unwrap();
    assert_eq!(found.pairs.len(), 5);
    assert!(columns(&found).contains("split: test of split"), "{}", columns(&found));
    let dev = ReadingOptions { split: Some("dev".into()), ..ReadingOptions::default() };
    assert!(
        refused(pairs_in(text.as_bytes(), "x.csv", &dev))
            .contains("no record has \"dev\" in split; it has train, test")
    );
    let other = table("s1,s2,score", |_, score, one, two| format!("{one},{two},{score}"));
    assert!(refused(pairs_in(other.as_bytes(), "x.csv", &dev)).contains("--split-column"));
}

#[test]
fn ids_are_carried() {
    let text = table("id,s1,s2,score", |at, score, one, two| format!("q{at},{one},{two},{score}"));
    let options = ReadingOptions { id: Some(ColumnChoice("id".into())), ..ReadingOptions::default() };
    let found = same_in(text.as_bytes(), "x.csv", &options);
    assert_eq!(found.pairs[3].id.as_deref(), Some("q3"));
    assert_eq!(columns(&found), "score column: score; text columns: s1, s2; id column: id");
}

#[test]
fn what_was_read_before_is_read_the_same() {
    let expected = [(5.0, "A cat sat.", "A cat is sitting."), (0.5, "Hello.", "A boat.")];
    for text in [
        "5.0\tA cat sat.\tA cat is sitting.\n0.5\tHello.\tA boat.\n",
        "A cat sat.,A cat is sitting.,5.0\nHello.,A boat.,0.5\n",
        "eins,zwei,wert\nA cat sat.,A cat is sitting.,5\nHello.,A boat.,0.5\n",
        "genre\tid\tsentence2\tscore\tsentence1\nnews\t3\tA cat is sitting.\t5\tA cat sat.\nnews\t4\tA boat.\t0.5\tHello.",
        "news\tMSR\t2012\t0001\t5.000\tA cat sat.\tA cat is sitting.\nnews\tMSR\t2012\t0004\t0.500\tHello.\tA boat.\n",
        "{\"sentence_A\": \"A cat sat.\", \"sentence_B\": \"A cat is sitting.\", \"similarity_score\": 5}
         {\"text1\": \"Hello.\", \"text2\": \"A boat.\", \"label\": 0.5}"
            .replace("text1", "sentence_A")
            .replace("text2", "sentence_B")
            .replace("label", "similarity_score")
            .as_str(),
    ] {
        let found = pairs(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let read: Vec<_> = found.pairs.iter().map(|p| (p.score, p.texts[0].as_str(), p.texts[1].as_str())).collect();
        assert_eq!(read, expected, "{text}");
    }
    let numbers = pairs("1\t2\t3\n4\t5\t6\n").unwrap();
    assert_eq!((numbers.pairs[1].score, numbers.pairs[1].texts[1].as_str()), (4.0, "6"));
    let ragged = "5\tthe cat\ta cat\nfour\ta\tb\n3\tthe dog\n1\t\tred\n0\tdog\triver\n4\tcat\tdog\n";
    let found = pairs(ragged).unwrap();
    let told: Vec<String> = found.reading.skipped.first.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["line 2: the score \"four\" is not a number", "line 3: it has no column 3", "line 4: a sentence is empty"]
    );
    assert_eq!(found.pairs.len(), 3);
    let mostly = pairs(&(ragged.to_owned() + &"x\ty\n".repeat(50))).unwrap();
    assert_eq!((mostly.pairs.len(), mostly.reading.skipped.count), (3, 53));
    for (text, wanted) in [
        ("", "has no pairs"),
        ("\n\n", "has no pairs"),
        ("5\ta\tb\n5\tc\td\n", "the same score"),
        (&("x\tthe cat sat\n".repeat(25) + &"y\ta dog ran\n".repeat(5)), "use --task classify"),
        ("label\ttext\nx\tthe cat sat 0\nx\tthe cat sat 1\nx\tthe cat sat 2\n", "use --task classify"),
    ] {
        assert!(refused(pairs(text)).contains(wanted), "{text}");
    }
    assert_eq!(pairs("5\ta\tb\n").unwrap().pairs.len(), 1);
}
