"""Makes tests/reference/sentence_transformers: chains of modules of every kind, and the vectors sentence-transformers makes.

    pip install torch transformers sentence-transformers
    python scripts/sentence_transformers_reference.py

Each folder there holds what a model has besides its encoder, which is forms/safetensors-f32; the test puts the two
together as this script does. No network, some seconds. tests/reference/README.md describes the files.
"""

import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy
import sentence_transformers
import torch
import transformers
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer

REFERENCE = Path(__file__).resolve().parent.parent / "tests" / "reference"
ENCODER = REFERENCE / "forms" / "safetensors-f32"
OUT = REFERENCE / "sentence_transformers"
HIDDEN = 16

TEXTS = [
    "The cat sat on the mat.",
    "Dogs bank it!",
    "",
    "not THE cat? not the dog. the cats sat on the bank, a dog sat on it! not a mat.",
]

OLD = "sentence_transformers.models."
NEW = "sentence_transformers.sentence_transformer.modules."
ACTIVATIONS = [
    "Identity", "Tanh", "ReLU", "ReLU6", "GELU", "SiLU", "Sigmoid", "LogSigmoid", "ELU", "CELU", "SELU", "LeakyReLU",
    "Softplus", "Softsign", "Mish", "Hardtanh", "Hardswish", "Hardsigmoid", "Tanhshrink", "Softshrink", "Hardshrink",
]


def switches(*on: str, **more) -> dict:
    """1_Pooling/config.json as it was before sentence-transformers 5.4."""
    names = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"]
    return {"word_embedding_dimension": HIDDEN} | {f"pooling_mode_{name}": name in on for name in names} | more


def mode(mode: str | list[str], **more) -> dict:
    return {"embedding_dimension": HIDDEN, "pooling_mode": mode} | more


def dense(source: int, target: int, activation: str | None = "Tanh", **more) -> dict:
    config = {"in_features": source, "out_features": target, "bias": True} | more
    if activation:
        where = "linear" if activation == "Identity" else "activation"
        config["activation_function"] = f"torch.nn.modules.{where}.{activation}"
    return config


def weights(seed: int, **shapes) -> dict[str, torch.Tensor]:
    random = numpy.random.default_rng(seed)
    return {name.replace("__", "."): torch.from_numpy(random.normal(0, 0.6, shape).astype("f4")) for name, shape in shapes.items()}


def linear(seed: int, source: int, target: int, bias: bool = True, residual: bool = False) -> dict[str, torch.Tensor]:
    shapes = {"linear__weight": (target, source)}
    if bias:
        shapes["linear__bias"] = (target,)
    if residual:
        shapes["residual__weight"] = (target, source)
    return weights(seed, **shapes)


def norm(seed: int, size: int) -> dict[str, torch.Tensor]:
    return weights(seed, norm__weight=(size,), norm__bias=(size,))


def pooling(config: dict) -> tuple:
    return "Pooling", config, None


