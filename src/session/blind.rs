//! Edges of attention that are cut, in a session's file.

use serde::{Deserialize, Serialize};

use super::values::{SentenceName, from_one, in_entry, token_name};
use crate::{
    messages::{Label, label},
    state::BlindedToken,
};

/// A token that in a layer looks at nothing but itself, or not at one token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedBlindEntry {
    #[serde(with = "from_one")]
    layer: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<SentenceName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_at: Option<SavedSeenToken>,
}

/// What a token does not look at.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSeenToken {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<SentenceName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
}

/// See [`SavedBlindEntry`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "SavedBlindEntry", into = "SavedBlindEntry")]
pub(super) struct SavedBlindToken(pub BlindedToken);

impl TryFrom<SavedBlindEntry> for SavedBlindToken {
    type Error = Label;

    fn try_from(entry: SavedBlindEntry) -> Result<Self, Label> {
        let SavedBlindEntry { layer, text, sentence, bytes, id, not_at } = entry;
        let token = |sentence, bytes, id| token_name(sentence, bytes, id).ok_or(label!("session-blind-token"));
        let seen = |SavedSeenToken { text, sentence, bytes, id }| Ok((token(sentence, bytes, id)?, text));
        let (token, not_at) = (token(sentence, bytes, id)?, not_at.map(seen).transpose()?);
        Ok(Self(BlindedToken { layer, token, text, not_at }))
    }
}

impl From<SavedBlindToken> for SavedBlindEntry {
    fn from(SavedBlindToken(BlindedToken { layer, token, text, not_at }): SavedBlindToken) -> Self {
        let (sentence, bytes, id) = in_entry(token);
        let not_at = not_at.map(|(token, text)| {
            let (sentence, bytes, id) = in_entry(token);
            SavedSeenToken { text, sentence, bytes, id }
        });
        Self { layer, text, sentence, bytes, id, not_at }
    }
}
