/// What a checkpoint's weights tell of how its pooler was trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolerTraining {
    /// To tell whether one sentence follows another: the head for that stands beside it.
    NextSentence,
    /// With a classifier of whole texts, which stands beside it.
    Classifier,
    /// They tell nothing.
    Unknown,
}

impl PoolerTraining {
    /// By the names of the checkpoint's tensors. transformers' classes with a `classifier` of tokens have no pooler, so
    /// one beside a pooler is a classifier of texts.
    pub(super) fn of<'n>(mut names: impl Iterator<Item = &'n str> + Clone) -> Self {
        let is_next_sentence = |name: &str| name.ends_with("seq_relationship.weight");
        let is_classifier = |name: &str| name == "classifier.weight" || name.ends_with(".classifier.weight");
        if names.clone().any(is_next_sentence) {
            Self::NextSentence
        } else if names.any(is_classifier) {
            Self::Classifier
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_tell_of_the_pooler() {
        let of = |names: &[&'static str]| PoolerTraining::of(names.iter().copied());
        assert_eq!(of(&["bert.pooler.dense.weight", "cls.seq_relationship.weight"]), PoolerTraining::NextSentence);
        assert_eq!(of(&["bert.pooler.dense.weight", "classifier.weight"]), PoolerTraining::Classifier);
        assert_eq!(of(&["pooler.dense.weight", "cls.predictions.bias"]), PoolerTraining::Unknown);
    }
}
