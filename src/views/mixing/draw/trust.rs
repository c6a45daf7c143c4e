//! How far to trust a measure: how its shares follow what happens without each word, in this sentence and in many.

use ratatui::layout::Rect;

use super::{super::MixingStudies, LABEL, NUMBER, say, study_pending, take};
use crate::{
    analysis::{Measure, MixingFindings, MixingNumber, Pooling, WordEffect, decimal},
    messages::{Label, label, message},
    state::State,
    widgets::{
        Look,
        canvas::Canvas,
        heat_map,
        text::{cells, right_aligned, shorten, wrapped},
    },
};

/// What happens to which vector, in the order of the columns.
const COLUMNS: [(Pooling, WordEffect); 4] = [
    (Pooling::Cls, WordEffect::Replaced),
    (Pooling::Cls, WordEffect::Hidden),
    (Pooling::Mean, WordEffect::Replaced),
    (Pooling::Mean, WordEffect::Hidden),
];

/// Left of the numbers: names of measures are longer than those of layers.
const NAME: u16 = LABEL + 5;

pub(super) fn draw(studies: &MixingStudies, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    for line in wrapped(label!("mixing-trust").text(), super::room(area)) {
        say(&line, look.theme.dim, &mut rest, canvas);
    }
    let of_sentence = studies.trust();
    let of_list = studies.list_trust().findings();
    let here = study_pending(of_sentence, state, look, |done, of, key| {
        message!("mixing-trust-steps", done = done, of = of, key = key)
    });
    let over = study_pending(studies.list_trust(), state, look, |done, of, key| {
        message!("mixing-claims-steps", done = done, of = of, key = key)
    });
    match (here, over) {
        (Some(pending), _) => say(&pending, look.theme.warning, &mut rest, canvas),
        (None, Some(pending)) => say(&pending, look.theme.warning, &mut rest, canvas),
        (None, None) => {
            let sentences = of_list.map_or(0, |found| found.sentences);
            say(&message!("mixing-trust-list", sentences = sentences), look.theme.text, &mut rest, canvas);
        }
    }
    if rest.height < 3 {
        return;
    }
    header(look, rest, canvas);
    take(&mut rest, 2);
    let found = [of_sentence.findings().filter(|_| of_sentence.is_of(state)), of_list];
    for (place, measure) in Measure::ALL.iter().enumerate().take(rest.height.into()) {
        let name = right_aligned(measure.id(), NAME - 2);
        heat_map::label(&name, false, look, rest.x, rest.y, canvas);
        let number = |of: Option<&MixingFindings>, (pooling, how): (Pooling, WordEffect)| {
            of.and_then(|of| of.get(MixingNumber::Trust(pooling, how, place)))
        };
        let mut x = rest.x + NAME;
        for of in found {
            for group in COLUMNS.chunks(2) {
                if x + 2 * NUMBER >= rest.right() {
                    break;
                }
                for &column in group {
                    let text = number(of, column).map_or("–".to_owned(), |of| decimal(of.value, 2));
                    let text = format!("{text:>width$}", width = usize::from(NUMBER));
                    canvas.set_string(x, rest.y, text, look.theme.text);
                    x += NUMBER;
                }
            }
        }
        take(&mut rest, 1);
    }
}

fn header(look: &Look, area: Rect, canvas: &mut Canvas) {
    let groups: [Label; 4] = [
        label!("mixing-trust-cls"),
        label!("mixing-trust-mean"),
        label!("mixing-trust-cls-list"),
        label!("mixing-trust-mean-list"),
    ];
    let effects = [label!("mixing-trust-masked"), label!("mixing-trust-hidden")];
    for (group, x) in groups.into_iter().zip((area.x + NAME..).step_by(usize::from(2 * NUMBER))) {
        if x + 2 * NUMBER >= area.right() {
            return;
        }
        let name = shorten(group.text(), usize::from(2 * NUMBER) - 1);
        canvas.set_string(x + 2 * NUMBER - cells(&name) as u16, area.y, name, look.theme.heading);
        for (effect, x) in effects.iter().zip([x, x + NUMBER]) {
            let name = shorten(effect.text(), usize::from(NUMBER) - 1);
            canvas.set_string(x + NUMBER - cells(&name) as u16, area.y + 1, name, look.theme.heading);
        }
    }
}
