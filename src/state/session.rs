//! What the explorer was left with, and going back there.

use std::collections::BTreeSet;

use super::{AttentionState, Field, Focus, Job, ListOrder, NamedAblations, ReadingChoice, Scale, State, TextField};
use crate::{
    analysis::{Affected, AttentionOptions, Pooling, Statistic},
    bert::{Input, Sentence},
};

/// All that was chosen and typed; what it leads to is read anew. Nothing in it needs to fit the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The model, as `--model` takes it from anywhere; none where any will do.
    pub model: Option<String>,
    /// What the text fields say.
    pub input: Input,
    /// Where typed characters go.
    pub focus: Focus,
    /// The id of the view that is open.
    pub view: &'static str,
    /// Which reading of a pair is shown.
    pub reading_choice: ReadingChoice,
    /// The cursor's layer, from 0.
    pub layer: usize,
    /// The cursor's token.
    pub token: usize,
    /// The token that looks, or is looked at.
    pub source: usize,
    /// How attention is looked at.
    pub options: AttentionOptions,
    /// What the top of the colour scale stands for.
    pub scale: Scale,
    /// How the matrix is drawn.
    pub zoom: Zoom,
    /// What the view of all heads shows of each.
    pub statistic: Statistic,
    /// Whether that view has the heads in the order of the statistic.
    pub sorted: bool,
    /// Tokens whose attention is summed.
    pub marked: BTreeSet<usize>,
    /// What is ablated.
    pub ablations: NamedAblations,
    /// What a change is measured on first.
    pub about: Affected,
    /// The probes that were asked for, by file.
    pub probes: Vec<String>,
    /// The list of sentences.
    pub sentences: Vec<String>,
    /// The two poolings they are held against each other under.
    pub poolings: [Pooling; 2],
    /// The order of their rows.
    pub order: ListOrder,
    /// Whether cosines are ranked among the pairs of the list.
    pub is_own_background: bool,
    /// How far the lessons are.
    pub lessons: Vec<LessonProgress>,
    /// What a teacher or a student has written beside it; its first lines stand above the view.
    pub notes: String,
}

/// How far a lesson is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonProgress {
    /// As `clscope lesson` takes it.
    pub name: String,
    /// The step that one is at, from 0; as many as there are at the end.
    pub step: usize,
    /// Whether it is on screen.
    pub is_open: bool,
    /// What was predicted, step by step: an answer from 1, or 0 for none.
    pub predictions: Vec<usize>,
}

/// How large the cells of the matrix are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// With a number in each where all fit so, else two in one of the screen.
    #[default]
    Fit,
    /// The other way.
    Other,
}

impl Zoom {
    /// In the order a key goes through them.
    pub(crate) const ALL: &'static [Zoom] = &[Zoom::Fit, Zoom::Other];
}

impl State {
    /// What can be gone back to later, but for what is a view's own.
    pub fn session(&self) -> Session {
        let AttentionState { reading_choice, layer, token, source, options, scale, .. } = self.attention;
        Session {
            // The one that could not be opened this time may be there the next.
            model: self.picker.current.clone().or_else(|| self.asked.clone()),
            input: self.input(),
            // What is typed into the list and not taken over is no part of it.
            focus: if self.focus == Focus::Text(Field::Line) { Focus::View } else { self.focus },
            view: self.view,
            reading_choice,
            layer,
            token,
            source,
            options,
            scale,
            // Views write down what is their own.
            zoom: Zoom::default(),
            statistic: Statistic::default(),
            sorted: false,
            marked: self.attention.marked.clone(),
            ablations: self.ablations.clone(),
            about: self.about,
            probes: self.probes.given.iter().map(|given| given.file.clone()).collect(),
            sentences: self.list.lines().iter().map(|line| line.text.to_string()).collect(),
            poolings: self.list.poolings(),
            order: self.list.order,
            is_own_background: self.list.is_own_background,
            // They are the explorer's.
            lessons: Vec::new(),
            notes: self.notes.clone(),
        }
    }

