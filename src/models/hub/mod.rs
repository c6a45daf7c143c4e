//! Models of the Hugging Face Hub, and the cache of them that Python shares.

mod cache;
mod connection;
mod error;
mod http;
mod settings;
mod transfer;

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

pub use connection::{Authorities, NamedProxy, Proxies};
pub use error::{HubError, HubNameError};
pub use settings::HubSettings;
pub(super) use settings::from_home;

use super::{
    ModelError, directory,
    progress::{Cancel, Progress, Rate},
};
use crate::messages::message;

/// A model of the Hub in one of its revisions. Displays as `google-bert/bert-base-uncased`, with `@REVISION` behind it
/// unless that is `main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubModel {
    id: String,
    revision: String,
}

impl HubModel {
    /// Reads `ORG/NAME`, `NAME` or either with `@REVISION`.
    ///
    /// # Errors
    /// What is wrong with it, when the Hub cannot have such a name.
    pub fn new(name: &str, revision: Option<&str>) -> Result<Self, HubNameError> {
        let (id, own) = match name.split_once('@') {
            Some((id, own)) => (id, Some(own)),
            None => (name, None),
        };
        let revision = match (own, revision) {
            (Some(own), Some(other)) if own != other => {
                return Err(HubNameError::TwoRevisions { name: name.to_owned(), revision: other.to_owned() });
            }
            (own, other) => own.or(other).unwrap_or("main"),
        };
        let plain = |part: &str, more: &[char]| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c) || more.contains(&c))
        };
        let segment = |part: &&str| plain(part, &[]) && !part.starts_with(['-', '.']) && !part.ends_with(['-', '.']);
        let segments: Vec<&str> = id.split('/').collect();
        if !(1..=2).contains(&segments.len())
            || !segments.iter().all(segment)
            || id.contains("--")
            || id.contains("..")
            || id.len() > 96
        {
            return Err(HubNameError::Id(id.to_owned()));
        }
        let path = |part: &str| part.split('/').all(|name| plain(name, &[]) && name != "." && name != "..");
        if !path(revision) || revision.starts_with('-') || revision.len() > 200 {
            return Err(HubNameError::Revision(revision.to_owned()));
        }
        Ok(Self { id: id.to_owned(), revision: revision.to_owned() })
    }

    /// `ORG/NAME`, or a short name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A branch, a tag or a commit's hash.
    pub fn revision(&self) -> &str {
        &self.revision
    }
}

impl fmt::Display for HubModel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.revision.as_str() {
            "main" => formatter.write_str(&self.id),
            revision => write!(formatter, "{}@{revision}", self.id),
        }
    }
}

/// The Hub, or a mirror of it, with the cache on this machine.
#[derive(Clone, Debug)]
pub struct Hub {
    /// A variable that is wrong matters only to those who ask for something of the Hub.
    settings: Result<HubSettings, HubError>,
}

impl Hub {
    /// How often a download says how far it is, and asks whether it is still wanted.
    const TICK: Duration = Duration::from_millis(100);

    /// The Hub these settings lead to; where they are wrong, that is what each question is answered with.
    pub fn new(settings: Result<HubSettings, HubError>) -> Self {
        Self { settings }
    }

    /// Whether only the cache may be used.
    pub fn is_offline(&self) -> bool {
        self.settings.as_ref().is_ok_and(|settings| settings.offline)
    }

    /// Every model in the cache, with its directory; whether each can be opened is not looked at.
    pub(super) fn cached_models(&self) -> Vec<(HubModel, PathBuf)> {
        self.settings.as_ref().map_or_else(|_| Vec::new(), |settings| cache::models(&settings.cache))
    }

    /// A model's directory in the cache, if all its files are there.
    pub fn cached(&self, model: &HubModel) -> Option<PathBuf> {
        let cache = &self.settings.as_ref().ok()?.cache;
        cache::snapshot(cache, model).filter(|snapshot| directory::missing(snapshot).is_none())
    }

