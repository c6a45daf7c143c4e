//! Where a token's vector comes from: a row for each layer, then the claims, then a row for each token.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{Mixing, MixingView, tables::unrelated};
use crate::{
    analysis::{Claims, MeasureClaims, SourceShares, Verdict},
    labels,
    messages::{Label, label, message},
    printable::printable,
    state::{ClickTarget, Place, State},
    widgets::{
        Look,
        canvas::Canvas,
        cells::percent,
        columns::window,
        heat_map,
        text::{BETWEEN, cells, fitting, right_aligned, shorten},
    },
};

/// `▸layer 12 ` left of the numbers.
const LABEL: u16 = 10;
/// Of each number.
const NUMBER: u16 = 8;
/// The narrowest bar.
const BAR: u16 = 10;

pub(super) fn draw(view: &MixingView, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut y = area.y;
    let mut line = |text: &str, style: Style, canvas: &mut Canvas| {
        canvas.set_string(area.x + 1, y, shorten(text, usize::from(area.width.saturating_sub(2))), style);
        y += 1;
    };
    let pending = pending(view, state, look);
    if let Some(text) = &pending {
        line(text, look.theme.warning, canvas);
    }
    let Some(mixing) = view.mixing() else { return };
    let name = printable(&mixing.name(mixing.unit)).into_owned();
    let says = mixing.measure.says().text();
    line(
        &message!("mixing-caption", token = name, measure = mixing.measure.id(), says = says),
        look.theme.heading,
        canvas,
    );
    let mut rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if rest.height < 3 {
        return;
    }

    let claims = claims(mixing, state);
    let lines: u16 = claims.iter().map(|claim| 1 + u16::from(!claim.numbers.is_empty())).sum();
    let all = mixing.layers.len() as u16;
    // Without room for all, the numbers of the claims go first, then some layers.
    let is_roomy = rest.height >= 2 + all.min(6) + lines;
    let wanted = if is_roomy { lines } else { claims.len() as u16 };
    let rows = rest.height.saturating_sub(2 + wanted).clamp(1, all);
    let header = Header::new(rest);
    header.draw(look, rest.y, true, canvas);
    let seen = window(&vec![1; mixing.layers.len()], state.attention.layer, usize::from(rows));
    for (layer, y) in seen.clone().zip(rest.y + 1..rest.bottom()) {
        let label = message!("layers-row", layer = format!("{:>2}", layer + 1));
        heat_map::label(&label, layer == state.attention.layer, look, rest.x, y, canvas);
        let taken = format!("{} %", percent(mixing.taken[layer]));
        header.row(&mixing.layers[layer], Some(taken), look, y, canvas);
        let target = ClickTarget::At(Place { layer: Some(layer), ..Place::default() });
        canvas.on_click(Rect { y, height: 1, ..rest }, target);
    }
    let (above, below) = (seen.start > 0, seen.end < mixing.layers.len());
    let last = rest.y + rows;
    heat_map::beyond(above.then_some(rest.y + 1), below.then_some(last), look, rest.x + LABEL - 1, canvas);
    take(&mut rest, 1 + rows);
    take(&mut rest, 1);
    for claim in claims {
        if rest.height == 0 {
            return;
        }
        claim.draw(is_roomy, look, &mut rest, canvas);
    }
    take(&mut rest, 1);
    if rest.height > 2 {
        tokens(mixing, look, rest, canvas);
    }
}

fn take(area: &mut Rect, lines: u16) {
    let lines = lines.min(area.height);
    (area.y, area.height) = (area.y + lines, area.height - lines);
}

/// What is worked out, or what is shown although it is of something else.
fn pending(view: &MixingView, state: &State, look: &Look) -> Option<String> {
    let shown = state.snapshot().map(|shown| shown.reading);
    let is_current =
        view.mixing().zip(shown.as_ref()).is_some_and(|(mixing, shown)| std::sync::Arc::ptr_eq(&mixing.reading, shown));
    if is_current {
        return None;
    }
    let key = look.key(state, "cancel");
    Some(match (state.work.steps, state.work.is_running()) {
        (Some((done, of)), true) => message!("mixing-work-steps", done = done, of = of, key = key),
        (None, true) => message!("mixing-work", key = key),
        (_, false) => message!("mixing-no-work", key = look.key(state, "next-measure")),
    })
}

