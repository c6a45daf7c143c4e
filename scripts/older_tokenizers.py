"""Makes tests/reference/older_tokenizers and older_tokenizers.json: vocabularies as they were written before tokenizer.json, and what
`AutoTokenizer` of transformers 5 makes of a few hundred texts with them. Needs what reference.py needs, sentencepiece and protobuf.

    python scripts/older_tokenizers.py
"""

import io
import json
import shutil
import tempfile
from pathlib import Path

import numpy
import sentencepiece
import transformers
from forms import PAIRS, TEXTS
from reference import MADE_WITH, OUT
from tokenizer_classes import WithTypes, case, fits
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer
from transformers import AutoTokenizer

FOLDER = OUT / "older_tokenizers"
PROSE = """The cat is on the mat . Is it on it ? Don't you see the naïve café , 42 cats and 3 dogs ( here ) - and there !
Le chat est sur la table , les chats dorment . 今天 天气 很好 。 我们 去 公园 。 猫 在 这里 。 かわいい 猫 です 。 한국어 문장 입니다 .
walking walked walks talker talked talks singing sings playing played player happily unhappy happiness `` quoted '' texts"""
# What the normaliser of a SentencePiece model replaces; a real one has thousands.
REPLACED = {
    "Ａ": "A", "ａ": "a", "，": ",", "\u3000": " ", "\u00a0": " ", "\t": " ", "\n": " ", "ﬁ": "fi", "e\u0301": "é", "①": "1",
    "…": "...", "ｶ\uff9e": "ガ",
}
WORDS = [*PROSE.split(), "Ａａ", "，", "ﬁne", "cafe\u0301", "①", "…", "<mask>", "<s>", "[MASK]", "(it)", "``it''", "1,000", "ÉCOLE", "😀", "\u200b",
         "한국어문장", "猫在这里", "don't", "\t", "\u3000", "x" * 20, "<unk>", "</s>", "▁cat", "Ġcat", "[SEP]"]


def texts() -> list[str]:
    random = numpy.random.default_rng(11)
    gaps = [" ", " ", " ", "", "  ", "\n"]
    return ["".join(word + random.choice(gaps) for word in random.choice(WORDS, random.integers(1, 12))) for _ in range(280)]


def pieces(size: int, **settings) -> bytes:
    prose = PROSE.replace("\n", " ")
    lines = [prose] * 3 + prose.split(" . ") * 4 + [" ".join(prose.split()[at : at + 5]) for at in range(0, 60, 3)]
    model = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        rule = Path(folder) / "rule.tsv"
        points = lambda text: " ".join(f"{ord(letter):X}" for letter in text)  # noqa: E731
        rule.write_text("".join(f"{points(old)}\t{points(new)}\n" for old, new in REPLACED.items()))
        rules = {"normalization_rule_name": "identity"} if settings.pop("identity", False) else {"normalization_rule_tsv": str(rule)}
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_writer=model, vocab_size=size, model_type="unigram", character_coverage=1.0,
            hard_vocab_limit=False, minloglevel=2, num_threads=1, **rules, **settings,
        )
    return model.getvalue()


def byte_pairs() -> dict[str, bytes]:
    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator([PROSE] * 3, vocab_size=330, min_frequency=2, show_progress=False,
                                  special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save_model(folder)
        return {name: (Path(folder) / name).read_bytes() for name in ("vocab.json", "merges.txt")}


def word_pieces() -> dict[str, bytes]:
    tokenizer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    tokenizer.train_from_iterator([PROSE] * 3, vocab_size=220, min_frequency=2, show_progress=False,
                                  special_tokens=["<s>", "<pad>", "</s>", "[UNK]", "<mask>"])
    return {"vocab.txt": "".join(f"{piece}\n" for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])).encode()}


def settings(**given) -> dict[str, bytes]:
    return {"tokenizer_config.json": json.dumps(given).encode()}


FAIRSEQ = dict(unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
ALBERT = dict(pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols=["[CLS]", "[SEP]", "[MASK]"], pad_piece="<pad>")


def tokenizers() -> dict[str, tuple[str, dict[str, bytes]]]:
    pairs = byte_pairs()
    marked = pieces(180, user_defined_symbols=["(", ")"], **FAIRSEQ)
    albert = pieces(170, user_defined_symbols=["(", "-"], **ALBERT)
    added = json.dumps({"<ent>": 330, "dogs": 331}).encode()
    names = json.dumps({"mask_token": {"content": "<mask>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False},
                        "additional_special_tokens": ["<ent>"]}).encode()
    return {
        "roberta": ("roberta", pairs),
        "roberta-prefix-space": ("roberta", pairs | settings(add_prefix_space=True, trim_offsets=False)),
        "roberta-added": ("roberta", pairs | {"added_tokens.json": added, "special_tokens_map.json": names}),
        "xlm-roberta": ("xlm-roberta", {"sentencepiece.bpe.model": marked}),
        "xlm-roberta-identity": ("xlm-roberta", {"sentencepiece.bpe.model": pieces(150, identity=True, **FAIRSEQ)} | settings(
            mask_token="[MASK]", add_prefix_space=False)),
        "camembert": ("camembert", {"sentencepiece.bpe.model": pieces(160, **FAIRSEQ)}),
        "camembert-named": ("camembert", {"sentencepiece.bpe.model": marked} | settings(additional_special_tokens=["<s>NOTUSED", "</s>NOTUSED"])),
        "mpnet": ("mpnet", word_pieces()),
        "mpnet-cased": ("mpnet", word_pieces() | settings(do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False, mask_token="[MASK]")),
        "albert": ("albert", {"spiece.model": albert}),
        "albert-cased": ("albert", {"spiece.model": albert} | settings(do_lower_case=False, keep_accents=True)),
    }


def main() -> None:
    transformers.logging.set_verbosity_error()
    shutil.rmtree(FOLDER, ignore_errors=True)
    given, cases, answers = texts(), [(text, None) for text in TEXTS[::3]] + PAIRS, {}
    for name, (family, files) in tokenizers().items():
        folder = FOLDER / name
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        config = folder / "config.json"
        config.write_text(json.dumps({"model_type": family}))
        tokenizer = AutoTokenizer.from_pretrained(folder)
        config.unlink()
        assert tokenizer.is_fast and not (folder / "tokenizer.json").exists()
        answers[name] = {
            "family": family, "vocabulary": len(tokenizer),
            "ids": [tokenizer(text)["input_ids"] for text in given],
            "cases": [case(WithTypes(tokenizer), *one) for one in cases if fits(tokenizer, one)],
        }
        unknown = tokenizer.unk_token_id
        print(name, type(tokenizer).__name__, len(tokenizer), sum(unknown in ids for ids in answers[name]["ids"]))
    lines = [f"{json.dumps(name)}:{json.dumps(answer, separators=(',', ':'))}" for name, answer in answers.items()]
    made, given = (json.dumps(value, separators=(",", ":"), ensure_ascii=True) for value in (MADE_WITH, given))
    (OUT / "older_tokenizers.json").write_text(f'{{"made_with":{made},\n"texts":{given},\n"tokenizers":{{\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
