//! One download, through hf-hub, in a thread of its own.
//!
//! hf-hub resumes what was cut off, but believes what it is told: it does not compare sizes, and makes paths of the
//! Hub's etags and commits. Both are checked here, before the file gets its name.

use std::{
    collections::BTreeSet,
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use hf_hub::{
    Cache, CacheRepo, Repo, RepoType,
    api::sync::{Api, ApiBuilder, ApiError, ApiRepo, Metadata},
};

use super::{
    HubError, HubModel, HubSettings, cache,
    error::{Failure, failure},
};
use crate::{
    bert::BertConfig,
    guard::guarded,
    models::{ModelError, directory, layout, progress::Progress},
};

/// How often something is tried while not a byte comes.
const ATTEMPTS: u32 = 5;

/// What the thread and the one who waits for it both see.
#[derive(Debug, Default)]
pub(super) struct State(Mutex<Shared>);

#[derive(Debug, Default)]
struct Shared {
    progress: Progress,
    /// Grows with everything that happens besides bytes.
    step: u64,
    abandoned: bool,
    /// hf-hub's lock on the file that is coming.
    lock: Option<PathBuf>,
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far it is, and the number of the step it is at.
    pub(super) fn progress(&self) -> (u64, Progress) {
        let shared = self.lock();
        (shared.step, shared.progress.clone())
    }

    /// Nobody waits for it any more. The thread ends at the next byte that comes; until then it holds the lock, which
    /// must not keep a new attempt out.
    pub(super) fn abandon(&self) {
        let mut shared = self.lock();
        shared.abandoned = true;
        if let Some(lock) = shared.lock.take() {
            let _ = fs::remove_file(lock);
        }
    }

    fn step(&self, waiting: Option<String>) {
        let mut shared = self.lock();
        shared.step += 1;
        shared.progress.waiting = waiting;
    }

    /// `resumed`: they did not come just now.
    fn set_done(&self, done: u64, resumed: bool) {
        let mut shared = self.lock();
        shared.progress.done = done;
        shared.progress.waiting = None;
        shared.step += u64::from(resumed);
    }
}

/// A download to be run.
pub(super) struct Transfer {
    settings: HubSettings,
    model: HubModel,
    state: Arc<State>,
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
    api: Api,
    repo: ApiRepo,
    cache: CacheRepo,
}

impl Transfer {
    pub(super) fn new(settings: HubSettings, model: HubModel, state: Arc<State>) -> Self {
        Self { settings, model, state }
    }

    /// Fetches everything a model needs; returns its directory.
    pub(super) fn run(&self) -> Result<PathBuf, ModelError> {
        let (commit, listed) = self.listing().map_err(|e| self.error(e))?;
        let directory = commit.cache.pointer_path(&commit.hash);
        let has = |name: &str| listed.contains(name);

        // What decides whether the rest is wanted comes first.
        if !has(layout::CONFIG) {
            return Err(self.error(HubError::NoSuchFile(layout::CONFIG)));
        }
        self.fetch(&commit, [layout::CONFIG])?;
        let config = directory::read(&directory.join(layout::CONFIG))?.unwrap_or_default();
        BertConfig::from_json(&config).map_err(|source| ModelError::Bert { model: self.model.to_string(), source })?;
        let tokenizer = layout::tokenizer(has).ok_or_else(|| self.error(HubError::NoSuchFile(layout::TOKENIZER)))?;
        let weights = layout::weights(has).ok_or_else(|| self.error(HubError::NoSuchFile("model.safetensors")))?;
        let mut files: Vec<String> = tokenizer.into_iter().map(str::to_owned).collect();
        match weights {
            layout::Weights::Whole(_, name) => files.push(name.to_owned()),
            layout::Weights::Sharded(_, index) => {
                self.fetch(&commit, [&*index])?;
                let path = directory.join(&index);
                let shards = layout::shards(&directory::read(&path)?.unwrap_or_default());
                files.extend(shards.map_err(|reason| ModelError::File { path, reason })?);
            }
        }
        self.fetch(&commit, files.iter().map(String::as_str))?;
        self.point_branch_to(&commit).map_err(|error| self.error(self.disk(error)))?;
        Ok(directory)
    }

    /// The newest commit of the revision and the names of its files.
    fn listing(&self) -> Result<(Commit, BTreeSet<String>), HubError> {
        let HubSettings { cache, endpoint, token, .. } = &self.settings;
        let api = ApiBuilder::from_cache(Cache::new(cache.clone()))
            .with_endpoint(endpoint.clone())
            .with_token(token.clone())
            .with_progress(false)
            .with_retries(0)
            .with_user_agent("clscope", env!("CARGO_PKG_VERSION"))
            .build()
            .map_err(|error| failure(error, endpoint, cache).into_error())?;

        self.state.step(Some(format!("asking {endpoint}")));
        let repo = |revision: &str| Repo::with_revision(self.model.id.clone(), RepoType::Model, revision.to_owned());
        let branch = api.repo(repo(&self.model.revision));
        let info = self.persist(|| match self.ask(|| branch.info()) {
            // Without a network there is nothing to wait for.
            Err(Failure::Passing(error @ HubError::Unreachable { .. })) => Err(Failure::Final(error)),
            result => result,
        })?;
        if !cache::is_commit(&info.sha) {
            return Err(self.strange(format!("{:?} is no commit", info.sha)));
        }
        // From here on everything is of one commit, whatever is pushed meanwhile.
        let pinned = repo(&info.sha);
        let commit = Commit {
            repo: api.repo(pinned.clone()),
            cache: Cache::new(cache.clone()).repo(pinned),
            hash: info.sha,
            api,
        };
        Ok((commit, info.siblings.into_iter().map(|file| file.rfilename).collect()))
    }

    /// Fetches files of a commit, those that are not here yet.
    fn fetch<'n>(&self, commit: &Commit, names: impl IntoIterator<Item = &'n str>) -> Result<(), ModelError> {
        let files = names.into_iter().map(|name| self.describe(commit, name)).collect::<Result<Vec<_>, _>>();
        let files = files.map_err(|e| self.error(e))?;
        self.state.lock().progress.total = files.iter().map(|file| file.size).fold(0, u64::saturating_add);
        let mut before = 0;
        for file in &files {
            self.state.set_done(before, true);
            self.fetch_file(commit, file, before).map_err(|e| self.error(e))?;
            before += file.size;
        }
        self.state.set_done(before, true);
        Ok(())
    }

    /// Asks for a file's size and etag.
    fn describe(&self, commit: &Commit, name: &str) -> Result<Remote, HubError> {
        self.state.step(Some(format!("asking for {name}")));
        let url = commit.repo.url(name);
        let metadata: Metadata = self.persist(|| self.ask(|| commit.api.metadata(&url)))?;
        if metadata.commit_hash() != commit.hash {
            return Err(self.strange(format!("{name} is of another commit")));
        }
        let etag = metadata.etag().to_owned();
        if etag.is_empty() || etag.len() > 128 || !etag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(self.strange(format!("{name} has the etag {etag:?}")));
        }
        Ok(Remote { name: name.to_owned(), etag, size: metadata.size() as u64 })
    }

    fn fetch_file(&self, commit: &Commit, file: &Remote, before: u64) -> Result<(), HubError> {
        let pointer = commit.cache.pointer_path(&commit.hash).join(&file.name);
        if has_size(&pointer, file.size) {
            return Ok(());
        }
        let blob = commit.cache.blob_path(&file.etag);
        let part = blob.with_extension("part");
        self.make_room(&pointer, &blob, &part, file.size).map_err(|error| self.disk(error))?;
        if has_size(&blob, file.size) {
            // Another commit's, or one whose link was lost.
            return link(&blob, &pointer).map_err(|error| self.disk(error));
        }
        self.state.step(None);
        self.state.lock().lock = Some(blob.with_extension("lock"));
        let result = self.persist(|| {
            let meter = Meter { transfer: self, file, before, done: 0, resumed: true };
            self.ask(|| commit.repo.download_with_progress(&file.name, meter))
        });
        // hf-hub leaves its locks lying about, Python keeps them elsewhere.
        if let (Some(lock), Ok(_)) = (self.state.lock().lock.take(), &result) {
            let _ = fs::remove_file(lock);
        }
        if let Err(HubError::Size { .. }) = result {
            let _ = fs::remove_file(part);
        }
        result.map(drop)
    }

    /// Clears away what would be in hf-hub's way.
    fn make_room(&self, pointer: &Path, blob: &Path, part: &Path, size: u64) -> io::Result<()> {
        if pointer.symlink_metadata().is_ok() {
            fs::remove_file(pointer)?;
        }
        if blob.exists() && !has_size(blob, size) {
            fs::remove_file(blob)?;
        }
        match part.metadata().map_or(0, |meta| meta.len()) {
            // It was cut off between its last byte and its name; hf-hub asks for the rest, so there must be one.
            length if length == size && size > 0 => fs::OpenOptions::new().write(true).open(part)?.set_len(size - 1),
            length if length > size => fs::remove_file(part),
            _ => Ok(()),
        }
    }

    /// Only now, with all files here, does the branch mean this commit. hf-hub has noted the commit as if it were a
    /// branch, which Python does not.
    fn point_branch_to(&self, commit: &Commit) -> io::Result<()> {
        let repo = Repo::with_revision(self.model.id.clone(), RepoType::Model, self.model.revision.clone());
        if !cache::is_commit(&self.model.revision) {
            Cache::new(self.settings.cache.clone()).repo(repo).create_ref(&commit.hash)?;
        }
        if let Some(folder) = commit.cache.pointer_path(&commit.hash).parent().and_then(Path::parent) {
            let _ = fs::remove_file(folder.join("refs").join(&commit.hash));
        }
        Ok(())
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
            tries += 1;
            if tries == ATTEMPTS {
                return Err(match error {
                    HubError::Unreachable { reason, .. } if total > 0 => HubError::Lost { done, total, reason },
                    error => error,
                });
            }
            self.state.step(Some(format!("no answer, trying again ({tries} of {})", ATTEMPTS - 1)));
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

    /// Lets hf-hub work; sorts its errors, its panics and what the [`Meter`] threw.
    fn ask<T>(&self, work: impl FnOnce() -> Result<T, ApiError>) -> Result<T, Failure> {
        let work = || match catch_unwind(AssertUnwindSafe(work)) {
            Ok(result) => result.map_err(|error| failure(error, &self.settings.endpoint, &self.settings.cache)),
            Err(payload) => match payload.downcast::<Thrown>() {
                Ok(thrown) => Err(thrown.0),
                Err(panic) => resume_unwind(panic),
            },
        };
        guarded(work).unwrap_or_else(|reason| Err(Failure::Final(HubError::Library(reason))))
    }

    fn strange(&self, reason: String) -> HubError {
        HubError::Answer { endpoint: self.settings.endpoint.clone(), reason }
    }

    fn disk(&self, error: io::Error) -> HubError {
        HubError::Disk { path: self.settings.cache.clone(), reason: error.to_string() }
    }

    fn error(&self, source: HubError) -> ModelError {
        ModelError::Hub { model: self.model.to_string(), source }
    }
}

