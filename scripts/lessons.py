"""Makes tests/reference/lessons.json: the numbers that the program's own lessons measure, in torch, numpy and scipy.

    pip install torch==2.15.0 transformers==5.23.0 safetensors==0.8.0 numpy==2.4.6 scipy scikit-learn==1.9.1
    python scripts/lessons.py

In float64, from the float32 weights of the embedded model; written from docs/lessons.md and docs/measures.md, not from clscope's code.
Every test of config/lessons/*.toml has a number here but those of words that the tokenizer splits, and that of the
head for next sentence prediction, which the embedded model lacks.
"""

import csv
import json
import tomllib

import numpy
import scipy
import torch
from measures import EMBEDDED, MADE_WITH, OUT, Read, dots, rolled_out, tokenizer_of
from reference import ROOT
from scipy.optimize import nnls
from scipy.stats import percentileofscore
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

def pooled(read, name):
    words = [at for at, owner in enumerate(read.owners) if owner is not None]
    match name:
        case "cls":
            return read.out[0]
        case "mean":
            return read.out.mean(0)
        case "mean-words":
            return read.out[words].mean(0)
        case "max":
            return read.out.amax(0)
        case "pooled":
            return read.pooler(read.out[0]).tanh()
    raise ValueError(name)


def cosine(a, b):
    return float(torch.cosine_similarity(a, b, dim=0))


def background(name):
    lines = (ROOT / "config" / "background" / f"{name}.txt").read_text().splitlines()
    return [Read(EMBEDDED, line) for line in lines if line.strip() and not line.startswith("#")]


