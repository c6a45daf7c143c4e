"""Makes tests/reference/family_lists.json: what a list of pairs and a list of sentences come to under every family of encoders.
Needs what measures.py needs, and scipy==1.17.1.

    python scripts/family_lists.py

`pairs` (two sentences and a score) and `sentences` are the lists. Of each checkpoint of tests/reference/families, `correlations` are
scipy's, of the scores with the cosines of transformers' last hidden states, of the first token (`cls`) and of the mean of all;
`taken` is the mean mixing ratio of the first token in each layer, and `dot` the mean share of the tokens' own vectors, of the first
(`cls`), and of the biases in the last vector of the first token and in the mean of all, in float64 as in measures.py.
"""

import itertools
import json

import torch
from measures import CASES, OUT, Read
from reference import MADE_WITH
from scipy.stats import pearsonr, spearmanr

PAIRS = [
    ("the cat sat", "the cat sat.", 5.0),
    ("the dog sat", "a dog sat", 4.5),
    ("it is a cat", "is it a cat?", 4.0),
    ("the mat", "on the mat", 3.5),
    ("the cat", "the dog", 3.0),
    ("it sat on it", "the dog sat!", 2.5),
    ("not it", "it is", 2.0),
    ("a bank?", "a mat", 1.5),
    ("the dog", "not a bank", 1.0),
    ("on it", "the cat is not", 0.5),
    ("a", "sat on the bank!", 0.0),
]
SENTENCES = ["the cat is on it.", "Is the dog on it?", "the mat", "it sat, not a dog!"]


# Its vectors are all but the same, so that ranks would be those of rounding.
SATURATED = "families/albert-groups"


def correlations(folder) -> dict:
    reads = {text: Read(folder, text, dtype=torch.float32).out for text in itertools.chain(*[pair[:2] for pair in PAIRS])}
    found = {}
    for pooling, pool in {"cls": lambda out: out[0], "mean": lambda out: out.mean(0)}.items():
        cosines = [float(torch.cosine_similarity(pool(reads[a]), pool(reads[b]), dim=0)) for a, b, _ in PAIRS]
        ordered = sorted(cosines)
        assert min(b - a for a, b in itertools.pairwise(ordered)) > 2e-5, (folder, pooling, "ranks would depend on rounding")
        scores = [score for _, _, score in PAIRS]
        found[pooling] = {"spearman": float(spearmanr(cosines, scores).statistic), "pearson": float(pearsonr(cosines, scores).statistic)}
    return found


def mixing(folder) -> dict:
    reads = [Read(folder, text) for text in SENTENCES]
    assert all(len(read.tokens) <= 24 for read in reads), [len(read.tokens) for read in reads]
    mean = lambda numbers: float(torch.stack(list(numbers)).mean())
    arrays = [read.arrays() for read in reads]
    dot = {"cls": [each["decompx_dot"][-1][0] for each in arrays], "mean": [each["mean_dot"] for each in arrays]}
    return {
        "taken": [mean(each["mixing_block"][layer][0] for each in arrays) for layer in range(len(reads[0].layers))],
        "dot": {
            vector: {"cls": mean(shares[0] for shares in each), "biases": mean(shares[-1] for shares in each)}
            for vector, each in dot.items()
        },
    }


def main() -> None:
    folders = [name for name in CASES if name.startswith("families/")]
    correlated = lambda name: {} if name == SATURATED else {"correlations": correlations(OUT / name)}
    models = {name.removeprefix("families/"): correlated(name) | mixing(OUT / name) for name in folders}
    rounded = json.loads(json.dumps(models), parse_float=lambda number: round(float(number), 7))
    lines = [f"{json.dumps(name)}:{json.dumps(found, separators=(',', ':'))}" for name, found in rounded.items()]
    lists = json.dumps({"made_with": MADE_WITH, "pairs": PAIRS, "sentences": SENTENCES}, separators=(",", ":"))
    (OUT / "family_lists.json").write_text(lists[:-1] + ',"models":{\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
