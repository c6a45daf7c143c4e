//! The bottom bar offers exactly what would do something.

use std::collections::{BTreeMap, BTreeSet};

use clscope::{bert::HeadName, views};

use super::{pooling::pages_of, *};

/// Where a test begins: the model, the texts, the list of sentences with bars between them, and keys.
type Start = (StandIn, &'static str, Option<&'static str>, &'static str, &'static str);

const ONE_HEAD: StandIn = StandIn { layers: 1, heads: 1, has_pooler: false, ..StandIn::USUAL };

/// Keys that lead to every context, and there to every place where a key stops or begins to act.
const PLACES: &[&str] = &[
    "] - f10 right down",
    "f10 v x",
    "f10 v v right",
    "f10 v v v",
    "f10 v v v v c",
    "",
    "i",
    "b",
    "down right",
    "G end ] ]",
    "a x",
    "right s right , w",
    "z",
    "] + ] + -",
    "- down _",
    "p ]",
    "f3",
    "f3 down right",
    "f3 G end o - +",
    "f4",
    "f4 G end ] x",
    "f4 ] J",
    "f4 down right , _ p",
    "f5",
    "f5 ] p ] down",
    "f5 G end",
    "f5 } -",
    "f6",
    "f6 down -",
    "f6 G w v",
    "f7",
    "f7 v",
    "f7 v v",
    "f7 v v v",
    "f7 v v v v",
    "f7 v v v v down right o",
    "f8",
    "f8 L",
    "f8 down right",
    "f8 G end o",
    "f8 space space",
    "f8 c c",
    "f8 a",
    "f9",
    "f9 right .",
    "m",
    "m down down",
    "?",
    "? pagedown",
    "W",
    "W down",
    "T",
    "T G end o",
    "E",
    "/ a",
    "/ a enter",
    "f4 / a enter",
    "f5 / a enter",
    "f8 / a",
    "f8 / a enter",
    "f9 / a enter",
    "#",
    "# a",
    "# a enter #",
    "f9 . .",
    "f9 . . .",
    "f9 . . . .",
    "f9 right up",
    "f9 left down",
    "m a",
    "T down",
    "f8 T",
    "f8 T down",
    "f9 T",
    "f7 T",
];

/// Keys that have no room in any bottom bar: they go further than one that has, or every text field knows them.
const NOWHERE: &[&str] = &[
    "first",
    "last",
    "page-left",
    "page-right",
    "top",
    "bottom",
    "previous-view",
    "suspend",
    "redraw",
    "delete-back",
    "delete-forward",
    "delete-word",
    "text-left",
    "text-right",
    "word-left",
    "word-right",
    "text-start",
    "text-end",
];

/// Keys for which one view has no room; the help has them.
const NOT_THERE: &[(&str, &[&str])] = &[
    ("layers", &["let-go"]),
    ("heads", &["max-of-heads", "turn-around", "specials", "words", "scale", "let-go"]),
    ("matrix", &["open-head", "strongest", "let-go"]),
    ("compare", &["mark-head", "mark-token", "unmark", "find", "find-next", "find-previous", "cut-token"]),
    ("input", &["leave", "restore-session"]),
    ("find", &["clear-text"]),
    ("note", &["clear-text"]),
    // They are a lesson's that is gone through, before the keys of its view.
    (
        "lesson",
        &[
            "lesson-answer-1",
            "lesson-answer-2",
            "lesson-answer-3",
            "lesson-answer-4",
            "lesson-back",
            "lesson-page-up",
            "lesson-page-down",
            "lesson-fold",
            "lesson-keep",
        ],
    ),
    // They go from one vector of a probe to another.
    ("output", &["left", "right"]),
    // It is offered once the reading was cancelled or failed.
    ("sentences", &["read-list"]),
    ("map", &["read-list"]),
];

/// Whether a key is left out where it changes no more than what a caption calls it: words where every piece is one, an
/// order of one line, another reading on a page that shows both; or where another key is offered that does the same.
fn is_beside_the_point(explorer: &Explorer, action: &'static str) -> bool {
    let (context, list) = (explorer.app.key_context(), &explorer.app.list);
    match action {
        "words" => {
            let trace = explorer.app.reading().map(|reading| &reading.trace);
            trace.is_some_and(|trace| !trace.tokens.iter().any(|token| token.text.starts_with("##")))
        }
        "list-order" => list.lines().len() < 2,
        "next-reading" => context == "pooling" && pages_of(explorer).page != clscope::views::Page::Overview,
        "edit-line" => list.lines().is_empty(),
        // Without a text there is nothing to see of it.
        "cut-head" | "open-head" => explorer.app.readings.is_none(),
        // It ends the walk through the disagreements, or the closest pairs.
        "up" | "down" | "left" | "right" => list.walked().is_some() || list.walked_closest().is_some(),
        _ => false,
    }
}

