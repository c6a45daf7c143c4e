use crate::bert::Ablations;

/// The layers in which a token looks at nothing but itself. Layers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlindLayers {
    /// In one layer.
    Here(usize),
    /// In all up to a layer, that one included.
    UpTo(usize),
    /// In all from a layer on, that one included.
    From(usize),
}

impl BlindLayers {
    /// Every choice of a model with so many layers, each set of layers once: those of one layer first.
    pub fn all(layers: usize) -> Vec<Self> {
        let here = (0..layers).map(Self::Here);
        let up_to = (1..layers).map(Self::UpTo);
        let from = (1..layers.saturating_sub(1)).map(Self::From);
        here.chain(up_to).chain(from).collect()
    }

    /// The one among [`BlindLayers::all`] that has the same layers.
    pub fn same(self, layers: usize) -> Self {
        match self {
            Self::UpTo(0) => Self::Here(0),
            Self::From(first) if first + 1 >= layers => Self::Here(first),
            Self::From(0) => Self::UpTo(layers - 1),
            other => other,
        }
    }

    /// What is ablated for it in an input of so many tokens, over what is ablated already.
    pub fn ablations(self, base: &Ablations, token: usize, layers: usize, tokens: usize) -> Ablations {
        let mut ablations = base.clone();
        let range = match self {
            Self::Here(layer) => layer..layer + 1,
            Self::UpTo(last) => 0..last + 1,
            Self::From(first) => first..layers,
        };
        ablations.blind(token, range, tokens);
        ablations
    }
}

#[cfg(test)]
mod tests {
    use super::BlindLayers::{self, From, Here, UpTo};

    #[test]
    fn each_set_of_layers_is_there_once() {
        assert_eq!(BlindLayers::all(3), [Here(0), Here(1), Here(2), UpTo(1), UpTo(2), From(1)]);
        assert_eq!((BlindLayers::all(1), BlindLayers::all(0)), (vec![Here(0)], vec![]));
        for layers in 1..4 {
            for layer in 0..layers {
                for choice in [Here(layer), UpTo(layer), From(layer)] {
                    let (same, cut) =
                        (choice.same(layers), |it: BlindLayers| it.ablations(&Default::default(), 0, layers, 2));
                    assert!(BlindLayers::all(layers).contains(&same), "{choice:?} of {layers}");
                    assert_eq!(cut(choice), cut(same));
                }
            }
        }
    }
}
