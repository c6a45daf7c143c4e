//! Hubs behind https and proxies: authorities of one's own, certificates that are not trusted, proxies that fail.

use std::{
    fs,
    io::{Read, Write, copy},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivateKeyDer};
use tempfile::TempDir;

use super::{
    bench::{Bench, ID, NOBODY, TINY},
    commands::VARIABLES,
    program::{self, Ended},
};

/// A certificate authority, whose certificate is in a file.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        fs::write(folder.path().join("ca.pem"), &pem).unwrap();
        // As c_rehash names it.
        fs::create_dir(folder.path().join("certs")).unwrap();
        fs::write(folder.path().join("certs/5ed36f99.0"), &pem).unwrap();
        Self { issuer: Issuer::new(params, key), folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server's certificate and key for a host, valid until a year.
    fn server(&self, host: &str, until: i32) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let chain = vec![params.signed_by(&key, &self.issuer).unwrap().der().clone()];
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        Arc::new(config.with_single_cert(chain, PrivateKeyDer::try_from(key.serialize_der()).unwrap()).unwrap())
    }
}

/// Reads as far as a request's head goes.
fn head(stream: &mut impl Read) -> Option<Vec<u8>> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(head)
}

/// Serves each connection in a thread of its own, as long as the tests run; returns the port.
fn serve(each: impl Fn(TcpStream) -> Option<()> + Clone + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (each, stream) = (each.clone(), stream.unwrap());
            thread::spawn(move || each(stream));
        }
    });
    port
}

/// The bench's hub behind https; returns its address.
fn secured(bench: &Bench, config: &Arc<ServerConfig>) -> String {
    let (plain, config) = (bench.server.endpoint().replace("http://", ""), Arc::clone(config));
    let port = serve(move |stream| {
        let mut outside = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
        let request = head(&mut outside)?;
        let mut inside = TcpStream::connect(&plain).ok()?;
        inside.write_all(&request).ok()?;
        let mut answer = Vec::new();
        inside.read_to_end(&mut answer).ok()?;
        outside.write_all(&answer).ok()?;
        outside.conn.send_close_notify();
        outside.flush().ok()
    });
    format!("https://localhost:{port}")
}

/// A proxy that answers so, and tunnels if that is 200; with what it was asked.
fn proxy(status: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let port = serve(move |mut outside| {
        let request = String::from_utf8(head(&mut outside)?).unwrap();
        let line = request.lines().next()?.to_owned();
        log.lock().unwrap().push(line.clone());
        outside.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).ok()?;
        if !status.starts_with("200") {
            return None;
        }
        let mut inside = TcpStream::connect(line.split(' ').nth(1)?).ok()?;
        let (mut from, mut to) = (outside.try_clone().ok()?, inside.try_clone().ok()?);
        thread::spawn(move || copy(&mut from, &mut to));
        copy(&mut inside, &mut outside).ok()?;
        outside.shutdown(std::net::Shutdown::Both).ok()
    });
    (port, asked)
}

/// `clscope models fetch` with these variables.
fn fetch(bench: &Bench, endpoint: &str, variables: &[(&str, &str)]) -> Ended {
    let mut command = program::clscope(&["models", "fetch", ID]);
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.env("HF_HOME", bench.hf_home()).env("HF_ENDPOINT", endpoint).envs(variables.iter().copied());
    command.env("HOME", bench.room()).env("XDG_STATE_HOME", bench.hf_home());
    program::run(&mut command)
}

#[track_caller]
fn fetched(bench: &Bench, endpoint: &str, variables: &[(&str, &str)]) {
    let ended = fetch(bench, endpoint, variables);
    assert_eq!(ended.status, Some(0), "{variables:?}: {}", ended.stderr);
    fs::remove_dir_all(bench.folder()).unwrap();
}

/// It fails with one line that names all of these.
#[track_caller]
fn refused(bench: &Bench, endpoint: &str, variables: &[(&str, &str)], says: &[&str]) -> String {
    let ended = fetch(bench, endpoint, variables);
    assert_eq!(ended.status, Some(1), "{variables:?}");
    let line = ended.stderr.lines().last().unwrap_or_default().to_owned();
    says.iter().for_each(|part| assert!(line.contains(part), "no {part:?} in {line:?}"));
    assert!(!line.contains("check the network"), "{line}");
    line
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_authority_of_ones_own_is_trusted_where_a_variable_names_it() {
    let (bench, authority) = (Bench::new(TINY), Authority::new());
    let endpoint = secured(&bench, &authority.server("localhost", 2100));
    let (file, directory) = (authority.file(), authority.folder.path().join("certs"));
    for variable in ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] {
        fetched(&bench, &endpoint, &[(variable, text(&file))]);
    }
    fetched(&bench, &endpoint, &[("SSL_CERT_DIR", text(&directory))]);
    fetched(&bench, &endpoint, &[("REQUESTS_CA_BUNDLE", text(&directory))]);
    // All that are named count.
    let other = Authority::new();
    fetched(&bench, &endpoint, &[("SSL_CERT_FILE", text(&other.file())), ("CURL_CA_BUNDLE", text(&file))]);
}

