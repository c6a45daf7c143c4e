//! What Rust code says to people: its texts, and the messages it asks the catalogue for.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// A use of `message!` or `label!`.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    pub line: usize,
    pub id: String,
    pub arguments: BTreeSet<String>,
    pub is_label: bool,
}

/// What is in a file, outside of its tests.
#[derive(Debug, Default)]
pub struct Code {
    pub uses: Vec<Use>,
    /// Literals that look like text, with their lines.
    pub texts: Vec<(usize, String)>,
    /// What is done wrong with messages, with its line.
    pub faults: Vec<(usize, String)>,
}

/// Macros whose texts developers read, or which take names.
const NOT_FOR_PEOPLE: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "compile_error",
    "concat",
    "debug_assert",
    "debug_assert_eq",
    "env",
    "include_bytes",
    "include_str",
    "stringify",
    "unreachable",
];

/// Attributes that say nothing to the one who runs the program, and those that clap makes `--help` of, which stays English:
/// `doc`, and `arg` and `command` with its headings.
const SILENT_ATTRIBUTES: &[&str] =
    &["allow", "arg", "command", "deny", "deprecated", "doc", "expect", "must_use", "warn"];

/// What makes another text of a text: a message is said as it is.
const CHANGES: &[&str] = &[
    "into_bytes",
    "lines",
    "push",
    "push_str",
    "replace",
    "replacen",
    "split",
    "split_once",
    "strip_prefix",
    "strip_suffix",
    "to_lowercase",
    "to_uppercase",
    "trim",
    "trim_end",
    "trim_end_matches",
    "trim_matches",
    "trim_start",
    "trim_start_matches",
];

impl Code {
    /// Reads a file.
    pub fn read(text: &str) -> Code {
        let mut code = Code::default();
        code.walk(text.parse().expect("Rust"));
        code
    }

    fn walk(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            if let Some((length, attribute)) = attribute(&tokens[at..]) {
                at += length;
                match first_word(attribute).as_deref() {
                    Some("cfg") if is_of_tests(attribute) => at += item(&tokens[at..]),
                    Some(name) if SILENT_ATTRIBUTES.contains(&name) => {}
                    _ => self.walk(attribute.stream()),
                }
            } else if let Some((name, arguments)) = macro_call(&tokens[at..]) {
                if name == "message" || name == "label" {
                    self.take_use(&name, arguments);
                    self.refuse_changes(&tokens[..at], &tokens[at + 3..]);
                } else if !NOT_FOR_PEOPLE.contains(&name.as_str()) {
                    self.walk(arguments.stream());
                }
                at += 3;
            } else {
                match &tokens[at] {
                    TokenTree::Group(group) => self.walk(group.stream()),
                    TokenTree::Literal(literal) => self.take_text(literal),
                    _ => {}
                }
                at += 1;
            }
        }
    }

    fn take_text(&mut self, literal: &Literal) {
        if let Some(text) = unquoted(literal).filter(|text| looks_like_text(text)) {
            self.texts.push((literal.span().start().line, text));
        }
    }

    fn take_use(&mut self, name: &str, arguments: &Group) {
        let line = arguments.span_open().start().line;
        let mut parts = split_at_commas(arguments.stream());
        let id = match parts.first().map(Vec::as_slice) {
            Some([TokenTree::Literal(literal)]) => unquoted(literal),
            _ => None,
        };
        let Some(id) = id else {
            return self.faults.push((line, format!("{name}! takes its id as a literal, or no test can find it")));
        };
        let mut names = BTreeSet::new();
        for part in parts.drain(1..) {
            if let [TokenTree::Ident(name), TokenTree::Punct(equals), ..] = part.as_slice()
                && equals.as_char() == '='
            {
                names.insert(name.to_string());
            }
            // An argument may be a text, or a message.
            self.walk(part.into_iter().collect());
        }
        self.uses.push(Use { line, id, arguments: names, is_label: name == "label" });
    }

    /// Refuses to make another sentence of a message: `+` on either side, or a method that changes it.
    fn refuse_changes(&mut self, before: &[TokenTree], after: &[TokenTree]) {
        let is = |token: Option<&TokenTree>, sign| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == sign);
        let borrowed = is(before.last(), '&');
        let before = if borrowed { before.get(before.len().wrapping_sub(2)) } else { before.last() };
        let mut calls = Vec::new();
        let mut rest = after;
        while let [TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(_), more @ ..] = rest
            && dot.as_char() == '.'
        {
            calls.push(method);
            rest = more;
        }
        let wrong = calls.iter().find(|method| CHANGES.contains(&method.to_string().as_str()));
        if let Some(method) = wrong {
            let fault = format!(".{method} makes another text of a message; write that one into the catalogue");
            self.faults.push((method.span().start().line, fault));
        } else if is(before, '+') || is(rest.first(), '+') {
            let line = after.first().or(before).map_or(0, |token| token.span().start().line);
            self.faults.push((line, "a message is glued to a text with +; write the whole into the catalogue".into()));
        }
    }
}

