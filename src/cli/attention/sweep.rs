//! What each head, or each word, does to the vectors of the sentence.

use std::{
    cell::RefCell,
    io::{self, IsTerminal},
};

use super::{AttentionCommand, Read};
use crate::{
    analysis::{MEASURED, Part, PartState, Pooling, SweepOrder, Table},
    app::Sweep,
    bert::Cuts,
    cli::{CliError, meter::Meter},
    export::table::Document,
    messages, worker,
};

/// Switches each part off by itself, on top of what is cut.
pub(super) fn sweep(arguments: &AttentionCommand, read: &Read, mut document: Document) -> Result<Document, CliError> {
    let swept = arguments.sweep.swept.unwrap_or_default();
    let order = arguments.sweep.order.unwrap_or_default();
    let has_pooler = read.trace.pooler_output.is_some();
    if order == SweepOrder::Loss(Pooling::Pooled) && !has_pooler {
        return Err(CliError::Failed(
            "this checkpoint has no pooler, so nothing can be ordered by \"pooled\"; take cls, mean or standing"
                .to_owned(),
        ));
    }
    let mut parts = swept.parts(read.whole(), &read.cuts);
    let waiting = parts.iter().filter(|part| part.state == PartState::Waiting);
    let each: Vec<Cuts> = waiting.map(|part| part.cuts(&read.cuts)).collect();
    let task = Sweep { number: 0, input: read.trace.input.clone(), base: read.cuts.clone(), each };
    let (effects, all) = (RefCell::new(Vec::with_capacity(task.each.len())), task.each.len());
    let meter = RefCell::new(io::stderr().is_terminal().then(|| Meter::new("sweep".to_owned())));
    let found = |mut more| {
        effects.borrow_mut().append(&mut more);
        if let Some(meter) = meter.borrow_mut().as_mut() {
            meter.say(format_args!("{} of {all} {swept}", effects.borrow().len()));
        }
    };
    worker::sweep(&read.bert, &task, &|| true, &found)?;
    Part::found(&mut parts, effects.take());

    let poolings: Vec<Pooling> =
        MEASURED.into_iter().filter(|pooling| has_pooler || *pooling != Pooling::Pooled).collect();
    let ranked = order.ranked(&parts);
    let title = messages::analysis::sweep_title(swept);
    document.tables.push(Table::sweep(title, swept, &poolings, ranked.iter().map(|&part| &parts[part])));
    Ok(document.with("sweep", swept).with("order", order))
}
