//! Pairs of sentences with a score of how alike they are.

use super::{
    common::{keys, measures, read, with_table},
    labelled::is_labelled,
};
use crate::{
    analysis::{Column, Correlation, Key, Metric, Paired, Quantity, Resamples, Table, TableRow, middle_95},
    cli::{
        args::EvaluateCommand,
        error::CliError,
        global::Global,
        output,
        records::{Parts, Record, records, sentence, usable},
        vectors::Distinct,
    },
    export::Document,
};

const PARTS: &Parts = &[
    ("score", &["score", "similarity_score", "label", "similarity", "relatedness_score", "gold"]),
    ("first sentence", &["sentence1", "sentence_1", "sentence_a", "text1", "text_1", "text_a"]),
    ("second sentence", &["sentence2", "sentence_2", "sentence_b", "text2", "text_2", "text_b"]),
];

/// How many resamples an interval is made of.
const RESAMPLES: u32 = 1000;
/// Of fewer pairs resampling makes no interval, and of fewer than that none to rely on.
const FEWEST: usize = 3;
const FEW: usize = 10;

/// Two sentences by number, and how alike they are said to be.
struct Pair {
    score: f64,
    first: usize,
    second: usize,
}

pub(super) fn evaluate(
    arguments: &EvaluateCommand,
    global: &Global,
    text: &str,
    file: &str,
) -> Result<Document, CliError> {
    let (pairs, sentences) = pairs(text, file, arguments.strict)?;
    if pairs.len() < FEW {
        output::say(&format!(
            "clscope: {} pairs are too few to rely on the correlations; give {FEW} or more",
            pairs.len()
        ));
    }
    let resamples = Resamples { count: arguments.bootstrap.unwrap_or(RESAMPLES) as usize };
    let (embeddings, info, document) = read(arguments, global, &sentences, file)?;
    let mut rows = Vec::new();
    for (vector, vectors) in &embeddings.vectors {
        for &metric in Metric::ALL {
            let close = |pair: &Pair| {
                Some((pair.score, metric.of(vectors[pair.first].as_ref()?, vectors[pair.second].as_ref()?)))
            };
            let (scores, found): (Vec<f64>, Vec<f64>) = pairs.iter().filter_map(close).unzip();
            let mut row = keys(*vector, &info).to_vec();
            row.extend([Key::Text(metric.name().to_owned()), Key::Number(found.len())]);
            rows.push(TableRow { keys: row, cells: Vec::new(), measures: numbers(scores, found, resamples) });
        }
    }
    let how = if resamples.count > 0 {
        format!(", with 95 % intervals of {} resamples", resamples.count)
    } else {
        String::new()
    };
    let names = ["spearman", "spearman low", "spearman high", "pearson", "pearson low", "pearson high"];
    let names = if resamples.count > 0 { &names[..] } else { &["spearman", "pearson"] };
    let table = Table {
        title: format!("How closeness follows the scores of {} pairs{how}", pairs.len()),
        keys: Column::all(["pooling", "layer", "metric", "pairs"]),
        cells: None,
        measures: measures(names, Quantity::Number),
        rows,
    };
    Ok(with_table(document.with("pairs", pairs.len()), table))
}

/// Each correlation, with its interval where there are resamples; none where the closeness does not vary.
fn numbers(scores: Vec<f64>, found: Vec<f64>, resamples: Resamples) -> Vec<Option<f32>> {
    let enough = scores.len() >= FEWEST;
    let paired = Paired::new(scores, found);
    let whole = paired.as_ref().and_then(Paired::correlation);
    let resampled = paired.filter(|_| enough).map(|paired| paired.resampled(&resamples)).unwrap_or_default();
    let kinds: [fn(&Correlation) -> f64; 2] = [|both| both.spearman, |both| both.pearson];
    let of = |kind: fn(&Correlation) -> f64| {
        let mut numbers = vec![whole.as_ref().map(|whole| kind(whole) as f32)];
        if resamples.count > 0 {
            let interval = middle_95(resampled.iter().map(kind).collect());
            numbers.extend([0, 1].map(|end| interval.map(|interval| interval[end] as f32)));
        }
        numbers
    };
    kinds.into_iter().flat_map(of).collect()
}

