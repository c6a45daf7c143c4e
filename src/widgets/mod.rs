//! The toolkit that the views draw with: they know what is drawn, not where it comes from.

pub(crate) mod canvas;
pub(crate) mod captions;
pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod field;
pub(crate) mod gauge;
pub(crate) mod heat_map;
pub(crate) mod listing;
pub(crate) mod look;
pub(crate) mod measure_line;
pub(crate) mod placeholder;
mod projected;
pub(crate) mod reading_form;
pub(crate) mod text;
pub(crate) mod ticks;

pub use canvas::{Canvas, Target};
pub(crate) use gauge::gauge;
pub use look::{Look, SMALLEST};
