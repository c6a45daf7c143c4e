//! What is ablated: heads of the model, and tokens of the sentences, by names that hold for every reading of a pair.

use std::{collections::BTreeSet, ops::Range};

use super::token_name::TokenName;
use crate::{
    analysis::Units,
    bert::{Ablations, Edge, Sentence, Token, Trace},
    messages::{listed, message},
};

/// What is ablated, in terms that hold for every reading of a pair; [`Ablations`] are the same for one input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedAblations {
    /// Heads, `(layer, head)` from 0.
    pub heads: BTreeSet<(usize, usize)>,
    /// Tokens, in the order they were chosen.
    pub tokens: Vec<TokenAblation>,
    /// Edges of attention that are cut.
    pub blind: Vec<BlindedToken>,
}

/// A token that in a layer looks at nothing but itself, or not at one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlindedToken {
    /// The layer, from 0.
    pub layer: usize,
    /// Which token.
    pub token: TokenName,
    /// As it is written.
    pub text: String,
    /// What it does not look at, and as that is written; all but itself where there is none.
    pub not_at: Option<(TokenName, String)>,
}

/// A token that is not read as itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAblation {
    /// Which.
    pub token: TokenName,
    /// As it was written.
    pub text: String,
    /// What is done to it.
    pub ablation: Ablation,
}

/// What is done to an ablated token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ablation {
    /// It is masked from attention: no token attends to it.
    Mask,
    /// It is replaced: the model reads `[MASK]` in its place.
    Replace,
}

impl TokenAblation {
    /// Whether it is one of these; `alone` is the sentence that is read, where it is read by itself.
    pub fn is_in(&self, tokens: &[Token], alone: Option<Sentence>) -> bool {
        self.token.is_in(&self.text, tokens, alone)
    }
}

impl BlindedToken {
    /// As [`TokenAblation::is_in`].
    pub fn is_in(&self, tokens: &[Token], alone: Option<Sentence>) -> bool {
        let seen = self.not_at.iter().map(|(token, text)| (token, text));
        [(&self.token, &self.text)].into_iter().chain(seen).all(|(token, text)| token.is_in(text, tokens, alone))
    }
}

impl NamedAblations {
    /// These ablations by name, of an input that is read as a whole and whose tokens are `tokens` without any.
    pub fn new(ablations: &Ablations, tokens: &[Token]) -> Self {
        let name = |position: usize| {
            let token = tokens.get(position)?;
            Some((TokenName::new(token, position, None), token.written().into_owned()))
        };
        let ablated = |ablation| {
            move |position: &usize| name(*position).map(|(token, text)| TokenAblation { token, text, ablation })
        };
        let masked = ablations.masked.iter().filter_map(ablated(Ablation::Mask));
        let replaced = ablations.replaced.iter().filter_map(ablated(Ablation::Replace));
        let edge = |edge: &Edge| {
            let ((token, text), not_at) = (name(edge.query)?, name(edge.key)?);
            Some(BlindedToken { layer: edge.layer, token, text, not_at: Some(not_at) })
        };
        Self {
            heads: ablations.heads.clone(),
            tokens: masked.chain(replaced).collect(),
            blind: ablations.edges.iter().filter_map(edge).collect(),
        }
    }

