"""Writes docs/claims.ipynb, or the file that is named, with its outputs: python scripts/notebook.py [FILE], with the package clscope, nbformat, nbclient and ipykernel.

CLSCOPE_BINARY names the program where it is not on the path. The notebook is executed as a whole; a cell that fails ends the script.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CELLS = [
    """# Four claims about `[CLS]`

It is often said that BERT's first token gathers the sentence: that in a word's own vector its own meaning dominates (a), that `[CLS]` mixes the words more
evenly than any word does (b), that its vector is a weighted average of the words (c), and that it stands for the sentence as well as the mean of all tokens (d).
This notebook tests the four on one sentence, with numbers you can work out again, and then on 400 sentences. It needs the package `clscope`
([python.md](python.md)) and nothing from the network; put in your own sentence, or your own model with `model=`.""",
    """import warnings

import clscope
import numpy as np

warnings.simplefilter("ignore", clscope.ClscopeWarning)  # that cls is not how this model was trained to be read

TEXT = "The room was dirty, but the staff were wonderful."
trace = clscope.trace(TEXT, measures=["decompx"])
trace  # in a notebook: a page in which every layer, head and token is explored""",
    """## a. In a word's own vector its own meaning dominates

DecompX divides each last vector among the input tokens and the biases ([measures.md](measures.md)). The share of a token in its own vector, and the largest share:""",
    """lengths = trace["decompx_norm"][-1]                  # [token, token + biases]
shares = lengths[:, :-1] / lengths[:, :-1].sum(axis=1, keepdims=True)
for i, token in enumerate(trace.tokens):
    most = shares[i].argmax()
    print(f"{token:>10}  itself {shares[i, i]:6.1%}   most {trace.tokens[most]:<10} {shares[i, most]:6.1%}")""",
    """Content words are the largest part of their own vector; some function words and signs are not, and the largest part is often less than half.

## b. `[CLS]` mixes the words more evenly than any word does

Evenness is the entropy of the words' shares over its largest value: 1 where all words have the same share.""",
    """words = [i for i, token in enumerate(trace.tokens) if token not in ("[CLS]", "[SEP]")]
parts = shares[:, words] / shares[:, words].sum(axis=1, keepdims=True)
evenness = -(parts * np.log(parts)).sum(axis=1) / np.log(len(words))
for i in np.argsort(-evenness):
    print(f"{trace.tokens[i]:>10}  {evenness[i]:.3f}")""",
    """`[CLS]` is more even than content words, which keep much of themselves, and less even than function words.

## c. `[CLS]` is a weighted average of the words

How much of the last `[CLS]` vector the best sum of the words' last vectors explains, by least squares. Thirteen vectors have hundreds of dimensions, so even a
vector that has nothing to do with them would be explained in part; the second number shuffles the dimensions of `[CLS]`.""",
    """last = trace.last_hidden_state.astype(float)


def explained(vector):
    weights, *_ = np.linalg.lstsq(last[words].T, vector, rcond=None)
    return 1 - np.sum((vector - last[words].T @ weights) ** 2) / np.sum(vector**2)


shuffled = np.random.default_rng(0).permutation(last[0])
print(f"[CLS] {explained(last[0]):.1%}, shuffled {explained(shuffled):.1%}")""",
    """## d. `[CLS]` stands for the sentence as well as the mean does

Cosines of sentences, by the `[CLS]` vector and by the mean that this model was trained to be read as:""",
    """clscope.similarity(
    [TEXT, "Wonderful staff, but a dirty room.", "The train leaves at nine."], pooling=["cls", "mean"]
)""",
    """## The verdicts, on this sentence and on 400

One sentence is one sentence, and says nothing about (d). clscope runs the tests of each claim under several measures, here on 400 unrelated sentences with intervals; a claim holds where every
test that decides holds. `clscope.mixing(file="sentences.txt")` takes your own.""",
    """def verdicts(mixing):
    table = next(table for table in mixing.data["tables"] if table["rows"] and {"claim", "says"} <= set(table["rows"][0]))
    for row in table["rows"]:
        print(row["claim"], row["says"] + ":", row["verdict"])


verdicts(clscope.mixing(TEXT))""",
    """verdicts(clscope.mixing(background="en"))""",
]

cells = [(new_code_cell if at and (at % 2 or at == len(CELLS) - 1) else new_markdown_cell)(text) for at, text in enumerate(CELLS)]
for at, cell in enumerate(cells):
    cell["id"] = f"cell-{at}"
notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
NotebookClient(notebook, timeout=900, kernel_name="python3", record_timing=False).execute()
notebook.metadata.pop("language_info", None)
nbformat.validate(notebook)
path = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs/claims.ipynb")
nbformat.write(notebook, path)
print(path.name, path.stat().st_size // 1000, "kB")
