"""Why two sentences are close, in torch: the reference for `similarity --explain` (tests/reference/explanation.json).

    pip install torch==2.15.0 transformers==5.23.0 safetensors==0.8.0 numpy==2.4.6
    python scripts/explanation.py

In float64, from the float32 weights. The cosine of two sums is the sum of u_k.v_l / (|u| |v|); the parts of the inputs are those of
DecompX (scripts/measures.py), the biases last.
"""

import json

import torch
from measures import EMBEDDED, MADE_WITH, OUT, Read, tensor, tokenizer_of

CASES = {
    "checkpoints/tiny-pooler": [("The unable cat.", "A dog?"), ("Zooed!", "The cat ran.")],
    "checkpoints/tiny-no-pooler": [("A dog played.", "Was it?")],
    "forms/act-relu": [("The dog played.", "A cat ran.")],
    EMBEDDED.name: [("A man is playing a guitar.", "Someone is making music."), ("The unhappiest strummers left.", "Nobody stayed.")],
}


def table(u, v):
    return u @ v.T / (u.sum(0).norm() * v.sum(0).norm())


def parts(read, pooling, special):
    """[S+1,D] of a sentence's vector, from the inputs and from the last layer."""
    states, none = read.decompose()[-1], torch.zeros_like(read.out[:1])
    words = [at for at, token in enumerate(read.tokens) if token not in special]
    match pooling:
        case "cls":
            last = torch.zeros_like(read.out)
            last[0] = read.out[0]
            return states[0], torch.cat([last, none])
        case "mean":
            return states.mean(0), torch.cat([read.out / read.S, none])
        case "mean-words":
            last = torch.zeros_like(read.out)
            last[words] = read.out[words] / len(words)
            return states[words].mean(0), torch.cat([last, none])
        case "pooled":
            last = torch.zeros_like(read.out)
            last[0] = read.pooler(read.out[0]).tanh()
            return read.pool(states[0]), torch.cat([last, none])


def nearest(a, b):
    """For each token of a's text the place and the cosine of its nearest of b's."""
    words = [[at for at, owner in enumerate(read.owners) if owner is not None] for read in (a, b)]
    cosines = torch.nn.functional.normalize(a.out[words[0]], dim=-1) @ torch.nn.functional.normalize(b.out[words[1]], dim=-1).T
    best, at = cosines.max(-1)
    return {"tokens": words[0], "nearest": [words[1][place] for place in at.tolist()], "cosines": tensor(best)}


def case(folder, a, b):
    read = [Read(folder, text) for text in (a, b)]
    found, special = {}, tokenizer_of(folder).all_special_tokens
    for pooling in ("mean", "mean-words", "cls", "pooled"):
        if pooling == "pooled" and read[0].pooler is None:
            continue
        of = [parts(each, pooling, special) for each in read]
        for at, name in enumerate(("inputs", "last-layer")):
            terms, vectors = table(of[0][at], of[1][at]), [each[1].sum(0) for each in of]
            assert (terms.sum() - torch.cosine_similarity(*vectors, dim=0)).abs() < 1e-9, (folder, pooling, name)
            found[f"{pooling} {name}"] = tensor(terms)
    return {"a": a, "b": b, "terms": found, "nearest": nearest(*read), "nearest_back": nearest(*reversed(read))}


def main():
    folder = lambda name: EMBEDDED if name == EMBEDDED.name else OUT / name
    models = {name: [case(folder(name), *texts) for texts in cases] for name, cases in CASES.items()}
    path = OUT / "explanation.json"
    path.write_text(json.dumps({"made_with": MADE_WITH, "models": models}, separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
