//! What stands in the place of a view while there is nothing to show.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
};

use super::App;
use crate::{
    messages::{label, message},
    printable::printable,
    state::Overlay,
    widgets::{
        Look, gauge,
        placeholder::{explain, invite},
    },
};

/// What stands in the body while there is nothing to show: what to do, what is being waited for, or what went wrong.
pub(super) fn invitation(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let typing = label!("app-type-already").text().to_owned();
    let (heading, rest) = match (&app.model, &app.opening) {
        (None, Some(opening)) => {
            let name = printable(&opening.name);
            return match &opening.progress {
                None => invite(&message!("app-loading-model", name = &*name), &[typing], look, area, buffer),
                Some(progress) => {
                    let bar = progress.fraction().map_or(String::new(), |fraction| gauge(fraction, 40));
                    let lines = [bar, printable(&progress.to_string()).into_owned(), typing];
                    invite(&message!("app-downloading-model", name = &*name), &lines, look, area, buffer);
                }
            };
        }
        (None, None) => (label!("app-no-model-opened"), app.model_error.clone().unwrap_or_default()),
        (Some(_), _) if app.is_empty() => {
            let action = if app.overlay() == Some(Overlay::Input) { "commit" } else { "example" };
            let offered = action == "example" && app.would_act("example") || app.offers_example();
            let example = match offered {
                true => message!("app-loads-example", key = look.key(app, action)),
                false => String::new(),
            };
            let key = look.key(app, "restore-session");
            let last = match app.has_last_session && !key.is_empty() {
                true => message!("app-restores-session", key = key),
                false => String::new(),
            };
            let lessons = match look.key(app, "lessons") {
                key if key.is_empty() => String::new(),
                key => message!("app-opens-lessons", key = key),
            };
            let language = match look.key(app, "next-language") {
                key if key.is_empty() => String::new(),
                key => message!("app-other-language", key = key),
            };
            let all =
                [example, lessons, last, language].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
            return invite(label!("app-type-sentence").text(), &all, look, area, buffer);
        }
        (Some(_), _) => match &app.error {
            Some(why) => (label!("app-not-read"), why.clone()),
            None => return invite(label!("app-reading-sentence").text(), &[], look, area, buffer),
        },
    };
    explain(heading.text(), &rest, look, area.inner(Margin::new(0, 1)), buffer);
}
