//! What the cuts do to the vectors of the sentence: the numbers of the explorer's line above every view.

use super::Read;
use crate::{
    analysis::{Effect, Table},
    app::Off,
    bert::{BertError, Cuts, Input, Sentence, Trace},
    cli::output,
    messages,
};

/// The cosines to uncut, and of a pair the similarity before and after, each sentence read alone; none where nothing is
/// cut.
pub(super) fn table(read: &Read) -> Result<Option<Table>, BertError> {
    let Some(uncut) = &read.uncut else { return Ok(None) };
    let Input { text, pair: Some(b) } = &read.trace.input else {
        return Ok(Some(ablation(Effect::new(uncut, &read.trace), None)));
    };
    let off = Off::new(&read.cuts, &uncut.tokens);
    let alone = |text: &str, sentence| -> Result<Vec<Trace>, BertError> {
        let input = Input::single(text);
        let cuts = off.cuts(&read.bert.encode(&input)?.tokens, Some(sentence));
        read.bert.trace_cuts(&input, &[Cuts::default(), cuts])
    };
    let both = || Ok((alone(text, Sentence::A)?, alone(b, Sentence::B)?));
    match both() {
        Ok((a, b)) => Ok(effects(&a, &b)),
        // The two joined have tokens left, one of them alone has not.
        Err(BertError::EveryTokenMasked) => {
            output::say("clscope: a sentence read alone has every token hidden, so what the cuts change is left out");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Of traces before and after.
fn effects(a: &[Trace], b: &[Trace]) -> Option<Table> {
    let ([a_before, a_after], [b_before, b_after]) = (a, b) else { return None };
    let pair = [Effect::new(a_before, b_before), Effect::new(a_after, b_after)];
    Some(ablation(Effect::new(a_before, a_after), Some(pair)))
}

fn ablation(changed: Effect, pair: Option<[Effect; 2]>) -> Table {
    Table::ablation(messages::analysis::ablation_title(pair.is_some()), changed, pair)
}
