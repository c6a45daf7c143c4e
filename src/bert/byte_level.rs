/// What a piece of byte pairs stands for: GPT-2 writes each byte as a character of its own
/// (<https://github.com/openai/gpt-2/blob/master/src/encoder.py>, `bytes_to_unicode`). None where it is no such piece, or where
/// its bytes are no whole characters.
pub fn bytes_as_text(piece: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = piece.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

/// Bytes that are visible in Latin-1 stand for themselves; the others come in their order from U+0100 on.
fn byte(character: char) -> Option<u8> {
    let is_visible = |byte: u8| matches!(byte, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    match u8::try_from(character) {
        Ok(byte) => is_visible(byte).then_some(byte),
        Err(_) => {
            let place = u32::from(character).checked_sub(0x100)? as usize;
            (0..=u8::MAX).filter(|byte| !is_visible(*byte)).nth(place)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_as_gpt_2_writes_them() {
        assert_eq!(bytes_as_text("cafÃ©").as_deref(), Some("café"));
        assert_eq!(bytes_as_text("ĠçĮ«").as_deref(), Some(" 猫"));
        assert_eq!(bytes_as_text("Ċ").as_deref(), Some("\n"));
        // Half a character, and what no byte is written as.
        assert_eq!([bytes_as_text("çĮ"), bytes_as_text("猫"), bytes_as_text("a b")], [None, None, None]);
    }
}
