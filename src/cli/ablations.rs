//! What is ablated in the forward pass.

use std::{ops::RangeInclusive, str::FromStr};

use clap::Args;

use super::choices::from_one;
use crate::{
    bert::{Ablations, Bert, BertError, Edge, Input, ModelInfo},
    messages::message,
};

/// What is ablated in the forward pass.
#[derive(Debug, Args)]
pub(super) struct AblationArguments {
    /// Switch off a head (its output is set to zero), or the attention of a whole layer; counted from 1; repeatable
    #[arg(long = "cut", value_name = "LAYER[.HEAD]", help_heading = "Ablation")]
    pub heads: Vec<HeadAblation>,
    /// Hide a token from all others, so that no token looks at it; counted from 0; repeatable
    #[arg(long, value_name = "N", help_heading = "Ablation")]
    pub hide_token: Vec<usize>,
    /// Replace a token by [MASK]; counted from 0; repeatable
    #[arg(long, value_name = "N", help_heading = "Ablation")]
    pub mask_token: Vec<usize>,
    /// Make a token look at nothing but itself, or not at the tokens behind the colon, in all layers or in those behind the @:
    /// 0, 0@6, 0@1-5, 0:2,3@1-5. Tokens count from 0, layers from 1; repeatable
    #[arg(long, value_name = "N[:N,N][@LAYER[-LAYER]]", help_heading = "Ablation")]
    pub blind: Vec<BlindToken>,
}

/// `--blind`: a token, those it does not look at (none for all others), and the layers, from 0 here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BlindToken {
    query: usize,
    keys: Option<Vec<usize>>,
    layers: Option<RangeInclusive<usize>>,
}

impl FromStr for BlindToken {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (tokens, layers) = text.split_once('@').map_or((text, None), |(tokens, layers)| (tokens, Some(layers)));
        let (query, keys) = tokens.split_once(':').map_or((tokens, None), |(query, keys)| (query, Some(keys)));
        let range = |layers: &str| {
            let (first, last) = layers.split_once('-').unwrap_or((layers, layers));
            Some(from_one(first)?..=from_one(last)?).filter(|range| !range.is_empty())
        };
        let parsed = || {
            let keys = keys.map(|keys| keys.split(',').map(|key| key.parse().ok()).collect::<Option<Vec<_>>>());
            Some(Self {
                query: query.parse().ok()?,
                keys: match keys {
                    Some(keys) => Some(keys?),
                    None => None,
                },
                layers: match layers {
                    Some(layers) => Some(range(layers)?),
                    None => None,
                },
            })
        };
        parsed().ok_or_else(|| message!("cli-value-blind"))
    }
}

/// `--cut`: a head of a layer, or all of them; both from 0 here, from 1 as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadAblation {
    layer: usize,
    head: Option<usize>,
}

impl FromStr for HeadAblation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (layer, head) = match text.split_once('.') {
            Some((layer, head)) => (from_one(layer), Some(from_one(head))),
            None => (from_one(text), None),
        };
        match (layer, head) {
            (Some(layer), None) => Ok(Self { layer, head: None }),
            (Some(layer), Some(Some(head))) => Ok(Self { layer, head: Some(head) }),
            _ => Err(message!("cli-value-ablated-head")),
        }
    }
}

impl AblationArguments {
    /// Whether anything is ablated.
    pub(super) fn is_some(&self) -> bool {
        !(self.heads.is_empty() && self.hide_token.is_empty() && self.mask_token.is_empty() && self.blind.is_empty())
    }

    /// What is ablated in a model that reads an input.
    pub(super) fn of(&self, bert: &Bert, input: &Input) -> Result<Ablations, BertError> {
        let mut ablations = self.of_model(bert.info());
        if self.blind.is_empty() {
            return Ok(ablations);
        }
        let tokens = bert.encode(input)?.tokens.len();
        for BlindToken { query, keys, layers } in &self.blind {
            let count = bert.info().layers;
            let layers = layers.clone().unwrap_or(0..=count.saturating_sub(1));
            // One that there is not is enough to refuse the range, however far it goes.
            let layers = *layers.start()..=(*layers.end()).min(count.max(*layers.start()));
            match keys {
                None => ablations.blind(*query, layers, tokens),
                Some(keys) => {
                    let edge = |layer| keys.iter().map(move |&key| Edge { layer, query: *query, key });
                    ablations.edges.extend(layers.flat_map(edge));
                }
            }
        }
        Ok(ablations)
    }

    fn of_model(&self, info: &ModelInfo) -> Ablations {
        let mut ablations = Ablations {
            masked: self.hide_token.iter().copied().collect(),
            replaced: self.mask_token.iter().copied().collect(),
            ..Ablations::default()
        };
        for &HeadAblation { layer, head } in &self.heads {
            match head {
                Some(head) => drop(ablations.heads.insert((layer, head))),
                None => ablations.ablate_layer(layer, info.heads),
            }
        }
        ablations
    }
}
