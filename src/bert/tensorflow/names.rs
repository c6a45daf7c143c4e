//! Names of Google's checkpoints as transformers has them
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>, `load_tf_weights_in_bert`,
//! and the same of ALBERT).

/// Whether a name is one of ALBERT's, whose scopes are called as BERT's.
pub(super) fn is_of_albert(name: &str) -> bool {
    name.contains("/inner_group_")
}

/// A name for transformers, and whether the matrix has to be turned: TensorFlow's are `[in, out]`.
pub(super) fn torch_name(name: &str, is_albert: bool) -> (String, bool) {
    let name = if is_albert { albert(name) } else { name.to_owned() };
    // What Google's own programs train on top, without a scope of its own.
    let name = match name.as_str() {
        "output_weights" | "output_bias" => format!("classifier/{name}"),
        _ => name
            .replace("cls/squad/", "qa_outputs/")
            .replace("discriminator_predictions/dense_1/", "discriminator_predictions/dense_prediction/"),
    };
    let mut parts: Vec<&str> = name.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    let mut named: Vec<String> = parts.into_iter().map(numbered).collect();
    match last {
        "kernel" | "gamma" | "output_weights" => named.push("weight".to_owned()),
        "beta" | "output_bias" => named.push("bias".to_owned()),
        table if table.ends_with("_embeddings") => named.extend([table.to_owned(), "weight".to_owned()]),
        other => named.push(other.to_owned()),
    }
    (named.join("."), last == "kernel")
}

/// `layer_3` is the third of a list.
fn numbered(part: &str) -> String {
    match part.strip_prefix("layer_").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(number) => format!("layer.{number}"),
        None => part.to_owned(),
    }
}

/// ALBERT's layer, in the order in which its parts have to be renamed.
fn albert(name: &str) -> String {
    const RENAMED: [(&str, &str); 11] = [
        ("transformer/", ""),
        ("attention_1/", "attention/"),
        ("attention/self/", "attention/"),
        ("attention/output/dense/", "attention/dense/"),
        ("/LayerNorm_1/", "/full_layer_layer_norm/"),
        ("/LayerNorm/", "/attention/LayerNorm/"),
        ("ffn_1/intermediate/output/dense/", "ffn_output/"),
        ("ffn_1/intermediate/dense/", "ffn/"),
        ("inner_group_", "albert_layers/"),
        ("/group_", "/albert_layer_groups/"),
        ("//", "/"),
    ];
    const AROUND: [(&str, &str); 4] = [
        ("bert/", "albert/"),
        ("pooler/dense/", "pooler/"),
        ("cls/predictions/transform/", "predictions/"),
        ("cls/predictions/", "predictions/"),
    ];
    let renamed = if is_of_albert(name) { RENAMED.as_slice() } else { &[] };
    renamed.iter().chain(&AROUND).fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_transformers() {
        for (name, expected, turned) in [
            ("bert/embeddings/word_embeddings", "bert.embeddings.word_embeddings.weight", false),
            ("bert/embeddings/LayerNorm/gamma", "bert.embeddings.LayerNorm.weight", false),
            (
                "bert/encoder/layer_11/attention/self/query/kernel",
                "bert.encoder.layer.11.attention.self.query.weight",
                true,
            ),
            ("bert/encoder/layer_0/output/LayerNorm/beta", "bert.encoder.layer.0.output.LayerNorm.bias", false),
            ("cls/predictions/output_bias", "cls.predictions.bias", false),
            ("cls/predictions/transform/dense/kernel", "cls.predictions.transform.dense.weight", true),
            ("cls/seq_relationship/output_weights", "cls.seq_relationship.weight", false),
            ("output_weights", "classifier.weight", false),
            ("cls/squad/output_bias", "qa_outputs.bias", false),
            ("electra/embeddings_project/kernel", "electra.embeddings_project.weight", true),
            (
                "bert/encoder/transformer/group_0/inner_group_0/attention_1/output/dense/kernel",
                "albert.encoder.albert_layer_groups.0.albert_layers.0.attention.dense.weight",
                true,
            ),
            (
                "bert/encoder/transformer/group_0/inner_group_0/LayerNorm_1/gamma",
                "albert.encoder.albert_layer_groups.0.albert_layers.0.full_layer_layer_norm.weight",
                false,
            ),
            (
                "bert/encoder/transformer/group_0/inner_group_0/ffn_1/intermediate/output/dense/bias",
                "albert.encoder.albert_layer_groups.0.albert_layers.0.ffn_output.bias",
                false,
            ),
            (
                "bert/encoder/layer_0/output/dense/kernel/adam_m",
                "bert.encoder.layer.0.output.dense.kernel.adam_m",
                false,
            ),
            ("global_step", "global_step", false),
        ] {
            assert_eq!(torch_name(name, is_of_albert(name)), (expected.to_owned(), turned), "{name}");
        }
        for (name, expected) in [
            ("bert/embeddings/LayerNorm/gamma", "albert.embeddings.LayerNorm.weight"),
            ("bert/pooler/dense/bias", "albert.pooler.bias"),
            ("cls/predictions/transform/dense/bias", "predictions.dense.bias"),
            ("cls/predictions/output_bias", "predictions.bias"),
        ] {
            assert_eq!(torch_name(name, true).0, expected);
        }
    }
}
