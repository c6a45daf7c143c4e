//! The first page: how close two sentences are; below that, the vectors of each.

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
};

use super::{
    Lines, closeness, scroll, second_sentence,
    vectors::{self, MATRIX_HEADING, Outputs, matrix_width},
};
use crate::{
    bert::Sentence,
    messages::label,
    state::{Readings, State},
    views::pooling::pages::Pages,
    widgets::Look,
};

/// Below this the bars beside the matrix would be too short to read.
const NARROWEST_BARS: u16 = 32;

/// What stands below each other.
#[derive(Clone, Copy)]
enum OverviewPart {
    Closeness,
    Outputs,
    Matrix,
    Drift,
    Values,
    DriftAndMatrix,
    SecondSentence,
}

/// Draws the lines from `pages.top` on; how far they can be scrolled.
pub(super) fn draw(
    pages: &Pages,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let (sentence, reading, report) = readings.alone(state.attention.reading_choice);
    let (heading, matrix_heading) = match (&readings.pair, sentence) {
        (None, _) => (label!("pooling-outputs"), label!("pooling-matrix")),
        (Some(_), Sentence::A) => (label!("pooling-outputs-a"), label!("pooling-matrix-a")),
        (Some(_), Sentence::B) => (label!("pooling-outputs-b"), label!("pooling-matrix-b")),
    };
    let poolings = report.vectors.len() as u16;
    let (matrix, beside) = (poolings + MATRIX_HEADING, matrix_width());
    let chart = matrix.max(8);
    let closeness =
        readings.pair.as_ref().map(|pair| closeness::Closeness::new(pages, state, readings, pair, look, area));
    let outputs = state.model.as_ref().map(|model| Outputs { heading, trace: &reading.trace, report, model });
    // In the order of what a reader comes for.
    let parts = match (&closeness, area.width >= beside + NARROWEST_BARS) {
        (Some(closeness), _) => vec![
            (closeness.height(), OverviewPart::Closeness),
            (Outputs::HEIGHT, OverviewPart::Outputs),
            (matrix, OverviewPart::Matrix),
            (poolings + 1, OverviewPart::Values),
            (chart, OverviewPart::Drift),
        ],
        (None, true) => {
            let both = (chart, OverviewPart::DriftAndMatrix);
            vec![
                (Outputs::HEIGHT, OverviewPart::Outputs),
                both,
                (poolings + 1, OverviewPart::Values),
                (1, OverviewPart::SecondSentence),
            ]
        }
        (None, false) => vec![
            (Outputs::HEIGHT, OverviewPart::Outputs),
            (matrix, OverviewPart::Matrix),
            (poolings + 1, OverviewPart::Values),
            (chart, OverviewPart::Drift),
            (1, OverviewPart::SecondSentence),
        ],
    };
    let lines = parts.iter().map(|(height, _)| height + 1).sum::<u16>() - 1;
    scroll::draw(pages, state, scroll::Height { lines, pinned: None }, look, area, buffer, |page, buffer| {
        let mut y = page.y;
        for (height, part) in parts {
            let place = Rect { y, height, ..page };
            y += height + 1;
            let [left, right] =
                Layout::horizontal([Constraint::Fill(1), Constraint::Length(beside)]).spacing(2).areas(place);
            match part {
                OverviewPart::Closeness => closeness.iter().for_each(|closeness| closeness.draw(place, buffer)),
                OverviewPart::Outputs => outputs.iter().for_each(|outputs| outputs.draw(look, place, buffer)),
                OverviewPart::Matrix => vectors::matrix(report, matrix_heading, look, place, buffer),
                OverviewPart::Drift => vectors::drift(report, look, place, buffer),
                OverviewPart::Values => vectors::values(report, look, place, buffer),
                OverviewPart::DriftAndMatrix => {
                    vectors::drift(report, look, left, buffer);
                    vectors::matrix(report, matrix_heading, look, right, buffer);
                }
                OverviewPart::SecondSentence => {
                    let mut lines = Lines::default();
                    lines.add(&second_sentence(state, look), look.theme.accent, place.width);
                    lines.draw(place, buffer);
                }
            }
        }
    })
}
