//! A command is a row of a table: its id, its keys, what people read of it, when it acts and what it does.
//!
//! The keymap, the help, the bottom bar and the documents' table of keys are made of these rows. Nothing else says when
//! a key acts. A view has a table of its own, which may take in groups of rows that several views share.

use std::fmt::Debug;

use super::{Job, LoopRequest, State};
use crate::messages::Label;

/// A row of a table of commands; `V` is the view or the overlay that the table belongs to, `()` for a shared group.
pub struct Command<V: 'static> {
    /// Its name in keymap files, kebab-case; never changes.
    pub id: &'static str,
    /// The keys it has unless the user's file says otherwise, as keymap files write them.
    pub keys: &'static [&'static str],
    /// What the bottom bar says, in a word or two.
    pub label: BarLabel<V>,
    /// One line for the help and the keymap file, without a full stop; a message, as all that people read.
    pub description: Label,
    /// Whether it would change anything now. Only then is it run, and only then is it in the bottom bar.
    pub enabled: fn(&V, &State) -> bool,
    /// What it does.
    pub run: Run<V>,
}

/// What a command does.
pub enum Run<V: 'static> {
    /// It changes what is there.
    Change(fn(&mut V, &mut State)),
    /// It also asks something of its caller.
    Ask(fn(&mut V, &mut State) -> Outcome),
    /// The same, but it also runs where it would change nothing, and says why not.
    Answer(fn(&mut V, &mut State) -> Outcome),
}

/// What the bottom bar says of a command.
pub enum BarLabel<V: 'static> {
    /// Nothing: the command is not in the bar by itself.
    None,
    /// Always the same.
    Fixed(Label),
    /// What the state calls for; where that is nothing, the command is not in the bar.
    Of(fn(&V, &State) -> Option<Label>),
}

/// What a command asks of its caller.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Of the loop.
    pub request: LoopRequest,
    /// Of the worker.
    pub job: Option<Job>,
}

impl Outcome {
    /// Nothing but to go on.
    pub const DONE: Self = Self { request: LoopRequest::None, job: None };
}

impl From<Option<Job>> for Outcome {
    fn from(job: Option<Job>) -> Self {
        Self { job, ..Self::DONE }
    }
}

impl From<LoopRequest> for Outcome {
    fn from(request: LoopRequest) -> Self {
        Self { request, ..Self::DONE }
    }
}

/// A part of a table.
pub enum Group<V: 'static> {
    /// Rows of this view or overlay alone.
    Own(&'static [Command<V>]),
    /// Rows over what all share.
    Shared(&'static [Command<()>]),
    /// Rows that follow from a list kept elsewhere: one for each view, one for each format.
    Listed(&'static ListedCommands),
}

/// Rows that follow from a list. They differ in their ids alone.
#[derive(Debug)]
pub struct ListedCommands {
    /// What each row is, and what the bottom bar says of it.
    pub rows: fn() -> &'static [(CommandInfo, Label)],
    /// Whether they are in the bottom bar by themselves.
    pub in_bar: bool,
    /// See [`Command::enabled`].
    pub enabled: fn(&str, &State) -> bool,
    /// See [`Command::run`].
    pub run: fn(&str, &mut State) -> Outcome,
}

/// An entry of the bottom bar: one command, or several that belong together.
#[derive(Clone, Copy, Debug)]
pub struct BarEntry {
    ids: EntryIds,
    /// What it says; none for what the first of the commands says of itself.
    pub label: Option<Label>,
}

#[derive(Clone, Copy, Debug)]
enum EntryIds {
    One(&'static str),
    Several(&'static [&'static str]),
}

impl BarEntry {
    /// The commands; those that act now are shown. They may be anywhere in the chain of tables.
    pub fn ids(&self) -> &[&'static str] {
        match &self.ids {
            EntryIds::One(id) => std::slice::from_ref(id),
            EntryIds::Several(ids) => ids,
        }
    }
}

/// A command by itself, as it names itself.
pub const fn entry(id: &'static str) -> BarEntry {
    BarEntry { ids: EntryIds::One(id), label: None }
}

/// Commands that belong together, under what the first that acts says of itself.
pub const fn several(ids: &'static [&'static str]) -> BarEntry {
    BarEntry { ids: EntryIds::Several(ids), label: None }
}

/// Commands that belong together, under one name.
pub const fn entries(ids: &'static [&'static str], label: Label) -> BarEntry {
    BarEntry { ids: EntryIds::Several(ids), label: Some(label) }
}

/// What has a table of commands: a view, an overlay, the explorer as a whole.
pub trait CommandTable: Sized + Debug + 'static {
    /// The rows, in the order of the help and the keymap file.
    const COMMANDS: &'static [Group<Self>];
    /// The bottom bar, the most useful first. Own rows with a label that it does not name follow by themselves.
    const BAR: &'static [BarEntry];
}

