//! What keys and clicks do on the views of the list.

use super::{ListOrder, ListState, PointColor};
use crate::state::{Action, Context, Field, Finding, Focus, Job, Stage, State, Subject, View};

/// How many rows a page key goes.
const PAGE: isize = 10;

/// A pair on which the two poolings disagree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walked {
    /// From 0, the greatest disagreement.
    pub number: usize,
    /// How many can be walked through.
    pub count: usize,
    /// How many pairs the list has.
    pub pairs: usize,
    /// Of a hundred of these, how many are less close, left and right.
    pub percentiles: [f64; 2],
}

impl ListState {
    /// Goes to a line.
    pub(crate) fn select(&mut self, line: usize) {
        self.walk = None;
        self.line = line.min(self.lines.len().saturating_sub(1));
        self.point();
    }

    /// Goes to the column of a line.
    fn select_other(&mut self, line: usize) {
        self.walk = None;
        self.other = line.min(self.lines.len().saturating_sub(1));
    }

    /// The line so many rows further than another; the first or the last one at the ends.
    fn step(&self, line: usize, by: isize) -> usize {
        let row = self.row_of(line).saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.rows.get(row).copied().unwrap_or(0)
    }

    /// The pair of lines that the cursor would go to among the disagreements, and its number there.
    fn disagreement(&self, forth: bool) -> Option<(usize, usize, usize)> {
        let arranged = self.arranged.as_ref().filter(|_| self.poolings[0] != self.poolings[1])?;
        let number = match (self.walk, forth) {
            (None, true) => 0,
            (Some(at), true) => at + 1,
            (at, false) => at?.checked_sub(1)?,
        };
        let pair = arranged.disagreements.get(number)?;
        let line = |place| self.lines.iter().position(|line| Some(line.key) == arranged.key(place));
        Some((number, line(pair.a)?, line(pair.b)?))
    }

    fn walk(&mut self, forth: bool) {
        if let Some((number, a, b)) = self.disagreement(forth) {
            self.select(a);
            self.other = b;
            self.walk = Some(number);
        }
    }

    /// The disagreement that the cursor was sent to, if it was to one.
    pub fn walked(&self) -> Option<Walked> {
        let arranged = self.arranged.as_ref()?;
        let number = self.walk?;
        Some(Walked {
            number,
            count: arranged.disagreements.len(),
            pairs: arranged.pairs,
            percentiles: arranged.disagreements.get(number)?.percentiles,
        })
    }

    /// The point of the left map that lies next to the one under the cursor in a direction.
    fn towards(&self, action: Action) -> Option<usize> {
        let projection = &self.side(0)?.projection;
        let point = |line: usize| projection.points[self.place(line)?];
        let here = point(self.line).unwrap_or_default();
        let found = (0..self.lines.len()).filter(|&line| line != self.line).filter_map(|line| {
            let [x, y] = point(line)?;
            let (x, y) = (x - here[0], y - here[1]);
            let (along, across) = match action {
                Action::Left => (-x, y),
                Action::Right => (x, y),
                Action::Up => (y, x),
                _ => (-y, x),
            };
            // What lies aside is farther than it looks.
            (along > 0.0).then_some((line, along + 2.0 * across.abs()))
        });
        found.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(line, _)| line)
    }

    /// The rows whose sentences hold a text, whatever the case.
    pub(crate) fn rows_with(&self, text: &str) -> Vec<usize> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Vec::new();
        }
        let holds = |line: usize| self.lines[line].text.to_lowercase().contains(&text);
        (0..self.rows.len()).filter(|&row| holds(self.rows[row])).collect()
    }

    /// Goes to a row.
    pub(crate) fn select_row(&mut self, row: usize) {
        if let Some(&line) = self.rows.get(row) {
            self.select(line);
        }
    }

    /// Carries out what moves the cursor or changes what is shown.
    fn update(&mut self, action: Action, view: View) {
        let line = match (action, view) {
            (Action::Up | Action::Down | Action::Left | Action::Right, View::Map) => self.towards(action),
            (Action::Up | Action::PreviousLine, _) => Some(self.step(self.line, -1)),
            (Action::Down | Action::NextLine, _) => Some(self.step(self.line, 1)),
            (Action::PageLeft, _) => Some(self.step(self.line, -PAGE)),
            (Action::PageRight, _) => Some(self.step(self.line, PAGE)),
            (Action::Top, _) => Some(self.step(self.line, isize::MIN)),
            (Action::Bottom, _) => Some(self.step(self.line, isize::MAX)),
            _ => None,
        };
        line.into_iter().for_each(|line| self.select(line));
        match (action, view) {
            (Action::Left, View::Sentences) => self.select_other(self.step(self.other, -1)),
            (Action::Right, View::Sentences) => self.select_other(self.step(self.other, 1)),
            (Action::First, _) => self.select_other(self.step(self.other, isize::MIN)),
            (Action::Last, _) => self.select_other(self.step(self.other, isize::MAX)),
            (Action::NextDisagreement, _) => self.walk(true),
            (Action::PreviousDisagreement, _) => self.walk(false),
            (Action::ListOrder, _) => {
                self.order = match self.order {
                    ListOrder::Given => ListOrder::Clustered,
                    ListOrder::Clustered => ListOrder::Given,
                };
                self.fit();
            }
            (Action::PointColor, _) => {
                self.color = match self.color {
                    PointColor::Clusters => PointColor::Given,
                    PointColor::Given => PointColor::Clusters,
                }
            }
            (Action::ReadList, _) => self.stage = Stage::Due,
            _ => {}
        }
    }
}

