"""Makes tests/reference/evaluate/evaluate.json: what sentence-transformers and scikit-learn say of the two files beside it.

    pip install sentence-transformers==6.2.0 scikit-learn==1.9.1 torch==2.15.0 transformers==5.23.0
    python scripts/evaluate_reference.py

`similarity`: EmbeddingSimilarityEvaluator on pairs.tsv, for models/all-MiniLM-L6-v2 as its files say (`declared`) and under three
poolings, with Normalize after them as there, and `layer` for the mean of layer 3; `raw` are three small models without Normalize.
`classify`: LogisticRegression on labelled.tsv, cross-validated with StratifiedKFold, of vectors that are not normalised.
"""

import csv
import json
import platform
import shutil
import tempfile
from pathlib import Path

import sentence_transformers
import sklearn
import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.evaluation import EmbeddingSimilarityEvaluator
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED = str(ROOT / "models" / "all-MiniLM-L6-v2")
OUT = ROOT / "tests" / "reference" / "evaluate"
ENCODER = ROOT / "tests" / "reference" / "forms" / "safetensors-f32"
CHAINS = ROOT / "tests" / "reference" / "sentence_transformers"
METRICS = ["cosine", "dot", "euclidean", "manhattan"]


def rows(name: str) -> list[dict[str, str]]:
    with open(OUT / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def model(pooling: str, layer: int | None = None, normalize: bool = True) -> SentenceTransformer:
    transformer = Transformer(EMBEDDED, model_kwargs={"attn_implementation": "eager", "dtype": torch.float32})
    if layer is not None:
        encoder = transformer.auto_model.encoder
        encoder.layer = encoder.layer[:layer]
    modules = [transformer, Pooling(transformer.get_embedding_dimension(), pooling_mode=pooling)]
    return SentenceTransformer(modules=modules + [Normalize()] * normalize, device="cpu")


def correlations(encoder: SentenceTransformer) -> dict[str, dict[str, float]]:
    pairs = rows("pairs.tsv")
    evaluator = EmbeddingSimilarityEvaluator(
        [pair["sentence1"] for pair in pairs],
        [pair["sentence2"] for pair in pairs],
        [float(pair["score"]) for pair in pairs],
        similarity_fn_names=METRICS,
    )
    found = evaluator(encoder)
    return {
        metric: {kind: round(float(found[f"{kind}_{metric}"]), 6) for kind in ("spearman", "pearson")}
        for metric in METRICS
    }


def raw() -> dict[str, dict[str, dict[str, float]]]:
    """Of chains of modules that do not end with Normalize, and of one that does."""
    found = {}
    for name in ("cls", "dense", "truncated", "default-prompt"):
        with tempfile.TemporaryDirectory() as directory:
            shutil.copytree(ENCODER, directory, dirs_exist_ok=True)
            shutil.copytree(CHAINS / name, directory, dirs_exist_ok=True)
            found[name] = correlations(SentenceTransformer(directory, device="cpu"))
    return found


def accuracy(encoder: SentenceTransformer) -> float:
    examples = rows("labelled.tsv")
    labels = [example["label"] for example in examples]
    vectors = encoder.encode([example["sentence"] for example in examples])
    predicted = cross_val_predict(LogisticRegression(max_iter=100_000, tol=1e-8), vectors, labels, cv=StratifiedKFold(5))
    return sum(a == b for a, b in zip(predicted, labels)) / len(labels)


def main() -> None:
    torch.set_num_threads(1)
    encoders = {pooling: model(pooling) for pooling in ("mean", "cls", "max")}
    result = {
        "made_with": {
            "python": platform.python_version(),
            **{
                library.__name__: library.__version__
                for library in (sentence_transformers, sklearn, torch, transformers)
            },
        },
        "similarity": {pooling: correlations(encoder) for pooling, encoder in encoders.items()}
        | {"declared": correlations(SentenceTransformer(EMBEDDED, device="cpu"))},
        "raw": raw(),
        "layer": {"mean@3": correlations(model("mean", 3))},
        "classify": {pooling: accuracy(model(pooling, normalize=False)) for pooling in encoders}
        | {"declared": accuracy(SentenceTransformer(EMBEDDED, device="cpu"))},
    }
    (OUT / "evaluate.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
