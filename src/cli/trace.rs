use super::{
    args::{TraceCommand, TraceFormat},
    error::CliError,
    global::Global,
    input::warn_of_truncation,
    output,
};
use crate::{
    bert::{Input, LIKELIEST_WORDS},
    export::{npz::npz, trace_json::trace_json},
};

pub(super) fn run(arguments: &TraceCommand, global: &Global) -> Result<(), CliError> {
    let TraceCommand { text, pair, format, output, cuts } = arguments;
    if matches!(format, TraceFormat::Npz) {
        output::refuse_terminal(output.as_deref())?;
    }
    let (bert, source) = global.open()?;
    let cuts = cuts.cuts(bert.info());
    let trace = bert.trace_cut(&Input { text: text.clone(), pair: pair.clone() }, &cuts)?;
    warn_of_truncation("the input", trace.truncation);
    let bytes = match format {
        TraceFormat::Json => {
            let predictions = bert.predict(&trace, LIKELIEST_WORDS)?;
            trace_json(&trace, bert.info(), &source.origin(), predictions.as_deref(), &cuts)
                .map_err(|e| CliError::Failed(e.to_string()))?
        }
        TraceFormat::Npz => npz(&trace).map_err(|e| CliError::Failed(e.to_string()))?,
    };
    output::write(&bytes, output.as_deref())
}
