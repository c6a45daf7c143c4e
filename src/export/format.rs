//! Every format a document can have: one list, which serves the command line, the explorer's keys and the names of files.

mod figure;
mod heat;
mod html;
mod json;
mod jsonl;
mod npz;
mod palette;
mod parquet;
mod readable;
mod records;
mod separated;
mod text;

use std::{fmt, path::Path, str::FromStr};

use Writer::{Figure, Page, Picture, Records, Tables, Trace, Vectors};

use super::{
    contents::{ExportContents, FigureOf, Holds},
    document,
    error::WriteError,
    output::Output,
    page::AttentionPage,
    records::{RecordColumn, RecordRows},
    trace::TraceDocument,
    vectors::{VectorColumns, VectorRows},
};
use crate::messages::{Label, find_named, label};

/// What a format is called, and what it can write.
struct FormatRow {
    id: &'static str,
    extension: &'static str,
    keys: &'static [&'static str],
    command: &'static str,
    label: Label,
    description: Label,
    is_binary: bool,
    writers: &'static [Writer],
}

type Written = Result<(), WriteError>;
/// A file that takes rows as they come.
type Begun<Rows> = Result<Box<Rows>, WriteError>;

/// Makes the contents of a file from one kind of document.
enum Writer {
    Tables(fn(&dyn document::Tables, Output) -> Written),
    Picture(fn(&str, Output) -> Written),
    Trace(fn(&TraceDocument, Output) -> Written),
    Page(fn(&AttentionPage, Output) -> Written),
    Figure(fn(&FigureOf, Output) -> Written),
    Records(for<'o> fn(Vec<RecordColumn>, Output<'o>) -> Begun<dyn RecordRows + 'o>),
    Vectors(for<'o> fn(VectorColumns, Output<'o>) -> Begun<dyn VectorRows + 'o>),
}

const TEXT: bool = false;
const BINARY: bool = true;

macro_rules! formats {
    ($($variant:ident $id:literal $extension:literal $keys:tt $label:expr, $description:expr, $binary:ident $writers:tt;)*) => {
        /// The form of a file, in the order in which they are offered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $(#[doc = concat!("`", $id, "`.")] $variant,)*
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Format] = &[$(Format::$variant,)*];

            fn row(self) -> &'static FormatRow {
                const ROWS: &[FormatRow] = &[$(FormatRow {
                    id: $id,
                    extension: $extension,
                    keys: &$keys,
                    command: concat!("export-", $id),
                    label: $label,
                    description: $description,
                    is_binary: $binary,
                    writers: &$writers,
                },)*];
                &ROWS[self as usize]
            }
        }
    };
}

// The name in code, the id, the ending of a file, the explorer's keys (none: not offered there), a word and a line for
// people, whether it is text, and what writes each kind of document.
formats! {
    Table "table" "txt" [] label!("export-table"), label!("export-table-about"), TEXT [Tables(text::write), Records(records::open_text)];
    Html "html" "html" ["h", "enter"] label!("export-html"), label!("export-html-about"), TEXT [Tables(html::write), Page(html::write_page)];
    Svg "svg" "svg" ["f"] label!("export-svg"), label!("export-svg-about"), TEXT [Figure(figure::write_svg)];
    Pdf "pdf" "pdf" ["p"] label!("export-pdf"), label!("export-pdf-about"), BINARY [Figure(figure::write_pdf)];
    Picture "picture" "svg" ["s"] label!("export-picture"), label!("export-picture-about"), TEXT [Picture(|svg, out| Ok(out.write_all(svg.as_bytes())?))];
    Csv "csv" "csv" ["c"] label!("export-csv"), label!("export-csv-about"), TEXT [Tables(separated::write_csv), Records(records::open_csv)];
    Tsv "tsv" "tsv" ["t"] label!("export-tsv"), label!("export-tsv-about"), TEXT [Tables(separated::write_tsv), Records(records::open_tsv)];
    Json "json" "json" ["j"] label!("export-json"), label!("export-json-about"), TEXT [Tables(json::write), Trace(json::write_trace), Records(records::open_json)];
    Jsonl "jsonl" "jsonl" [] label!("export-jsonl"), label!("export-jsonl-about"), TEXT [Vectors(jsonl::open), Records(records::open_jsonl)];
    Npz "npz" "npz" ["n"] label!("export-npz"), label!("export-npz-about"), BINARY [Tables(npz::write), Trace(npz::write_trace), Vectors(npz::open_vectors)];
    Parquet "parquet" "parquet" [] label!("export-parquet"), label!("export-parquet-about"), BINARY [Vectors(parquet::open), Records(parquet::open_records)];
}

impl Writer {
    fn takes(&self, holds: Holds) -> bool {
        let own = match self {
            Tables(_) => Holds::Tables,
            Picture(_) => Holds::Picture,
            Trace(_) => Holds::Trace,
            Page(_) => Holds::Page,
            Figure(_) => Holds::Figure,
            Vectors(_) => Holds::Vectors,
            Records(_) => Holds::Records,
        };
        own == holds
    }

    /// None where it writes another kind of document.
    fn write(&self, contents: ExportContents, out: Output) -> Option<Written> {
        match (self, contents) {
            (Tables(write), ExportContents::Tables(tables)) => Some(write(tables, out)),
            (Picture(write), ExportContents::Picture(picture)) => Some(write(picture, out)),
            (Trace(write), ExportContents::Trace(trace)) => Some(write(trace, out)),
            (Page(write), ExportContents::Page(page)) => Some(write(page, out)),
            (Figure(write), ExportContents::Figure(figure)) => Some(write(&figure, out)),
            _ => None,
        }
    }
}

