//! The messages of one language.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use super::value::Value;

/// The messages of one language, read once. Threads share it; only choosing a plural takes a lock, for as long as that
/// takes.
pub(super) struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    /// Reads a catalogue. What is wrong in it is left out; the tests see to it that nothing is.
    pub(super) fn parse(tag: &str, text: &str) -> Self {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // The marks around arguments would stand in cells of the terminal.
        bundle.set_use_isolating(false);
        // The first of two messages with one id stays.
        let _ = bundle.add_resource(resource);
        Self(bundle)
    }

    /// A message with its arguments; `None` where there is no such message.
    pub(super) fn format(&self, id: &str, arguments: &[(&'static str, Value<'_>)]) -> Option<String> {
        let pattern = self.0.get_message(id)?.value()?;
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.as_fluent())).collect();
        let mut text = String::new();
        self.0.write_pattern(&mut text, pattern, Some(&arguments), &mut Vec::new()).ok()?;
        Some(text)
    }

    /// A message without arguments, on one line; `None` where there is no such message.
    pub(super) fn text(&self, id: &str) -> Option<&str> {
        let pattern = self.0.get_message(id)?.value()?;
        match self.0.format_pattern(pattern, None, &mut Vec::new()) {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: &str = "\
found = { $count ->
    [one] { $count } model
   *[other] { $count } models
} in { $place }
plain = words
";

    #[test]
    fn arguments_are_put_in_and_plurals_chosen_as_the_language_has_them() {
        let found = |tag: &str, count: usize| {
            let arguments = [("count", Value::from(count)), ("place", Value::from("a/b"))];
            Catalogue::parse(tag, MESSAGES).format("found", &arguments).unwrap()
        };
        assert_eq!(found("en", 1), "1 model in a/b", "without marks around the arguments");
        assert_eq!(found("en", 0), "0 models in a/b");
        assert_eq!(found("zh", 1), "1 models in a/b", "Chinese has one form");
        assert_eq!(found("en", 439_997_000), "439997000 models in a/b");
    }

    #[test]
    fn what_is_not_there_is_told() {
        let catalogue = Catalogue::parse("en", MESSAGES);
        assert_eq!(catalogue.text("plain"), Some("words"));
        assert_eq!(catalogue.format("plain", &[]).as_deref(), Some("words"));
        assert_eq!((catalogue.text("absent"), catalogue.format("absent", &[])), (None, None));
    }
}
