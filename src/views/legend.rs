//! What the words and signs of several views mean, for the help.

/// What the words and signs of a view mean.
#[derive(Debug, PartialEq, Eq)]
pub struct Legend {
    /// What it is about.
    pub heading: &'static str,
    /// Words and signs, each with its meaning.
    pub words: &'static [(&'static str, &'static str)],
}

/// Of the views of attention.
pub(super) const ATTENTION: &Legend = &Legend {
    heading: "Reading the views of attention",
    words: &[
        ("cells", "percent of a token's attention; · is under half a percent"),
        ("colour", "by the square root of the percentage, up to the map's largest; t changes that"),
        ("spread", "effective number of tokens looked at: exp of the entropy; 1 = one token"),
        ("mean, max", "over all heads of a layer; max is scaled to sum 1 for its spread"),
        ("words", "in the sentence: the sum of their pieces, shaded up to the strongest word"),
        ("hidden", "the share of attention that goes to specials left out (z)"),
        ("rest 100 %", "what is left is scaled: each token's attention sums to 100 % again"),
        ("in words (w)", "to a word: the sum over its pieces; from a word: their mean"),
        ("who looks (d)", "a column of the matrix: each row's token gives that much of its own"),
        ("heads: number", "the mean over all tokens that look; to next, previous: where there is one"),
        (
            "p n i S C b",
            "half of a head's attention or more goes to the previous token, the next, itself, [SEP] or [CLS]; \
                 b: it is spread over two thirds of the tokens",
        ),
        ("digits", "go to that layer; two digits to 10 and beyond"),
        ("off: 3.5", "layer 3's head 5 is switched off: its output zeroed; cosines to the same vectors uncut"),
        ("joined", "A and B in one pass, [CLS] A [SEP] B [SEP]: attention across the two"),
    ],
};

/// Of the poolings.
pub(super) const POOLING: &Legend = &Legend {
    heading: "Reading the pooling view",
    words: &[
        ("pooling", "a way to make one vector for a sentence out of a vector for each of its tokens"),
        ("cosine", "how alike two vectors point: 1 the same way, 0 at right angles, -1 opposite ways"),
        ("alone", "each sentence in a pass of its own: the vectors that are compared"),
        ("pooled", "BERT's own sentence output: the last [CLS] vector through the pooler, tanh(W·h + b)"),
        ("cls", "the last vector of [CLS], the token that stands before every sentence, as it is"),
        ("mean", "average of all tokens' last vectors, specials included; mean-words leaves them out"),
        ("max", "the largest value of each dimension over all tokens"),
        ("first-last", "average of two means: of the embeddings, and of the last layer"),
        ("typical", "the median cosine of unrelated sentences: what a model gives two that have nothing in common"),
        ("higher than", "how many of 100 pairs of unrelated sentences are less close; unusual: 95, or under 5"),
        ("centred", "the cosine less what all sentences have in common, the mean vector of unrelated ones"),
        ("whitened", "also evens out the directions in which all sentences vary, so that none dominates"),
        ("rogue", "a dimension that makes up much of what unrelated sentences have in common"),
    ],
};

/// Of the views of the list.
pub(super) const LIST: &Legend = &Legend {
    heading: "Reading the list and the map",
    words: &[
        ("sentences", "colours from the least to the greatest cosine of two different ones, of each matrix by itself"),
        ("disagree", "the pair whose place among all pairs of the list differs most between the two poolings"),
        ("map", "the two directions in which the vectors spread most (PCA), and their share of the variance"),
    ],
};
