//! `clscope attention`: the numbers of the explorer's views of attention.

mod arguments;
mod check;
mod choices;
mod compare;
mod cuts;
mod sweep;
mod views;

pub(super) use arguments::AttentionCommand;
use arguments::AttentionView;
pub(super) use choices::from_one;
use choices::{Heads, Layers};

use super::{CliError, args::Global, output, warn_of_truncation};
use crate::{
    analysis::{HeadSet, HeatMeasure, Lens, MeasuredTrace},
    bert::{Bert, Cuts, Input},
    export::table::{Document, Format},
    models::ModelSource,
};

pub(super) fn run(arguments: &AttentionCommand, global: &Global) -> Result<(), CliError> {
    let AttentionCommand { view, format, output, .. } = arguments;
    check::check(arguments)?;
    if *format == Format::Npz {
        output::refuse_terminal(output.as_deref())?;
    }
    let read = Read::new(arguments, global)?;
    warn_of_truncation("the input", read.trace.truncation);
    let Read { bert, source, trace, cuts, .. } = &read;
    let document = Document::new(bert.info(), &source.origin(), trace, cuts).with("view", view.name());
    let mut document = match view {
        AttentionView::Layers => views::Chosen::new(arguments, &read)?.layers(arguments, document)?,
        AttentionView::Heads => views::Chosen::new(arguments, &read)?.statistics(document),
        AttentionView::Matrix => views::Chosen::new(arguments, &read)?.matrices(document),
        AttentionView::Compare => compare::compare(arguments, global, &read, document)?,
        AttentionView::Sweep => sweep::sweep(arguments, &read, document)?,
    };
    document.tables.extend(cuts::table(&read)?);
    let bytes = document.write(*format).map_err(|e| CliError::Failed(e.to_string()))?;
    output::write(&bytes, output.as_deref())
}

/// What was asked about: a model, and what it has read.
struct Read {
    bert: Bert,
    source: ModelSource,
    /// With what is cut.
    trace: MeasuredTrace,
    cuts: Cuts,
    /// The same with everything on; none where nothing is cut.
    uncut: Option<MeasuredTrace>,
}

impl Read {
    fn new(arguments: &AttentionCommand, global: &Global) -> Result<Self, CliError> {
        let (bert, source) = global.open()?;
        let input = Input { text: arguments.text.clone(), pair: arguments.pair.clone() };
        let (trace, cuts) = arguments.cuts.trace(&bert, &input)?;
        let uncut = (cuts != Cuts::default()).then(|| bert.trace(&input)).transpose()?;
        Ok(Self { bert, source, trace: trace.into(), cuts, uncut: uncut.map(MeasuredTrace::from) })
    }

    /// The trace with everything on.
    fn whole(&self) -> &MeasuredTrace {
        self.uncut.as_ref().unwrap_or(&self.trace)
    }
}

/// The heads that mean and max are taken over, all of which a model with `count` has.
fn among(arguments: &AttentionCommand, count: usize) -> Result<HeadSet, CliError> {
    match arguments.among.iter().find(|head| **head >= count.min(HeadSet::MOST)) {
        Some(&head) if head < count => Err(CliError::Failed(format!(
            "only the first {} heads of a layer can be singled out; leave head {} out of --among",
            HeadSet::MOST,
            head + 1
        ))),
        Some(&head) => Err(none("head", head.saturating_add(1), count, 1)),
        None => Ok(arguments.among.iter().copied().collect()),
    }
}

/// With how attention was looked at.
fn through(mut document: Document, lens: Lens, heads: usize) -> Document {
    document.about.extend(measure(lens.measure).map(|measure| ("measure", measure.to_string())));
    document.about.extend(lens.subset(heads).map(|some| ("among", some.to_string())));
    document.with("units", lens.grain).with("specials", lens.specials)
}

/// A measure that a document has to name: without a name it is raw attention.
fn measure(measure: HeatMeasure) -> Option<HeatMeasure> {
    (measure != HeatMeasure::default()).then_some(measure)
}

fn none(what: &str, number: usize, count: usize, first: usize) -> CliError {
    let last = count + first - 1;
    CliError::Failed(format!("there is no {what} {number}; this input and model have {first} to {last}"))
}
