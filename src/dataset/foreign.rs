//! Which encoding bytes look like that are not UTF-8; said only where little else is possible.

/// A guess at an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// An encoding as iconv calls it.
    Encoding(&'static str),
    /// UTF-8 around bytes that are damaged.
    DamagedUtf8,
}

/// How far around the first bad byte is looked, in bytes.
const AROUND: usize = 32 << 10;

/// What bytes look like of which `at` is the first that is not UTF-8.
pub(super) fn looks_like(bytes: &[u8], at: usize) -> Option<Looks> {
    // Whole UTF-8 characters before it are no accident.
    let before = bytes.get(..at)?;
    let many = std::str::from_utf8(before).ok()?.chars().filter(|c| !c.is_ascii()).count();
    if many >= 3 {
        return Some(Looks::DamagedUtf8);
    }
    let bytes = bytes.get(at.saturating_sub(AROUND)..bytes.len().min(at + AROUND))?;
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let single = bytes.windows(2).filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii()).count() * 5 < high;
    if single && western(bytes) {
        return Some(Looks::Encoding("WINDOWS-1252"));
    }
    // Two bytes a character need some characters to be told apart.
    if high < 12 {
        return None;
    }
    if cyrillic(bytes, high) {
        return Some(Looks::Encoding("WINDOWS-1251"));
    }
    asian(bytes).map(Looks::Encoding)
}

/// Accented letters and quotation marks stand alone among ASCII letters.
fn western(bytes: &[u8]) -> bool {
    let fits = |byte: &u8| matches!(byte, 0x80 | 0x82 | 0x84..=0x8c | 0x8e | 0x91..=0x9c | 0x9e..=0xff);
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let mut beside = 0;
    let mut high = 0;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        if !fits(byte) {
            return false;
        }
        high += 1;
        beside += usize::from(letter(bytes.get(at + 1)) || at > 0 && letter(bytes.get(at - 1)));
    }
    beside * 5 >= high * 4
}

/// Words of letters that are nearly all in one half of the code page, small letters most often.
fn cyrillic(bytes: &[u8], high: usize) -> bool {
    let letters = bytes.iter().filter(|&&byte| byte >= 0xc0 || byte == 0xb8 || byte == 0xa8).count();
    let small = bytes.iter().filter(|&&byte| byte >= 0xe0).count();
    letters * 100 >= high * 95 && small * 10 >= high * 7
}

/// Characters of two bytes, by where the first bytes lie.
fn asian(bytes: &[u8]) -> Option<&'static str> {
    let (mut pairs, mut low, mut wrong) = (0, 0, 0);
    let mut first = [0_usize; 256];
    let mut at = bytes.iter().position(|byte| !byte.is_ascii())?;
    while let Some(&lead) = bytes.get(at) {
        if lead.is_ascii() {
            at += 1;
            continue;
        }
        let Some(&trail) = bytes.get(at + 1) else { break };
        match trail {
            0xa1..=0xfe => pairs += 1,
            0x40..=0x7e => {
                pairs += 1;
                low += 1;
            }
            0x80..=0xa0 => {
                pairs += 1;
                first[0] += 1;
            }
            _ => wrong += 1,
        }
        first[lead as usize] += 1;
        at += 2;
    }
    if wrong * 50 > pairs {
        return None;
    }
    let share = |range: std::ops::RangeInclusive<usize>| first[range].iter().sum::<usize>() * 100 / pairs.max(1);
    if share(0x82..=0x83) >= 30 {
        return Some("SHIFT_JIS");
    }
    if low == 0 && first[0] == 0 && share(0xa4..=0xa5) >= 30 {
        return Some("EUC-JP");
    }
    if low * 5 > pairs && first[0] == 0 && share(0xa1..=0xc6) >= 80 {
        return Some("BIG5");
    }
    let (chinese, hangul) = (share(0xc9..=0xd7), share(0xb0..=0xc8));
    if low == 0 && hangul >= 85 && chinese <= 5 {
        return Some("EUC-KR");
    }
    (low * 20 <= pairs && chinese >= 20 && chinese + hangul + share(0xa1..=0xa3) >= 80).then_some("GB18030")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence or two on weather and parks in each encoding.
    const ENCODED: [(&str, &str); 6] = [
        (
            "GB18030",
            "c3dcc2ebb1bbd6d8b8b4bfdbb7d1a3acc7ebbea1bfecb4a6c0eda1a3bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5\
             b9abd4b0c9a2b2bdb0c9a1a3",
        ),
        (
            "BIG5",
            "a4b5a4d1a4d1aef0abdca66ea141a7daadcca568a4bdb6e9b4b2a842a761a143b36fa5bbaed1a7daa477b867acdda7b9\
             a446a141ab44b160a6b3b74eabe4a143",
        ),
        (
            "EUC-KR",
            "bfc0b4c3c0ba20b3afbebeb0a120bec6c1d620c1c1bdc0b4cfb4d92e20bfecb8aeb4c220b0f8bff8bfa120bbeac3a5c7\
             cfb7af20b0a9bdc3b4d92e",
        ),
        (
            "EUC-JP",
            "baa3c6fca4cfc5b7b5a4a4aca4c8a4c6a4e2cec9a4a4a4c7a4b9a1a3b8f8b1e0a4d8bbb6cae2a4cbb9d4a4ada4dea4b7\
             a4e7a4a6a1a3",
        ),
        (
            "SHIFT_JIS",
            "8da193fa82cd93568b4382aa82c682c482e097c782a282c582b781428cf6898082d68e5595e082c98d7382ab82dc82b5\
             82e582a48142",
        ),
        (
            "WINDOWS-1251",
            "d1e5e3eee4edff20f5eef0eef8e0ff20efeee3eee4e02e20cfeee9e4b8ec20e3f3ebfff2fc20e220efe0f0ea2c20e4f0\
             f3e7fcff2e",
        ),
    ];

    fn looks(bytes: &[u8]) -> Option<Looks> {
        looks_like(bytes, std::str::from_utf8(bytes).unwrap_err().valid_up_to())
    }

    /// Text in an encoding, as bytes in hexadecimal.
    fn hex(digits: &str) -> Vec<u8> {
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn encodings_are_named_where_that_is_sure() {
        let named = |name| Some(Looks::Encoding(name));
        assert_eq!(looks(b"1\tDas Caf\xe9 ist gro\xdf.\tWo?\n"), named("WINDOWS-1252"));
        assert_eq!(looks(b"I don\x92t know.\n"), named("WINDOWS-1252"));
        for (name, digits) in ENCODED {
            assert_eq!(looks(&hex(digits)), named(name), "{name}");
        }
        assert_eq!(looks("über für größer \u{fffd}".as_bytes().split_last().unwrap().1), Some(Looks::DamagedUtf8));
        assert_eq!(looks(b"\xff\x00\x81\x99abc\xa0\x11"), None, "noise");
        assert_eq!(looks(&hex("cec4bcfe")), None, "two characters could be many things");
    }
}
