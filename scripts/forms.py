"""Makes tests/reference/{forms,refused,tokenizers.json}: BERT checkpoints in every form they come in, and what
transformers makes of each. Needs what reference.py needs, no network, and takes seconds.

    python scripts/forms.py             # make everything again, from fixed seeds
    python scripts/forms.py --check     # make it elsewhere and say whether it is byte for byte what lies here

Where transformers no longer writes a form, its own save is written again in that form. Each form is opened by
transformers and held against the weights it was made from, so that no form passes by a random initialisation.
tests/reference/README.md describes the files.
"""

import dataclasses
import filecmp
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import numpy
import tokenizers
import torch
import transformers
from huggingface_hub import split_torch_state_dict_into_shards
from reference import MADE_WITH, OUT, Reference, tensor
from safetensors.torch import load_file, save_file
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    BertForPreTraining,
    BertForSequenceClassification,
    BertModel,
    BertTokenizer,
)

# ---- the model every form holds ----------------------------------------------------------------------------------

# Small, because whole vocabularies and vocabulary-wide probabilities are what makes these files big.
VOCABULARY = [
    *"[PAD] [UNK] [CLS] [SEP] [MASK]".split(),
    *"abcdefghijklmnopqrstuvwxyz",
    *"##a ##e ##n ##s ##t ##ing".split(),
    *".!?",
    *"the cat sat on mat dog bank it not".split(),
]
CONFIGURATION = dict(
    vocab_size=len(VOCABULARY), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=20,
    max_position_embeddings=20, initializer_range=0.5,
)

CASES = [("The cats sat.", None), ("A bank?", "Not the dog!")]
HEAD_CASES = [("The [MASK] sat.", None), ("A bank?", "[MASK] the dog!")]
LONG_CASE = ("The cat sat on the mat. " * 5, "Not it! " * 8)  # more than 40 tokens; both sentences lose some


def randomise(model: torch.nn.Module, seed: int) -> None:
    """A fresh BERT has zero biases and unit scales; mixing any of them up would not show."""
    random = numpy.random.default_rng(seed)
    with torch.no_grad():
        for key, parameter in sorted(model.named_parameters()):
            scale, centre = model.config.initializer_range, 0.0
            if key.endswith("LayerNorm.weight"):
                scale, centre = 0.2, 1.0
            elif key.endswith("bias"):
                scale = min(scale, 0.2)
            parameter.copy_(torch.from_numpy(random.normal(centre, scale, parameter.shape)))


# ---- how weights are stored --------------------------------------------------------------------------------------
# Each takes a folder that model.save_pretrained has just filled (config.json, model.safetensors) and changes that.

SAFETENSORS, BIN = "model.safetensors", "pytorch_model.bin"


def as_saved(folder: Path, model) -> None:
    pass


def safetensors_sharded(folder: Path, model) -> None:
    (folder / SAFETENSORS).unlink()
    model.save_pretrained(folder, max_shard_size="5KB")
    assert len(list(folder.glob("model-0000?-of-0000?.safetensors"))) >= 3


def rekeyed(change: Callable[[dict], dict]) -> Callable:
    """A file of the same tensors under other keys."""

    def write(folder: Path, model) -> None:
        weights = change(load_file(folder / SAFETENSORS))
        save_file({key: value.contiguous().clone() for key, value in weights.items()}, folder / SAFETENSORS,
                  metadata={"format": "pt"})

    return write


def gamma_beta(weights: dict) -> dict:
    """What transformers' converter from TensorFlow wrote, google-bert/bert-base-uncased to this day."""
    spellings = {"LayerNorm.weight": "LayerNorm.gamma", "LayerNorm.bias": "LayerNorm.beta"}
    for new, old in spellings.items():
        weights = {key.replace(new, old): value for key, value in weights.items()}
    return weights


def position_ids(prefix: str = "") -> dict:
    """A buffer that transformers stored until 4.31: [1, max_position_embeddings], int64."""
    positions = torch.arange(CONFIGURATION["max_position_embeddings"]).unsqueeze(0)
    return {f"{prefix}embeddings.position_ids": positions}


