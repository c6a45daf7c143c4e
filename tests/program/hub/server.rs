//! A stand-in for the Hugging Face Hub on loopback: it answers what hf-hub and Python's huggingface_hub ask from
//! memory, and does wrong what a test tells it to.
#![allow(dead_code)] // each test uses its part

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Result as Io},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

mod answer;

use answer::{Answer, content, digest, json, missing, quoted, refusal, unescaped};

/// Weights from this size on are served by a redirect to the storage ("cdn"), as on the real Hub.
const LARGE: usize = 10_000;

/// One hub on its own port, until it is dropped.
pub struct Hub {
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// Still escaped, without the query.
    pub path: String,
    pub range: Option<String>,
    pub authorization: Option<String>,
}

/// What goes wrong, at which request. Of the faults in the queue the first that fits a request is its fault; a fault
/// is gone after `times` requests. A large file is two paths: `.../resolve/main/x` redirects to `/cdn/SHA/x`.
#[derive(Debug, Clone)]
pub struct Fault {
    pub path_ends_with: String,
    pub kind: Kind,
    pub times: usize,
}

/// How it goes wrong. A probe is a HEAD or a GET of `bytes=0-0`, by which clients learn etag and size.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Any request: this status (429 with Retry-After: 1).
    Status(u16),
    /// All but probes: this status, so that a file is first announced and then refused.
    Refuse(u16),
    /// Bodies: right headers, but the connection ends after that many bytes.
    CutAfter(usize),
    /// Bodies: another bit in the byte at this place of what is sent.
    Flip(usize),
    /// Bodies: no Content-Length, and a clean end after that many bytes.
    CutSilently(usize),
    /// Any answer to a range: Content-Range claims that the file has this size.
    WrongRange(u64),
    /// Bodies: no Content-Length, and that many bytes more than there are.
    Longer(usize),
    /// Bodies: 200 and the file from its start, whatever Range says.
    IgnoreRange,
    /// Bodies: so many bytes, a pause, so many bytes, a pause.
    Slow { bytes: usize, every: Duration },
    /// Bodies: that many bytes, then nothing until the client goes or the hub is dropped.
    Stall(usize),
    /// Any request: this header with this value, in place of the right one.
    Header(&'static str, String),
    /// Any request: an answer without this header.
    NoHeader(&'static str),
    /// Any request: bytes that are no HTTP.
    Garbage,
    /// All but probes: 200 with this body.
    Body(Vec<u8>),
}

impl Hub {
    /// Starts an empty hub on a port of the system's choice.
    pub fn start() -> Hub {
        Hub::start_on(0)
    }

    /// Starts an empty hub on this port, for a hub that comes back after it was gone.
    pub fn start_on(port: u16) -> Hub {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared { address, stopped: AtomicBool::new(false), state: Mutex::default() });
        let accepting = Some(thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        }));
        Hub { shared, accepting }
    }

    /// What HF_ENDPOINT is to say.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// Publishes a commit of exactly these files as the tip of a branch and returns its sha, which the id and the
    /// files determine. Earlier commits stay reachable by theirs.
    pub fn add(&self, id: &str, revision: &str, files: &[(&str, Vec<u8>)]) -> String {
        let files: Files = files.iter().map(|(name, bytes)| (name.to_string(), Arc::new(File::new(bytes)))).collect();
        let listing: String = files.iter().map(|(name, file)| format!("{name} {}\n", file.etag)).collect();
        let sha = digest(format!("{id}\n{listing}").as_bytes())[..40].to_owned();
        let mut state = self.shared.state();
        let repository = state.repositories.entry(id.to_owned()).or_default();
        repository.branches.insert(revision.to_owned(), sha.clone());
        repository.commits.insert(sha.clone(), files);
        sha
    }

    /// Answers requests about `old` with a relative redirect to the same about `new`.
    pub fn alias(&self, old: &str, new: &str) {
        self.shared.state().aliases.insert(old.to_owned(), new.to_owned());
    }

    /// From now on the listing and the files take this token: 401 without one, 403 with another.
    pub fn gate(&self, id: &str, token: &str) {
        self.shared.state().repositories.entry(id.to_owned()).or_default().token = Some(token.to_owned());
    }

    /// Appends a fault to the queue.
    pub fn fail(&self, fault: Fault) {
        self.shared.state().faults.push(fault);
    }

    /// Every request since the start or since they were forgotten, faulty or not.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.state().requests.clone()
    }

    pub fn forget_requests(&self) {
        self.shared.state().requests.clear();
    }
}

