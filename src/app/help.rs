//! Every key, from the keymap, and how to read the screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::App;
use crate::state::Context;
use crate::widgets::{
    Look,
    text::{cells, shorten, wrapped},
};

/// What the words and signs of some views mean.
struct Reading {
    heading: &'static str,
    of: &'static [Context],
    words: &'static [(&'static str, &'static str)],
}

const READING: &[Reading] = &[
    Reading {
        heading: "Reading the views of attention",
        of: &[Context::Layers, Context::Heads, Context::Matrix, Context::Compare, Context::Sweep],
        words: &[
            ("cells", "percent of a token's attention; · is under half a percent"),
            ("colour", "by the square root of the percentage, up to the map's largest; t changes that"),
            ("spread", "effective number of tokens looked at: exp of the entropy; 1 = one token"),
            ("mean, max", "over all heads of a layer; max is scaled to sum 1 for its spread"),
            ("words", "in the sentence: the sum of their pieces, shaded up to the strongest word"),
            ("hidden", "the share of attention that goes to specials left out (z)"),
            ("rest 100 %", "what is left is scaled: each token's attention sums to 100 % again"),
            ("in words (w)", "to a word: the sum over its pieces; from a word: their mean"),
            ("who looks (d)", "a column of the matrix: each row's token gives that much of its own"),
            ("heads: number", "the mean over all tokens that look; to next, previous: where there is one"),
            (
                "p n i S C b",
                "half of a head's attention or more goes to the previous token, the next, itself, [SEP] or [CLS]; \
                 b: it is spread over two thirds of the tokens",
            ),
            ("digits", "go to that layer; two digits to 10 and beyond"),
            ("off: 3.5", "layer 3's head 5 is switched off: its output zeroed; cosines to the same vectors uncut"),
            ("joined", "A and B in one pass, [CLS] A [SEP] B [SEP]: attention across the two"),
        ],
    },
    Reading {
        heading: "Reading the pooling view",
        of: &[Context::Pooling],
        words: &[
            ("pooling", "a way to make one vector for a sentence out of a vector for each of its tokens"),
            ("cosine", "how alike two vectors point: 1 the same way, 0 at right angles, -1 opposite ways"),
            ("alone", "each sentence in a pass of its own: the vectors that are compared"),
            ("pooled", "BERT's own sentence output: the last [CLS] vector through the pooler, tanh(W·h + b)"),
            ("cls", "the last vector of [CLS], the token that stands before every sentence, as it is"),
            ("mean", "average of all tokens' last vectors, specials included; mean-words leaves them out"),
            ("max", "the largest value of each dimension over all tokens"),
            ("first-last", "average of two means: of the embeddings, and of the last layer"),
            ("typical", "the median cosine of unrelated sentences: what a model gives two that have nothing in common"),
            ("higher than", "how many of 100 pairs of unrelated sentences are less close; unusual: 95, or under 5"),
            ("centred", "the cosine less what all sentences have in common, the mean vector of unrelated ones"),
            ("whitened", "also evens out the directions in which all sentences vary, so that none dominates"),
            ("rogue", "a dimension that makes up much of what unrelated sentences have in common"),
        ],
    },
    Reading {
        heading: "Reading the list and the map",
        of: &[Context::Sentences, Context::Map],
        words: &[
            (
                "sentences",
                "colours from the least to the greatest cosine of two different ones, of each matrix by itself",
            ),
            ("disagree", "the pair whose place among all pairs of the list differs most between the two poolings"),
            ("map", "the two directions in which the vectors spread most (PCA), and their share of the variance"),
        ],
    },
];

/// Draws the help from line `top` on; how far it can be scrolled.
pub(super) fn draw(top: usize, app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> usize {
    let lines = lines(app, look, usize::from(area.width.saturating_sub(2)));
    let furthest = lines.len().saturating_sub(usize::from(area.height));
    let top = top.min(furthest);
    for (line, y) in lines.into_iter().skip(top).zip(area.y..area.bottom()) {
        line.render(Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 }, buffer);
    }
    if top < furthest {
        let more = Rect { y: area.bottom() - 1, height: 1, ..area };
        Line::from(Span::styled(" more ↓ ", look.theme.accent)).right_aligned().render(more, buffer);
    }
    furthest
}

/// Every line of the help, in at most `width` cells: where a name and its text do not fit side by side, the text goes
/// below. The keys and the words of what the help was opened from come first.
fn lines(app: &App, look: &Look, width: usize) -> Vec<Line<'static>> {
    const NAME: usize = 24;
    const WIDE: usize = 76;
    let (theme, context) = (&look.theme, app.context_below_help());
    let mut lines = Vec::new();
    let heading = |lines: &mut Vec<Line>, text: &'static str| {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(text, theme.heading));
    };
    let row = |lines: &mut Vec<Line>, name: String, text: &'static str| {
        let beside = cells(&name) + 3 <= NAME && (width >= WIDE || NAME + cells(text) <= width);
        let indent = if beside { NAME } else { 4 };
        let mut text = wrapped(text, width.saturating_sub(indent)).into_iter();
        let mut first = vec![Span::styled(format!("  {}", shorten(&name, width.saturating_sub(2))), theme.accent)];
        if beside {
            let text = text.next().unwrap_or_default();
            first.push(Span::styled(format!("{}{text}", " ".repeat(NAME - 2 - cells(&name))), theme.text));
        }
        lines.push(Line::from(first));
        lines.extend(text.map(|text| Line::styled(format!("{}{text}", " ".repeat(indent)), theme.text)));
    };
    let keys = |lines: &mut Vec<Line<'static>>, context: Context| {
        heading(lines, context.title());
        // What a key does in a view is said by the view.
        let rows = app.views().find(|view| view.id() == context.name()).map_or_else(Vec::new, |view| view.rows());
        for (action, keys) in look.keymap.bindings(context) {
            let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
            let own = rows.iter().find(|row| row.id == action.name());
            row(lines, keys.join(" "), own.map_or(action.description(), |row| row.description));
        }
    };
    keys(&mut lines, context);
    // What the view on screen needs comes first.
    let (own, others): (Vec<_>, Vec<_>) = READING.iter().partition(|reading| reading.of.contains(&context));
    for reading in own.into_iter().chain(others) {
        heading(&mut lines, reading.heading);
        for &(name, text) in reading.words {
            row(&mut lines, name.to_owned(), text);
        }
    }
    Context::ALL.iter().filter(|other| **other != context).for_each(|&other| keys(&mut lines, other));
    lines
}