def state_dict_as_of_old(model) -> dict:
    """The state dict (an OrderedDict that carries `_metadata`) with what a .bin has and a .safetensors cannot have."""
    state = model.state_dict()
    layer = "bert.encoder.layer.0."
    # Tied: one storage under two keys, for the weight and for the bias.
    for tied, to in BertForPreTraining._tied_weights_keys.items():
        assert state[tied].data_ptr() == state[to].data_ptr()
    # A transposed view, as converters from TensorFlow leave it: strides (1, n).
    key = layer + "intermediate.dense.weight"
    state[key] = state[key].t().contiguous().t()
    assert not state[key].is_contiguous()
    # Slices of one fused tensor: storage offsets, and columns of it: strides (3n, 1).
    fused = torch.cat([state[f"{layer}attention.self.{part}.weight"] for part in ("query", "key", "value")])
    for part, rows in zip(("query", "key", "value"), fused.chunk(3)):
        state[f"{layer}attention.self.{part}.weight"] = rows
    assert state[f"{layer}attention.self.value.weight"].storage_offset() > 0
    wide = torch.cat([state[f"{layer}attention.output.dense.weight"]] * 3, dim=1)
    state[f"{layer}attention.output.dense.weight"] = wide.chunk(3, dim=1)[1]
    state.update(position_ids("bert."))
    return state


def bin_zip(folder: Path, model) -> None:
    (folder / SAFETENSORS).unlink()
    torch.save(state_dict_as_of_old(model), folder / BIN)


def bin_plain(folder: Path, model) -> None:
    (folder / SAFETENSORS).unlink()
    torch.save(model.state_dict(), folder / BIN)


def bin_sharded(folder: Path, model) -> None:
    """As transformers 4 did with safe_serialization=False: a plain dict a shard."""
    (folder / SAFETENSORS).unlink()
    state = model.state_dict()
    pattern = BIN.replace(".bin", "{suffix}.bin")
    split = split_torch_state_dict_into_shards(state, filename_pattern=pattern, max_shard_size="5KB")
    for name, keys in split.filename_to_tensors.items():
        # Contiguous and cloned, or a shard would hold the storage of what it shares.
        torch.save({key: state[key].contiguous().clone() for key in keys}, folder / name)
    index = {"metadata": split.metadata, "weight_map": split.tensor_to_filename}
    (folder / f"{BIN}.index.json").write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")
    assert len(split.filename_to_tensors) >= 3


def bin_legacy(folder: Path, model) -> None:
    """Before PyTorch 1.6: five pickles and then raw storages, no zip. Values are Parameters here, as in files saved
    with keep_vars; config.json names no model_type, as the oldest do not."""
    (folder / SAFETENSORS).unlink()
    numbers = {}
    address = torch._C.StorageBase._cdata.__get__
    # The format calls a storage by its address; counting them instead keeps the file the same from run to run.
    counted = property(lambda storage: 94_000_000_000_000 + 96 * numbers.setdefault(address(storage), len(numbers)))
    with mock.patch.object(torch.UntypedStorage, "_cdata", counted, create=True):
        torch.save(model.state_dict(keep_vars=True), folder / BIN, _use_new_zipfile_serialization=False)
    settings = json.loads((folder / "config.json").read_text())
    del settings["model_type"]
    (folder / "config.json").write_text(json.dumps(settings, indent=2) + "\n")


def bin_and_safetensors(folder: Path, model) -> None:
    """Both, and different, so that it shows which one is read."""
    other = type(model)(model.config)
    randomise(other, 99)
    torch.save(other.state_dict(), folder / BIN)


def prefixed(prefix: str) -> Callable:
    return rekeyed(lambda weights: {prefix + key: value for key, value in weights.items()})


