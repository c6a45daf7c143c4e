//! What stands in a catalogue.

use std::collections::{BTreeMap, BTreeSet};

use clscope::messages::Language;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};
use unicode_width::UnicodeWidthStr;

/// The categories of plurals in all languages.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A message of one language.
#[derive(Debug, Default)]
pub struct Message {
    pub arguments: BTreeSet<String>,
    /// Whether it is one line without arguments, as a label must be.
    pub is_plain: bool,
    /// The choices by an argument: its name, and the keys.
    pub choices: Vec<(String, BTreeSet<String>)>,
    /// What stands between the arguments, those of every choice.
    pub text: String,
    /// Its cells on screen, where no choice is made and each argument takes two.
    pub width: usize,
}

/// Messages by their ids, and what is wrong with the file.
pub fn read(source: &str) -> (BTreeMap<String, Message>, Vec<String>) {
    let mut faults = Vec::new();
    let resource = parser::parse(source).unwrap_or_else(|(readable, errors)| {
        faults.extend(errors.iter().map(|error| {
            let line = 1 + source.bytes().take(error.pos.start).filter(|byte| *byte == b'\n').count();
            format!("line {line}: {error}")
        }));
        readable
    });
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name;
                let mut read = Message::default();
                match &message.value {
                    Some(pattern) if message.attributes.is_empty() => {
                        read.take_pattern(pattern, &mut |fault| faults.push(format!("{id}: {fault}")));
                        read.is_plain = matches!(pattern.elements.as_slice(), [PatternElement::TextElement { .. }]);
                    }
                    _ => faults.push(format!("{id}: a message has a text, and no attributes")),
                }
                if messages.insert(id.to_owned(), read).is_some() {
                    faults.push(format!("{id}: is there twice"));
                }
                if !id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-') {
                    faults.push(format!("{id}: an id is written in lower case with hyphens"));
                }
            }
            Entry::Term(term) => faults.push(format!("-{}: what is in all languages is no term", term.id.name)),
            _ => {}
        }
    }
    (messages, faults)
}

impl Message {
    fn take_pattern(&mut self, pattern: &Pattern<&str>, wrong: &mut dyn FnMut(&str)) {
        for (place, element) in pattern.elements.iter().enumerate() {
            match element {
                PatternElement::TextElement { value } => {
                    self.text.push_str(value);
                    self.width += value.width();
                    if value.chars().any(|c| c.is_control() && c != '\n') {
                        wrong("holds a control character");
                    }
                    let first = place == 0 && value.starts_with([',', ';', ')', '.']);
                    if first || (place + 1 == pattern.elements.len() && value.ends_with([',', '('])) {
                        wrong("is a piece of a sentence");
                    }
                }
                PatternElement::Placeable { expression } => self.take(expression, wrong),
            }
        }
    }

    fn take(&mut self, expression: &Expression<&str>, wrong: &mut dyn FnMut(&str)) {
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                self.arguments.insert(id.name.to_owned());
                self.width += 2;
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                self.arguments.insert(id.name.to_owned());
                let keys = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                self.choices.push((id.name.to_owned(), keys.collect()));
                variants.iter().for_each(|variant| self.take_pattern(&variant.value, wrong));
            }
            // References would hide what arguments a message has, and put sentences together from pieces.
            _ => wrong("takes anything but arguments and choices between them"),
        }
    }
}

/// The keys of a choice by number that are no numbers; `None` where the choice is not by number.
pub fn plural_keys(keys: &BTreeSet<String>) -> Option<BTreeSet<&str>> {
    let words: BTreeSet<&str> = keys.iter().map(String::as_str).filter(|key| key.parse::<u64>().is_err()).collect();
    words.iter().all(|word| CATEGORIES.contains(word)).then_some(words)
}

/// The categories that the whole numbers of a language fall into (CLDR), asked of the library that will choose.
pub fn plurals(tag: &str) -> BTreeSet<String> {
    let variants: String = CATEGORIES.iter().map(|category| format!("    [{category}] {category}\n")).collect();
    let variants = variants.replace("[other]", "*[other]");
    let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
    bundle.add_resource(FluentResource::try_new(format!("n = {{ $n ->\n{variants}}}\n")).unwrap()).unwrap();
    let pattern = bundle.get_message("n").unwrap().value().unwrap();
    let category = |number: u32| {
        let arguments = FluentArgs::from_iter([("n", number)]);
        bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    };
    (0..=1000).chain([10_000, 1_000_000]).map(category).collect()
}

/// The catalogue of a language, which is in order.
pub fn of(language: Language) -> BTreeMap<String, Message> {
    let (messages, faults) = read(language.source());
    assert!(faults.is_empty(), "config/messages/{}.ftl:\n{}", language.tag(), faults.join("\n"));
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_with_its_arguments_and_choices() {
        let (messages, faults) =
            read("a = one { $x } { $n ->\n    [one] { $y }\n   *[other] { \"{\" }\n}\nb = plain\n");
        assert_eq!(faults, [""; 0]);
        assert_eq!(messages["a"].arguments, ["n", "x", "y"].map(str::to_owned).into());
        assert_eq!(messages["a"].choices, [("n".to_owned(), ["one", "other"].map(str::to_owned).into())]);
        assert_eq!((messages["a"].is_plain, messages["b"].is_plain), (false, true));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_found() {
        let faulty = [
            "a = x\na = y\n",
            "a = { b }\nb = x\n",
            "a = { -term }\n-term = x\n",
            "a = { NUMBER($n) }\n",
            "a { = x\n",
            "a_b = x\n",
            "a = x\n  .title = y\n",
            "a = x,\n",
            "a = , x\n",
            "a = \u{7}x\n",
        ];
        for text in faulty {
            assert!(!read(text).1.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn plurals_are_those_of_the_language() {
        assert_eq!(plurals("en"), ["one", "other"].map(str::to_owned).into());
        assert_eq!(plurals("zh"), ["other"].map(str::to_owned).into());
        assert_eq!(plurals("pl"), ["few", "many", "one"].map(str::to_owned).into());
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<String>>();
        assert_eq!(plural_keys(&keys(&["0", "one", "other"])), Some(["one", "other"].into()));
        assert_eq!(plural_keys(&keys(&["mask", "other"])), None);
    }
}
