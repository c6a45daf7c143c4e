use super::Token;

/// How much of a text a vocabulary does not have: its tokens that are `[UNK]`, of those that stand for text at all.
///
/// The one rule for every command and view. Known from the ids alone; what the tokenizer adds does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnknownTokens {
    /// Unknown tokens.
    pub count: usize,
    /// Tokens that stand for text, unknown ones among them.
    pub of: usize,
}

impl UnknownTokens {
    /// Of a hundred tokens so many may be unknown before nothing is said of how close a text is to another.
    pub const MOST_PERCENT: usize = 20;

    /// Among some tokens.
    pub fn among<'t>(tokens: impl IntoIterator<Item = &'t Token>) -> Self {
        let text = tokens.into_iter().filter(|token| token.span.is_some());
        text.fold(Self::default(), |Self { count, of }, token| Self {
            count: count + usize::from(token.unknown),
            of: of + 1,
        })
    }

    /// Whether there are any.
    pub fn any(self) -> bool {
        self.count > 0
    }

    /// Their share of the text's tokens, 0..=1.
    pub fn share(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }

    /// Whether they are so many, more than a fifth, that a vector says little of the text.
    pub fn are_many(self) -> bool {
        self.count * 100 > self.of * Self::MOST_PERCENT
    }
}

impl std::ops::Add for UnknownTokens {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { count: self.count + other.count, of: self.of + other.of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_fifth_are_many() {
        for (count, of, many) in
            [(0, 0, false), (0, 9, false), (1, 5, false), (1, 4, true), (21, 104, true), (5, 5, true)]
        {
            assert_eq!(UnknownTokens { count, of }.are_many(), many, "{count} of {of}");
        }
        assert_eq!(UnknownTokens::default().share(), 0.0);
        assert_eq!(UnknownTokens { count: 1, of: 4 }.share(), 0.25);
    }
}
