use super::{Action, App, Context, View};
use crate::analysis::HeadChoice;

/// What the bottom bar says of one action, or of several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Those that would do something now.
    pub actions: Vec<Action>,
    /// What they do, in a word or two.
    pub label: &'static str,
}

impl App {
    /// What would do something now, the most useful first; the last ones are always worth their room.
    pub fn hints(&self) -> Vec<Hint> {
        use Action::*;
        let arrows: &[Action] = &[Left, Down, Up, Right];
        let rows: &[(&[Action], &'static str)] = match self.context() {
            Context::Input => &[
                (&[Commit], if self.offers_example() { Example.short() } else { Commit.short() }),
                (&[OtherField], OtherField.short()),
                (&[ShowAttention], ShowAttention.short()),
                (&[ShowPooling], ShowPooling.short()),
                (&[ClearText], ClearText.short()),
            ],
            Context::Attention => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "pooling"),
                (arrows, "move"),
                (&[PreviousHead, NextHead], "one head"),
                (&[MeanOfHeads], MeanOfHeads.short()),
                (&[MaxOfHeads], MaxOfHeads.short()),
                (&[SourceHere], SourceHere.short()),
                (&[SourceCls], SourceCls.short()),
                (&[NextReading], NextReading.short()),
                (&[EditPair], EditPair.short()),
                (&[PickModel], PickModel.short()),
                (&[Example], Example.short()),
            ],
            Context::Pooling => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "attention"),
                (&[Down, Up], "scroll"),
                (&[EditPair], EditPair.short()),
                (&[NextReading], "A or B"),
                (&[PickModel], PickModel.short()),
                (&[Example], Example.short()),
            ],
            Context::Picker => &[
                (&[OpenModel], OpenModel.short()),
                (&[Down, Up], "move"),
                (&[Leave], "close"),
                (&[ClearText], ClearText.short()),
            ],
            Context::Help => &[(&[Leave], "close"), (&[Down, Up], "scroll")],
            Context::Global => &[],
        };
        let first: &[(&[Action], &'static str)] = match (self.context(), &self.opening) {
            (Context::Attention | Context::Pooling, Some(_)) => &[(&[CancelOpening], "cancel the download")],
            (Context::Attention | Context::Pooling, None) => &[(&[CancelOpening], "dismiss the error")],
            _ => &[],
        };
        let always: &[(&[Action], &'static str)] = &[(&[Help], Help.short()), (&[Quit], Quit.short())];
        let valid = |&(actions, label): &(&[Action], &'static str)| Hint {
            actions: actions.iter().copied().filter(|&action| self.would_act(action)).collect(),
            label,
        };
        let always = always.iter().filter(|_| self.help.is_none());
        first.iter().chain(rows).chain(always).map(valid).filter(|hint| !hint.actions.is_empty()).collect()
    }

    /// Whether an action would change anything now.
    pub fn would_act(&self, action: Action) -> bool {
        use Action::*;
        let trace = self.passage().map(|passage| &passage.trace);
        let state = &self.attention;
        match action {
            OpenModel => self.picker.chosen().is_some(),
            Up if self.context() == Context::Picker => self.picker.selected > 0,
            Down if self.context() == Context::Picker => self.picker.selected + 1 < self.picker.choices().len(),
            ClearText if self.picker.is_open => !self.picker.filter.value().is_empty(),
            CancelOpening => self.opening.is_some() || self.model_error.is_some(),
            Left | First | PageLeft => trace.is_some() && state.token > 0,
            Right | Last | PageRight => trace.is_some_and(|trace| state.token + 1 < trace.tokens.len()),
            Up if self.help.is_some() => self.help > Some(0),
            Up if self.view == View::Pooling => self.pooling_top > 0,
            Down if self.help.is_some() => self.help < Some(self.furthest),
            Down if self.view == View::Pooling => self.pooling_top < self.furthest,
            Up | Top => trace.is_some() && state.layer > 0,
            Down | Bottom => trace.is_some_and(|trace| state.layer + 1 < trace.layers),
            NextHead | PreviousHead => trace.is_some_and(|trace| trace.heads > 1 || state.heads != HeadChoice::One(0)),
            MeanOfHeads => trace.is_some() && state.heads != HeadChoice::Mean,
            MaxOfHeads => trace.is_some() && state.heads != HeadChoice::Max,
            SourceHere => trace.is_some() && state.source != state.token,
            SourceCls => trace.is_some() && state.source != 0,
            NextReading => self.readings.as_ref().is_some_and(|readings| readings.pair.is_some()),
            Example => !self.examples.is_empty() && (self.model.is_some() || self.opening.is_some()),
            ClearText => !self.field().value().is_empty(),
            ShowAttention => self.view != View::Attention,
            ShowPooling => self.view != View::Pooling,
            _ => true,
        }
    }
}