#[test]
fn a_certificate_that_is_not_trusted_is_named_as_that() {
    let (bench, authority) = (Bench::new(TINY), Authority::new());
    let endpoint = secured(&bench, &authority.server("localhost", 2100));
    refused(&bench, &endpoint, &[], &["signed the certificate of localhost", "this system trusts", "SSL_CERT_FILE"]);
    let other = Authority::new();
    let named = [("REQUESTS_CA_BUNDLE", text(&other.file()).to_owned())];
    let named = named.each_ref().map(|(variable, path)| (*variable, path.as_str()));
    refused(&bench, &endpoint, &named, &["signed the certificate of localhost", "REQUESTS_CA_BUNDLE names"]);

    let file = authority.file();
    let trusted = [("SSL_CERT_FILE", text(&file))];
    let expired = secured(&bench, &authority.server("localhost", 2001));
    refused(&bench, &expired, &trusted, &["certificate of localhost is wrong", "clock"]);
    let elsewhere = secured(&bench, &authority.server("elsewhere.example", 2100));
    refused(&bench, &elsewhere, &trusted, &["certificate of localhost is wrong", "address"]);
    assert_eq!(bench.main(), None);
}

#[test]
fn a_variable_that_names_no_certificates_is_named() {
    let bench = Bench::new(TINY);
    let empty = bench.room().join("empty.pem");
    fs::write(&empty, "no certificate\n").unwrap();
    refused(&bench, "https://localhost:1", &[("CURL_CA_BUNDLE", text(&empty))], &["CURL_CA_BUNDLE", "empty.pem"]);
    refused(&bench, "https://localhost:1", &[("SSL_CERT_FILE", "/nowhere.pem")], &["SSL_CERT_FILE", "/nowhere.pem"]);
    // What is in the cache opens all the same.
    fs::remove_file(empty).unwrap();
    bench.fetch().unwrap();
    let mut command = program::clscope(&["trace", "hi", "--model", ID]);
    command.env("HF_HOME", bench.hf_home()).env("SSL_CERT_FILE", "/nowhere.pem").env("HTTPS_PROXY", "::");
    assert_eq!(program::run(&mut command).status, Some(0));
}

#[test]
fn a_proxy_is_for_the_scheme_of_its_variable() {
    let (bench, authority) = (Bench::new(TINY), Authority::new());
    let endpoint = secured(&bench, &authority.server("localhost", 2100));
    let file = authority.file();
    let trusted = ("SSL_CERT_FILE", text(&file));
    let (port, asked) = proxy("200 OK");
    let address = format!("http://ada:secret@127.0.0.1:{port}");
    let count = || std::mem::take(&mut *asked.lock().unwrap()).len();
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        // The hub sends on to http://, which is HTTPS_PROXY's no more.
        fetched(&bench, &endpoint, &[trusted, (variable, &address)]);
        assert!(count() > 0, "{variable} is not used");
        fetched(&bench, &endpoint, &[trusted, (variable, &address), ("NO_PROXY", "other, localhost, 127.0.0.1")]);
        assert_eq!(count(), 0, "{variable}: NO_PROXY is not minded");
    }
    fetched(&bench, &bench.server.endpoint(), &[("HTTPS_PROXY", &address)]);
    assert_eq!(count(), 0, "HTTPS_PROXY is for https only");
    fetched(&bench, &endpoint, &[trusted, ("HTTP_PROXY", NOBODY), ("NO_PROXY", "127.0.0.1")]);
    fetched(&bench, &bench.server.endpoint(), &[("HTTP_PROXY", &address)]);
    assert!(count() > 0, "HTTP_PROXY is not used");
}

#[test]
fn a_proxy_that_fails_is_named_as_the_proxy() {
    let bench = Bench::new(TINY);
    let (port, _) = proxy("407 Proxy Authentication Required");
    let address = format!("http://ada:secret@127.0.0.1:{port}");
    let shown = format!("the proxy http://127.0.0.1:{port}");
    let hub = "https://hub.example";
    for (variable, value, says) in [
        ("HTTPS_PROXY", address.as_str(), [shown.as_str(), "407", "hub.example"]),
        ("https_proxy", "http://ada:secret@127.0.0.1:1", ["the proxy http://127.0.0.1:1", "https_proxy", "NO_PROXY"]),
        ("ALL_PROXY", "http://proxy.invalid:3128", ["the proxy http://proxy.invalid:3128", "ALL_PROXY", "NO_PROXY"]),
        ("HTTPS_PROXY", "::", ["HTTPS_PROXY is no address", "http://proxy.example:8080", "unset"]),
    ] {
        let line = refused(&bench, hub, &[(variable, value)], &says);
        assert!(line.contains(variable) && !line.contains("secret"), "{line}");
    }
}
