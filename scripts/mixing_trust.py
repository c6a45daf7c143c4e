"""How DecompX's shares of the words in the last [CLS] follow what happens to it without each word, in torch; and how far the parts cancel.

    python scripts/mixing_trust.py        # every 20th sentence of the background; with what scripts/measures.py needs, and scipy==1.16.3

The numbers stand in tests/library/mixing.rs.
"""

import statistics

import torch
from measures import Read
from reference import EMBEDDED
from scipy.stats import spearmanr


def words_of(read):
    """Each word's tokens, the pieces of one together; what has no letter or digit is none."""
    pieces = {at for start, end in read.words for at in range(start, end)}
    alone = [[at] for at, owner in enumerate(read.owners) if owner is not None and at not in pieces]
    groups = sorted(alone + [list(range(*word)) for word in read.words])
    return [group for group in groups if any(c.isalnum() for at in group for c in read.tokens[at])]


def main():
    background = EMBEDDED.parent.parent / "config" / "background" / "en.txt"
    found = {"masked": [], "hidden": [], "cancelling": []}
    for text in [line for line in background.read_text().splitlines() if line.strip()][::20]:
        read = Read(EMBEDDED, text)
        parts, words = read.decompose()[-1][0], words_of(read)
        lengths = [parts[word].sum(0).norm() for word in words]
        rest = [at for at in range(len(parts)) if not any(at in word for word in words)]
        found["cancelling"].append(float((sum(lengths) + parts[rest].norm(dim=-1).sum()) / parts.sum(0).norm()))
        for name in ("masked", "hidden"):
            without = lambda word: {"replaced" if name == "masked" else "masked": word}
            turned = [1 - torch.cosine_similarity(Read(EMBEDDED, text, **without(word)).out[0], read.out[0], dim=0) for word in words]
            if len(words) > 2:
                found[name].append(float(spearmanr(lengths, turned).statistic))
    for name, numbers in found.items():
        print(f"{name}: {statistics.mean(numbers):.4f}, of {len(numbers)} sentences")


if __name__ == "__main__":
    main()
