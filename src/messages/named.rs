//! Names that files and the command line have for a few things.

use super::message;

/// The one of `all` that has the name `text`; `name` says what each is called.
///
/// # Errors
/// When none has it: a sentence with the names that there are.
pub fn find_named<T, N: AsRef<str>>(
    text: &str,
    all: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> N,
) -> Result<T, String> {
    let mut names = Vec::new();
    for one in all {
        let its = name(&one);
        if its.as_ref() == text {
            return Ok(one);
        }
        names.push(its.as_ref().to_owned());
    }
    Err(message!("write-one-of", choices = names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_name_is_gets_the_names_there_are() {
        let find = |text: &str| find_named(text, ["cls", "mean"], |name| *name);
        assert_eq!(find("mean"), Ok("mean"));
        assert_eq!(find("means"), Err("write one of: cls, mean".to_owned()));
        assert_eq!(find(""), Err("write one of: cls, mean".to_owned()));
    }
}
