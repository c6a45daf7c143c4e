//! The pair under the cursor, exactly, and the sentences nearest to one.

use ratatui::{layout::Rect, style::Modifier};

use crate::{
    analysis::{Pooling, Unrelated, in_percent, narrow_cosine, readable_cosine},
    labels,
    messages::{listed, message},
    printable::printable,
    state::{BackgroundLanguage, BackgroundSet, ClickTarget, Rank, State},
    widgets::{
        Look,
        canvas::Canvas,
        listing::{mark, place, unrelated},
        text::{flow, shorten, wrapped},
    },
};

pub(super) fn draw(state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&state.list, &look.theme);
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = area.y;
    let mut say = |text: &str, style, canvas: &mut Canvas| {
        if y < area.bottom() {
            canvas.set_string(area.x + 1, y, shorten(text, room), style);
            y += 1;
        }
    };
    exact(state, room).iter().for_each(|text| say(text, theme.text, canvas));
    disagreement(state, room).iter().for_each(|text| say(text, theme.accent, canvas));
    closest(state, room).iter().for_each(|text| say(text, theme.accent, canvas));
    beyond(state, look, room).iter().for_each(|text| say(text, theme.warning, canvas));
    let other = Some(list.other()).filter(|other| *other != list.line());
    for line in [Some(list.line()), other].into_iter().flatten() {
        if let Some(sentence) = list.lines().get(line) {
            say(&format!("{:>4}{} {}", line + 1, mark(list, line), printable(&sentence.text)), theme.dim, canvas);
        }
    }
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if rest.height >= 2 && list.lines().len() > 1 {
        neighbours(state, look, rest, canvas);
    }
}

/// The disagreement under the cursor, where it was sent to one: which, and the place of the pair among all of the list.
fn disagreement(state: &State, room: usize) -> Vec<String> {
    let Some(walked) = state.list.walked() else { return Vec::new() };
    let ([one, two], [left, right]) = (state.list.poolings(), walked.percentiles.map(in_percent));
    let (number, count, pairs) = (walked.number + 1, walked.count, walked.pairs);
    let which = match count < pairs {
        true => message!("sentences-disagreement-of-worst", number = number, count = count, pairs = pairs),
        false => message!("sentences-disagreement", number = number, pairs = pairs),
    };
    let closer =
        message!("sentences-disagreement-closer", left = left, one = one.name(), right = right, two = two.name());
    flow([which, closer], room)
}

/// The number of the pair under the cursor among the closest, where the cursor was sent to one.
fn closest(state: &State, room: usize) -> Vec<String> {
    let Some((number, count, pairs)) = state.list.walked_closest() else { return Vec::new() };
    let (number, pooling) = (number + 1, state.list.poolings()[0].name());
    let which = match count < pairs {
        true => message!("sentences-closest-of", number = number, count = count, pairs = pairs, pooling = pooling),
        false => message!("sentences-closest", number = number, pairs = pairs, pooling = pooling),
    };
    wrapped(&which, room)
}

/// That unrelated sentences are no scale for this list, and the way to its own.
fn beyond(state: &State, look: &Look, room: usize) -> Vec<String> {
    let beyond = state.list_beyond_background().filter(|_| !state.list.is_own_background);
    let Some((poolings, language)) = beyond else { return Vec::new() };
    let poolings: Vec<&str> = poolings.iter().map(|pooling| pooling.name()).collect();
    let text = message!(
        "sentences-beyond",
        percent = Unrelated::UNUSUAL.to_string(),
        unrelated = unrelated(state, language),
        poolings = listed(poolings),
        key = look.way(state, "list-background")
    );
    wrapped(&text, room)
}

/// `3 ~ 7: cls 0.5312 · mean 0.0213`, each with its place among unrelated pairs where that is known.
fn exact(state: &State, room: usize) -> Vec<String> {
    let list = &state.list;
    let (line, other) = (list.line(), list.other());
    let not_finite = |line: usize| list.lines().get(line).and_then(|line| line.read.as_ref()?.not_finite).is_some();
    let is_not_finite = not_finite(line) || not_finite(other);
    if list.lines().len() == 1 {
        return vec![message!("sentences-only-one")];
    }
    let mut among = None;
    let values = list.poolings().into_iter().enumerate().map(|(side, pooling)| {
        let known = list.place(line).and(list.place(other)).is_some() && list.side(side).is_some();
        match list.cosine(side, line, other) {
            Some(cosine) => {
                let rank = state.rank_in_list(pooling, (line, other), cosine);
                match rank {
                    Rank::Percentile(percentile, language) => {
                        among = Some(unrelated_pairs(state, language));
                        ranked(pooling, cosine, percentile)
                    }
                    Rank::AmongList(percentile) => {
                        among = Some(message!("sentences-among-list"));
                        ranked(pooling, cosine, percentile)
                    }
                    Rank::Without(why) => {
                        among = Some(labels::background::in_short(why));
                        format!("{pooling} {}", readable_cosine(cosine, 4))
                    }
                    Rank::Unknown => format!("{pooling} {}", readable_cosine(cosine, 4)),
                }
            }
            None if known && is_not_finite => message!("sentences-not-finite", pooling = pooling.name()),
            None if known => message!("sentences-no-vector", pooling = pooling.name()),
            None => format!("{pooling} …"),
        }
    });
    let named = |value: String| match line == other {
        true => message!("sentences-itself", line = line + 1, value = value),
        false => message!("sentences-pair", first = line + 1, second = other + 1, value = value),
    };
    let values: Vec<String> =
        values.enumerate().map(|(at, value)| if at == 0 { named(value) } else { value }).collect();
    let same = list.tokenized.are_indistinct(line, other).then(|| message!("sentences-same-tokens"));
    flow(values.into_iter().chain(among).chain(same), room)
}

/// `cls 0.5312, higher than 61.2 %`.
fn ranked(pooling: Pooling, cosine: f32, percentile: f64) -> String {
    let value = format!("{pooling} {}", readable_cosine(cosine, 4));
    message!("widgets-ranked", value = value, place = place(percentile))
}

/// Of what the percentages are.
fn unrelated_pairs(state: &State, language: BackgroundLanguage) -> String {
    let count = state.background.of(language).map_or(0, BackgroundSet::count);
    message!("sentences-among-unrelated", background = labels::background::set(language, count))
}

/// The nearest of the sentence under the cursor, under each pooling.
fn neighbours(state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&state.list, &look.theme);
    let half = area.width / 2;
    for side in 0..2u16 {
        let x = area.x + 1 + side * half;
        let room = usize::from(half.saturating_sub(2));
        let pooling = list.poolings()[usize::from(side)];
        let heading = message!("sentences-nearest", line = list.line() + 1, pooling = pooling.name());
        canvas.set_string(x, area.y, shorten(&heading, room), theme.heading);
        for (&(line, cosine), y) in list.nearest(usize::from(side)).iter().zip(area.y + 1..area.bottom()) {
            let text = format!(
                "{:>7} {:>4}{} {}",
                narrow_cosine(cosine, 4, 7),
                line + 1,
                mark(list, line),
                printable(&list.lines()[line].text)
            );
            let style = if line == list.other() { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
            canvas.set_string(x, y, shorten(&text, room), style);
            let place = Rect { x, y, width: room as u16, height: 1 };
            canvas.on_click(place, ClickTarget::Pair { line: None, other: Some(line) });
        }
    }
}
