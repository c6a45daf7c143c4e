use super::{
    CliError,
    args::{AttentionCommand, Global, TableFormat},
    output, warn_of_truncation,
};
use crate::{
    analysis::{Direction, HeadChoice, Lens},
    bert::Input,
    export::attention::AttentionTable,
};

/// `--layer`: one, counted from 1, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layers {
    All,
    One(usize),
}

/// `--head`: one, counted from 1, the mean or the maximum of all, or each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    Each,
    Merged(HeadChoice),
}

impl std::str::FromStr for Layers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Layers::All),
            number => from_one(number).map(Layers::One).ok_or_else(|| "write a number from 1, or all".to_owned()),
        }
    }
}

impl std::str::FromStr for Heads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Heads::Each),
            "mean" => Ok(Heads::Merged(HeadChoice::Mean)),
            "max" => Ok(Heads::Merged(HeadChoice::Max)),
            number => from_one(number)
                .map(|head| Heads::Merged(HeadChoice::One(head)))
                .ok_or_else(|| "write a number from 1, mean, max, or all".to_owned()),
        }
    }
}

/// People count from 1, arrays from 0.
pub(super) fn from_one(text: &str) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1)
}

pub(super) fn run(arguments: &AttentionCommand, global: &Global) -> Result<(), CliError> {
    let AttentionCommand { text, pair, layer, head, units, specials, format, output, .. } = arguments;
    let (bert, _) = global.open()?;
    let (trace, cuts) = arguments.cuts.trace(&bert, &Input { text: text.clone(), pair: pair.clone() })?;
    warn_of_truncation("the input", trace.truncation);

    let (token, direction) = match (arguments.from, arguments.to) {
        (_, Some(token)) => (token, Direction::To),
        (from, None) => (from.unwrap_or(0), Direction::From),
    };
    let none = |what: &str, number: usize, count: usize, first: usize| {
        let last = count + first - 1;
        CliError::Failed(format!("there is no {what} {number}; this input and model have {first} to {last}"))
    };
    if token >= trace.tokens.len() {
        return Err(none("token", token, trace.tokens.len(), 0));
    }
    let layers: Vec<usize> = match *layer {
        Layers::All => (0..trace.layers).collect(),
        Layers::One(layer) if layer < trace.layers => vec![layer],
        Layers::One(layer) => return Err(none("layer", layer + 1, trace.layers, 1)),
    };
    let heads: Vec<HeadChoice> = match *head {
        Heads::Each => (0..trace.heads).map(HeadChoice::One).collect(),
        Heads::Merged(HeadChoice::One(head)) if head >= trace.heads => {
            return Err(none("head", head + 1, trace.heads, 1));
        }
        Heads::Merged(heads) => vec![heads],
    };
    let lens = Lens { grain: *units, specials: *specials, direction, ..Lens::default() };
    let table = AttentionTable::new(&trace, &cuts, token, &layers, &heads, lens);
    let text = match format {
        TableFormat::Table => table.table(),
        TableFormat::Tsv => table.tsv(),
        TableFormat::Json => table.json().map_err(|e| CliError::Failed(e.to_string()))?,
    };
    output::write(text.as_bytes(), output.as_deref())
}
