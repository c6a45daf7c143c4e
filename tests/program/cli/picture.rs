//! A picture that `clscope screenshot` drew, taken apart, so that two can be compared cell by cell: the file gathers
//! shapes by colour, and one colour a little off would rearrange it.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

/// Neighbouring steps of a theme's scales differ by this much a channel at most.
const STEP: u8 = 12;

#[derive(Debug)]
pub struct Picture {
    /// The opening tags that no cell depends on.
    frame: Vec<String>,
    /// What is painted on a rectangle, in thousandths: `(group, [x, y, width, height])`. None is wider than a cell.
    shapes: BTreeMap<(usize, [i64; 4]), Vec<Ink>>,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Ink {
    color: [u8; 3],
    /// Opacity and weight, as written.
    attributes: [Option<String>; 2],
}

#[derive(Debug)]
struct Word {
    /// In pixels.
    y: String,
    column: i64,
    text: String,
    ink: Ink,
}

impl Picture {
    /// Panics when the document is not well-formed: every tag closed in order, every attribute quoted, no markup or
    /// control character left in the text.
    pub fn parse(document: &str) -> Self {
        assert!(document.starts_with("<svg ") && document.ends_with("</svg>\n"));
        assert!(!document.contains(|c: char| c.is_control() && c != '\n'));
        let mut picture = Self { frame: Vec::new(), shapes: BTreeMap::new(), words: Vec::new() };
        let (mut open, mut groups, mut foreground) = (Vec::new(), 0, [0; 3]);
        for piece in document.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').expect("an unclosed tag");
            let text = unescape(text);
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name));
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let outside: Vec<_> = attributes.split('"').step_by(2).collect();
            let (end, names) = outside.split_last().expect("at least one piece");
            assert!(names.iter().all(|name| name.ends_with('=')), "{tag}");
            match *end {
                "" => open.push(name),
                end => assert_eq!(end, "/", "{tag}"),
            }
            let ink = |foreground| Ink {
                color: attribute(tag, "fill").map_or(foreground, color),
                attributes: ["fill-opacity", "font-weight"].map(|name| attribute(tag, name).map(str::to_owned)),
            };
            match name {
                "path" => picture.path(attribute(tag, "d").expect(tag), groups, || ink(foreground)),
                "text" => picture.text(tag, &text, || ink(foreground)),
                _ => {
                    groups += usize::from(name == "g");
                    foreground = if name == "svg" { ink(foreground).color } else { foreground };
                    picture.frame.push(tag.to_owned());
                }
            }
        }
        assert!(open.is_empty(), "{open:?}");
        picture
    }

    /// Every colour that something is painted in.
    pub fn colors(&self) -> impl Iterator<Item = [u8; 3]> {
        self.shapes.values().flatten().chain(self.words.iter().map(|word| &word.ink)).map(|ink| ink.color)
    }

    /// Ablations `M4 9h18v1H4...` at the borders of cells.
    fn path(&mut self, shape: &str, group: usize, ink: impl Fn() -> Ink) {
        let cell = if group == 1 { 1000 } else { 9000 };
        for rectangle in shape.split('M').skip(1) {
            let numbers: Vec<i64> = rectangle.split([' ', 'h', 'v', 'H']).map(thousandths).collect();
            let [x, y, width, height, _] = numbers[..] else { panic!("no rectangle: {rectangle}") };
            let mut left = x;
            while left < x + width {
                let right = ((left / cell + 1) * cell).min(x + width);
                self.shapes.entry((group, [left, y, right - left, height])).or_default().push(ink());
                left = right;
            }
        }
    }

    fn text(&mut self, tag: &str, text: &str, ink: impl Fn() -> Ink) {
        let [x, y] = ["x", "y"].map(|name| attribute(tag, name).expect(tag));
        let mut column = thousandths(x) / 9000;
        for word in text.split(' ') {
            if !word.is_empty() {
                self.words.push(Word { y: y.to_owned(), column, text: word.to_owned(), ink: ink() });
            }
            column += word.width() as i64 + 1;
        }
    }

    /// The first thing that differs by more than another CPU's rounding explains: one in a number's last digit, one
    /// step of a colour scale.
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self.frame != other.frame {
            return Some(format!("{:?}\n{:?}", self.frame, other.frame));
        }
        let word = self.words.iter().zip(&other.words).find(|(a, b)| !a.resembles(b));
        if let Some((a, b)) = word {
            return Some(format!("{a:?}\n{b:?}"));
        }
        let alike = |(a, b): (&Vec<Ink>, &Vec<Ink>)| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.resembles(b));
        let shape = self.shapes.iter().zip(&other.shapes).find(|(a, b)| a.0 != b.0 || !alike((a.1, b.1)));
        if let Some((a, b)) = shape {
            return Some(format!("{a:?}\n{b:?}"));
        }
        let counts = [self, other].map(|picture| (picture.words.len(), picture.shapes.len()));
        (counts[0] != counts[1]).then(|| format!("{counts:?} words and shapes"))
    }
}

