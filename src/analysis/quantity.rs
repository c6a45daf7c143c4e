/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A share in 0..=1; for people in percent.
    Share,
    /// A number of tokens.
    Tokens,
    /// A cosine in -1..=1.
    Cosine,
    /// Anything else.
    Number,
}

impl Quantity {
    /// A number for people, shares in percent with so many decimals; `–` where there is none.
    pub fn readable(self, value: Option<f32>, decimals: usize) -> String {
        match (value.filter(|value| value.is_finite()), self) {
            (None, _) => "–".to_owned(),
            (Some(share), Quantity::Share) => format!("{:.decimals$}", share * 100.0),
            (Some(tokens), Quantity::Tokens) => format!("{tokens:.1}"),
            (Some(value), Quantity::Cosine | Quantity::Number) => format!("{value:.4}"),
        }
    }
}
