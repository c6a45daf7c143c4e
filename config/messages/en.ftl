### What clscope says, in English.
###
### Syntax: https://projectfluent.org/fluent/guide/. An id is lower case with hyphens and begins with the room it is used
### in; a message is a whole sentence or a whole label, never a piece of one; plurals are chosen by a number:
###     { $count -> [one] { $count } model *[other] { $count } models }
### Names that are typed or saved (pooled, mean-words, --model, HF_HOME) are not translated; file names, numbers with
### digits behind the point and quoted words come as arguments. tests/messages.rs holds the code against this file.
###
### Words we use:
###     token          what the tokenizer makes of a text: a word or a subword, or a special token
###     subword        a token that is a part of a word, ##ing
###     special token  [CLS], [SEP], [PAD], [MASK] and whatever else the tokenizer declares special
###     attention, weight   the share of its attention that one token gives another; "[CLS] looks at ..."
###     source, target the query token that looks, the key token looked at; [CLS] is the source by default
###     head           an attention head; what sits on top of the model is an output head, never just a head
###     layer          from 1 on screen; 0 is the embeddings
###     hidden state   the vector of a token after a layer
###     trace          everything that one forward pass gave for one input
###     pair           two sentences read in one input ("joined": [CLS] A [SEP] B [SEP]) or each alone
###     pooling        how one vector is made of all tokens': pooled, cls, mean, mean-words, max, first-last
###     pooled output, sequence output   BERT's two outputs: get_pooled_output, get_sequence_output
###     similarity     cosine, dot product or Euclidean distance of two vectors
###     background     sentences that have nothing to do with each other, to rank a similarity among
###     calibration    the percentile of a similarity among the pairs of the background; centred, whitened
###     measure        what fills a heat map: attention weights first
###     ablation       a head, layer or token switched off: mask (hidden from all) or replace (read as [MASK])
###     sweep          one ablation after the other
###     baseline       a reading that is pinned, with which others are compared
###     reading        what came of one input: joined, A alone or B alone
###     heat map, matrix, scatter, table   the forms in which numbers are drawn
###     effective tokens    exp of the entropy of a row of attention
###     principal components    the axes of a scatter
###     checkpoint     the files of a model: configuration, tokenizer, weights
###     Hub            the Hugging Face Hub, or a mirror of it; a model of it has revisions
###     cache          the files of the Hub on this machine, which Python shares
###     session        the explorer's state as a file
###     cut off        of a text that is longer than the model reads; not of an ablation

## Everywhere (src/guard.rs)

guard-silent-panic = it stopped without saying why
