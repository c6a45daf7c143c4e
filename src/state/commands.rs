//! Rows that several views have: over the sentences, the cursor of attention and its options, ablations, the pinned
//! baseline. A view takes those it has into its own table, in its own order.

mod cursor;
mod options;

use super::State;
pub use cursor::*;
pub use options::*;

fn reads(state: &State) -> bool {
    state.reading().is_some()
}