def lightning(folder: Path, model) -> None:
    """What a trainer writes to go on from: the weights in a dict among other things, with tensors of the optimizer's."""
    (folder / SAFETENSORS).unlink()
    weights = {f"model.{key}": value for key, value in model.state_dict().items()}
    moments = {index: {"exp_avg": torch.zeros_like(value)} for index, value in enumerate(list(weights.values())[:3])}
    torch.save({"epoch": 3, "state_dict": weights, "hyper_parameters": {"rate": 2e-5},
                "optimizer_states": [{"state": moments, "param_groups": []}]}, folder / BIN)


def old_bias(weights: dict) -> dict:
    """decoder.weight in the file, its bias only under the older name (as in bert-base-uncased's .bin)."""
    assert "cls.predictions.decoder.bias" not in weights
    return weights | {"cls.predictions.decoder.weight": weights["bert.embeddings.word_embeddings.weight"]}


def both_stored(weights: dict) -> dict:
    """tie_word_embeddings is true, but decoder.weight is there and is another: transformers 5 then does not tie."""
    other = torch.from_numpy(numpy.random.default_rng(98).normal(0, 0.5, (len(VOCABULARY), 16))).float()
    return weights | {"cls.predictions.decoder.weight": other}


# ---- the forms ---------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Form:
    configuration: dict = dataclasses.field(default_factory=dict)
    model_class: type = BertModel
    arguments: dict = dataclasses.field(default_factory=dict)
    dtype: torch.dtype = torch.float32
    write: Callable = as_saved
    cases: list = dataclasses.field(default_factory=lambda: CASES)
    # Written when transformers has read the form: what it would not open, though the same weights are in it.
    write_last: Callable = as_saved
    # A reader that took this from a wrong place would be caught: settings that must change the numbers.
    mistaken: dict = dataclasses.field(default_factory=dict)

    @property
    def has_pooler(self) -> bool:
        return self.model_class is not BertForMaskedLM and self.arguments.get("add_pooling_layer", True)

    @property
    def has_head(self) -> bool:
        return self.model_class in (BertForMaskedLM, BertForPreTraining)


def pretraining(**settings) -> Form:
    return Form(model_class=BertForPreTraining, cases=HEAD_CASES, **settings)


def masked_language(**settings) -> Form:
    return Form(model_class=BertForMaskedLM, cases=HEAD_CASES, **settings)


# Two layers, so that a layer can lie in another shard than the one before it.
TWO_LAYERS = {"num_hidden_layers": 2}

FORMS = {
    # Weights.
    "safetensors-f32": Form(),
    "safetensors-f16": Form(dtype=torch.float16),
    "safetensors-bf16": Form(dtype=torch.bfloat16),
    "safetensors-sharded": Form(TWO_LAYERS, write=safetensors_sharded),
    "bin": pretraining(configuration=TWO_LAYERS, write=bin_zip),
    "bin-f16": Form(dtype=torch.float16, write=bin_plain),
    "bin-sharded": Form(TWO_LAYERS, write=bin_sharded),
    "bin-legacy": Form(write=bin_legacy),
    "bin-and-safetensors": Form(write=bin_and_safetensors),
    # Key spellings.
    "keys-bert-prefix": pretraining(),
    "keys-gamma-beta": pretraining(write=rekeyed(gamma_beta)),
    "keys-position-ids": Form(write=rekeyed(lambda weights: weights | position_ids())),
    "keys-classifier": Form(model_class=BertForSequenceClassification),
    "keys-no-pooler": Form(arguments={"add_pooling_layer": False}),
    # Configuration.
    "act-gelu-new": Form({"hidden_act": "gelu_new"}, mistaken={"hidden_act": "gelu"}),
    "act-gelu-pytorch-tanh": Form({"hidden_act": "gelu_pytorch_tanh"}, mistaken={"hidden_act": "gelu"}),
    "act-relu": Form({"hidden_act": "relu"}, mistaken={"hidden_act": "gelu"}),
    "act-silu": Form({"hidden_act": "silu"}, mistaken={"hidden_act": "gelu"}),
    "type-vocab-1": Form({"type_vocab_size": 1}),
    # Small numbers, so that ε shows.
    "eps-1e-5": Form({"layer_norm_eps": 1e-5, "initializer_range": 0.02}, mistaken={"layer_norm_eps": 1e-12}),
    "heads-3-of-24": Form({"hidden_size": 24, "num_attention_heads": 3}, mistaken={"num_attention_heads": 2}),
    "max-positions-40": Form({"max_position_embeddings": 40, "num_attention_heads": 1}, cases=[CASES[0], LONG_CASE]),
    # Masked-language heads. `mlm` stores neither decoder.weight nor decoder.bias: both are tied.
    "mlm": masked_language(),
    "mlm-untied": masked_language(configuration={"tie_word_embeddings": False}),
    "mlm-bias-only-old": masked_language(write=rekeyed(old_bias)),
    "mlm-both-stored": masked_language(write=rekeyed(both_stored)),
    # What other trainers write.
    "keys-module-prefix": pretraining(configuration={"tie_word_embeddings": False}, write_last=prefixed("module.")),
    "keys-auto-model-prefix": Form(write_last=prefixed("0.auto_model.")),
    "bin-state-dict": pretraining(write_last=lightning),
}