impl State {
    /// Whether an action is one for the list now.
    pub(crate) fn takes_for_list(&self, action: Action) -> bool {
        use Action::*;
        let is_arrow = matches!(action, Up | Down | Left | Right);
        match self.context() {
            context if action == AddToList => context.is_view() || context == Context::Input,
            // Arrows of the wheel; those of the keyboard are the field's.
            Context::Input if self.focus == Focus::Text(Field::Line) => {
                is_arrow || matches!(action, Commit | Leave | OtherField)
            }
            Context::Input => is_arrow && (self.subject() == Subject::List),
            Context::Sentences | Context::Map => {
                is_arrow
                    || matches!(action, PageLeft | PageRight | Top | Bottom | First | Last | PreviousLine | NextLine)
                    || matches!(action, AddLine | EditLine | RemoveLine | UndoList | LineToA | LineToB | ReadList)
                    || matches!(action, LeftPooling | RightPooling | ListOrder | PointColor | Find | Export)
                    || matches!(action, NextDisagreement | PreviousDisagreement)
            }
            _ => false,
        }
    }

    /// Carries such an action out.
    pub(crate) fn update_list(&mut self, action: Action) -> Option<Job> {
        let has_pooler = self.model.as_ref().is_none_or(|model| model.has_pooler);
        match action {
            Action::AddToList => return self.add_typed(),
            Action::AddLine => self.type_line(None),
            Action::EditLine if !self.list.is_empty() => self.type_line(Some(self.list.line)),
            Action::EditLine => self.type_line(None),
            Action::Commit => return self.commit_line(),
            Action::OtherField => {
                let job = self.commit_line();
                self.leave_line();
                return job;
            }
            Action::Leave => self.leave_line(),
            Action::RemoveLine => return self.remove_line(),
            Action::UndoList => return self.undo_list(),
            Action::LineToA => return self.line_into(Field::Sentence),
            Action::LineToB => return self.line_into(Field::Pair),
            Action::LeftPooling => self.list.choose_pooling(0, has_pooler),
            Action::RightPooling => self.list.choose_pooling(1, has_pooler),
            Action::Export => self.is_exporting = self.list.side(0).is_some(),
            Action::Find => {
                let from = self.list.row_of(self.list.line);
                self.finding = (!self.list.is_empty()).then(|| Finding { from, ..Finding::default() });
            }
            _ => self.list.update(action, self.view),
        }
        None
    }

    /// Whether such an action would change anything now; none of one that is not for the list.
    pub(crate) fn list_would_act(&self, action: Action) -> Option<bool> {
        use Action::*;
        let list = &self.list;
        if matches!(action, AddToList) {
            return Some(!self.typed_for_list().is_empty() && list.lines.len() < ListState::MOST);
        }
        if !matches!(self.context(), Context::Sentences | Context::Map) {
            return None;
        }
        let (row, column, count) = (list.row_of(list.line), list.row_of(list.other), list.lines.len());
        let is_map = self.view == View::Map;
        let is_arranged = list.side(0).is_some() && list.side(1).is_some();
        Some(match action {
            Up | Down | Left | Right if is_map => list.towards(action).is_some(),
            Up | Top | PageLeft | PreviousLine => row > 0,
            Down | Bottom | PageRight | NextLine => row + 1 < count,
            Left | First => column > 0,
            Right | Last => column + 1 < count,
            EditLine | RemoveLine | LineToA | LineToB | Find => count > 0,
            AddLine => count < ListState::MOST,
            UndoList => list.can_undo(),
            ListOrder | NextReading => list.side(0).is_some() && count > 1,
            LeftPooling | RightPooling => list.side(0).is_some() && !list.is_arranging(),
            PointColor | Table | Copy | CopyTable | Export => is_arranged,
            NextDisagreement => is_arranged && list.disagreement(true).is_some(),
            PreviousDisagreement => is_arranged && list.disagreement(false).is_some(),
            ReadList => matches!(list.stage, Stage::Cancelled | Stage::Failed(_)),
            _ => return None,
        })
    }

    /// Goes to where a click on a matrix is: a line, and the column of another.
    pub(crate) fn select_pair(&mut self, line: Option<usize>, other: Option<usize>) {
        line.into_iter().for_each(|line| self.list.select(line));
        other.into_iter().for_each(|other| self.list.select_other(other));
    }
}
