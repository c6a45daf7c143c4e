"""Makes tests/reference/families: small random checkpoints of every family of encoders that clscope reads, and what
transformers makes of each. Needs what reference.py needs, no network, and takes seconds.

    python scripts/families.py

As forms.py, whose numbers have the same form; `cuts` are cases as in cuts.json. tests/reference/README.md describes the files.
"""

import dataclasses
import json
import shutil
from collections.abc import Callable

import numpy
import torch
import transformers
from forms import VOCABULARY, bin_plain, randomise
from reference import MADE_WITH, OUT, Reference, tensor
from tokenizer_classes import roberta as roberta_tokenizer, sentence_pieces
from transformers import (
    AlbertConfig,
    AlbertForMaskedLM,
    AlbertModel,
    AlbertTokenizer,
    AutoModel,
    AutoModelForMaskedLM,
    AutoTokenizer,
    BertTokenizer,
    CamembertConfig,
    CamembertForMaskedLM,
    CamembertModel,
    CamembertTokenizer,
    DistilBertConfig,
    DistilBertForMaskedLM,
    DistilBertModel,
    ElectraConfig,
    ElectraForMaskedLM,
    ElectraForPreTraining,
    ErnieConfig,
    ErnieForMaskedLM,
    ErnieModel,
    MPNetConfig,
    MPNetForMaskedLM,
    MPNetModel,
    MPNetTokenizer,
    RobertaConfig,
    RobertaForMaskedLM,
    RobertaForSequenceClassification,
    RobertaModel,
    XLMRobertaConfig,
    XLMRobertaForMaskedLM,
    XLMRobertaModel,
    XLMRobertaTokenizer,
)

FOLDER = OUT / "families"
LONGEST = 24  # tokens; distances between them reach past those that MPNet tells apart one by one

# ---- tokenizers --------------------------------------------------------------------------------------------------


def bert_tokenizer():
    return BertTokenizer(vocab={token: index for index, token in enumerate(VOCABULARY)})


def mpnet_tokenizer():
    names = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>"}
    front = ["<s>", "<pad>", "</s>", "[UNK]"]
    rest = [token for token in VOCABULARY if token not in names and token not in ("[UNK]", "[MASK]")]
    return MPNetTokenizer(vocab={token: index for index, token in enumerate([*front, *rest, "<mask>"])})


def xlm_roberta_tokenizer():
    return XLMRobertaTokenizer(vocab=sentence_pieces(["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"]))


def camembert_tokenizer():
    # The published one: what fairseq put in front of its own vocabulary.
    front = ["<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>", "<unk>NOTUSED"]
    return CamembertTokenizer(vocab=sentence_pieces(front, ["<s>", "</s>", "<mask>"]))


def albert_tokenizer():
    return AlbertTokenizer(vocab=sentence_pieces(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], []), do_lower_case=True)


# ---- the checkpoints ---------------------------------------------------------------------------------------------

SIZES = dict(hidden_size=12, num_hidden_layers=2, num_attention_heads=2, intermediate_size=20, initializer_range=0.5)
TEXTS = [
    ("The cat is on it, isn't it?", None),
    ("Is the café on it?", "cat猫, 你好!"),
    ("the cat {mask} on the {pad} mat ing", None),
]
LONG = ("The cat is on it. " * 4, "Don't: it is! " * 3)


@dataclasses.dataclass
class Checkpoint:
    model_class: type
    config_class: type
    tokenizer: Callable
    configuration: dict = dataclasses.field(default_factory=dict)
    arguments: dict = dataclasses.field(default_factory=dict)
    write: Callable = lambda folder, model: None
    # A reader that took this from a wrong place would be caught: settings that must change the numbers.
    mistaken: dict = dataclasses.field(default_factory=dict)

    @property
    def has_head(self) -> bool:
        return self.model_class.__name__.endswith("ForMaskedLM")


def of(model_class, config_class, tokenizer, **more) -> Checkpoint:
    return Checkpoint(model_class, config_class, tokenizer, **more)


def head(model_class, config_class, tokenizer, **configuration) -> Checkpoint:
    return Checkpoint(model_class, config_class, tokenizer, configuration, write=bin_plain)


