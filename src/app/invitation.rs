//! What stands in the place of a view while there is nothing to show.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
};

use super::App;
use crate::{
    printable::printable,
    state::Overlay,
    widgets::{
        Look, gauge,
        placeholder::{explain, invite},
    },
};

/// What stands in the body while there is nothing to show: what to do, what is being waited for, or what went wrong.
pub(super) fn invitation(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let (heading, rest) = match (&app.model, &app.opening) {
        (None, Some(opening)) => {
            let name = printable(&opening.name);
            return match &opening.progress {
                None => invite(&format!("Loading {name} …"), &["You can type already.".to_owned()], look, area, buffer),
                Some(progress) => {
                    let bar = progress.fraction().map_or(String::new(), |fraction| gauge(fraction, 40));
                    let lines =
                        [bar, printable(&progress.to_string()).into_owned(), "You can type already.".to_owned()];
                    invite(&format!("Downloading {name}"), &lines, look, area, buffer);
                }
            };
        }
        (None, None) => ("No model could be opened.", app.model_error.clone().unwrap_or_default()),
        (Some(_), _) if app.is_empty() => {
            let action = if app.overlay() == Some(Overlay::Input) { "commit" } else { "example" };
            let offered = action == "example" && app.would_act("example") || app.offers_example();
            let example = if offered { format!("{} loads an example.", look.key(app, action)) } else { String::new() };
            let key = look.key(app, "restore-session");
            let last = if app.has_last_session && !key.is_empty() {
                format!("{key} goes back to where you left clscope the last time.")
            } else {
                String::new()
            };
            return invite("Type a sentence to see where [CLS] looks in it.", &[example, last], look, area, buffer);
        }
        (Some(_), _) => match &app.error {
            Some(why) => ("The sentence could not be read.", why.clone()),
            None => return invite("Reading …", &[], look, area, buffer),
        },
    };
    explain(heading, &rest, look, area.inner(Margin::new(0, 1)), buffer);
}
