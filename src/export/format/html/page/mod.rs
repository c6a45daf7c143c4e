//! A page that is explored: a script of its own draws every layer, head and token of the numbers that it carries.

mod numbers;

use std::{collections::BTreeMap, fmt::Write, io};

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::{about, escaped, in_script, opening};
use crate::{
    analysis::{Granularity, HeadChoice, Units},
    bert::Sentence,
    export::{document::one_line, error::WriteError, json_line::write_line, output::Output, page::AttentionPage},
    messages::{label, message},
};
use numbers::MeasureArrays;

/// One script in parts.
const SCRIPT: &str = concat!(
    include_str!("script/numbers.js"),
    include_str!("script/state.js"),
    include_str!("script/draw.js"),
    include_str!("script/keys.js"),
);

/// Everything that the script needs, in JSON.
#[derive(Serialize)]
struct PageData<'p> {
    layers: usize,
    heads: usize,
    /// Of each token, whether it is of the first sentence, 0, or of the second, 1.
    sentences: Vec<usize>,
    /// By granularity.
    units: BTreeMap<&'static str, Vec<PageUnit>>,
    measures: Vec<MeasureData<'p>>,
    start: StartData,
    /// `[context, command, description, [key, …]]`.
    keys: Vec<(&'static str, &'static str, &'static str, &'p [String])>,
    say: BTreeMap<&'static str, String>,
}

/// A token or a word: tokens `first..end`.
#[derive(Serialize)]
struct PageUnit {
    text: String,
    first: usize,
    end: usize,
    special: bool,
}

#[derive(Serialize)]
struct MeasureData<'p> {
    id: &'static str,
    says: &'static str,
    from: &'p str,
    to: &'p str,
    heads: &'p [String],
    signed: bool,
    #[serde(flatten)]
    arrays: MeasureArrays,
}

/// The head is -1 for the mean, -2 for the maximum.
#[derive(Serialize)]
struct StartData {
    measure: &'static str,
    layer: usize,
    head: isize,
    source: usize,
    token: usize,
    direction: &'static str,
    units: &'static str,
    specials: &'static str,
}

/// The page: what it is about, the parts that the script fills, its numbers.
pub(in crate::export::format) fn write(page: &AttentionPage, out: Output) -> Result<(), WriteError> {
    let title = message!("export-explore-title", text = one_line(&page.trace.input.text));
    // Only this script may run, and nothing may be loaded.
    let hash = STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'");
    let heading = escaped(label!("export-explore-heading").text());
    let mut head = opening(&policy, &escaped(&title), &heading, include_str!("explore.css"));
    head.push_str("<dl>\n");
    head.push_str(&about(page.about.about.iter()));
    let _ = writeln!(
        head,
        "</dl>\n<noscript><p>{}</p></noscript>\n<main></main>\n<script type=\"application/json\" id=\"data\">",
        escaped(label!("export-explore-no-script").text())
    );
    out.write_all(head.as_bytes())?;
    let mut json = Vec::new();
    write_line(&data(page)?, &mut json)?;
    out.write_all(in_script(&json).as_bytes())?;
    Ok(write!(out, "</script>\n<script type=\"module\">{SCRIPT}</script>\n</body>\n</html>\n")?)
}