NORMALIZE = ("Normalize", None, None)
MEAN = pooling(switches("mean_tokens"))
EVERY = ["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]
PROMPTS = {"prompts": {"query": "the dog: ", "passage": "a mat"}, "default_prompt_name": None}

# name: modules after the encoder, and what else there is: files of the directory, `encoder`, its folder, `runs`.
CASES = {
    "cls": dict(modules=[pooling(switches("cls_token"))]),
    "mean": dict(modules=[MEAN]),
    "max": dict(modules=[pooling(switches("max_tokens"))]),
    "mean-sqrt": dict(modules=[pooling(switches("mean_sqrt_len_tokens"))]),
    "weighted-mean": dict(modules=[pooling(mode("weightedmean"))], package=NEW),
    "last-token": dict(modules=[pooling(mode("lasttoken"))], package=NEW),
    "joined-switches": dict(modules=[pooling(switches("max_tokens", "cls_token", "mean_tokens"))]),
    "joined-names": dict(modules=[pooling(mode(["weightedmean", "cls"]))], package=NEW),
    "no-mode": dict(modules=[pooling(switches())]),
    "normalized": dict(modules=[MEAN, NORMALIZE]),
    "dense": dict(modules=[MEAN, ("Dense", dense(HIDDEN, 6), linear(1, HIDDEN, 6))]),
    "dense-no-bias-bin": dict(
        modules=[MEAN, ("Dense", dense(HIDDEN, 6, None, bias=False), linear(2, HIDDEN, 6, bias=False))], bin=True
    ),
    "dense-residual": dict(
        modules=[MEAN, ("Dense", dense(HIDDEN, HIDDEN, "GELU", use_residual=True), linear(3, HIDDEN, HIDDEN))], package=NEW
    ),
    "dense-residual-projected": dict(
        modules=[MEAN, ("Dense", dense(HIDDEN, 5, "ReLU", use_residual=True), linear(4, HIDDEN, 5, residual=True))],
        package=NEW,
    ),
    "dense-of-tokens": dict(
        modules=[
            ("Dense", dense(HIDDEN, 7, "SiLU", module_input_name="token_embeddings"), linear(5, HIDDEN, 7)),
            ("Normalize", {"module_input_name": "token_embeddings"}, None),
            pooling({"embedding_dimension": 7, "pooling_mode": "max"}),
        ],
        package=NEW,
    ),
    "layer-norm": dict(modules=[MEAN, ("LayerNorm", {"dimension": HIDDEN}, norm(6, HIDDEN))]),
    "dropout": dict(modules=[MEAN, ("Dropout", {"dropout": 0.5}, None), NORMALIZE]),
    "truncated": dict(modules=[MEAN, NORMALIZE], files={"config_sentence_transformers.json": {"truncate_dim": 5}}),
    "limit": dict(modules=[MEAN], files={"sentence_bert_config.json": {"max_seq_length": 9, "do_lower_case": False}}),
    "limit-of-tokenizer": dict(modules=[MEAN], tokenizer={"model_max_length": 7}),
    "limit-unlimited": dict(modules=[MEAN], tokenizer={"model_max_length": int(1e30)}),
    "lower-case": dict(
        modules=[MEAN], tokenizer={"do_lower_case": False}, files={"sentence_bert_config.json": {"do_lower_case": True}}
    ),
    "cased": dict(
        modules=[MEAN], tokenizer={"do_lower_case": False}, files={"sentence_bert_config.json": {"do_lower_case": False}}
    ),
    "in-a-folder": dict(modules=[MEAN, NORMALIZE], encoder="0_Transformer", files={"0_Transformer/sentence_bert_config.json": {"max_seq_length": 8}}),
    "older-settings": dict(modules=[MEAN], files={"sentence_distilbert_config.json": {"max_seq_length": 6}}),
    "prompts": dict(
        modules=[MEAN],
        files={"config_sentence_transformers.json": PROMPTS},
        runs=[{}, {"prompt_name": "query"}, {"prompt_name": "passage"}, {"prompt_name": "document"}, {"prompt": "on a bank "}],
    ),
    "default-prompt": dict(
        modules=[MEAN, NORMALIZE],
        files={"config_sentence_transformers.json": PROMPTS | {"default_prompt_name": "query"}},
        runs=[{}, {"prompt": ""}, {"prompt_name": "document"}],
    ),
    "prompt-left-out": dict(
        modules=[pooling(mode(EVERY, include_prompt=False))],
        package=NEW,
        files={"config_sentence_transformers.json": PROMPTS},
        runs=[{}, {"prompt_name": "query"}, {"prompt": "the cat sat on the mat not the dog it sat on the bank! " * 2}],
    ),
    "everything": dict(
        modules=[
            pooling(mode(["cls", "mean"], include_prompt=False)),
            ("Dense", dense(2 * HIDDEN, 12, "Mish"), linear(7, 2 * HIDDEN, 12)),
            ("LayerNorm", {"dimension": 12}, norm(8, 12)),
            NORMALIZE,
        ],
        package=NEW,
        tokenizer={"do_lower_case": False},
        files={
            "sentence_bert_config.json": {"max_seq_length": 14, "do_lower_case": True},
            "config_sentence_transformers.json": PROMPTS | {"default_prompt_name": "passage", "similarity_fn_name": "dot"},
        },
        runs=[{}, {"prompt_name": "query"}, {"prompt": ""}],
    ),
}


def write(path: Path, value) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1) + "\n")


def make(folder: Path, modules: list[tuple], package: str = OLD, **case) -> None:
    """What a model has besides its encoder."""
    encoder = case.get("encoder", "")
    listed = [{"idx": 0, "name": "0", "path": encoder, "type": package + "Transformer"}]
    for at, (kind, config, tensors) in enumerate(modules, start=1):
        path = f"{at}_{kind}"
        listed.append({"idx": at, "name": str(at), "path": path, "type": package + kind})
        if config is not None:
            write(folder / path / "config.json", config)
        if tensors is not None and case.get("bin"):
            torch.save(tensors, folder / path / "pytorch_model.bin")
        elif tensors is not None:
            save_file(tensors, folder / path / "model.safetensors")
    write(folder / "modules.json", listed)
    for name, value in case.get("files", {}).items():
        write(folder / name, value)
    if changed := case.get("tokenizer"):
        settings = json.loads((ENCODER / "tokenizer_config.json").read_text())
        write(folder / encoder / "tokenizer_config.json", settings | changed)


def opened(folder: Path, encoder: str, into: Path) -> SentenceTransformer:
    shutil.copytree(ENCODER, into / encoder, dirs_exist_ok=True)
    shutil.copytree(folder, into, dirs_exist_ok=True)
    return SentenceTransformer(str(into), device="cpu", local_files_only=True)


def vectors(model: SentenceTransformer, **run) -> list[list[float]]:
    return [[float(f"{x:.9g}") for x in vector] for vector in model.encode(TEXTS, **run)]


def main() -> None:
    warnings.simplefilter("ignore")
    shutil.rmtree(OUT, ignore_errors=True)
    made_with = {library.__name__: library.__version__ for library in (torch, transformers, sentence_transformers)}
    answers = {"made_with": made_with, "texts": TEXTS, "cases": {}}
    for name, case in CASES.items():
        make(OUT / name, **case)
        with tempfile.TemporaryDirectory() as into:
            model = opened(OUT / name, case.get("encoder", ""), Path(into))
            runs = [run | {"vectors": vectors(model, **run)} for run in case.get("runs", [{}])]
        answers["cases"][name] = {"encoder": case.get("encoder", ""), "runs": runs}
    answers["activations"] = {}
    for activation in ACTIVATIONS:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as into:
            shutil.copytree(OUT / "dense", folder, dirs_exist_ok=True)
            write(Path(folder) / "2_Dense" / "config.json", dense(HIDDEN, 6, activation))
            answers["activations"][activation] = vectors(opened(Path(folder), "", Path(into)))
    (REFERENCE / "sentence_transformers.json").write_text(json.dumps(answers) + "\n")


if __name__ == "__main__":
    main()
