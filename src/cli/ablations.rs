//! What is ablated in the forward pass.

use std::str::FromStr;

use clap::Args;

use super::choices::from_one;
use crate::{
    bert::{Ablations, ModelInfo},
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
        !(self.heads.is_empty() && self.hide_token.is_empty() && self.mask_token.is_empty())
    }

    /// What is ablated in such a model.
    pub(super) fn of_model(&self, info: &ModelInfo) -> Ablations {
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
