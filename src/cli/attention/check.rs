//! Options that do not go together.

use super::arguments::{AttentionCommand, AttentionView};
use crate::{
    analysis::{Granularity, HeadChoice, Measure, Specials},
    cli::{
        error::CliError,
        values::{Heads, Layers},
    },
};

/// What a comparison of one thing with itself is answered with.
const NOTHING_TO_COMPARE: &str = "there is nothing to compare: say what is held with --against-text, --against-pair, \
                                  --against-model, --against-layer or --against-head, or what is cut in what is shown \
                                  with --cut, --hide-token or --mask-token";

/// Refuses options that a view has no use for, and values that it cannot show.
pub(super) fn check(arguments: &AttentionCommand) -> Result<(), CliError> {
    let (shows, used): (&str, &[&str]) = match arguments.view {
        AttentionView::Layers => (
            "shows one token's attention",
            &["--from", "--to", "--measure", "--layer", "--head", "--among", "--units", "--specials", "--mark"],
        ),
        AttentionView::Heads => {
            ("measures each head, of all tokens and in pieces", &["--measure", "--layer", "--head"])
        }
        AttentionView::Matrix => {
            ("shows all tokens", &["--measure", "--layer", "--head", "--among", "--units", "--specials", "--mark"])
        }
        AttentionView::Compare => (
            "holds two readings against each other",
            &["--from", "--measure", "--layer", "--head", "--among", "--units", "--specials", "--against"],
        ),
        AttentionView::Sweep => ("switches heads or words off, each by itself", &["--sweep", "--order"]),
    };
    let idle: Vec<&str> = given(arguments).filter(|name| !used.iter().any(|used| name.starts_with(used))).collect();
    if !idle.is_empty() {
        return refuse(arguments, &format!("{shows}; leave {} away", idle.join(" and ")));
    }
    match (arguments.view, arguments.head) {
        (AttentionView::Heads, Some(Heads::Merged(HeadChoice::Mean | HeadChoice::Max))) => {
            refuse(arguments, "measures each head; write --head with a number, or all")
        }
        (AttentionView::Compare, Some(Heads::Each)) => {
            refuse(arguments, "shows one choice of heads; write --head with a number, mean or max")
        }
        (AttentionView::Compare, _) if arguments.layer == Some(Layers::All) => {
            refuse(arguments, "shows one layer; write --layer with a number")
        }
        (AttentionView::Compare, _) if !given(arguments).any(|name| name.starts_with("--against")) && !arguments.cuts.is_some() => {
            Err(nothing_to_compare())
        }
        _ if !arguments.among.is_empty() && !is_merged(arguments) => Err(CliError::Usage(
            "--among says which heads mean and max are taken over, and neither is shown; write --head mean or --head max, \
             or leave --among away"
                .to_owned(),
        )),
        _ => Ok(()),
    }
}

/// That both sides of a comparison are the same.
pub(super) fn nothing_to_compare() -> CliError {
    CliError::Usage(NOTHING_TO_COMPARE.to_owned())
}

fn refuse(arguments: &AttentionCommand, why: &str) -> Result<(), CliError> {
    Err(CliError::Usage(format!("--view {} {why}", arguments.view.name())))
}

/// The options that say something else than when they are left away, but for those every view takes.
fn given(arguments: &AttentionCommand) -> impl Iterator<Item = &'static str> {
    let AttentionCommand { from, to, measure, layer, head, among, units, specials, mark, against, sweep, .. } =
        arguments;
    let options = [
        ("--from", from.is_some()),
        ("--to", to.is_some()),
        ("--measure", *measure != Measure::default()),
        ("--layer", layer.is_some()),
        ("--head", head.is_some()),
        ("--among", !among.is_empty()),
        ("--units", *units != Granularity::Subwords),
        ("--specials", *specials != Specials::Shown),
        ("--mark", !mark.is_empty()),
        ("--against-text", against.against_text.is_some()),
        ("--against-pair", against.against_pair.is_some()),
        ("--against-model", against.against_model.is_some()),
        ("--against-layer", against.against_layer.is_some()),
        ("--against-head", against.against_head.is_some()),
        ("--sweep", sweep.swept.is_some()),
        ("--order", sweep.order.is_some()),
    ];
    options.into_iter().filter(|(_, given)| *given).map(|(name, _)| name)
}

/// Whether a mean or maximum of heads is shown anywhere.
fn is_merged(arguments: &AttentionCommand) -> bool {
    let merged = |heads: HeadChoice| heads.is_merged();
    arguments.against.against_head.is_some_and(merged)
        || arguments.head.is_none_or(|heads| matches!(heads, Heads::Merged(heads) if merged(heads)))
}
