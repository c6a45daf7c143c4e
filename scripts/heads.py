"""Makes tests/reference/heads and heads.json: a small random checkpoint of each class that has an output head, and what
transformers and its pipelines make of it. Needs what reference.py needs, and sentence-transformers.

    python scripts/heads.py             # make everything again, from fixed seeds

transformers 5 has no pipeline for questions any more; its functions that choose spans are still there, and are used as the
pipeline of transformers 4 used them (align_to_words, answers of at most 15 tokens).
"""

import inspect
import json
import shutil
from pathlib import Path

import numpy
import torch
import transformers
from forms import as_saved, bin_plain, randomise
from reference import MADE_WITH, OUT, VOCABULARY, tensor
from sentence_transformers import CrossEncoder
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForMultipleChoice,
    BertForNextSentencePrediction,
    BertForPreTraining,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertForTokenClassification,
    BertTokenizer,
    pipeline,
)
from transformers.pipelines.document_question_answering import select_starts_ends

CONFIGURATION = dict(
    vocab_size=len(VOCABULARY), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
    max_position_embeddings=48, initializer_range=0.5,
)
TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "MISC"]


def labels(names: list[str]) -> dict:
    return {"id2label": dict(enumerate(names)), "label2id": {name: at for at, name in enumerate(names)}}


# name: class, configuration
MODELS = {
    "next-sentence": (BertForNextSentencePrediction, {}),
    "pre-training": (BertForPreTraining, {}),
    "classify-one": (BertForSequenceClassification, labels(["bad", "fair", "good"])),
    "classify-several": (
        BertForSequenceClassification,
        labels(["cat", "dog", "bank", "river"]) | {"problem_type": "multi_label_classification"},
    ),
    "classify-number": (BertForSequenceClassification, {"num_labels": 1, "problem_type": "regression"}),
    "cross-encoder": (
        BertForSequenceClassification,
        {"num_labels": 1, "sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"}},
    ),
    "choice": (BertForMultipleChoice, {}),
    "tokens": (BertForTokenClassification, labels(TAGS)),
    "question": (BertForQuestionAnswering, {}),
}
FORMS = {"safetensors": as_saved, "bin": bin_plain}

CASES = [
    ("The cat sat on the mat.", None),
    ("What is a bank?", "The old dog walked to the river!"),
    ("Cafe\u0301 中文龍 red-un[MASK]able 42", None),
    ("", None),
    ("Who was walking?", "You see the bank, not the word; it is un\u00fcber 中国 playing."),
]


def many(count: int) -> list[tuple[str, str]]:
    """Texts of words, pieces, unknown words, marks and Chinese, with a question before each."""
    random = numpy.random.default_rng(7)
    pieces = "the of cats dog's bank river unwalkable Playing, Zürich 龍 猫狗坐在 42nd . ! ( ) - it's do not he she".split(" ")
    sentence = lambda: " ".join(random.choice(pieces, random.integers(1, 9)))  # noqa: E731
    return [(f"{sentence()}?", sentence()) for _ in range(count)]


def make(name: str, seed: int, form: str) -> Path:
    model_class, settings = MODELS[name]
    model = model_class(BertConfig(**CONFIGURATION, **settings)).eval()
    randomise(model, seed)
    folder = OUT / "heads" / f"{name}-{form}"
    folder.mkdir(parents=True)
    model.save_pretrained(folder)
    FORMS[form](folder, model)
    vocabulary = {token: index for index, token in enumerate(VOCABULARY)}
    BertTokenizer(vocab=vocabulary, model_max_length=CONFIGURATION["max_position_embeddings"]).save_pretrained(folder)
    for path in folder.iterdir():
        path.chmod(0o644)
    return folder


