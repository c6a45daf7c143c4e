use super::super::cosine;
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

/// The cosine of two vectors as they are and, where there is one, less a mean; none that is not finite.
pub fn raw_and_centred(a: &[f32], b: &[f32], mean: Option<&[f32]>) -> [Option<f32>; 2] {
    let less = |vector: &[f32], mean: &[f32]| vector.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    let centred = |mean: &[f32]| {
        let [a, b]: [Vec<f32>; 2] = [a, b].map(|vector| less(vector, mean));
        cosine(&a, &b)
    };
    [Some(cosine(a, b)), mean.map(centred)].map(|cosine| cosine.filter(|cosine| cosine.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::{
        BlindLayers::{self, From, Here, UpTo},
        raw_and_centred,
    };

    #[test]
    fn centring_takes_away_what_all_have() {
        let [raw, centred] = raw_and_centred(&[3.0, 1.0], &[3.0, -1.0], Some(&[3.0, 0.0]));
        assert!((raw.unwrap() - 0.8).abs() < 1e-6 && (centred.unwrap() + 1.0).abs() < 1e-6);
        assert_eq!(raw_and_centred(&[f32::NAN], &[1.0], None), [None, None]);
    }

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
