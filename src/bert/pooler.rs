use super::HeadName;

/// What a checkpoint's weights tell of how its pooler was trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolerTraining {
    /// To tell whether one sentence follows another, or whether two stand in their order: the head for that stands beside it.
    NextSentence,
    /// With a classifier of whole texts, which stands beside it.
    Classifier,
    /// They tell nothing.
    Unknown,
}

impl PoolerTraining {
    /// By the checkpoint's heads that read the pooler output.
    pub(super) fn of(heads: impl Iterator<Item = HeadName>) -> Self {
        heads.fold(Self::Unknown, |training, head| match (training, head) {
            (_, HeadName::NextSentence | HeadName::SentenceOrder) => Self::NextSentence,
            (Self::Unknown, HeadName::SequenceClassification | HeadName::MultipleChoice) => Self::Classifier,
            (training, _) => training,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_tell_of_the_pooler() {
        let of = |heads: &[HeadName]| PoolerTraining::of(heads.iter().copied());
        let classifier = HeadName::SequenceClassification;
        assert_eq!(of(&[classifier, HeadName::NextSentence]), PoolerTraining::NextSentence);
        assert_eq!(of(&[HeadName::SentenceOrder]), PoolerTraining::NextSentence);
        assert_eq!(of(&[classifier]), PoolerTraining::Classifier);
        assert_eq!(of(&[]), PoolerTraining::Unknown);
    }
}
