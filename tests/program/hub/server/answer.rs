//! What the stand-in hub sends, and how; the escapes and digests in it.

use std::{
    io::{ErrorKind, Read, Result as Io, Write},
    net::TcpStream,
    ops::Range,
    thread,
    time::Duration,
};

use super::{File, Kind, Request, Shared};

/// What is sent, and how.
pub struct Answer {
    pub status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    sending: Sending,
}

enum Sending {
    Whole,
    Trickle(usize, Duration),
    Cut(usize),
    Stall(usize),
    Garbage,
}

impl Answer {
    pub fn new(status: u16, body: Vec<u8>) -> Answer {
        let headers = vec![("Content-Length", body.len().to_string())];
        Answer { status, headers, body, sending: Sending::Whole }
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> Answer {
        self = self.without(name);
        self.headers.push((name, value.to_string()));
        self
    }

    fn without(mut self, name: &str) -> Answer {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn spoilt(mut self, kind: Kind) -> Answer {
        match kind {
            Kind::Status(status) | Kind::Refuse(status) => return refusal(status),
            Kind::Body(body) => return json(body),
            Kind::Header(name, value) => return self.with(name, value),
            Kind::NoHeader(name) => return self.without(name),
            Kind::WrongRange(size) => {
                let range = self.header("Content-Range").unwrap_or_default();
                let range = format!("{}/{size}", range.split('/').next().unwrap_or_default());
                return self.with("Content-Range", range);
            }
            Kind::CutSilently(bytes) => {
                self.body.truncate(bytes);
                return self.without("Content-Length");
            }
            Kind::Longer(bytes) => {
                self.body.resize(self.body.len() + bytes, b'x');
                return self.without("Content-Length");
            }
            Kind::Flip(at) => self.body.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1),
            Kind::CutAfter(bytes) => self.sending = Sending::Cut(bytes),
            Kind::Slow { bytes, every } => self.sending = Sending::Trickle(bytes.max(1), every),
            Kind::Stall(bytes) => self.sending = Sending::Stall(bytes),
            Kind::Garbage => self.sending = Sending::Garbage,
            Kind::IgnoreRange => {} // another answer altogether
        }
        self
    }

    pub fn send(&self, mut stream: &TcpStream, with_body: bool, shared: &Shared) -> Io<()> {
        if matches!(self.sending, Sending::Garbage) {
            return stream.write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n");
        }
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        write!(stream, "HTTP/1.1 {} -\r\n{headers}Connection: close\r\n\r\n", self.status)?;
        let body = if with_body { self.body.as_slice() } else { &[] };
        match self.sending {
            Sending::Trickle(bytes, every) => {
                for part in body.chunks(bytes).take_while(|_| !shared.stopped()) {
                    stream.write_all(part)?;
                    thread::sleep(every);
                }
                Ok(())
            }
            Sending::Cut(bytes) => stream.write_all(&body[..bytes.min(body.len())]),
            Sending::Stall(bytes) => {
                stream.write_all(&body[..bytes.min(body.len())])?;
                stream.set_read_timeout(Some(Duration::from_millis(20)))?;
                let waits = |error: &ErrorKind| matches!(error, ErrorKind::WouldBlock | ErrorKind::TimedOut);
                while !shared.stopped() && stream.read(&mut [0]).is_err_and(|error| waits(&error.kind())) {}
                Ok(())
            }
            _ => stream.write_all(body),
        }
    }
}

/// The part of a file that is asked for.
pub fn content(file: &File, request: &Request) -> Answer {
    let size = file.bytes.len();
    let answer = match (&request.range, span(request.range.as_deref(), size)) {
        (_, None) => Answer::new(416, Vec::new()).with("Content-Range", format!("bytes */{size}")),
        (None, Some(_)) => Answer::new(200, file.bytes.clone()),
        (Some(_), Some(span)) => {
            let range = format!("bytes {}-{}/{size}", span.start, span.end - 1);
            Answer::new(206, file.bytes[span].to_vec()).with("Content-Range", range)
        }
    };
    answer.with("ETag", format!("\"{}\"", file.etag)).with("Accept-Ranges", "bytes")
}

/// The bytes that a Range header means in a file of this size; none where it starts at the end or beyond.
fn span(range: Option<&str>, size: usize) -> Option<Range<usize>> {
    let Some((from, to)) = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-')) else {
        return Some(0..size);
    };
    let start = if from.is_empty() { size.saturating_sub(to.parse().ok()?) } else { from.parse().ok()? };
    let last = to.parse().ok().filter(|_| !from.is_empty()).unwrap_or(usize::MAX);
    (start < size && start <= last).then(|| start..size.min(last.saturating_add(1)))
}

pub fn json(body: impl Into<Vec<u8>>) -> Answer {
    Answer::new(200, body.into()).with("Content-Type", "application/json")
}

pub fn refusal(status: u16) -> Answer {
    let answer = Answer { status, ..json(format!(r#"{{"error":"The stand-in hub says {status}"}}"#)) };
    if status == 429 { answer.with("Retry-After", 1) } else { answer }
}

pub fn missing(code: &str) -> Answer {
    refusal(404).with("X-Error-Code", code)
}

pub fn unescaped(segment: &str) -> String {
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        bytes.push(u8::from_str_radix(code, 16).unwrap_or(b'?'));
        bytes.extend(rest.bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// As a JSON string.
pub fn quoted(text: &str) -> String {
    let escaped = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        control if control < ' ' => format!("\\u{:04x}", u32::from(control)),
        other => other.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The SHA-256 of some bytes, in hex digits, as the Hub names large files.
pub fn digest(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