impl Ink {
    fn resembles(&self, other: &Self) -> bool {
        self.attributes == other.attributes && self.color.iter().zip(other.color).all(|(a, b)| a.abs_diff(b) <= STEP)
    }
}

impl Word {
    fn resembles(&self, other: &Self) -> bool {
        // 9 and 10 have not the same middle.
        let shift = i64::from(self.text != other.text);
        self.y == other.y
            && (self.column - other.column).abs() <= shift
            && self.ink.resembles(&other.ink)
            && same_text(&self.text, &other.text)
    }
}

/// Equal, but for one in the last digit of numbers, and where all digits are shown for the tolerance of the parity tests;
/// `·` stands for a percentage below a half.
fn same_text(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let text = if text == "·" { "0" } else { text };
        let number = |c: char| c.is_ascii_digit() || c == '.';
        text.chars().collect::<Vec<_>>().chunk_by(|a, b| number(*a) == number(*b)).map(String::from_iter).collect()
    };
    let near = |a: &String, b: &String| match (last_digits(a), last_digits(b)) {
        (Some((many, _)), Some((other, _))) if many.max(other) >= 6 => {
            a.parse::<f64>().is_ok_and(|a| b.parse().is_ok_and(|b: f64| (a - b).abs() <= 2e-5))
        }
        (Some(a), Some(b)) => a.0 == b.0 && a.1.abs_diff(b.1) <= 1,
        _ => a == b,
    };
    let (a, b) = (parts(a), parts(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| near(a, b))
}

/// How many decimals a number has, and the number counted in its last digit.
fn last_digits(number: &str) -> Option<(usize, u64)> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    Some((decimals.len(), format!("{whole}{decimals}").parse().ok()?))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next())
}

fn thousandths(number: &str) -> i64 {
    (number.parse::<f64>().expect(number) * 1000.0).round() as i64
}

/// `#abc` or `#aabbcc`.
pub fn color(hex: &str) -> [u8; 3] {
    let digits = hex.strip_prefix('#').expect(hex);
    let wide =
        if digits.len() == 3 { digits.chars().flat_map(|digit| [digit; 2]).collect() } else { digits.to_owned() };
    [0, 2, 4].map(|start| u8::from_str_radix(&wide[start..start + 2], 16).expect(hex))
}

fn unescape(text: &str) -> String {
    assert!(!text.contains(['>', '"']), "{text}");
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    for entity in text.split('&').skip(1) {
        assert!(known.iter().any(|(name, _)| entity.starts_with(&name[1..])), "{text}");
    }
    known.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

#[test]
fn numbers_with_all_digits_may_differ_by_the_tolerance() {
    for (a, b) in [("0.2713504", "0.27135032"), ("0.0653", "0.06530001"), ("1.000000", "1.000019")] {
        assert!(same_text(a, b), "{a} {b}");
    }
    for (a, b) in [("0.2713504", "0.27138032"), ("0.0653", "0.06540001"), ("1.000000", "2.000000")] {
        assert!(!same_text(a, b), "{a} {b}");
    }
}

#[test]
fn numbers_may_differ_by_one_in_the_last_digit() {
    for (a, b) in
        [("0.722", "0.723"), ("[9]", "[10]"), ("·", "1"), ("±0.60", "±0.59"), ("(0.0649)", "(0.0650)"), ("a", "a")]
    {
        assert!(same_text(a, b), "{a} {b}");
    }
    for (a, b) in [("0.722", "0.724"), ("9", "11"), ("·", "2"), ("a1", "b1"), ("1.0", "1.00"), ("[7]", "7"), ("x", "y")]
    {
        assert!(!same_text(a, b), "{a} {b}");
    }
}
