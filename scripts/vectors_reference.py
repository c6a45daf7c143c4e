"""Makes tests/reference/vectors: vectors as people have them, made by sentence-transformers and transformers in known ways.

    pip install torch transformers sentence-transformers pandas pyarrow
    python scripts/vectors_reference.py

The encoder is forms/safetensors-f32, with what sentence_transformers/default-prompt has beside it (mean, Normalize, the default
prompt "query"). `clscope models check --vectors` has to find out each way. No network, some seconds.
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet
import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer

REFERENCE = Path(__file__).resolve().parent.parent / "tests" / "reference"
OUT = REFERENCE / "vectors"

TEXTS = [
    "The cat sat on the mat.",
    "Dogs bank it!",
    "a dog sat on the bank. the cats sat.",
    "not a mat! not the cat?",
    "not THE cat? not the dog. the cats sat on the bank, a dog sat on it! not a mat.",
    "it sat on it, it sat on the cat, it sat on the dog, not on the mat!",
]


def jsonl(name: str, vectors: numpy.ndarray) -> None:
    lines = [json.dumps({"sentence": text, "embedding": [float(f"{x:.7g}") for x in vector]}) for text, vector in zip(TEXTS, vectors)]
    (OUT / name).write_text("\n".join(lines) + "\n")


def states(folder: str, limit: int):
    """Last hidden states and mask of each text, as transformers gives them."""
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    inputs = tokenizer(TEXTS, padding=True, truncation=True, max_length=limit, return_tensors="pt")
    with torch.no_grad():
        return model(**inputs), inputs["attention_mask"]


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    (OUT / "texts.txt").write_text("\n".join(TEXTS) + "\n")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(REFERENCE / "forms" / "safetensors-f32", folder, dirs_exist_ok=True)
        shutil.copytree(REFERENCE / "sentence_transformers" / "default-prompt", folder, dirs_exist_ok=True)
        model = SentenceTransformer(folder, device="cpu", local_files_only=True)
        numpy.savez(OUT / "declared.npz", embeddings=model.encode(TEXTS))
        jsonl("no-prompt.jsonl", model.encode(TEXTS, prompt=""))
        jsonl("passage.jsonl", model.encode(TEXTS, prompt_name="passage"))
        model.max_seq_length = 9
        short = model.encode(TEXTS, prompt="")
        pyarrow.parquet.write_table(
            pyarrow.table({"id": range(len(TEXTS)), "text": TEXTS, "vector": [vector.tolist() for vector in short]}),
            OUT / "limit-9.parquet",
        )
        output, mask = states(folder, 20)
        numpy.save(OUT / "cls.npy", output.last_hidden_state[:, 0].numpy().astype("f8"))
        pooled = output.last_hidden_state.masked_fill(mask[..., None] == 0, -torch.inf).max(1).values
        jsonl("max-scaled.jsonl", 3 * pooled.numpy())
        numpy.save(OUT / "first-eight.npy", torch.nn.functional.normalize(output.last_hidden_state[:, 0])[:, :8].numpy())
        random = numpy.random.default_rng(7).normal(size=(len(TEXTS), 16)).astype("f4")
        numpy.save(OUT / "other-model.npy", random)


if __name__ == "__main__":
    main()
