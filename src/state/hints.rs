use super::{Action, Context, Field, Focus, Opening, Page, PartState, State, Swept, View};
use crate::analysis::HeadChoice;

/// What the bottom bar says of one action, or of several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Those that would do something now.
    pub actions: Vec<Action>,
    /// What they do, in a word or two.
    pub label: &'static str,
}

impl State {
    /// What would do something now, the most useful first; the last ones are always worth their room.
    pub fn hints(&self) -> Vec<Hint> {
        use Action::*;
        let arrows: &[Action] = &[Left, Down, Up, Right];
        let cut = match (self.attention.head(), self.is_off(self.attention.layer, self.attention.head())) {
            (_, true) => "on again",
            (Some(_), false) => "cut the head",
            (None, false) => "cut the layer",
        };
        let is_off = self.sweep.selected_part().is_some_and(|part| part.state == PartState::Off);
        let cut_swept = if is_off { "on again" } else { "cut it" };
        let parts = if self.sweep.swept == Swept::Heads { "words" } else { "heads" };
        let lab = if self.lab.page == Page::Words { "move" } else { "scroll" };
        let commit = match self.focus {
            Focus::Text(Field::Line) => "take it",
            _ if self.offers_example() => Example.short(),
            _ => Commit.short(),
        };
        let rows: &[(&[Action], &'static str)] = match self.context() {
            Context::Input => &[
                (&[Commit], commit),
                (&[OtherField], OtherField.short()),
                (&[ShowLayers], ShowLayers.short()),
                (&[ShowPooling], ShowPooling.short()),
                (&[PickModel], PickModel.short()),
                (&[ClearText], ClearText.short()),
                (&[AddToList], AddToList.short()),
            ],
            Context::Layers => &[],
            Context::Heads => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "matrix"),
                (arrows, "move"),
                (&[OpenHead], OpenHead.short()),
                (&[PreviousStatistic, Statistic], Statistic.short()),
                (&[Sort], Sort.short()),
                (&[MeanOfHeads], "no head"),
                (&[MarkHead], MarkHead.short()),
                (&[Unmark], Unmark.short()),
                (&[CutHead], cut),
                (&[UndoCut], UndoCut.short()),
                (&[NextReading], "joined, A, B"),
                (&[EditPair], EditPair.short()),
                (&[PickModel], PickModel.short()),
                (&[Hold], Hold.short()),
                (&[Table], Table.short()),
                (&[Copy], Copy.short()),
                (&[Export], Export.short()),
                (&[Example], Example.short()),
            ],
            Context::Matrix => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "compare"),
                (arrows, "move"),
                (&[PreviousLayer, NextLayer], "layer"),
                (&[PreviousHead, NextHead], "one head"),
                (&[MeanOfHeads], MeanOfHeads.short()),
                (&[MaxOfHeads], MaxOfHeads.short()),
                (&[Zoom], Zoom.short()),
                (&[CutHead], cut),
                (&[UndoCut], UndoCut.short()),
                (&[NextReading], "joined, A, B"),
                (&[EditPair], EditPair.short()),
                (&[PickModel], PickModel.short()),
                (&[Specials], Specials.short()),
                (&[Words], Words.short()),
                (&[Scale], Scale.short()),
                (&[CutToken], CutToken.short()),
                (&[Hold], Hold.short()),
                (&[MarkToken], MarkToken.short()),
                (&[MarkHead], MarkHead.short()),
                (&[Unmark], Unmark.short()),
                (&[Find], Find.short()),
                (&[FindPrevious, FindNext], "found"),
                (&[Table], Table.short()),
                (&[Copy], Copy.short()),
                (&[Export], Export.short()),
                (&[Example], Example.short()),
            ],
            Context::Pooling => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "sentences"),
                (&[NextPage], "page"),
                (if self.lab.page == Page::Words { arrows } else { &[Down, Up] }, lab),
                (&[OtherPooling], OtherPooling.short()),
                (&[EditPair], EditPair.short()),
                (&[NextReading], "A or B"),
                (&[PickModel], PickModel.short()),
                (&[Table], Table.short()),
                (&[Copy], Copy.short()),
                (&[Export], Export.short()),
                (&[Example], Example.short()),
            ],
            Context::Sentences => &[],
            Context::Map => &[],
            Context::Picker => &[
                (&[OpenModel], if self.picker.is_on_download() { "download" } else { OpenModel.short() }),
                (&[Down, Up], "move"),
                (&[Leave], "close"),
                (&[ClearText], ClearText.short()),
            ],
            Context::Compare => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "sweep"),
                (arrows, "move"),
                (&[PreviousLayer, NextLayer], "layer"),
                (&[PreviousHead, NextHead], "one head"),
                (&[MeanOfHeads], MeanOfHeads.short()),
                (&[MaxOfHeads], MaxOfHeads.short()),
                (&[Hold], "hold this"),
                (&[LetGo], LetGo.short()),
                (&[NextReading], "joined, A, B"),
                (&[EditPair], EditPair.short()),
                (&[PickModel], PickModel.short()),
                (&[CutHead], cut),
                (&[UndoCut], UndoCut.short()),
                (&[Strongest], "largest difference"),
                (&[Specials], Specials.short()),
                (&[Words], Words.short()),
                (&[Scale], Scale.short()),
                (&[Table], Table.short()),
                (&[Copy], Copy.short()),
                (&[Export], Export.short()),
            ],
            Context::Sweep => &[
                (&[EditSentence], EditSentence.short()),
                (&[NextView], "pooling"),
                (&[Down, Up], "move"),
                (&[SweepParts], parts),
                (&[SweepOrder], SweepOrder.short()),
                (&[CutHead], cut_swept),
                (&[UndoCut], UndoCut.short()),
                (&[NextReading], "joined, A, B"),
                (&[StartSweep], StartSweep.short()),
                (&[Table], Table.short()),
                (&[Copy], Copy.short()),
                (&[Export], Export.short()),
                (&[PickModel], PickModel.short()),
            ],
            Context::Table => &[
                (&[Table], "close"),
                (arrows, "move"),
                (&[NextTable], NextTable.short()),
                (&[SortTable], SortTable.short()),
                (&[Copy], "copy the number"),
                (&[CopyTable], "copy all"),
                (&[Export], Export.short()),
            ],
            Context::Find => {
                &[(&[Commit], "stay here"), (&[FindPrevious, FindNext], "previous, next"), (&[Leave], "back")]
            }
            Context::Export => &[
                (&[ExportHtml], ExportHtml.short()),
                (&[ExportSvg], ExportSvg.short()),
                (&[ExportCsv], ExportCsv.short()),
                (&[ExportTsv], ExportTsv.short()),
                (&[ExportJson], ExportJson.short()),
                (&[ExportNpz], ExportNpz.short()),
                (&[Leave], "write nothing"),
            ],
            Context::Help => &[(&[Leave], "close"), (&[Down, Up], "scroll")],
            Context::Global => &[],
        };
        let cancel = self.cancel_label();
        let first: &[(&[Action], &'static str)] = &[(&[Cancel], cancel.unwrap_or_default())];
        let first = if cancel.is_some() { first } else { &[] };
        let always: &[(&[Action], &'static str)] = &[(&[Help], Help.short()), (&[Quit], Quit.short())];
        let valid = |&(actions, label): &(&[Action], &'static str)| Hint {
            actions: actions.iter().copied().filter(|&action| self.would_act(action)).collect(),
            label,
        };
        let always = always.iter().filter(|_| self.help.is_none());
        first.iter().chain(rows).chain(always).map(valid).filter(|hint| !hint.actions.is_empty()).collect()
    }

    /// What cancelling would end, where a view is open.
    pub fn cancel_label(&self) -> Option<&'static str> {
        if !self.context().is_view() {
            return None;
        }
        Some(match &self.opening {
            _ if self.cancels_list() => "cancel the reading",
            _ if self.cancels_sweep() => "cancel the sweep",
            Some(Opening { progress: Some(_), .. }) => "cancel the download",
            Some(_) => "cancel",
            None => "dismiss the error",
        })
    }

    /// Whether the command of an id would change anything now.
    pub(crate) fn would_act_by(&self, id: &str) -> bool {
        Action::named(id).is_some_and(|action| self.would_act(action))
    }

    /// Whether an action would change anything now.
    pub fn would_act(&self, action: Action) -> bool {
        use Action::*;
        if let Some(acts) = self.list_would_act(action) {
            return acts;
        }
        let trace = self.passage().map(|passage| &passage.trace);
        let state = &self.attention;
        if let (Context::Pooling, Some(acts)) = (self.context(), self.lab_would_act(action)) {
            return acts;
        }
        match action {
            Up | Down | Left | Right | NextTable if self.context() == Context::Table => {
                self.table.as_ref().is_some_and(|table| table.would_act(action))
            }
            OpenModel => self.picker.chosen().is_some(),
            CutHead if self.view == View::Sweep => self.sweep.selected_part().is_some(),
            // Where everything is off, there is nothing to sweep.
            StartSweep => self.can_sweep() && self.sweep.progress().1 > 0,
            Up if self.context() == Context::Picker => self.picker.selected > 0,
            Down if self.context() == Context::Picker => self.picker.selected + 1 < self.picker.choices().len(),
            ClearText if self.picker.is_open => !self.picker.filter.value().is_empty(),
            Cancel => {
                self.cancels_list() || self.cancels_sweep() || self.opening.is_some() || self.model_error.is_some()
            }
            Left | First if self.view == View::Heads => trace.is_some() && state.head() != Some(0),
            Right | Last if self.view == View::Heads => {
                trace.is_some_and(|trace| state.head().is_none_or(|head| head + 1 < trace.heads))
            }
            OpenHead | Statistic | PreviousStatistic | Sort | Zoom | CutHead => trace.is_some(),
            UndoCut => self.can_undo(),
            Up | Top | PageLeft if self.context() == Context::Sweep => self.sweep.selected() > 0,
            Down | Bottom | PageRight if self.context() == Context::Sweep => {
                self.sweep.selected() + 1 < self.sweep.lines().len()
            }
            PreviousLayer => trace.is_some() && state.layer > 0,
            NextLayer => trace.is_some_and(|trace| state.layer + 1 < trace.layers),
            Left | First | PageLeft => trace.is_some() && state.can_step(-1),
            Right | Last | PageRight => trace.is_some() && state.can_step(1),
            Strongest if self.view == View::Compare => self.most_different().is_some_and(|token| token != state.token),
            Hold => self.can_hold(),
            Strongest => trace.is_some() && state.can_go_to_strongest(),
            Up if self.help.is_some() => self.help > Some(0),
            Down if self.help.is_some() => self.help < Some(self.furthest),
            Up | Top if self.view.is_square() => trace.is_some() && state.can_step_source(-1),
            Down | Bottom if self.view.is_square() => trace.is_some() && state.can_step_source(1),
            Up | Top => trace.is_some() && state.layer > 0,
            Down | Bottom => trace.is_some_and(|trace| state.layer + 1 < trace.layers),
            NextHead | PreviousHead => {
                trace.is_some_and(|trace| trace.heads > 1 || state.lens.heads != HeadChoice::One(0))
            }
            MeanOfHeads => trace.is_some() && state.lens.heads != HeadChoice::Mean,
            MaxOfHeads => trace.is_some() && state.lens.heads != HeadChoice::Max,
            SourceHere => trace.is_some() && state.source != state.token,
            SourceCls => trace.is_some() && state.source != 0,
            Words => trace.is_some() && state.has_pieces(),
            TurnAround | Specials | Scale => trace.is_some(),
            NextReading => self.readings.as_ref().is_some_and(|readings| readings.pair.is_some()),
            Example => !self.examples.is_empty() && (self.model.is_some() || self.opening.is_some()),
            ClearText => !self.field().value().is_empty(),
            ShowLayers => self.view != View::Layers,
            ShowHeads => self.view != View::Heads,
            ShowMatrix => self.view != View::Matrix,
            ShowCompare => self.view != View::Compare,
            ShowSweep => self.view != View::Sweep,
            ShowPooling => self.view != View::Pooling,
            ShowSentences => self.view != View::Sentences,
            ShowMap => self.view != View::Map,
            MarkToken | CutToken | Find | SweepParts | SweepOrder | Table | Copy | CopyTable | Export => {
                trace.is_some()
            }
            Unmark => !state.marked.is_empty() || !state.lens.among.is_empty(),
            MarkHead => trace.is_some() && state.head().is_some(),
            FindNext | FindPrevious => self.matches().iter().any(|&found| found != self.found_at()),
            LetGo => self.held.is_some(),
            _ => true,
        }
    }
}
