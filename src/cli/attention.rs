//! `clscope attention`: the numbers of the explorer's views of attention.

mod ablations;
mod arguments;
mod asked;
mod check;
mod compare;
mod sweep;
mod views;

use self::{arguments::AttentionView, asked::Asked};
use super::{
    error::CliError,
    global::Global,
    input::{LongText, warn_of_truncation},
    output::Destination,
};
use crate::export::Document;

pub(super) use arguments::AttentionCommand;

pub(super) fn run(arguments: &AttentionCommand, global: &Global) -> Result<(), CliError> {
    let AttentionCommand { view, format, output, .. } = arguments;
    check::check(arguments)?;
    let destination = Destination::new(*format, output.as_deref())?;
    let asked = Asked::new(arguments, global)?;
    let Asked { bert, source, read } = &asked;
    warn_of_truncation(LongText::Input, read.trace.truncation);
    let document = Document::new(bert.info(), &source.origin(), &read.trace, &read.cuts).with("view", view.name());
    let mut document = match view {
        AttentionView::Layers => views::Chosen::new(arguments, &read.trace)?.layers(arguments, document)?,
        AttentionView::Heads => views::Chosen::new(arguments, &read.trace)?.statistics(document),
        AttentionView::Matrix => views::Chosen::new(arguments, &read.trace)?.matrices(document),
        AttentionView::Compare => compare::compare(arguments, global, &asked, document)?,
        AttentionView::Sweep => sweep::sweep(arguments, &asked, document)?,
    };
    document.tables.extend(ablations::table(bert, read)?);
    destination.write(&document)
}