def logits(model, tokenizer, text: str, pair: str | None) -> dict:
    encoded = tokenizer(text, pair, return_tensors="pt", truncation=True)
    encoded = taken(model, encoded)
    if type(model).__name__.endswith("ForMultipleChoice"):
        encoded = {key: value.unsqueeze(1) for key, value in encoded.items()}
    with torch.no_grad():
        answer = model(**encoded)
    return {key: tensor(answer[key][0].numpy(), 8) for key in LOGITS if key in answer}


LOGITS = ("logits", "seq_relationship_logits", "sop_logits", "prediction_logits", "start_logits", "end_logits")


def taken(model, encoded) -> dict:
    """What the family's forward takes: some know no token types."""
    takes = inspect.signature(model.forward).parameters
    return {key: value for key, value in encoded.items() if key in takes}


def spans(model, tokenizer, question: str, context: str, top_k: int) -> list[dict]:
    """`QuestionAnsweringPipeline` of transformers 4.57."""
    encoded = tokenizer(question, context, return_tensors="pt", truncation=True)
    encoding = encoded.encodings[0]
    p_mask = numpy.array([[sequence != 1 for sequence in encoding.sequence_ids]])
    p_mask[:, 0] = 0
    with torch.no_grad():
        answer = model(**taken(model, encoded))
    starts, ends, scores, _ = select_starts_ends(
        answer.start_logits.numpy(), answer.end_logits.numpy(), p_mask, encoded["attention_mask"].numpy(), top_k=top_k
    )
    found = []
    for start, end, score in zip(starts, ends, scores):
        if start == 0 or end == 0:
            continue
        try:
            first, last = encoding.token_to_word(int(start))[1], encoding.token_to_word(int(end))[1]
        except TypeError:
            first, last = encoding.token_to_word(int(start)), encoding.token_to_word(int(end))
        begin = encoding.word_to_chars(first, 1)[0]
        finish = encoding.word_to_chars(last, 1)[1]
        found.append({"start": begin, "end": finish, "answer": context[begin:finish], "score": float(score)})
    return found


def entities(tagger, text: str) -> list[dict]:
    found = tagger(text)
    return [{key: float(value) if key == "score" else value for key, value in entity.items()} for entity in found]


def answers(name: str, folder: Path) -> dict:
    model_class, _ = MODELS[name]
    model, tokenizer = model_class.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    cases = [{"text": text, "pair": pair} | logits(model, tokenizer, text, pair) for text, pair in CASES]
    answer = {"cases": cases}
    if model_class is BertForSequenceClassification:
        classify = pipeline("text-classification", model=model, tokenizer=tokenizer, top_k=None)
        crossed = CrossEncoder(str(folder), device="cpu") if name == "cross-encoder" else None
        for case in cases:
            given = {"text": case["text"], "text_pair": case["pair"]} if case["pair"] else case["text"]
            scores = {one["label"]: one["score"] for one in classify([given])[0]}
            if crossed:
                # A pair with an empty text has one [SEP] more there.
                scores = {"LABEL_0": float(crossed.predict([(case["text"], case["pair"])])[0])} if case["pair"] else None
            case["scores"] = scores
    if model_class is BertForTokenClassification:
        tagger = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="simple")
        answer["entities"] = [{"text": text, "entities": entities(tagger, text)} for _, text in many(50)]
        assert sum(len(case["entities"]) for case in answer["entities"]) > 100
    if model_class is BertForQuestionAnswering:
        answer["spans"] = [
            {"question": question, "context": text, "spans": spans(model, tokenizer, question, text, 3)}
            for question, text in many(50)
        ]
    return answer


def main() -> None:
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    shutil.rmtree(OUT / "heads", ignore_errors=True)
    models = {}
    for seed, name in enumerate(MODELS, start=300):
        folders = {form: make(name, seed, form) for form in FORMS}
        models[name] = answers(name, folders["safetensors"])
    lines = [f"{json.dumps(name)}:{json.dumps(answer, separators=(',', ':'))}" for name, answer in models.items()]
    made = json.dumps(MADE_WITH, separators=(",", ":"))
    (OUT / "heads.json").write_text(f'{{"made_with":{made},"models":{{\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
