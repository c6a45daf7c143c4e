//! Reading many sentences, each alone, so that more can be asked for meanwhile.

use std::{
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Reader, Script, TokenizedText, embed};
use crate::{
    analysis::{Pooling, SentenceVector},
    bert::{BertError, Input, InputLength, NonFinitePlace},
};

/// Sentences of the list to be read, each alone.
#[derive(Clone, Debug, PartialEq)]
pub struct ListReading {
    /// The key of each line, and its sentence.
    pub lines: Vec<(u64, Arc<str>)>,
}

/// What the model makes of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineVectors {
    /// In the order of [`Pooling::ALL`], of the last layer, `[hidden]` each (`declared` has a size of its own); none where there is no such vector.
    pub vectors: Vec<Option<Vec<f32>>>,
    /// How long it is, and where it was cut off.
    pub length: InputLength,
    /// Where NaN or infinity first arises in it.
    pub not_finite: Option<NonFinitePlace>,
    /// What it is as tokens.
    pub tokenized: TokenizedText,
    /// What it is written in.
    pub script: Option<Script>,
}

/// The key of a line, and what the model makes of its sentence.
pub type SentenceRead = (u64, Arc<LineVectors>);

/// Reads sentences of the list, the longest first, as long as they are `wanted`, and tells what the model makes of some
/// at a time: so few that what is typed meanwhile need not wait long.
///
/// # Errors
/// As for [`embed`].
pub fn read_list(
    reader: &dyn Reader,
    list: &ListReading,
    wanted: &dyn Fn() -> bool,
    found: &mut dyn FnMut(Vec<SentenceRead>),
) -> Result<(), BertError> {
    const MOST: usize = 32;
    const PATIENCE: Duration = Duration::from_millis(150);
    let poolings: Vec<SentenceVector> = Pooling::ALL.iter().copied().map(SentenceVector::from).collect();
    let mut lines: Vec<_> = list.lines.iter().collect();
    lines.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    let (mut rest, mut at_once) = (lines.as_slice(), 4);
    while !rest.is_empty() && wanted() {
        let (some, after) = rest.split_at(rest.len().min(at_once));
        let texts: Vec<String> = some.iter().map(|(_, text)| text.to_string()).collect();
        let begun = Instant::now();
        let go_on = |_| if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        let Some(read) = embed(reader, &texts, &poolings, go_on)? else { return Ok(()) };
        // Those that follow are shorter.
        let each = begun.elapsed().as_secs_f64() / some.len() as f64;
        at_once = ((PATIENCE.as_secs_f64() / each.max(1e-6)) as usize).clamp(1, MOST);
        rest = after;
        let line = |(at, (key, text)): (usize, &&(u64, Arc<str>))| {
            let encoding = reader.encode(&Input::single(&**text))?;
            let vectors = read.vectors.iter().map(|(_, all)| all[at].clone()).collect();
            let not_finite = read.not_finite.iter().find(|(sentence, _)| *sentence == at).map(|(_, place)| *place);
            let tokenized = TokenizedText::new(&encoding.input, &encoding.tokens);
            let (length, script) = (read.lengths[at], Script::of(text));
            Ok((*key, Arc::new(LineVectors { vectors, length, not_finite, tokenized, script })))
        };
        found(some.iter().enumerate().map(line).collect::<Result<_, BertError>>()?);
    }
    Ok(())
}
