use super::States;

/// A tensor of a checkpoint in which some numbers are NaN or infinite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonFiniteTensor {
    /// As transformers calls it.
    pub name: String,
    /// How many numbers are NaN or infinite.
    pub count: usize,
    /// How many numbers it has.
    pub of: usize,
}

/// Where NaN or infinity first arises in a forward pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NonFinitePlace {
    /// In the embeddings.
    Embeddings,
    /// In what an encoder layer gives, from 1.
    Layer(usize),
    /// In the pooler.
    Pooler,
}

impl States<'_> {
    /// Where NaN or infinity first arises in them; none where every number is finite.
    ///
    /// A token that is not finite in one layer is not in any later one, so finite last states are looked at alone.
    pub fn not_finite(&self) -> Option<NonFinitePlace> {
        let size = (self.tokens.len() * self.hidden_size).max(1);
        let is_finite = |numbers: &[f32]| numbers.iter().all(|number| number.is_finite());
        let last = &self.hidden_states[self.hidden_states.len().saturating_sub(size)..];
        if !is_finite(last) {
            let layer = self.hidden_states.chunks(size).position(|layer| !is_finite(layer))?;
            return Some(if layer == 0 { NonFinitePlace::Embeddings } else { NonFinitePlace::Layer(layer) });
        }
        self.pooler_output.filter(|pooled| !is_finite(pooled)).map(|_| NonFinitePlace::Pooler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bert::Token;

    #[test]
    fn the_first_place_is_found() {
        let token = Token { id: 1, ..Token::example("a") };
        let tokens = [token.clone(), token];
        // Two layers, two tokens, two dimensions.
        let found = |hidden: &[(usize, f32)], pooler: f32| {
            let mut hidden_states = vec![1.0; 12];
            hidden.iter().for_each(|&(at, value)| hidden_states[at] = value);
            let pooler_output = [0.5, pooler];
            let states = States {
                tokens: &tokens,
                layers: 2,
                hidden_size: 2,
                hidden_states: &hidden_states,
                pooler_output: Some(&pooler_output),
                declared: None,
            };
            states.not_finite()
        };
        assert_eq!(found(&[], 0.0), None);
        assert_eq!(found(&[], f32::NAN), Some(NonFinitePlace::Pooler));
        assert_eq!(found(&[(11, f32::INFINITY)], f32::NAN), Some(NonFinitePlace::Layer(2)));
        assert_eq!(found(&[(6, f32::NAN), (10, f32::NAN)], 0.0), Some(NonFinitePlace::Layer(1)));
        assert_eq!(
            found(&[(0, f32::NAN), (5, f32::NAN), (8, f32::NEG_INFINITY)], 0.0),
            Some(NonFinitePlace::Embeddings)
        );
    }
}
