//! What goes to the clipboard.

use super::{App, Notice, Shown, View, Wish};

impl App {
    /// To copy the number under the cursor as exactly as it is known, a share of 12.31 % as 0.1231.
    pub(super) fn copy_number(&mut self) -> Wish {
        let Some(number) = self.number() else {
            let text = "no number is under the cursor".to_owned();
            self.notice = Some(Notice { text, is_error: true });
            return Wish::None;
        };
        // The shortest decimal number that no other f32 is nearer to.
        Wish::Copy(number.to_string())
    }

    fn number(&self) -> Option<f32> {
        let state = &self.attention;
        let Shown { units, map, matrix, .. } = state.shown.as_ref()?;
        let passage = self.passage()?;
        let unit = units.unit_of(state.token);
        match self.view {
            View::Layers => map.rows[state.layer].weights.get(unit).copied(),
            View::Matrix => matrix.as_ref()?.rows[map.source].weights.get(unit).copied(),
            View::Heads => Some(passage.heads.value(state.layer, state.head()?, state.statistic_of(passage))),
            View::Compare | View::Sweep | View::Pooling => None,
        }
    }
}
