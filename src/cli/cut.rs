use std::str::FromStr;

use super::{args::CutArguments, attention::from_one};
use crate::bert::{Bert, BertError, Cuts, Input, Trace};

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
            _ => Err("write LAYER.HEAD such as 3.5, or LAYER, both from 1".to_owned()),
        }
    }
}

impl CutArguments {
    /// Whether anything is to be cut.
    pub(super) fn is_some(&self) -> bool {
        !(self.cut.is_empty() && self.hide_token.is_empty() && self.mask_token.is_empty())
    }

    /// Reads an input with these cuts; says which they are.
    pub(super) fn trace(&self, bert: &Bert, input: &Input) -> Result<(Trace, Cuts), BertError> {
        let mut cuts = Cuts {
            masked: self.hide_token.iter().copied().collect(),
            replaced: self.mask_token.iter().copied().collect(),
            ..Cuts::default()
        };
        for &Cut { layer, head } in &self.cut {
            match head {
                Some(head) => drop(cuts.heads.insert((layer, head))),
                None => cuts.ablate_layer(layer, bert.info().heads),
            }
        }
        Ok((bert.trace_cut(input, &cuts)?, cuts))
    }
}
