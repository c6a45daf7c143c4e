//! What people have instead of a checkpoint, as the files that tell it: one list for directories, for the Hub and for the documents.

/// Something that is no checkpoint clscope reads.
pub struct Kind {
    /// As the documents call it.
    pub label: &'static str,
    pub files: &'static [(&'static str, File)],
    /// What the error names: what is there, and what to do.
    pub says: &'static [&'static str],
}

/// Of which content a file is.
#[derive(Clone, Copy)]
pub enum File {
    /// Of a small checkpoint, the file of that name.
    Of(&'static str),
    Text(&'static str),
}

use File::{Of, Text};

const CONFIG: (&str, File) = ("config.json", Of("config.json"));
const TOKENIZER: (&str, File) = ("tokenizer.json", Of("tokenizer.json"));
const OLDER_CONFIG: (&str, File) = ("bert_config.json", Of("config.json"));
const ADAPTER: (&str, File) =
    ("adapter_config.json", Text(r#"{"base_model_name_or_path":"ada/base","peft_type":"LORA"}"#));
const WEIGHTS: &str = "model.safetensors";

pub const KINDS: &[Kind] = &[
    Kind {
        label: "a part of a TensorFlow checkpoint (no `.data-*`, `bert_config.json` or `vocab.txt`)",
        files: &[OLDER_CONFIG, ("bert_model.ckpt.index", Text("x")), ("vocab.txt", Text("[UNK]"))],
        says: &["TensorFlow checkpoint (bert_model.ckpt)", "bert_model.ckpt.data-*", "bert_config.json and vocab.txt"],
    },
    Kind {
        label: "the same after a step of training, in a folder, or beside a `config.json`",
        files: &[CONFIG, TOKENIZER, ("out/model.ckpt-900.meta", Text("x")), ("out/model.ckpt-900.index", Text("x"))],
        says: &["TensorFlow checkpoint (out/model.ckpt-900)", "out/model.ckpt-900.index", "config.json and vocab.txt"],
    },
    Kind {
        label: "TensorFlow weights of Keras (`tf_model.h5`)",
        files: &[CONFIG, TOKENIZER, ("tf_model.h5", Text("x"))],
        says: &["TensorFlow weights (tf_model.h5)", "from_tf=True"],
    },
    Kind {
        label: "Flax weights (`flax_model.msgpack`)",
        files: &[CONFIG, ("flax_model.msgpack", Text("x"))],
        says: &["Flax weights (flax_model.msgpack)", "from_flax=True"],
    },
    Kind {
        label: "weights of llama.cpp (`*.gguf`)",
        files: &[("bge-small-q8_0.gguf", Text("x"))],
        says: &["bge-small-q8_0.gguf", "another program", "open the checkpoint"],
    },
    Kind {
        label: "ONNX (`onnx/model.onnx`)",
        files: &[CONFIG, TOKENIZER, ("onnx/model_quantized.onnx", Text("x"))],
        says: &["onnx/model_quantized.onnx", "another program", "open the checkpoint"],
    },
    Kind {
        label: "OpenVINO, rust-bert (`rust_model.ot`), TensorFlow Lite, Core ML, Paddle",
        files: &[CONFIG, TOKENIZER, ("rust_model.ot", Text("x"))],
        says: &["rust_model.ot", "another program", "open the checkpoint"],
    },
    Kind {
        label: "adapter (`adapter_config.json`), alone or beside a checkpoint",
        files: &[ADAPTER, ("adapter_model.safetensors", Text("x")), TOKENIZER],
        says: &["an adapter (adapter_config.json) of ada/base", "open that model", "merge_and_unload"],
    },
    Kind {
        label: "weights under another name (`bert.safetensors`, `model.pt`)",
        files: &[CONFIG, TOKENIZER, ("training_args.bin", Text("x")), ("my-bert.pt", Text("x"))],
        says: &["my-bert.pt", "pytorch_model.bin", "rename"],
    },
    Kind {
        label: "configuration under another name (`bert_config.json`)",
        files: &[OLDER_CONFIG, TOKENIZER, (WEIGHTS, Of(WEIGHTS))],
        says: &["bert_config.json and no config.json", "copy"],
    },
    Kind {
        label: "tokenizer in files that are not read (`spm.model`, `merges.txt` without `vocab.json`)",
        files: &[CONFIG, (WEIGHTS, Of(WEIGHTS)), ("spm.model", Text("x"))],
        says: &["spm.model and no tokenizer.json", "AutoTokenizer"],
    },
    Kind {
        label: "checkpoints in folders (`checkpoint-500/`)",
        files: &[
            ("checkpoint-500/config.json", Of("config.json")),
            ("checkpoint-500/model.safetensors", Of(WEIGHTS)),
            ("checkpoint-1000/config.json", Of("config.json")),
            ("checkpoint-1000/model.safetensors", Of(WEIGHTS)),
            ("trainer_state.json", Text("{}")),
        ],
        says: &["\"checkpoint-1000\"", "open one of them"],
    },
];
