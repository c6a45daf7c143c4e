//! Whose weights they are, by the names of their tensors: which family's declaration names most of those that are there.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use super::{Architecture, BertConfig, Declaration, FAMILIES, Family, Parameter};
use crate::bert::BertError;

/// How well a family's declaration names the tensors of a checkpoint; the best is the greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Coverage {
    /// How many parameters of its encoder are there.
    encoder: usize,
    /// How many bytes stand before their names that are not the family's.
    foreign: Reverse<usize>,
    /// How many others it needs at these sizes.
    missing: Reverse<usize>,
}

/// What stands before every name, of which the table of word embeddings decides: nothing in what `save_pretrained` writes,
/// `module.` after training on several devices, `state_dict.model.` or the like in what other trainers write.
///
/// # Errors
/// [`BertError::SeveralEncoders`].
pub(in crate::bert) fn prefix<'a, T>(
    words: &Parameter,
    tensors: &'a BTreeMap<String, T>,
) -> Result<&'a str, BertError> {
    let of = |key: &'a str| {
        // The longest name first: what it begins with stands before the names of heads, too.
        let mut prefixes: Vec<&str> = words.names().filter_map(|name| key.strip_suffix(name)).collect();
        prefixes.sort_by_key(|prefix| prefix.len());
        prefixes.into_iter().find(|prefix| prefix.is_empty() || prefix.ends_with('.'))
    };
    let found: BTreeSet<&str> = tensors.keys().filter_map(|key| of(key)).collect();
    let first = found.first().copied().unwrap_or_default();
    if first.is_empty() || found.len() == 1 {
        return Ok(first);
    }
    Err(BertError::SeveralEncoders { prefixes: found.into_iter().map(str::to_owned).collect() })
}

/// Refuses weights whose tensors have the names of another family than `config.json` says; `classes` are those that it names.
///
/// Several families may share all of their names; then `config.json` is believed.
///
/// # Errors
/// [`BertError::OtherFamily`].
pub(in crate::bert) fn check_family<T>(
    architecture: &Architecture,
    classes: &[String],
    tensors: &BTreeMap<String, T>,
) -> Result<(), BertError> {
    let config = &architecture.config;
    let covered = |family: &'static Family| Some((family, coverage(family, config, tensors)?));
    let all: Vec<(&Family, Coverage)> = FAMILIES.iter().filter_map(covered).collect();
    let mut best = greatest(all.iter().copied());
    let is_own = |family: &&Family| family.model_type == architecture.model_type();
    // Where its own is none, there are several encoders.
    if best.iter().any(is_own) || !all.iter().any(|(family, _)| is_own(family)) {
        return Ok(());
    }
    best.retain(|family| is_begun(family, config, tensors));
    if best.is_empty() {
        return Ok(());
    }
    // Encoders that share their names are told apart by what is on top of them, and by the class.
    best = greatest(best.into_iter().map(|family| (family, heads(family, config, tensors))));
    let is_named = |family: &Family| classes.iter().any(|class| family.has_class(class));
    if best.iter().any(|family| is_named(family)) {
        best.retain(|family| is_named(family));
    }
    let found = best.into_iter().map(|family| (family.name, family.model_type)).collect();
    Err(BertError::OtherFamily { own: architecture.config.family, found })
}

/// Those of the greatest value.
fn greatest<F, V: Ord + Copy>(valued: impl Iterator<Item = (F, V)>) -> Vec<F> {
    let valued: Vec<(F, V)> = valued.collect();
    let most = valued.iter().map(|(_, value)| *value).max();
    valued.into_iter().filter(|(_, value)| Some(*value) == most).map(|(of, _)| of).collect()
}

/// So that every table is declared that a family may have. Only names are asked for here, and no size.
fn with_every_table(config: &BertConfig) -> BertConfig {
    let mut config = config.clone();
    (config.use_task_id, config.embedding_size) = (true, Some(config.hidden_size + 1));
    config
}

/// None where the tensors are those of several encoders.
fn coverage<T>(family: &Family, config: &BertConfig, tensors: &BTreeMap<String, T>) -> Option<Coverage> {
    let [needed, possible] =
        [config, &with_every_table(config)].map(|config| (family.declaration)(config).without_heads());
    let before = prefix(&needed.embeddings.words, tensors).ok()?;
    Some(Coverage {
        encoder: count(possible, |parameter| is_there(parameter, before, tensors)),
        foreign: Reverse(before.len()),
        missing: Reverse(count(needed, |parameter| !is_there(parameter, before, tensors))),
    })
}

/// Whether the embeddings and the first layer of a family are all there: else it is one that clscope does not know.
fn is_begun<T>(family: &Family, config: &BertConfig, tensors: &BTreeMap<String, T>) -> bool {
    let mut declaration = (family.declaration)(config).without_heads();
    declaration.layers.truncate(1);
    let before = prefix(&declaration.embeddings.words, tensors).unwrap_or_default();
    count(declaration, |parameter| !is_there(parameter, before, tensors)) == 0
}

/// How many parameters of a family's heads are there, its encoder's among them.
fn heads<T>(family: &Family, config: &BertConfig, tensors: &BTreeMap<String, T>) -> usize {
    let declaration = (family.declaration)(config);
    let before = prefix(&declaration.embeddings.words, tensors).unwrap_or_default();
    count(declaration, |parameter| is_there(parameter, before, tensors))
}

fn is_there<T>(parameter: &Parameter, before: &str, tensors: &BTreeMap<String, T>) -> bool {
    parameter.names().any(|name| tensors.contains_key(&format!("{before}{name}")))
}

fn count(declaration: Declaration<Parameter>, counts: impl Fn(&Parameter) -> bool) -> usize {
    let mut count = 0;
    let Ok(_) = declaration.try_map(|parameter| {
        count += usize::from(counts(&parameter));
        Ok::<_, Infallible>(())
    });
    count
}
