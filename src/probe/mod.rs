//! Probes as files: read, written, and those of the program.

mod error;
mod form;

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::{Arc, LazyLock},
};

use crate::{analysis::Probe, messages::label};

pub use error::ProbeFileError;
pub use form::{parse, text};

/// The largest file that is read, in bytes: a hundred labels of a large model take 2 MB.
const LARGEST: u64 = 64 << 20;

/// Those of the program, `cls` before `mean`; `config/probes/` has the texts that they were trained on.
const BUILT_IN: [(&str, &str); 4] = [
    ("feeling-cls", include_str!("../../config/probes/feeling-cls.probe")),
    ("feeling-mean", include_str!("../../config/probes/feeling-mean.probe")),
    ("topic-cls", include_str!("../../config/probes/topic-cls.probe")),
    ("topic-mean", include_str!("../../config/probes/topic-mean.probe")),
];

/// The probes of the program, for the embedded model. That each can be read is a test's.
pub fn built_in() -> &'static [Arc<Probe>] {
    static PROBES: LazyLock<Vec<Arc<Probe>>> =
        LazyLock::new(|| BUILT_IN.iter().filter_map(|(file, text)| parse(file, text).ok().map(Arc::new)).collect());
    &PROBES
}

/// The probe of a file, or one of the program by its name: `feeling`, or `feeling-mean` for another vector than the first.
///
/// # Errors
/// When there is no such file, or it holds no probe.
pub fn open(name: &str) -> Result<Arc<Probe>, ProbeFileError> {
    let has_name = |probe: &&Arc<Probe>| name == probe.name || name == format!("{}-{}", probe.name, probe.vector);
    match built_in().iter().find(has_name) {
        Some(probe) if !Path::new(name).exists() => Ok(Arc::clone(probe)),
        _ => read(Path::new(name)).map(Arc::new),
    }
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or holds no probe.
pub fn read(path: &Path) -> Result<Probe, ProbeFileError> {
    let file = path.display().to_string();
    let mut bytes = Vec::new();
    // One byte more than is allowed at most, so that an endless file ends too.
    let text = File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .and_then(|_| String::from_utf8(bytes).map_err(|_| io::Error::other(label!("probe-not-text").text())));
    match text {
        Ok(text) if text.len() as u64 > LARGEST => Err(ProbeFileError::TooLarge { file }),
        Ok(text) => parse(&file, &text),
        Err(source) => Err(ProbeFileError::Unreadable { file, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_of_the_program_can_be_read() {
        let names = |probe: &Arc<Probe>| format!("{}-{}", probe.name, probe.vector);
        assert_eq!(built_in().iter().map(names).collect::<Vec<_>>(), BUILT_IN.map(|(name, _)| name));
        assert_eq!(open("topic").unwrap().vector.to_string(), "cls");
        assert_eq!(open("topic-mean").unwrap().vector.to_string(), "mean");
        assert!(matches!(open("weather"), Err(ProbeFileError::Unreadable { .. })));
    }
}
