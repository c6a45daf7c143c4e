use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use tui_input::InputRequest;

use super::TextField;
use crate::models::{Listed, ModelPlace};

/// The list of models to choose from, and what is typed to find one in it.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// Whether it is on screen.
    pub is_open: bool,
    /// What is typed: words to look for, or the name of a model that is not listed.
    pub filter: TextField,
    /// Number of the choice the cursor is on.
    pub selected: usize,
    /// The model in use, as the list names it, where it is known.
    pub current: Option<String>,
    /// None before the first look.
    models: Option<Vec<Listed>>,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice<'a> {
    /// A model that is there, or recommended.
    Listed(&'a Listed),
    /// What is typed: a directory of that name, else a model of the Hub.
    Typed(&'a str),
}

impl Choice<'_> {
    /// As `--model` takes it.
    pub fn name(&self) -> &str {
        match self {
            Choice::Listed(model) => &model.name,
            Choice::Typed(name) => name,
        }
    }
}

impl Picker {
    /// Whether the models are still being looked for.
    pub fn is_looking(&self) -> bool {
        self.models.is_none()
    }

    /// What fits the filter, best first; last, what is typed itself, unless that is in the list.
    pub fn choices(&self) -> Vec<Choice<'_>> {
        let typed = self.filter.value().trim();
        let models = self.models.as_deref().unwrap_or_default();
        if typed.is_empty() {
            return models.iter().map(Choice::Listed).collect();
        }
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT.match_paths());
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        let mut found: Vec<(bool, u32, &Listed)> = models
            .iter()
            .filter_map(|model| {
                let text = format!("{} {}", model.name, model.languages.as_deref().unwrap_or_default());
                let mut characters = Vec::new();
                let score = pattern.score(Utf32Str::new(&text, &mut characters), &mut matcher)?;
                let text = text.to_lowercase();
                Some((words.iter().all(|word| text.contains(word)), score, model))
            })
            .collect();
        // What holds the words as they are comes before what holds their letters.
        found.sort_by_key(|(whole, score, _)| std::cmp::Reverse((*whole, *score)));
        let scattered = found.partition_point(|(whole, ..)| *whole);
        let mut choices: Vec<Choice> = found.into_iter().map(|(.., model)| Choice::Listed(model)).collect();
        if !models.iter().any(|model| model.name == typed) {
            choices.insert(scattered, Choice::Typed(typed));
        }
        choices
    }

    /// Whether the model the cursor is on would be downloaded first.
    pub fn is_on_download(&self) -> bool {
        matches!(self.choices().get(self.selected), Some(Choice::Listed(model)) if model.place == ModelPlace::Hub)
    }

    /// Goes to a choice.
    pub(crate) fn select(&mut self, choice: usize) {
        self.selected = choice.min(self.choices().len().saturating_sub(1));
    }

    /// Edits what is typed.
    pub(super) fn edit(&mut self, request: InputRequest) {
        if self.filter.edit(request) {
            self.selected = 0;
        }
    }

    /// Whether the cursor can move by so many choices.
    pub(crate) fn can_step(&self, by: isize) -> bool {
        self.stepped(by) != self.selected
    }

    /// Moves the cursor by so many choices.
    pub(crate) fn step(&mut self, by: isize) {
        self.selected = self.stepped(by);
    }

    fn stepped(&self, by: isize) -> usize {
        self.selected.saturating_add_signed(by).min(self.choices().len().saturating_sub(1))
    }

    /// The name of the model the cursor is on.
    pub(crate) fn chosen(&self) -> Option<String> {
        self.choices().get(self.selected).map(|choice| choice.name().to_owned())
    }

    /// Shows the whole list, from its start.
    pub(crate) fn open(&mut self) {
        *self = Self { is_open: true, models: self.models.take(), current: self.current.take(), ..Self::default() };
    }

    /// Takes in what there is. The cursor stays on its model.
    pub(super) fn set_models(&mut self, models: Vec<Listed>) {
        // Before the first look there was nothing else to be on than what is typed.
        let chosen = if self.is_looking() { None } else { self.chosen() };
        self.models = Some(models);
        let at = chosen.and_then(|name| self.choices().iter().position(|choice| choice.name() == name));
        self.selected = at.unwrap_or(0);
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.filter.insert(text);
        self.selected = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Summary;

    fn picker(typed: &str) -> Picker {
        let names =
            ["embedded", "google-bert/bert-base-uncased", "google-bert/bert-base-chinese", "BAAI/bge-small-zh-v1.5"];
        let listed = |name: &str| Listed {
            name: name.to_owned(),
            place: ModelPlace::Hub,
            summary: Summary {
                family: "BERT".into(),
                pooling: None,
                layers: 12,
                heads: 12,
                hidden_size: 768,
                bytes: 440_000_000,
            },
            languages: (name.contains("zh") || name.contains("chinese")).then(|| "Chinese".to_owned()),
            note: None,
        };
        let mut picker = Picker { models: Some(names.map(listed).into()), ..Picker::default() };
        picker.insert(typed);
        picker
    }

    fn names(picker: &Picker) -> Vec<String> {
        picker.choices().iter().map(|choice| choice.name().to_owned()).collect()
    }

    #[test]
    fn a_few_letters_find_a_model() {
        assert_eq!(names(&picker("")).len(), 4);
        assert_eq!(names(&picker("base-un"))[0], "google-bert/bert-base-uncased");
        // Letters alone find it too, but Enter does not take it for granted.
        assert_eq!(names(&picker("bbu"))[..2], ["bbu", "google-bert/bert-base-uncased"]);
        let chinese = picker("chinese");
        let found: Vec<_> =
            chinese.choices().into_iter().filter(|choice| matches!(choice, Choice::Listed(_))).collect();
        assert_eq!(found.len(), 2, "by language, too: {found:?}");
    }

    #[test]
    fn what_is_typed_can_be_opened_itself() {
        for typed in ["ada/my-bert@v2", "~/my-bert", "模型"] {
            assert_eq!(picker(typed).choices(), [Choice::Typed(typed)]);
        }
        assert_eq!(picker("embedded").choices().len(), 1, "not twice");
        assert!(picker("uncased").is_on_download() && !picker("embedded/x").is_on_download());
    }

    #[test]
    fn the_cursor_stays_on_its_model() {
        let mut picker = picker("");
        (0..9).for_each(|_| picker.step(1));
        assert_eq!(picker.chosen().as_deref(), Some("BAAI/bge-small-zh-v1.5"));
        let mut models = picker.models.clone().unwrap();
        models.rotate_right(1);
        picker.set_models(models);
        assert_eq!((picker.selected, picker.chosen().as_deref()), (0, Some("BAAI/bge-small-zh-v1.5")));
    }
}
