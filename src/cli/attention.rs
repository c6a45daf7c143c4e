//! `clscope attention`: the numbers of the explorer's views of attention.

mod arguments;
mod check;
mod compare;
mod effects;
mod options;
mod output;
mod page;
mod sweep;
mod token_choice;
mod traced_input;
mod views;

use self::{arguments::AttentionView, traced_input::TracedInput};
use super::{
    error::CliError,
    finite::warn_of_not_finite_in,
    global::GlobalArguments,
    input::{LongText, warn_of_length},
    output::{Destination, diagnostic},
    unknown::warn_of_unknown_in,
};
use crate::{
    export::{Document, Format, Holds},
    messages::message,
};

pub(super) use arguments::AttentionCommand;

pub(super) fn run(arguments: &AttentionCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let AttentionCommand { view, tables, .. } = arguments;
    check::check(arguments)?;
    let destination = match view {
        AttentionView::All => Destination::new(tables.format, tables.output.as_deref(), Holds::Page, Format::Html)?,
        _ => Destination::of_tables(tables, global)?,
    };
    let input = TracedInput::new(arguments, global)?;
    let TracedInput { bert, source, read } = &input;
    warn_of_length(bert, LongText::Input, &read.trace.input, read.trace.truncation)?;
    warn_of_unknown_in(bert, &read.trace.input)?;
    warn_of_not_finite_in(bert, &read.trace);
    remark(arguments);
    let effects = match view {
        AttentionView::All => None,
        _ => effects::table(bert, read, arguments)?,
    };
    let document = Document::new(bert.info(), &source.origin(), &read.trace, &read.ablations).with("view", view.name());
    let mut document = match view {
        AttentionView::Layers => views::Selection::new(arguments, &read.trace)?.layers(arguments, document)?,
        AttentionView::Heads => views::Selection::new(arguments, &read.trace)?.statistics(arguments, document)?,
        AttentionView::Matrix => views::Selection::new(arguments, &read.trace)?.matrices(document),
        AttentionView::Compare => compare::compare(arguments, global, &input, document)?,
        AttentionView::Sweep => sweep::sweep(arguments, &input, document)?,
        AttentionView::Output => output::output(arguments, input, document)?,
        AttentionView::All => return destination.write(&page::page(arguments, global, &input)?),
    };
    document.tables.extend(effects);
    destination.write(&document)
}

/// What to know of a measure before its numbers are read.
fn remark(arguments: &AttentionCommand) {
    let AttentionCommand { measure, head, .. } = arguments;
    if head.is_some() && !measure.has_heads() {
        diagnostic(&message!("cli-measure-no-heads", measure = measure.id()));
    }
    if measure.id() == "rollout" {
        diagnostic(&message!("cli-measure-rollout"));
    }
}
