use std::io::Write;

/// Where a document is written, a part at a time.
pub type Output<'o> = &'o mut (dyn Write + Send);