FAIRSEQ = dict(max_position_embeddings=LONGEST + 2, type_vocab_size=1, layer_norm_eps=1e-5)
DISTIL = dict(dim=12, n_layers=2, n_heads=2, hidden_dim=20, max_position_embeddings=LONGEST)
NARROW = dict(embedding_size=8, max_position_embeddings=LONGEST)

CHECKPOINTS = {
    "roberta": of(RobertaModel, RobertaConfig, roberta_tokenizer, configuration=FAIRSEQ),
    "roberta-bin-mlm": head(RobertaForMaskedLM, RobertaConfig, roberta_tokenizer, **FAIRSEQ),
    "roberta-classifier": of(
        RobertaForSequenceClassification, RobertaConfig, roberta_tokenizer, configuration=FAIRSEQ | {"hidden_act": "relu"}
    ),
    "xlm-roberta": of(XLMRobertaModel, XLMRobertaConfig, xlm_roberta_tokenizer, configuration=FAIRSEQ),
    "xlm-roberta-bin-mlm": head(XLMRobertaForMaskedLM, XLMRobertaConfig, xlm_roberta_tokenizer, **FAIRSEQ),
    "camembert": of(CamembertModel, CamembertConfig, camembert_tokenizer, configuration=FAIRSEQ),
    "camembert-bin-mlm": head(CamembertForMaskedLM, CamembertConfig, camembert_tokenizer, **FAIRSEQ),
    "distilbert": of(DistilBertModel, DistilBertConfig, bert_tokenizer, configuration=DISTIL | {"activation": "relu"}),
    "distilbert-bin-mlm": head(DistilBertForMaskedLM, DistilBertConfig, bert_tokenizer, **DISTIL),
    "mpnet": of(MPNetModel, MPNetConfig, mpnet_tokenizer, configuration={"max_position_embeddings": LONGEST + 2}),
    "mpnet-bin-mlm": head(MPNetForMaskedLM, MPNetConfig, mpnet_tokenizer, max_position_embeddings=LONGEST + 2),
    "electra": of(ElectraForPreTraining, ElectraConfig, bert_tokenizer, configuration=NARROW),
    "electra-as-wide": of(
        ElectraForPreTraining, ElectraConfig, bert_tokenizer, configuration=NARROW | {"embedding_size": 12}
    ),
    "electra-bin-mlm": head(ElectraForMaskedLM, ElectraConfig, bert_tokenizer, **NARROW | {"hidden_act": "relu"}),
    "albert": of(AlbertModel, AlbertConfig, albert_tokenizer, configuration=NARROW),
    "albert-groups": of(
        AlbertModel, AlbertConfig, albert_tokenizer,
        configuration=NARROW | dict(num_hidden_layers=3, num_hidden_groups=2, inner_group_num=2, hidden_act="gelu"),
        arguments={"add_pooling_layer": False},
    ),
    "albert-bin-mlm": head(AlbertForMaskedLM, AlbertConfig, albert_tokenizer, **NARROW),
    "ernie": of(
        ErnieModel, ErnieConfig, bert_tokenizer,
        configuration=dict(use_task_id=True, max_position_embeddings=LONGEST), mistaken={"use_task_id": False},
    ),
    "ernie-bin-mlm": head(ErnieForMaskedLM, ErnieConfig, bert_tokenizer, max_position_embeddings=LONGEST),
}
# Of these also a text that is too long, and what is cut: whole attentions are what makes the files big.
THOROUGH = ["roberta", "xlm-roberta", "distilbert", "mpnet", "electra", "albert", "ernie"]
# heads, masked, replaced, edges (layer, query, key)
CUTS = [([(0, 1)], [], [], []), ([(1, 0)], [2], [1], []), ([(0, 0)], [], [], [(0, 0, 2), (1, 0, 1), (1, 3, 0)])]