fn explorer((model, text, pair, list, keys): Start) -> Explorer {
    let mut explorer = Explorer::with(model, text, pair);
    if !list.is_empty() {
        let job = explorer.app.add_sentences(&list.split('|').collect::<Vec<_>>());
        explorer.answer(job);
    }
    let mut explorer = explorer.keys(keys);
    explorer.app.notice = None;
    explorer
}

fn offered(explorer: &Explorer) -> BTreeSet<&'static str> {
    explorer.app.hints().into_iter().flat_map(|hint| hint.commands).collect()
}

/// Whether the key of an action changes anything that can be seen or asks for something, and whether a line says why not.
fn press(mut explorer: Explorer, action: &'static str) -> (bool, bool) {
    // What Pooling says of one sentence may stand below what it says of both.
    let size = if explorer.app.view == "pooling" { LARGE } else { USUAL };
    let before = explorer.frame(size);
    let key = event(key_of(&explorer, action).unwrap());
    let (wish, job) = explorer.send(key);
    let asked = wish != LoopRequest::None || job.is_some();
    explorer.answer(job);
    let says = explorer.app.notice.take().is_some();
    (asked || before != explorer.frame(size), says)
}

#[test]
fn what_acts_is_offered_and_what_is_offered_acts() {
    let mut starts: Vec<Start> = Vec::new();
    for &keys in PLACES.iter().chain(views::names().iter().flat_map(|view| view.shown_by.keys)) {
        starts.extend([
            (StandIn::USUAL, SENTENCE, None, "", keys),
            (StandIn::USUAL, SENTENCE, Some(SECOND), LISTS[3], keys),
            (ONE_HEAD, "a", Some("b"), LISTS[2], keys),
        ]);
    }
    // Of as many lengths, for the stand-in's [CLS] knows no more of a sentence.
    let lengths = "a|b c|d e f|g h i j k|l m n o p q r|s t u v w x y z a";
    starts.extend(["f9", "f9 .", "f9 . .", "f9 . . ."].map(|keys| (StandIn::USUAL, "a", None, lengths, keys)));
    starts.push((StandIn::USUAL, "", None, "", ""));
    let classifier = StandIn { output: Some(HeadName::SequenceClassification), ..StandIn::USUAL };
    starts.extend(["f11", "f11 up", "f11 up up f", "f2 - f11"].map(|keys| (classifier, SENTENCE, None, "", keys)));
    starts.push((classifier, SENTENCE, Some(SECOND), "", "f11"));
    let views = ["esc f2", "esc f3", "esc f4", "esc f5", "esc f6", "esc f7", "esc f8", "esc f9"];
    starts.extend(views.map(|keys| (StandIn::USUAL, "", None, "", keys)));

    let mut places: BTreeMap<&'static str, Vec<Start>> = BTreeMap::new();
    for start in starts {
        places.entry(explorer(start).app.key_context()).or_default().push(start);
    }
    let reached: BTreeSet<&'static str> = places.keys().copied().collect();
    assert_eq!(reached, app::key_contexts().iter().map(|context| context.id).filter(|id| *id != "global").collect());
    let (mut amiss, mut tried) = (Vec::new(), 0);
    for (context, starts) in places {
        let ever: BTreeSet<&'static str> = starts.iter().flat_map(|start| offered(&explorer(*start))).collect();
        let keymap = explorer(starts[0]).look.keymap;
        let not_there = NOT_THERE.iter().filter(|(one, _)| *one == context).flat_map(|(_, actions)| *actions);
        let shows = views::names().iter().map(|view| view.shown_by.id);
        let exempt: BTreeSet<&'static str> = NOWHERE.iter().chain(not_there).copied().chain(shows).collect();
        let bound: BTreeSet<&'static str> = keymap.bindings(context).map(|(action, _)| action).collect();
        for action in bound.difference(&ever).filter(|action| !exempt.contains(*action)) {
            amiss.push(format!("{context:?}: {action:?} is offered nowhere"));
        }
        for start in starts {
            let here = explorer(start);
            let shown = offered(&here);
            for &action in ever.iter().filter(|action| key_of(&here, action).is_some()) {
                let ((acts, says), shown) = (press(explorer(start), action), shown.contains(&action));
                tried += 1;
                let fits = if shown { acts || says } else { !acts || is_beside_the_point(&here, action) };
                if !fits {
                    let (model, text, pair, list, keys) = start;
                    amiss.push(format!(
                        "{context:?}: {action:?} acts {acts}, is offered {shown}: {} heads, {text:?}, {pair:?}, {list:?}, \
                         {keys:?}",
                        model.heads
                    ));
                }
            }
        }
    }
    assert!(tried > 2000, "only {tried} keys");
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}
