//! Tables as they are published, a few lines of each with other sentences.

use super::*;
use crate::dataset::ColumnChoice;

/// Of pairs: the columns used, or what is refused.
fn of_pairs(text: &str) -> String {
    match pairs_in(text.as_bytes(), "x", &ReadingOptions::default()) {
        Ok(found) => {
            assert_eq!(found.reading.skipped.count, 0, "{text}\n{:?}", found.reading.skipped.first);
            let columns = found.reading.columns;
            format!(
                "{}: {}",
                columns.score.unwrap(),
                columns.texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            )
        }
        Err(error) => error.to_string(),
    }
}

/// Of labelled texts: the columns used, or what is refused.
fn of_labels(text: &str) -> String {
    match labelled_in(text.as_bytes(), "x", &ReadingOptions::default()) {
        Ok(found) => format!("{}: {}", found.reading.columns.label.unwrap(), found.reading.columns.texts[0]),
        Err(error) => error.to_string(),
    }
}

#[test]
fn pairs_as_published() {
    for (expected, text) in [
        (
            "score: sentence1, sentence2",
            "split\tgenre\tdataset\tyear\tsid\tscore\tsentence1\tsentence2\n\
             train\tmain-news\tMSRpar\t2012\t0001\t5.000\tTwo \"big\" dogs run.\tTwo dogs are running.\n\
             test\tmain-news\tMSRpar\t2012\t0004\t1.600\tA hen lays an egg.\tThe tax was \"raised.\n\
             dev\tmain-forums\tdeft\t2013\t0012\t2.400\tIs it late?\tWhat time is it?\n",
        ),
        (
            "column 5: column 6, column 7",
            "main-captions\tMSRvid\t2012test\t0001\t2.500\tA boy rides a horse.\tA child is riding.\textra\tsource\n\
             main-captions\tMSRvid\t2012test\t0004\t3.600\tA hen lays an egg.\tAn egg is laid.\n\
             main-news\theadlines\t2013\t0004\t0.000\tPrices rise again in March.\tNo trace of the ship.\n",
        ),
        (
            "Quality: #1 String, #2 String",
            "Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t702876\t702977\tHe said \"no\" twice.\tTwice he said no.\n\
             0\t2108705\t2108831\tThe court adjourned.\tRain is due.\n1\t1330381\t1330521\tThey put it on sale.\tIt was put on sale.\n\
             0\t3344667\t3344648\tGas rose a cent.\t\"Fine, said she.\n",
        ),
        (
            "relatedness_score: sentence_A, sentence_B",
            "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n1\tA kid plays.\tKids play.\t4.5\tNEUTRAL\n\
             2\tA man sings.\tNobody sings.\t3.2\tCONTRADICTION\n3\tA cat eats.\tA cat is eating.\t5\tENTAILMENT\n",
        ),
        (
            "label: sentence1, sentence2",
            "id\tsentence1\tsentence2\tlabel\n1\tIn Paris he met Anna.\tIn Paris, Anna met him.\t1\n2\tShe left Rome first.\tRome left her first.\t0\n",
        ),
        (
            "column 3: column 1, column 2",
            "花呗怎么还款\t怎么还花呗\t1\n今天天气好吗\t我想买车票\t0\n如何修改密码\t密码怎么改\t1\n",
        ),
        (
            "label: sentence1, sentence2",
            "{\"sentence1\": \"花呗怎么还款\", \"sentence2\": \"怎么还花呗\", \"label\": \"1\"}\n\
             {\"sentence1\": \"今天天气好吗\", \"sentence2\": \"我想买车票\", \"label\": \"0\"}\n",
        ),
        (
            "labels: sentence1, sentence2",
            "{\"sentence1\": [\"A b c.\", \"D e f.\"], \"sentence2\": [\"G h i.\", \"J k l.\"], \"labels\": [0, 1]}",
        ),
        (
            "Human (mean): Word 1, Word 2",
            "Word 1,Word 2,Human (mean)\nlove,sex,6.77\ntiger,cat,7.35\nbook,paper,7.46\n",
        ),
        (
            "column 3: column 1, column 2",
            "cord;smile;0.02\nrooster;voyage;0.04\nnoon;string;0.04\nfruit;furnace;0.05\n",
        ),
        (
            "is_duplicate: question1, question2",
            "\"id\",\"qid1\",\"qid2\",\"question1\",\"question2\",\"is_duplicate\"\n\
          \"0\",\"1\",\"2\",\"How, say, do I cook?\",\"How to cook?\",\"1\"\n\"1\",\"3\",\"4\",\"Is tea \"\"hot\"\"?\",\"Who won?\",\"0\"\n",
        ),
        (
            "score: text1, text2",
            "score | text1 | text2\n1 | A cat, so. | A dog, so.\n0 | An elk here. | An owl there.\n",
        ),
    ] {
        assert_eq!(of_pairs(text), expected, "{text}");
    }
    for (expected, text) in [
        (
            "the scores in gold_label are words (neutral, contradiction, -)",
            "gold_label\tsentence1_binary_parse\tsentence2_binary_parse\tsentence1\tsentence2\tcaptionID\tlabel1\n\
             neutral\t( A ( man . ) )\t( ( He sits ) . )\tA man.\tHe sits.\t34#4\tneutral\n\
             contradiction\t( A ( man . ) )\t( ( He sits ) . )\tA man.\tNo man.\t34#4\tneutral\n\
             -\t( A ( hen . ) )\t( ( She sits ) . )\tA hen.\tHe sits.\t35#4\tneutral\n",
        ),
        (
            "which column is the score: SimLex999 (1.58, 9.2, 8.77), SD(SimLex) (0.5, 0.6, 0.7)",
            "word1\tword2\tPOS\tSimLex999\tSD(SimLex)\nold\tnew\tA\t1.58\t0.5\nsmart\tbright\tA\t9.2\t0.6\nhard\ttough\tA\t8.77\t0.7\n",
        ),
    ] {
        assert!(of_pairs(text).contains(expected), "{}\n{text}", of_pairs(text));
    }
}