/// What is the same of a row whatever it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// See [`Command::id`].
    pub id: &'static str,
    /// See [`Command::keys`].
    pub keys: &'static [&'static str],
    /// See [`Command::description`].
    pub description: Label,
}

/// A table of commands whose owner need not be known.
pub trait Commands: Debug {
    /// Every row.
    fn rows(&self) -> Vec<CommandInfo>;

    /// Whether a command would change anything now; none where the table has no such row.
    fn is_enabled(&self, id: &str, state: &State) -> Option<bool>;

    /// What the bottom bar says of a command; none where the table has no such row, or the row says nothing.
    fn says(&self, id: &str, state: &State) -> Option<Label>;

    /// Runs a command, if it would change anything; none where the table has no such row.
    fn run(&mut self, id: &str, state: &mut State) -> Option<Outcome>;

    /// The bottom bar of this table.
    fn bar(&self) -> Vec<BarEntry>;
}

impl<V: CommandTable> Commands for V {
    fn rows(&self) -> Vec<CommandInfo> {
        let info = |group: &'static Group<V>| match group {
            Group::Own(rows) => rows.iter().map(Command::info).collect::<Vec<_>>(),
            Group::Shared(rows) => rows.iter().map(Command::info).collect(),
            Group::Listed(list) => (list.rows)().iter().map(|&(info, _)| info).collect(),
        };
        V::COMMANDS.iter().flat_map(info).collect()
    }

    fn is_enabled(&self, id: &str, state: &State) -> Option<bool> {
        V::COMMANDS.iter().find_map(|group| match group {
            Group::Own(rows) => Some((find(rows, id)?.enabled)(self, state)),
            Group::Shared(rows) => Some((find(rows, id)?.enabled)(&(), state)),
            Group::Listed(list) => list.label(id).map(|_| (list.enabled)(id, state)),
        })
    }

    fn says(&self, id: &str, state: &State) -> Option<Label> {
        V::COMMANDS.iter().find_map(|group| match group {
            Group::Own(rows) => find(rows, id)?.label.of(self, state),
            Group::Shared(rows) => find(rows, id)?.label.of(&(), state),
            Group::Listed(list) => list.label(id),
        })
    }

    fn run(&mut self, id: &str, state: &mut State) -> Option<Outcome> {
        V::COMMANDS.iter().find_map(|group| match group {
            Group::Own(rows) => Some(find(rows, id)?.run(self, state)),
            Group::Shared(rows) => Some(find(rows, id)?.run(&mut (), state)),
            Group::Listed(list) => {
                list.label(id)?;
                Some(if (list.enabled)(id, state) { (list.run)(id, state) } else { Outcome::DONE })
            }
        })
    }

    fn bar(&self) -> Vec<BarEntry> {
        let own = |group: &'static Group<V>| match group {
            Group::Own(rows) => {
                rows.iter().filter(|row| !matches!(row.label, BarLabel::None)).map(|row| row.id).collect()
            }
            Group::Listed(list) if list.in_bar => (list.rows)().iter().map(|(info, _)| info.id).collect(),
            Group::Shared(_) | Group::Listed(_) => Vec::new(),
        };
        let is_named = |id: &&'static str| V::BAR.iter().any(|entry| entry.ids().contains(id));
        let rest = V::COMMANDS.iter().flat_map(own).filter(|id| !is_named(id));
        V::BAR.iter().copied().chain(rest.map(entry)).collect()
    }
}

fn find<V>(rows: &'static [Command<V>], id: &str) -> Option<&'static Command<V>> {
    rows.iter().find(|row| row.id == id)
}

impl ListedCommands {
    fn label(&self, id: &str) -> Option<Label> {
        (self.rows)().iter().find(|(info, _)| info.id == id).map(|&(_, label)| label)
    }
}

impl<V> Command<V> {
    fn info(&self) -> CommandInfo {
        CommandInfo { id: self.id, keys: self.keys, description: self.description }
    }

    fn run(&self, owner: &mut V, state: &mut State) -> Outcome {
        match self.run {
            Run::Change(_) | Run::Ask(_) if !(self.enabled)(owner, state) => return Outcome::DONE,
            Run::Change(change) => change(owner, state),
            Run::Ask(ask) | Run::Answer(ask) => return ask(owner, state),
        }
        Outcome::DONE
    }
}

impl<V> BarLabel<V> {
    fn of(&self, owner: &V, state: &State) -> Option<Label> {
        match self {
            BarLabel::None => None,
            BarLabel::Fixed(label) => Some(*label),
            BarLabel::Of(label) => label(owner, state),
        }
    }
}