fn data<'p>(page: &'p AttentionPage) -> io::Result<PageData<'p>> {
    let trace = page.trace;
    let words = Units::new(trace, Granularity::Words);
    let mut largest_error = 0.0_f32;
    let mut measures = Vec::new();
    for said in &page.measures {
        let arrays = MeasureArrays::new(trace, said.measure, &words)?;
        largest_error = largest_error.max(arrays.error());
        measures.push(MeasureData {
            id: said.measure.id(),
            says: said.measure.says().text(),
            from: &said.from,
            to: &said.to,
            heads: &said.heads,
            signed: said.measure.is_signed(),
            arrays,
        });
    }
    let units = [(Granularity::Subwords, Units::new(trace, Granularity::Subwords)), (Granularity::Words, words)];
    let start = page.start;
    Ok(PageData {
        layers: trace.layers,
        heads: trace.heads,
        sentences: trace.tokens.iter().map(|token| usize::from(token.sentence == Sentence::B)).collect(),
        units: units.iter().map(|(granularity, units)| (granularity.id(), page_units(page, units))).collect(),
        measures,
        start: StartData {
            measure: start.options.measure.id(),
            layer: start.layer,
            head: match start.options.heads {
                HeadChoice::Mean => -1,
                HeadChoice::Max => -2,
                HeadChoice::One(head) => head as isize,
            },
            source: start.source,
            token: start.token,
            direction: start.options.direction.id(),
            units: start.options.granularity.id(),
            specials: start.options.specials.id(),
        },
        keys: page
            .keys
            .iter()
            .map(|key| (key.context, key.command, key.description.text(), key.keys.as_slice()))
            .collect(),
        say: say(largest_error),
    })
}

fn page_units(page: &AttentionPage, units: &Units) -> Vec<PageUnit> {
    let unit = |unit: usize| {
        let tokens = units.tokens(unit);
        let text = one_line(&units.text(page.trace, unit));
        PageUnit { text, first: tokens.start, end: tokens.end, special: units.is_special(unit) }
    };
    (0..units.len()).map(unit).collect()
}

/// What the script says, by the names it has for it; `{name}` stands where it puts something in.
fn say(largest_error: f32) -> BTreeMap<&'static str, String> {
    let labels = [
        ("view", label!("export-explore-view")),
        ("layers", label!("layers-tab")),
        ("heads", label!("heads-tab")),
        ("matrix", label!("matrix-tab")),
        ("measure", label!("export-explore-measure")),
        ("layer", label!("export-explore-layer")),
        ("head", label!("export-explore-head")),
        ("source", label!("export-explore-source")),
        ("token", label!("export-explore-cursor")),
        ("unit", label!("analysis-token")),
        ("direction", label!("export-explore-direction")),
        ("direction-from", label!("export-explore-from")),
        ("direction-to", label!("export-explore-to")),
        ("units", label!("export-explore-units")),
        ("units-pieces", label!("export-explore-pieces")),
        ("units-words", label!("export-explore-words")),
        ("specials", label!("export-explore-specials")),
        ("specials-show", label!("export-explore-specials-show")),
        ("specials-hide", label!("export-explore-specials-hide")),
        ("specials-renormalize", label!("export-explore-specials-renormalize")),
        ("biases", label!("widgets-biases-column")),
        ("keys", label!("export-explore-keys")),
        ("map", label!("export-explore-map")),
    ];
    let mut say: BTreeMap<&'static str, String> =
        labels.into_iter().map(|(name, label)| (name, label.text().to_owned())).collect();
    say.extend([
        ("row", message!("layers-row", layer = "{layer}")),
        ("title", message!("cli-title-of-layer-and-heads", title = "{who}", layer = "{layer}", heads = "{heads}")),
        ("pair", message!("export-explore-heads", from = "{from}", to = "{to}")),
        ("whole", message!("labels-matrix-looks-at", layer = "{layer}", heads = "{heads}")),
        ("takes", message!("labels-matrix-takes-from", measure = "{measure}", layer = "{layer}", heads = "{heads}")),
        (
            "cell",
            message!(
                "export-explore-cell",
                from = "{from}",
                to = "{to}",
                share = "{share}",
                layer = "{layer}",
                heads = "{heads}"
            ),
        ),
        ("hidden", message!("export-explore-hidden", share = "{share}")),
        ("caption", message!("export-explore-caption", who = "{who}", heads = "{heads}")),
        ("precision", message!("export-explore-precision", error = format!("{:.4}", largest_error * 100.0))),
    ]);
    say
}
