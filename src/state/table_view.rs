//! The table of the numbers behind a view, as it is read on screen.

use std::cmp::Ordering;

use crate::analysis::{Quantity, Table, TableRow};

/// The open table.
#[derive(Clone, Debug)]
pub struct TableView {
    /// Those behind the view.
    pages: Vec<TablePage>,
    /// Which of them is shown.
    which: usize,
    /// The line the cursor is on, counted as shown.
    pub line: usize,
    /// The column the cursor is on.
    pub column: usize,
    /// The column the lines are sorted by, the largest first.
    pub sorted: Option<usize>,
    /// The lines in the order shown.
    order: Vec<usize>,
}

/// A table, lying so that it is not wider than high: a line a token rather than a column.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePage {
    /// What it is of.
    pub title: String,
    /// What the names of the lines are, `layer head`; where the columns have such names, those: `layer →`.
    pub corner: String,
    /// What stands before the name of a column in a sentence: `layer `, where that is a number.
    before: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// From the top.
    pub lines: Vec<TableLine>,
    /// The smallest and the largest number of each column, one of which is the longest to write.
    pub ends: Vec<[(Option<f32>, Quantity); 2]>,
    /// Whether any number is a share.
    pub has_shares: bool,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct TableLine {
    /// Its name.
    pub name: String,
    /// A number in each column, and what it counts.
    pub values: Vec<(Option<f32>, Quantity)>,
    /// Whether it is one of a heap that can be sorted, rather than a sum below it.
    pub sorts: bool,
}

impl TablePage {
    fn new(table: &Table) -> Self {
        let keys = table.telling_keys();
        let name = |row: &TableRow| keys.iter().map(|&at| row.keys[at].read()).collect::<Vec<_>>().join(" ");
        let corner = keys.iter().map(|&at| &*table.keys[at].label).collect::<Vec<_>>().join(" ");
        let (title, cells) = (table.title.clone(), table.cells.as_ref());
        let count = cells.map_or(0, |cells| cells.columns.len());
        let cell_names = cells.iter().flat_map(|cells| cells.columns.iter().cloned());
        let names: Vec<String> =
            cell_names.chain(table.measures.iter().map(|measure| measure.column.label.to_string())).collect();
        let quantity = |at: usize| match cells {
            Some(cells) if at < count => cells.quantity,
            _ => table.measures[at - count].quantity,
        };
        let value = |row: &TableRow, at: usize| {
            let value = if at < count { row.cells[at] } else { row.measures[at - count] };
            (value, quantity(at))
        };
        if count > table.rows.len() {
            let line = |(at, name)| TableLine {
                name,
                values: table.rows.iter().map(|row| value(row, at)).collect(),
                sorts: at < count,
            };
            let lines = names.into_iter().enumerate().map(line).collect();
            let (before, corner) = (format!("{corner} "), format!("{corner} →"));
            return Self::with(title, corner, before, table.rows.iter().map(name).collect(), lines);
        }
        let line = |row: &TableRow| TableLine {
            name: name(row),
            values: (0..names.len()).map(|at| value(row, at)).collect(),
            sorts: true,
        };
        let lines = table.rows.iter().map(line).collect();
        Self::with(title, corner, String::new(), names, lines)
    }

    fn with(title: String, corner: String, before: String, columns: Vec<String>, lines: Vec<TableLine>) -> Self {
        let mut ends: Vec<_> = columns.iter().map(|_| [(None, Quantity::Share); 2]).collect();
        let mut has_shares = false;
        for line in &lines {
            for ([least, most], &(value, quantity)) in ends.iter_mut().zip(&line.values) {
                has_shares |= quantity == Quantity::Share;
                let Some(number) = value else { continue };
                if least.0.is_none_or(|least| number < least) {
                    *least = (value, quantity);
                }
                if most.0.is_none_or(|most| number > most) {
                    *most = (value, quantity);
                }
            }
        }
        Self { title, corner, before, columns, lines, ends, has_shares }
    }
}

