"""Makes tests/reference/tokenizer_classes.json: which classes of tokenizers transformers has, what kind each is, and what
`AutoTokenizer` makes of small tokenizers of several classes. Needs transformers 5, no network, and takes seconds.

    python scripts/tokenizer_classes.py
"""

import inspect
import json
import tempfile
from pathlib import Path

import tokenizers
import transformers
from forms import LONGEST, PAIRS, SPECIALS, TEXTS, TOKENIZER_VOCABULARY, added_token, encoded, late, tokenizer_file
from reference import MADE_WITH, OUT
from tokenizers import normalizers, pre_tokenizers, processors
from transformers import (
    AlbertTokenizer,
    AutoTokenizer,
    BertTokenizer,
    CamembertTokenizer,
    DebertaV2Tokenizer,
    HerbertTokenizer,
    MPNetTokenizer,
    RobertaTokenizer,
    XLMRobertaTokenizer,
    XLNetTokenizer,
)
from transformers.models.auto.tokenization_auto import TOKENIZER_MAPPING_NAMES, tokenizer_class_from_name
from transformers.tokenization_utils_tokenizers import TokenizersBackend

# ---- the classes -------------------------------------------------------------------------------------------------

# Names that checkpoints carry and that no family has as its own any more.
OLDER = """BertTokenizerLegacy ConvBertTokenizer DPRContextEncoderTokenizer DPRReaderTokenizer DistilBertTokenizer
ElectraTokenizer LayoutLMTokenizer LxmertTokenizer MobileBertTokenizer SqueezeBertTokenizer
PreTrainedTokenizer PythonBackend TokenizersBackend""".split()


def kind(name: str) -> dict | None:
    """None where a library is missing here, without which transformers says nothing of the class."""
    found = tokenizer_class_from_name(name)
    if found is None:
        return None
    if name in ("PreTrainedTokenizer", "PythonBackend"):
        found = TokenizersBackend  # as AutoTokenizer takes it
    try:
        names = found.model_input_names
    except (ImportError, AttributeError):
        return None
    is_rust = issubclass(found, TokenizersBackend)
    model = getattr(found, "model", None) if is_rust else None
    return {
        "rust": is_rust, "model": model and model.__name__, "token_types": "token_type_ids" in names,
        "specials": defaults(found),
    }


def defaults(found: type) -> list[str | None]:
    """The special tokens that a class has by itself; its parent's, where it has no say of its own."""
    parameters = inspect.signature(found.__init__).parameters
    if not any(name.endswith("_token") for name in parameters) and BertTokenizer in found.__mro__:
        parameters = inspect.signature(BertTokenizer.__init__).parameters
    given = [parameters.get(f"{name}_token") for name in "bos eos unk sep pad cls mask".split()]
    return [None if one is None or one.default is inspect.Parameter.empty else one.default and str(one.default) for one in given]


def classes() -> dict:
    names = {name.removesuffix("Fast") for name in TOKENIZER_MAPPING_NAMES.values() if name}
    return {name: kind(name) for name in sorted(names | set(OLDER))}


# ---- tokenizers --------------------------------------------------------------------------------------------------

# Words that stand in many texts, and letters, so that few tokens are unknown and some are.
WORDS = "the The cat Cat CAT on is it don mask ent café naïve ing ed http www com 你 好 世 界 猫 か が 한 국".split()
LETTERS = sorted({*"abcdefghijklmnopqrstuvwxyzACDEHIKNTZ0123456789.,!?'\"-:/()[]<>@#_$+=§éüßı"})


def sentence_pieces(front: list[str], back: list[str]) -> list[tuple[str, float]]:
    """A vocabulary of SentencePiece's unigrams, rarer ones further down."""
    pieces = ["▁", *(f"▁{word}" for word in WORDS), *WORDS, *LETTERS]
    pieces = list(dict.fromkeys(pieces))
    scored = [(piece, -1.0 - 0.03 * rank) for rank, piece in enumerate(pieces)]
    return [(token, 0.0) for token in front] + scored + [(token, 0.0) for token in back]


def byte_pairs(merges: list[str], symbols: list[str], front: list[str]) -> tuple[dict, list]:
    pairs = [tuple(merge.split()) for merge in merges]
    pieces = list(dict.fromkeys([*front, *symbols, *("".join(pair) for pair in pairs)]))
    return {piece: index for index, piece in enumerate(pieces)}, pairs


