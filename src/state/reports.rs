//! What the worker reports, and what becomes of it.

use super::{Job, Notice, Report, State, WordsState};
use crate::study::NamedAblations;

impl State {
    /// Takes in what the worker reports; may ask for the next reading.
    pub(crate) fn on_report(&mut self, report: Report) -> Option<Job> {
        match report {
            Report::Opening { number, progress } => {
                if let Some(opening) = self.opening.as_mut().filter(|opening| opening.number == number) {
                    opening.progress = Some(progress);
                }
            }
            Report::Models(models) => self.picker.set_models(models),
            Report::Model { number, result: Ok((name, info)) } => {
                // Also when nobody waits for it any more: it is the one that reads now.
                self.opening.take_if(|opening| opening.number == number);
                self.model_error = None;
                self.opened = number;
                self.picker.current = Some(name);
                self.list.forget(&info);
                // Beside what is to be said already, such as what a session lacks.
                self.notice =
                    Notice::together(self.notice.take().into_iter().chain(info.remarks.iter().map(Notice::error)));
                self.model = Some(info);
                self.background.forget();
                self.words = WordsState::default();
                if !self.restore_on(number) {
                    // They were heads of the other model.
                    self.ablations = NamedAblations::default();
                    self.ablations_before.clear();
                }
                self.error = None;
                self.stale = self.readings.is_some();
                // What the model before is still reading comes too late.
                self.answered_request = self.newest_request;
                return self.read();
            }
            Report::Model { number, result: Err(why) } => {
                if self.opening.take_if(|opening| opening.number == number).is_some() {
                    self.model_error = Some(why);
                    return self.settle();
                }
            }
            // They are views' own, and a lesson's.
            Report::Sweep { .. } | Report::Mixed { .. } | Report::Explained { .. } | Report::Quantities { .. } => {}
            Report::WorkedOut { number, result } => self.on_worked_out(number, result),
            Report::WordsCompared { number, result } => self.on_words_compared(number, result),
            Report::Measured { number, result } => self.background.on_report(number, result),
            Report::ListRead { number, result } => self.on_list_read(number, result),
            Report::Arranged { number, result } => self.on_list_arranged(number, result),
            Report::Said(notice) => self.notice = Some(notice),
            Report::Readings { number, result } => {
                // Answered already by a newer one, or the field was emptied meanwhile.
                if number <= self.answered_request {
                    return None;
                }
                self.answered_request = number;
                let stale = std::mem::take(&mut self.stale);
                match result {
                    Ok(readings) => {
                        self.error = None;
                        self.attention.fit(&readings);
                        self.readings = Some(readings);
                        return self.settle();
                    }
                    Err(why) => {
                        self.error = Some(why);
                        if stale {
                            self.readings = None;
                        }
                    }
                }
            }
        }
        None
    }
}
