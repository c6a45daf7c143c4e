//! Tables as one page for a browser: it loads nothing, runs nothing, and carries its numbers as JSON too.

mod facts;
mod page;

use std::fmt::Write;

use super::{
    heat::Heat,
    json,
    palette::{self, Shade},
    readable::{heading, key_text, titled},
};
pub(super) use page::write as write_page;

use crate::{
    analysis::{Key, Quantity, Table},
    export::{
        document::{Tables, one_line},
        error::WriteError,
        output::Output,
    },
    messages::{language, message},
};

/// Layout; the colours of the scales come from `palette`.
const STYLE: &str = include_str!("style.css");

/// More columns than this have their names upright.
const MANY: usize = 16;

/// The page: a picture if there is one, what the tables are about, every table with its heat, the JSON.
pub(super) fn write(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    let document = tables.document();
    let title = document.tables.first().map_or_else(|| "clscope".to_owned(), |table| escaped(&titled(table)));
    // Everything is in the page, so nothing may be loaded, and no text that got into it can run.
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    let mut page = opening(policy, &title, &title, "");
    page.push_str("<dl>\n");
    page.push_str(&about(document.about.iter()));
    page.push_str("</dl>\n");
    if let Some(picture) = &document.picture {
        let _ = writeln!(page, "<figure>\n{picture}</figure>");
    }
    for (at, table) in document.tables.iter().enumerate() {
        if at > 0 {
            let _ = writeln!(page, "<h2>{}</h2>", escaped(&titled(table)));
        }
        write_table(&mut page, table);
    }
    let mut json = Vec::new();
    json::write(tables, &mut json)?;
    let _ = write!(
        page,
        "<footer>{}</footer>\n<script type=\"application/json\" id=\"data\">{}</script>\n</body>\n</html>\n",
        escaped(&message!("export-page-footer")),
        in_script(&json)
    );
    Ok(out.write_all(page.as_bytes())?)
}

/// What a page is about, in lines of a list.
fn about<'f>(facts: impl Iterator<Item = &'f (&'static str, String)>) -> String {
    let line = |(id, value): &(&'static str, String)| {
        let (name, value) = (escaped(facts::name(id)), escaped(&facts::value(id, value)));
        format!("<div><dt>{name}</dt><dd dir=\"auto\">{value}</dd></div>\n")
    };
    facts.map(line).collect()
}

/// A page up to its heading, of texts that are escaped.
fn opening(policy: &str, title: &str, heading: &str, own_style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}{own_style}{}</style>\n</head>\n<body>\n<h1>{heading}</h1>\n",
        language().tag(),
        palette::rules()
    )
}

/// JSON that can stand in a script.
fn in_script(json: &[u8]) -> String {
    // In JSON these stand in texts only, where they can be written so.
    let json = String::from_utf8_lossy(json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    json.trim_end().to_owned()
}

/// Numbers along the scale, with their colours between them.
fn write_legend(page: &mut String, heat: Heat) {
    page.push_str("<p class=\"legend\">");
    for (number, shade) in heat.legend() {
        page.push_str(&number);
        if let Some(shade) = shade {
            let _ = write!(page, " <i class=\"{}\"></i> ", shade.class());
        }
    }
    if heat.is_of(Quantity::Share) {
        let _ = write!(page, " {}", escaped(&message!("export-page-legend")));
    }
    page.push_str("</p>\n");
}

/// The class of a number.
fn class(heat: Heat, value: Option<f32>) -> String {
    heat.shade(value).map_or_else(|| "m".to_owned(), Shade::class)
}

fn write_table(page: &mut String, table: &Table) {
    let heat = Heat::of(table);
    if let Some(heat) = heat {
        write_legend(page, heat);
    }
    let keys = table.telling_keys();
    let columns = table.cells.as_ref().map_or(&[][..], |cells| &cells.columns);
    let many = if columns.len() > MANY { " class=\"many\"" } else { "" };
    let _ = writeln!(page, "<div class=\"scroll\">\n<table{many}>\n<thead>\n<tr>");
    let places = places(table, &keys);
    for (&at, place) in keys.iter().zip(&places) {
        let _ = write!(page, "<th scope=\"col\" {place}>{}</th>", escaped(&table.keys[at].label));
    }
    for name in columns {
        let name = escaped(name);
        let _ = write!(page, "<th scope=\"col\" dir=\"auto\" title=\"{name}\"><span>{name}</span></th>");
    }
    for measure in &table.measures {
        let name = escaped(&heading(measure));
        let _ = write!(page, "<th scope=\"col\" class=\"m\">{name}</th>");
    }
    page.push_str("\n</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        page.push_str("<tr>");
        for (&at, place) in keys.iter().zip(&places) {
            let key = escaped(&key_text(&row.keys[at]));
            let _ = write!(page, "<th scope=\"row\" {place} dir=\"auto\" title=\"{key}\">{key}</th>");
        }
        if let (Some(cells), Some(heat)) = (&table.cells, heat) {
            for &value in &row.cells {
                write_number(page, &class(heat, value), value, cells.quantity, true);
            }
        }
        for (&value, measure) in row.measures.iter().zip(&table.measures) {
            match heat {
                Some(heat) if table.cells.is_none() && heat.is_of(measure.quantity) => {
                    write_number(page, &class(heat, value), value, measure.quantity, true);
                }
                _ => write_number(page, "m", value, measure.quantity, false),
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

/// Where each key's column stays while the table is scrolled, as attributes.
fn places(table: &Table, keys: &[usize]) -> Vec<String> {
    let mut left = 0;
    let place = |(nth, &at): (usize, &usize)| {
        let is_text = table.rows.iter().any(|row| !matches!(row.keys[at], Key::Number(_)));
        // The widths of the style sheet, in rem.
        let (class, width) = if is_text { ("text", 8) } else { ("number", 4) };
        let last = if nth + 1 == keys.len() { " last" } else { "" };
        let place = format!("class=\"k {class}{last}\" style=\"left:{left}rem\"");
        left += width;
        place
    };
    keys.iter().enumerate().map(place).collect()
}

/// A number with all its digits behind it; a share too small to be read as a dot, where that is asked for.
fn write_number(page: &mut String, class: &str, value: Option<f32>, quantity: Quantity, dots: bool) {
    let is_small = |value: f32| quantity == Quantity::Share && value.abs() < 0.0005;
    let text = match value {
        Some(value) if dots && is_small(value) => "·".to_owned(),
        value => quantity.readable(value, 1),
    };
    let title = value.filter(|value| value.is_finite()).map_or(String::new(), |value| format!(" title=\"{value}\""));
    let _ = write!(page, "<td class=\"{class}\"{title}>{text}</td>");
}

/// Text from outside for a page: printable, in one line, and nothing of it taken for markup.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in one_line(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