impl TableView {
    /// The tables, unless there are none.
    pub(crate) fn new(tables: &[Table]) -> Option<Self> {
        let pages: Vec<TablePage> = tables.iter().map(TablePage::new).collect();
        let order = (0..pages.first()?.lines.len()).collect();
        Some(Self { pages, which: 0, line: 0, column: 0, sorted: None, order })
    }

    /// The page that is shown.
    pub fn page(&self) -> &TablePage {
        &self.pages[self.which]
    }

    /// `2 of 3`, where there are several.
    pub fn position(&self) -> Option<(usize, usize)> {
        (self.pages.len() > 1).then_some((self.which + 1, self.pages.len()))
    }

    /// Its lines in the order shown.
    pub fn lines(&self) -> impl Iterator<Item = &TableLine> {
        self.order.iter().map(|&at| &self.page().lines[at])
    }

    /// The number under the cursor.
    pub fn value(&self) -> Option<(Option<f32>, Quantity)> {
        let at = *self.order.get(self.line)?;
        self.page().lines[at].values.get(self.column).copied()
    }

    /// What that number is: `4 tired · layer 3`.
    pub fn name(&self) -> Option<String> {
        let TablePage { lines, columns, before, .. } = self.page();
        let line = lines.get(*self.order.get(self.line)?)?;
        Some(format!("{} · {before}{}", line.name, columns.get(self.column)?))
    }

    /// Goes to a number that was clicked on; to the line, where that is beside the numbers.
    pub(super) fn select(&mut self, line: usize, column: Option<usize>) {
        self.line = line;
        self.column = column.unwrap_or(self.column);
        self.fit();
    }

    /// The same tables with other numbers; the cursor stays where it is, as far as that is there.
    pub(crate) fn refresh(&mut self, tables: &[Table]) {
        if let Some(mut other) = Self::new(tables) {
            other.which = self.which.min(other.pages.len() - 1);
            (other.line, other.column, other.sorted) = (self.line, self.column, self.sorted);
            *self = other;
            self.fit();
        }
    }

    /// Moves the cursor by so many lines.
    pub(crate) fn step_line(&mut self, by: isize) {
        self.line = self.line.saturating_add_signed(by);
        self.fit();
    }

    /// Whether the cursor can move by so many lines.
    pub(crate) fn can_step_line(&self, by: isize) -> bool {
        self.line.saturating_add_signed(by).min(self.order.len().saturating_sub(1)) != self.line
    }

    /// Moves the cursor by so many columns.
    pub(crate) fn step_column(&mut self, by: isize) {
        self.column = self.column.saturating_add_signed(by);
        self.fit();
    }

    /// Whether the cursor can move by so many columns.
    pub(crate) fn can_step_column(&self, by: isize) -> bool {
        self.column.saturating_add_signed(by).min(self.page().columns.len().saturating_sub(1)) != self.column
    }

    /// Shows the next page.
    pub(crate) fn turn(&mut self) {
        self.which = (self.which + 1) % self.pages.len();
        (self.line, self.column, self.sorted) = (0, 0, None);
        self.fit();
    }

    /// Whether there is another page.
    pub(crate) fn can_turn(&self) -> bool {
        self.pages.len() > 1
    }

    /// Sorts the lines by the column under the cursor, or has them as they were.
    pub(crate) fn sort(&mut self) {
        self.sorted = if self.sorted == Some(self.column) { None } else { Some(self.column) };
        self.line = 0;
        self.fit();
    }

    /// Brings cursor and order inside what there is.
    fn fit(&mut self) {
        let (lines, columns) = (self.page().lines.len(), self.page().columns.len());
        self.line = self.line.min(lines.saturating_sub(1));
        self.column = self.column.min(columns.saturating_sub(1));
        self.sorted = self.sorted.filter(|&column| column < columns);
        let mut order: Vec<usize> = (0..lines).collect();
        if let Some(column) = self.sorted {
            let value = |at: usize| self.page().lines[at].values[column].0.unwrap_or(f32::NEG_INFINITY);
            order.sort_by(|&a, &b| match (self.page().lines[a].sorts, self.page().lines[b].sorts) {
                (true, true) => value(b).total_cmp(&value(a)),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => Ordering::Equal,
            });
        }
        self.order = order;
    }
}
