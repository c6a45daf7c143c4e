use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::{Anchor, Figure, Words, layout::wide};
use crate::{
    export::{error::WriteError, format::palette::HtmlColor},
    messages::quoted,
};

const REGULAR: Name = Name(b"F1");
const BOLD: Name = Name(b"F2");

/// One page of the figure's size.
///
/// # Errors
/// When a text has characters that the fonts of every reader lack.
pub(super) fn pdf(figure: &Figure) -> Result<Vec<u8>, WriteError> {
    let [catalog, pages, page, regular, bold, contents] = [1, 2, 3, 4, 5, 6].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let mut leaf = pdf.page(page);
    leaf.media_box(Rect::new(0.0, 0.0, figure.width, figure.height)).parent(pages).contents(contents);
    leaf.resources().fonts().pair(REGULAR, regular).pair(BOLD, bold);
    leaf.finish();
    for (font, name) in [(regular, &b"Helvetica"[..]), (bold, b"Helvetica-Bold")] {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    pdf.stream(contents, &drawn(figure)?);
    Ok(pdf.finish())
}

/// From the lower left corner, as PDF counts.
fn drawn(figure: &Figure) -> Result<Vec<u8>, WriteError> {
    let mut content = Content::new();
    fill(&mut content, figure.paper.ground);
    content.rect(0.0, 0.0, figure.width, figure.height).fill_nonzero();
    for &([x, y, width, height], color) in &figure.boxes {
        fill(&mut content, color);
        content.rect(x, figure.height - y - height, width, height).fill_nonzero();
    }
    for words in &figure.words {
        let Words { at: (x, y), size, ink, is_bold, is_upright, .. } = *words;
        let text = words.text.replace('→', "->").replace('−', "-");
        let back = match words.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => wide(&text) * size / 2.0,
            Anchor::End => wide(&text) * size,
        };
        let y = figure.height - y;
        let matrix = if is_upright { [0.0, 1.0, -1.0, 0.0, x, y - back] } else { [1.0, 0.0, 0.0, 1.0, x - back, y] };
        fill(&mut content, ink);
        content.begin_text().set_font(if is_bold { BOLD } else { REGULAR }, size).set_text_matrix(matrix);
        content.show(Str(&latin(&text)?)).end_text();
    }
    Ok(content.finish().into_vec())
}

fn fill(content: &mut Content, color: HtmlColor) {
    let [red, green, blue] = color.map(|channel| f32::from(channel) / 255.0);
    content.set_fill_rgb(red, green, blue);
}

/// A text in the encoding of these fonts, Windows-1252.
fn latin(text: &str) -> Result<Vec<u8>, WriteError> {
    const SIGNS: &[(char, u8)] = &[
        ('€', 0x80),
        ('…', 0x85),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
    ];
    let byte = |c: char| match c {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, byte)| *byte),
    };
    let lacks = |c: char| WriteError::NotInPdf(quoted(c.to_string()));
    text.chars().map(|c| byte(c).ok_or_else(|| lacks(c))).collect()
}
