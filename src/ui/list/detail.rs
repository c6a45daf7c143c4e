//! The pair under the cursor, exactly, and the sentences nearest to one.

use ratatui::{layout::Rect, style::Modifier};

use crate::{
    app::{Aim, App},
    printable::printable,
    ui::{
        Look,
        canvas::Canvas,
        text::{fitting, shorten},
    },
};

pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&app.list, &look.theme);
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = area.y;
    let mut say = |text: &str, style, canvas: &mut Canvas| {
        if y < area.bottom() {
            canvas.set_string(area.x + 1, y, shorten(text, room), style);
            y += 1;
        }
    };
    say(&exact(app, room), theme.text, canvas);
    if let Some((number, all, [left, right])) = list.walked() {
        let [one, two] = list.poolings();
        let text = format!(
            "disagreement {} of {all}: closer than {left:.1} % of all pairs under {one}, than {right:.1} % under {two}",
            number + 1
        );
        say(&text, theme.accent, canvas);
    }
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

/// `3 ~ 7: cls 0.5312 · mean 0.0213`, each with its place among unrelated pairs where that is known.
fn exact(app: &App, room: usize) -> String {
    let list = &app.list;
    let (line, other) = (list.line(), list.other());
    if list.lines().len() == 1 {
        return "one sentence: a second can be held against it".to_owned();
    }
    let values = list.poolings().into_iter().enumerate().map(|(side, pooling)| {
        let before = if side == 0 { " " } else { " · " };
        let known = list.place(line).and(list.place(other)).is_some() && list.side(side).is_some();
        match list.cosine(side, line, other) {
            Some(cosine) => {
                let rank = list.percentile(pooling, cosine);
                let rank = rank.map_or(String::new(), |rank| format!(", higher than {rank:.0} % of unrelated pairs"));
                format!("{before}{pooling} {cosine:.4}{rank}")
            }
            None if known => format!("{before}{pooling} –, for one has no such vector"),
            None => format!("{before}{pooling} …"),
        }
    });
    let name = match line == other {
        true => format!("{} with itself:", line + 1),
        false => format!("{} ~ {}:", line + 1, other + 1),
    };
    fitting([name].into_iter().chain(values), room)
}

/// The nearest of the sentence under the cursor, under each pooling.
fn neighbours(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
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
            canvas.on_click(place, Aim::Pair { line: None, other: Some(line) });
        }
    }
}
