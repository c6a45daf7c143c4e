//! What is cut in the forward pass.

use std::str::FromStr;

use clap::Args;

use super::values::from_one;
use crate::{
    bert::{Ablations, ModelInfo},
    messages::message,
};

/// What is switched off in the forward pass.
#[derive(Debug, Args)]
pub(super) struct AblationArguments {
    /// Switch off a head (its output is zeroed), or the attention of a whole layer; layers and heads count from 1
    #[arg(long, value_name = "LAYER[.HEAD]", help_heading = "Cut and see")]
    pub cut: Vec<Cut>,
    /// Hide a token (counted from 0) from all others: nobody looks at it
    #[arg(long, value_name = "N", help_heading = "Cut and see")]
    pub hide_token: Vec<usize>,
    /// Read [MASK] in the place of a token, counted from 0
    #[arg(long, value_name = "N", help_heading = "Cut and see")]
    pub mask_token: Vec<usize>,
}

/// `--cut`: a head of a layer, or all of them; both from 0 here, from 1 as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    layer: usize,
    head: Option<usize>,
}

impl FromStr for Cut {
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
    /// Whether anything is to be cut.
    pub(super) fn is_some(&self) -> bool {
        !(self.cut.is_empty() && self.hide_token.is_empty() && self.mask_token.is_empty())
    }

    /// What is cut, in such a model.
    pub(super) fn cuts(&self, info: &ModelInfo) -> Ablations {
        let mut cuts = Ablations {
            masked: self.hide_token.iter().copied().collect(),
            replaced: self.mask_token.iter().copied().collect(),
            ..Ablations::default()
        };
        for &Cut { layer, head } in &self.cut {
            match head {
                Some(head) => drop(cuts.heads.insert((layer, head))),
                None => cuts.ablate_layer(layer, info.heads),
            }
        }
        cuts
    }
}
