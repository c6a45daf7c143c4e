//! One download, in a thread of its own.
//!
//! hf-hub knows the cache; what is asked of the Hub is asked here. Its own download believes what it is told: it makes paths
//! of the Hub's etags and commits, appends whatever comes to what is there, and compares no sizes.
//! Python's way is mirrored instead:
//! <https://github.com/huggingface/huggingface_hub/blob/v1.0.1/src/huggingface_hub/file_download.py>.

mod checksum;
mod google;
mod state;

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use hf_hub::{Cache, CacheRepo, Repo, RepoType};

use checksum::Checksum;
use state::Stopped;
pub(super) use state::TransferState;

use super::{
    HubError, HubModel, HubSettings, cache,
    error::Failure,
    http::{Body, Http},
};
use crate::{
    bert::BertConfig,
    messages::{message, quoted},
    models::{
        Contents, ModelError, directory,
        google::GoogleFiles,
        layout, modules,
        progress::Progress,
        small_file::{self, LARGEST_SMALL_FILE},
    },
};

/// How often something is tried while not a byte comes.
const ATTEMPTS: u32 = 5;

/// A download to be run.
pub(super) struct Transfer {
    settings: HubSettings,
    model: HubModel,
    state: Arc<TransferState>,
    http: Http,
}

/// A file of the Hub with what the Hub says of it.
struct Remote {
    name: String,
    etag: String,
    size: u64,
}

/// One commit of the model.
struct Commit {
    hash: String,
    /// The address that its files are below.
    files: String,
    cache: CacheRepo,
}

impl Commit {
    fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.files)
    }
}

impl Transfer {
    /// Prepares a download.
    ///
    /// # Errors
    /// When a variable that says how the Hub is reached leads nowhere.
    pub(super) fn new(settings: HubSettings, model: HubModel, state: Arc<TransferState>) -> Result<Self, HubError> {
        let http = Http::new(&settings)?;
        Ok(Self { settings, model, state, http })
    }

