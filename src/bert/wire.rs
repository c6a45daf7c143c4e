//! Numbers and messages as Protocol Buffers write them (<https://protobuf.dev/programming-guides/encoding>): the few that
//! stand in the index of a TensorFlow checkpoint and in SentencePiece's files.

/// Reads from the beginning of what is left. None where that is not what is asked for.
pub(super) struct WireReader<'a>(pub &'a [u8]);

/// A field's value.
pub(super) enum WireField<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> WireReader<'a> {
    /// Seven bits a byte, the lowest first.
    pub(super) fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for place in 0..10 {
            let byte = *self.take(1)?.first()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if place == 9 && bits > 1 {
                return None;
            }
            value |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The number of a field and its value.
    pub(super) fn field(&mut self) -> Option<(u64, WireField<'a>)> {
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => WireField::Number(self.varint()?),
            1 => WireField::Number(u64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                WireField::Bytes(self.take(length)?)
            }
            5 => WireField::Number(u32::from_le_bytes(self.take(4)?.try_into().ok()?).into()),
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}