    /// Whether nothing is ablated.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty() && self.tokens.is_empty() && self.blind.is_empty()
    }

    /// `3.5 3.6, layer 4, hidden “tired”, [MASK] for “street”, blind “[CLS]” in layers 1 2, “it” not at “street” in layers 6`, of a model
    /// with so many heads in a layer; `written` says how a token that is spelt like that is written in a sentence.
    pub fn names(&self, heads: usize, written: &dyn Fn(&TokenName, &str) -> String) -> String {
        let tokens = |ablation| {
            let those = self.tokens.iter().filter(|token| token.ablation == ablation);
            let texts = those.map(|TokenAblation { token, text, .. }| format!("“{}”", written(token, text)));
            Some(texts.collect::<Vec<_>>().join(" ")).filter(|texts| !texts.is_empty())
        };
        let hidden = tokens(Ablation::Mask).map(|tokens| message!("study-hidden", tokens = tokens));
        let replaced = tokens(Ablation::Replace).map(|tokens| message!("study-replaced", tokens = tokens));
        let heads = Some(head_names(&self.heads, heads)).filter(|heads| !heads.is_empty());
        listed(heads.into_iter().chain(hidden).chain(replaced).chain(self.blind_names(written)))
    }

    /// Each blind token, and each that does not look at another, with its layers.
    fn blind_names(&self, written: &dyn Fn(&TokenName, &str) -> String) -> Vec<String> {
        let edge = |blind: &BlindedToken| (blind.token.clone(), blind.not_at.clone());
        let mut named: Vec<&BlindedToken> = Vec::new();
        for blind in &self.blind {
            if !named.iter().any(|there| edge(there) == edge(blind)) {
                named.push(blind);
            }
        }
        let name = |blind: &BlindedToken| {
            let same = self.blind.iter().filter(|other| edge(other) == edge(blind));
            let layers: BTreeSet<usize> = same.map(|blind| blind.layer + 1).collect();
            let count = layers.len();
            let layers = layers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let token = written(&blind.token, &blind.text);
            match &blind.not_at {
                None => message!("study-blind", token = token, layers = layers, count = count),
                Some((at, text)) => {
                    let at = written(at, text);
                    message!("study-blind-at", token = token, at = at, layers = layers, count = count)
                }
            }
        };
        named.into_iter().map(name).collect()
    }

    /// What that means for an input of these tokens; `alone` is the sentence that is read, where it is read by itself.
    pub fn at_positions(&self, tokens: &[Token], alone: Option<Sentence>) -> Ablations {
        let positions = |ablation| {
            let is = |(position, token): &(usize, &Token)| {
                let name = TokenName::new(token, *position, alone);
                self.tokens.iter().any(|ablated| ablated.ablation == ablation && ablated.token == name)
            };
            tokens.iter().enumerate().filter(is).map(|(position, _)| position).collect()
        };
        let place = |name: &TokenName| {
            let is = |(position, token): (usize, &Token)| TokenName::new(token, position, alone) == *name;
            tokens.iter().enumerate().position(is)
        };
        let mut ablations = Ablations {
            heads: self.heads.clone(),
            masked: positions(Ablation::Mask),
            edges: BTreeSet::new(),
            replaced: positions(Ablation::Replace),
        };
        for BlindedToken { layer, token, not_at, .. } in &self.blind {
            let Some(query) = place(token) else { continue };
            match not_at {
                None => ablations.blind(query, [*layer], tokens.len()),
                Some((key, _)) => ablations.edges.extend(place(key).map(|key| Edge { layer: *layer, query, key })),
            }
        }
        ablations
    }

    /// Makes tokens look at nothing but themselves in a layer, or not `at` others; restores them where all of them are blind so.
    pub fn toggle_blind(
        &mut self,
        trace: &Trace,
        layer: usize,
        tokens: Range<usize>,
        at: Option<Range<usize>>,
        alone: Option<Sentence>,
    ) {
        let name = |position: usize| {
            let token = &trace.tokens[position];
            // What stands in the trace of a token that is replaced is the mask.
            let name = TokenName::new(token, position, alone);
            let text = self.tokens.iter().find(|ablated| ablated.token == name).map(|ablated| ablated.text.clone());
            (name, text.unwrap_or_else(|| token.written().into_owned()))
        };
        let keys = at.map_or_else(|| vec![None], |at| at.map(|position| Some(name(position))).collect());
        let blind = |position: usize| {
            let (token, text) = name(position);
            let of = move |not_at| BlindedToken { layer, token: token.clone(), text: text.clone(), not_at };
            keys.iter().cloned().map(of)
        };
        let meant: Vec<BlindedToken> = tokens.flat_map(blind).collect();
        let are_blind = meant.iter().all(|blind| self.blind.contains(blind));
        self.blind.retain(|blind| !meant.contains(blind));
        if !are_blind {
            self.blind.extend(meant);
        }
    }

    /// What is done to a token; none where it is read as itself.
    pub fn of_token(&self, token: &Token, position: usize, alone: Option<Sentence>) -> Option<Ablation> {
        if self.tokens.is_empty() {
            return None;
        }
        let name = TokenName::new(token, position, alone);
        self.tokens.iter().find(|ablated| ablated.token == name).map(|ablated| ablated.ablation)
    }

    /// Ablates heads; restores them where all of them are ablated.
    pub fn toggle_heads(&mut self, heads: BTreeSet<(usize, usize)>) {
        if heads.is_subset(&self.heads) {
            self.heads.retain(|head| !heads.contains(head));
        } else {
            self.heads.extend(heads);
        }
    }

    /// Goes on to the next state of a unit's tokens: masked, then replaced, then read as themselves.
    pub fn step_tokens(&mut self, trace: &Trace, units: &Units, unit: usize, alone: Option<Sentence>) {
        let tokens = units.tokens(unit);
        let before = self.of_token(&trace.tokens[tokens.start], tokens.start, alone);
        let after = match before {
            None => Some(Ablation::Mask),
            Some(Ablation::Mask) => Some(Ablation::Replace),
            Some(Ablation::Replace) => None,
        };
        self.set_tokens(trace, tokens, alone, after);
    }

    /// Masks tokens; restores them where all of them are ablated.
    pub fn toggle_tokens(&mut self, trace: &Trace, tokens: Range<usize>, alone: Option<Sentence>) {
        let ablated = tokens.clone().all(|position| self.of_token(&trace.tokens[position], position, alone).is_some());
        self.set_tokens(trace, tokens, alone, (!ablated).then_some(Ablation::Mask));
    }

    fn set_tokens(&mut self, trace: &Trace, tokens: Range<usize>, alone: Option<Sentence>, after: Option<Ablation>) {
        for (position, token) in tokens.map(|position| (position, &trace.tokens[position])) {
            let name = TokenName::new(token, position, alone);
            // What stands in the trace of a token that is replaced is the mask: its own text was kept.
            let text = self.tokens.iter().find(|ablated| ablated.token == name).map(|ablated| ablated.text.clone());
            self.tokens.retain(|ablated| ablated.token != name);
            let text = text.unwrap_or_else(|| token.written().into_owned());
            self.tokens.extend(after.map(|ablation| TokenAblation { token: name, text, ablation }));
        }
    }
}

