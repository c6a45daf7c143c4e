"""Makes tests/reference/calibration.json: what numpy, scipy, scikit-learn and transformers say about calibration.

    pip install numpy scipy scikit-learn torch transformers
    python scripts/calibration.py

Written from the formulas, not from clscope's code; tests/reference/README.md describes the file.
"""

import json
from pathlib import Path

import numpy
import scipy
import sklearn
import torch
import transformers
from scipy.cluster.hierarchy import average
from scipy.spatial.distance import squareform
from scipy.stats import percentileofscore
from sklearn.decomposition import PCA
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "all-MiniLM-L6-v2"
MADE_WITH = {library.__name__: library.__version__ for library in (numpy, scipy, sklearn, torch, transformers)}

# name: (sentences, hidden, dimensions that are copies of the first ones)
CASES = {"more": (40, 8, 0), "fewer": (12, 20, 0), "deficient": (30, 7, 3), "few": (4, 5, 0)}
PAIRS = [
    ("A man is playing a guitar.", "Someone is making music."),
    ("The film was boring.", "I nearly fell asleep in the cinema."),
    ("The cat sleeps on the sofa.", "Interest rates will rise again in March."),
]
PARTS = 5


def vector(number: int, hidden: int, copies: int) -> numpy.ndarray:
    """A vector that clscope's test makes by the same rule, so that none need be stored."""
    i, d = number, numpy.arange(hidden)
    parts = (7 * i * i + 13 * d * d + 31 * i * d + 3 * i + 5 * d + i * i * d * d) % 1009 / 1009 - 0.25
    parts[d == 1] += 2
    parts[hidden - copies :] = parts[:copies]
    return parts.astype(numpy.float32)


def cosine(a, b):
    return float(a @ b / (numpy.linalg.norm(a) * numpy.linalg.norm(b)))


def pairs(vectors):
    return [cosine(a, b) for i, a in enumerate(vectors) for b in vectors[:i]]


def whitening(vectors, most):
    """BERT-whitening: mean, W = U Λ^-1/2 of the directions kept."""
    mean = vectors.mean(0)
    rank = numpy.linalg.matrix_rank(vectors - mean, rtol=max(vectors.shape) * numpy.finfo(numpy.float32).eps)
    u, values, _ = numpy.linalg.svd(numpy.cov(vectors.T))
    kept = min(rank, most)
    return lambda x: (x - mean) @ (u[:, :kept] / numpy.sqrt(values[:kept])), kept


def calibrate(background, questions) -> dict:
    mean = background.mean(0)
    whiten, kept = whitening(background, len(background) // 3)
    unseen = []
    for part in range(PARTS):
        chosen = numpy.arange(len(background)) % PARTS == part
        apply, _ = whitening(background[~chosen], kept)
        unseen += pairs(apply(background[chosen]))
    measures = {"raw": (lambda x: x, pairs(background)), "centred": (lambda x: x - mean, pairs(background - mean))}
    measures["whitened"] = (whiten, unseen)
    answer = {"kept": int(kept), "mean": float(numpy.mean(measures["raw"][1]))}
    for name, (apply, unrelated) in measures.items():
        if not unrelated:
            answer |= {name: None, "kept": 0}
            continue
        cosines = [cosine(apply(a), apply(b)) for a, b in questions]
        percentiles = [percentileofscore(unrelated, c, kind="mean") for c in cosines]
        answer[name] = {"cosines": cosines, "percentiles": percentiles, "pairs": len(unrelated)}
    return answer


def expected_contributions(background):
    units = background / numpy.linalg.norm(background, axis=1, keepdims=True)
    return numpy.mean([a * b for i, a in enumerate(units) for b in units[:i]], axis=0).tolist()


def project(background) -> dict:
    pca = PCA(2, svd_solver="full").fit(background)
    return {"points": pca.transform(background).tolist(), "shares": pca.explained_variance_ratio_.tolist()}


def clusters(background) -> list:
    """The sentences of each cluster, in the order in which average linkage joins them."""
    units = background / numpy.linalg.norm(background, axis=1, keepdims=True)
    distances = 1 - units @ units.T
    found = [[i] for i in range(len(background))]
    for one, two, *_ in average(squareform(distances, checks=False)):
        found.append(found[int(one)] + found[int(two)])
    return found[len(background) :]


def small(sentences: int, hidden: int, copies: int) -> dict:
    background = numpy.array([vector(i, hidden, copies) for i in range(sentences)]).astype(numpy.float64)
    questions = [[vector(n, hidden, copies).astype(numpy.float64) for n in pair] for pair in ((100, 101), (102, 103))]
    answer = calibrate(background, questions)
    answer |= {"expected": expected_contributions(background), "projection": project(background)}
    return answer | {"sentences": sentences, "hidden": hidden, "copies": copies, "clusters": clusters(background)}


def embed(sentences: list[str]):
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModel.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager")
    rows = []
    for sentence in sentences:
        with torch.no_grad():
            rows.append(model(**tokenizer(sentence, return_tensors="pt")).last_hidden_state[0].numpy())
    means = [row.mean(0) for row in rows]
    return {"cls": numpy.array([row[0] for row in rows]), "mean": numpy.array(means)}


def embedded() -> dict:
    background = (ROOT / "config" / "background" / "en.txt").read_text(encoding="utf-8").splitlines()
    known = embed(background)
    asked = embed([sentence for pair in PAIRS for sentence in pair])
    answer = {"pairs": PAIRS, "poolings": {}}
    for pooling, vectors in known.items():
        questions = asked[pooling].astype(numpy.float64).reshape(len(PAIRS), 2, -1)
        answer["poolings"][pooling] = calibrate(vectors.astype(numpy.float64), questions)
    return answer


def main():
    answer = {"made_with": MADE_WITH, "small": {name: small(*shape) for name, shape in CASES.items()}}
    answer["all-MiniLM-L6-v2"] = embedded()
    path = ROOT / "tests" / "reference" / "calibration.json"
    rounded = json.loads(json.dumps(answer), parse_float=lambda text: float(f"{float(text):.9g}"))
    path.write_text(json.dumps(rounded, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
