//! Anything a keyboard, a clipboard and a window can do, and some things they cannot; the same for the same seed.

use super::pty::Size;
use crate::dice::Dice;

pub struct Random(Dice);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(Dice::asked_for(seed))
    }

    /// A number from 0 to below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    fn choose<T: Copy>(&mut self, choices: &[T]) -> T {
        self.0.pick(choices)
    }

    /// A window's size, more often small.
    pub fn size(&mut self) -> Size {
        let most = self.choose(&[3, 60, 100, 250]);
        (1 + self.below(most) as u16, 1 + self.below(most.min(80)) as u16)
    }

    /// What one key sends, or one paste, or a broken line. Never
    /// one that leaves the explorer, for what is typed behind it would be the shell's.
    pub fn key(&mut self) -> Vec<u8> {
        // The keys of the views come often, or chance would hardly ever look around in them.
        const VIEWS: &[u8] = b"hjklgG[]axscribe?0123456789/";
        // Ctrl with a letter, but for C and Z.
        const CONTROLS: &[u8] =
            b"\0\x01\x02\x04\x05\x06\x07\x08\x0a\x0b\x0c\x0e\x10\x11\x12\x13\x14\x15\x16\x17\x19\x1c";
        match self.below(13) {
            0..3 => vec![self.choose(VIEWS)],
            // Up to p, for q leaves.
            3..5 => vec![b' ' + self.below(81) as u8],
            5..8 => self.word(SEQUENCES).into(),
            8 => self.word(TEXTS).into(),
            9 => vec![self.choose(CONTROLS)],
            10 => self.paste(),
            11 => format!("\x1b[<0;{};{}M", 1 + self.below(120), 1 + self.below(40)).into(),
            _ => (0..1 + self.below(4)).map(|_| 0x80 + self.below(0x80) as u8).collect(),
        }
    }

    fn paste(&mut self) -> Vec<u8> {
        const BETWEEN: &[&str] = &["\n", "\r\n", "\t", "\0", "\x07", "\x1b[31m", "\x1a", "\x03", " "];
        // First the end of whatever sequence was begun (of a CSI ? it takes two letters): within a paste, and only there, a Ctrl-Z does no harm.
        let mut paste = "uuM~\x1b[200~".to_owned();
        for _ in 0..self.below(30) {
            paste.push_str(self.word(TEXTS));
            paste.push_str(self.choose(BETWEEN));
        }
        paste.push_str("\x1b[201~");
        paste.into()
    }

    fn word(&mut self, words: &'static str) -> &'static str {
        let words: Vec<&str> = words.split(' ').collect();
        self.choose(&words)
    }
}

/// Keys with a name, the mouse, a window's focus, answers nobody asked for, and sequences that make no sense.
const SEQUENCES: &str = "\t \r \x7f \x1b \x1b[A \x1b[B \x1b[C \x1b[D \x1b[H \x1b[F \x1b[Z \x1b[2~ \x1b[3~ \x1b[5~ \x1b[6~ \
     \x1bOP \x1bOQ \x1bOR \x1bOS \x1b[15~ \x1b[17~ \x1b[18~ \x1b[19~ \x1b[20~ \x1b[21~ \x1b[23~ \x1b[24~ \x1b[1;5C \x1b[1;5D \x1b[1;2A \x1b[1;3D \x1bb \x1bf \x1b\x7f \
     \x1b[I \x1b[O \x1b[<0;10;10M \x1b[<64;5;5M \x1b[M!!! \x1b[10;10R \x1b[?1u \x1b[97;3u \x1b[ \x1bO \
     \x1b[999999999999~ \x1b[;;;;~ \x1b]0;title\x07 \x1bP1$r\x1b\\";

/// Wide, joined, combining, invisible, right to left, and harmful.
const TEXTS: &str = "你好 ﷺ é e\u{301} 👩‍👩‍👧 🇩🇪 🙂 ｗｉｄｅ नमस्ते שלום unbelievably \u{200b} \u{202e} \u{feff} \u{1f3fb} \u{fffd} \
     \u{85} \u{9b}31m";
