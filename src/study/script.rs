use unicode_script::{Script as Unicode, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// What a text is written in: a script of Unicode. Kana with or without Han characters are Hiragana.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Script(Unicode);

impl Script {
    /// Chinese characters.
    pub const HAN: Self = Self(Unicode::Han);
    /// Latin letters.
    pub const LATIN: Self = Self(Unicode::Latin);
    /// Japanese.
    pub const HIRAGANA: Self = Self(Unicode::Hiragana);

    /// That of most of a text, by its Han characters and its words in other scripts; none of a text without letters.
    pub fn of(text: &str) -> Option<Self> {
        let mut counts: Vec<(Self, usize)> = Vec::new();
        let mut add = |script: Option<Self>, more: usize| {
            let Some(script) = script else { return };
            match counts.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += more,
                None => counts.push((script, more)),
            }
        };
        for word in text.unicode_words() {
            let han = word.chars().filter(|&character| Self::of_character(character) == Some(Self::HAN)).count();
            add(Some(Self::HAN).filter(|_| han > 0), han);
            let other = word.chars().filter_map(Self::of_character).find(|script| *script != Self::HAN);
            // Kana are as many characters as Han would be.
            add(other, if other == Some(Self::HIRAGANA) { word.chars().count() - han } else { usize::from(han == 0) });
        }
        let count = |of: Self| counts.iter().find(|(script, _)| *script == of).map_or(0, |(_, count)| *count);
        let (han, kana) = (count(Self::HAN), count(Self::HIRAGANA));
        if kana * SHARE_OF_KANA >= han + kana && kana > 0 {
            counts.retain(|(script, _)| *script != Self::HAN);
            counts.iter_mut().filter(|(script, _)| *script == Self::HIRAGANA).for_each(|(_, count)| *count += han);
        }
        // Of as many of each, Han characters, then what comes first.
        let best = counts.into_iter().rev().max_by_key(|(script, count)| (*count, *script == Self::HAN));
        best.filter(|(_, count)| *count > 0).map(|(script, _)| script)
    }

    /// That of most letters of a text, character by character: of what a model does not read.
    pub fn of_letters(text: &str) -> Option<Self> {
        let mut counts: Vec<(Self, usize)> = Vec::new();
        for script in text.chars().filter_map(Self::of_character) {
            match counts.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += 1,
                None => counts.push((script, 1)),
            }
        }
        counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(script, _)| script)
    }

    /// Unicode's name for it: `Han`, `Cyrillic`, `Thai`.
    pub fn name(self) -> &'static str {
        self.0.full_name()
    }

    /// None for what many scripts share: digits, signs, emoji.
    fn of_character(character: char) -> Option<Self> {
        match character.script() {
            Unicode::Common | Unicode::Inherited | Unicode::Unknown => None,
            Unicode::Katakana => Some(Self::HIRAGANA),
            script if character.is_alphabetic() => Some(Self(script)),
            _ => None,
        }
    }
}

/// A text is Japanese where kana are at least one in so many of its kana and Han characters.
const SHARE_OF_KANA: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_script_of_most_of_it() {
        let name = |text| Script::of(text).map(Script::name);
        assert_eq!(Script::of("42 🙂."), None);
        assert_eq!(name("The character 好 means good."), Some("Latin"));
        assert_eq!(name("Zoë's naïve café"), Some("Latin"));
        assert_eq!(name("BERT 模型很好用"), Some("Han"));
        assert_eq!(name("A cat 猫在"), Some("Han"), "as many of each");
        assert_eq!(name("Где здесь музей?"), Some("Cyrillic"));
        assert_eq!(name("พิพิธภัณฑ์อยู่ที่ไหน"), Some("Thai"));
        assert_eq!(name("박물관은 어디에 있습니까?"), Some("Hangul"));
        assert_eq!(name("博物館はどこですか"), Some("Hiragana"));
        assert_eq!(name("コーヒーを一杯ください。BERT"), Some("Hiragana"));
        // A Japanese letter in Chinese text makes no Japanese.
        assert_eq!(name("鮮の每日优质水果店铺开张大吉"), Some("Han"));
    }

    #[test]
    fn letters_are_counted_one_by_one() {
        let name = |text| Script::of_letters(text).map(Script::name);
        assert_eq!(name("🙂 ☕ 12"), None);
        assert_eq!(name("שלום 猫"), Some("Hebrew"));
        assert_eq!(name("猫"), Some("Han"));
    }
}