#[test]
fn labels_as_published() {
    for (expected, text) in [
        (
            "intent: utt",
            "{\"id\": \"0\", \"locale\": \"de-DE\", \"partition\": \"test\", \"scenario\": \"alarm\", \"intent\": \"alarm_set\", \"utt\": \"wake me at nine\", \"annot_utt\": \"wake me at [time : nine]\", \"judgments\": [{\"grammar\": 4}]}\n\
             {\"id\": \"1\", \"locale\": \"de-DE\", \"partition\": \"train\", \"scenario\": \"audio\", \"intent\": \"audio_mute\", \"utt\": \"be quiet now\", \"annot_utt\": \"be quiet now\", \"judgments\": []}\n\
             {\"id\": \"2\", \"locale\": \"en-US\", \"partition\": \"train\", \"scenario\": \"audio\", \"intent\": \"alarm_set\", \"utt\": \"set an alarm\", \"annot_utt\": \"set an alarm\", \"judgments\": []}\n",
        ),
        (
            "label: sentence",
            "{\"label\": \"102\", \"label_desc\": \"news_arts\", \"sentence\": \"她的新电影上映了\", \"keywords\": \"电影,上映\"}\n\
             {\"label\": \"110\", \"label_desc\": \"news_army\", \"sentence\": \"新战机首飞成功了吗\", \"keywords\": \"\"}\n\
             {\"label\": \"102\", \"label_desc\": \"news_arts\", \"sentence\": \"这首歌真好听\", \"keywords\": \"歌\"}\n",
        ),
        (
            "label: review",
            "cat,label,review\n书籍,1,这本书非常好看\n平板,0,\"屏幕坏了,退货\"\n书籍,0,纸张太差\n平板,1,很喜欢这个\n",
        ),
        (
            "sentiment: review",
            "review,sentiment\n\"A fine, fine film.<br />Go.\",positive\n\"Dull, and long.\",negative\nI slept well.,negative\n",
        ),
        (
            "Class Index: Title",
            "Class Index,Title\n3,Shares fall on fears\n1,Talks fail in Geneva\n3,Oil price climbs again\n",
        ),
        (
            "category: text",
            "text,category\nMy card has not come,card_arrival\nWhere is my card?,card_arrival\nI lost my phone,lost_phone\nStolen phone,lost_phone\n",
        ),
        (
            "column 2: column 1",
            "这本书非常好看\t图书\n股票今天大涨\t财经\n新战机首飞成功\t军事\n他写的小说不错\t图书\n",
        ),
        (
            "column 1: column 2",
            "ham\tGo to the point, now..\nspam\tFree entry in 2 a wkly comp\nham\tOk lar... Joking\n",
        ),
        (
            "column 1: column 3",
            "1\t00017\tA good film indeed.\n0\t00018\tA bad film, sadly.\n1\t00019\tSuch fine acting here.\n0\t00020\tNever again for me.\n",
        ),
        (
            "column 2: column 1",
            "Where is it?\task\tde\nIt is here.\ttell\ten\nWho are you?\task\ten\nI am he.\ttell\tde\n",
        ),
        (
            "label: text",
            "split;label;text\ntrain;a;One, two.\ntest;b;Three, four.\ntrain;b;Five, six.\ntest;a;Seven, no.\n",
        ),
    ] {
        assert_eq!(of_labels(text), expected, "{text}");
    }
    for (expected, text) in [
        (
            "Title (Shares fall",
            "Class Index,Title,Description\n3,Shares fall on fears,The market fell again today\n1,Talks fail,No deal was reached there\n3,Oil,Oil price climbs\n",
        ),
        ("several lists (train, val)", "{\"train\": [[\"be quiet\", \"mute\"]], \"val\": [[\"wake me\", \"alarm\"]]}"),
    ] {
        assert!(of_labels(text).contains(expected), "{}\n{text}", of_labels(text));
    }
}