/// `3.5 3.6, layer 4`: whole layers as such.
fn head_names(ablated: &BTreeSet<(usize, usize)>, heads: usize) -> String {
    let layers: BTreeSet<usize> = ablated.iter().map(|(layer, _)| *layer).collect();
    let of_layer = |&layer: &usize| {
        let here = ablated.range((layer, 0)..(layer + 1, 0));
        if here.clone().count() == heads {
            return message!("study-layer", layer = layer + 1);
        }
        here.map(|(_, head)| format!("{}.{}", layer + 1, head + 1)).collect::<Vec<_>>().join(" ")
    };
    listed(layers.iter().map(of_layer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ablations: &NamedAblations) -> String {
        ablations.names(3, &|_, text| text.to_owned())
    }

    #[test]
    fn whole_layers_are_named_as_such() {
        let heads = [(0, 1), (0, 2), (2, 0), (2, 1), (2, 2)].into();
        let mut ablated = NamedAblations { heads, ..ablated(&joined()[1], 1) };
        assert_eq!(names(&ablated), "1.2 1.3, layer 3, hidden “how”");
        ablated.tokens[0].ablation = Ablation::Replace;
        assert_eq!(names(&ablated), "1.2 1.3, layer 3, [MASK] for “how”");
    }

    #[test]
    fn a_blind_token_sees_only_itself_in_each_reading() {
        let mut named = NamedAblations::default();
        let trace = crate::bert::Trace { tokens: joined(), ..empty_trace() };
        named.toggle_blind(&trace, 1, 0..1, None, None);
        named.toggle_blind(&trace, 0, 0..1, None, None);
        assert_eq!(names(&named), "blind “[CLS]” in layers 1 2");
        let edges = |ablations: Ablations, layer: usize| -> Vec<(usize, usize)> {
            let here = ablations.edges.into_iter().filter(|edge| edge.layer == layer);
            here.map(|edge| (edge.query, edge.key)).collect()
        };
        assert_eq!(edges(named.at_positions(&joined(), None), 1), [(0, 1), (0, 2), (0, 3), (0, 4)]);
        assert_eq!(edges(named.at_positions(&b_alone(), Some(Sentence::B)), 0), [(0, 1), (0, 2)]);
        named.toggle_blind(&trace, 1, 0..1, None, None);
        assert_eq!(named.at_positions(&joined(), None).edges.len(), 4);
        assert!(!named.is_empty());
        named.toggle_blind(&trace, 0, 0..1, None, None);
        assert!(named.is_empty());
        // Not at some of the others.
        named.toggle_blind(&trace, 1, 0..1, Some(1..3), None);
        assert_eq!(names(&named), "“[CLS]” not at “how” in layer 2, “[CLS]” not at “[SEP]” in layer 2");
        assert_eq!(edges(named.at_positions(&joined(), None), 1), [(0, 1), (0, 2)]);
        assert_eq!(named.at_positions(&b_alone(), Some(Sentence::B)), Ablations::default());
        assert!(named.blind[0].is_in(&joined(), None) && !named.blind[0].is_in(&b_alone(), Some(Sentence::B)));
        named.toggle_blind(&trace, 1, 0..1, Some(1..3), None);
        assert!(named.is_empty());
    }

    fn empty_trace() -> Trace {
        Trace {
            input: crate::bert::Input::single(""),
            tokens: Vec::new(),
            truncation: None,
            ablations: Ablations::default(),
            layers: 2,
            heads: 1,
            hidden_size: 1,
            attentions: Vec::new(),
            hidden_states: Vec::new(),
            pooler_output: None,
            elapsed: std::time::Duration::ZERO,
        }
    }

    fn token(text: &str, id: u32, sentence: Sentence, span: Option<Range<usize>>) -> Token {
        Token { id, sentence, special: span.is_none(), span, ..Token::example(text) }
    }

    fn joined() -> Vec<Token> {
        vec![
            token("[CLS]", 1, Sentence::A, None),
            token("how", 5, Sentence::A, Some(0..3)),
            token("[SEP]", 2, Sentence::A, None),
            token("so", 6, Sentence::B, Some(0..2)),
            token("[SEP]", 2, Sentence::B, None),
        ]
    }

    fn b_alone() -> Vec<Token> {
        vec![
            token("[CLS]", 1, Sentence::A, None),
            token("so", 6, Sentence::A, Some(0..2)),
            token("[SEP]", 2, Sentence::A, None),
        ]
    }

    #[test]
    fn cuts_of_two_joined_are_found_in_each_alone() {
        let edges = [(0, 0, 1), (1, 0, 3), (1, 4, 3)].map(|(layer, query, key)| Edge { layer, query, key });
        let (heads, masked, replaced) = ([(1, 2)].into(), [0, 3].into(), [1, 3].into());
        let ablations = Ablations { heads, masked, edges: edges.into(), replaced };
        let ablated = NamedAblations::new(&ablations, &joined());
        assert_eq!(ablated.at_positions(&joined(), None), ablations);
        let of_b = ablated.at_positions(&b_alone(), Some(Sentence::B));
        let of_b_edges = [(1, 0, 1), (1, 2, 1)].map(|(layer, query, key)| Edge { layer, query, key });
        assert_eq!(
            of_b,
            Ablations { masked: [0, 1].into(), edges: of_b_edges.into(), replaced: [1].into(), ..ablations }
        );
    }

    fn ablated(token: &Token, position: usize) -> NamedAblations {
        let token = TokenAblation {
            token: TokenName::new(token, position, None),
            text: token.text.clone(),
            ablation: Ablation::Mask,
        };
        NamedAblations { tokens: vec![token], ..NamedAblations::default() }
    }

    #[test]
    fn a_token_is_the_same_in_every_reading() {
        let tokens = joined();
        let places = |position: usize, tokens: &[Token], alone| {
            let ablated = ablated(&joined()[position], position);
            ablated.at_positions(tokens, alone).masked.into_iter().collect::<Vec<_>>()
        };
        for position in 0..tokens.len() {
            assert_eq!(places(position, &tokens, None), [position]);
        }
        assert_eq!(places(3, &b_alone(), Some(Sentence::B)), [1], "so");
        assert_eq!(places(4, &b_alone(), Some(Sentence::B)), [2], "its [SEP]");
        assert_eq!(places(2, &b_alone(), Some(Sentence::B)), [0; 0], "that of A");
        assert_eq!(places(1, &b_alone(), Some(Sentence::B)), [0; 0], "how");
        assert_eq!(places(0, &b_alone(), Some(Sentence::B)), [0], "[CLS]");
    }
}
