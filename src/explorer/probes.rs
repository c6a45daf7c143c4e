//! Probes for the explorer: out of files, and those of the program.

use std::{fs, path::Path, sync::Arc};

use crate::{
    app::{App, GivenProbe, Probes, Session},
    jobs::Notice,
    probe::{self, ProbeFileError},
};

/// Opens probes by file or name.
///
/// # Errors
/// When there is no such probe, or it is wrong.
pub fn open_probes(names: &[String]) -> Result<Vec<GivenProbe>, ProbeFileError> {
    names.iter().map(|name| open_probe(name)).collect()
}

fn open_probe(name: &str) -> Result<GivenProbe, ProbeFileError> {
    let probe = probe::open(name)?;
    // A session may be gone back to from elsewhere.
    let file = fs::canonicalize(Path::new(name)).map_or_else(|_| name.to_owned(), |path| path.display().to_string());
    Ok(GivenProbe { file, probe })
}

/// These, and those of the program that are not among them.
pub(super) fn with_built_in(given: Vec<GivenProbe>) -> Probes {
    let is_given = |probe: &&Arc<_>| given.iter().any(|given| *given.probe == ***probe);
    let built_in = probe::built_in().iter().filter(|probe| !is_given(probe)).cloned().collect();
    Probes { given, built_in }
}

/// Puts the probes of a session on the model; what is to be said of those that cannot be opened.
pub(super) fn put_back_probes(app: &mut App, session: &Session) -> Option<Notice> {
    let (mut given, mut refused) = (Vec::new(), Vec::new());
    for name in &session.probes {
        match open_probe(name) {
            Ok(probe) => given.push(probe),
            Err(error) => refused.push(Notice::error(error)),
        }
    }
    app.probes = with_built_in(given);
    Notice::together(refused)
}
