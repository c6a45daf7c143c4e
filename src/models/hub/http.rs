//! What is asked of the Hub about single files, and what its answers must look like.

use std::{fmt, io, time::Duration};

use serde::Deserialize;
use ureq::{
    Body as ResponseBody,
    http::{HeaderMap, Method, Request, Response, Uri, header},
};

use super::{
    HubError, HubSettings,
    connection::{Connection, Way, certificate_error, is_before_connection},
    error::Failure,
};
use crate::{
    messages::{label, message},
    models::small_file::LARGEST_SMALL_FILE,
};

/// How often an answer may send on to another address.
const REDIRECTS: u32 = 5;

/// A client of the Hub.
pub(super) struct Http {
    connection: Connection,
    endpoint: String,
    token: Option<String>,
    patience: Duration,
}

/// What the Hub says of a file before sending it.
pub(super) struct FileHead {
    pub commit: String,
    pub etag: String,
    pub size: u64,
}

/// One commit of a model.
#[derive(Deserialize)]
pub(super) struct Listing {
    pub sha: String,
    pub siblings: Vec<ListedFile>,
}

/// A file of a commit.
#[derive(Deserialize)]
pub(super) struct ListedFile {
    #[serde(rename = "rfilename")]
    pub name: String,
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
    pub(super) fn new(settings: &HubSettings) -> Result<Self, HubError> {
        let HubSettings { endpoint, token, patience, authorities, proxies, .. } = settings.clone();
        Ok(Self { connection: Connection::new(&authorities, &proxies, patience)?, endpoint, token, patience })
    }

    /// Asks for the commit that a revision is and the files in it; `path` is the model's in the Hub's API.
    pub(super) fn listing(&self, path: &str) -> Result<Listing, Failure> {
        let mut answer = self.follow(&format!("{}/api/{path}", self.endpoint), None)?;
        let body = answer.body_mut().with_config().limit(LARGEST_SMALL_FILE).read_to_vec();
        let body = body.map_err(|error| self.failure(error, None))?;
        serde_json::from_slice(&body).map_err(|error| self.strange(&error))
    }

    /// Asks what a file is, without its bytes. A redirect within the Hub (a model's new name) is followed, one to the
    /// storage is the answer: it carries what the Hub knows.
    pub(super) fn head(&self, url: &str) -> Result<FileHead, Failure> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = self.ask(Method::HEAD, &self.address(&url)?, None)?;
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

    /// Asks for an address, and for the one that the answer sends on to. Each hop goes its own way: through the proxy of its
    /// scheme, and with the token to the Hub only.
    fn follow(&self, url: &str, from: Option<u64>) -> Result<Response<ResponseBody>, Failure> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = self.ask(Method::GET, &self.address(&url)?, from)?;
            // 304 is none that sends on.
            if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(answer);
            }
            let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            url = match location {
                Some(path) if path.starts_with('/') && !path.starts_with("//") => self.within(&url, path)?,
                Some(other) if other.starts_with("http://") || other.starts_with("https://") => other.to_owned(),
                _ => return Err(self.strange(&label!("hub-answer-redirect-nowhere"))),
            };
        }
        Err(self.strange(&label!("hub-answer-redirects")))
    }

    /// One question, one answer.
    fn ask(&self, method: Method, address: &Uri, from: Option<u64>) -> Result<Response<ResponseBody>, Failure> {
        let mut request = Request::builder().method(method).uri(address);
        if let Some(token) = self.token.as_ref().filter(|_| self.is_hub(address)) {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(from) = from {
            request = request.header(header::RANGE, format!("bytes={from}-"));
        }
        let request = request.body(()).map_err(|error| self.strange(&error))?;
        let way = self.connection.to(address);
        way.agent.run(request).map_err(|error| self.failure(error, Some(&way)))
    }

    /// The storage that files are on is no business of the token's.
    fn is_hub(&self, address: &Uri) -> bool {
        let place = |uri: &Uri| Some((uri.scheme()?.clone(), uri.authority()?.clone()));
        self.endpoint.parse().is_ok_and(|endpoint: Uri| place(&endpoint) == place(address))
    }

    fn address(&self, url: &str) -> Result<Uri, Failure> {
        url.parse().map_err(|error| self.strange(&error))
    }

    fn read_head(&self, headers: &HeaderMap, redirected: bool) -> Result<FileHead, Failure> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let needed =
            |name: &str| text(name).ok_or_else(|| self.strange(&message!("hub-answer-no-header", name = name)));
        // The length of a redirect is its own, not the file's.
        let length = if redirected { None } else { text("content-length") };
        let size = text("x-linked-size").or(length).and_then(|size| size.parse().ok());
        Ok(FileHead {
            commit: needed("x-repo-commit")?,
            etag: normalized(&text("x-linked-etag").map_or_else(|| needed("etag"), Ok)?),
            size: size.ok_or_else(|| self.strange(&label!("hub-answer-no-size")))?,
        })
    }

    /// A path on the host of an address.
    fn within(&self, url: &str, path: &str) -> Result<String, Failure> {
        let uri = self.address(url)?;
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) => Ok(format!("{scheme}://{authority}{path}")),
            _ => Err(self.strange(&label!("hub-answer-no-host"))),
        }
    }

    /// Asks for a file of `size` bytes from byte `start` on.
    pub(super) fn get(&self, url: &str, name: &str, start: u64, size: u64) -> Result<Body, Failure> {
        let answer = self.follow(url, Some(start).filter(|start| *start > 0))?;
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

    /// Sorts the network's errors.
    fn failure(&self, error: ureq::Error, way: Option<&Way<'_>>) -> Failure {
        use Failure::{Final, Passing};
        use ureq::Error;
        if let Some(way) = way {
            if let Some(wrong) = certificate_error(&error) {
                return Final(untrusted(wrong, way));
            }
            if let Some((variable, proxy)) = way.proxy.clone().filter(|_| is_before_connection(&error)) {
                let (host, reason) = (way.host.as_str().into(), first_line(&error).into());
                return Final(HubError::Proxy { variable, proxy: proxy.into(), host, reason });
            }
        }
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
        self.failure(ureq::Error::from(error), None)
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

fn untrusted(wrong: &rustls::CertificateError, way: &Way<'_>) -> HubError {
    let host = way.host.clone();
    match wrong {
        // A signature is wrong where an authority has the name of one that is trusted, but another key.
        rustls::CertificateError::UnknownIssuer | rustls::CertificateError::BadSignature => {
            HubError::UntrustedCertificate { host, trusted: way.authorities.join(", ") }
        }
        other => HubError::Certificate { host, reason: other.to_string() },
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
