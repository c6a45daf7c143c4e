"""Times a forward pass of the same checkpoint in clscope, ONNX Runtime, PyTorch and candle, in turn, side by side.

    pip install torch==2.15.0 transformers==5.23.0 onnx onnxscript onnxruntime==1.32.0
    cargo bench --bench forward --no-run
    cargo build --release --manifest-path scripts/bench_candle/Cargo.toml          (left out where it is not built)
    python scripts/bench_forward.py [--model DIRECTORY] [--random] [--rounds 15] [--threads 2]

`--random` makes a checkpoint of bert-base's size with random weights instead. One sentence returns every attention,
every hidden state and the pooler output (candle returns the last hidden state alone); a batch of 32 the last hidden
state. All programs are alive all the while and are asked in turn, one pass each, another one first in each round, with a
pause between, so that what else the machine does meets all alike. Printed are medians in milliseconds and clscope's ratio to each: the median of the rounds' ratios.

So is the limit of the machine (`scripts/limit.c`, compiled here with `cc`): what share of its f32 multiply-adds a pass of clscope
makes, and what share of the bandwidth of memory it would need to read every weight once.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = [8, 16, 32, 64, 128, 256, 512]
BATCH = 32
# Seconds, before each pass: the threads of the program before still spin for a while, on the same cores.
PAUSE = 0.1
BATCH_LENGTHS = [16, 64]

COMMON = """
import os, sys, time, warnings, logging
warnings.filterwarnings("ignore"); logging.disable(logging.WARNING)
os.environ["TQDM_DISABLE"] = "1"
import torch, numpy
from transformers import BertModel
folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
def serve(load, run):
    start = time.perf_counter()
    loaded = load()
    print((time.perf_counter() - start) * 1e3, flush=True)
    for line in sys.stdin:
        tokens, sentences = map(int, line.split())
        ids = torch.full((sentences, tokens), 1996); ids[:, 0] = 101; ids[:, -1] = 102
        start = time.perf_counter()
        run(loaded, ids)
        print((time.perf_counter() - start) * 1e3, flush=True)
"""

PYTORCH = COMMON + """
def load():
    return [BertModel.from_pretrained(folder, dtype=torch.float32, attn_implementation=kind).eval() for kind in ("eager", "sdpa")]
def run(models, ids):
    with torch.inference_mode():
        if len(ids) == 1:
            models[0](ids, output_attentions=True, output_hidden_states=True)
        else:
            models[1](ids)
serve(load, run)
"""

EXPORT = COMMON + """
class Everything(torch.nn.Module):
    def __init__(self, whole):
        super().__init__()
        self.whole = whole
        self.bert = BertModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    def forward(self, input_ids):
        if not self.whole:
            return self.bert(input_ids=input_ids).last_hidden_state
        out = self.bert(input_ids=input_ids, output_attentions=True, output_hidden_states=True)
        return (out.last_hidden_state, out.pooler_output, *out.hidden_states, *out.attentions)
for name, whole in (("whole", True), ("last", False)):
    torch.onnx.export(Everything(whole), (torch.full((1, 16), 1996),), f"{sys.argv[3]}/{name}.onnx", input_names=["input_ids"],
                      dynamic_axes={"input_ids": {0: "batch", 1: "length"}}, opset_version=17, dynamo=False)
"""

ONNX = COMMON + """
import onnxruntime
def load():
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return [onnxruntime.InferenceSession(f"{sys.argv[3]}/{name}.onnx", options, providers=["CPUExecutionProvider"]) for name in ("whole", "last")]
def run(sessions, ids):
    sessions[len(ids) > 1].run(None, {"input_ids": ids.numpy()})
