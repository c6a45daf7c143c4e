"""What a token's vector is made of, in torch: the reference for clscope's measures.

    pip install torch==2.15.0 transformers==5.23.0 safetensors==0.8.0 numpy==2.4.6
    python scripts/measures.py                      # tests/reference/measures.json
    python scripts/measures.py --compare CLSCOPE    # random checkpoints of other sizes, against a built clscope
    python scripts/measures.py --time [--model DIRECTORY] [--rounds 5] [--threads 2]    # against a built benchmark, in turn:
                                                    # cargo bench --bench measures --no-run

Everything is computed in float64, from the float32 weights. Row i is the token that is explained, column j the one that it
takes from. Where biases are a column, it is the last.
"""

import argparse
import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import torch
import transformers
from transformers import AutoConfig, AutoModel, AutoTokenizer, BertConfig, BertModel, BertTokenizerFast

sys.path.insert(0, str(Path(__file__).resolve().parent))
import family_layers  # noqa: E402
from reference import EMBEDDED, MADE_WITH, OUT, VOCABULARY  # noqa: E402

torch.set_grad_enabled(False)

# model: (text, pair, heads cut as (layer, head), positions masked, positions replaced)
CASES = {
    "checkpoints/tiny-pooler": [
        ("The unable cat.", None, [], [], []),
        ("A dog?", "Zooed!", [(0, 1)], [3], [2]),
        ("The cat ran.", None, [(0, 0), (0, 1), (1, 0)], [], []),
    ],
    "checkpoints/tiny-no-pooler": [("A dog played.", "Was it?", [(1, 2)], [], [])],
    "forms/act-gelu-new": [("The dog played.", None, [], [], [])],
    "forms/act-relu": [("The dog played.", None, [], [], [])],
    "forms/act-silu": [("The dog played.", None, [], [], [])],
    "forms/heads-3-of-24": [("The dog played.", None, [], [], [])],
    "forms/eps-1e-5": [("The dog played.", None, [], [], [])],
    EMBEDDED.name: [
        ("The animal didn't cross the street because it was too tired.", None, [], [], []),
        ("A man is playing a guitar.", "Someone is making music.", [], [], []),
        ("A man is strumming untuned guitars.", None, [(0, 3), (5, 11)], [3], [2]),
    ],
} | {
    # Heads and a token cut in some, so that each kind of layer is read whole and with cuts.
    f"families/{name}": [("The cats is.", None, *cuts)]
    for name, cuts in {
        "roberta": ([(0, 1)], [3], [2]),
        "xlm-roberta": ([], [], []),
        "camembert": ([], [], []),
        "distilbert": ([(0, 1)], [3], [2]),
        "mpnet": ([(0, 1)], [3], [2]),
        "electra": ([], [], []),
        "albert": ([(0, 1)], [3], [2]),
        "albert-groups": ([], [], []),
        "ernie": ([], [], []),
    }.items()
}
# The heads of a subset.
SOME = [0, 1]
UNPOOLED = ("distilbert", "electra")


def gate(z, name):
    """act(z) / z: the slope of the line through the origin."""
    match name:
        case "gelu":
            return 0.5 * (1 + torch.erf(z / 2**0.5))
        case "gelu_new" | "gelu_pytorch_tanh":
            return 0.5 * (1 + torch.tanh((2 / numpy.pi) ** 0.5 * (z + 0.044715 * z**3)))
        case "relu":
            return (z > 0).to(z.dtype)
        case "silu" | "swish":
            return torch.sigmoid(z)
    raise ValueError(name)


def held(v, gamma, s):
    """What is linear of a layer norm once the deviation s of the real vector is given."""
    return gamma * (v - v.mean(-1, keepdim=True)) / s.view(s.shape + (1,) * (v.dim() - s.dim()))