class FormReference(Reference):
    """transformers on one form's folder; fails where it had to make anything up."""

    def __init__(self, folder: Path, form: Form, **overrides):
        self.has_pooler = form.has_pooler
        self.model = self.opened(
            BertModel, folder, add_pooling_layer=form.has_pooler, attn_implementation="eager", **overrides
        )
        self.head = self.opened(BertForMaskedLM, folder, attn_implementation="eager") if form.has_head else None
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.longest = self.model.config.max_position_embeddings
        self.plain = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))

    @staticmethod
    def opened(model_class: type, folder: Path, **arguments):
        model, report = model_class.from_pretrained(
            folder, dtype=torch.float32, output_loading_info=True, **arguments
        )
        assert not report["missing_keys"] and not report["mismatched_keys"], (folder, report)
        return model.eval()

    def inputs(self, text: str, pair: str | None) -> dict:
        inputs = self.tokenizer(text, pair, truncation=True, max_length=self.longest, return_tensors="pt")
        if self.model.config.type_vocab_size == 1:
            # The tokenizer says 1 for sentence B all the same, which such a model has no row for.
            if pair is not None:
                try:
                    self.model(**inputs)
                except IndexError:
                    pass
                else:
                    raise AssertionError("transformers reads type id 1 now; the reference must follow")
            inputs["token_type_ids"].zero_()
        return inputs

    def trace(self, text: str, pair: str | None) -> dict:
        return self.traces(**self.inputs(text, pair))[0]

    def case(self, text: str, pair: str | None) -> dict:
        inputs = self.inputs(text, pair)
        case = self.tokens(text, pair) | {"token_type_ids": inputs["token_type_ids"][0].tolist()}
        trace = self.trace(text, pair)
        case |= {part: None if values is None else tensor(values, 7) for part, values in trace.items()}
        if self.head is not None:
            with torch.no_grad():
                probabilities = self.head(**inputs).logits[0].softmax(dim=-1)
            case["mlm"] = tensor(probabilities.numpy(), 7)
        return case