/// Where the numbers stand.
struct Header {
    x: u16,
    end: u16,
}

impl Header {
    fn new(area: Rect) -> Self {
        Self { x: area.x + LABEL, end: area.right() - 1 }
    }

    /// Above the numbers; `by_layer` says whether they are of layers.
    fn draw(&self, look: &Look, y: u16, by_layer: bool, buffer: &mut Buffer) {
        let names = [
            label!("mixing-column-itself"),
            label!("mixing-column-words"),
            label!("mixing-column-signs"),
            label!("mixing-column-specials"),
            label!("mixing-column-biases"),
            label!("mixing-column-even"),
            if by_layer { label!("mixing-column-taken") } else { label!("mixing-column-others-even") },
        ];
        for (name, x) in names.into_iter().zip((self.x..).step_by(NUMBER.into())) {
            if x + NUMBER <= self.end {
                let name = shorten(name.text(), usize::from(NUMBER) - 1);
                let indent = NUMBER - cells(&name) as u16;
                buffer.set_string(x + indent, y, name, look.theme.heading);
            }
        }
    }

    /// A row's numbers, and its shares as a bar where there is room for one.
    fn row(&self, shares: &SourceShares, last: Option<String>, look: &Look, y: u16, buffer: &mut Buffer) {
        let SourceShares { own, words, signs, specials, biases, evenness, .. } = *shares;
        let parts = [own, words, signs, specials, biases];
        let numbers = parts.map(Some).into_iter().map(|share| share.map(|share| format!("{} %", percent(share))));
        let even = [evenness].map(|number| number.map(|number| format!("{number:.2}")));
        let mut x = self.x;
        for number in numbers.chain(even).chain([last]) {
            if x + NUMBER > self.end {
                return;
            }
            let number = number.unwrap_or_else(|| "–".to_owned());
            buffer.set_string(x, y, format!("{number:>width$}", width = usize::from(NUMBER)), look.theme.text);
            x += NUMBER;
        }
        let room = self.end.saturating_sub(x + 2);
        if room >= BAR {
            bar(&parts, look, Rect { x: x + 2, y, width: room, height: 1 }, buffer);
        }
    }
}

/// The sizes of shares beside each other: itself, words, signs, specials, biases.
fn bar(parts: &[f32; 5], look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let signs = [("█", theme.accent), ("▓", theme.text), ("▒", theme.dim), ("░", theme.special), ("·", theme.dim)];
    let all: f32 = parts.iter().map(|part| part.abs()).sum();
    let mut so_far = 0.0;
    for (part, (sign, style)) in parts.iter().zip(signs) {
        let place = |share: f32| area.x + (share / all * f32::from(area.width)).round() as u16;
        let (start, end) = (place(so_far), place(so_far + part.abs()).min(area.right()));
        so_far += part.abs();
        if all > 0.0 && end > start {
            buffer.set_string(start, area.y, sign.repeat(usize::from(end - start)), style);
        }
    }
}

/// A claim, whether it holds, and the numbers that say so.
struct Claim {
    claim: Label,
    /// None while it is not known.
    verdict: Option<Verdict>,
    numbers: Vec<String>,
}

impl Claim {
    fn draw(self, with_numbers: bool, look: &Look, rest: &mut Rect, buffer: &mut Buffer) {
        let verdict = match self.verdict {
            None => label!("mixing-untested"),
            Some(Verdict::Holds) => label!("mixing-holds"),
            Some(Verdict::Fails) => label!("mixing-fails"),
            Some(Verdict::Depends) => label!("mixing-depends"),
            Some(Verdict::Open) => label!("mixing-open"),
        };
        let style = if self.verdict == Some(Verdict::Holds) { look.theme.accent } else { look.theme.warning };
        let room = usize::from(rest.width.saturating_sub(2));
        let (claim, verdict) = (self.claim.text(), verdict.text());
        let text = message!("mixing-claim", claim = claim, verdict = verdict);
        let text = match cells(&text) <= room {
            true => text,
            // The end is cut.
            false => message!("mixing-claim-in-short", claim = claim, verdict = verdict),
        };
        buffer.set_string(rest.x + 1, rest.y, shorten(&text, room), style);
        take(rest, 1);
        if with_numbers && rest.height > 0 {
            let text = fitting(self.numbers, BETWEEN, room.saturating_sub(3));
            buffer.set_string(rest.x + 4, rest.y, text, look.theme.text);
            take(rest, 1);
        }
    }
}

