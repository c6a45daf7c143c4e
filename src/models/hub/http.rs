//! What is asked of the Hub about single files, and what its answers must look like.

use std::{fmt, io, time::Duration};

use ureq::{
    Agent,
    config::RedirectAuthHeaders,
    http::{HeaderMap, Response, Uri, header},
};

use super::{HubError, HubSettings, error::Failure};
use crate::messages::{label, message};

/// How often an answer may send on to another address.
const REDIRECTS: u32 = 5;

/// A client of the Hub.
pub(super) struct Http {
    agent: Agent,
    endpoint: String,
    token: Option<String>,
    patience: Duration,
}

/// What the Hub says of a file before sending it.
pub(super) struct Head {
    pub commit: String,
    pub etag: String,
    pub size: u64,
}

/// A file on its way.
pub(super) struct Body {
    pub reader: Box<dyn io::Read>,
    /// Which byte of the file comes first.
    pub start: u64,
    /// Whether the answer says where it ends.
    pub bounded: bool,
}

impl Http {
    pub(super) fn new(settings: &HubSettings) -> Self {
        let agent = Agent::config_builder()
            .timeout_connect(Some(settings.patience))
            .timeout_per_read(Some(settings.patience))
            .max_redirects(REDIRECTS)
            // The storage that files are on is no business of the token's.
            .redirect_auth_headers(RedirectAuthHeaders::SameHost)
            .user_agent(concat!("clscope/", env!("CARGO_PKG_VERSION")))
            // Compressed, sizes and ranges would be those of other bytes.
            .accept_encoding("identity")
            .build()
            .new_agent();
        Self { agent, endpoint: settings.endpoint.clone(), token: settings.token.clone(), patience: settings.patience }
    }

    /// Asks what a file is, without its bytes. A redirect within the Hub (a model's new name) is followed, one to the
    /// storage is the answer: it carries what the Hub knows.
    pub(super) fn head(&self, url: &str) -> Result<Head, Failure> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            let request =
                self.authorized(self.agent.head(&url)).config().max_redirects(0).max_redirects_will_error(false);
            let answer = request.build().call().map_err(|error| self.failure(error))?;
            let location = answer.headers().get(header::LOCATION).map(|value| value.to_str());
            match location {
                Some(Ok(path))
                    if answer.status().is_redirection() && path.starts_with('/') && !path.starts_with("//") =>
                {
                    url = self.within(&url, path)?;
                }
                None if answer.status().is_redirection() => {
                    return Err(self.strange(&label!("hub-answer-redirect-nowhere")));
                }
                _ => return self.read_head(answer.headers(), answer.status().is_redirection()),
            }
        }
        Err(self.strange(&label!("hub-answer-redirects")))
    }

    fn read_head(&self, headers: &HeaderMap, redirected: bool) -> Result<Head, Failure> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let needed =
            |name: &str| text(name).ok_or_else(|| self.strange(&message!("hub-answer-no-header", name = name)));
        // The length of a redirect is its own, not the file's.
        let length = if redirected { None } else { text("content-length") };
        let size = text("x-linked-size").or(length).and_then(|size| size.parse().ok());
        Ok(Head {
            commit: needed("x-repo-commit")?,
            etag: normalized(&text("x-linked-etag").map_or_else(|| needed("etag"), Ok)?),
            size: size.ok_or_else(|| self.strange(&label!("hub-answer-no-size")))?,
        })
    }

    /// A path on the host of an address.
    fn within(&self, url: &str, path: &str) -> Result<String, Failure> {
        let uri: Uri = url.parse().map_err(|error| self.strange(&error))?;
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => Ok(format!("{scheme}://{authority}{path}")),
            _ => Err(self.strange(&label!("hub-answer-no-host"))),
        }
    }

    /// Asks for a file of `size` bytes from byte `start` on.
    pub(super) fn get(&self, url: &str, name: &str, start: u64, size: u64) -> Result<Body, Failure> {
        let mut request = self.authorized(self.agent.get(url));
        if start > 0 {
            request = request.header(header::RANGE, format!("bytes={start}-"));
        }
        let answer = request.call().map_err(|error| self.failure(error))?;
        let partial = answer.status() == 206;
        let wrong = |found| Failure::Final(HubError::Size { file: name.to_owned(), expected: size, found });
        if partial {
            let (from, of) = range(&answer).ok_or_else(|| self.strange(&label!("hub-answer-no-range")))?;
            if of != size {
                return Err(wrong(of));
            }
            if from != start {
                return Err(self.strange(&message!("hub-answer-range", found = from, asked = start)));
            }
        } else if answer.status() != 200 {
            return Err(self.strange(&message!("hub-answer-status", status = answer.status().as_str())));
        }
        let start = if partial { start } else { 0 };
        let length = answer.body().content_length();
        match length {
            Some(length) if length != size - start => Err(wrong(start + length)),
            _ => Ok(Body {
                reader: Box::new(answer.into_body().into_reader()),
                start,
                bounded: length.is_some() || partial,
            }),
        }
    }

    fn authorized<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    /// Sorts the network's errors.
    pub(super) fn failure(&self, error: ureq::Error) -> Failure {
        use Failure::{Final, Passing};
        use ureq::Error;
        match error {
            Error::StatusCode(status @ (401 | 403)) => Final(HubError::Refused { status }),
            Error::StatusCode(404) => Final(HubError::NotFound),
            Error::StatusCode(429) => Passing(HubError::TooManyRequests),
            Error::StatusCode(status @ 500..) => Passing(HubError::Status { status }),
            Error::StatusCode(status) => Final(HubError::Status { status }),
            Error::Io(error) => Passing(self.lost(&error)),
            Error::Timeout(_) => Passing(HubError::Silent(self.patience)),
            Error::HostNotFound | Error::ConnectionFailed => Passing(self.lost(&error)),
            Error::Tls(_) | Error::Rustls(_) | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
                Final(self.lost(&error))
            }
            error => Final(self.answer(&error)),
        }
    }

    /// Sorts what a body ends with.
    pub(super) fn broken(&self, error: io::Error) -> Failure {
        self.failure(ureq::Error::from(error))
    }

    /// There is no connection, or no more.
    pub(super) fn lost(&self, reason: &dyn fmt::Display) -> HubError {
        HubError::Unreachable { endpoint: self.endpoint.clone(), reason: first_line(reason) }
    }

    /// The connection ended in the middle of a file.
    pub(super) fn cut(&self, name: &str, after: u64) -> HubError {
        self.lost(&message!("hub-answer-cut", file = name, bytes = after))
    }

    /// No Hub answers like that.
    pub(super) fn answer(&self, reason: &dyn fmt::Display) -> HubError {
        HubError::Answer { endpoint: self.endpoint.clone(), reason: first_line(reason) }
    }

    fn strange(&self, reason: &dyn fmt::Display) -> Failure {
        Failure::Final(self.answer(reason))
    }
}

/// An etag as Python writes it into the cache: without quotes, and without the mark of a weak one.
fn normalized(etag: &str) -> String {
    etag.strip_prefix("W/").unwrap_or(etag).trim_matches('"').to_owned()
}

/// `bytes 100-199/200`: the first byte and the size of the whole.
fn range<B>(answer: &Response<B>) -> Option<(u64, u64)> {
    let text = answer.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (place, size) = text.strip_prefix("bytes ")?.split_once('/')?;
    Some((place.split_once('-')?.0.trim().parse().ok()?, size.trim().parse().ok()?))
}

fn first_line(text: &dyn fmt::Display) -> String {
    text.to_string().lines().next().unwrap_or_default().to_owned()
}