def make_form(name: str, form: Form, seed: int, forms: Path) -> None:
    torch.manual_seed(seed)
    model = form.model_class(BertConfig(**CONFIGURATION | form.configuration), **form.arguments)
    randomise(model, seed)
    model = model.to(form.dtype).eval()
    folder = forms / name
    model.save_pretrained(folder)
    form.write(folder, model)
    BertTokenizer(vocab={token: index for index, token in enumerate(VOCABULARY)}).save_pretrained(folder)

    reference = FormReference(folder, form)
    encoder = model.base_model.state_dict()
    opened = reference.model.state_dict()
    assert opened.keys() == encoder.keys() and all((opened[key] == encoder[key].float()).all() for key in opened), name
    for setting, value in form.mistaken.items():
        mistaken = FormReference(folder, form, **{setting: value})
        apart = max(numpy.abs(a["hidden_states"] - b["hidden_states"]).max() for a, b in
                    ((reference.trace(*case), mistaken.trace(*case)) for case in form.cases))
        assert apart > 4e-4, f"{name}: {setting} = {value} moves no number by more than {apart}"  # 20 tolerances
    if form.has_head:
        tied = (reference.head.cls.predictions.decoder.weight == opened["embeddings.word_embeddings.weight"]).all()
        assert tied == (name not in ("mlm-untied", "mlm-both-stored", "keys-module-prefix")), name

    cases = [reference.case(*case) for case in form.cases]
    form.write_last(folder, model)
    write(forms / f"{name}.json", {"model": name, "made_with": MADE_WITH, "cases": cases, "batches": []})


# ---- tokenizers --------------------------------------------------------------------------------------------------

# The specials are not the first five, just as in published vocabularies. What decides between the forms is here in each
# of its readings: words in both cases, accents kept and stripped, Chinese with and without ##, Hangul whole and as
# letters.
TOKENIZER_VOCABULARY = [
    *"[PAD] [unused0] [unused1] [UNK] [CLS] [SEP] [MASK]".split(),
    *"abcdefghijklmnopqrstuvwxyz",
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *"ACDEHIKNTZ ##A ##E ##N ##T".split(),
    *"0123456789",
    *"##0 ##1 ##2 ##4".split(),
    *".,!?'\"-:/()[]<>@#_$+=§“”—…。，？",
    *"the The cat Cat on is it don CAT mask ent cafe café Café naive naïve ##ing ##ed http www com".split(),
    *"é É ü Ü ß ö ı ##é ##ü ##ß ##ı".split(),
    *("\u0301", "##\u0301", "##\u0307", "##\u0308"),
    *"猫 你 好 世 界 银 行 ##好 ##界 ##行".split(),
    *"か が カ ##か ##が ##カ ##ー".split(),
    *("##\u3099", "한", "##국", "\u1112", "##\u1161", "##\u11ab", "##\u1100", "##\u116e", "##\u11a8"),
    *("م", "##ر", "##ح", "##ب", "##ا", "##\u064e"),
    *"ο ##δ ##ο ##σ ##ς Ο".split(),
    *"🙂 👨 ##👩 ##👧 ##🙂".split(),
    *(mark + letter * 10 for letter in "aeé" for mark in ("", "##")),  # so that 100 letters are 10 tokens
]

TEXTS = [
    "The cat is on it, isn't it?",
    "Don't: (cat) [cat] \"cat\" cat's cats... cat-cat!",
    "THE CAT ON CAT",
    "café Café CAFÉ naïve",
    "cafe\u0301 CAFE\u0301 nai\u0308ve \u0301a",
    "İi ıI DİZİ",
    "Straße STRASSE ẞ größe",
    "ΟΔΟΣ οδος",
    "🙂 cat🙂 👨\u200d👩\u200d👧 👍🏽 ❤\ufe0f 🇩🇪",
    "你好世界。银行，猫？",
    "cat猫cat 𠀀猫",
    "かが ガ カー か\u3099",
    "한국 한\u0020국 ㄱ",
    "مرحبا مَر",
    "ｃａｔ ﬁ ① ½ №",
    "a\x07b \x1b[31mcat\x1b[0m a\x7fb a\x9fb \ufffd a",
    "a\x00b",
    "a\u200bb a\ufeffb a\u00adb a\u2060b",
    "a\u00a0b a\u3000b a\u2009b a\u202eb\u202c a\u2028b",
    "  \tcat\n\ncat\r\ncat\t ",
    "x" * 101,
    "a" * 100,
    "cat-" + "x" * 101 + "-cat",
    "é" * 100,
    "é" * 50 + "e\u0301" * 50,
    "the [MASK] is [MASK]cat[MASK].",
    "[CLS] the [SEP] cat [PAD] [UNK] [unused0] [unused5]",
    "[mask] [Mask] [MASK ] [[MASK]]",
    "the cat ##ing ##s # #",
    "3.14 2024 1,000 $5 -2 20°",
    "http://www.cat.com/a_b?c=d#e a@b.com",
    "<ent> cat<ent>cat <ENT> < ent > <ent",
    "Big Cat big cat BigCat <big>",
    "cat [E] cat[E]cat [e] a [E]",
    "cat <lr> cat <lr>cat cat<w>cat <w> <w>.",
    "a\\b `a` ^a~ a|b a+b=c a§b a¿b “cat” ‘cat’ a—b",
    "ꙮ ᏣᎳᎩ ᎪᎩ Ǆ ŉ ǰ",
    "",
    "   \t\n ",
    "\x07\u200b",
    "\u0301",
]
PAIRS = [
    ("The cat?", "It is on the CAFÉ."),
    ("", "cat"),
    ("cat", ""),
    ("", ""),
    ("the [SEP] cat", "[CLS] 你好 <ent>"),
]
LONGEST = 64  # no text is cut


