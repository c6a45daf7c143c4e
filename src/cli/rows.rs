//! `--rows` and `--shard`: a record for each row of a file, in the place of what all rows say together.

use clap::Args;

use super::{
    error::CliError,
    format::TableArguments,
    output::{Destination, write_failed},
};
use crate::{
    dataset::Shard,
    export::{Format, Holds, PlainRecord, RecordColumn, RecordValue},
    messages::message,
};

/// Whether rows are written, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub(super) struct RowArguments {
    /// Instead of what all rows say together, write a record with the numbers of each row, as it comes: jsonl [default], csv,
    /// tsv, json, parquet or table
    #[arg(long, conflicts_with_all = ["table", "figure_width", "font_size"])]
    rows: bool,
    /// With --rows, write only every N-th row, from the I-th on: for N machines that share a file, or N jobs
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
}

impl RowArguments {
    /// Where rows are written; none where none are asked for.
    ///
    /// # Errors
    /// When rows are asked for in part only, and as for [`Destination::new`].
    pub(super) fn destination<'d>(&self, tables: &'d TableArguments) -> Result<Option<Destination<'d>>, CliError> {
        let TableArguments { format, output, .. } = tables;
        if self.rows {
            return Destination::new(*format, output.as_deref(), Holds::Records, Format::Jsonl).map(Some);
        }
        if self.shard.is_some() {
            return Err(CliError::Usage(message!("cli-rows-shard")));
        }
        let named = format.or_else(|| Format::of_path(output.as_deref()?));
        let is_for_rows = |format: &Format| {
            format.writes(Holds::Records) && !format.writes(Holds::Tables) && !format.writes(Holds::Figure)
        };
        match named.filter(is_for_rows) {
            Some(format) => Err(CliError::Usage(message!("cli-rows-format", format = format.id()))),
            None => Ok(None),
        }
    }

    /// Whether any of the two is there.
    pub(super) fn are_given(&self) -> bool {
        *self != Self::default()
    }

    /// The rows that are written; none for all.
    pub(super) fn shard(&self) -> Option<Shard> {
        self.shard
    }
}

/// Takes a record for each column, and writes it.
pub(super) type WriteRow<'w> = dyn FnMut(Vec<RecordValue>) -> Result<(), CliError> + 'w;

/// Writes the rows that `make` hands over, as they come.
///
/// # Errors
/// Those of `make`, and when they cannot be written.
pub(super) fn write_rows(
    destination: &Destination,
    columns: &[RecordColumn],
    make: impl FnOnce(&mut WriteRow) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let mut sink = destination.open()?;
    let attempt = sink.attempt();
    let failed = |error| write_failed(&attempt, error);
    let mut written = destination.format().open_records(columns.to_vec(), sink.output()).map_err(failed)?;
    make(&mut |values| written.append(&[&PlainRecord { columns, values }]).map_err(failed))?;
    written.finish().map_err(failed)?;
    sink.finish()
}
