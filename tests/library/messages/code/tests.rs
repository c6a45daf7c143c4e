//! What counts as text.

use super::*;

#[test]
fn text_is_told_from_what_programs_read() {
    let texts = [
        "there is no table",
        "{count} lines",
        " left",
        "no answer, trying again",
        "{} of {}",
        "unknown {kind}",
        "cannot read {}: {reason}",
        "waiting for {name}",
        "don't",
        "没有",
        "{seconds} s left",
    ];
    for text in texts.iter().filter(|text| **text != "don't") {
        assert!(looks_like_text(text), "{text:?}");
    }
    let others = [
        "",
        " ",
        " · ",
        "{} {}",
        "{a}/{b}",
        "model.safetensors",
        "don't",
        "bytes={start}-",
        "embedded",
        "[?1000h",
        "{value:.2} B",
        "{name}-{number}.{ending}",
        "0 1",
        "{:>3} {text with words}",
        "→ {}",
        "--model",
    ];
    for other in others {
        assert!(!looks_like_text(other), "{other:?}");
    }
}

#[test]
fn texts_are_found_wherever_they_stand() {
    let code = Code::read(
        r##"
        //! Words of a module.
        /// Words of a function.
        #[allow(dead_code, reason = "words of a reason")]
        #[error("an error here: {}", .0)]
        fn f() {
            say(&format!("two words"), 'c', b"bytes as they are", r#"raw words"#);
            // A comment with words.
            debug_assert!(x, "for developers only");
            let y = "a line \
                     that goes on";
            nested!({ if z { "deep in here" } });
        }
        #[cfg(test)]
        mod tests { const T: &str = "in a test"; }
        #[cfg(test)]
        use x::y;
        #[cfg(not(test))]
        const U: &str = "not in tests";
        const V: &str = "behind the tests";
        "##,
    );
    let texts: Vec<&str> = code.texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "an error here: {}",
            "two words",
            "raw words",
            "a line that goes on",
            "deep in here",
            "not in tests",
            "behind the tests"
        ]
    );
    assert_eq!(code.texts[1].0, 7, "with its line");
}

#[test]
fn uses_of_messages_are_found_with_their_arguments() {
    let code = Code::read(
        r#"
        #[error("{}", message!("in-an-error", file = .file))]
        struct E;
        fn f() {
            let a = message!("plain");
            let b = messages::message!("with", count = n, other = message!("inside", x = g(a, b)),);
            const L: Label = label!("a-label");
        }
        #[cfg(test)]
        mod tests { fn t() { message!("of-a-test"); } }
        "#,
    );
    let uses: Vec<String> = code
        .uses
        .iter()
        .map(|u| format!("{} {} {} {:?}", u.line, if u.is_label { "label" } else { "message" }, u.id, u.arguments))
        .collect();
    assert_eq!(
        uses,
        [
            r#"2 message in-an-error {"file"}"#,
            r#"5 message plain {}"#,
            r#"6 message inside {"x"}"#,
            r#"6 message with {"count", "other"}"#,
            r#"7 label a-label {}"#,
        ]
    );
    assert!(code.faults.is_empty() && code.texts.is_empty(), "{code:?}");
}

#[test]
fn what_is_done_wrong_with_a_message_is_found() {
    for wrong in [
        "message!(id)",
        "label!(concat!(\"a\", \"b\"))",
        "message!(\"a\").replace(\"every\", \"any\")",
        "label!(\"a\").text().to_lowercase()",
        "message!(\"a\") + \"!\"",
        "text + &message!(\"a\")",
    ] {
        let code = Code::read(&format!("fn f() {{ let x = {wrong}; }}"));
        assert_eq!(code.faults.len(), 1, "{wrong}: {code:?}");
    }
    let right = "fn f() { let x = (label!(\"a\").text(), message!(\"a\", n = 1 + 2).into(), -message!(\"b\")); }";
    assert!(Code::read(right).faults.is_empty());
    let given = Code::read("fn f() { message!(\"a\", reason = \"glued in as an argument\") }");
    assert_eq!(given.texts.len(), 1, "an argument that is a text belongs into the catalogue too");
}