    /// Fetches everything a model needs; returns its directory.
    pub(super) fn run(&self) -> Result<PathBuf, ModelError> {
        let (commit, listed) = self.listing().map_err(|e| self.error(e))?;
        let directory = commit.cache.pointer_path(&commit.hash);

        // What decides whether the rest is wanted, and where it lies, comes first.
        let mut modules = Vec::new();
        if listed.contains(modules::LIST) {
            self.fetch(&commit, [modules::LIST])?;
            modules = small_file::read(&directory.join(modules::LIST))?.unwrap_or_default();
        }
        let prefix = &modules::prefix(&modules, |name| listed.contains(name));
        let inside = |name: &str| format!("{prefix}{name}");
        let has = |name: &str| listed.contains(&inside(name));
        if has(layout::ADAPTER) {
            self.fetch(&commit, [&*inside(layout::ADAPTER)])?;
        }
        let without = |name| {
            let adapter = small_file::read(&directory.join(inside(layout::ADAPTER))).ok().flatten();
            let names = listed.iter().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned).collect();
            let contents = Contents::among(&names, adapter.as_deref());
            let holds = |contents| HubError::Holds { contents, id: self.model.id.clone() };
            self.error(contents.map_or(HubError::NoSuchFile(name), holds))
        };
        let google = || GoogleFiles::among(&listed).filter(|_| layout::weights(has).is_none());
        if let (false, Some(files)) = (has(layout::ADAPTER), google()) {
            return self.fetch_google(&commit, &files, directory);
        }
        if has(layout::ADAPTER) || !has(layout::CONFIG) {
            return Err(without(layout::CONFIG));
        }
        self.fetch(&commit, [&*inside(layout::CONFIG)])?;
        let config = small_file::read(&directory.join(inside(layout::CONFIG)))?.unwrap_or_default();
        let bert = |source| ModelError::Bert { model: self.model.to_string(), source };
        BertConfig::from_json(&config).map_err(bert)?;
        let weights = layout::weights(has).ok_or_else(|| without("model.safetensors"))?;
        let tokenizer = layout::tokenizer(has).ok_or_else(|| without(layout::TOKENIZER))?;
        let tokenizer: Vec<String> = tokenizer.into_iter().map(inside).collect();
        let mut files = tokenizer.clone();
        files.extend(modules::wanted(&modules, prefix, |name| listed.contains(name)));
        match weights {
            layout::WeightsFiles::Whole(_, name) => files.push(inside(name)),
            layout::WeightsFiles::Sharded(_, index) => {
                let index = inside(&index);
                self.fetch(&commit, [&*index])?;
                let path = directory.join(&index);
                let shards = layout::shards(&small_file::read(&path)?.unwrap_or_default());
                let shards = shards.map_err(|reason| ModelError::File { path, reason })?;
                files.extend(shards.iter().map(|name| inside(name)));
            }
        }
        let files = self.announce(&commit, files.iter().map(String::as_str))?;
        let (tokenizer, rest) = files.split_at(tokenizer.len());
        let before = self.receive_all(&commit, tokenizer, 0)?;
        // Before the weights come, which would be of no use without.
        directory::tokenizer(&directory.join(prefix))?.check(&config).map_err(bert)?;
        self.receive_all(&commit, rest, before)?;
        self.point_branch_to(&commit).map_err(|error| self.error(self.disk(&error)))?;
        Ok(directory)
    }

    /// The newest commit of the revision and the names of its files.
    fn listing(&self) -> Result<(Commit, BTreeSet<String>), HubError> {
        self.state.step(Some(message!("hub-asking", endpoint = &self.settings.endpoint)));
        let repo = |revision: &str| Repo::with_revision(self.model.id.clone(), RepoType::Model, revision.to_owned());
        let path = repo(&self.model.revision).api_url();
        let info = self.persist(|| match self.http.listing(&path) {
            // Without a network there is nothing to wait for.
            Err(Failure::Passing(error @ HubError::Unreachable { .. })) => Err(Failure::Final(error)),
            answer => answer,
        })?;
        if !cache::is_commit(&info.sha) {
            return Err(self.http.answer(&message!("hub-answer-no-commit", commit = quoted(&info.sha))));
        }
        // From here on everything is of one commit, whatever is pushed meanwhile.
        let pinned = repo(&info.sha);
        let files = format!("{}/{}/resolve/{}", self.settings.endpoint, pinned.url(), pinned.url_revision());
        let cache = Cache::new(self.settings.cache.clone()).repo(pinned);
        let commit = Commit { files, cache, hash: info.sha };
        Ok((commit, info.siblings.into_iter().map(|file| file.name).collect()))
    }

    /// Fetches files of a commit, those that are not here yet.
    fn fetch<'n>(&self, commit: &Commit, names: impl IntoIterator<Item = &'n str>) -> Result<(), ModelError> {
        let files = self.announce(commit, names)?;
        self.receive_all(commit, &files, 0).map(drop)
    }

    /// Asks what files are, and says how much will come.
    fn announce<'n>(
        &self,
        commit: &Commit,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Vec<Remote>, ModelError> {
        let files = names.into_iter().map(|name| self.describe(commit, name)).collect::<Result<Vec<_>, _>>();
        let files = files.map_err(|e| self.error(e))?;
        self.state.lock().progress.total = files.iter().map(|file| file.size).fold(0, u64::saturating_add);
        Ok(files)
    }

    /// Fetches files of those that were announced, `before` bytes of which are here; returns how many are here then.
    fn receive_all(&self, commit: &Commit, files: &[Remote], mut before: u64) -> Result<u64, ModelError> {
        for file in files {
            self.state.begin(before);
            self.fetch_file(commit, file, before).map_err(|e| self.error(e))?;
            before += file.size;
        }
        self.state.begin(before);
        Ok(before)
    }

    /// Asks for a file's size and etag.
    fn describe(&self, commit: &Commit, name: &str) -> Result<Remote, HubError> {
        self.state.step(Some(message!("hub-asking-for-file", file = name)));
        let head = self.persist(|| self.http.head(&commit.url(name)))?;
        if head.commit != commit.hash {
            return Err(self.http.answer(&message!("hub-answer-other-commit", file = name)));
        }
        let etag = head.etag;
        if etag.is_empty() || etag.len() > 128 || !etag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(self.http.answer(&message!("hub-answer-etag", file = name, etag = quoted(&etag))));
        }
        let small = !(name.ends_with(".safetensors") || name.ends_with(".bin") || name.contains(".ckpt.data-"));
        if small && head.size > LARGEST_SMALL_FILE {
            return Err(self.http.answer(&message!("hub-answer-too-large", file = name, bytes = head.size)));
        }
        Ok(Remote { name: name.to_owned(), etag, size: head.size })
    }

    /// Fetches a file, of which `before` bytes of others have come already.
    fn fetch_file(&self, commit: &Commit, file: &Remote, before: u64) -> Result<(), HubError> {
        let pointer = commit.cache.pointer_path(&commit.hash).join(&file.name);
        if cache::has_size(&pointer, file.size) {
            return Ok(());
        }
        let blob = commit.cache.blob_path(&file.etag);
        let part = blob.with_extension("incomplete");
        self.take_lock(&blob)?;
        // Another commit may have it.
        let complete = cache::has_size(&blob, file.size);
        if !complete {
            let mut checksum = Checksum::of(&file.etag);
            self.persist(|| self.receive(commit, file, &part, before, &mut checksum))?;
            let found = fs::metadata(&part).map_or(0, |meta| meta.len());
            if found != file.size {
                return Err(HubError::Size { file: file.name.clone(), expected: file.size, found });
            }
            if !checksum.fits() {
                let begun = OpenOptions::new().write(true).open(&part).map_err(|error| self.disk(&error))?;
                self.state.truncate(&begun, 0).map_err(|stopped| self.stopped(stopped))?;
                return Err(HubError::Checksum { file: file.name.clone() });
            }
        }
        let name = || {
            if !complete {
                fs::rename(&part, &blob)?;
            }
            cache::link(&blob, &pointer, &file.name)
        };
        self.state.finish(name).map_err(|stopped| self.stopped(stopped))
    }

    fn stopped(&self, stopped: Stopped) -> HubError {
        match stopped {
            Stopped::Abandoned => HubError::Cancelled,
            Stopped::Disk(error) => self.disk(&error),
        }
    }

    /// Keeps others out, Python too: the lock is where Python has it.
    fn take_lock(&self, blob: &Path) -> Result<(), HubError> {
        let disk = |error| self.disk(&error);
        let below = blob.strip_prefix(&self.settings.cache).unwrap_or(blob);
        let repository = below.components().next().map(|part| PathBuf::from(part.as_os_str())).unwrap_or_default();
        let folder = self.settings.cache.join(".locks").join(repository);
        fs::create_dir_all(&folder).map_err(disk)?;
        fs::create_dir_all(blob.parent().unwrap_or(Path::new("."))).map_err(disk)?;
        let path = folder.join(blob.file_name().unwrap_or_default()).with_extension("lock");
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(disk)?;
        let begun = Instant::now();
        while begun.elapsed() < self.settings.patience {
            match file.try_lock() {
                Ok(()) => {
                    self.state.lock().lock = Some(file);
                    return Ok(());
                }
                Err(TryLockError::WouldBlock) => {
                    self.state.step(Some(message!("hub-waiting-for-another")));
                    self.rest(Duration::from_millis(100))?;
                }
                Err(TryLockError::Error(error)) => return Err(self.disk(&error)),
            }
        }
        Err(HubError::Locked(path))
    }

    /// Receives a file, or what is missing of it.
    fn receive(
        &self,
        commit: &Commit,
        file: &Remote,
        part: &Path,
        before: u64,
        checksum: &mut Checksum,
    ) -> Result<(), Failure> {
        let disk = |error: io::Error| Failure::Final(self.disk(&error));
        let mut out = OpenOptions::new().create(true).append(true).open(part).map_err(disk)?;
        let mut here = out.metadata().map_err(disk)?.len();
        let stopped = |stopped| Failure::Final(self.stopped(stopped));
        if here > file.size {
            self.state.truncate(&out, 0).map_err(stopped)?;
            here = 0;
        }
        self.state.begin(before + here);
        checksum.catch_up(part, here).map_err(disk)?;
        if here == file.size {
            return out.sync_all().map_err(disk);
        }
        let Body { mut reader, start, bounded } =
            self.http.get(&commit.url(&file.name), &file.name, here, file.size)?;
        if start != here {
            // It sends the whole file, whatever it was asked for.
            self.state.truncate(&out, start).map_err(stopped)?;
            here = start;
            self.state.begin(before + here);
            checksum.catch_up(part, here).map_err(disk)?;
        }
        let mut buffer = vec![0; 64 * 1024];
        let end = loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) if here == file.size => break Ok(()),
                Ok(0) => break Err(Failure::Passing(self.http.cut(&file.name, here))),
                Ok(count) => count,
                Err(error) => break Err(self.http.broken(error)),
            };
            here += count as u64;
            if here > file.size {
                let size = HubError::Size { file: file.name.clone(), expected: file.size, found: here };
                break Err(Failure::Final(size));
            }
            self.state.write(&mut out, &buffer[..count]).map_err(stopped)?;
            checksum.update(&buffer[..count]);
        };
        match end {
            Ok(()) => out.sync_all().map_err(disk),
            Err(failure) => {
                // Only of an answer that said how long it is can a part be trusted to be the file's beginning.
                if !bounded || matches!(failure, Failure::Final(_)) {
                    self.state.truncate(&out, 0).map_err(stopped)?;
                }
                Err(failure)
            }
        }
    }

    /// Only now, with all files here, does the branch mean this commit.
    fn point_branch_to(&self, commit: &Commit) -> io::Result<()> {
        if cache::is_commit(&self.model.revision) {
            return Ok(());
        }
        let repo = Repo::with_revision(self.model.id.clone(), RepoType::Model, self.model.revision.clone());
        Cache::new(self.settings.cache.clone()).repo(repo).create_ref(&commit.hash)
    }

    /// Tries until it succeeds, fails for good, or not a byte has come in [`ATTEMPTS`].
    fn persist<T>(&self, mut attempt: impl FnMut() -> Result<T, Failure>) -> Result<T, HubError> {
        let mut tries = 0;
        let mut reached = self.state.lock().progress.done;
        loop {
            let error = match attempt() {
                Ok(value) => return Ok(value),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing(error)) => error,
            };
            let Progress { done, total, .. } = self.state.lock().progress.clone();
            if done > reached {
                (tries, reached) = (0, done);
            }
            // Silence has been waited for long enough already.
            tries += if matches!(error, HubError::Silent(_)) { ATTEMPTS - 2 } else { 1 };
            if tries >= ATTEMPTS {
                return Err(match error {
                    HubError::Unreachable { reason, .. } if total > 0 => HubError::Lost { done, total, reason },
                    error => error,
                });
            }
            self.state.step(Some(message!("hub-trying-again")));
            self.rest(self.settings.pause * 2u32.pow(tries - 1))?;
        }
    }

    fn rest(&self, time: Duration) -> Result<(), HubError> {
        thread::sleep(time);
        match self.state.lock().abandoned {
            true => Err(HubError::Cancelled),
            false => Ok(()),
        }
    }

    fn disk(&self, error: &io::Error) -> HubError {
        HubError::Disk { path: self.settings.cache.clone(), reason: error.to_string() }
    }

    fn error(&self, source: HubError) -> ModelError {
        ModelError::Hub { model: self.model.to_string(), source }
    }
}