def added_token(content: str, **flags) -> dict:
    return dict(content=content, lstrip=False, normalized=False, rstrip=False, single_word=False, special=False) | flags


SPECIALS = dict(unk_token="[UNK]", sep_token="[SEP]", pad_token="[PAD]", cls_token="[CLS]", mask_token="[MASK]")


def late(**settings) -> dict:
    """tokenizer_config.json as the last transformers 4 saved it."""
    specials = {
        str(index): added_token(token, special=True)
        for index, token in enumerate(TOKENIZER_VOCABULARY) if token in SPECIALS.values()
    }
    return {
        "added_tokens_decoder": specials, "clean_up_tokenization_spaces": True, "do_lower_case": True,
        "model_max_length": LONGEST, "strip_accents": None, "tokenize_chinese_chars": True,
        "tokenizer_class": "BertTokenizer",
    } | SPECIALS | settings


def vocabulary_file(**files) -> dict:
    return {"vocab.txt": "".join(f"{token}\n" for token in TOKENIZER_VOCABULARY)} | {
        name.replace("_json", ".json"): content for name, content in files.items()
    }


def tokenizer_file(**settings) -> dict:
    """tokenizer.json alone."""
    vocabulary = {token: index for index, token in enumerate(TOKENIZER_VOCABULARY)}
    return {"tokenizer.json": json.loads(BertTokenizer(vocab=vocabulary, **settings).backend_tokenizer.to_str())}


FIRST = len(TOKENIZER_VOCABULARY)

