"""Makes tests/reference/tensorflow: checkpoints as Google gave its BERTs away, written by TensorFlow itself. Their numbers are
those of forms/keys-bert-prefix, families/albert and families/electra, whose weights they have.

    pip install tensorflow-cpu==2.21.0 safetensors
    python scripts/tensorflow_checkpoints.py
"""

import json
import re
import shutil
import zipfile
from pathlib import Path

import numpy
import tensorflow as tf
from safetensors.numpy import load_file

OUT = Path(__file__).resolve().parent.parent / "tests" / "reference"
FOLDER = OUT / "tensorflow"
# Zips hold the time of their files; the same one keeps them the same from run to run.
TIME = (2018, 11, 3, 0, 0, 0)


def bert_name(key: str) -> tuple[str, bool]:
    """transformers' load_tf_weights_in_bert the other way round: the name, and whether the matrix is turned."""
    key = re.sub(r"\.layer\.(\d+)\.", r".layer_\1.", key)
    if key == "cls.predictions.bias":
        return "cls/predictions/output_bias", False
    if key.startswith("cls.seq_relationship"):
        return key.replace("weight", "output_weights").replace("bias", "output_bias").replace(".", "/"), False
    *scope, last = key.split(".")
    if scope[-1] == "LayerNorm":
        last = {"weight": "gamma", "bias": "beta"}[last]
    elif scope[-1].endswith("_embeddings"):
        return "/".join(scope), False
    elif last == "weight":
        return "/".join([*scope, "kernel"]), True
    return "/".join([*scope, last]), False


def albert_name(key: str) -> tuple[str, bool]:
    """The same of load_tf_weights_in_albert, as ALBERT's own code has the scopes."""
    renamed = [
        ("encoder.albert_layer_groups.", "encoder.transformer.group_"),
        (".albert_layers.", ".inner_group_"),
        ("attention.LayerNorm.", "LayerNorm."),
        ("full_layer_layer_norm.", "LayerNorm_1."),
        ("attention.dense.", "attention_1.output.dense."),
        ("ffn_output.", "ffn_1.intermediate.output.dense."),
        ("ffn.", "ffn_1.intermediate.dense."),
    ]
    for new, old in renamed:
        key = key.replace(new, old)
    key = re.sub(r"\.attention\.(query|key|value)", r".attention_1.self.\1", key)
    key = re.sub(r"^pooler\.", "pooler.dense.", key)
    *scope, last = ["bert", *key.split(".")]
    if scope[-1].startswith("LayerNorm"):
        last = {"weight": "gamma", "bias": "beta"}[last]
    elif scope[-1].endswith("_embeddings"):
        return "/".join(scope), False
    elif last == "weight":
        return "/".join([*scope, "kernel"]), True
    return "/".join([*scope, last]), False


def variables(weights: dict, name) -> dict:
    found = {}
    for key, value in weights.items():
        own, turned = name(key)
        found[own] = value.T.copy() if turned else value
    return found


def save(prefix: Path, values: dict, shards: int = 1) -> None:
    """As tf.compat.v1.train.Saver does."""
    prefix.parent.mkdir(parents=True, exist_ok=True)
    names = sorted(values)
    parts = [names[at::shards] for at in range(shards)]
    made = []
    for at, part in enumerate(parts):
        made.append(f"{prefix}-part-{at:05d}-of-{shards:05d}" if shards > 1 else str(prefix))
        tf.raw_ops.SaveV2(
            prefix=made[-1], tensor_names=part, shape_and_slices=[""] * len(part), tensors=[tf.constant(values[name]) for name in part]
        )
    if shards > 1:
        tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=made, destination_prefix=str(prefix), delete_old_dirs=False)


