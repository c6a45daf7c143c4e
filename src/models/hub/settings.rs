//! Where the Hub is and where its files are kept: every variable of Python's `huggingface_hub` that matters here,
//! read in this one place.
//!
//! <https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables>

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Authorities, HubError, NamedProxy, Proxies};

/// How the Hub is reached. [`HubSettings::resolve`] reads it from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubSettings {
    /// The cache Python shares, `HF_HUB_CACHE`.
    pub cache: PathBuf,
    /// The Hub or a mirror of it, `HF_ENDPOINT`, without a slash at its end.
    pub endpoint: String,
    /// `HF_TOKEN`, or the one that `hf auth login` stored.
    pub token: Option<String>,
    /// Whether only the cache may be used, `HF_HUB_OFFLINE`.
    pub offline: bool,
    /// Which certificate authorities are trusted: `REQUESTS_CA_BUNDLE`, `CURL_CA_BUNDLE`, `SSL_CERT_FILE`, `SSL_CERT_DIR`.
    pub authorities: Authorities,
    /// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in small letters or large.
    pub proxies: Proxies,
    /// How long the Hub may be silent before the question is put again; after twice as long it is given up.
    pub patience: Duration,
    /// How long to wait before the first new attempt; each further one waits twice as long.
    pub pause: Duration,
}

impl HubSettings {
    /// Reads the environment through `variable`; an empty variable counts as unset.
    ///
    /// # Errors
    /// When there is no place for the cache, or a variable cannot be used as it is.
    pub fn resolve(variable: impl Fn(&str) -> Option<String>, home: Option<&Path>) -> Result<Self, HubError> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let path = |name: &str| set(name).map(|value| from_home(&value, home));

        let hf_home = path("HF_HOME")
            .or_else(|| path("XDG_CACHE_HOME").map(|cache| cache.join("huggingface")))
            .or_else(|| home.map(|home| home.join(".cache/huggingface")));
        let cache = path("HF_HUB_CACHE")
            .or_else(|| path("HUGGINGFACE_HUB_CACHE"))
            .or_else(|| hf_home.as_ref().map(|home| home.join("hub")))
            .ok_or(HubError::NoCache)?;
        // Whatever the directory the program is in later.
        let cache = std::path::absolute(&cache).unwrap_or(cache);

        let stored = || {
            let implicit = !set("HF_HUB_DISABLE_IMPLICIT_TOKEN").is_some_and(|value| is_true(&value));
            let file = path("HF_TOKEN_PATH").or_else(|| hf_home.map(|home| home.join("token")));
            file.filter(|_| implicit).and_then(|file| fs::read_to_string(file).ok())
        };
        let token = set("HF_TOKEN").or_else(|| set("HUGGING_FACE_HUB_TOKEN")).or_else(stored);
        let token = token.map(|token| token.trim().to_owned()).filter(|token| !token.is_empty());
        if token.as_ref().is_some_and(|token| !token.chars().all(|c| c.is_ascii_graphic())) {
            return Err(HubError::Token);
        }

        let endpoint = set("HF_ENDPOINT").unwrap_or_else(|| "https://huggingface.co".to_owned());
        let endpoint = endpoint.trim().trim_end_matches('/').to_owned();
        let host = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
        if !host
            .is_some_and(|host| !host.is_empty() && host.chars().all(|c| c.is_ascii_graphic() && c != '?' && c != '#'))
        {
            return Err(HubError::Endpoint(endpoint));
        }

        let offline = ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"];
        let offline = offline.iter().any(|name| set(name).is_some_and(|value| is_true(&value)));
        Ok(Self {
            cache,
            endpoint,
            token,
            offline,
            authorities: authorities(&path),
            proxies: proxies(&set),
            patience: Duration::from_secs(30),
            pause: Duration::from_millis(500),
        })
    }
}

/// As Python's: what a variable names is trusted and nothing else. Python reads one of the four or another, as the version of
/// its client is; here all count.
fn authorities(path: &impl Fn(&str) -> Option<PathBuf>) -> Authorities {
    let files = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"];
    let files = files.into_iter().filter_map(|name| path(name).map(|path| (name, path)));
    let directories = path("SSL_CERT_DIR")
        .into_iter()
        .flat_map(|paths| std::env::split_paths(&paths).map(|path| ("SSL_CERT_DIR", path)).collect::<Vec<_>>());
    let named: Vec<_> = files.chain(directories).collect();
    if named.is_empty() { Authorities::System } else { Authorities::Named(named) }
}

/// As Python's `urllib` and curl: small letters win.
fn proxies(set: &impl Fn(&str) -> Option<String>) -> Proxies {
    let first = |names: &[&'static str]| {
        let named = |&variable: &&'static str| set(variable).map(|address| NamedProxy { variable, address });
        names.iter().find_map(named)
    };
    let except = set("no_proxy").or_else(|| set("NO_PROXY")).unwrap_or_default();
    Proxies {
        https: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
        http: first(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]),
        except: except.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
    }
}