class Read:
    """One input, read."""

    def __init__(self, folder, text, pair=None, heads=(), masked=(), replaced=(), dtype=torch.float64, ids=None):
        has_pooler = any("pooler" in key for key in keys(folder))
        self.hf = load(folder, has_pooler, dtype)
        self.config = self.hf.config
        tokenizer = tokenizer_of(folder)
        if ids is None:
            encoding = tokenizer(text, pair, return_tensors="pt")
            ids, types, word_ids = encoding["input_ids"], encoding.get("token_type_ids"), encoding.word_ids()
            self.owners = encoding.sequence_ids(0)
        else:
            types, word_ids, self.owners = torch.zeros_like(ids), [None] * ids.shape[1], [None] * ids.shape[1]
        ids[0, list(replaced)] = tokenizer.mask_token_id if replaced else 0
        self.tokens = tokenizer.convert_ids_to_tokens(ids[0].tolist())
        mask = torch.ones_like(ids)
        mask[0, list(masked)] = 0
        at, self.words = 0, []
        while at < len(word_ids):
            end = at + 1
            while end < len(word_ids) and word_ids[at] is not None and (word_ids[end], self.owners[end]) == (word_ids[at], self.owners[at]):
                end += 1
            if end - at > 1:
                self.words.append((at, end))
            at = end
        given = family_layers.inputs(self.hf, ids, types)
        hidden = self.hf(**given, output_hidden_states=True).hidden_states[0][0]
        self.x0, self.layers, self.S = hidden, [], len(hidden)
        size, head_size = self.config.hidden_size, self.config.hidden_size // self.config.num_attention_heads
        for n, layer in enumerate(family_layers.layers(self.hf)):
            at, out = layer.attention.self, layer.attention.output
            alive = torch.tensor([(n, head) not in heads for head in range(self.config.num_attention_heads)]).to(dtype)
            split = lambda linear: linear(hidden).view(self.S, -1, head_size).transpose(0, 1)
            scores = split(at.query) @ split(at.key).transpose(1, 2) / head_size**0.5 + layer.bias(hidden)
            scores[:, :, list(masked)] = -torch.inf
            alpha = scores.softmax(-1)
            w_o = out.dense.weight.view(size, -1, head_size)
            value = at.value.weight.view(-1, head_size, size)
            f0 = torch.einsum("h,sd,hvd,ehv->hse", alive, hidden, value, w_o)
            fb = torch.einsum("h,hv,ehv->he", alive, at.value.bias.view(-1, head_size), w_o)
            p = hidden + torch.einsum("hij,hjd->id", alpha, f0) + fb.sum(0) + out.dense.bias
            s1 = (p.var(-1, unbiased=False) + out.LayerNorm.eps).sqrt()
            y = held(p, out.LayerNorm.weight, s1) + out.LayerNorm.bias
            z = layer.intermediate.dense(y)
            theta = gate(z, family_layers.activation(self.config))
            r = y + layer.output.dense(z * theta)
            s2 = (r.var(-1, unbiased=False) + layer.output.LayerNorm.eps).sqrt()
            x, hidden = hidden, held(r, layer.output.LayerNorm.weight, s2) + layer.output.LayerNorm.bias
            self.layers.append(dict(x=x, alpha=alpha, alive=alive, f=f0 + fb[:, None], fb=fb, y=y, s1=s1, s2=s2, theta=theta,
                                    out=hidden, hf=layer))
        self.out = hidden
        self.pooler = family_layers.pooler(self.hf) if has_pooler else None
        if dtype == torch.float64 and not heads and not masked:
            theirs = self.hf(**given).last_hidden_state[0]
            assert (theirs - hidden).abs().max() < 1e-9, folder

    # ---- one layer

    def block(self, l):
        """[S,S,D] behind the attention block's layer norm; their sum over j lacks b_O and beta (Kobayashi et al. 2021)."""
        v = torch.einsum("hij,hjd->ijd", l["alpha"], l["f"])
        v[range(self.S), range(self.S)] += l["x"]
        return held(v, l["hf"].attention.output.LayerNorm.weight, l["s1"])

    def block_biases(self, l):
        norm = l["hf"].attention.output
        return held(norm.dense.bias.expand_as(l["y"]), norm.LayerNorm.weight, l["s1"]) + norm.LayerNorm.bias

    def mixing(self, v):
        own = v[range(self.S), range(self.S)]
        other = (v.sum(1) - own).norm(dim=-1)
        return other / (other + own.norm(dim=-1))

    def alti(self, l):
        c = (l["y"].abs().sum(-1, keepdim=True) - (l["y"][:, None] - self.block(l)).abs().sum(-1)).clamp(min=0)
        return c / c.sum(-1, keepdim=True)

    def zeroed(self, n, tokens):
        """What transformers' own layer makes of its input when the value vectors of these tokens are zero."""
        l = self.layers[n]
        layer, keep = l["hf"], torch.ones(self.S, 1)
        keep[list(tokens)] = 0
        hook = layer.attention.self.value.register_forward_hook(lambda _, given, value: value * keep)
        size = self.config.hidden_size // self.config.num_attention_heads
        alive = l["alive"].repeat_interleave(size)
        cut = layer.attention.output.dense.register_forward_pre_hook(lambda _, given: (given[0] * alive,))
        # -inf would give what the model itself has for masked keys; alpha 0 for all is a key that is masked.
        mask = torch.zeros(1, 1, 1, self.S, dtype=l["x"].dtype)
        mask[..., (l["alpha"] == 0).all(1).all(0)] = torch.finfo(mask.dtype).min
        found = layer.run(l["x"][None], mask)
        hook.remove(), cut.remove()
        return (found[0] if isinstance(found, tuple) else found).reshape(self.S, -1)

    def zeroing(self, n, groups):
        real = self.zeroed(n, [])
        assert (real - self.layers[n]["out"]).abs().max() < (1e-9 if real.dtype == torch.float64 else 1e-4)
        turned = [1 - torch.cosine_similarity(self.zeroed(n, range(*group)), real, dim=-1) for group in groups]
        return torch.stack(turned, 1) if turned else torch.zeros(self.S, 0)

    # ---- through the layers

    def decompose(self):
        """After each layer [S,S+1,D]: what each token, and what the biases, have become (DecompX, zero-origin slopes)."""
        c, states = torch.zeros(self.S, self.S + 1, self.x0.shape[1], dtype=self.x0.dtype), []
        c[range(self.S), range(self.S)] = self.x0
        for l in self.layers:
            at, out, hf = l["hf"].attention.self, l["hf"].attention.output, l["hf"]
            v = (c @ at.value.weight.T).view(self.S, self.S + 1, len(l["alpha"]), -1)
            mixed = torch.einsum("h,hij,jkhv->ikhv", l["alive"], l["alpha"], v).reshape(c.shape) @ out.dense.weight.T
            c = mixed + c
            c[:, -1] += l["fb"].sum(0) + out.dense.bias
            c = held(c, out.LayerNorm.weight, l["s1"])
            c[:, -1] += out.LayerNorm.bias
            h = c @ hf.intermediate.dense.weight.T
            h[:, -1] += hf.intermediate.dense.bias
            c = c + (h * l["theta"][:, None]) @ hf.output.dense.weight.T
            c[:, -1] += hf.output.dense.bias
            c = held(c, hf.output.LayerNorm.weight, l["s2"])
            c[:, -1] += hf.output.LayerNorm.bias
            states.append(c)
        return states

    def explain(self, u, i):
        """[S] <v_k, u> for every token k at once: one way back with alpha, deviations and slopes held."""
        with torch.enable_grad():
            x = x0 = self.x0.detach().clone().requires_grad_()
            for l in self.layers:
                at, out, hf = l["hf"].attention.self, l["hf"].attention.output, l["hf"]
                v = at.value(x).view(self.S, len(l["alpha"]), -1)
                context = torch.einsum("h,hij,jhv->ihv", l["alive"], l["alpha"], v).reshape(self.S, -1)
                y = held(out.dense(context) + x, out.LayerNorm.weight, l["s1"]) + out.LayerNorm.bias
                r = hf.output.dense(hf.intermediate.dense(y) * l["theta"]) + y
                x = held(r, hf.output.LayerNorm.weight, l["s2"]) + hf.output.LayerNorm.bias
            return (torch.autograd.grad(x[i] @ u, x0)[0] * x0).sum(-1).detach()

    def pool(self, parts):
        """[S+1,D] of the last [CLS] through the pooler, its slopes held."""
        p = self.pooler(self.out[0])
        slope = torch.where(p.abs() < 1e-6, torch.ones_like(p), p.tanh() / p)
        parts = parts @ self.pooler.weight.T
        parts[-1] += self.pooler.bias
        return parts * slope

    # ---- all of it

    def arrays(self):
        layers, S = self.layers, self.S
        blocks = [self.block(l) for l in layers]
        for l, v in zip(layers, blocks):
            assert (v.sum(1) + self.block_biases(l) - l["y"]).abs().max() < 1e-9
        taken = lambda l, some: torch.einsum("hij,hjd->ijd", l["alpha"][some], l["f"][some])
        every = list(range(self.config.num_attention_heads))
        states = self.decompose()
        for l, c in zip(layers, states):
            assert (c.sum(1) - l["out"]).abs().max() < 1e-9
        alti = [self.alti(l) for l in layers]
        globenc = [held(v, l["hf"].output.LayerNorm.weight, l["s2"]).norm(dim=-1) for l, v in zip(layers, blocks)]
        eye = torch.eye(S, dtype=self.x0.dtype)
        found = {
            "value_norm_heads": stack(l["alpha"] * l["f"].norm(dim=-1)[:, None] for l in layers),
            "value_norm": stack(taken(l, every).norm(dim=-1) for l in layers),
            "value_norm_some": stack(taken(l, SOME).norm(dim=-1) for l in layers),
            "block_norm": stack(v.norm(dim=-1) for v in blocks),
            "mixing_block": stack(self.mixing(v) for v in blocks),
            "alti_layer": torch.stack(alti),
            "alti": rolled_out(alti),
            "globenc": rolled_out(globenc),
            "rollout": rolled_out([0.5 * l["alpha"].mean(0) + 0.5 * eye for l in layers]),
            "decompx_norm": stack(c.norm(dim=-1) for c in states),
            "decompx_dot": stack(dots(c) for c in states),
            "mean_norm": states[-1].mean(0).norm(dim=-1),
            "mean_dot": dots(states[-1].mean(0)),
            "value_zeroing": stack(self.zeroing(n, [(j, j + 1) for j in range(S)]) for n in range(len(layers))),
        }
        if self.pooler is not None:
            parts = self.pool(states[-1][0])
            found |= {"pooled_norm": parts.norm(dim=-1), "pooled_dot": dots(parts)}
        if self.words:
            words = lambda v: torch.stack([v[:, a:b].sum(1) for a, b in self.words], 1).norm(dim=-1)
            found |= {
                "value_norm_words": stack(words(taken(l, every)) for l in layers),
                "value_norm_some_words": stack(words(taken(l, SOME)) for l in layers),
                "block_norm_words": stack(words(v) for v in blocks),
                "decompx_norm_words": stack(words(c) for c in states),
                "value_zeroing_words": stack(self.zeroing(n, self.words) for n in range(len(layers))),
            }
        return found


