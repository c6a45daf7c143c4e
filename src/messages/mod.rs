//! What people read. A message has an id that stands in the code, and a text that stands in a catalogue, one for each
//! language: `config/messages/TAG.ftl`, in the syntax of Project Fluent (<https://projectfluent.org/fluent/guide/>).
//!
//! [`message!`] puts a message with its arguments into words, [`label!`] names one without arguments that is shown later.
//! Both take the id as a literal, so that `tests/messages.rs` can hold every use against every catalogue: no id and no
//! argument is missing when the program runs.
//!
//! The language is one for the whole process and is asked for with each message, so that it can change at any time: what
//! is to change with it keeps a [`Label`] or an error with its type, and is put into words when it is drawn.
//!
//! This room depends on no other.

mod catalogue;
mod label;
mod language;
mod listed;
mod named;
mod system;
mod translated;
mod value;

use std::fmt;

pub use crate::{__label as label, __message as message};
pub use label::Label;
pub use language::{Language, language, set_language, speaking};
pub use listed::{MOST_NAMES, listed, remarks, sentences, some_and_more, some_of};
pub use named::find_named;
pub(crate) use system::{cannot_read, cannot_write, reason};
pub use translated::Translated;
pub use value::Value;

/// A message in the language of the process, as a `String`: `message!("models-found", count = 3, path = name)`.
///
/// The id is a literal, the arguments are those of the message in the catalogue, by name. Each is text or a whole number
/// ([`Value`]); a number chooses between plurals. A number with digits behind the point is put into text by the caller.
#[doc(hidden)]
#[macro_export]
macro_rules! __message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::format($id, &[$((stringify!($name), $crate::messages::Value::from($value))),*])
    };
}

/// A message without arguments, to be shown later, as a [`Label`]: `const QUIT: Label = label!("command-quit");`.
#[doc(hidden)]
#[macro_export]
macro_rules! __label {
    ($id:literal) => {
        $crate::messages::Label::new($id)
    };
}

/// What [`message!`] stands for. Where the language lacks the message English has it; where that lacks it too, which the
/// tests rule out, the id is better than nothing.
#[doc(hidden)]
pub fn format(id: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    let found = |language: Language| language.catalogue().format(id, arguments);
    found(language()).or_else(|| found(Language::default())).unwrap_or_else(|| id.to_owned())
}

/// A name or a word as it was written, in quotation marks, with everything that is not printable escaped.
pub fn quoted(text: impl fmt::Debug) -> String {
    format!("{text:?}")
}
