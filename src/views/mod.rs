//! The views, a folder each. A new one is a folder and a line in [`all`]: tabs, help, keymap, screenshots, sessions and
//! the command line take its name from there.

use std::sync::LazyLock;

use crate::{messages::Label, state::CommandInfo};

mod compare;
mod heads;
mod layers;
mod legend;
mod map;
mod matrix;
mod mixing;
mod output;
mod pooling;
mod sentences;
mod sweep;
mod view;

pub use compare::{CompareView, Compared, Origin};
pub use heads::HeadsView;
pub use layers::LayersView;
pub use legend::Legend;
pub use map::MapView;
pub use matrix::MatrixView;
pub use mixing::{MixedLayer, Mixing, MixingPage, MixingStudies, MixingStudy, MixingView};
pub use output::OutputView;
pub use pooling::{Page, Pages, PoolingView, ShownTerms, TermsChoice};
pub use sentences::SentencesView;
pub use sweep::{SweepState, SweepView};
pub use view::{Extent, View};

/// Every view, in the order of their tabs, as a new explorer has them.
pub fn all() -> Vec<Box<dyn View>> {
    vec![
        Box::new(LayersView),
        Box::<HeadsView>::default(),
        Box::<MatrixView>::default(),
        Box::<CompareView>::default(),
        Box::<SweepView>::default(),
        Box::<PoolingView>::default(),
        Box::new(SentencesView),
        Box::new(MapView::default()),
        Box::<MixingView>::default(),
        Box::<OutputView>::default(),
    ]
}

/// What a view is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewName {
    /// See [`View::id`].
    pub id: &'static str,
    /// See [`View::aliases`].
    pub aliases: &'static [&'static str],
    /// See [`View::label`].
    pub label: Label,
    /// See [`View::shown_by`].
    pub shown_by: CommandInfo,
}

impl ViewName {
    fn new(view: &dyn View) -> Self {
        Self { id: view.id(), label: view.label(), aliases: view.aliases(), shown_by: view.shown_by() }
    }
}

/// What the views are called, in the order of their tabs.
pub fn names() -> &'static [ViewName] {
    static NAMES: LazyLock<Vec<ViewName>> = LazyLock::new(|| all().iter().map(|view| ViewName::new(&**view)).collect());
    &NAMES
}
