//! Options that do not go together.

use super::arguments::{AttentionCommand, AttentionView};
use crate::{
    analysis::{Affected, Granularity, HeadChoice, Measure, Specials, SweepOrder},
    cli::{
        choices::{AttentionHeads, AttentionLayers},
        error::CliError,
    },
    export::Holds,
    messages::message,
};

/// Refuses options that a view has no use for, and values that it cannot show.
pub(super) fn check(arguments: &AttentionCommand) -> Result<(), CliError> {
    let used: &[&str] = match arguments.view {
        AttentionView::Layers => {
            &["--from", "--to", "--measure", "--layer", "--head", "--among", "--units", "--specials", "--mark"]
        }
        AttentionView::Heads if has_targets(arguments) => {
            &["--from", "--to", "--measure", "--layer", "--head", "--units", "--specials", "--mark"]
        }
        AttentionView::Heads if arguments.from.is_some() => return refuse(message!("cli-heads-no-target")),
        AttentionView::Heads => &["--measure", "--layer", "--head"],
        AttentionView::Matrix => &["--measure", "--layer", "--head", "--among", "--units", "--specials", "--mark"],
        AttentionView::Compare => {
            &["--from", "--measure", "--layer", "--head", "--among", "--units", "--specials", "--against-"]
        }
        AttentionView::Sweep if arguments.to.is_some() => &[
            "--sweep",
            "--order",
            "--from",
            "--to",
            "--layer",
            "--head",
            "--among",
            "--units",
            "--output-head",
            "--probe",
            "--label",
        ],
        AttentionView::Sweep if arguments.from.is_some() => {
            &["--sweep", "--order", "--from", "--units", "--output-head", "--probe", "--label"]
        }
        AttentionView::Sweep => &["--sweep", "--order", "--output-head", "--probe", "--label"],
        AttentionView::Output if arguments.from.is_some() => {
            &["--from", "--units", "--output-head", "--probe", "--label"]
        }
        AttentionView::Output => &["--output-head", "--probe", "--label"],
        AttentionView::All => {
            &["--from", "--to", "--measure", "--measures", "--layer", "--head", "--units", "--specials"]
        }
    };
    let idle: Vec<&str> = given(arguments).filter(|name| !is_used(used, name)).collect();
    if !idle.is_empty() {
        return refuse(unused(arguments.view, &idle.join(", ")));
    }
    if arguments.view == AttentionView::Layers && arguments.from.is_some() && arguments.to.is_some() {
        return refuse(message!("cli-view-one-direction"));
    }
    if arguments.sweep.order == Some(SweepOrder::Loss(Affected::Cell)) && arguments.to.is_none() {
        return refuse(message!("cli-sweep-no-cell"));
    }
    match (arguments.view, arguments.head) {
        (AttentionView::Heads, Some(AttentionHeads::Merged(HeadChoice::Mean | HeadChoice::Max))) => {
            refuse(message!("cli-view-heads-head"))
        }
        (AttentionView::All, Some(AttentionHeads::Each)) => refuse(message!("cli-view-all-head")),
        (AttentionView::All, _) if arguments.layer == Some(AttentionLayers::All) => {
            refuse(message!("cli-view-all-layer"))
        }
        (AttentionView::All, _) if arguments.tables.format.is_some_and(|format| !format.writes(Holds::Page)) => {
            refuse(message!("cli-view-all-format"))
        }
        (AttentionView::Compare, Some(AttentionHeads::Each)) => refuse(message!("cli-view-compare-head")),
        (AttentionView::Compare, _) if arguments.layer == Some(AttentionLayers::All) => {
            refuse(message!("cli-view-compare-layer"))
        }
        (AttentionView::Compare, _)
            if !given(arguments).any(|name| name.starts_with("--against")) && !arguments.ablations.is_some() =>
        {
            Err(nothing_to_compare())
        }
        _ if !arguments.among.is_empty() && !is_merged(arguments) => refuse(message!("cli-among-alone")),
        _ => Ok(()),
    }
}

/// Whether an option, or its family where that ends with a dash, is among those that are used.
fn is_used(used: &[&str], name: &str) -> bool {
    used.iter().any(|used| name == *used || used.ends_with('-') && name.starts_with(used))
}

/// Whether there are tokens that another is to look at.
fn has_targets(arguments: &AttentionCommand) -> bool {
    arguments.to.is_some() || !arguments.mark.is_empty()
}

/// That both sides of a comparison are the same.
pub(super) fn nothing_to_compare() -> CliError {
    CliError::Usage(message!("cli-nothing-to-compare"))
}

fn refuse(why: String) -> Result<(), CliError> {
    Err(CliError::Usage(why))
}

/// That a view has no use for these options.
fn unused(view: AttentionView, options: &str) -> String {
    match view {
        AttentionView::Layers => message!("cli-view-layers-unused", options = options),
        AttentionView::Heads => message!("cli-view-heads-unused", options = options),
        AttentionView::Matrix => message!("cli-view-matrix-unused", options = options),
        AttentionView::Compare => message!("cli-view-compare-unused", options = options),
        AttentionView::Sweep => message!("cli-view-sweep-unused", options = options),
        AttentionView::Output => message!("cli-view-output-unused", options = options),
        AttentionView::All => message!("cli-view-all-unused", options = options),
    }
}

/// The options that say something else than when they are left away, but for those every view takes.
fn given(arguments: &AttentionCommand) -> impl Iterator<Item = &'static str> {
    let AttentionCommand {
        from,
        to,
        measure,
        measures,
        layer,
        head,
        among,
        units,
        specials,
        mark,
        tables,
        baseline,
        sweep,
        output,
        ..
    } = arguments;
    let is_page = arguments.view == AttentionView::All;
    let options = [
        ("--from", from.is_some()),
        ("--to", to.is_some()),
        ("--measure", *measure != Measure::default()),
        ("--measures", !measures.is_empty()),
        ("--table", is_page && tables.table.is_some()),
        ("--layer", layer.is_some()),
        ("--head", head.is_some()),
        ("--among", !among.is_empty()),
        ("--units", *units != Granularity::Subwords),
        ("--specials", *specials != Specials::Shown),
        ("--mark", !mark.is_empty()),
        ("--against-text", baseline.against_text.is_some()),
        ("--against-pair", baseline.against_pair.is_some()),
        ("--against-model", baseline.against_model.is_some()),
        ("--against-layer", baseline.against_layer.is_some()),
        ("--against-head", baseline.against_head.is_some()),
        ("--sweep", sweep.swept.is_some()),
        ("--order", sweep.order.is_some()),
        ("--output-head", output.output_head.is_some()),
        ("--probe", output.probe.is_some()),
        ("--label", output.label.is_some()),
    ];
    options.into_iter().filter(|(_, given)| *given).map(|(name, _)| name)
}

/// Whether a mean or maximum of heads is shown anywhere.
fn is_merged(arguments: &AttentionCommand) -> bool {
    let merged = |heads: HeadChoice| heads.is_merged();
    arguments.baseline.against_head.is_some_and(merged)
        || arguments.head.is_none_or(|heads| matches!(heads, AttentionHeads::Merged(heads) if merged(heads)))
}