fn pairs(text: &str, file: &str, strict: bool) -> Result<(Vec<Pair>, Distinct), CliError> {
    let mut records = records(text, PARTS, guess);
    let score = |text: &str| text.trim().parse::<f64>().ok().filter(|score| score.is_finite());
    // A heading in words of its own: nothing else has a first line without a score.
    if records.len() > 1 && !text.trim_start().starts_with('{') {
        let is_heading = |values: &Vec<String>| score(&values[0]).is_none();
        if records[0].line == 1 && records[0].values.as_ref().is_ok_and(is_heading) {
            records.remove(0);
        }
    }
    let pair = |values: Vec<String>| {
        let [number, first, second] = <[String; 3]>::try_from(values).map_err(|_| "it has not three values")?;
        let score = score(&number).ok_or_else(|| format!("the score {number:?} is not a number"))?;
        Ok((score, sentence(first)?, sentence(second)?))
    };
    let is_pair = |record: &Record| record.values.clone().and_then(pair).is_ok();
    if !records.iter().any(is_pair) && is_labelled(text) {
        return Err(CliError::Failed(format!(
            "{file} has no scored pairs, but labels and sentences; for these take --task classify"
        )));
    }
    let read = usable(records, file, strict, pair)?;
    let mut sentences = Distinct::default();
    let pairs: Vec<Pair> = read
        .iter()
        .map(|(score, first, second)| Pair {
            score: *score,
            first: sentences.number(first),
            second: sentences.number(second),
        })
        .collect();
    let refuse = |what: &str| Err(CliError::Failed(format!("{file} {what}")));
    match pairs.as_slice() {
        [] => refuse(
            "has no pairs; write a line each: score, sentence, sentence, with tabs or commas between, or as JSON",
        ),
        [_] => refuse("has only one pair; a correlation needs two or more"),
        [first, rest @ ..] if rest.iter().all(|pair| pair.score == first.score) => {
            refuse("gives all pairs the same score, which nothing can follow; give scores that differ")
        }
        _ => Ok((pairs, sentences)),
    }
}

/// The sentences are the two longest columns of those that are not numbers; the score is the numbers nearest to them.
fn guess(rows: &[Vec<String>]) -> Option<Vec<usize>> {
    let columns = rows.iter().map(Vec::len).max().filter(|&columns| columns >= 3)?;
    let share = |at: usize| {
        let numbers = rows.iter().filter(|row| row.get(at).is_some_and(|value| value.parse::<f64>().is_ok())).count();
        numbers * 2 > rows.len()
    };
    let length = |at: &usize| rows.iter().filter_map(|row| row.get(*at)).map(String::len).sum::<usize>();
    let numbers: Vec<usize> = (0..columns).filter(|&at| share(at)).collect();
    let mut texts: Vec<usize> = (0..columns).filter(|at| !numbers.contains(at)).collect();
    texts.sort_by_key(|at| std::cmp::Reverse(length(at)));
    texts.truncate(2);
    texts.sort_unstable();
    match texts[..] {
        [first, second] if !numbers.is_empty() => {
            let score = numbers.into_iter().min_by_key(|score| score.abs_diff(first).min(score.abs_diff(second)))?;
            Some(vec![score, first, second])
        }
        // Where the sentences are numbers, too, or most scores are none, only the order can tell.
        _ => (columns == 3).then(|| vec![0, 1, 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, String, String)> {
        let (pairs, sentences) = pairs(text, "file", true).unwrap();
        let name = |number: usize| sentences.sentences[number].clone();
        pairs.iter().map(|pair| (pair.score, name(pair.first), name(pair.second))).collect()
    }

    #[test]
    fn the_columns_are_found_whatever_their_order() {
        let expected = read("5.0\tA cat sat.\tA cat is sitting.\n0.5\tHello.\tA boat.\n");
        assert_eq!(expected[1], (0.5, "Hello.".to_owned(), "A boat.".to_owned()));
        for text in [
            "A cat sat.,A cat is sitting.,5.0\nHello.,A boat.,0.5\n",
            "eins,zwei,wert\nA cat sat.,A cat is sitting.,5\nHello.,A boat.,0.5\n",
            "genre\tid\tsentence2\tscore\tsentence1\nnews\t3\tA cat is sitting.\t5\tA cat sat.\nnews\t4\tA boat.\t0.5\tHello.",
            "news\tMSR\t2012\t0001\t5.000\tA cat sat.\tA cat is sitting.\nnews\tMSR\t2012\t0004\t0.500\tHello.\tA boat.\n",
            "{\"sentence_A\": \"A cat sat.\", \"sentence_B\": \"A cat is sitting.\", \"similarity_score\": 5}
             {\"text1\": \"Hello.\", \"text2\": \"A boat.\", \"label\": 0.5}",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("1\t2\t3\n4\t5\t6\n"), [(1.0, "2".into(), "3".into()), (4.0, "5".into(), "6".into())]);
    }
}
