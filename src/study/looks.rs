use crate::analysis::Direction;

/// `[CLS] looks at …`, or who looks at it: the caption of one token's attention.
pub fn looks_at(token: &str, direction: Direction) -> String {
    match direction {
        Direction::From => format!("{token} looks at …"),
        Direction::To => format!("… looks at {token}"),
    }
}
