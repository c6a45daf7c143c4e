//! The pair under the cursor, exactly, and the sentences nearest to one.

use ratatui::{layout::Rect, style::Modifier};

use crate::{
    analysis::in_percent,
    printable::printable,
    state::{ClickTarget, State},
    widgets::{
        Look,
        canvas::Canvas,
        listing::place,
        text::{flow, shorten},
    },
};

pub(super) fn draw(app: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&app.list, &look.theme);
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = area.y;
    let mut say = |text: &str, style, canvas: &mut Canvas| {
        if y < area.bottom() {
            canvas.set_string(area.x + 1, y, shorten(text, room), style);
            y += 1;
        }
    };
    exact(app, room).iter().for_each(|text| say(text, theme.text, canvas));
    disagreement(app, room).iter().for_each(|text| say(text, theme.accent, canvas));
    let other = Some(list.other()).filter(|other| *other != list.line());
    for line in [Some(list.line()), other].into_iter().flatten() {
        if let Some(sentence) = list.lines().get(line) {
            say(&format!("{:>4} {}", line + 1, printable(&sentence.text)), theme.dim, canvas);
        }
    }
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if rest.height >= 2 && list.lines().len() > 1 {
        neighbours(app, look, rest, canvas);
    }
}

/// The disagreement under the cursor, where it was sent to one: which, and the place of the pair among all of the list.
fn disagreement(app: &State, room: usize) -> Vec<String> {
    let Some(walked) = app.list.walked() else { return Vec::new() };
    let ([one, two], [left, right]) = (app.list.poolings(), walked.percentiles.map(in_percent));
    let (number, pairs) = (walked.number + 1, walked.pairs);
    let which = match walked.count < pairs {
        true => format!("disagreement: pair {number} of the worst {}, of {pairs} pairs", walked.count),
        false => format!("disagreement: pair {number} of {pairs}"),
    };
    flow([which, format!("closer than {left} of all pairs under {one}, than {right} under {two}")], room)
}

/// `3 ~ 7: cls 0.5312 · mean 0.0213`, each with its place among unrelated pairs where that is known.
fn exact(app: &State, room: usize) -> Vec<String> {
    let list = &app.list;
    let (line, other) = (list.line(), list.other());
    if list.lines().len() == 1 {
        return vec!["one sentence: a second can be held against it".to_owned()];
    }
    let values = list.poolings().into_iter().enumerate().map(|(side, pooling)| {
        let known = list.place(line).and(list.place(other)).is_some() && list.side(side).is_some();
        match list.cosine(side, line, other) {
            Some(cosine) => {
                let rank = list.percentile(pooling, cosine);
                let rank = rank.map_or(String::new(), |rank| format!(", {}", place(rank)));
                format!("{pooling} {cosine:.4}{rank}")
            }
            None if known => format!("{pooling} –, for one has no such vector"),
            None => format!("{pooling} …"),
        }
    });
    let name = match line == other {
        true => format!("{} with itself:", line + 1),
        false => format!("{} ~ {}:", line + 1, other + 1),
    };
    let values = values.enumerate().map(|(at, value)| if at == 0 { format!("{name} {value}") } else { value });
    flow(values, room)
}

/// The nearest of the sentence under the cursor, under each pooling.
fn neighbours(app: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&app.list, &look.theme);
    let half = area.width / 2;
    for side in 0..2u16 {
        let x = area.x + 1 + side * half;
        let room = usize::from(half.saturating_sub(2));
        let pooling = list.poolings()[usize::from(side)];
        let heading = format!("nearest to {} under {pooling}", list.line() + 1);
        canvas.set_string(x, area.y, shorten(&heading, room), theme.heading);
        for (&(line, cosine), y) in list.nearest(usize::from(side)).iter().zip(area.y + 1..area.bottom()) {
            let text = format!("{cosine:>7.4} {:>4} {}", line + 1, printable(&list.lines()[line].text));
            let style = if line == list.other() { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
            canvas.set_string(x, y, shorten(&text, room), style);
            let place = Rect { x, y, width: room as u16, height: 1 };
            canvas.on_click(place, ClickTarget::Pair { line: None, other: Some(line) });
        }
    }
}