def stack(each):
    return torch.stack(list(each))


def dots(parts):
    """[...,K] c.h/|h|^2 of parts [...,K,D] that add up to h."""
    h = parts.sum(-2)
    return torch.einsum("...kd,...d->...k", parts, h) / (h * h).sum(-1, keepdim=True)


def rolled_out(maps):
    out = [maps[0]]
    for m in maps[1:]:
        out.append(m @ out[-1])
    return torch.stack(out)


@functools.cache
def keys(folder):
    import safetensors.torch

    return safetensors.torch.load((Path(folder) / "model.safetensors").read_bytes()).keys()


@functools.cache
def tokenizer_of(folder):
    return AutoTokenizer.from_pretrained(folder)


@functools.cache
def load(folder, has_pooler, dtype):
    pooler = {} if AutoConfig.from_pretrained(folder).model_type in UNPOOLED else {"add_pooling_layer": has_pooler}
    model = AutoModel.from_pretrained(folder, **pooler, dtype=torch.float32, attn_implementation="eager")
    return model.to(dtype).eval()


# ---- tests/reference/measures.json


def tensor(values, digits=6):
    return {"shape": list(values.shape), "values": [float(f"{value:.{digits}g}") for value in values.flatten().tolist()]}


def case(folder, text, pair, heads, masked, replaced):
    read = Read(folder, text, pair, heads, masked, replaced)
    arrays = read.arrays()
    if read.x0.shape[1] > 100:
        # Row 0, [CLS]; of DecompX behind the last layer every row.
        last = {f"last_{name}": arrays[f"decompx_{name}"][-1] for name in ("norm", "dot")}
        whole = ["mean_norm", "mean_dot", "pooled_norm", "pooled_dot", "mixing_block"]
        row = lambda name, v: v if name in whole else v[:, :, 0] if name == "value_norm_heads" else v[:, 0]
        arrays = {name: row(name, values) for name, values in arrays.items()} | last
        if pair:
            del arrays["value_norm_heads"]
    return {"text": text, "pair": pair, "heads": heads, "masked": masked, "replaced": replaced, "tokens": read.tokens,
            "words": read.words, "arrays": {name: tensor(values) for name, values in arrays.items()}}


