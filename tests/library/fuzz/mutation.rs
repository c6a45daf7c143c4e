//! Files that are no longer what they were: bytes and pieces of a grammar changed at random, the same for the same seed.

use crate::dice::Dice;

/// Pieces that mean something to one reader or another, and numbers at which they may stumble.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"'",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b":",
    b",",
    b";",
    b"=",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe4\xbd\xa0",
    b"\xf0\x9f\x99\x82",
    b"\x1b[31m",
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e400",
    b"NaN",
    b"4294967296",
    b"18446744073709551615",
    b"-9223372036854775808",
    b"9999999999999999999999",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":",
    b"\"\"",
    b"''''''",
    b"[[a]]",
    b"#",
    b"..",
    b"/",
    b"a.b.c",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0\0\0\0\x80",
    b"\x01\0\0\0\0\0\0\0",
];

/// One to a few changes of a file; of `others` a part may come into it.
pub fn mutated(whole: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..1 << dice.below(4) {
        // Half of the changes are near the beginning, where a file's structure is.
        let end = if dice.below(2) == 0 { bytes.len().min(400) } else { bytes.len() };
        let at = dice.below(end + 1);
        let longest = 1 << dice.below(8);
        let until = (at + dice.below(longest)).min(bytes.len());
        match dice.below(9) {
            0 | 1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            2 => drop(bytes.drain(at..until)),
            3 => {
                let twice = bytes[at..until].to_vec();
                bytes.splice(at..at, twice);
            }
            4 | 5 => drop(bytes.splice(at..at, dice.pick(PIECES).iter().copied())),
            6 => drop(bytes.splice(at..until, dice.pick(PIECES).iter().copied())),
            7 => bytes.truncate(at),
            _ if others.is_empty() => bytes.reverse(),
            _ => {
                let other = &others[dice.below(others.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(200)).min(other.len());
                bytes.splice(at..until, other[from..to].iter().copied());
            }
        }
    }
    bytes
}
