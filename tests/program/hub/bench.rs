//! A hub, a cache in a room of its own, and what tests ask of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use clscope::{
    bert::{Backend, Input},
    models::{Authorities, Cancel, Hub, HubModel, HubSettings, ModelError, ModelSource, Proxies},
};
use tempfile::TempDir;

use super::server::{Fault, Hub as Server, Kind};

/// The model most tests fetch.
pub const ID: &str = "ada/tiny";

/// Its weights: 34,552 bytes, so that the stand-in serves them by a redirect.
pub const TINY: &str = "checkpoints/tiny-pooler";

/// 118,936 bytes of weights.
pub const LARGER: &str = "checkpoints/tiny-no-pooler";

pub const WEIGHTS: &str = "model.safetensors";

/// Nobody listens there: the port is reserved, and needs rights no test has.
pub const NOBODY: &str = "http://127.0.0.1:1";

/// Which question about a file is answered wrongly, from there on.
#[derive(Clone, Copy, Debug)]
pub enum Since {
    /// For its size and etag, before it is fetched.
    First,
    /// The next one: a hub may change its mind, and whoever asks twice must look twice.
    Second,
}

/// Names and contents.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every file of `tests/reference/FORM`.
pub fn files(form: &str) -> Files {
    let entries = fs::read_dir(local(form)).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

pub fn local(form: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(form)
}

pub fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

pub fn publish(server: &Server, id: &str, revision: &str, files: &Files) -> String {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    server.add(id, revision, &files)
}

/// A fault of every request it fits.
pub fn always(path_ends_with: &str, kind: Kind) -> Fault {
    Fault { times: usize::MAX, ..Fault::once(path_ends_with, kind) }
}

/// Everything below a directory that is no directory itself, as paths from there.
pub fn everything_in(directory: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(everything_in(&path).into_iter().map(|below| format!("{}/{below}", name(&path))));
        } else {
            found.insert(name(&path));
        }
    }
    found
}

/// What a model makes of a sentence: ids, attentions, hidden states.
pub type MeasureNumbers = (Vec<u32>, Vec<f32>, Vec<f32>);

pub fn numbers(source: &ModelSource, hub: &Hub) -> Result<MeasureNumbers, ModelError> {
    let bert = source.load(hub, Backend::Flex, &Cancel::default(), &mut |_| {})?;
    let trace = bert.trace(&Input::single("the cat sat on the mat")).unwrap();
    Ok((trace.tokens.iter().map(|token| token.id).collect(), trace.attentions, trace.hidden_states))
}

/// What the model of a local directory makes of it.
pub fn expected(form: &str) -> MeasureNumbers {
    numbers(&ModelSource::Directory(local(form)), &Hub::new(Err(clscope::models::HubError::NoCache))).unwrap()
}

pub fn model(name: &str) -> HubModel {
    HubModel::new(name, None).unwrap()
}

pub struct Bench {
    pub server: Server,
    /// Holds the cache and nothing else; what a hostile answer writes beside the cache shows here.
    room: TempDir,
    pub files: Files,
    /// The commit of `main`.
    pub sha: String,
}

impl Bench {
    /// A hub that has a checkpoint under [`ID`], and an empty cache.
    pub fn new(form: &str) -> Self {
        Self::with(files(form))
    }

    pub fn with(files: Files) -> Self {
        let server = Server::start();
        let sha = publish(&server, ID, "main", &files);
        Self { server, room: tempfile::tempdir().unwrap(), files, sha }
    }

    /// A hub that has [`TINY`] and does this wrong.
    pub fn failing(faults: impl IntoIterator<Item = Fault>) -> Self {
        let bench = Self::new(TINY);
        faults.into_iter().for_each(|fault| bench.server.fail(fault));
        bench
    }

    pub fn room(&self) -> &Path {
        self.room.path()
    }

    pub fn hf_home(&self) -> PathBuf {
        self.room.path().join("cache")
    }

    pub fn cache(&self) -> PathBuf {
        self.hf_home().join("hub")
    }

    /// Where the files of [`ID`] are.
    pub fn folder(&self) -> PathBuf {
        self.cache().join("models--ada--tiny")
    }

    pub fn settings(&self) -> HubSettings {
        HubSettings {
            cache: self.cache(),
            endpoint: self.server.endpoint(),
            token: None,
            offline: false,
            authorities: Authorities::System,
            proxies: Proxies::default(),
            // Longer than anything takes beside a build on a slow machine.
            patience: Duration::from_secs(20),
            pause: Duration::from_millis(1),
        }
    }

    /// As a new start of the program would have it.
    pub fn hub(&self) -> Hub {
        Hub::new(Ok(self.settings()))
    }

    pub fn offline(&self) -> Hub {
        Hub::new(Ok(HubSettings { offline: true, ..self.settings() }))
    }

