//! What a message can be given.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// An argument of a message: text as it is, or a whole number, which can also choose a plural. Not a number with digits
/// behind the point: how many are shown is the caller's to say, who gives it as text.
#[derive(Clone, Debug)]
pub struct Value<'a>(FluentValue<'a>);

impl Value<'_> {
    pub(super) fn as_fluent(&self) -> FluentValue<'_> {
        match &self.0 {
            FluentValue::String(text) => FluentValue::String(Cow::Borrowed(text)),
            number => number.clone(),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text.into())
    }
}

macro_rules! from_whole_numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self(number.into())
            }
        }

        impl From<&$number> for Value<'_> {
            fn from(number: &$number) -> Self {
                Self(number.into())
            }
        }
    )*};
}

from_whole_numbers! { u8 u16 u32 u64 usize i32 i64 }