def saved(tokenizer, **settings) -> dict:
    """What save_pretrained writes, with other settings in tokenizer_config.json; None takes one out."""
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save_pretrained(folder)
        files = {path.name: json.loads(path.read_text()) for path in Path(folder).glob("*.json")}
    config = files["tokenizer_config.json"] | settings
    files["tokenizer_config.json"] = {name: value for name, value in config.items() if value is not None}
    assert set(files) == {"tokenizer.json", "tokenizer_config.json"}, set(files)
    return files


def word_piece(**changes) -> dict:
    """tokenizer.json of a cased BERT with parts of another make."""
    return {"tokenizer.json": with_parts(tokenizer_file(do_lower_case=False)["tokenizer.json"], **changes)}


def with_parts(file: dict, **changes) -> dict:
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(file))
    for part in ("normalizer", "pre_tokenizer", "post_processor"):
        if changes.get(part) is not None:
            setattr(tokenizer, part, changes.pop(part))
    file = json.loads(tokenizer.to_str())
    for part, value in changes.items():
        file[part] = file[part] | value if isinstance(value, dict) else value
    return file


def other(files: dict, settings: dict, **changes) -> dict:
    """With other settings than those that the class has saved, and parts of another make in tokenizer.json."""
    return {
        "tokenizer.json": with_parts(files["tokenizer.json"], **changes),
        "tokenizer_config.json": files["tokenizer_config.json"] | settings,
    }


FOLDED = normalizers.Sequence([normalizers.Lowercase(), normalizers.NFKC()])
ROMAN = "<s> <pad> </s> <unk>".split()
# Not all, so that some bytes are unknown.
BYTES = [*sorted(pre_tokenizers.ByteLevel.alphabet())[:150], "Ġ"]
ENGLISH = ["Ġ c", "Ġc a", "Ġca t", "Ġ t", "Ġt h", "Ġth e", "i n", "in g", "Ġ i", "Ġi s", "c a", "ca t"]
POLISH = [merge for word in ("the", "cat", "on", "is") for merge in (
    f"{word[0]} {word[1]}" + ("" if len(word) > 2 else "</w>"), *([f"{word[:2]} {word[2]}</w>"] if len(word) > 2 else [])
)]
ENDINGS = [letter + end for letter in LETTERS for end in ("", "</w>")]


def herbert():
    vocabulary, merges = byte_pairs(POLISH, ENDINGS, [*ROMAN, "<mask>"])
    return HerbertTokenizer(vocab=vocabulary, merges=merges)


def roberta():
    vocabulary, merges = byte_pairs(ENGLISH, BYTES, ROMAN)
    return RobertaTokenizer(vocab=vocabulary | {"<mask>": len(vocabulary)}, merges=merges)


def field(number: int, message: bytes) -> bytes:
    """A field of bytes in a protobuf message."""
    def varint(at: int) -> tuple[int, int]:
        end = next(place for place in range(at, len(message)) if message[place] < 128) + 1
        return sum((byte & 127) << 7 * place for place, byte in enumerate(message[at:end])), end

    at = 0
    while True:
        key, at = varint(at)
        size, at = {0: lambda: (0, varint(at)[1]), 2: lambda: varint(at), 5: lambda: (4, at)}[key & 7]()
        if key >> 3 == number:
            return message[at : at + size]
        at += size


def named(vocabulary: list[str], names: dict[str, str]) -> str:
    return "".join(f"{names.get(token, token)}\n" for token in vocabulary)


def bare(files: dict) -> dict:
    """Without a word about special tokens: those of the class remain."""
    config = {name: value for name, value in files["tokenizer_config.json"].items() if not name.endswith("_token")}
    config.pop("added_tokens_decoder", None)
    return {"tokenizer.json": files["tokenizer.json"] | {"added_tokens": []}, "tokenizer_config.json": config}


OTHER_NAMES = {"[CLS]": "<cls>", "[SEP]": "<sep>", "[UNK]": "<oov>", "[PAD]": "<nil>", "[MASK]": "<gap>"}
OTHER_SPECIALS = {name: OTHER_NAMES[token] for name, token in SPECIALS.items()}