/// As Python's libraries read a switch.
fn is_true(value: &str) -> bool {
    ["1", "on", "yes", "true"].contains(&value.trim().to_ascii_lowercase().as_str())
}

/// `~` as a shell would have written it.
pub(in crate::models) fn from_home(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_owned(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(variables: &[(&str, &str)]) -> Result<HubSettings, HubError> {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        HubSettings::resolve(find, Some(Path::new("/home/ada")))
    }

    #[test]
    fn the_cache_is_where_python_has_it() {
        let cache = |variables: &[(&str, &str)]| resolve(variables).unwrap().cache.display().to_string();
        assert_eq!(cache(&[]), "/home/ada/.cache/huggingface/hub");
        assert_eq!(cache(&[("XDG_CACHE_HOME", "/x")]), "/x/huggingface/hub");
        assert_eq!(cache(&[("HF_HOME", "~/hf"), ("XDG_CACHE_HOME", "/x")]), "/home/ada/hf/hub");
        assert_eq!(cache(&[("HF_HOME", "/hf"), ("HUGGINGFACE_HUB_CACHE", "/old")]), "/old");
        assert_eq!(cache(&[("HUGGINGFACE_HUB_CACHE", "/old"), ("HF_HUB_CACHE", "/new")]), "/new");
        assert_eq!(cache(&[("HF_HOME", " ")]), "/home/ada/.cache/huggingface/hub");
        assert!(matches!(HubSettings::resolve(|_| None, None), Err(HubError::NoCache)));
    }

    #[test]
    fn the_endpoint_may_be_a_mirror() {
        let endpoint = |value| resolve(&[("HF_ENDPOINT", value)]).map(|settings| settings.endpoint);
        assert_eq!(endpoint("").unwrap(), "https://huggingface.co");
        assert_eq!(endpoint("https://mirror.example/hf/").unwrap(), "https://mirror.example/hf");
        assert_eq!(endpoint("http://127.0.0.1:8000").unwrap(), "http://127.0.0.1:8000");
        for wrong in ["mirror.example", "ftp://mirror.example", "https://", "https://a b", "https://a?b"] {
            assert!(endpoint(wrong).unwrap_err().to_string().contains("HF_ENDPOINT"), "{wrong}");
        }
    }

    #[test]
    fn offline_is_a_switch() {
        let offline = |value| resolve(&[("HF_HUB_OFFLINE", value)]).unwrap().offline;
        assert!(["1", "ON", "true", "Yes"].into_iter().all(offline));
        assert!(!["0", "off", "", "no"].into_iter().any(offline));
        assert!(resolve(&[("TRANSFORMERS_OFFLINE", "1")]).unwrap().offline);
    }

    #[test]
    fn a_proxy_is_for_its_scheme_and_not_for_the_hosts_that_are_excepted() {
        let proxies = |variables: &[(&str, &str)]| resolve(variables).unwrap().proxies;
        let variable = |proxy: Option<NamedProxy>| proxy.map(|proxy| proxy.variable);
        let one = proxies(&[("HTTPS_PROXY", "http://p:1"), ("NO_PROXY", "localhost, .example.com,")]);
        assert_eq!((variable(one.https), variable(one.http)), (Some("HTTPS_PROXY"), None));
        assert_eq!(one.except, ["localhost", ".example.com"]);
        let small =
            proxies(&[("HTTPS_PROXY", "http://p:1"), ("https_proxy", "http://p:2"), ("ALL_PROXY", "http://p:3")]);
        assert_eq!((variable(small.https), variable(small.http)), (Some("https_proxy"), Some("ALL_PROXY")));
        assert_eq!(proxies(&[("HTTP_PROXY", " ")]), Proxies::default());
    }

    #[test]
    fn authorities_are_the_systems_unless_a_variable_names_others() {
        let authorities = |variables: &[(&str, &str)]| resolve(variables).unwrap().authorities;
        assert_eq!(authorities(&[("SSL_CERT_FILE", "")]), Authorities::System);
        let named = [("CURL_CA_BUNDLE", "~/ca.pem"), ("SSL_CERT_DIR", "/a:/b")];
        let expected = [("CURL_CA_BUNDLE", "/home/ada/ca.pem"), ("SSL_CERT_DIR", "/a"), ("SSL_CERT_DIR", "/b")];
        let expected = expected.map(|(variable, path)| (variable, PathBuf::from(path)));
        assert_eq!(authorities(&named), Authorities::Named(expected.into()));
    }

    #[test]
    fn a_token_comes_from_the_environment_or_from_the_file_of_the_login() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("token"), "hf_stored\n").unwrap();
        let hf_home = ("HF_HOME", home.path().to_str().unwrap());
        let token = |more: &[(&str, &str)]| resolve(&[&[hf_home], more].concat()).unwrap().token;
        assert_eq!(token(&[]).as_deref(), Some("hf_stored"));
        assert_eq!(token(&[("HF_TOKEN", "hf_given")]).as_deref(), Some("hf_given"));
        assert_eq!(token(&[("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")]), None);
        assert!(matches!(resolve(&[("HF_TOKEN", "hf\u{1b}[31m")]), Err(HubError::Token)));
    }
}
