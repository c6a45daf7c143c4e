use super::{
    CliError,
    args::{Global, TraceCommand},
    output::Destination,
    warn_of_truncation,
};
use crate::{
    bert::{Input, LIKELIEST_WORDS},
    export::{Format, TraceDocument},
};

pub(super) fn run(arguments: &TraceCommand, global: &Global) -> Result<(), CliError> {
    let TraceCommand { text, pair, format, output, cuts } = arguments;
    let destination = Destination::new(*format, output.as_deref())?;
    let (bert, source) = global.open()?;
    let (trace, cuts) = cuts.trace(&bert, &Input { text: text.clone(), pair: pair.clone() })?;
    warn_of_truncation("the input", trace.truncation);
    // An archive has arrays only.
    let predictions = if *format == Format::Npz { None } else { bert.predict(&trace, LIKELIEST_WORDS)? };
    destination.write(&TraceDocument {
        trace: &trace,
        info: bert.info(),
        origin: &source.origin(),
        predictions: predictions.as_deref(),
        cuts: &cuts,
    })
}
