use std::fmt::Write;

use super::{Anchor, Figure, layout::wide};
use crate::export::format::html::escaped;

/// A stand-alone document; a point is a point.
pub(super) fn svg(figure: &Figure) -> String {
    let Figure { width, height, paper, .. } = figure;
    let [red, green, blue] = paper.ground;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}pt\" height=\"{height:.1}pt\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', sans-serif\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#{red:02x}{green:02x}{blue:02x}\"/>\n<g shape-rendering=\"crispEdges\">\n"
    );
    for ([x, y, width, height], [red, green, blue]) in &figure.boxes {
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"#{red:02x}{green:02x}{blue:02x}\"/>"
        );
    }
    svg.push_str("</g>\n");
    for words in &figure.words {
        let ((x, y), [red, green, blue]) = (words.at, words.ink);
        let anchor = match words.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let bold = if words.is_bold { " font-weight=\"bold\"" } else { "" };
        let turned = if words.is_upright { format!(" transform=\"rotate(-90 {x:.2} {y:.2})\"") } else { String::new() };
        let _ = writeln!(
            svg,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\" textLength=\"{:.2}\" lengthAdjust=\"spacingAndGlyphs\" text-anchor=\"{anchor}\" fill=\"#{red:02x}{green:02x}{blue:02x}\"{bold}{turned}>{}</text>",
            words.size,
            wide(&words.text) * words.size,
            escaped(&words.text)
        );
    }
    svg.push_str("</svg>\n");
    svg
}
