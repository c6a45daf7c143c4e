//! Choices a key goes through in a circle.

/// The one after `current` in a list, around the circle; the first, where it is not in it.
pub fn after<T: Copy + PartialEq>(all: &[T], current: T) -> T {
    let next = all.iter().position(|one| *one == current).map_or(0, |at| at + 1);
    all.get(next).or(all.first()).copied().unwrap_or(current)
}

/// The one before `current` in a list, around the circle; the last, where it is not in it.
pub fn before<T: Copy + PartialEq>(all: &[T], current: T) -> T {
    let at = all.iter().position(|one| *one == current).unwrap_or(0);
    all[..at].last().or(all.last()).copied().unwrap_or(current)
}

macro_rules! choice {
    ($(#[$doc:meta])* $type:ident: $($(#[$variant_doc:meta])* $variant:ident = $id:literal $(or $alias:literal)?,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $type { $($(#[$variant_doc])* $variant,)* }

        impl $type {
            /// Every choice, in the order a key goes through them.
            pub const ALL: &'static [$type] = &[$($type::$variant,)*];

            /// As on the command line and in files.
            pub fn id(self) -> &'static str {
                match self { $($type::$variant => $id,)* }
            }

            /// The one after this, around the circle.
            pub fn next(self) -> Self {
                $crate::analysis::after(Self::ALL, self)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.id())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($id $(| $alias)? => Ok($type::$variant),)*
                    _ => $crate::messages::find_named(text, Self::ALL.iter().copied(), |choice| choice.id()),
                }
            }
        }
    };
}
pub(super) use choice;

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn after_the_last_comes_the_first() {
        assert_eq!([1, 2, 3, 4].map(|one| after(&[1, 2, 3], one)), [2, 3, 1, 1]);
        assert_eq!(after(&[], 7), 7);
    }
}