# name: its files, text or JSON
TOKENIZERS = {
    # The file as it is: whatever splits, whatever the settings say of case.
    "backend": word_piece(normalizer=FOLDED, pre_tokenizer=pre_tokenizers.Whitespace()) | {
        "tokenizer_config.json": SPECIALS | {"tokenizer_class": "TokenizersBackend", "do_lower_case": False}
    },
    "backend-with-types": word_piece() | {
        "tokenizer_config.json": late(
            tokenizer_class="TokenizersBackend",
            model_input_names=["input_ids", "token_type_ids", "attention_mask"],
            added_tokens_decoder=late()["added_tokens_decoder"] | {
                str(len(TOKENIZER_VOCABULARY)): added_token("<ent>", special=True),
            },
        )
    },
    "backend-other-names": word_piece() | {
        "tokenizer_config.json": SPECIALS | {"tokenizer_class": "PreTrainedTokenizer", "mask_token": "<ent>"}
    },
    "no-class-of-transformers": word_piece(pre_tokenizer=pre_tokenizers.WhitespaceSplit()) | {
        "tokenizer_config.json": SPECIALS | {"tokenizer_class": "CorporateTokenizerFast"}
    },
    "class-in-config.json": word_piece(normalizer=FOLDED) | {
        "config.json": {"tokenizer_class": "PreTrainedTokenizerFast"}, "tokenizer_config.json": SPECIALS
    },
    # The vocabulary of the file, and BERT's rules.
    "bert-own-normalizer": word_piece(normalizer=FOLDED) | {"tokenizer_config.json": late(do_lower_case=False)},
    "bert-own-pre-tokenizer": word_piece(pre_tokenizer=pre_tokenizers.WhitespaceSplit()) | {
        "tokenizer_config.json": SPECIALS | {"tokenizer_class": "BertTokenizerFast"}
    },
    "bert-short-words": word_piece(model={"max_input_chars_per_word": 3}) | {"tokenizer_config.json": late()},
    "bert-no-post-processor": word_piece(post_processor=None) | {"tokenizer_config.json": late()},
    "bert-fewer-added-tokens": word_piece(added_tokens=[
        dict(id=TOKENIZER_VOCABULARY.index("cat"), **added_token("cat", single_word=True)),
        dict(id=len(TOKENIZER_VOCABULARY), **added_token("<ent>", special=True)),
    ]) | {"tokenizer_config.json": SPECIALS},
    "electra": word_piece() | {
        "tokenizer_config.json": {"tokenizer_class": "ElectraTokenizer", "do_lower_case": False}
    },
    "distilbert": word_piece() | {"tokenizer_config.json": {"tokenizer_class": "DistilBertTokenizerFast"}},
    # Special tokens of other names: in special_tokens_map.json, which counts where nothing lists the added tokens.
    "other-names": {
        "vocab.txt": named(TOKENIZER_VOCABULARY, OTHER_NAMES), "special_tokens_map.json": OTHER_SPECIALS,
        "tokenizer_config.json": SPECIALS | {"do_lower_case": False},
    },
    "other-names-as-objects": {
        "vocab.txt": named(TOKENIZER_VOCABULARY, OTHER_NAMES),
        "special_tokens_map.json": {
            name: {"content": token, "lstrip": name == "mask_token", "normalized": False, "rstrip": False,
                   "single_word": False}
            for name, token in OTHER_SPECIALS.items()
        } | {"additional_special_tokens": ["[unused0]", "<ent>"]},
    },
    "other-names-not-read": {
        "vocab.txt": named(TOKENIZER_VOCABULARY, {}), "special_tokens_map.json": OTHER_SPECIALS,
        "tokenizer_config.json": late(extra_special_tokens={"image_token": "<ent>"}),
    },
    "split-specials": word_piece() | {"tokenizer_config.json": late(split_special_tokens=True)},
    # Classes with tokenizers of another kind, as they save themselves.
    "herbert": saved(herbert(), model_max_length=LONGEST),
    "roberta": saved(roberta()),
    "xlm-roberta": saved(XLMRobertaTokenizer(vocab=sentence_pieces(ROMAN, ["<mask>"]))),
    "deberta-v2": saved(DebertaV2Tokenizer(vocab=sentence_pieces("[PAD] [CLS] [SEP] [UNK]".split(), ["[MASK]"]))),
    "mpnet": saved(MPNetTokenizer(
        vocab={token: index for index, token in enumerate([*ROMAN, "[UNK]", *TOKENIZER_VOCABULARY[7:], "<mask>"])}
    )),
}