def write():
    folder = lambda name: EMBEDDED if name == EMBEDDED.name else OUT / name
    models = {name: [case(folder(name), *given) for given in cases] for name, cases in CASES.items()}
    path = OUT / "measures.json"
    path.write_text(json.dumps({"made_with": MADE_WITH, "some": SOME, "models": models}, separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


# ---- against clscope


def traced(clscope, model, text, pair=None, measures="all"):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "trace.npz"
        command = [clscope, "trace", text, "--model", str(model), "--measures", measures, "--format", "npz", "--output", out]
        subprocess.run(command + (["--pair", pair] if pair else []), check=True)
        return dict(numpy.load(out))


def compare(clscope):
    """Random checkpoints; the largest difference of each array, relative to its largest number."""
    sizes = [(2, 2, 20, 36, "gelu"), (4, 3, 48, 100, "relu"), (3, 8, 64, 256, "silu"), (12, 4, 32, 70, "gelu_new"), (6, 16, 256, 1100, "gelu")]
    texts = [("The old dog played, unseen by the cats at the river bank!", None), ("What is it?", "Not one word of it is here.")]
    worst = {}
    for seed, (layers, heads, size, wide, act) in enumerate(sizes):
        with tempfile.TemporaryDirectory() as folder:
            config = BertConfig(vocab_size=len(VOCABULARY), max_position_embeddings=64, num_hidden_layers=layers, hidden_act=act,
                                num_attention_heads=heads, hidden_size=size, intermediate_size=wide)
            model, random = BertModel(config), numpy.random.default_rng(seed)
            for name, parameter in sorted(model.named_parameters()):
                scale, centre = (0.2, 1.0) if name.endswith("LayerNorm.weight") else (0.2 if "bias" in name else 1 / size**0.5, 0.0)
                parameter.copy_(torch.from_numpy(random.normal(centre, scale, parameter.shape)))
            model.save_pretrained(folder)
            vocabulary = {token: index for index, token in enumerate(VOCABULARY)}
            BertTokenizerFast(vocab=vocabulary, model_max_length=64).save_pretrained(folder)
            for text, pair in texts:
                found, expected = traced(clscope, folder, text, pair), Read(folder, text, pair).arrays()
                for name in expected.keys() & found.keys():
                    values = expected[name].numpy()
                    gap = float(numpy.abs(found[name] - values).max() / numpy.abs(values).max())
                    worst[name] = max(worst.get(name, 0), gap)
                missing = {name for name in expected if not name.endswith(("_words", "_some"))} - found.keys()
                assert not missing, missing
    for name, gap in sorted(worst.items()):
        print(f"{gap:8.1e}  {name}")
    assert max(worst.values()) < 1e-5, "more than 1e-5 of an array's largest number"


# ---- time

LENGTHS = [8, 16, 32, 64, 128]
# Seconds, before each: the threads of the program before still spin for a while, on the same cores.
PAUSE = 0.1


def layers_alone(read):
    for l in read.layers:
        v = torch.einsum("hij,hjd->ijd", l["alpha"], l["f"])
        (l["alpha"] * l["f"].norm(dim=-1)[:, None], v.norm(dim=-1))
        t = read.block(l)
        (t.norm(dim=-1), read.mixing(t), read.alti(l))
        held(t, l["hf"].output.LayerNorm.weight, l["s2"]).norm(dim=-1)


def sources(read):
    for c in read.decompose():
        (c.norm(dim=-1), dots(c))


# As the benchmark's: the pass that is read off is in the time, the reading itself is not.
WORK = {
    "layers": layers_alone,
    "explain": lambda read: read.explain(read.out[0], 0),
    "sources": sources,
    "zeroing": lambda read: [read.zeroing(n, [(j, j + 1) for j in range(read.S)]) for n in range(len(read.layers))],
}


def time_them(model, rounds, threads):
    torch.set_num_threads(threads)
    bench = max((path for path in (OUT.parent.parent / "target/release/deps").glob("measures-*") if not path.suffix),
                key=lambda path: path.stat().st_mtime, default=None) or sys.exit("first: cargo bench --bench measures --no-run")
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    process = subprocess.Popen([bench, model, "--answer"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ours(work, tokens):
        process.stdin.write(f"{work} {tokens}\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    def theirs(work, ids):
        start = time.perf_counter()
        WORK[work](Read(model, None, ids=ids.clone(), dtype=torch.float32))
        return (time.perf_counter() - start) * 1e3

    print(f"{Path(model).name}, {threads} threads, medians of {rounds} rounds in turn, ms")
    print("| work | tokens | clscope | PyTorch | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for work in WORK:
        for tokens in LENGTHS:
            ids = torch.full((1, tokens), 1996)
            ids[:, 0], ids[:, -1] = 101, 102
            pairs = []
            if work == "zeroing" and tokens > 64:
                continue
            for _ in range(rounds + 1):
                time.sleep(PAUSE)
                a = ours(work, tokens)
                time.sleep(PAUSE)
                pairs.append((a, theirs(work, ids)))
            a, b = (statistics.median(side) for side in zip(*pairs[1:]))
            ratio = statistics.median(a / b for a, b in pairs[1:])
            print(f"| {work} | {tokens} | {a:.1f} | {b:.1f} | {ratio:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", metavar="CLSCOPE")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--model", default=str(EMBEDDED))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    if arguments.compare:
        compare(arguments.compare)
    elif arguments.time:
        time_them(arguments.model, arguments.rounds, arguments.threads)
    else:
        torch.set_num_threads(1)
        write()


if __name__ == "__main__":
    main()
