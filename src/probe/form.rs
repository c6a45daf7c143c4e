//! The form of a file: JSON, with the weights last.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ProbeFileError;
use crate::{
    analysis::{ModelSample, Pooling, Probe, ProbeAccuracy, ProbedModel, Regression, SentenceVector},
    messages::message,
};

/// The version of the form that is written, and the newest that is read.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProbeForm {
    clscope_probe: u32,
    name: String,
    model: ModelForm,
    pooling: String,
    /// Of the vector, 0 being the embeddings; none for the last.
    layer: Option<usize>,
    labels: Vec<String>,
    cross_validation: AccuracyForm,
    /// `[score][number + 1]`, the intercept last; of two labels the score of the second.
    coefficients: Vec<Vec<f64>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelForm {
    name: String,
    layers: usize,
    hidden_size: usize,
    /// What it makes of [`ModelSample::TEXT`].
    sample: Vec<f32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccuracyForm {
    right: usize,
    of: usize,
    folds: usize,
}

/// All that is read of a file first: a newer one may hold what is not known yet.
#[derive(Deserialize)]
struct NumberedForm {
    clscope_probe: u32,
}

/// Reads the text of a file; `file` is its name in error messages.
///
/// # Errors
/// When it is not what [`text`] writes.
pub fn parse(file: &str, text: &str) -> Result<Probe, ProbeFileError> {
    let invalid = |reason: String| ProbeFileError::Invalid { file: file.to_owned(), reason };
    // What serde says of types is for who writes them; a probe is written by the program.
    let misformed =
        |error: serde_json::Error| invalid(message!("probe-form", line = error.line(), column = error.column()));
    let NumberedForm { clscope_probe: number } = serde_json::from_str(text).map_err(misformed)?;
    if number != VERSION {
        return Err(ProbeFileError::Version { file: file.to_owned(), number, known: VERSION });
    }
    let form: ProbeForm = serde_json::from_str(text).map_err(misformed)?;
    let ProbeForm { name, model, pooling, layer, labels, cross_validation, coefficients, .. } = form;
    let pooling: Pooling = pooling.parse().map_err(&invalid)?;
    let vector = match layer {
        None => Some(SentenceVector::from(pooling)),
        Some(layer) if layer <= model.layers => SentenceVector::at(pooling, layer),
        Some(_) => None,
    };
    let vector =
        vector.ok_or_else(|| invalid(message!("probe-layer", pooling = pooling.name(), layers = model.layers)))?;
    if labels.len() < 2 || labels.iter().collect::<BTreeSet<_>>().len() < labels.len() {
        return Err(invalid(message!("probe-labels")));
    }
    let scores = if labels.len() == 2 { 1 } else { labels.len() };
    let is_wide = |row: &Vec<f64>| pooling == Pooling::Declared || row.len() == model.hidden_size.saturating_add(1);
    let regression = Regression::from_rows(&coefficients).filter(|_| coefficients.len() == scores);
    let regression = regression
        .filter(|_| coefficients.iter().all(is_wide))
        .ok_or_else(|| invalid(message!("probe-coefficients", scores = scores, size = model.hidden_size)))?;
    if model.sample.iter().any(|value| !value.is_finite()) {
        return Err(invalid(message!("probe-sample")));
    }
    let AccuracyForm { right: hits, of: trials, folds } = cross_validation;
    if trials == 0 || hits > trials || folds < 2 || folds > trials {
        return Err(invalid(message!("probe-accuracy")));
    }
    let ModelForm { name: model, layers, hidden_size, sample } = model;
    Ok(Probe {
        name,
        vector,
        labels,
        regression,
        accuracy: ProbeAccuracy { hits, trials, folds },
        model: ProbedModel { name: model, layers, hidden_size, sample: ModelSample(sample) },
    })
}

/// A probe as the text of a file. Weights are rounded to f32, as vectors are.
pub fn text(probe: &Probe) -> String {
    let rounded = |row: Vec<f64>| row.into_iter().map(|value| f64::from(value as f32)).collect::<Vec<f64>>();
    let form = ProbeForm {
        clscope_probe: VERSION,
        name: probe.name.clone(),
        model: ModelForm {
            name: probe.model.name.clone(),
            layers: probe.model.layers,
            hidden_size: probe.model.hidden_size,
            sample: probe.model.sample.0.clone(),
        },
        pooling: probe.vector.pooling.name().to_owned(),
        layer: probe.vector.layer,
        labels: probe.labels.clone(),
        cross_validation: AccuracyForm {
            right: probe.accuracy.hits,
            of: probe.accuracy.trials,
            folds: probe.accuracy.folds,
        },
        coefficients: probe.regression.rows().into_iter().map(rounded).collect(),
    };
    // Texts, whole numbers and finite numbers always have a form.
    let mut text = serde_json::to_string(&form).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe() -> Probe {
        Probe {
            name: "mine".to_owned(),
            vector: SentenceVector::at(Pooling::Mean, 1).unwrap(),
            labels: vec!["no".to_owned(), "yes".to_owned()],
            regression: Regression::from_rows(&[vec![0.5, -2.0, 0.25]]).unwrap(),
            accuracy: ProbeAccuracy { hits: 7, trials: 8, folds: 2 },
            model: ProbedModel {
                name: "tiny".to_owned(),
                layers: 2,
                hidden_size: 2,
                sample: ModelSample(vec![0.125, 1.0]),
            },
        }
    }

    #[test]
    fn a_probe_is_read_as_it_was_written() {
        assert_eq!(parse("mine.probe", &text(&probe())).unwrap(), probe());
    }

    #[test]
    fn what_is_no_probe_is_refused_with_the_reason() {
        let whole = text(&probe());
        for (from, to, reason) in [
            ("\"clscope_probe\":1", "\"clscope_probe\":9", "version 9"),
            ("[[0.5,-2.0,0.25]]", "[[0.5,-2.0]]", "coefficients"),
            ("[[0.5,-2.0,0.25]]", "[[0.5,-2.0,0.25],[1.0,1.0,1.0]]", "coefficients"),
            ("[\"no\",\"yes\"]", "[\"no\",\"no\"]", "labels"),
            ("[\"no\",\"yes\"]", "[\"no\"]", "labels"),
            ("\"layer\":1", "\"layer\":3", "layer"),
            ("\"mean\"", "\"median\"", "write one of"),
            ("\"hidden_size\":2", "\"hidden_size\":18446744073709551615", "coefficients"),
            ("\"folds\":2", "\"folds\":2,\"more\":1", "line 1, column"),
            ("\"folds\":2", "\"folds\":null", "line 1, column"),
            ("\"folds\":2", "\"folds\":9", "cross-validation"),
            ("\"right\":7", "\"right\":9", "cross-validation"),
            ("\"right\":7,\"of\":8", "\"right\":0,\"of\":0", "cross-validation"),
        ] {
            assert!(whole.contains(from), "{from}");
            let error = parse("mine.probe", &whole.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("mine.probe") && !error.contains('\n'), "{error}");
        }
        assert!(parse("mine.probe", "").is_err() && parse("mine.probe", "[]").is_err());
    }
}