#[test]
fn parquet_is_a_table_like_others() {
    let file =
        |name: &str| std::fs::read(format!("{}/tests/reference/dataset/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let found = pairs_in(&file("pairs.snappy.parquet"), "pairs.parquet", &ReadingOptions::default()).unwrap();
    let read: Vec<_> = found.pairs.iter().map(|p| (p.score as u8, p.texts[0].as_str(), p.texts[1].as_str())).collect();
    assert_eq!(read, PAIRS);
    assert_eq!(found.pairs[3].place.to_string(), "row 4");
    assert!(found.reading.to_string().starts_with("Parquet; score column: label; text columns: sentence1, sentence2"));
    let options = ReadingOptions { id: Some(ColumnChoice("id".into())), ..ReadingOptions::default() };
    let texts: Vec<_> = texts_in(&file("texts.parquet"), "-", &options).unwrap().map(Result::unwrap).collect();
    assert_eq!(
        texts.iter().map(|text| (text.id.as_deref().unwrap(), text.text.as_str())).collect::<Vec<_>>(),
        [("a", "A cat sat."), ("b", ""), ("c", "猫坐着。")]
    );
    assert!(refused(pairs_in(&file("pairs.zstd.parquet"), "x", &ReadingOptions::default())).contains("zstd"));
}

#[test]
fn other_encodings_are_named() {
    let text = table("score\tsentence1\tsentence2", |_, score, one, two| format!("{score}\t{one} naïve café\t{two}"));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let message = refused(pairs_in(&latin, "x.tsv", &ReadingOptions::default()));
    assert_eq!(
        message,
        "cannot read x.tsv as text: line 2 is not UTF-8: byte 0xEF at offset 53; it looks like WINDOWS-1252: iconv -f WINDOWS-1252 -t UTF-8"
    );
    let message = refused(pairs_in(b"PK\x03\x04 and so on", "x.xlsx", &ReadingOptions::default()));
    assert!(message.starts_with("cannot read x.xlsx as text: this is a zip archive or an Excel workbook"), "{message}");
    // More than a table may have is refused, not held.
    let endless: Box<dyn std::io::Read + Send> = Box::new(Repeated("1\tA cat sat.\tA dog ran.\n"));
    let source = source::read(endless).unwrap();
    let message = examples::pairs(source, "-", &ReadingOptions::default()).err().unwrap().of("-").to_string();
    assert_eq!(
        message,
        "cannot read standard input as text: it has more than 256 MiB of text, the most that a table may have; split it, or take a sample of its lines"
    );
}

struct Repeated(&'static str);

impl std::io::Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let times = buffer.len() / self.0.len();
        if times == 0 {
            buffer[0] = b'\n';
            return Ok(1);
        }
        for at in 0..times {
            buffer[at * self.0.len()..][..self.0.len()].copy_from_slice(self.0.as_bytes());
        }
        Ok(times * self.0.len())
    }
}