class FamilyReference(Reference):
    """transformers on one folder; fails where it had to make anything up."""

    def __init__(self, folder, checkpoint: Checkpoint, **overrides):
        pooler = self.has_pooler = any("pooler" in key for key in checkpoint.keys)
        arguments = {"add_pooling_layer": pooler} if "pooler" in checkpoint.poolable else {}
        self.model = self.opened(AutoModel, folder, attn_implementation="eager", **arguments, **overrides)
        self.head = self.opened(AutoModelForMaskedLM, folder) if checkpoint.has_head else None
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    @staticmethod
    def opened(model_class: type, folder, **arguments):
        model, report = model_class.from_pretrained(folder, dtype=torch.float32, output_loading_info=True, **arguments)
        assert not report["missing_keys"] and not report["mismatched_keys"], (folder, report)
        return model.eval()

    def inputs(self, text: str, pair: str | None) -> dict:
        return self.tokenizer(text, pair, truncation=True, max_length=LONGEST, return_tensors="pt")

    def of_model(self, inputs) -> dict:
        """What the family's forward takes; DistilBERT and MPNet know no types."""
        takes = self.model.forward.__code__.co_varnames
        wrapped = getattr(self.model.forward, "__wrapped__", None)
        while wrapped is not None:
            takes, wrapped = takes + wrapped.__code__.co_varnames, getattr(wrapped, "__wrapped__", None)
        return {name: value for name, value in inputs.items() if name in takes}

    def tokens(self, text: str, pair: str | None) -> dict:
        encoding = self.tokenizer(text, pair, truncation=True, max_length=LONGEST, return_offsets_mapping=True)
        whole = len(self.tokenizer(text, pair)["input_ids"])
        ids, owners = encoding["input_ids"], encoding.sequence_ids(0)
        types = self.of_model(encoding).get("token_type_ids") or [0] * len(ids)
        if getattr(self.model.config, "type_vocab_size", 1) == 1:
            types = [0] * len(ids)
        return {
            "text": text,
            "pair": pair,
            "truncated_from": whole if whole > len(ids) else None,
            "tokens": self.tokenizer.convert_ids_to_tokens(ids),
            "input_ids": ids,
            "token_type_ids": types,
            "spans": [None if owner is None else list(span) for owner, span in zip(owners, encoding["offset_mapping"])],
        }

    def trace(self, text: str, pair: str | None) -> dict:
        return self.traces(**self.of_model(self.inputs(text, pair)))[0]

    def trace_cut(self, text: str, pair: str | None, heads: list, masked: list, replaced: list, edges: list) -> dict:
        inputs = self.inputs(text, pair)
        inputs["attention_mask"][0, masked] = 0
        inputs["input_ids"][0, replaced] = self.tokenizer.mask_token_id
        hooks = [self.cut_head(*head) for head in heads]
        hooks += [self.cut_edges(layer, inputs["attention_mask"], edges) for layer in sorted({edge[0] for edge in edges})]
        with torch.no_grad():
            output = self.model(**self.of_model(inputs), output_attentions=True, output_hidden_states=True)
        for hook in hooks:
            hook.remove()
        trace = self.row(output, 0, inputs["input_ids"].shape[1])
        assert all((trace["attentions"][layer, :, query, key] == 0).all() for layer, query, key in edges)
        return trace

    def cut_edges(self, layer: int, attention_mask: torch.Tensor, edges: list):
        """As Reference.cut_edges; ALBERT's one layer is all of them, one after the other."""
        length, calls = attention_mask.shape[1], 0
        seen = attention_mask[:, None, None, :].repeat(1, 1, length, 1).bool()
        for at, query, key in edges:
            if at == layer:
                seen[:, :, query, key] = False
        mask = torch.zeros(seen.shape).masked_fill(~seen, torch.finfo(torch.float32).min)
        shared = self.model.config.model_type == "albert"

        def replace(_, arguments, keywords):
            nonlocal calls
            calls += 1
            if shared and calls - 1 != layer:
                return arguments, keywords
            if len(arguments) > 1:
                return (arguments[0], mask, *arguments[2:]), keywords
            return arguments, keywords | {"attention_mask": mask}

        if shared:
            module = self.model.encoder.albert_layer_groups[0].albert_layers[0]
        else:
            module = (getattr(self.model, "encoder", None) or self.model.transformer).layer[layer]
        return module.register_forward_pre_hook(replace, with_kwargs=True)

    def cut_head(self, layer: int, head: int):
        config = self.model.config
        size = config.hidden_size // config.num_attention_heads
        kept = torch.ones(config.hidden_size)
        kept[head * size : (head + 1) * size] = 0
        calls = 0

        def cut(_, arguments):
            # ALBERT's one layer is all of them, one after the other.
            nonlocal calls
            calls += 1
            return (arguments[0] * kept,) if not shared or calls - 1 == layer else arguments

        dense, shared = self.attention_output(layer)
        return dense.register_forward_pre_hook(cut)

    def attention_output(self, layer: int):
        if self.model.config.model_type == "albert":
            return self.model.encoder.albert_layer_groups[0].albert_layers[0].attention.dense, True
        encoder = getattr(self.model, "encoder", None) or self.model.transformer
        attention = encoder.layer[layer].attention
        for path in ("output.dense", "attn.o", "out_lin"):
            try:
                return attention.get_submodule(path), False
            except AttributeError:
                pass
        raise AssertionError(attention)

    def case(self, text: str, pair: str | None, with_head: bool) -> dict:
        case = self.tokens(text, pair) | numbers(self.trace(text, pair))
        if self.head is not None and with_head:
            with torch.no_grad():
                logits = self.head(**self.of_model(self.inputs(text, pair))).logits[0]
            case["mlm"] = tensor(logits.softmax(dim=-1).numpy(), 7)
        return case

    def cut_case(self, text: str, pair: str | None, heads: list, masked: list, replaced: list, edges: list) -> dict:
        case, uncut = self.tokens(text, pair), self.trace(text, pair)
        for position in replaced:
            case["tokens"][position] = self.tokenizer.mask_token
            case["input_ids"][position] = self.tokenizer.mask_token_id
        trace = self.trace_cut(text, pair, heads, masked, replaced, edges)
        assert numpy.abs(trace["hidden_states"] - uncut["hidden_states"]).max() > 1e-2
        cut = {"heads": heads, "masked": masked, "replaced": replaced} | ({"edges": edges} if edges else {})
        return cut | case | numbers(trace)