impl Format {
    /// Those that can write a kind of document.
    pub fn of(holds: Holds) -> impl Iterator<Item = Format> {
        Self::ALL.iter().copied().filter(move |format| format.writes(holds))
    }

    /// Whether it can write a kind of document.
    pub fn writes(self, holds: Holds) -> bool {
        self.row().writers.iter().any(|writer| writer.takes(holds))
    }

    /// Those that the explorer offers for what is on screen.
    pub fn on_screen() -> impl Iterator<Item = Format> {
        Self::ALL.iter().copied().filter(|format| !format.keys().is_empty())
    }

    /// As on the command line.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// Behind the point of a file's name.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// The first of a file's extension; none where it says nothing, as `.txt`, which any text may have.
    pub fn of_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|format| format.extension() == extension && *format != Format::Table)
    }

    /// The extension of a file that is not to be expected of this format: neither its own, nor that of any text. None too where the
    /// file has none, as `/dev/stdout`.
    pub fn foreign_extension(self, path: &Path) -> Option<&str> {
        let extension = path.extension()?.to_str()?;
        let is = |own: &str| extension.eq_ignore_ascii_case(own);
        (!is(self.extension()) && (self.is_binary() || !is(Format::Table.extension()))).then_some(extension)
    }

    /// The explorer's keys for it, as keymap files write them; none where it is not offered there.
    pub fn keys(self) -> &'static [&'static str] {
        self.row().keys
    }

    /// The id of the explorer's command that writes it: `export-html`.
    pub fn command(self) -> &'static str {
        self.row().command
    }

    /// A word for it.
    pub fn label(self) -> Label {
        self.row().label
    }

    /// What it is, in a line.
    pub fn description(self) -> Label {
        self.row().description
    }

    /// Whether it is nothing for a terminal.
    pub fn is_binary(self) -> bool {
        self.row().is_binary
    }

    /// Writes the contents of a file, a part at a time where the format allows it.
    ///
    /// # Errors
    /// When the format has no form for what the document holds, when an archive would be too large for its format, or when
    /// what it is written to fails.
    pub fn write<'c>(self, contents: impl Into<ExportContents<'c>>, out: Output) -> Result<(), WriteError> {
        let contents = contents.into();
        let found = self.row().writers.iter().find_map(|writer| writer.write(contents, &mut *out));
        found.unwrap_or_else(|| Err(self.no_form(contents.holds())))
    }

    /// The contents of a file, whole.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn bytes<'c>(self, contents: impl Into<ExportContents<'c>>) -> Result<Vec<u8>, WriteError> {
        let mut bytes = Vec::new();
        self.write(contents, &mut bytes)?;
        Ok(bytes)
    }

    /// Begins a file of vectors.
    ///
    /// # Errors
    /// When the format has no form for vectors, or when what it is written to fails.
    pub fn open_vectors<'o>(
        self,
        columns: VectorColumns,
        out: Output<'o>,
    ) -> Result<Box<dyn VectorRows + 'o>, WriteError> {
        self.writer(Holds::Vectors, |writer| if let Vectors(open) = writer { Some(open) } else { None })?(columns, out)
    }

    /// Begins a file of records.
    ///
    /// # Errors
    /// When the format has no form for records, or when what it is written to fails.
    pub fn open_records<'o>(
        self,
        columns: Vec<RecordColumn>,
        out: Output<'o>,
    ) -> Result<Box<dyn RecordRows + 'o>, WriteError> {
        let open = self.writer(Holds::Records, |writer| if let Records(open) = writer { Some(open) } else { None });
        open?(columns, out)
    }

    /// The writer that `find` takes, which is the one for what is held.
    fn writer<W>(self, holds: Holds, find: impl Fn(&'static Writer) -> Option<W>) -> Result<W, WriteError> {
        self.row().writers.iter().find_map(find).ok_or_else(|| self.no_form(holds))
    }

    /// That it has no form for a kind of document.
    pub fn no_form(self, holds: Holds) -> WriteError {
        let formats = Self::of(holds).map(Self::id).collect::<Vec<_>>().join(", ");
        WriteError::NoForm { holds, format: self.id(), formats }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied(), |format| format.id())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::Document;

    const KINDS: [Holds; 7] =
        [Holds::Tables, Holds::Picture, Holds::Trace, Holds::Page, Holds::Figure, Holds::Vectors, Holds::Records];

    #[test]
    fn no_two_formats_share_an_id_an_ending_or_a_key() {
        let count = Format::ALL.len();
        for names in [Format::id, |format: Format| format.description().text()] {
            assert_eq!(Format::ALL.iter().map(|&format| names(format)).collect::<BTreeSet<_>>().len(), count);
        }
        for holds in KINDS {
            let endings: Vec<&str> = Format::of(holds).map(Format::extension).collect();
            assert_eq!(endings.iter().collect::<BTreeSet<_>>().len(), endings.len(), "{holds:?}");
        }
        let keys: Vec<&str> = Format::on_screen().flat_map(|format| format.keys()).copied().collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        for &format in Format::ALL {
            assert_eq!(format.id().parse(), Ok(format));
        }
    }

    #[test]
    fn what_a_format_has_no_form_for_is_refused_with_those_that_do() {
        let document = Document::default();
        for &format in Format::ALL {
            match format.bytes(&document) {
                Ok(_) => assert!(format.writes(Holds::Tables)),
                Err(error) => assert_eq!(
                    error.to_string(),
                    format!("tables cannot be written as {format}; use table, html, csv, tsv, json, npz")
                ),
            }
        }
        for holds in KINDS {
            assert!(Format::of(holds).count() > 0, "{holds:?}");
        }
    }
}