serve(load, run)
"""


class Program:
    """A program that answers `TOKENS SENTENCES` with the milliseconds of one pass."""

    def __init__(self, command: list[str], threads: int):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.load = float(self.process.stdout.readline())

    def ask(self, line: str) -> list[float]:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return [float(number) for number in self.process.stdout.readline().split()]

    def time(self, tokens: int, sentences: int) -> float:
        return self.ask(f"{tokens} {sentences}")[0]


class Work:
    """What a pass has to do, by the shapes of the model."""

    def __init__(self, folder: str):
        config = json.loads((Path(folder) / "config.json").read_text())
        self.layers, self.size = config["num_hidden_layers"], config["hidden_size"]
        self.weights = self.layers * (4 * self.size**2 + 2 * self.size * config["intermediate_size"])

    def operations(self, tokens: int, sentences: int) -> float:
        """A multiply-add counts as two. Only products of matrices: of weights, of queries and keys, of weights of attention and values."""
        return sentences * tokens * (2 * self.weights + self.layers * 4 * tokens * self.size)

    def bytes(self) -> float:
        return 4 * self.weights


def newest(pattern: str) -> str:
    found = [path for path in ROOT.glob(pattern) if path.suffix != ".d"]
    if not found:
        sys.exit("first: cargo bench --bench forward --no-run")
    return str(max(found, key=lambda path: path.stat().st_mtime))


def compiled_limit(folder: str) -> str:
    binary, flags = f"{folder}/limit", ["-O3", "-march=native", "-ffp-contract=fast", "-pthread"]
    subprocess.run(["cc", *flags, str(ROOT / "scripts/limit.c"), "-o", binary], check=True)
    return binary


def random_bert_base(folder: str) -> None:
    from transformers import BertConfig, BertModel, BertTokenizerFast

    BertModel(BertConfig()).save_pretrained(folder)
    BertTokenizerFast(tokenizer_file=str(ROOT / "models" / "all-MiniLM-L6-v2" / "tokenizer.json")).save_pretrained(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(ROOT / "models" / "all-MiniLM-L6-v2"))
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    threads = str(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        model = options.model
        if options.random:
            model = f"{folder}/bert-base"
            random_bert_base(model)
        python = [sys.executable, "-c"]
        subprocess.run([*python, EXPORT, model, threads, folder], check=True, stderr=subprocess.DEVNULL)
        commands = {
            "clscope": [newest("target/release/deps/forward-*"), model, "--answer"],
            "ONNX Runtime": [*python, ONNX, model, threads, folder],
            "PyTorch": [*python, PYTORCH, model, threads],
        }
        candle = ROOT / "scripts/bench_candle/target/release/bench_candle"
        if candle.exists():
            commands["candle"] = [str(candle), model]
        programs = {name: Program(command, options.threads) for name, command in commands.items()}
        others = [name for name in programs if name != "clscope"]
        limit, work = Program([compiled_limit(folder), threads], options.threads), Work(model)
        print(f"{Path(model).name}, {threads} threads, medians of {options.rounds} rounds in turn")
        print("| tokens | " + " | ".join(f"{name}, ms" for name in programs) + " | " + " | ".join(f"to {name}" for name in others)
              + " | of multiply-adds | of bandwidth |")
        print("| --- |" + " ---: |" * (len(programs) + len(others) + 2))
        for tokens, sentences in [(tokens, 1) for tokens in LENGTHS] + [(tokens, BATCH) for tokens in BATCH_LENGTHS]:
            times = {name: [] for name in programs}
            turn, limits, shares = list(programs.items()), [], []
            for pass_ in range(options.rounds + 2):
                turn.append(turn.pop(0))
                limits.append(limit.ask(""))
                for name, program in turn:
                    time.sleep(PAUSE)
                    took = program.time(tokens, sentences)
                    if pass_ >= 2:
                        times[name].append(took)
            needed = work.operations(tokens, sentences), work.bytes()
            for took, most in zip(times["clscope"], limits[2:]):
                shares.append([need / (took / 1e3) / at_most for need, at_most in zip(needed, most)])
            of_limit = [f"{statistics.median(share):.0%}" for share in zip(*shares)]
            what = str(tokens) if sentences == 1 else f"{sentences} x {tokens}"
            medians = [f"{statistics.median(values):.1f}" for values in times.values()]
            ratios = [statistics.median(a / b for a, b in zip(times["clscope"], times[name])) for name in others]
            print(f"| {what} | " + " | ".join(medians) + " | " + " | ".join([f"{ratio:.2f}" for ratio in ratios] + of_limit) + " |", flush=True)
        peaks = [statistics.median(numbers) for numbers in zip(*(limit.ask("") for _ in range(9)))]
        print(f"limit: {peaks[0] / 1e9:.0f} GFLOP/s, {peaks[1] / 1e9:.1f} GB/s")
        print("loaded in ms: " + ", ".join(f"{name} {program.load:.0f}" for name, program in programs.items()))


if __name__ == "__main__":
    main()