class Lessons:
    def __init__(self):
        self.backgrounds, self.labelled = {}, {}

    def unrelated(self, name, vector):
        if name not in self.backgrounds:
            self.backgrounds[name] = background(name)
        vectors = torch.stack([pooled(read, vector) for read in self.backgrounds[name]])
        unit = torch.nn.functional.normalize(vectors, dim=1).float()
        return (unit @ unit.T)[tuple(torch.tril_indices(len(unit), len(unit), -1))].numpy()

    def trained(self, name, vector):
        """The regression that has seen all sentences, and the accuracy of those that have seen the other folds only."""
        if (name, vector) not in self.labelled:
            with open(ROOT / "config" / "probes" / f"{name}.tsv", encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
            vectors = numpy.stack([pooled(Read(EMBEDDED, row["text"]), vector).numpy() for row in rows])
            labels = numpy.array([row["label"] for row in rows])
            regression = LogisticRegression(tol=1e-8, max_iter=10_000)
            found = cross_val_predict(regression, vectors, labels, cv=StratifiedKFold(5))
            self.labelled[name, vector] = regression.fit(vectors, labels), float((found == labels).mean())
        return self.labelled[name, vector]

    def number(self, text, pair, test):
        read = Read(EMBEDDED, text)
        other = Read(EMBEDDED, pair) if pair else None
        language = "zh" if any("一" <= letter <= "鿿" for letter in text) else "en"
        vector, layer = test.get("vector"), test.get("layer")
        layer = len(read.layers) if layer == "last" else layer
        is_word = [owner is not None and any(letter.isalnum() for letter in token) for owner, token in zip(read.owners, read.tokens)]
        words = [at for at, yes in enumerate(is_word) if yes]
        place = lambda name: [token.lower() for token in read.tokens].index(name.lower())
        match test["quantity"]:
            case "own-share" | "cls-own-share" | "words-more-even" | "words-more-even-apart" if read.words:
                return None
            case "own-share":
                return float(numpy.mean([self.shares(read, test["measure"])[at][at] for at in words]))
            case "cls-own-share":
                return float(self.shares(read, test["measure"])[0][0])
            case "words-more-even" | "words-more-even-apart" as quantity:
                shares = self.shares(read, test["measure"])
                apart = quantity.endswith("apart")
                even = lambda row, without: evenness([abs(row[at]) for at in words if at != without])
                least = even(shares[0], None)
                return sum(even(shares[at], at if apart else None) > least for at in words) / len(words)
            case "average-of-inputs" | "average-of-outputs" as quantity:
                states = (read.x0 if quantity.endswith("inputs") else read.out)[words]
                _, left = nnls(states.numpy().T, read.out[0].numpy())
                return 1 - left**2 / float(read.out[0] @ read.out[0])
            case "mixing-ratio":
                return float(read.mixing(read.block(read.layers[layer - 1]))[place(test["from"])])
            case "head-largest":
                alpha = torch.stack([l["alpha"] for l in read.layers])
                if test["statistic"] == "to previous":
                    return float(alpha.diagonal(-1, -2, -1).mean(-1).max())
                separators = [at for at, token in enumerate(read.tokens) if token == "[SEP]"]
                return float(alpha[..., separators].sum(-1).mean(-1).max())
            case "share":
                l = read.layers[layer - 1]
                to = place(test["to"])
                row = {
                    "weight": lambda: l["alpha"].mean(0),
                    "value-norm": lambda: torch.einsum("hij,hjd->ijd", l["alpha"], l["f"]).norm(dim=-1),
                    "block": lambda: read.block(l).norm(dim=-1),
                }[test["measure"]]()[place(test["from"])]
                return float(row[to] / row.sum())
            case "cosine":
                return cosine(pooled(read, vector), pooled(read, test["other"]))
            case "pair-cosine":
                return cosine(pooled(read, vector), pooled(other, vector))
            case "percentile":
                close = numpy.float32(cosine(pooled(read, vector), pooled(other, vector)))
                return percentileofscore(self.unrelated(language, vector), close, kind="mean") / 100
            case "unrelated-cosine":
                return float(numpy.median(self.unrelated(language, vector)))
            case "unrelated-cosine-gap":
                return float(numpy.median(self.unrelated(language, vector)) - numpy.median(self.unrelated(language, test["other"])))
            case "difference":
                one, two = pooled(read, vector), pooled(read, test["other"])
                return float((one - two).norm() / two.norm())
            case "size-in-tokens":
                return len(pooled(read, vector)) / read.out.shape[1]
            case "largest-value":
                return float(pooled(read, vector).abs().max())
            case "ablated-cosine":
                heads = range(read.config.num_attention_heads)
                cut = Read(EMBEDDED, text, heads=[(layer - 1, head) for head in heads])
                return cosine(pooled(read, vector), pooled(cut, vector))
            case "sweep-largest":
                all_heads = [(n, head) for n in range(len(read.layers)) for head in range(read.config.num_attention_heads)]
                cuts = [Read(EMBEDDED, text, heads=[head]) for head in all_heads]
                return max(1 - cosine(pooled(read, vector), pooled(cut, vector)) for cut in cuts)
            case "accuracy":
                return self.trained(test["labels"], vector)[1]
            case "accuracy-gap":
                return self.trained(test["labels"], vector)[1] - self.trained(test["labels"], test["other"])[1]
            case "probability" | "probability-without" as quantity:
                regression, _ = self.trained(test["labels"], vector)
                if quantity.endswith("without"):
                    read = Read(EMBEDDED, text, masked=[place(test["from"])])
                scores = regression.predict_proba(pooled(read, vector).numpy()[None])[0]
                return float(scores[list(regression.classes_).index(test["label"])])
            case "next-sentence":
                return None
            case "unknown-share":
                text_tokens = [token for token, owner in zip(read.tokens, read.owners) if owner is not None]
                return text_tokens.count("[UNK]") / len(text_tokens)
            case "tokens":
                return len(read.tokens)
        raise ValueError(test)

    @staticmethod
    def shares(read, measure):
        """[S][S] what a token takes from each token behind the last layer, in parts of all; the biases are a part of it."""
        if measure == "alti":
            return rolled_out([read.alti(l) for l in read.layers])[-1].numpy()
        parts = read.decompose()[-1]
        if measure == "dot":
            return dots(parts)[:, :-1].numpy()
        norms = parts.norm(dim=-1)
        return (norms[:, :-1] / norms.sum(-1, keepdim=True)).numpy()


def evenness(shares):
    """Entropy over log n."""
    shares = numpy.array(shares) / sum(shares)
    return float(scipy.stats.entropy(shares) / numpy.log(len(shares)))


def main():
    torch.set_num_threads(1)
    lessons, found = Lessons(), {}
    for path in sorted((ROOT / "config" / "lessons").glob("*.toml")):
        steps, text, pair = [], None, None
        for step in tomllib.loads(path.read_text())["steps"]:
            if "sentence" in step:
                text, pair = step["sentence"], step.get("pair")
            pair = step.get("pair", pair)
            numbers = [lessons.number(text, pair, test) for test in step.get("tests", [])]
            steps.append([None if number is None else float(f"{number:.7g}") for number in numbers])
        found[path.stem] = steps
    out = OUT / "lessons.json"
    made_with = MADE_WITH | {"scipy": scipy.__version__}
    out.write_text(json.dumps({"made_with": made_with, "lessons": found}, separators=(",", ":")) + "\n")
    print(f"{out.name}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    tokenizer_of(EMBEDDED)
    main()
