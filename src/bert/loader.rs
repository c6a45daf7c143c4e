//! From a checkpoint's tensors to a [`Network`]: the declaration of its architecture is laid over the tensors, every tensor
//! is checked by what its file's header says, and only then the first one is read.

use std::{collections::BTreeSet, convert::Infallible};

use burn_store::burn_pack::Tensor as StoredTensor;

use super::{
    BertConfig, BertError, HeadFault, HeadFaultKind, HeadName, NonFiniteTensor, PoolerTraining, Remark,
    architecture::{self, Architecture, Declaration, Parameter, Reads},
    encoder::LayerForm,
    heads::{self, FoundHead, HeadSettings},
    inventory::{Inventory, InventoryTensor},
    network::Network,
    parameters::{NonFiniteTensors, Stored},
    runtime::Runtime,
    weights::{self, Tensors, Weights},
};
use crate::messages::message;

/// A parameter and what the checkpoint has for it, under the checkpoint's name.
struct Row<'a> {
    parameter: Parameter,
    found: Option<(&'a str, &'a StoredTensor)>,
}

impl Row<'_> {
    /// Whether what was found has the shape that is expected.
    fn fits(&self) -> bool {
        self.found.is_some_and(|(_, tensor)| tensor.shape.iter().eq(self.parameter.shape.iter()))
    }

    /// Why it cannot be read; `output` is the weight that has a row for each label.
    fn fault(&self, output: Option<&Parameter>) -> Option<HeadFaultKind> {
        let Parameter { name, shape: expected, .. } = self.parameter.clone();
        let Some((_, tensor)) = self.found else { return Some(HeadFaultKind::Missing { name, shape: expected }) };
        let found = shape(tensor);
        match (found.as_slice(), expected.as_slice()) {
            _ if !tensor.dtype.is_float() => Some(HeadFaultKind::Type { name }),
            _ if self.fits() => None,
            ([rows, columns], [labels, size]) if columns == size && output == Some(&self.parameter) => {
                Some(HeadFaultKind::Labels { name, rows: *rows, labels: *labels })
            }
            _ => Some(HeadFaultKind::Shape { name, found, expected }),
        }
    }

    /// What can be read; none where nothing was found.
    fn check(self, not_finite: &NonFiniteTensors) -> Result<Option<Stored>, BertError> {
        let fits = self.fits();
        let Parameter { name, shape: expected, .. } = self.parameter;
        match self.found {
            None => Ok(None),
            Some((_, tensor)) if !tensor.dtype.is_float() => Err(BertError::TensorType { name }),
            Some((_, tensor)) if fits => {
                Ok(Some(Stored { name, tensor: tensor.clone(), not_finite: not_finite.clone() }))
            }
            Some((_, tensor)) => Err(BertError::TensorShape { name, found: shape(tensor), expected }),
        }
    }
}

/// A declaration laid over a checkpoint.
struct Laid<'a> {
    /// With those heads that the checkpoint has and that can be used.
    declaration: Declaration<Row<'a>>,
    /// What is worth saying of its heads.
    remarks: Vec<Remark>,
    /// What its heads tell of the pooler, also those that cannot be used.
    pooler_training: PoolerTraining,
}

/// Every parameter of the architecture, with those heads that the checkpoint has.
fn lay<'a>(architecture: &Architecture, settings: &HeadSettings, stored: &'a Tensors) -> Result<Laid<'a>, BertError> {
    let declaration = architecture.declaration();
    let prefix = architecture::prefix(&declaration.embeddings.words, stored)?;
    let find = |parameter: &Parameter| {
        let mut found = parameter.names().filter_map(|name| stored.get_key_value(&format!("{prefix}{name}")));
        found.next().map(|(name, tensor)| (name.as_str(), tensor))
    };
    let is_there = |parameter: &Parameter| find(parameter).is_some();
    let mut declaration = declaration.where_there(is_there);
    let has_pooler = declaration.heads.iter().any(|head| head.name == HeadName::Pooler);
    let mut remarks = Vec::new();
    let found = heads::found(settings, architecture, has_pooler, is_there);
    let pooled = found.iter().filter(|head| head.parameters.reads == Reads::Pooled);
    let pooler_training = PoolerTraining::of(pooled.map(|head| head.parameters.name));
    for FoundHead { parameters, assumed } in found {
        let head = parameters.name;
        let mut fault = (parameters.reads == Reads::Pooled && !has_pooler).then_some(HeadFaultKind::NoPooler);
        fault = fault.or_else(|| settings.fault(head));
        let output = parameters.signs.first();
        let Ok(_) = parameters.clone().try_map(&mut |parameter: Parameter| {
            fault = fault.take().or_else(|| Row { found: find(&parameter), parameter }.fault(output));
            Ok::<_, Infallible>(())
        });
        match fault {
            Some(kind) => remarks.push(Remark::Head(HeadFault { head, kind })),
            None => {
                remarks.extend(assumed.map(|class| Remark::AssumedHead { class }));
                remarks.extend(settings.remarks(head, architecture.max_length()));
                declaration.heads.push(parameters);
            }
        }
    }
    let Ok(declaration) =
        declaration.try_map(|parameter| Ok::<_, Infallible>(Row { found: find(&parameter), parameter }));
    Ok(Laid { declaration, remarks, pooler_training })
}

