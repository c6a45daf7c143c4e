"""Times a forward pass of a random checkpoint of each family beside a BERT of the same size, in turn: clscope's own ratio.

    cargo bench --bench forward --no-run
    python scripts/bench_families.py [--rounds 15] [--threads 2] [--processor] [--layers 12] [--size 768] [FAMILY...]

One sentence of so many tokens, every attention, hidden state and pooler output returned. All have BERT's vocabulary and sizes; ALBERT
and ELECTRA have embeddings as wide as their hidden states. Printed is the ratio of the families' time to BERT's: the median of the rounds'
ratios.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import torch
import transformers

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = [16, 64, 128, 512]
# Seconds, before each pass: the threads of the program before still spin for a while, on the same cores.
PAUSE = 0.05
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the"]
FAMILIES = {
    "bert": transformers.BertModel, "roberta": transformers.RobertaModel, "xlm-roberta": transformers.XLMRobertaModel,
    "camembert": transformers.CamembertModel, "distilbert": transformers.DistilBertModel, "mpnet": transformers.MPNetModel,
    "electra": transformers.ElectraModel, "albert": transformers.AlbertModel, "ernie": transformers.ErnieModel,
}


def made(folder: Path, family: str, layers: int, size: int) -> Path:
    path, model_class = folder / family, FAMILIES[family]
    sizes = dict(hidden_size=size, num_hidden_layers=layers, num_attention_heads=size // 64, intermediate_size=4 * size)
    if family == "distilbert":
        sizes = dict(dim=size, n_layers=layers, n_heads=size // 64, hidden_dim=4 * size)
    if family in ("electra", "albert"):
        sizes["embedding_size"] = size
    config = model_class.config_class(vocab_size=30522, max_position_embeddings=520, hidden_act="gelu", **sizes) if family != "distilbert" else (
        model_class.config_class(vocab_size=30522, max_position_embeddings=520, **sizes))
    torch.manual_seed(0)
    model_class(config).save_pretrained(path)
    (path / "vocab.txt").write_text("\n".join([*WORDS, *(f"[unused{at}]" for at in range(30522 - len(WORDS)))]))
    names = {f"{part}_token": f"[{part.upper()}]" for part in ("pad", "unk", "cls", "sep", "mask")}
    (path / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BertTokenizer", **names}))
    return path


class Program:
    def __init__(self, bench: Path, folder: Path, threads: int):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen([bench, folder, "--answer"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        # The weights are read; nine families of them would take 4 GB.
        shutil.rmtree(folder)

    def ask(self, tokens: int, of_processor: bool) -> float:
        """Of one pass, on the clock or on the processor (summed over the threads)."""
        time.sleep(PAUSE)
        before = self.on_processor()
        self.process.stdin.write(f"{tokens} 1\n")
        self.process.stdin.flush()
        answer = float(self.process.stdout.readline())
        return self.on_processor() - before if of_processor else answer

    def on_processor(self) -> float:
        return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--processor", action="store_true", help="time on the processor instead of the clock: for a busy machine, with --threads 1")
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--size", type=int, default=768)
    parser.add_argument("families", nargs="*", default=[name for name in FAMILIES if name != "bert"])
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    bench = max((path for path in (ROOT / "target/release/deps").glob("forward-*") if not path.suffix), key=lambda path: path.stat().st_mtime)
    print("| family | " + " | ".join(f"{tokens} tokens" for tokens in LENGTHS) + " |")
    print("| --- |" + " ---: |" * len(LENGTHS))
    with tempfile.TemporaryDirectory() as folder:
        bert = Program(bench, made(Path(folder), "bert", arguments.layers, arguments.size), arguments.threads)
        for family in arguments.families:
            other = Program(bench, made(Path(folder), family, arguments.layers, arguments.size), arguments.threads)
            ratios = []
            for tokens in LENGTHS:
                pairs = [(other.ask(tokens, arguments.processor), bert.ask(tokens, arguments.processor)) for _ in range(arguments.rounds + 1)][1:]
                ratios.append(statistics.median(a / b for a, b in pairs))
            other.process.kill()
            print(f"| {family} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |", flush=True)
        bert.process.kill()


if __name__ == "__main__":
    main()