    /// A model's directory: from the cache, else from the network.
    ///
    /// # Errors
    /// As for [`Hub::fetch`]; when it would have to be fetched and clscope is offline.
    pub fn locate(
        &self,
        model: &HubModel,
        cancel: &Cancel,
        report: &mut dyn FnMut(&Progress),
    ) -> Result<PathBuf, ModelError> {
        match self.cached(model) {
            Some(snapshot) => Ok(snapshot),
            None => self.fetch(model, cancel, report),
        }
    }

    /// Downloads what the cache lacks of a model's newest commit and returns its directory; `report` hears ten times a
    /// second how far it is. What was cut off before goes on where it stopped. The branch points to the new commit only
    /// when all its files are there.
    ///
    /// # Errors
    /// When clscope is offline, the network or the Hub fails, nothing comes for too long, the model is no BERT, the
    /// cache cannot be written, or `cancel` says so.
    pub fn fetch(
        &self,
        model: &HubModel,
        cancel: &Cancel,
        report: &mut dyn FnMut(&Progress),
    ) -> Result<PathBuf, ModelError> {
        let failed = |source| ModelError::Hub { model: model.to_string(), source };
        let settings = self.settings.as_ref().map_err(|error| failed(error.clone()))?;
        if settings.offline {
            let missing = cache::begun(&settings.cache, model).and_then(|path| directory::missing(&path));
            return Err(failed(match missing {
                Some(missing) => HubError::Partial { missing: missing.to_owned() },
                None => HubError::Offline,
            }));
        }
        // The network is waited for in a thread of its own, for a connection that says nothing cannot be interrupted.
        let state = Arc::new(transfer::TransferState::default());
        let (sender, results) = mpsc::channel();
        let transfer = transfer::Transfer::new(settings.clone(), model.clone(), Arc::clone(&state)).map_err(failed)?;
        thread::spawn(move || drop(sender.send(transfer.run())));

        let mut rate = Rate::new(Instant::now());
        let mut steps = 0;
        loop {
            match results.recv_timeout(Self::TICK) {
                Ok(result) => {
                    if result.is_ok() {
                        let (_, last) = state.progress();
                        report(&Progress { waiting: Some(message!("hub-complete")), ..last });
                    }
                    return result;
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(failed(HubError::Library(message!("hub-thread-gone"))));
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            let (step, mut progress) = state.progress();
            if step != steps {
                steps = step;
                rate.reset(now);
            }
            rate.observe(now, progress.done);
            if cancel.is_cancelled() {
                state.abandon();
                return Err(failed(HubError::Cancelled));
            }
            // Files are tried again sooner; this is for what has no other clock, such as finding the Hub's address.
            if rate.silence(now) >= settings.patience * 2 {
                state.abandon();
                return Err(failed(HubError::Silent(settings.patience * 2)));
            }
            progress.rate = rate.rate();
            report(&progress);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_hub_are_told_from_others() {
        let read = |name: &str| HubModel::new(name, None);
        assert_eq!(read("google-bert/bert-base-uncased").unwrap().to_string(), "google-bert/bert-base-uncased");
        assert_eq!(read("bert-base-chinese@main").unwrap().to_string(), "bert-base-chinese");
        let model = read("BAAI/bge-small-zh-v1.5@refs/pr/1").unwrap();
        assert_eq!((model.id(), model.revision()), ("BAAI/bge-small-zh-v1.5", "refs/pr/1"));
        for wrong in [
            "", "a/b/c", "../x", "a/..", "/a", "a/", "a--b", "~/x", "a b", "é/x", "a@", "a@../x", "a@b/../c", "a\u{1b}",
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
        assert!(HubModel::new("a@v1", Some("v2")).unwrap_err().to_string().contains("give one"));
        assert_eq!(HubModel::new("a", Some("v2")).unwrap().to_string(), "a@v2");
    }
}
