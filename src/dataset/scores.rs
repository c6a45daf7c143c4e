//! A value as a score: a number, or True and False.

use super::error::Fault;

/// A finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// 1 and 0, as pandas and JSON write them in words.
pub(super) fn truth(text: &str) -> Option<f64> {
    match text.len() {
        4 if text.eq_ignore_ascii_case("true") => Some(1.0),
        5 if text.eq_ignore_ascii_case("false") => Some(0.0),
        _ => None,
    }
}

/// A number with a comma for its point: `4,5`.
pub(super) fn with_comma(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole.strip_prefix(['-', '+']).unwrap_or(whole)) || !digits(part) {
        return None;
    }
    number(&format!("{whole}.{part}"))
}

/// Whether a value looks like a number of any kind, so that a heading does not.
pub(super) fn is_numeric(text: &str) -> bool {
    number(text).or_else(|| truth(text)).or_else(|| with_comma(text)).is_some()
}

/// What is written where a number is not known.
pub(super) fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 13] =
        ["", "-", "--", "?", ".", "n/a", "na", "nan", "null", "none", "missing", "unknown", "#n/a"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || matches!(text, "无" | "缺失" | "未知")
}

/// The score that a value says.
pub(super) fn score(text: &str, decimal_comma: bool) -> Result<f64, Fault> {
    match number(text).or_else(|| truth(text)) {
        Some(score) => Ok(score),
        None => match with_comma(text) {
            Some(score) if decimal_comma => Ok(score),
            Some(_) => Err(Fault::DecimalComma(text.to_owned())),
            None => Err(Fault::Score(text.to_owned())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_a_number_or_a_truth() {
        for (text, expected) in [("4.5", 4.5), ("-1", -1.0), ("1e-3", 0.001), ("True", 1.0), ("FALSE", 0.0)] {
            assert_eq!(score(text, false).unwrap(), expected);
        }
        assert_eq!(score("4,5", true).unwrap(), 4.5);
        assert_eq!(score("-0,25", true).unwrap(), -0.25);
        assert!(score("4,5", false).unwrap_err().to_string().contains("--decimal-comma"));
        for text in ["four", "nan", "inf", "", "87%", "1,2,3", ",5", "yes"] {
            assert!(score(text, true).unwrap_err().to_string().contains("is not a number"), "{text}");
        }
    }
}