# name: its files, text or JSON
TOKENIZERS = {
    "tok-vocab-uncased": vocabulary_file(tokenizer_config_json=late()),
    "tok-vocab-cased": vocabulary_file(
        # As bert-base-cased's was until 2023, with strip_accents spelled out.
        tokenizer_config_json={"do_lower_case": False, "model_max_length": LONGEST, "strip_accents": None}
    ),
    "tok-vocab-chinese": vocabulary_file(
        tokenizer_config_json=late(do_lower_case=False, tokenize_chinese_chars=True), special_tokens_map_json=SPECIALS
    ),
    "tok-vocab-no-chinese-split": vocabulary_file(tokenizer_config_json=late(tokenize_chinese_chars=False)),
    "tok-vocab-strip-accents-false": vocabulary_file(tokenizer_config_json=late(strip_accents=False)),
    "tok-vocab-strip-accents-true": vocabulary_file(
        tokenizer_config_json=late(do_lower_case=False, strip_accents=True)
    ),
    # As transformers saved before 4.34. Tokens of added_tokens.json that are not special match after normalisation.
    "tok-vocab-added-tokens": vocabulary_file(
        tokenizer_config_json={"do_lower_case": True, "additional_special_tokens": ["[E]"]},
        special_tokens_map_json=SPECIALS | {"additional_special_tokens": ["[E]"]},
        added_tokens_json={"<ent>": FIRST, "[E]": FIRST + 1, "Big Cat": FIRST + 2},
    ),
    # As it saved from 4.34 on; then added_tokens.json is not read.
    "tok-vocab-added-tokens-decoder": vocabulary_file(
        tokenizer_config_json=late(
            additional_special_tokens=["[E]"],
            added_tokens_decoder=late()["added_tokens_decoder"] | {
                "1": added_token("[unused0]", special=True),
                str(FIRST): added_token("<ent>"),
                str(FIRST + 1): added_token("[E]", special=True),
                str(FIRST + 2): added_token("Big Cat", normalized=True),
                str(FIRST + 3): added_token("<lr>", lstrip=True, rstrip=True),
                str(FIRST + 4): added_token("<w>", single_word=True),
            },
        ),
        added_tokens_json={"<big>": FIRST},
    ),
    # Lower-cases, by BertTokenizer's defaults. (No line break at the end of the file.)
    "tok-vocab-only": {"vocab.txt": "\n".join(TOKENIZER_VOCABULARY)},
    "tok-json": tokenizer_file() | {"tokenizer_config.json": late()},
    # tokenizer_config.json or else BertTokenizer's defaults win over tokenizer.json's normalizer (here: keep case) ...
    "tok-json-only": tokenizer_file(do_lower_case=False),
    "tok-json-config-differs": tokenizer_file(do_lower_case=False) | {"tokenizer_config.json": late()},
    # ... unless the class is the one that reads tokenizer.json as it is. (Without model_input_names, transformers 5
    # would leave token_type_ids out for this class, and the model would read a pair with zeros; 4 gave them.)
    "tok-json-fast-class": tokenizer_file(do_lower_case=False) | {
        "tokenizer_config.json": late(
            tokenizer_class="PreTrainedTokenizerFast",
            model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        )
    },
}


def encoded(tokenizer, text: str, pair: str | None) -> dict:
    encoding = tokenizer(text, pair, return_offsets_mapping=True)
    ids, owners = encoding["input_ids"], encoding.sequence_ids(0)
    assert len(ids) <= LONGEST, text
    added = tokenizer.added_tokens_decoder
    return {
        "text": text,
        "pair": pair,
        # The vocabulary's names. (encoding.tokens() has the blanks that a token with lstrip or rstrip takes in.)
        "tokens": tokenizer.convert_ids_to_tokens(ids),
        "input_ids": ids,
        "token_type_ids": encoding["token_type_ids"],
        "spans": [None if owner is None else list(span) for owner, span in zip(owners, encoding["offset_mapping"])],
        "special": [int(index in added and added[index].special) for index in ids],
    }


def make_tokenizers(forms: Path) -> dict:
    """The folders, which share one model, and what transformers reads with each."""
    config = BertConfig(
        vocab_size=len(TOKENIZER_VOCABULARY) + 8, hidden_size=4, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=4, max_position_embeddings=LONGEST, initializer_range=0.5,
    )
    model = BertModel(config)
    randomise(model, 50)
    assert len(set(TOKENIZER_VOCABULARY)) == len(TOKENIZER_VOCABULARY) and len(set(VOCABULARY)) == len(VOCABULARY)
    answers = {}
    for name, files in TOKENIZERS.items():
        folder = forms / name
        model.save_pretrained(folder)
        for file, content in files.items():
            content = content if isinstance(content, str) else json.dumps(content, indent=2, ensure_ascii=False) + "\n"
            (folder / file).write_text(content, encoding="utf-8")
        tokenizer = AutoTokenizer.from_pretrained(folder)
        assert len(tokenizer) <= config.vocab_size
        answers[name] = [encoded(tokenizer, *given) for given in [(text, None) for text in TEXTS] + PAIRS]

    # What the comments above say.
    defaults, alone = BertTokenizer(vocab=str(forms / "tok-vocab-only" / "vocab.txt")), answers["tok-vocab-only"]
    assert alone == [encoded(defaults, case["text"], case["pair"]) for case in alone]
    assert alone == answers["tok-vocab-uncased"] == answers["tok-json"]
    assert answers["tok-json-only"] == answers["tok-json-config-differs"] == answers["tok-json"]
    assert answers["tok-json-fast-class"] == answers["tok-vocab-cased"] == answers["tok-vocab-chinese"]
    return answers