/// Says so if a table has another number of rows than `config.json` says, and which setting that is.
fn check_tables(declaration: &Declaration<Row<'_>>) -> Result<(), BertError> {
    let Declaration { embeddings, relative_positions, .. } = declaration;
    let mut tables = vec![("vocab_size", &embeddings.words)];
    tables.extend(embeddings.added.iter().map(|(by, table)| (by.setting(), table)));
    tables.extend(relative_positions.iter().map(|table| ("relative_attention_num_buckets", table)));
    for (setting, Row { parameter, found }) in tables {
        let found = found.map(|(_, tensor)| shape(tensor)).unwrap_or_default();
        if let ([rows, width], [said, size]) = (found.as_slice(), parameter.shape.as_slice())
            && width == size
            && rows != said
        {
            let (name, rows, said) = (parameter.name.clone(), *rows, *said);
            return Err(BertError::TableRows { name, rows, setting, said });
        }
    }
    Ok(())
}

/// Says so if heads were pruned from the attention: queries have fewer rows then, by whole heads.
fn check_heads(declaration: &Declaration<Row<'_>>, config: &BertConfig) -> Result<(), BertError> {
    let (heads, size) = (config.num_attention_heads, config.hidden_size / config.num_attention_heads);
    let left = |row: &Row<'_>| match shape(row.found?.1)[..] {
        [rows, columns] if columns == config.hidden_size && rows % size == 0 => Some(rows / size),
        _ => None,
    };
    let layers = declaration.layers.iter().enumerate();
    let mut pruned = layers.filter_map(|(layer, parameters)| {
        let left = left(&parameters.query.weight).filter(|left| *left < heads)?;
        Some((layer, left))
    });
    match pruned.next() {
        Some((layer, left)) => Err(BertError::PrunedHeads { layer, left, heads, others: pruned.count() }),
        None => Ok(()),
    }
}

/// What a checkpoint's weights hold, from their headers alone.
pub(super) fn inventory(
    architecture: &Architecture,
    settings: &HeadSettings,
    weights: &Weights,
) -> Result<Inventory, BertError> {
    let stored = &weights::open(weights)?;
    let Laid { declaration, remarks, .. } = lay(architecture, settings, stored)?;
    let fault = |remark| if let Remark::Head(fault) = remark { Some(fault) } else { None };
    let faults: Vec<HeadFault> = remarks.into_iter().filter_map(fault).collect();
    let heads: Vec<HeadName> = declaration.heads.iter().map(|head| head.name).collect();
    let (mut taken, mut missing, mut misshapen) = (BTreeSet::new(), Vec::new(), Vec::new());
    let Ok(_) = declaration.try_map(|row| {
        match row.found {
            None => missing.push((row.parameter.name, row.parameter.shape)),
            Some((name, _)) => {
                taken.insert(name);
                if !row.fits() {
                    misshapen.push((name.to_owned(), row.parameter.shape));
                }
            }
        }
        Ok::<_, Infallible>(())
    });
    for HeadFault { kind, .. } in &faults {
        match kind.clone() {
            HeadFaultKind::Missing { name, shape } => missing.push((name, shape)),
            HeadFaultKind::Shape { name, expected, .. } => misshapen.push((name, expected)),
            HeadFaultKind::Labels { name, labels, .. } => {
                misshapen.push((name, vec![labels, architecture.config.hidden_size]));
            }
            HeadFaultKind::LabelForm { .. } | HeadFaultKind::Type { .. } | HeadFaultKind::NoPooler => {}
        }
    }
    let tensor = |(name, tensor): (&String, &StoredTensor)| InventoryTensor {
        name: name.clone(),
        shape: shape(tensor),
        dtype: format!("{:?}", tensor.dtype).to_lowercase(),
        bytes: tensor.byte_len() as u64,
        used: taken.contains(name.as_str()),
    };
    Ok(Inventory { heads, faults, tensors: stored.iter().map(tensor).collect(), missing, misshapen })
}

fn shape(tensor: &StoredTensor) -> Vec<usize> {
    tensor.shape.iter().copied().collect()
}

/// What a checkpoint gives.
pub(super) struct Loaded {
    /// With those heads that the checkpoint has.
    pub network: Network,
    pub not_finite: Vec<NonFiniteTensor>,
    /// What the weights tell of it.
    pub pooler_training: PoolerTraining,
    /// What is worth saying of its heads.
    pub remarks: Vec<Remark>,
}

/// Loads the network.
pub(super) fn load(
    architecture: &Architecture,
    settings: &HeadSettings,
    weights: &Weights,
    form: LayerForm,
    runtime: &Runtime,
) -> Result<Loaded, BertError> {
    let stored = &weights::open(weights)?;
    let not_finite = NonFiniteTensors::default();
    let mut missing = Vec::new();
    let mut claimed = 0;
    architecture::check_family(architecture, &settings.architectures, stored)?;
    let Laid { declaration, remarks, pooler_training } = lay(architecture, settings, stored)?;
    check_tables(&declaration)?;
    check_heads(&declaration, &architecture.config)?;
    let checked = declaration.try_map(|row| {
        if row.found.is_none() {
            missing.push((row.parameter.name.clone(), row.parameter.shape.clone()));
        }
        let checked = row.check(&not_finite)?;
        claimed += checked.as_ref().map_or(0, |stored| stored.tensor.byte_len() as u64);
        Ok(checked)
    })?;
    let declaration = checked.try_map(|stored| stored.ok_or_else(|| missing_tensor(&missing)))?;

    // In a pickle, views can claim far more than is there. Honest ones share at most the embeddings with the decoder.
    if claimed / 2 > weights.size() {
        return Err(BertError::Load(message!(
            "bert-weights-claim",
            bytes = weights.size(),
            claimed = claimed.to_string()
        )));
    }

    let network = Network::new(declaration, architecture, form, runtime)?;
    Ok(Loaded { network, not_finite: not_finite.found(), pooler_training, remarks })
}

/// The first of those that are missing, and how many others are.
fn missing_tensor(missing: &[(String, Vec<usize>)]) -> BertError {
    let (name, shape) = missing.first().cloned().unwrap_or_default();
    BertError::MissingTensor { name, shape, others: missing.len().saturating_sub(1) }
}
