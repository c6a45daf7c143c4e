//! What each head, or each word, does to the vectors of the sentence.

use std::io::{self, IsTerminal};

use super::{
    arguments::{AttentionCommand, OutputArguments},
    options::{among, layer_and_heads},
    output::ChosenLogit,
    token_choice::TokenChoice,
    traced_input::TracedInput,
};
use crate::{
    analysis::{Affected, AttentionCell, EffectTarget, Part, PartState, SweepOrder, Swept, Table, Units},
    bert::{Ablations, Trace},
    cli::{error::CliError, meter::Meter, output::diagnostic},
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
    if order == SweepOrder::Loss(Affected::Pooled) && !has_pooler {
        return Err(CliError::Failed(message!("cli-sweep-no-pooler")));
    }
    let OutputArguments { output_head, probe, label } = &arguments.output;
    let is_of_output = order == SweepOrder::Loss(Affected::Output);
    let output = match is_of_output || output_head.is_some() || probe.is_some() || label.is_some() {
        true => Some(ChosenLogit::new(arguments, input)?),
        false => None,
    };
    let (output, output_name) = output.map(|chosen| (chosen.target, chosen.name)).unzip();
    let target = EffectTarget { output, ..target(arguments, read.whole())? };
    if order == SweepOrder::Loss(Affected::Token) && target.token.is_none() {
        return Err(CliError::Usage(message!("cli-sweep-no-token")));
    }
    let mut parts = swept.parts(read.whole(), &read.ablations);
    let waiting = parts.iter().filter(|part| part.state == PartState::Waiting);
    let each: Vec<Ablations> = waiting.map(|part| part.ablations(&read.ablations)).collect();
    let affected: Vec<Affected> = Affected::ALL
        .iter()
        .copied()
        .filter(|affected| match affected {
            Affected::Pooled => has_pooler,
            Affected::Token => target.token.is_some(),
            Affected::Cell => target.cell.is_some(),
            Affected::Output => target.output.is_some(),
            Affected::Cls | Affected::Mean => true,
        })
        .collect();
    let before = target.cell.as_ref().and_then(|cell| cell.weight(&read.trace));
    let task = Sweep { input: read.trace.input.clone(), base: read.ablations.clone(), each, target };
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
    let left = parts.iter().filter(|part| part.state == PartState::Last).count();
    if left > 0 {
        diagnostic(&message!("cli-sweep-nothing-left", count = left));
    }

    let ranked = order.ranked(&parts);
    let title = labels::analysis::sweep_title(swept);
    document.tables.push(Table::sweep(title, swept, &affected, ranked.iter().map(|&part| &parts[part])));
    let mut document = document.with("sweep", swept).with("order", order);
    let logit = parts.iter().find_map(|part| part.effect()?.output).map(|[before, _]| before);
    document.about.extend(output_name.map(|name| ("logit_of", name)));
    document.about.extend(logit.map(|logit| ("logit", logit.to_string())));
    document.about.extend(before.map(|weight| ("cell_before", weight.to_string())));
    Ok(document)
}

/// The token and the cell that are asked about; of the cell, the last layer and the mean of heads where nobody says.
pub(super) fn target(arguments: &AttentionCommand, trace: &Trace) -> Result<EffectTarget, CliError> {
    let units = Units::new(trace, arguments.units);
    let tokens = |choice: &TokenChoice| choice.token(trace, &units).map(|token| units.tokens(units.unit_of(token)));
    let from = arguments.from.as_ref().map(tokens).transpose()?;
    let to = arguments.to.as_ref().map(tokens).transpose()?;
    let (layer, heads) = layer_and_heads(arguments, trace)?;
    let among = among(arguments, trace.heads)?;
    let source = from.clone().unwrap_or(0..1);
    let cell = to.map(|to| AttentionCell { layer, heads, among, from: source, to });
    Ok(EffectTarget { token: from.filter(|tokens| tokens.start > 0), cell, output: None })
}
