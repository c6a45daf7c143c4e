use super::{Action, Context, Field, Focus, Opening, State, View};

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
            Context::Picker => &[
                (&[OpenModel], if self.picker.is_on_download() { "download" } else { OpenModel.short() }),
                (&[Down, Up], "move"),
                (&[Leave], "close"),
                (&[ClearText], ClearText.short()),
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
            _ => &[],
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
        let is_read = self.passage().is_some();
        match action {
            Up | Down | Left | Right | NextTable if self.context() == Context::Table => {
                self.table.as_ref().is_some_and(|table| table.would_act(action))
            }
            OpenModel => self.picker.chosen().is_some(),
            Up if self.context() == Context::Picker => self.picker.selected > 0,
            Down if self.context() == Context::Picker => self.picker.selected + 1 < self.picker.choices().len(),
            ClearText if self.picker.is_open => !self.picker.filter.value().is_empty(),
            Cancel => self.cancels_list() || self.opening.is_some() || self.model_error.is_some(),
            Up if self.help.is_some() => self.help > Some(0),
            Down if self.help.is_some() => self.help < Some(self.furthest),
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
            Table | Copy | CopyTable | Export => is_read,
            FindNext | FindPrevious => self.matches().iter().any(|&found| found != self.found_at()),
            _ => true,
        }
    }
}
