//! Tokens that are matched before anything else: the special ones, and those added to the vocabulary.

use std::collections::{BTreeMap, HashSet};

use tokenizers::{AddedToken, Tokenizer};

use super::settings::Settings;
use crate::bert::BertError;

/// Tokens to be added, in this order.
pub(super) struct AddedTokens {
    /// What the files list, by id.
    pub listed: Vec<AddedToken>,
    /// Special tokens that the settings or the class name and nothing has listed.
    pub unlisted: Vec<AddedToken>,
}

/// Those to be added, as transformers 5 does. `class` has the spellings of the tokenizer's class, in the order of [`super::class::TokenizerClass::SPECIALS`], `file` what `tokenizer.json` lists, and
/// `older` is `added_tokens.json`.
pub(super) fn tokens(
    tokenizer: &Tokenizer,
    settings: &Settings,
    class: [Option<(&str, bool)>; 7],
    file: BTreeMap<u32, AddedToken>,
    older: Option<&[u8]>,
) -> Result<AddedTokens, BertError> {
    let (named, extra) = (settings.named_tokens(class), settings.extra_tokens());
    let listed: BTreeMap<u32, AddedToken> = match &settings.added_tokens_decoder {
        Some(decoder) => decoder.iter().map(|(id, entry)| (*id, entry.added())).collect(),
        None => {
            let special: HashSet<&str> = named.iter().chain(&extra).map(|token| token.content.as_str()).collect();
            let mut listed = older.map_or_else(|| Ok(BTreeMap::new()), |json| older_tokens(json, &special))?;
            listed.extend(file);
            listed
        }
    };
    let special: HashSet<String> = named.iter().map(|token| token.content.clone()).collect();
    let mut known: HashSet<String> =
        tokenizer.get_added_tokens_decoder().into_values().map(|token| token.content).collect();
    known.extend(listed.values().map(|token| token.content.clone()));
    let listed = listed.into_values().map(|token| {
        let is_special = token.special || special.contains(&token.content);
        token.special(is_special)
    });
    let unlisted = named.into_iter().chain(extra).filter(|token| known.insert(token.content.clone()));
    Ok(AddedTokens { listed: listed.collect(), unlisted: unlisted.collect() })
}

/// `added_tokens.json`, token to id, as transformers saved them before 4.34.
fn older_tokens(json: &[u8], special: &HashSet<&str>) -> Result<BTreeMap<u32, AddedToken>, BertError> {
    let ids: BTreeMap<String, u32> =
        serde_json::from_slice(json).map_err(|e| BertError::Tokenizer(format!("added_tokens.json: {e}")))?;
    let added = |(token, id): (String, u32)| {
        let is_special = special.contains(token.as_str());
        (id, AddedToken::from(token, is_special))
    };
    Ok(ids.into_iter().map(added).collect())
}