    /// Goes back to a session: reads its text with the model there is, and opens the session's own where that is
    /// another.
    ///
    /// Returns the opening of that and the reading, as far as there is something to open or to read.
    pub fn restore(&mut self, session: Session) -> (Option<Job>, Option<Job>) {
        self.sentence = TextField::new(&session.input.text);
        self.pair = TextField::new(session.input.pair.as_deref().unwrap_or_default());
        (self.focus, self.view) = (session.focus, session.view);
        (self.help, self.finding, self.is_exporting, self.is_choosing_lesson) = (None, None, false, false);
        self.note = None;
        self.table = None;
        self.picker.is_open = false;
        self.model_error = None;
        // What is being read is another text.
        self.answered_request = self.newest_request;
        let is_another = self.opening.is_some() || self.picker.current != session.model;
        let open = session.model.as_deref().filter(|_| is_another).map(|name| self.open(name));
        // What is known of a list is not found out again.
        if !self.list.lines().iter().map(|line| &*line.text).eq(session.sentences.iter().map(String::as_str)) {
            self.list.put_back(&session.sentences);
        }
        self.put_back(&session);
        self.restored = Some(session);
        (open, self.read())
    }

    /// Where a session waits for the model of this number, which is there now, brings its choices back as they were; the
    /// model before may have been too small for them. Whether one did.
    pub(super) fn restore_on(&mut self, number: u64) -> bool {
        if number != self.newest_opening {
            return false;
        }
        let Some(session) = self.restored.take() else { return false };
        self.put_back(&session);
        self.restored = Some(session);
        true
    }

    /// With the session's first reading: tokens that were ablated in another text, or of another tokenizer, are not ablated in
    /// this one, and it has to be read anew without them.
    pub(super) fn settle(&mut self) -> Option<Job> {
        // While the session's own model is on its way, this is only for the meantime.
        let readings = self.readings.clone().filter(|_| self.opening.is_none())?;
        self.restored.take()?;
        // What stands there with everything on: in the place of a token that is masked stands the mask.
        let whole = readings.unablated.as_ref().map_or(&readings, |unablated| &unablated.readings);
        let joined = whole.pair.as_ref().map(|pair| (&pair.joined, None));
        let b = whole.pair.as_ref().map(|pair| (&pair.b, Some(Sentence::B)));
        let readings: Vec<_> = [Some((&whole.a, Some(Sentence::A))), joined, b].into_iter().flatten().collect();
        let count = |ablations: &NamedAblations| (ablations.tokens.len(), ablations.blind.len());
        let before = count(&self.ablations);
        self.ablations
            .tokens
            .retain(|ablated| readings.iter().any(|(reading, alone)| ablated.is_in(&reading.trace.tokens, *alone)));
        self.ablations
            .blind
            .retain(|blind| readings.iter().any(|(reading, alone)| blind.is_in(&reading.trace.tokens, *alone)));
        if count(&self.ablations) == before { None } else { self.read() }
    }

    fn put_back(&mut self, session: &Session) {
        let attention = &mut self.attention;
        attention.reset();
        attention.reading_choice = session.reading_choice;
        (attention.layer, attention.token, attention.source) = (session.layer, session.token, session.source);
        attention.options = session.options;
        attention.scale = session.scale;
        attention.marked.clone_from(&session.marked);
        self.list.choose(session.poolings, session.order);
        self.list.is_own_background = session.is_own_background;
        self.ablations = session.ablations.clone();
        self.about = session.about;
        if let Some(model) = &self.model {
            self.ablations.heads.retain(|&(layer, head)| layer < model.layers && head < model.heads);
            self.ablations.blind.retain(|blind| blind.layer < model.layers);
        }
        self.ablations_before = if self.ablations.is_empty() { Vec::new() } else { vec![NamedAblations::default()] };
        // They are too small, or too large, for the cursor.
        (self.readings, self.error, self.stale) = (None, None, false);
    }
}
