"""Makes tests/reference/probe.json: what scikit-learn says of the probes of the program.

    pip install scikit-learn==1.9.1 torch==2.15.0 transformers==5.23.0
    python scripts/probe.py

For the two files of config/probes and the vectors `cls` and `mean` of models/all-MiniLM-L6-v2: how many texts a
LogisticRegression labels rightly that has seen the other folds only (StratifiedKFold(5)), and the probabilities of one that has
seen all, of texts that are not among them.
"""

import csv
import json
from pathlib import Path

import numpy
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "all-MiniLM-L6-v2"
UNSEEN = [
    "The film was a delight and we left the cinema smiling.",
    "My new shoes fell apart in the rain.",
    "It is.",
    "The goalkeeper ate an apple before the match.",
    "Our plane to Rome lands at noon, and the pasta is waiting.",
    "A nurse installed the new program on the ward's computer.",
    "I do not know whether to laugh or to cry.",
    "猫在睡觉。",
]


def vectors(texts: list[str]) -> dict[str, numpy.ndarray]:
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModel.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()
    found = {"cls": [], "mean": []}
    with torch.no_grad():
        for text in texts:
            states = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0]
            found["cls"].append(states[0].double().numpy())
            found["mean"].append(states.double().mean(0).numpy())
    return {name: numpy.stack(rows) for name, rows in found.items()}


def main() -> None:
    unseen = vectors(UNSEEN)
    probes = {}
    for name in ("feeling", "topic"):
        with open(ROOT / "config" / "probes" / f"{name}.tsv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        labels = [row["label"] for row in rows]
        for pooling, matrix in vectors([row["text"] for row in rows]).items():
            regression = LogisticRegression(tol=1e-8, max_iter=10_000)
            found = cross_val_predict(regression, matrix, labels, cv=StratifiedKFold(5))
            fitted = regression.fit(matrix, labels)
            probes[f"{name}-{pooling}"] = {
                "right": int(sum(a == b for a, b in zip(found, labels))),
                "labels": list(fitted.classes_),
                "probabilities": [[round(float(p), 6) for p in row] for row in fitted.predict_proba(unseen[pooling])],
            }
            print(name, pooling, probes[f"{name}-{pooling}"]["right"], "of", len(labels))
    path = ROOT / "tests" / "reference" / "probe.json"
    path.write_text(json.dumps({"texts": UNSEEN, "probes": probes}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