TOKENIZERS["xlnet"] = saved(
    XLNetTokenizer(vocab=sentence_pieces("<unk> <s> </s> <cls> <sep> <pad>".split(), ["<mask>", "<eod>", "<eop>"]))
)
TOKENIZERS |= {
    f"{name}-class-specials": bare(TOKENIZERS[name])
    for name in ("roberta", "xlm-roberta", "deberta-v2", "mpnet", "herbert", "xlnet")
}

# Classes that are built anew, where tokenizer.json and tokenizer_config.json say different things: the second counts.
REPLACED = {"_spm_precompiled_charsmap": field(2, field(3, (OUT / "older_tokenizers/xlm-roberta/sentencepiece.bpe.model").read_bytes()))}
MPNET, ROBERTA = TOKENIZERS["mpnet"], TOKENIZERS["roberta"]
XLM_ROBERTA = saved(XLMRobertaTokenizer(vocab=sentence_pieces(ROMAN, ["<mask>"]), **REPLACED))
CAMEMBERT = saved(CamembertTokenizer(
    vocab=sentence_pieces("<s>NOTUSED <pad> </s>NOTUSED <unk> <unk>NOTUSED <s> </s>".split(), ["<mask>"]), **REPLACED
))
ALBERT = saved(AlbertTokenizer(vocab=sentence_pieces("<pad> <unk> [CLS] [SEP] [MASK]".split(), []), **REPLACED))
TABLE = normalizers.Precompiled(REPLACED["_spm_precompiled_charsmap"])
FIRST_BLANK = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
SEQUENCE = dict(normalizer=normalizers.Sequence([TABLE, normalizers.Lowercase()]), pre_tokenizer=FIRST_BLANK, post_processor=None)
# A prefix of one letter joins the pairs of the file to other pieces.
PAIRS_OTHERWISE = dict(unk_token="<unk>", fuse_unk=True, ignore_merges=True, continuing_subword_prefix="#")
DISAGREEING = {
    "mpnet-settings": other(MPNET, dict(do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False)),
    "mpnet-parts": other(
        MPNET, {}, normalizer=FOLDED, pre_tokenizer=pre_tokenizers.WhitespaceSplit(), post_processor=None,
        model={"max_input_chars_per_word": 3, "continuing_subword_prefix": "+"},
    ),
    "roberta-settings": other(ROBERTA, dict(add_prefix_space=True, trim_offsets=False, cls_token="<unk>", sep_token="<pad>")),
    "roberta-parts": other(
        ROBERTA, {}, normalizer=normalizers.Lowercase(), pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=True),
        post_processor=None, model=PAIRS_OTHERWISE,
    ),
    "bart-settings": other(ROBERTA, dict(tokenizer_class="BartTokenizerFast", add_prefix_space=True)),
    "xlm-roberta-settings": other(XLM_ROBERTA, dict(add_prefix_space=False, bos_token="<pad>", cls_token="<unk>")),
    "xlm-roberta-parts": other(XLM_ROBERTA, {}, model={"unk_id": 0}, **SEQUENCE),
    "xlm-roberta-no-table": other(XLM_ROBERTA, {}, normalizer=normalizers.NFKC()),
    "camembert-settings": bare(other(CAMEMBERT, dict(add_prefix_space=False))),
    # Named without saying how it is matched: a mask takes the blank before it.
    "camembert-named": other(CAMEMBERT, {}, added_tokens=[]),
    "camembert-parts": other(CAMEMBERT, dict(unk_token="<pad>"), **SEQUENCE),
    "albert-settings": other(ALBERT, dict(do_lower_case=False, keep_accents=True, add_prefix_space=False)),
    "albert-parts": other(ALBERT, {}, model={"unk_id": 0}, **SEQUENCE),
    # Of the parts that the others build, ALBERT's class takes this one from the file.
    "albert-own-post-processor": other(ALBERT, {}, post_processor=processors.TemplateProcessing(
        single="[SEP] $A", pair="[SEP] $A [CLS] $B:1", special_tokens=[("[SEP]", 3), ("[CLS]", 2)]
    )),
}
TOKENIZERS |= DISAGREEING
# What tables, cases, blanks and marks decide.
APART = [(text, None) for text in (
    "The  CAT is ＡＣ ﬁne cafe\u0301 CAFÉ", "cat", " cat", "a\u00a0cat\u3000…①", "``The'' “cat”", "<s>NOTUSED a </s>NOTUSED",
    "the <MASK> <mask> [MASK]", "猫の猫", "cat\tcat\ncat", "ŁŁ Ｔhe xyzzyq",
)]