impl Drop for Hub {
    /// After this the port refuses connections.
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.shared.address)); // wakes the accepting thread
        drop(self.accepting.take().map(JoinHandle::join));
    }
}

impl Fault {
    /// A fault of one request.
    pub fn once(path_ends_with: &str, kind: Kind) -> Fault {
        Fault { path_ends_with: path_ends_with.to_owned(), kind, times: 1 }
    }
}

impl Request {
    fn is_probe(&self) -> bool {
        self.method == "HEAD" || self.range.as_deref() == Some("bytes=0-0")
    }
}

impl Kind {
    fn applies(&self, request: &Request, answer: &Answer) -> bool {
        match self {
            Kind::Status(_) | Kind::Header(..) | Kind::NoHeader(_) | Kind::Garbage => true,
            Kind::WrongRange(_) => answer.header("content-range").is_some(),
            Kind::Refuse(_) | Kind::Body(_) => !request.is_probe(),
            Kind::IgnoreRange => !request.is_probe() && matches!(answer.status, 200 | 206 | 416),
            _ => !request.is_probe() && matches!(answer.status, 200 | 206),
        }
    }
}

struct Shared {
    address: SocketAddr,
    stopped: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    repositories: BTreeMap<String, Repository>,
    aliases: BTreeMap<String, String>,
    faults: Vec<Fault>,
    requests: Vec<Request>,
}

#[derive(Default)]
struct Repository {
    branches: BTreeMap<String, String>,
    commits: BTreeMap<String, Files>,
    token: Option<String>,
}

type Files = BTreeMap<String, Arc<File>>;

struct File {
    bytes: Vec<u8>,
    etag: String,
}

impl File {
    fn new(bytes: &[u8]) -> File {
        File { etag: digest(bytes), bytes: bytes.to_vec() }
    }
}

