//! How an address is reached: which certificate authorities are trusted, and which proxy stands before it.

use std::{io, path::PathBuf, time::Duration};

use rustls_native_certs::{CertificateResult, ErrorKind, load_certs_from_paths, load_native_certs};
use ureq::{
    Agent, Proxy,
    http::Uri,
    tls::{Certificate, RootCerts, TlsConfig},
};

use super::HubError;
use crate::messages::message;

/// Which certificate authorities are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Authorities {
    /// The system's; where it has none, Mozilla's.
    #[default]
    System,
    /// Those in these files and directories and no others, each with the variable that names it.
    Named(Vec<(&'static str, PathBuf)>),
}

/// A proxy, as a variable of the environment names it.
#[derive(Clone, PartialEq, Eq)]
pub struct NamedProxy {
    /// The variable.
    pub variable: &'static str,
    /// Its value, perhaps with a password.
    pub address: String,
}

/// What stands between this machine and others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For addresses with `https`.
    pub https: Option<NamedProxy>,
    /// For addresses with `http`.
    pub http: Option<NamedProxy>,
    /// Hosts that are reached without: `NO_PROXY`.
    pub except: Vec<String>,
}

// A password belongs in no log.
impl std::fmt::Debug for NamedProxy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("NamedProxy").field(&self.variable).finish()
    }
}

impl Proxies {
    /// The one before an address.
    fn before(&self, address: &Uri) -> Option<&NamedProxy> {
        let host = address.host().unwrap_or_default();
        let port = address.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
        let excepted = |pattern: &String| {
            let pattern = pattern.strip_suffix(&port).unwrap_or(pattern);
            let name = pattern.trim_start_matches('*').trim_start_matches('.');
            let begins = host.len().checked_sub(name.len());
            pattern == "*"
                || !name.is_empty()
                    && begins.is_some_and(|at| {
                        host.is_char_boundary(at)
                            && host[at..].eq_ignore_ascii_case(name)
                            && (at == 0 || host[..at].ends_with('.'))
                    })
        };
        let proxy = match address.scheme_str() {
            Some("https") => &self.https,
            _ => &self.http,
        };
        proxy.as_ref().filter(|_| !self.except.iter().any(excepted))
    }
}

/// The client for each way.
pub(super) struct Connection {
    direct: Agent,
    https: Option<Agent>,
    http: Option<Agent>,
    proxies: Proxies,
    authorities: Authorities,
}

/// The way to an address.
pub(super) struct Way<'a> {
    pub agent: &'a Agent,
    pub host: String,
    /// As it is shown: without a name and a password.
    pub proxy: Option<(&'static str, String)>,
    /// The variables that name the authorities that are trusted; none where it is the system.
    pub authorities: Vec<&'static str>,
}

impl Connection {
    /// Clients that give up after this time and redirect nowhere.
    pub(super) fn new(authorities: &Authorities, proxies: &Proxies, patience: Duration) -> Result<Self, HubError> {
        let certificates = certificates(authorities)?;
        let agent = |proxy: Option<Proxy>| {
            Agent::config_builder()
                .timeout_connect(Some(patience))
                .timeout_per_read(Some(patience))
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(concat!("clscope/", env!("CARGO_PKG_VERSION")))
                // Compressed, sizes and ranges would be those of other bytes.
                .accept_encoding("identity")
                .tls_config(TlsConfig::builder().root_certs(certificates.clone()).build())
                .proxy(proxy)
                .build()
                .new_agent()
        };
        let through = |proxy: &Option<NamedProxy>| match proxy {
            Some(NamedProxy { variable, address }) => {
                let proxy = Proxy::new(address).map_err(|_| HubError::ProxyAddress { variable })?;
                Ok(Some(agent(Some(proxy))))
            }
            None => Ok(None),
        };
        Ok(Self {
            direct: agent(None),
            https: through(&proxies.https)?,
            http: through(&proxies.http)?,
            proxies: proxies.clone(),
            authorities: authorities.clone(),
        })
    }

    /// The way to an address.
    pub(super) fn to(&self, address: &Uri) -> Way<'_> {
        let proxy = self.proxies.before(address);
        let agent = match address.scheme_str() {
            _ if proxy.is_none() => None,
            Some("https") => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        let authorities = match &self.authorities {
            Authorities::System => Vec::new(),
            Authorities::Named(named) => named.iter().map(|(variable, _)| *variable).collect(),
        };
        Way {
            agent: agent.unwrap_or(&self.direct),
            host: address.authority().map(|authority| authority.host().to_owned()).unwrap_or_default(),
            proxy: proxy.map(|proxy| (proxy.variable, shown(&proxy.address))),
            authorities,
        }
    }
}

/// A proxy's address without a name and a password.
fn shown(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("http", address));
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host).trim_end_matches('/'))
}

/// The certificates of the authorities that are trusted.
fn certificates(authorities: &Authorities) -> Result<RootCerts, HubError> {
    let roots = |found: CertificateResult| {
        let owned = found.certs.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
        RootCerts::from(owned.collect::<Vec<_>>())
    };
    let Authorities::Named(named) = authorities else {
        let found = load_native_certs();
        return Ok(if found.certs.is_empty() { RootCerts::WebPki } else { roots(found) });
    };
    let mut all = CertificateResult::default();
    for (variable, path) in named {
        let reason = |reason: String| HubError::Authorities { variable, path: path.clone(), reason };
        let found = match path.is_dir() {
            true => load_certs_from_paths(None, Some(path)),
            false => load_certs_from_paths(Some(path), None),
        };
        if found.certs.is_empty() {
            let error = found.errors.first().map(|error| match &error.kind {
                ErrorKind::Io { inner, .. } => inner.to_string(),
                _ => error.to_string(),
            });
            return Err(reason(error.unwrap_or_else(|| message!("hub-authorities-none"))));
        }
        all.certs.extend(found.certs);
    }
    Ok(roots(all))
}

/// What is wrong with the certificate that was shown, if that is why there is no connection.
pub(super) fn certificate_error(error: &ureq::Error) -> Option<&rustls::CertificateError> {
    let rustls = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref()),
        _ => None,
    };
    match rustls {
        Some(rustls::Error::InvalidCertificate(error)) => Some(error),
        _ => None,
    }
}

/// Whether not even the other end of the first hop answered.
pub(super) fn is_before_connection(error: &ureq::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, InvalidData, UnexpectedEof};
    match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => true,
        ureq::Error::Timeout(at) => matches!(at, ureq::Timeout::Connect | ureq::Timeout::Resolve),
        // A name that is not found has no kind of its own.
        ureq::Error::Io(error) => {
            !matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | InvalidData | UnexpectedEof)
        }
        _ => false,
    }
}