# A text that is too long, cut at either end.
LONG = ("The cat is on it. " * 8 + "café", "it is the cat " * 12)
SIDES = {
    "cut-left": word_piece() | {"tokenizer_config.json": late(truncation_side="left")},
    "cut-right": word_piece() | {"tokenizer_config.json": late()},
}


# Every other text is enough: forms.py has them all for BERT's own class.
SPELT = "the <mask> [MASK] is on </s> it <unk> [SEP] <cls>"
GIVEN = [(text, None) for text in TEXTS[::2]] + PAIRS


def case(tokenizer, text: str, pair: str | None) -> dict:
    found = encoded(tokenizer, text, pair)
    assert found["token_type_ids"] is not None
    return {name: found[name] for name in ("text", "pair", "tokens", "input_ids", "token_type_ids", "spans")}


class WithTypes:
    """A tokenizer whose answers have the token types that the model reads: zeros where it is handed none."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def __getattr__(self, name: str):
        return getattr(self.tokenizer, name)

    def __call__(self, *texts, **options):
        encoding = self.tokenizer(*texts, **options)
        if "token_type_ids" not in encoding:
            encoding["token_type_ids"] = [0] * len(encoding["input_ids"])
        return encoding


def opened(folder: Path, files: dict):
    for file, content in files.items():
        content = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (folder / file).write_text(content, encoding="utf-8")
    config = {"model_type": "bert"} | files.get("config.json", {})
    (folder / "config.json").write_text(json.dumps(config))
    return WithTypes(AutoTokenizer.from_pretrained(folder))


def main() -> None:
    transformers.logging.set_verbosity_error()
    answers = {}
    for name, files in (TOKENIZERS | SIDES).items():
        with tempfile.TemporaryDirectory() as folder:
            tokenizer = opened(Path(folder), files)
            if name in SIDES:
                cases = [cut_case(tokenizer, *LONG)]
            else:
                given = GIVEN + [(SPELT, None)] * name.endswith("-class-specials") + APART * (name in DISAGREEING)
                cases = [case(tokenizer, *given) for given in given if fits(tokenizer, given)]
        assert len(tokenizer.tokenizer) <= len(TOKENIZER_VOCABULARY) + 8, name
        answers[name] = {"files": files, "cases": cases}
    # What the comments above say.
    same = {name: [found["input_ids"] for found in answer["cases"]] for name, answer in answers.items()}
    assert same["bert-own-normalizer"] == same["electra"] != same["backend"]
    assert same["bert-short-words"] == same["bert-no-post-processor"] == same["distilbert"]
    assert same["cut-left"] != same["cut-right"]
    assert all(same[name] != as_it_is(files) for name, files in DISAGREEING.items() if not name.endswith("-post-processor"))
    written = {"made_with": MADE_WITH, "classes": classes(), "tokenizers": answers}
    rows = ",\n".join(f"{json.dumps(name)}:{json.dumps(answer, separators=(',', ':'))}" for name, answer in answers.items())
    head = ",\n".join(f"{json.dumps(key)}:{json.dumps(written[key], separators=(',', ':'))}" for key in ("made_with", "classes"))
    (OUT / "tokenizer_classes.json").write_text("{\n" + head + ',\n"tokenizers":{\n' + rows + "\n}}\n")


def as_it_is(files: dict) -> list[list[int]]:
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(files["tokenizer.json"]))
    return [tokenizer.encode(*given).ids for given in GIVEN + APART]


def fits(tokenizer, given: tuple) -> bool:
    return len(tokenizer(*given)["input_ids"]) <= LONGEST


def cut_case(tokenizer, text: str, pair: str) -> dict:
    encoding = tokenizer(text, pair, truncation=True, max_length=LONGEST, return_offsets_mapping=True)
    spans = [None if owner is None else list(span)
             for owner, span in zip(encoding.sequence_ids(0), encoding["offset_mapping"])]
    ids = encoding["input_ids"]
    return {"text": text, "pair": pair, "tokens": tokenizer.convert_ids_to_tokens(ids), "input_ids": ids,
            "token_type_ids": encoding["token_type_ids"], "spans": spans,
            "truncated_from": len(tokenizer(text, pair)["input_ids"])}


if __name__ == "__main__":
    main()
