//! The numbers behind a view, worked out from the arrays of a trace alone, in f64.

use clscope::{
    analysis::{AttentionOptions, Direction, Granularity, HeadChoice, Specials, Statistic},
    app::AttentionState,
    bert::{Sentence, Trace},
};

/// A trace looked at through the options, without any of clscope's own analysis.
pub struct Independent<'t> {
    pub trace: &'t Trace,
    pub options: AttentionOptions,
    /// The tokens of each unit.
    pub units: Vec<Vec<usize>>,
}

/// A row of weights over the units that are shown, and what stands right of it.
pub struct Row {
    pub weights: Vec<f64>,
    pub spread: f64,
    pub hidden: f64,
    pub marked: f64,
}

impl<'t> Independent<'t> {
    pub fn new(trace: &'t Trace, options: AttentionOptions) -> Self {
        let mut units: Vec<Vec<usize>> = Vec::new();
        for (at, token) in trace.tokens.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &trace.tokens[before]);
            let goes_on = before.is_some_and(|before| {
                token.word.is_some() && (before.word, before.sentence) == (token.word, token.sentence)
            });
            match units.last_mut() {
                Some(unit) if goes_on && options.granularity == Granularity::Words => unit.push(at),
                _ => units.push(vec![at]),
            }
        }
        Self { trace, options, units }
    }

    fn is_special(&self, unit: usize) -> bool {
        self.units[unit].iter().all(|&token| self.trace.tokens[token].span.is_none())
    }

    /// The units that have a column: all, where nothing but specials is there.
    pub fn shown(&self) -> Vec<usize> {
        let all: Vec<usize> = (0..self.units.len()).collect();
        let shown: Vec<usize> = match self.options.specials {
            Specials::Shown => all.clone(),
            _ => all.iter().copied().filter(|&unit| !self.is_special(unit)).collect(),
        };
        if shown.is_empty() { all } else { shown }
    }

    pub fn unit_of(&self, token: usize) -> usize {
        self.units.iter().position(|unit| unit.contains(&token)).unwrap()
    }

    pub fn name(&self, unit: usize) -> String {
        let texts = self.units[unit].iter().map(|&token| self.trace.tokens[token].text.trim_start_matches("##"));
        let first = &self.trace.tokens[self.units[unit][0]].text;
        let text = if self.units[unit].len() == 1 { first.clone() } else { texts.collect() };
        let start = if first.starts_with("##") && self.units[unit].len() > 1 { "##" } else { "" };
        format!("{} {start}{text}", self.units[unit][0])
    }

    fn heads(&self, choice: HeadChoice) -> Vec<usize> {
        let all: Vec<usize> = (0..self.trace.heads).collect();
        let marked: Vec<usize> = all.iter().copied().filter(|&head| self.options.among.contains(head)).collect();
        match choice {
            HeadChoice::One(head) => vec![head],
            _ if marked.is_empty() => all,
            _ => marked,
        }
    }

    /// `attentions[layer, head, query, key]`.
    fn weight(&self, layer: usize, head: usize, query: usize, key: usize) -> f64 {
        let (heads, tokens) = (self.trace.heads, self.trace.tokens.len());
        f64::from(self.trace.attentions[((layer * heads + head) * tokens + query) * tokens + key])
    }

    /// From one unit to another: the mean over the tokens that look of the sum over those looked at.
    fn between(&self, layer: usize, choice: HeadChoice, from: usize, to: usize) -> f64 {
        let heads = self.heads(choice);
        let merged = |query: usize, key: usize| {
            let each = heads.iter().map(|&head| self.weight(layer, head, query, key));
            if choice == HeadChoice::Max { each.fold(0.0, f64::max) } else { each.sum::<f64>() / heads.len() as f64 }
        };
        let sums =
            self.units[from].iter().map(|&query| self.units[to].iter().map(|&key| merged(query, key)).sum::<f64>());
        sums.sum::<f64>() / self.units[from].len() as f64
    }

    /// What is left of a unit's attention without that to specials.
    fn left(&self, layer: usize, choice: HeadChoice, from: usize) -> f64 {
        let words = (0..self.units.len()).filter(|&to| !self.is_special(to));
        words.map(|to| self.between(layer, choice, from, to)).sum()
    }

    /// One row, in the direction given.
    pub fn row(&self, layer: usize, choice: HeadChoice, unit: usize, direction: Direction, marked: &[usize]) -> Row {
        let hides = self.options.specials != Specials::Shown;
        let scales = self.options.specials == Specials::Renormalized;
        let every: Vec<f64> = (0..self.units.len())
            .map(|other| match direction {
                Direction::From => self.between(layer, choice, unit, other),
                Direction::To => {
                    let weight = self.between(layer, choice, other, unit);
                    let left = self.left(layer, choice, other);
                    if scales && !self.is_special(unit) && left > 0.0 { weight / left } else { weight }
                }
            })
            .collect();
        let total: f64 = every.iter().sum();
        let to_specials: f64 = (0..self.units.len()).filter(|&at| self.is_special(at)).map(|at| every[at]).sum();
        let hidden = if hides && total > 0.0 { to_specials / total } else { 0.0 };
        let left = total - to_specials;
        let scale = if scales && direction == Direction::From && left > 0.0 { left } else { 1.0 };
        let visible = |at: usize| if hides && self.is_special(at) { 0.0 } else { every[at] / scale };
        let weights: Vec<f64> = self.shown().into_iter().map(visible).collect();
        let marked = marked.iter().map(|&at| visible(at)).sum();
        Row { spread: spread(&weights), weights, hidden, marked }
    }

    /// The marked units that have a column, from the tokens that were marked.
    pub fn marked(&self, state: &AttentionState) -> Vec<usize> {
        let shown = self.shown();
        let mut marked: Vec<usize> = state.marked.iter().map(|&token| self.unit_of(token)).collect();
        marked.dedup();
        marked.into_iter().filter(|unit| shown.contains(unit)).collect()
    }

    /// A statistic of a head, the mean over the tokens it is about.
    pub fn statistic(&self, layer: usize, head: usize, statistic: Statistic) -> f64 {
        let tokens = &self.trace.tokens;
        let in_text = |sentence| move |at: &usize| tokens[*at].span.is_some() && tokens[*at].sentence == sentence;
        let group = |sentence| (0..tokens.len()).filter(in_text(sentence)).collect::<Vec<_>>();
        let (a, b) = (group(Sentence::A), group(Sentence::B));
        let added: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].span.is_none()).collect();
        let separators: Vec<usize> = added.iter().copied().filter(|&at| at > 0).collect();
        let all: Vec<usize> = (0..tokens.len()).collect();
        let to =
            |query: usize, keys: &[usize]| keys.iter().map(|&key| self.weight(layer, head, query, key)).sum::<f64>();
        let mean = |queries: &[usize], of: &dyn Fn(usize) -> f64| {
            queries.iter().map(|&query| of(query)).sum::<f64>() / queries.len().max(1) as f64
        };
        match statistic {
            Statistic::EffectiveTokens => mean(&all, &|query| {
                spread(&all.iter().map(|&key| self.weight(layer, head, query, key)).collect::<Vec<_>>())
            }),
            Statistic::ToSeparator => mean(&all, &|query| to(query, &separators)),
            Statistic::ToCls => mean(&all, &|query| to(query, &[0])),
            Statistic::ToItself => mean(&all, &|query| to(query, &[query])),
            Statistic::ToPrevious => mean(&all[1..], &|query| to(query, &[query - 1])),
            Statistic::ToNext => mean(&all[..all.len() - 1], &|query| to(query, &[query + 1])),
            Statistic::ToOther => {
                let across: f64 =
                    a.iter().map(|&query| to(query, &b)).chain(b.iter().map(|&query| to(query, &a))).sum();
                across / (a.len() + b.len()).max(1) as f64
            }
            Statistic::AToA => mean(&a, &|query| to(query, &a)),
            Statistic::AToB => mean(&a, &|query| to(query, &b)),
            Statistic::AToSpecials => mean(&a, &|query| to(query, &added)),
            Statistic::BToA => mean(&b, &|query| to(query, &a)),
            Statistic::BToB => mean(&b, &|query| to(query, &b)),
            Statistic::BToSpecials => mean(&b, &|query| to(query, &added)),
            Statistic::ClsToA => to(0, &a),
            Statistic::ClsToB => to(0, &b),
            Statistic::ClsToSpecials => to(0, &added),
            Statistic::ToMarked => panic!("it is not of the trace alone"),
        }
    }

    /// The vector `[hidden]` of the last layer under a pooling, by its name.
    pub fn pooled(&self, pooling: &str) -> Vec<f64> {
        let words: Vec<usize> = (0..self.trace.tokens.len()).filter(|&at| !self.trace.tokens[at].special).collect();
        let every: Vec<usize> = (0..self.trace.tokens.len()).collect();
        match pooling {
            "pooled" => self.trace.pooler_output.as_ref().unwrap().iter().map(|&x| f64::from(x)).collect(),
            "cls" => self.hidden(self.trace.layers, 0),
            "mean" => self.mean(self.trace.layers, &every),
            "mean-words" => self.mean(self.trace.layers, &words),
            "max" => {
                let states: Vec<Vec<f64>> = every.iter().map(|&token| self.hidden(self.trace.layers, token)).collect();
                (0..self.trace.hidden_size)
                    .map(|d| states.iter().map(|state| state[d]).fold(f64::MIN, f64::max))
                    .collect()
            }
            "first-last" | "layer1-last" => {
                let first = usize::from(pooling == "layer1-last");
                let (first, last) = (self.mean(first, &every), self.mean(self.trace.layers, &every));
                first.iter().zip(&last).map(|(first, last)| (first + last) / 2.0).collect()
            }
            other => panic!("{other} is not on the pooling view"),
        }
    }

    /// `hidden_states[layer, token]`.
    pub fn hidden(&self, layer: usize, token: usize) -> Vec<f64> {
        let size = self.trace.hidden_size;
        let start = (layer * self.trace.tokens.len() + token) * size;
        self.trace.hidden_states[start..start + size].iter().map(|&x| f64::from(x)).collect()
    }

    fn mean(&self, layer: usize, tokens: &[usize]) -> Vec<f64> {
        let states: Vec<Vec<f64>> = tokens.iter().map(|&token| self.hidden(layer, token)).collect();
        let sum = |d: usize| states.iter().map(|state| state[d]).sum::<f64>();
        (0..self.trace.hidden_size).map(|d| sum(d) / tokens.len() as f64).collect()
    }

    /// cosine(cls, mean) in a layer, 0 being the embeddings.
    pub fn drift(&self, layer: usize) -> f64 {
        let every: Vec<usize> = (0..self.trace.tokens.len()).collect();
        cosine(&self.hidden(layer, 0), &self.mean(layer, &every))
    }
}

/// exp of the entropy of weights scaled to sum 1.
pub fn spread(weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let terms = weights.iter().filter(|&&weight| weight > 0.0).map(|weight| weight / total * (weight / total).ln());
    (-terms.sum::<f64>()).exp()
}

pub fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}
