//! What each head, or each word, does to the vectors of the sentence.

use std::io::{self, IsTerminal};

use super::{arguments::AttentionCommand, traced_input::TracedInput};
use crate::{
    analysis::{EFFECT_POOLINGS, Part, PartState, Pooling, SweepOrder, Swept, Table},
    bert::Ablations,
    cli::{error::CliError, meter::Meter},
    export::Document,
    labels,
    messages::message,
    study::{self, Sweep},
};

/// Switches each part off by itself, on top of the ablations of the command.
pub(super) fn sweep(
    arguments: &AttentionCommand,
    input: &TracedInput,
    mut document: Document,
) -> Result<Document, CliError> {
    let TracedInput { bert, read, .. } = input;
    let swept = arguments.sweep.swept.unwrap_or_default();
    let order = arguments.sweep.order.unwrap_or_default();
    let has_pooler = read.trace.pooler_output.is_some();
    if order == SweepOrder::Loss(Pooling::Pooled) && !has_pooler {
        return Err(CliError::Failed(message!("cli-sweep-no-pooler")));
    }
    let mut parts = swept.parts(read.whole(), &read.ablations);
    let waiting = parts.iter().filter(|part| part.state == PartState::Waiting);
    let each: Vec<Ablations> = waiting.map(|part| part.ablations(&read.ablations)).collect();
    let task = Sweep { input: read.trace.input.clone(), base: read.ablations.clone(), each };
    let (mut effects, all) = (Vec::with_capacity(task.each.len()), task.each.len());
    let mut meter = io::stderr().is_terminal().then(|| Meter::new(message!("cli-meter-sweep")));
    study::sweep(bert, &task, &|| true, &mut |mut more| {
        effects.append(&mut more);
        if let Some(meter) = &mut meter {
            meter.say(match swept {
                Swept::Heads => message!("progress-heads", done = effects.len(), total = all),
                Swept::Words => message!("progress-words", done = effects.len(), total = all),
            });
        }
    })?;
    Part::found(&mut parts, effects);

    let poolings: Vec<Pooling> =
        EFFECT_POOLINGS.into_iter().filter(|pooling| has_pooler || *pooling != Pooling::Pooled).collect();
    let ranked = order.ranked(&parts);
    let title = labels::analysis::sweep_title(swept);
    document.tables.push(Table::sweep(title, swept, &poolings, ranked.iter().map(|&part| &parts[part])));
    Ok(document.with("sweep", swept).with("order", order))
}
