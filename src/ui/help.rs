//! Every key, from the keymap, and how to read the screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
    widgets::Widget,
};

use super::Look;
use crate::app::{App, Context};

/// What the words and signs of the screen mean.
const READING: &[(&str, &str)] = &[
    ("cells", "percent of the source token's attention; · is under half a percent"),
    ("spread", "effective number of tokens looked at: exp of the entropy; 1 = one token"),
    ("mean, max", "over all heads of a layer; max can sum to more than 100 %"),
    ("words", "in the sentence: the sum of their pieces, shaded up to the strongest word"),
    ("joined", "A and B in one pass, [CLS] A [SEP] B [SEP]: attention across the two"),
    ("alone", "each sentence in a pass of its own: the vectors that are compared"),
    ("pooled", "tanh(W·h + b) of the last [CLS] vector, BERT's own sentence output"),
    ("mean", "of all tokens' last vectors, specials included; mean-words leaves them out"),
];

pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let lines = lines(look);
    let most = lines.len().saturating_sub(usize::from(area.height));
    let top = app.help.unwrap_or(0).min(most);
    for (line, y) in lines.into_iter().skip(top).zip(area.y..area.bottom()) {
        line.render(Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 }, buffer);
    }
    if top < most {
        let more = Rect { y: area.bottom() - 1, height: 1, ..area };
        Line::styled("more ↓ ", look.theme.accent).right_aligned().render(more, buffer);
    }
}

fn lines(look: &Look) -> Vec<Line<'static>> {
    let theme = &look.theme;
    let heading = |text: &'static str| Line::styled(text, theme.heading.add_modifier(Modifier::BOLD));
    let row = |name: String, text: &'static str| {
        Line::from(vec![Span::styled(format!("  {name:<22}"), theme.accent), Span::styled(text, theme.text)])
    };
    let mut lines = vec![heading("Reading the screen")];
    lines.extend(READING.iter().map(|&(name, text)| row(name.to_owned(), text)));
    for &context in Context::ALL {
        lines.push(Line::default());
        lines.push(heading(context.title()));
        for (action, keys) in look.keymap.bindings(context) {
            let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
            lines.push(row(keys.join(" "), action.description()));
        }
    }
    lines
}