    pub fn fetch(&self) -> Result<PathBuf, String> {
        self.fetch_as(ID, self.settings())
    }

    /// Fetches; whatever the outcome, nothing may be written but what a cache holds.
    pub fn fetch_as(&self, name: &str, settings: HubSettings) -> Result<PathBuf, String> {
        let result = Hub::new(Ok(settings)).fetch(&model(name), &Cancel::default(), &mut |_| {});
        self.assert_only_the_cache_is_written();
        result.map_err(|error| complaint(&error))
    }

    /// Fetches what cannot be fetched; what is said of it names all of `says`.
    #[track_caller]
    pub fn refused(&self, says: &[&str]) -> String {
        let message = self.fetch().expect_err("it cannot be fetched");
        says.iter().for_each(|part| assert!(message.contains(part), "no {part:?} in {message:?}"));
        message
    }

    pub fn loads(&self, name: &str) -> MeasureNumbers {
        numbers(&ModelSource::Hub(model(name)), &self.hub()).unwrap()
    }

    #[track_caller]
    pub fn assert_only_the_cache_is_written(&self) {
        for path in everything_in(self.room.path()) {
            let parts: Vec<&str> = path.split('/').collect();
            let fits = match parts[..] {
                ["cache", "hub", model, "blobs" | "refs" | "snapshots", _, ..] => model.starts_with("models--"),
                ["cache", "hub", ".locks", model, lock] => model.starts_with("models--") && lock.ends_with(".lock"),
                _ => false,
            };
            assert!(fits, "{path} was written");
        }
    }

    /// The snapshot holds what the hub has, byte by byte, and nothing is left of the download.
    #[track_caller]
    pub fn assert_whole(&self, snapshot: &Path) {
        for file in everything_in(snapshot) {
            let (here, there) = (fs::read(snapshot.join(&file)).unwrap(), &self.files[&file]);
            let wrong = here.iter().zip(there).position(|(here, there)| here != there);
            assert!(here == *there, "{file}: {} of {} bytes, wrong from {wrong:?}", here.len(), there.len());
        }
        let cache = everything_in(&self.cache());
        let left: Vec<&String> = cache.iter().filter(|path| path.ends_with(".incomplete")).collect();
        assert_eq!(left, [""; 0]);
    }

    /// Of a lie told from the start, nothing comes; of one that begins later, either nothing or the right bytes.
    pub fn assert_refused_or_harmless(&self, what: &str, since: Since) {
        match self.fetch() {
            Err(message) => {
                assert!(message.contains("HF_ENDPOINT"), "{what}: {message}");
                assert_eq!(self.main(), None, "{what}");
            }
            Ok(_) if matches!(since, Since::First) => panic!("{what} was believed"),
            Ok(snapshot) => self.assert_whole(&snapshot),
        }
        self.assert_recovers();
    }

    /// After whatever went wrong, a hub in good health gives the model to the same cache.
    #[track_caller]
    pub fn assert_recovers(&self) {
        let healthy = Server::start();
        publish(&healthy, ID, "main", &self.files);
        let snapshot = self.fetch_as(ID, HubSettings { endpoint: healthy.endpoint(), ..self.settings() }).unwrap();
        self.assert_whole(&snapshot);
    }

    /// The files that were asked for in any way.
    pub fn asked_for(&self) -> BTreeSet<String> {
        let requests = self.server.requests();
        let files = requests.iter().filter_map(|request| request.path.split_once("/resolve/")?.1.split_once('/'));
        files.map(|(_, file)| file.to_owned()).collect()
    }

    /// At which bytes the downloads of a file began; probes for size and etag are none.
    pub fn downloads_of(&self, file: &str) -> Vec<usize> {
        let requests = self.server.requests();
        let of_file = requests.iter().filter(|request| {
            request.method == "GET" && request.path.contains("/resolve/") && request.path.ends_with(&format!("/{file}"))
        });
        let ranges = of_file.map(|request| request.range.clone().unwrap_or("bytes=0-".to_owned()));
        let starts = ranges.filter_map(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
        starts.collect()
    }

    /// The weights as they come: their name in the cache less `.incomplete`.
    pub fn blob(&self) -> PathBuf {
        let other = Bench::with(self.files.clone());
        let link = fs::read_link(other.fetch().unwrap().join(WEIGHTS)).unwrap();
        self.folder().join("blobs").join(link.file_name().unwrap())
    }

    /// What is there of the weights while they come.
    pub fn part(&self) -> PathBuf {
        self.blob().with_extension("incomplete")
    }

    /// What `main` means in the cache.
    pub fn main(&self) -> Option<String> {
        fs::read_to_string(self.folder().join("refs/main")).ok()
    }
}

/// An error as it is shown: one line that says what to do.
#[track_caller]
pub fn complaint(error: &ModelError) -> String {
    let message = error.to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
    assert!(!message.contains("please report it"), "hf-hub panicked: {message}");
    message
}