def beside(folder: Path, form: Path, config_name: str) -> None:
    config = json.loads((form / "config.json").read_text())
    own = {name: config[name] for name in (
        "embedding_size", "hidden_act", "hidden_size", "initializer_range", "inner_group_num", "intermediate_size",
        "max_position_embeddings", "num_attention_heads", "num_hidden_groups", "num_hidden_layers", "type_vocab_size", "vocab_size",
    ) if name in config}
    (folder / config_name).write_text(json.dumps(own, indent=2) + "\n")


def vocabulary(folder: Path, form: Path) -> None:
    pieces = json.loads((form / "tokenizer.json").read_text())["model"]["vocab"]
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in sorted(pieces, key=pieces.get)), encoding="utf-8")


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    form = OUT / "forms" / "keys-bert-prefix"
    values = variables(load_file(form / "model.safetensors"), bert_name)
    # What training leaves besides.
    values["global_step"] = numpy.int64(1_000_000)
    values["bert/pooler/dense/kernel/adam_m"] = numpy.zeros_like(values["bert/pooler/dense/kernel"])
    for name, shards in (("bert", 1), ("bert-sharded", 3)):
        folder = FOLDER / name
        save(folder / "bert_model.ckpt", values, shards)
        beside(folder, form, "bert_config.json")
        vocabulary(folder, form)
    # A classifier that run_classifier.py has trained, after two steps; halves as some have converted them.
    tuned = {name: value.astype(numpy.float16) if value.dtype == numpy.float32 else value for name, value in values.items()}
    tuned |= {"output_weights": numpy.ones((3, 16), numpy.float32), "output_bias": numpy.ones(3, numpy.float32)}
    save(FOLDER / "bert-tuned" / "model.ckpt-90", {name: value * 0 for name, value in tuned.items()})
    save(FOLDER / "bert-tuned" / "model.ckpt-900", tuned)
    beside(FOLDER / "bert-tuned", form, "bert_config.json")
    vocabulary(FOLDER / "bert-tuned", form)

    form = OUT / "families" / "albert"
    folder = FOLDER / "albert"
    save(folder / "model.ckpt-best", variables(load_file(form / "model.safetensors"), albert_name))
    beside(folder, form, "albert_config.json")
    # As the Chinese ALBERTs have it: BERT's pieces. Those of families/albert under the ids that they have there.
    specials = {"<pad>": "[PAD]", "<unk>": "[UNK]", "[CLS]": "[CLS]", "[SEP]": "[SEP]", "[MASK]": "[MASK]"}
    pieces = [piece for piece, _ in json.loads((form / "tokenizer.json").read_text())["model"]["vocab"]]
    spelt = [specials.get(piece) or (piece[1:] or "|" if piece.startswith("▁") else f"##{piece}") for piece in pieces]
    (folder / "vocab_chinese.txt").write_text("".join(f"{piece}\n" for piece in spelt), encoding="utf-8")

    form = OUT / "families" / "electra"
    folder = FOLDER / "electra"
    values = variables(load_file(form / "model.safetensors"), bert_name)
    values = {name.replace("/dense_prediction/", "/dense_1/"): value for name, value in values.items()}
    # The generator has layers of its own and the discriminator's table of words.
    generator = {name: value * 0 for name, value in values.items() if name.startswith(("electra/encoder/", "electra/embeddings_project/"))}
    values |= {name.replace("electra/", "generator/"): value for name, value in generator.items()}
    values["generator_predictions/output_bias"] = numpy.zeros(values["electra/embeddings/word_embeddings"].shape[0], numpy.float32)
    save(folder / "electra_small", values)
    shutil.copy(form / "config.json", folder)
    vocabulary(folder, form)

    with zipfile.ZipFile(FOLDER / "bert.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("uncased_L-1_H-16_A-2/", TIME), b"")
        for path in sorted((FOLDER / "bert").iterdir()):
            info = zipfile.ZipInfo(f"uncased_L-1_H-16_A-2/{path.name}", TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    for path in FOLDER.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        print(path.relative_to(OUT), path.stat().st_size)


if __name__ == "__main__":
    main()
