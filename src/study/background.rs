//! Sentences that have nothing to do with each other: what an unrelated pair looks like to a model.

use unicode_segmentation::UnicodeSegmentation;

use super::Script;

const ENGLISH: &str = include_str!("../../config/background/en.txt");
const CHINESE: &str = include_str!("../../config/background/zh.txt");

/// A background set: any two of its sentences are about different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Background {
    /// `en`, `zh`, or what the user's file is called.
    pub name: String,
    /// In the order of the file.
    pub sentences: Vec<String>,
}

impl Background {
    /// The set compiled in for English, `config/background/en.txt`.
    pub fn english() -> Self {
        Self::from_lines("en", ENGLISH)
    }

    /// The set compiled in for simplified Chinese, `config/background/zh.txt`.
    pub fn chinese() -> Self {
        Self::from_lines("zh", CHINESE)
    }

    /// The set for some sentences by their script: Chinese when they hold at least as many Chinese characters as words
    /// in other letters, else English.
    pub fn suited_to<'t>(sentences: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut characters, mut words) = (0usize, 0usize);
        for word in sentences.into_iter().flat_map(UnicodeSegmentation::unicode_words) {
            match word.chars().filter(|&character| is_chinese(character)).count() {
                0 => words += 1,
                count => characters += count,
            }
        }
        if characters > 0 && characters >= words { Self::chinese() } else { Self::english() }
    }

    /// In what language it is, as far as that is known.
    pub fn language(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "en" => Some("English"),
            "zh" => Some("Chinese"),
            _ => None,
        }
    }

    /// What it is written in, by its first sentence.
    pub fn script(&self) -> Option<Script> {
        self.sentences.first().and_then(|sentence| Script::of(sentence))
    }

    /// The lines of a text that are not empty, each a sentence, without the space around it.
    pub fn from_lines(name: &str, text: &str) -> Self {
        let sentences = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Self { name: name.to_owned(), sentences }
    }
}

/// Han characters: the unified ideographs, their extensions and the compatibility block.
fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_sets_are_what_they_should_be() {
        for (set, count, shortest, longest) in
            [(Background::english(), 400, 4, 30), (Background::chinese(), 315, 7, 40)]
        {
            assert_eq!(set.sentences.len(), count, "{}", set.name);
            assert_eq!(set.sentences.iter().collect::<HashSet<_>>().len(), count, "{}", set.name);
            for sentence in &set.sentences {
                let length = match set.name.as_str() {
                    "zh" => sentence.chars().count(),
                    _ => sentence.split(' ').count(),
                };
                assert!((shortest..=longest).contains(&length), "{sentence}");
                assert_eq!(Background::suited_to([sentence.as_str()]).name, set.name, "{sentence}");
                assert!(!sentence.chars().any(char::is_control), "{sentence}");
            }
        }
    }

    #[test]
    fn the_script_chooses() {
        let chosen = |sentences: &[&str]| Background::suited_to(sentences.iter().copied()).name;
        assert_eq!(chosen(&[]), "en");
        assert_eq!(chosen(&["", "42"]), "en");
        assert_eq!(chosen(&["The character 好 means good."]), "en");
        assert_eq!(chosen(&["BERT 模型很好用"]), "zh");
        assert_eq!(chosen(&["Где здесь музей?"]), "en");
        assert_eq!(chosen(&["A cat.", "一只正在睡觉的猫。"]), "zh");
    }

    #[test]
    fn a_set_has_a_script() {
        assert_eq!(Background::english().script(), Some(Script::LATIN));
        assert_eq!(Background::chinese().script(), Some(Script::HAN));
    }

    #[test]
    fn a_file_has_a_sentence_a_line() {
        let set = Background::from_lines("mine.txt", "one thing\r\n\n  \n  another \n");
        assert_eq!(set.sentences, ["one thing", "another"]);
    }
}