fn claims(mixing: &Mixing, state: &State) -> Vec<Claim> {
    let Some(claims) = &mixing.claims else { return Vec::new() };
    let words = claims.words;
    let of_each = |say: &dyn Fn(&MeasureClaims) -> String| claims.measures.iter().map(say).collect::<Vec<_>>();
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    let own = |it: &MeasureClaims| {
        let percent = whole(f64::from(it.own));
        message!("mixing-own", measure = it.measure.id(), count = it.largest, words = words, percent = percent)
    };
    let even = |it: &MeasureClaims| {
        let count = it.more_even.unwrap_or_default();
        message!("mixing-more-even", measure = it.measure.id(), count = count, words = words)
    };
    let others = |it: &MeasureClaims| {
        let count = it.more_even_over_others.unwrap_or_default();
        message!("mixing-more-even-aside", measure = it.measure.id(), count = count, words = words)
    };
    let (d, of_sentences) = sentence(state);
    vec![
        Claim { claim: label!("mixing-claim-a"), verdict: Some(claims.own_dominates()), numbers: of_each(&own) },
        Claim {
            claim: label!("mixing-claim-b"),
            verdict: claims.cls_is_fair(),
            numbers: [of_each(&even), of_each(&others)].concat(),
        },
        Claim {
            claim: label!("mixing-claim-c"),
            verdict: Some(claims.cls_is_average()),
            numbers: vec![
                message!("mixing-by-inputs", percent = whole(claims.by_inputs), needed = whole(Claims::EXPLAINED)),
                message!("mixing-by-outputs", percent = whole(claims.by_outputs)),
            ],
        },
        Claim { claim: label!("mixing-claim-d"), verdict: d, numbers: of_sentences },
    ]
}

/// Whether `[CLS]` parts unrelated sentences as well as the mean.
fn sentence(state: &State) -> (Option<Verdict>, Vec<String>) {
    match unrelated(state) {
        Some([cls, mean]) => {
            let [cls_text, mean_text] = [cls, mean].map(|cosine| format!("{cosine:.2}"));
            let text = message!("mixing-unrelated", cls = cls_text, mean = mean_text);
            (Some(Claims::stands_for_sentence(cls, mean)), vec![text])
        }
        None => {
            let says = match state.reading().map(|reading| reading.background()) {
                Some(Err(why)) => Some(labels::background::reason(why)),
                Some(Ok(language)) => state.background.of(language).map(|set| match &set.error {
                    Some(error) => message!("labels-background-failed", reason = &*printable(error)),
                    None => message!("mixing-background", done = set.done, of = set.count()),
                }),
                None => None,
            };
            (None, says.into_iter().collect())
        }
    }
}

/// A row for each token, behind the last layer.
fn tokens(mixing: &Mixing, look: &Look, area: Rect, canvas: &mut Canvas) {
    canvas.set_string(area.x + 1, area.y, label!("mixing-tokens").text(), look.theme.heading);
    let header = Header::new(area);
    header.draw(look, area.y + 1, false, canvas);
    let lines = usize::from(area.height - 2);
    let seen = window(&vec![1; mixing.units.len()], mixing.unit, lines);
    for (unit, y) in seen.zip(area.y + 2..area.bottom()) {
        let name = printable(&mixing.name(unit)).into_owned();
        let name = shorten(&name, usize::from(LABEL) - 2);
        let text = right_aligned(&name, LABEL - 2);
        heat_map::label(&text, unit == mixing.unit, look, area.x, y, canvas);
        let shares = &mixing.units[unit];
        let others = shares.evenness_of_others.map(|evenness| format!("{evenness:.2}"));
        header.row(shares, others, look, y, canvas);
        let source = Some(mixing.words().tokens(unit).start);
        canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::At(Place { source, ..Place::default() }));
    }
}