fn is_large(name: &str, file: &File) -> bool {
    (name.ends_with(".safetensors") || name.ends_with(".bin")) && file.bytes.len() >= LARGE
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

impl State {
    /// Notes a request and decides on its answer, fault included.
    fn handle(&mut self, request: &Request, query: &str, host: SocketAddr) -> Answer {
        self.requests.push(request.clone());
        let answer = self.answer(request, query, host).unwrap_or_else(|refusal| refusal);
        let fits = |fault: &Fault| {
            fault.times > 0 && request.path.ends_with(&fault.path_ends_with) && fault.kind.applies(request, &answer)
        };
        let Some(at) = self.faults.iter().position(fits) else { return answer };
        self.faults[at].times -= 1;
        match self.faults[at].kind.clone() {
            Kind::IgnoreRange => {
                let whole = Request { range: None, ..request.clone() };
                self.answer(&whole, query, host).unwrap_or_else(|refusal| refusal)
            }
            kind => answer.spoilt(kind),
        }
    }

    fn answer(&self, request: &Request, query: &str, host: SocketAddr) -> Result<Answer, Answer> {
        let segments: Vec<String> = request.path.split('/').skip(1).map(unescaped).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (prefix, segments) = match segments.as_slice() {
            ["cdn", sha, name @ ..] => {
                let files = self.repositories.values().find_map(|repository| repository.commits.get(*sha));
                let file = files.and_then(|files| files.get(&name.join("/"))).ok_or(missing("EntryNotFound"))?;
                // The real storage knows no commit; Python follows a redirect to the same host and looks for it there.
                return Ok(content(file, request).with("X-Repo-Commit", sha));
            }
            ["api", "models", rest @ ..] => ("/api/models/", rest),
            all => ("/", all),
        };
        let is_short = matches!(segments, [_] | [_, "resolve" | "revision" | "tree", ..]);
        let (id, rest) = segments.split_at(if is_short { 1 } else { segments.len().min(2) });
        let id = id.join("/");
        if let Some(new) = self.aliases.get(&id) {
            let tail = &request.path[prefix.len() + id.len()..];
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            return Ok(Answer::new(307, Vec::new()).with("Location", format!("{prefix}{new}{tail}{query}")));
        }
        let repository = self.repositories.get(&id).ok_or(missing("RepoNotFound"))?;
        repository.admit(request)?;
        match (prefix, rest) {
            ("/", ["resolve", revision, name @ ..]) => {
                let (sha, files) = repository.commit(revision)?;
                let name = name.join("/");
                let file = files.get(&name).ok_or(missing("EntryNotFound").with("X-Repo-Commit", sha))?;
                if !is_large(&name, file) {
                    return Ok(content(file, request).with("X-Repo-Commit", sha));
                }
                let name: Vec<&str> = request.path.split('/').skip(segments.len() - rest.len() + 3).collect();
                Ok(Answer::new(302, b"Found.".to_vec())
                    .with("Location", format!("http://{host}/cdn/{sha}/{}?sig=x", name.join("/")))
                    .with("X-Repo-Commit", sha)
                    .with("X-Linked-Etag", format!("\"{}\"", file.etag))
                    .with("X-Linked-Size", file.bytes.len()))
            }
            ("/api/models/", []) => repository.info(&id, "main"),
            ("/api/models/", ["revision", revision]) => repository.info(&id, revision),
            ("/api/models/", ["tree", revision, folder @ ..]) => repository.tree(revision, &folder.join("/")),
            _ => Err(missing("EntryNotFound")),
        }
    }
}

impl Repository {
    fn admit(&self, request: &Request) -> Result<(), Answer> {
        let Some(token) = &self.token else { return Ok(()) };
        match &request.authorization {
            None => Err(refusal(401).with("X-Error-Code", "GatedRepo")),
            Some(given) if *given != format!("Bearer {token}") => Err(refusal(403).with("X-Error-Code", "GatedRepo")),
            Some(_) => Ok(()),
        }
    }

    /// The commit that a branch name or a sha means.
    fn commit(&self, revision: &str) -> Result<(&str, &Files), Answer> {
        let sha = self.branches.get(revision).map_or(revision, String::as_str);
        let (sha, files) = self.commits.get_key_value(sha).ok_or(missing("RevisionNotFound"))?;
        Ok((sha, files))
    }

    fn info(&self, id: &str, revision: &str) -> Result<Answer, Answer> {
        let (sha, files) = self.commit(revision)?;
        let sibling = |(name, file): (&String, &Arc<File>)| {
            format!(r#"{{"rfilename":{},"size":{}}}"#, quoted(name), file.bytes.len())
        };
        let siblings: Vec<String> = files.iter().map(sibling).collect();
        let (id, siblings) = (quoted(id), siblings.join(","));
        Ok(json(format!(r#"{{"id":{id},"modelId":{id},"sha":"{sha}","private":false,"siblings":[{siblings}]}}"#)))
    }

    /// All files below a folder, whether asked recursively or not.
    fn tree(&self, revision: &str, folder: &str) -> Result<Answer, Answer> {
        let (sha, files) = self.commit(revision)?;
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let entry = |(name, file): (&String, &Arc<File>)| {
            let (size, etag) = (file.bytes.len(), &file.etag);
            let lfs = format!(r#","lfs":{{"oid":"{etag}","size":{size},"pointerSize":134}}"#);
            let lfs = if is_large(name, file) { lfs } else { String::new() };
            format!(r#"{{"type":"file","path":{},"size":{size},"oid":"{}"{lfs}}}"#, quoted(name), &etag[..40])
        };
        let entries: Vec<String> = files.iter().filter(|(name, _)| name.starts_with(&folder)).map(entry).collect();
        if entries.is_empty() && !folder.is_empty() {
            return Err(missing("EntryNotFound").with("X-Repo-Commit", sha));
        }
        Ok(json(format!("[{}]", entries.join(","))))
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopped() {
            return;
        }
        let (stream, shared) = (stream.unwrap(), Arc::clone(shared));
        // A client that goes away is no matter of ours.
        thread::spawn(move || drop(serve(&stream, &shared)));
    }
}

/// One request, one answer; the connection ends with it.
fn serve(stream: &TcpStream, shared: &Shared) -> Io<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let [method, target, _] = first.split(' ').collect::<Vec<_>>()[..] else { return Ok(()) };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request { method: method.into(), path: path.into(), range: None, authorization: None };
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "range" => request.range = Some(value.trim().into()),
            "authorization" => request.authorization = Some(value.trim().into()),
            _ => {}
        }
    }
    let answer = shared.state().handle(&request, query, shared.address);
    answer.send(stream, method != "HEAD", shared)
}
