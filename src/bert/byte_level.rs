/// What a piece of byte pairs stands for: GPT-2 writes each byte as a character of its own
/// (<https://github.com/openai/gpt-2/blob/master/src/encoder.py>, `bytes_to_unicode`). Bytes that are no whole
/// character that can be seen stay as they are, and so does what is no such piece.
pub fn spelled_out(piece: &str) -> String {
    let bytes: Option<Vec<u8>> = piece.chars().map(byte).collect();
    let Some(bytes) = bytes else { return piece.to_owned() };
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for seen in chunk.valid().chars() {
            match seen.is_whitespace() || seen.is_control() {
                true => text.push_str(&in_bytes(seen.encode_utf8(&mut [0; 4]))),
                false => text.push(seen),
            }
        }
        text.extend(chunk.invalid().iter().copied().filter_map(character));
    }
    text
}

/// As byte pairs spell a text.
pub(super) fn in_bytes(text: &str) -> String {
    text.bytes().filter_map(character).collect()
}

/// How a byte is written.
fn character(wanted: u8) -> Option<char> {
    ('!'..='\u{143}').find(|&character| byte(character) == Some(wanted))
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
        let written = ["cafÃ©", "ĠçĮ«", "Ċ", "çĮ«çĮ", "â", "猫", "a b"].map(spelled_out);
        assert_eq!(written, ["café", "Ġ猫", "Ċ", "猫çĮ", "â", "猫", "a b"]);
        assert_eq!(["café", " 猫", "\n"].map(in_bytes), ["cafÃ©", "ĠçĮ«", "Ċ"]);
    }
}
