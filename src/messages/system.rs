//! Why the system refuses a file, and what helps, in the reader's language.

use std::io::{self, ErrorKind};

use super::{Label, label, message};

/// Why the system refused. What is not met every day is said in the system's own words.
pub(crate) fn reason(error: &io::Error) -> String {
    reason_label(error).map_or_else(|| error.to_string(), |label| label.text().to_owned())
}

/// Why a file cannot be read, and what helps; what has words of its own has its remedy, too.
pub(crate) fn cannot_read(error: &io::Error) -> String {
    match error.get_ref() {
        Some(own) => own.to_string(),
        None => message!("system-remedy", reason = reason(error), remedy = remedy_of_reading(error)),
    }
}

/// Why a file cannot be written, and what helps.
pub(crate) fn cannot_write(error: &io::Error) -> String {
    match error.get_ref() {
        Some(own) => own.to_string(),
        None => message!("system-remedy", reason = reason(error), remedy = remedy_of_writing(error)),
    }
}

fn reason_label(error: &io::Error) -> Option<Label> {
    if error.get_ref().is_some() {
        return None;
    }
    Some(match error.kind() {
        ErrorKind::NotFound => label!("system-not-found"),
        ErrorKind::PermissionDenied => label!("system-not-allowed"),
        ErrorKind::AlreadyExists => label!("system-exists"),
        ErrorKind::StorageFull => label!("system-full"),
        ErrorKind::QuotaExceeded => label!("system-quota"),
        ErrorKind::FileTooLarge => label!("system-too-large"),
        ErrorKind::ReadOnlyFilesystem => label!("system-read-only"),
        ErrorKind::IsADirectory => label!("system-directory"),
        ErrorKind::NotADirectory => label!("system-no-directory"),
        ErrorKind::InvalidFilename => label!("system-name"),
        ErrorKind::InvalidData => label!("system-not-text"),
        _ if is_loop(error) => label!("system-loop"),
        _ => return None,
    })
}

fn remedy_of_reading(error: &io::Error) -> Label {
    match error.kind() {
        ErrorKind::PermissionDenied => label!("system-make-readable"),
        ErrorKind::IsADirectory => label!("system-name-file-in-it"),
        ErrorKind::InvalidData => label!("system-save-as-text"),
        _ => label!("system-check-path"),
    }
}

fn remedy_of_writing(error: &io::Error) -> Label {
    match error.kind() {
        ErrorKind::NotFound => label!("system-make-directory"),
        ErrorKind::AlreadyExists => label!("system-name-other"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => label!("system-make-room"),
        ErrorKind::IsADirectory => label!("system-name-file-in-it"),
        _ => label!("system-name-other-file"),
    }
}

/// Symbolic links that lead to each other: std has no stable name for it.
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(test)]
mod tests {
    use std::{fs::File, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn what_the_system_says_has_a_remedy() {
        let room = tempfile::tempdir().unwrap();
        symlink("loop", room.path().join("loop")).unwrap();
        File::create(room.path().join("file")).unwrap();
        for name in ["none", "loop", "file/below", &"x".repeat(5000)] {
            let error = File::open(room.path().join(name)).unwrap_err();
            for said in [cannot_read(&error), cannot_write(&error)] {
                assert!(said.contains("; ") && !said.contains("os error"), "{said}");
            }
        }
        let own = io::Error::other("mine; with its remedy");
        assert_eq!((cannot_read(&own), reason(&own)), ("mine; with its remedy".to_owned(), own.to_string()));
    }
}