/// What [`Meter`] throws: hf-hub's progress cannot refuse otherwise.
struct Thrown(Failure);

/// Counts a file's bytes, before hf-hub writes them.
struct Meter<'t> {
    transfer: &'t Transfer,
    file: &'t Remote,
    /// Bytes of the files before this one.
    before: u64,
    done: u64,
    /// hf-hub tells first what it has from before.
    resumed: bool,
}

impl Meter<'_> {
    fn size(&self, found: u64) -> HubError {
        HubError::Size { file: self.file.name.clone(), expected: self.file.size, found }
    }
}

impl hf_hub::api::Progress for Meter<'_> {
    fn init(&mut self, size: usize, _: &str) {
        if size as u64 != self.file.size {
            throw(Failure::Final(self.size(size as u64)));
        }
        (self.done, self.resumed) = (0, true);
    }

    fn update(&mut self, bytes: usize) {
        if self.transfer.state.lock().abandoned {
            throw(Failure::Final(HubError::Cancelled));
        }
        self.done += bytes as u64;
        if self.done > self.file.size {
            throw(Failure::Final(self.size(self.done)));
        }
        self.transfer.state.set_done(self.before + self.done, std::mem::take(&mut self.resumed));
    }

    fn finish(&mut self) {
        if self.done < self.file.size {
            let reason = format!("{} ends after {} bytes", self.file.name, self.done);
            let endpoint = self.transfer.settings.endpoint.clone();
            throw(Failure::Passing(HubError::Unreachable { endpoint, reason }));
        }
    }
}

/// Unwinds to [`Transfer::ask`]; the file keeps the name of a part.
fn throw(failure: Failure) {
    resume_unwind(Box::new(Thrown(failure)))
}

fn has_size(path: &Path, size: u64) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == size)
}

/// `snapshots/COMMIT/NAME` → `../../blobs/ETAG`, as Python and hf-hub link.
fn link(blob: &Path, pointer: &Path) -> io::Result<()> {
    if let Some(parent) = pointer.parent() {
        fs::create_dir_all(parent)?;
    }
    let target = Path::new("../../blobs").join(blob.file_name().unwrap_or_default());
    std::os::unix::fs::symlink(target, pointer)
}
