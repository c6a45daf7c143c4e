/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A share in 0..=1; for people in percent.
    Share,
    /// A number of tokens.
    Tokens,
    /// A cosine in -1..=1.
    Cosine,
    /// The cosine of a vector to what it was before something changed; what counts is how far it is below 1.
    CosineToBefore,
    /// A place on an axis; that on the other axis comes next.
    Coordinate,
    /// Anything else.
    Number,
}

impl Quantity {
    /// A number for people, shares in percent with so many decimals; `–` where there is none.
    pub fn readable(self, value: Option<f32>, decimals: usize) -> String {
        match (value.filter(|value| value.is_finite()), self) {
            (None, _) => "–".to_owned(),
            (Some(share), Quantity::Share) => decimal((share * 100.0).into(), decimals),
            (Some(tokens), Quantity::Tokens) => format!("{tokens:.1}"),
            (Some(cosine), Quantity::Cosine | Quantity::CosineToBefore) => narrow_cosine(cosine, 4, 8),
            (Some(value), Quantity::Coordinate | Quantity::Number) => decimal(value.into(), 4),
        }
    }
}

/// A number for people with so many decimals, with a minus sign `−`, which no zero has.
pub fn decimal(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(size) if size.bytes().all(|byte| matches!(byte, b'0' | b'.')) => size.to_owned(),
        Some(size) => format!("−{size}"),
        None => text,
    }
}

/// A number for people that adds or takes away: `+2.31`, `−0.12`.
pub fn signed(number: impl Into<f64>, decimals: usize) -> String {
    format!("{:+.decimals$}", number.into()).replace('-', "−")
}

/// A cosine for people with so many decimals. One that would be rounded to 1 and is less says how much less: `1 − 4e-4`.
pub fn readable_cosine(cosine: f32, decimals: usize) -> String {
    less_than_1(cosine, decimals, " ").unwrap_or_else(|| decimal(cosine.into(), decimals))
}

/// The same in at most `width` cells, at least 6: with fewer decimals where there is no room for them, and without blanks:
/// `1−4e-4`.
pub fn narrow_cosine(cosine: f32, decimals: usize, width: usize) -> String {
    let number =
        |decimals: usize| less_than_1(cosine, decimals, "").unwrap_or_else(|| decimal(cosine.into(), decimals));
    let all = (0..=decimals).rev().map(number);
    all.clone().find(|text| text.chars().count() <= width).unwrap_or_else(|| number(0))
}

fn less_than_1(cosine: f32, decimals: usize, blank: &str) -> Option<String> {
    let is_rounded = cosine < 1.0 && format!("{cosine:.decimals$}").parse() == Ok(1.0f32);
    is_rounded.then(|| format!("1{blank}−{blank}{:.0e}", 1.0 - cosine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_zero_has_a_minus() {
        let all = [-0.004, -0.006, 0.0, -10.0].map(|number| decimal(number, 2));
        assert_eq!(all, ["0.00", "−0.01", "0.00", "−10.00"]);
        assert_eq!([2.3149, -0.1201].map(|number| signed(number, 2)), ["+2.31", "−0.12"]);
        assert_eq!([decimal(-0.4, 0), readable_cosine(-0.0004, 3)], ["0", "0.000"]);
    }

    #[test]
    fn what_is_rounded_to_1_says_how_far_it_is_from_it() {
        let read = |cosine| readable_cosine(cosine, 3);
        assert_eq!([1.0, 0.9996, 0.9994, 0.5, -1.0].map(read), ["1.000", "1 − 4e-4", "0.999", "0.500", "−1.000"]);
        assert_eq!(readable_cosine(1.0 - 6e-8, 4), "1 − 6e-8");
        assert_eq!(narrow_cosine(0.9996, 3, 6), "1−4e-4");
        assert_eq!([narrow_cosine(-0.1234, 4, 6), narrow_cosine(0.1234, 4, 6)], ["−0.123", "0.1234"]);
        assert_eq!(Quantity::Cosine.readable(Some(0.99997), 0), "1−3e-5");
        assert_eq!(Quantity::Share.readable(Some(-0.0004), 1), "0.0");
        assert_eq!([Some(0.99997), None].map(|it| Quantity::Number.readable(it, 0)), ["1.0000", "–"]);
    }
}
