"""Makes tests/reference/family_heads and family_heads.json: a small random checkpoint of each class of each family that has an
output head, and what transformers and its pipelines make of it. Needs what heads.py needs, and takes seconds.

    python scripts/family_heads.py

The tokenizers are those of tests/reference/families, the numbers laid out as in heads.json. `tensorflow/bert` is the checkpoint of
that name, whose weights are those of forms/keys-bert-prefix.
"""

import json
import shutil
from pathlib import Path

import torch
import transformers
from forms import randomise
from heads import TAGS, entities, labels, logits, many, spans, taken
from reference import MADE_WITH, OUT
from transformers import AutoConfig, AutoTokenizer, BertForPreTraining, pipeline

FOLDER = OUT / "family_heads"
# family: the prefix of its classes, and what it calls its sizes
BERT_SIZES = dict(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)
FAMILIES = {
    "roberta": ("Roberta", BERT_SIZES),
    "xlm-roberta": ("XLMRoberta", BERT_SIZES),
    "camembert": ("Camembert", BERT_SIZES),
    "distilbert": ("DistilBert", dict(dim=8, n_layers=1, n_heads=2, hidden_dim=8)),
    "mpnet": ("MPNet", BERT_SIZES),
    "electra": ("Electra", BERT_SIZES | dict(embedding_size=6)),
    "albert": ("Albert", BERT_SIZES | dict(embedding_size=6)),
    "ernie": ("Ernie", BERT_SIZES),
}
PRE_TRAINED = ("electra", "albert", "ernie")
CLASSES = {
    "classify": ("ForSequenceClassification", labels(["bad", "fair", "good"])),
    "choice": ("ForMultipleChoice", {}),
    "tokens": ("ForTokenClassification", labels(TAGS)),
    "question": ("ForQuestionAnswering", {}),
    "pre-training": ("ForPreTraining", {}),
    "next-sentence": ("ForNextSentencePrediction", {}),
}
CASES = [
    ("The cat is on it.", None),
    ("Is it on the café?", "The cat is naïve, 42!"),
    ("the {mask} is on it", "cat 猫 on it"),
    ("", None),
]
# A question, and what may follow it.
CHOICES = ("Is it on it?", ["The cat is on it.", "Not", "it is the mat, not the dog!"])
MANY = 20


def models():
    for family in FAMILIES:
        for name in CLASSES:
            if (name == "pre-training" and family not in PRE_TRAINED) or (name == "next-sentence" and family != "ernie"):
                continue
            yield family, name


def make(family: str, name: str, seed: int) -> Path:
    prefix, sizes = FAMILIES[family]
    ending, settings = CLASSES[name]
    model_class = getattr(transformers, f"{prefix}{ending}")
    base = AutoConfig.from_pretrained(OUT / "families" / family).to_dict()
    for given in ("architectures", "dtype", "transformers_version"):
        base.pop(given, None)
    # Longer than the texts, whose pieces are letters where the vocabulary is small.
    base["max_position_embeddings"] = 64
    torch.manual_seed(seed)
    model = model_class(model_class.config_class(**base | sizes | settings)).eval()
    randomise(model, seed)
    folder = FOLDER / f"{family}-{name}"
    folder.mkdir(parents=True)
    model.save_pretrained(folder)
    for path in folder.iterdir():
        path.chmod(0o644)
    return folder


def answers(family: str, name: str, folder: Path) -> dict:
    prefix, _ = FAMILIES[family]
    ending, _ = CLASSES[name]
    model, report = getattr(transformers, f"{prefix}{ending}").from_pretrained(folder, output_loading_info=True)
    assert not report["missing_keys"] and not report["mismatched_keys"], (folder, report)
    model.eval()
    tokenizer = AutoTokenizer.from_pretrained(OUT / "families" / family)
    # Where positions count from behind the padding, two rows of the table are left.
    tokenizer.model_max_length = 64 if family in ("distilbert", "electra", "albert", "ernie") else 62
    given = [(text.format(mask=tokenizer.mask_token), pair) for text, pair in CASES]
    cases = [{"text": text, "pair": pair} | logits(model, tokenizer, text, pair) for text, pair in given]
    answer = {"family": family, "cases": cases}
    if name == "classify":
        classify = pipeline("text-classification", model=model, tokenizer=tokenizer, top_k=None)
        for case in cases:
            one = {"text": case["text"], "text_pair": case["pair"]} if case["pair"] else case["text"]
            case["scores"] = {one["label"]: one["score"] for one in classify([one])[0]}
    if name == "tokens":
        tagger = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="simple")
        answer["entities"] = [{"text": text, "entities": entities(tagger, text)} for _, text in many(MANY)]
    if name == "choice":
        question, choices = CHOICES
        encoded = tokenizer([question] * len(choices), choices, return_tensors="pt", padding=True)
        with torch.no_grad():
            found = model(**{key: value.unsqueeze(0) for key, value in taken(model, encoded).items()}).logits[0]
        answer["choices"] = {"text": question, "pairs": choices, "scores": found.softmax(-1).tolist()}
    if name == "question":
        answer["spans"] = [
            {"question": question, "context": text, "spans": spans(model, tokenizer, question, text, 3)}
            for question, text in many(MANY)
        ]
    return answer


def of_tensorflow() -> dict:
    form = OUT / "forms" / "keys-bert-prefix"
    model, report = BertForPreTraining.from_pretrained(form, output_loading_info=True)
    assert not report["missing_keys"], report
    tokenizer = AutoTokenizer.from_pretrained(form)
    given = [("the cat sat on it", None), ("the [MASK] sat", "it is a mat")]
    return {"family": "bert", "cases": [{"text": text, "pair": pair} | logits(model.eval(), tokenizer, text, pair) for text, pair in given]}


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    shutil.rmtree(FOLDER, ignore_errors=True)
    found = {}
    for seed, (family, name) in enumerate(models(), start=700):
        found[f"{family}-{name}"] = answers(family, name, make(family, name, seed))
    found["tensorflow/bert"] = of_tensorflow()
    lines = [f"{json.dumps(name)}:{json.dumps(answer, separators=(',', ':'))}" for name, answer in found.items()]
    made = json.dumps(MADE_WITH, separators=(",", ":"))
    (OUT / "family_heads.json").write_text(f'{{"made_with":{made},"models":{{\n' + ",\n".join(lines) + "\n}}\n")
    print(len(found), sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()))


if __name__ == "__main__":
    main()
