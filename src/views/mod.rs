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

pub use view::{Extent, View};

/// Every view, in the order of their tabs, as a new explorer has them.
pub fn all() -> Vec<Box<dyn View>> {
    vec![
        Box::new(layers::LayersView),
        Box::new(heads::HeadsView),
        Box::new(matrix::MatrixView),
        Box::new(compare::CompareView),
        Box::new(sweep::SweepView),
        Box::new(pooling::PoolingView),
        Box::new(sentences::SentencesView),
        Box::new(map::MapView),
    ]
}
