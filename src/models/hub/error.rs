use std::{path::PathBuf, time::Duration};

use super::super::progress::Bytes;

/// Why the Hub did not give a model. Each message names the remedy.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HubError {
    /// Neither a home directory nor a variable says where the cache is.
    #[error("there is no home directory for the cache of models; set HF_HOME")]
    NoCache,
    /// `HF_ENDPOINT` is no address.
    #[error("HF_ENDPOINT is {0:?}; it must be an address such as https://huggingface.co or that of a mirror")]
    Endpoint(String),
    /// The token holds characters no token has.
    #[error("the Hub token (HF_TOKEN, or the file of hf auth login) holds characters that no token has; log in again")]
    Token,
    /// Not in the cache, and the network may not be used.
    #[error(
        "it is not in the cache, and clscope is offline; fetch it once with a network (clscope models fetch), or drop --offline and HF_HUB_OFFLINE"
    )]
    Offline,
    /// The cache has a part of the model only.
    #[error(
        "the cache has only a part of it ({missing} is missing), and clscope is offline; fetch the rest with a network (clscope models fetch)"
    )]
    Partial {
        /// What is missing.
        missing: String,
    },
    /// No connection.
    #[error("cannot reach {endpoint} ({reason}); check the network, or set HF_ENDPOINT to a mirror")]
    Unreachable {
        /// The Hub, or the mirror.
        endpoint: String,
        /// In the network's words.
        reason: String,
    },
    /// 401, 403.
    #[error(
        "the Hub refuses it (status {status}): it is gated, private, or does not exist; check the name, accept its terms on its page, and set HF_TOKEN to a token of yours"
    )]
    Refused {
        /// 401 or 403.
        status: u16,
    },
    /// 404.
    #[error("the Hub has no such model, or not in that revision; check the name, and --revision if you gave one")]
    NotFound,
    /// 429.
    #[error(
        "the Hub answers that it was asked too often (status 429); wait some minutes, or set HF_TOKEN to a token of yours"
    )]
    TooManyRequests,
    /// Any other status that is no success.
    #[error("the Hub answers with status {status}; try again later, or set HF_ENDPOINT to a mirror")]
    Status {
        /// As answered.
        status: u16,
    },
    /// The answer is not what a Hub answers.
    #[error("what came from {endpoint} is not what the Hub answers ({reason}); is HF_ENDPOINT a Hub?")]
    Answer {
        /// The Hub, or the mirror.
        endpoint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The repository is no model that clscope reads.
    #[error("it has no {0}, which every model in the form of transformers has; is it a BERT?")]
    NoSuchFile(&'static str),
    /// The connection was lost, and again and again.
    #[error("the connection was lost after {} of {} ({reason}); run it again to go on from there", Bytes(*.done), Bytes(*.total))]
    Lost {
        /// Bytes that are here.
        done: u64,
        /// Bytes of all files.
        total: u64,
        /// The last thing that went wrong.
        reason: String,
    },
    /// Nothing came for too long.
    #[error("nothing came for {} s; run it again to go on from there, or set HF_ENDPOINT to a mirror", .0.as_secs_f32().ceil())]
    Silent(Duration),
    /// More, fewer or other bytes than announced.
    #[error("{file} should have {} bytes, {found} came; run it again, or set HF_ENDPOINT to a mirror", .expected)]
    Size {
        /// The file.
        file: String,
        /// As announced.
        expected: u64,
        /// As it came.
        found: u64,
    },
    /// Another program is at it.
    #[error("another program is downloading it and holds {}; wait for it, or end it", .0.display())]
    Locked(PathBuf),
    /// The cache cannot be written.
    #[error("the cache {} cannot be written ({reason}); make room there, or set HF_HOME to another place", path.display())]
    Disk {
        /// The cache.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The user does not want it any more.
    #[error("the download was cancelled; what has come is kept")]
    Cancelled,
    /// A library panicked.
    #[error("the download stopped ({0}); please report it")]
    Library(String),
}

/// What to do after a failure.
pub(super) enum Failure {
    /// It may go better the next time.
    Passing(HubError),
    /// It will not.
    Final(HubError),
}
