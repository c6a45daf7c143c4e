//! Text in columns, for reading in a terminal.

use unicode_width::UnicodeWidthStr;

/// Lines of cells, each column as wide as what is in it and two blanks from the next, some flush left and the others flush right.
pub(super) fn aligned(lines: &[Vec<String>], is_left: impl Fn(usize) -> bool) -> String {
    let count = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|text| text.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let start = text.len();
        for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let blank = " ".repeat(width - cell.width());
            let gap = if at == 0 { "" } else { "  " };
            let (before, behind) = if is_left(at) { ("", blank.as_str()) } else { (blank.as_str(), "") };
            text.extend([gap, before, cell, behind]);
        }
        text.truncate(start + text[start..].trim_end().len());
        text.push('\n');
    }
    text
}
