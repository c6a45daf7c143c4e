//! Sentences that have nothing to do with each other: what an unrelated pair looks like to a model.

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

/// The language of a set that is compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BackgroundLanguage {
    /// `config/background/en.txt`.
    English,
    /// `config/background/zh.txt`, simplified.
    Chinese,
}

/// Why the closeness of two texts cannot be compared with that of unrelated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoBackground {
    /// Too much of one of them is unknown to the model: see [`crate::bert::UnknownTokens::are_many`].
    Unknown,
    /// They are in two scripts, here by name, and no set holds pairs of both.
    TwoScripts([Script; 2]),
    /// There is no set in their script.
    OtherScript(Script),
    /// Something is ablated in what was read, and the unrelated sentences are read by the whole model.
    Ablated,
}

impl BackgroundLanguage {
    /// The set for two texts by what each is written in: Latin letters are compared with English. A text without letters
    /// goes with the other one.
    ///
    /// # Errors
    /// When there is no set for both.
    pub fn of_pair(scripts: [Option<Script>; 2]) -> Result<Self, NoBackground> {
        let [a, b] = scripts;
        match (a.or(b), b.or(a)) {
            (Some(a), Some(b)) if a != b => {
                let mut both = [a, b];
                both.sort_by_key(|script| script.name());
                Err(NoBackground::TwoScripts(both))
            }
            (None, _) | (Some(Script::LATIN), _) => Ok(Self::English),
            (Some(Script::HAN), _) => Ok(Self::Chinese),
            (Some(other), _) => Err(NoBackground::OtherScript(other)),
        }
    }

    /// Those of all pairs among some texts by what each is written in, each once.
    pub fn of_pairs(scripts: impl IntoIterator<Item = Option<Script>>) -> Vec<Self> {
        let mut counts: Vec<(Option<Script>, usize)> = Vec::new();
        for script in scripts {
            match counts.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += 1,
                None => counts.push((script, 1)),
            }
        }
        let mut found = Vec::new();
        for (at, &(a, count)) in counts.iter().enumerate() {
            let with_itself = (count > 1).then_some(a);
            for b in counts[..at].iter().map(|(b, _)| *b).chain(with_itself) {
                found.extend(Self::of_pair([a, b]).ok().filter(|language| !found.contains(language)));
            }
        }
        found
    }

    /// Its sentences.
    pub fn background(self) -> Background {
        match self {
            Self::English => Background::english(),
            Self::Chinese => Background::chinese(),
        }
    }
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
        let text = sentences.into_iter().collect::<Vec<_>>().join("\n");
        if Script::of(&text) == Some(Script::HAN) { Self::chinese() } else { Self::english() }
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

    /// The lines of a text that are not empty, each a sentence.
    fn from_lines(name: &str, text: &str) -> Self {
        Self::of_sentences(name, text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
    }

    /// Sentences of one's own, without the space around them.
    pub fn of_sentences(name: &str, mut sentences: Vec<String>) -> Self {
        sentences.iter_mut().for_each(|sentence| *sentence = sentence.trim().to_owned());
        Self { name: name.to_owned(), sentences }
    }
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
    fn a_pair_has_the_set_of_its_own_language() {
        let of = |a: &str, b: &str| BackgroundLanguage::of_pair([Script::of(a), Script::of(b)]);
        assert_eq!(of("Das Wetter ist schön.", "It rains."), Ok(BackgroundLanguage::English));
        assert_eq!(of("今天下雨。", "他们走了"), Ok(BackgroundLanguage::Chinese));
        assert_eq!(of("今天下雨。", "42 🙂"), Ok(BackgroundLanguage::Chinese));
        assert_eq!(of("42", "🙂"), Ok(BackgroundLanguage::English));
        assert_eq!(of("It rains.", "今天下雨。"), Err(NoBackground::TwoScripts([Script::HAN, Script::LATIN])));
        assert_eq!(
            of("雨が降っています", "今天下雨。"),
            Err(NoBackground::TwoScripts([Script::HAN, Script::HIRAGANA]))
        );
        let Err(NoBackground::OtherScript(script)) = of("Идёт дождь.", "Светит солнце.") else {
            panic!()
        };
        assert_eq!(script.name(), "Cyrillic");
    }

    #[test]
    fn a_list_needs_the_sets_of_its_pairs() {
        let of = |texts: &[&str]| BackgroundLanguage::of_pairs(texts.iter().map(|text| Script::of(text)));
        let (english, chinese) = (BackgroundLanguage::English, BackgroundLanguage::Chinese);
        assert_eq!(of(&["It rains.", "今天下雨。"]), []);
        assert_eq!(of(&["It rains.", "今天下雨。", "Снег"]), []);
        assert_eq!(of(&["It rains.", "今天下雨。", "The sun"]), [english]);
        assert_eq!(of(&["今天下雨。", "It rains.", "他们走了", "So"]), [chinese, english]);
        assert_eq!(of(&["今天下雨。", "42"]), [chinese]);
        assert_eq!(of(&["Снег", "Дождь"]), []);
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
