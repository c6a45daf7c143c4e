//! What the words and signs of several views mean, for the help.

use crate::messages::{Label, label};

/// What the words and signs of a view mean.
#[derive(Debug, PartialEq, Eq)]
pub struct Legend {
    /// What it is about.
    pub heading: Label,
    /// Words and signs, each with its meaning.
    pub words: &'static [(Label, Label)],
}

/// Of the views of attention.
pub(super) const ATTENTION: &Legend = &Legend {
    heading: label!("legend-attention"),
    words: &[
        (label!("legend-attention-cells"), label!("legend-attention-cells-meaning")),
        (label!("legend-attention-colour"), label!("legend-attention-colour-meaning")),
        (label!("legend-attention-effective-tokens"), label!("legend-attention-effective-tokens-meaning")),
        (label!("legend-attention-heads"), label!("legend-attention-heads-meaning")),
        (label!("legend-attention-words"), label!("legend-attention-words-meaning")),
        (label!("legend-attention-hidden"), label!("legend-attention-hidden-meaning")),
        (label!("legend-attention-rest"), label!("legend-attention-rest-meaning")),
        (label!("legend-attention-in-words"), label!("legend-attention-in-words-meaning")),
        (label!("legend-attention-direction"), label!("legend-attention-direction-meaning")),
        (label!("legend-attention-head-number"), label!("legend-attention-head-number-meaning")),
        (label!("legend-attention-patterns"), label!("legend-attention-patterns-meaning")),
        (label!("legend-attention-digits"), label!("legend-attention-digits-meaning")),
        (label!("legend-attention-ablated"), label!("legend-attention-ablated-meaning")),
        (label!("legend-attention-joined"), label!("legend-attention-joined-meaning")),
    ],
};

/// Of the poolings.
pub(super) const POOLING: &Legend = &Legend {
    heading: label!("legend-pooling"),
    words: &[
        (label!("legend-pooling-pooling"), label!("legend-pooling-pooling-meaning")),
        (label!("legend-pooling-cosine"), label!("legend-pooling-cosine-meaning")),
        (label!("legend-pooling-alone"), label!("legend-pooling-alone-meaning")),
        (label!("legend-pooling-declared"), label!("legend-pooling-declared-meaning")),
        (label!("legend-pooling-pooled"), label!("legend-pooling-pooled-meaning")),
        (label!("legend-pooling-cls"), label!("legend-pooling-cls-meaning")),
        (label!("legend-pooling-mean"), label!("legend-pooling-mean-meaning")),
        (label!("legend-pooling-max"), label!("legend-pooling-max-meaning")),
        (label!("legend-pooling-first-last"), label!("legend-pooling-first-last-meaning")),
        (label!("legend-pooling-layer1-last"), label!("legend-pooling-layer1-last-meaning")),
        (label!("legend-pooling-typical"), label!("legend-pooling-typical-meaning")),
        (label!("legend-pooling-higher"), label!("legend-pooling-higher-meaning")),
        (label!("legend-pooling-centred"), label!("legend-pooling-centred-meaning")),
        (label!("legend-pooling-whitened"), label!("legend-pooling-whitened-meaning")),
        (label!("legend-pooling-rogue"), label!("legend-pooling-rogue-meaning")),
    ],
};

/// Of the views of the list.
pub(super) const LIST: &Legend = &Legend {
    heading: label!("legend-list"),
    words: &[
        (label!("legend-list-sentences"), label!("legend-list-sentences-meaning")),
        (label!("legend-list-disagree"), label!("legend-list-disagree-meaning")),
        (label!("legend-list-unknown"), label!("legend-list-unknown-meaning")),
        (label!("legend-list-map"), label!("legend-list-map-meaning")),
    ],
};

/// Of what vectors are made of.
pub(super) const MIXING: &Legend = &Legend {
    heading: label!("legend-mixing"),
    words: &[
        (label!("mixing-column-even"), label!("legend-mixing-even-meaning")),
        (label!("mixing-column-others-even"), label!("legend-mixing-others-meaning")),
        (label!("mixing-column-taken"), label!("legend-mixing-taken-meaning")),
        (label!("mixing-column-cancelling"), label!("legend-mixing-cancelling-meaning")),
        (label!("mixing-column-strongest"), label!("legend-mixing-strongest-meaning")),
        (label!("legend-mixing-blind"), label!("legend-mixing-blind-meaning")),
        (label!("mixing-column-centred"), label!("legend-mixing-centred-meaning")),
        (label!("legend-mixing-verdict"), label!("legend-mixing-verdict-meaning")),
    ],
};