/// `#[...]` or `#![...]`: how many tokens it is, and what is in it.
fn attribute(tokens: &[TokenTree]) -> Option<(usize, &Group)> {
    match tokens {
        [TokenTree::Punct(hash), TokenTree::Group(group), ..]
            if hash.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some((2, group))
        }
        [TokenTree::Punct(hash), TokenTree::Punct(inner), TokenTree::Group(group), ..]
            if hash.as_char() == '#' && inner.as_char() == '!' && group.delimiter() == Delimiter::Bracket =>
        {
            Some((3, group))
        }
        _ => None,
    }
}

/// `name!(...)`, three tokens.
fn macro_call(tokens: &[TokenTree]) -> Option<(String, &Group)> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(arguments), ..] if bang.as_char() == '!' => {
            Some((name.to_string(), arguments))
        }
        _ => None,
    }
}

fn first_word(group: &Group) -> Option<String> {
    match group.stream().into_iter().next() {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// `cfg(test)`, `cfg(all(test, ...))`; not `cfg(not(test))`.
fn is_of_tests(attribute: &Group) -> bool {
    let words = attribute.stream().to_string();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test") && !words.contains("not")
}

/// How many tokens the item is that stands here: up to its body, or its semicolon.
fn item(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1)
}

fn split_at_commas(stream: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in stream {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut().unwrap().push(token),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text of a literal; none for a number, a character or bytes.
fn unquoted(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    if let Some(raw) = written.strip_prefix('r') {
        return Some(raw.trim_matches('#').trim_matches('"').to_owned());
    }
    let inside = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut characters = inside.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, if c == '\\' { characters.next() } else { None }) {
            // A line that goes on.
            ('\\', Some('\n')) => while characters.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n' | 'r' | 't')) => text.push(' '),
            ('\\', Some('u')) => drop(characters.by_ref().find(|c| *c == '}')),
            ('\\', Some('x')) => drop(characters.by_ref().nth(1)),
            ('\\', Some(escaped)) => text.push(escaped),
            (c, _) => text.push(c),
        }
    }
    Some(text)
}

/// Whether a person would read it: a word of two letters or more beside a blank, what stands in `{}` left aside
/// (`"{count} lines"` and `" left"` are pieces of sentences, `"{} {}"` and `" · "` are not), or anything in Chinese.
/// A single word may be an id; whether it is one, a test cannot tell.
pub fn looks_like_text(literal: &str) -> bool {
    let mut depth = 0;
    let outside: String = literal
        .chars()
        .map(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                c if depth <= 0 => return c,
                _ => {}
            }
            '.'
        })
        .collect();
    let is_word = |part: &str| {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
    };
    let is_chinese = |c: char| ('\u{2e80}'..='\u{ffef}').contains(&c);
    outside.contains(is_chinese) || (outside.contains(char::is_whitespace) && outside.split_whitespace().any(is_word))
}

#[cfg(test)]
mod tests;