def numbers(trace: dict) -> dict:
    return {part: None if values is None else tensor(values, 7) for part, values in trace.items()}


def make(name: str, checkpoint: Checkpoint, seed: int) -> None:
    torch.manual_seed(seed)
    tokenizer = checkpoint.tokenizer()
    sizes = {} if checkpoint.config_class is DistilBertConfig else SIZES
    config = checkpoint.config_class(
        **sizes | {"initializer_range": 0.5, "vocab_size": len(tokenizer)} | checkpoint.configuration
    )
    model = checkpoint.model_class(config, **checkpoint.arguments)
    randomise(model, seed)
    model.eval()
    folder = FOLDER / name
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    checkpoint.keys = list(model.state_dict())
    checkpoint.poolable = "pooler" if hasattr(model.base_model, "pooler") else ""
    checkpoint.write(folder, model)

    reference = FamilyReference(folder, checkpoint)
    encoder, opened = model.base_model.state_dict(), reference.model.state_dict()
    assert all((opened[key] == encoder[key]).all() for key in opened), name
    named = {"mask": reference.tokenizer.mask_token, "pad": reference.tokenizer.pad_token}
    texts = [(text.format(**named), pair) for text, pair in TEXTS]
    for setting, value in checkpoint.mistaken.items():
        mistaken = FamilyReference(folder, checkpoint, **{setting: value})
        a, b = (other.trace(*texts[0])["hidden_states"] for other in (reference, mistaken))
        assert numpy.abs(a - b).max() > 4e-4, (name, setting)
    answer = {"model": name, "made_with": MADE_WITH}
    cases = [*texts, LONG] if name in THOROUGH else texts[1:]
    answer["cases"] = [reference.case(*case, with_head=case == texts[2]) for case in cases]
    answer["batches"] = []
    answer["cuts"] = [reference.cut_case(*texts[0], *cut) for cut in CUTS] if name in THOROUGH else []
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(answer, separators=(",", ":"), allow_nan=False) + "\n")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{name:24} {size:7,} bytes + {path.stat().st_size:7,} reference")


def main() -> None:
    torch.set_num_threads(1)  # as in reference.py
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for seed, (name, checkpoint) in enumerate(CHECKPOINTS.items(), start=300):
        make(name, checkpoint, seed)
    for path in FOLDER.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


if __name__ == "__main__":
    main()
