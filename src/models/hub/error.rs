use std::{path::PathBuf, time::Duration};

use super::super::{Contents, progress::Bytes};
use crate::messages::{message, quoted};

/// Why the Hub did not give a model. Each message names the remedy.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HubError {
    /// Neither a home directory nor a variable says where the cache is.
    #[error("{}", message!("hub-no-cache"))]
    NoCache,
    /// `HF_ENDPOINT` is no address.
    #[error("{}", message!("hub-endpoint", value = quoted(.0)))]
    Endpoint(String),
    /// The token holds characters no token has.
    #[error("{}", message!("hub-token"))]
    Token,
    /// Not in the cache, and the network may not be used.
    #[error("{}", message!("hub-offline"))]
    Offline,
    /// The cache has a part of the model only.
    #[error("{}", message!("hub-partial", missing = .missing))]
    Partial {
        /// What is missing.
        missing: String,
    },
    /// No connection.
    #[error("{}", message!("hub-unreachable", endpoint = .endpoint, reason = .reason))]
    Unreachable {
        /// The Hub, or the mirror.
        endpoint: String,
        /// In the network's words.
        reason: String,
    },
    /// What a variable names as certificate authorities cannot be read.
    #[error("{}", message!("hub-authorities", variable = *.variable, path = .path.display().to_string(), reason = .reason))]
    Authorities {
        /// The variable.
        variable: &'static str,
        /// What it names.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No authority that is trusted signed a host's certificate.
    #[error("{}", match .trusted.as_str() {
        "" => message!("hub-certificate-untrusted", host = .host),
        trusted => message!("hub-certificate-untrusted-named", host = .host, trusted = trusted),
    })]
    UntrustedCertificate {
        /// The host.
        host: String,
        /// The variables that name the authorities that are trusted; empty where they are the system's.
        trusted: String,
    },
    /// A host's certificate is wrong: out of date, or another host's.
    #[error("{}", message!("hub-certificate", host = .host, reason = .reason))]
    Certificate {
        /// The host.
        host: String,
        /// In the library's words.
        reason: String,
    },
    /// A variable is to name a proxy and does not.
    #[error("{}", message!("hub-proxy-address", variable = *.variable))]
    ProxyAddress {
        /// The variable. Its value may hold a password.
        variable: &'static str,
    },
    /// The proxy does not answer, or refuses.
    #[error(
        "{}",
        message!(
            "hub-proxy",
            proxy = .proxy.to_string(),
            variable = *.variable,
            host = .host.to_string(),
            reason = .reason.to_string()
        )
    )]
    Proxy {
        /// The variable that names it.
        variable: &'static str,
        /// Its address, without a password.
        proxy: Box<str>,
        /// What was to be reached through it.
        host: Box<str>,
        /// In the network's words.
        reason: Box<str>,
    },
    /// 401, 403.
    #[error("{}", message!("hub-refused", status = .status))]
    Refused {
        /// 401 or 403.
        status: u16,
    },
    /// 404.
    #[error("{}", message!("hub-not-found"))]
    NotFound,
    /// 429.
    #[error("{}", message!("hub-too-many-requests"))]
    TooManyRequests,
    /// Any other status that is no success.
    #[error("{}", message!("hub-status", status = .status))]
    Status {
        /// As answered.
        status: u16,
    },
    /// The answer is not what a Hub answers.
    #[error("{}", message!("hub-answer", endpoint = .endpoint, reason = .reason))]
    Answer {
        /// The Hub, or the mirror.
        endpoint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The repository holds something other than a checkpoint.
    #[error("{}", holds(.contents, .id))]
    Holds {
        /// What it holds.
        contents: Contents,
        /// The repository.
        id: String,
    },
    /// The repository is no model that clscope reads.
    #[error("{}", message!("hub-no-such-file", file = *.0))]
    NoSuchFile(&'static str),
    /// The repository lacks files of data of Google's checkpoint.
    #[error("{}", message!("hub-not-whole", index = .index))]
    NotWhole {
        /// Whose files of data they are.
        index: String,
    },
    /// The connection was lost, and again and again.
    #[error("{}", message!("hub-lost", done = Bytes(*.done).to_string(), total = Bytes(*.total).to_string(), reason = .reason))]
    Lost {
        /// Bytes that are here.
        done: u64,
        /// Bytes of all files.
        total: u64,
        /// The last thing that went wrong.
        reason: String,
    },
    /// Nothing came for too long.
    #[error("{}", message!("hub-silent", seconds = .0.as_secs_f32().ceil() as u64))]
    Silent(Duration),
    /// More, fewer or other bytes than announced.
    #[error("{}", message!("hub-size", file = .file, expected = .expected, found = .found))]
    Size {
        /// The file.
        file: String,
        /// As announced.
        expected: u64,
        /// As it came.
        found: u64,
    },
    /// As many bytes as announced, but not the same.
    #[error("{}", message!("hub-checksum", file = .file))]
    Checksum {
        /// The file.
        file: String,
    },
    /// Another program is at it.
    #[error("{}", message!("hub-locked", path = .0.display().to_string()))]
    Locked(PathBuf),
    /// The cache cannot be written.
    #[error("{}", message!("hub-disk", path = .path.display().to_string(), reason = .reason))]
    Disk {
        /// The cache.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The user does not want it any more.
    #[error("{}", message!("hub-cancelled"))]
    Cancelled,
    /// A library panicked.
    #[error("{}", message!("hub-library", reason = .0))]
    Library(String),
}

fn holds(contents: &Contents, id: &str) -> String {
    match contents.wants_directory() {
        true => message!("hub-holds", contents = contents.to_string(), id = id),
        false => contents.to_string(),
    }
}

/// Why a name is none of the Hub's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HubNameError {
    /// The name holds one revision, `--revision` names another.
    #[error("{}", message!("hub-name-two-revisions", name = quoted(.name), revision = quoted(.revision)))]
    TwoRevisions {
        /// The name with its revision.
        name: String,
        /// The other.
        revision: String,
    },
    /// No model can be called that.
    #[error("{}", message!("hub-name-id", name = quoted(.0)))]
    Id(String),
    /// No revision can be called that.
    #[error("{}", message!("hub-name-revision", revision = quoted(.0)))]
    Revision(String),
}

/// What to do after a failure.
pub(super) enum Failure {
    /// It may go better the next time.
    Passing(HubError),
    /// It will not.
    Final(HubError),
}