# ---- what is not to be opened ------------------------------------------------------------------------------------

SIZES = dict(hidden_act="gelu", hidden_size=16, intermediate_size=24, layer_norm_eps=1e-12, max_position_embeddings=32,
             model_type="bert", num_attention_heads=2, num_hidden_layers=1, type_vocab_size=2, vocab_size=58)

# name: config.json, as an object or as text. The first as published.
REFUSED = {
    "gpt2": dict(
        activation_function="gelu_new", architectures=["GPT2LMHeadModel"], layer_norm_epsilon=1e-05, model_type="gpt2",
        n_ctx=1024, n_embd=768, n_head=12, n_layer=12, n_positions=1024, vocab_size=50257,
    ),
    "relative-key": SIZES | {"position_embedding_type": "relative_key"},
    "decoder": SIZES | {"is_decoder": True},
    "heads-do-not-divide": SIZES | {"num_attention_heads": 3},
    "act-prelu": SIZES | {"hidden_act": "prelu"},
    "absurd-sizes": SIZES | dict(hidden_size=2**62, intermediate_size=2**62, num_hidden_layers=2**40, vocab_size=2**62),
    "negative-size": SIZES | {"hidden_size": -16},
    "not-json": "hidden_size: 16\nmodel_type: bert\n",
    "not-an-object": "[]\n",
}


def make_refused(folder: Path) -> None:
    for name, config in REFUSED.items():
        text = config if isinstance(config, str) else json.dumps(config, indent=2, sort_keys=True) + "\n"
        (folder / name).mkdir(parents=True)
        (folder / name / "config.json").write_text(text)


# ---- everything --------------------------------------------------------------------------------------------------


def write(path: Path, answer: dict) -> None:
    """ASCII only, so that no control character of a text stands in the file."""
    path.write_text(json.dumps(answer, separators=(",", ":"), allow_nan=False) + "\n")


def make(out: Path) -> None:
    forms = out / "forms"
    forms.mkdir(parents=True)
    for seed, (name, form) in enumerate(FORMS.items(), start=100):
        make_form(name, form, seed, forms)
    answers = make_tokenizers(forms)
    lines = [f"{json.dumps(name)}:[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]"
             for name, cases in answers.items()]
    (out / "tokenizers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    make_refused(out / "refused")
    for path in out.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        assert path.is_dir() or str(out).encode() not in path.read_bytes(), path


MADE = ("forms", "refused", "tokenizers.json")


def files(folder: Path) -> dict[str, Path]:
    made = [folder / name for name in MADE]
    found = [path for top in made for path in ([top] if top.is_file() else top.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def report() -> None:
    for name in [*FORMS, *TOKENIZERS]:
        folder, answer = OUT / "forms" / name, OUT / "forms" / f"{name}.json"
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{name:32} {size:7,} bytes" + (f" + {answer.stat().st_size:7,} reference" if answer.exists() else ""))
    print(f"{'tokenizers.json':32} {(OUT / 'tokenizers.json').stat().st_size:7,} bytes")
    print(f"{'all':32} {sum(path.stat().st_size for path in files(OUT).values()):7,} bytes")


def main() -> None:
    torch.set_num_threads(1)  # as in reference.py
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "reference"
        match sys.argv[1:]:
            case []:
                make(made)
                for name in MADE:
                    old = OUT / name
                    shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
                    shutil.move(made / name, old)
                report()
            case ["--check"]:
                make(made)
                here, there = files(OUT), files(made)
                different = [name for name in sorted({*here, *there}) if name not in here or name not in there
                             or not filecmp.cmp(here[name], there[name], shallow=False)]
                sys.exit(f"different: {' '.join(different)}" if different else None)
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    main()
