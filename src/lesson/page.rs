//! The page to keep: a lesson with the predictions beside what was measured, in every language, as one file for a browser.

use std::fmt::Write;

use super::{LessonWalk, TestOutcome, verdict_label};
use crate::{
    messages::{Language, label, language, message, speaking},
    printable::printable,
};

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
    table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}\
    th,td{border:1px solid #bbb;padding:.4rem .6rem;text-align:left;vertical-align:top;width:50%}\
    .claim{font-weight:bold}.given{color:#555}\
    @media screen and (prefers-color-scheme:dark){body{color:#ddd;background:#181818}.given{color:#aaa}th,td{border-color:#555}}\
    @media print{section+section{break-before:page}}";

impl LessonWalk {
    /// The page. It loads nothing and runs nothing; the language that is spoken comes first.
    pub fn page(&self) -> String {
        let title = escaped(self.lesson.title.text());
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            language().tag()
        );
        let mut languages = Language::ALL.to_vec();
        languages.sort_by_key(|other| *other != language());
        for language in languages {
            let _ = write!(
                page,
                "<section lang=\"{}\">\n{}</section>\n",
                language.tag(),
                speaking(language, || self.part())
            );
        }
        page + "</body>\n</html>\n"
    }

    /// The lesson in the language that is spoken.
    fn part(&self) -> String {
        let part = &mut String::new();
        say(part, "h1", "", self.lesson.title.text());
        let (right, all) = self.score();
        if all > 0 {
            say(part, "p", "", &message!("lesson-score", right = right, all = all));
        }
        for (at, step) in self.lesson.steps.iter().enumerate() {
            say(part, "h2", "", &message!("lesson-step", step = at + 1, count = self.steps.len()));
            say(part, "p", "", step.text.text());
            let given = match &step.input.pair {
                None => message!("lesson-sentence", text = &step.input.text),
                Some(pair) => message!("lesson-pair", text = &step.input.text, pair = pair),
            };
            say(part, "p", "given", &given);
            let Some(claim) = &step.claim else { continue };
            say(part, "p", "claim", &message!("lesson-claim", claim = claim.claim.text()));
            let known = &self.steps[at];
            let predicted = known.predicted.map(|answer| claim.answers[answer].text.text());
            let predicted = predicted.unwrap_or(label!("lesson-page-nothing").text());
            let measured = match &known.outcome {
                None => vec![label!("mixing-untested").text().to_owned()],
                Some(outcome) => {
                    let verdict = match outcome.verdict {
                        Some(verdict) => {
                            message!("lesson-verdict", verdict = verdict_label(verdict, &claim.tests))
                        }
                        None => message!("lesson-no-verdict"),
                    };
                    let model = message!("lesson-page-model", model = &outcome.model_name);
                    let tests = outcome.tests.iter().map(TestOutcome::line);
                    std::iter::once(verdict).chain(tests).chain([model]).collect()
                }
            };
            let measured = measured.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
            let _ = writeln!(
                part,
                "<table>\n<tr><th>{}</th><th>{}</th></tr>\n<tr><td>{}</td><td>{measured}</td></tr>\n</table>",
                escaped(label!("lesson-page-predicted").text()),
                escaped(label!("lesson-page-measured").text()),
                escaped(predicted),
            );
            let verdict = known.outcome.as_ref().and_then(|outcome| outcome.verdict);
            let meaning =
                claim.meaning.iter().find(|(of, _)| Some(*of) == verdict).map(|(_, text)| text.text().to_owned());
            let elsewhere = claim.elsewhere.iter().map(|text| message!("lesson-elsewhere", text = text.text()));
            meaning.into_iter().chain(elsewhere).for_each(|text| say(part, "p", "", &text));
        }
        std::mem::take(part)
    }
}

/// A paragraph or a heading, of a class or of none.
fn say(part: &mut String, tag: &str, class: &str, text: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(part, "<{tag}{class}>{}</{tag}>", escaped(text));
}

/// Text from a lesson for a page: printable, and nothing of it taken for markup.
fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
