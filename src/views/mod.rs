//! The views, a folder each. A new one is a folder and a line in [`all`]: tabs, help, keymap, screenshots, sessions and
//! the command line take its name from there.

mod compare;
mod heads;
mod layers;
mod map;
mod matrix;
mod pooling;
mod sentences;
mod sweep;
mod view;

pub use compare::{CompareView, Compared, Origin};
pub use heads::HeadsView;
pub use layers::LayersView;
pub use map::MapView;
pub use matrix::MatrixView;
pub use pooling::{Page, Pages, PoolingView};
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
    ]
}
