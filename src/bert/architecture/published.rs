//! The sizes of recommended models, by their published configurations and the shapes that their families declare.

use std::convert::Infallible;

use serde::Deserialize;

use super::{Architecture, HeadName};
use HeadName::{MaskedLanguage, Pooler};

#[derive(Deserialize)]
struct RecommendedList {
    models: Vec<RecommendedModel>,
}

#[derive(Deserialize)]
struct RecommendedModel {
    id: String,
    family: String,
    layers: usize,
    heads: usize,
    hidden_size: usize,
    megabytes: u64,
}

/// What `config.json` of each says, and which heads its weights hold.
const PUBLISHED: [(&str, &str, &[HeadName]); 10] = [
    (
        "FacebookAI/roberta-base",
        r#""model_type":"roberta","vocab_size":50265,"max_position_embeddings":514,"type_vocab_size":1,"pad_token_id":1,
        "hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072"#,
        &[MaskedLanguage],
    ),
    (
        "FacebookAI/xlm-roberta-base",
        r#""model_type":"xlm-roberta","vocab_size":250002,"max_position_embeddings":514,"type_vocab_size":1,"pad_token_id":1,
        "hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072"#,
        &[Pooler, MaskedLanguage],
    ),
    (
        "distilbert/distilbert-base-uncased",
        r#""model_type":"distilbert","vocab_size":30522,"max_position_embeddings":512,"dim":768,"n_layers":6,"n_heads":12,
        "hidden_dim":3072"#,
        &[MaskedLanguage],
    ),
    (
        "sentence-transformers/all-mpnet-base-v2",
        r#""model_type":"mpnet","vocab_size":30527,"max_position_embeddings":514,"hidden_size":768,"num_hidden_layers":12,
        "num_attention_heads":12,"intermediate_size":3072"#,
        &[Pooler],
    ),
    ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", MULTILINGUAL_MINILM, &[Pooler]),
    ("intfloat/multilingual-e5-small", MULTILINGUAL_MINILM, &[Pooler]),
    (
        "almanach/camembert-base",
        r#""model_type":"camembert","vocab_size":32005,"max_position_embeddings":514,"type_vocab_size":1,"pad_token_id":1,
        "hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072"#,
        &[Pooler, MaskedLanguage],
    ),
    (
        "google/electra-small-discriminator",
        r#""model_type":"electra","vocab_size":30522,"embedding_size":128,"hidden_size":256,"num_hidden_layers":12,
        "num_attention_heads":4,"intermediate_size":1024"#,
        &[],
    ),
    (
        "albert/albert-base-v2",
        r#""model_type":"albert","vocab_size":30000,"embedding_size":128,"hidden_size":768,"num_hidden_layers":12,
        "num_attention_heads":12,"intermediate_size":3072"#,
        &[Pooler, MaskedLanguage],
    ),
    (
        "nghuyong/ernie-3.0-base-zh",
        r#""model_type":"ernie","vocab_size":40000,"max_position_embeddings":2048,"type_vocab_size":4,"use_task_id":true,
        "hidden_size":768,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":3072"#,
        &[Pooler],
    ),
];

const MULTILINGUAL_MINILM: &str = r#""model_type":"bert","vocab_size":250037,"max_position_embeddings":512,
    "type_vocab_size":2,"hidden_size":384,"num_hidden_layers":12,"num_attention_heads":12,"intermediate_size":1536"#;

#[test]
fn recommended_models_have_the_sizes_of_their_configurations() {
    let recommended: RecommendedList = toml::from_str(include_str!("../../../config/models.toml")).unwrap();
    for (id, config, heads) in PUBLISHED {
        let model = recommended.models.iter().find(|model| model.id == id).unwrap_or_else(|| panic!("{id}"));
        let architecture = Architecture::from_json(format!("{{{config}}}").as_bytes()).unwrap();
        let own = &architecture.config;
        assert_eq!(
            (model.family.as_str(), model.layers, model.heads, model.hidden_size),
            (own.family, own.num_hidden_layers, own.num_attention_heads, own.hidden_size),
            "{id}"
        );
        let mut declaration = architecture.declaration();
        declaration.heads.retain(|head| heads.contains(&head.name));
        // The decoder is the table of words.
        let declaration = declaration.where_there(|parameter| !parameter.name.ends_with("decoder.weight"));
        let mut numbers = 0;
        let Ok(_) = declaration.try_map(|parameter| {
            // The projector of DistilBERT and the head of ELECTRA's generator are the table, too.
            let tied = ["vocab_projector.weight", "generator_lm_head.weight"].contains(&parameter.name.as_str());
            numbers += if tied { 0 } else { parameter.shape.iter().product::<usize>() };
            Ok::<_, Infallible>(())
        });
        let megabytes = (numbers * 4) as f64 / 1e6;
        assert!((megabytes - model.megabytes as f64).abs() < 1.0, "{id}: {megabytes:.1} MB, not {}", model.megabytes);
    }
}
