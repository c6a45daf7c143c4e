//! The checksum of a file as it comes.

use std::{
    fmt::Write,
    fs::File,
    io::{self, Read},
    path::Path,
};

use ring::digest::{Context, SHA256};

/// Of a large file the Hub's etag is the SHA-256 of its bytes, 64 hex digits; of others it is nothing that could be counted
/// up on the way, and any bytes fit.
pub(super) struct Checksum {
    wanted: Option<String>,
    context: Context,
    bytes: u64,
}

impl Checksum {
    /// The one that an etag names.
    pub(super) fn of(etag: &str) -> Self {
        let is_one = etag.len() == 64 && etag.bytes().all(|byte| byte.is_ascii_hexdigit());
        Self { wanted: is_one.then(|| etag.to_ascii_lowercase()), context: Context::new(&SHA256), bytes: 0 }
    }

    /// So many bytes are in the file now, those that an earlier run left among them.
    pub(super) fn catch_up(&mut self, part: &Path, bytes: u64) -> io::Result<()> {
        if self.wanted.is_none() || self.bytes == bytes {
            return Ok(());
        }
        (self.context, self.bytes) = (Context::new(&SHA256), 0);
        let mut here = File::open(part)?.take(bytes);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match here.read(&mut buffer)? {
                0 => return Ok(()),
                count => self.update(&buffer[..count]),
            }
        }
    }

    /// Some more have come.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        if self.wanted.is_some() {
            self.context.update(bytes);
            self.bytes += bytes.len() as u64;
        }
    }

    /// Whether the file is the one that the Hub has.
    pub(super) fn fits(self) -> bool {
        let Some(wanted) = self.wanted else { return true };
        let found = self.context.finish().as_ref().iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        found == wanted
    }
}
