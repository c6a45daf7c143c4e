"""Measures how time and memory of a forward pass grow with the length and with the number of sentences, and draws it.

    pip install torch==2.15.0 transformers==5.23.0 matplotlib          (torch and transformers make the checkpoint)
    cargo bench --bench forward --no-run
    python scripts/growth.py                                           prints two tables, writes docs/growth.svg

The checkpoint is of bert-base's size, with random weights. One sentence is traced (every attention, every hidden state, the pooled
output are kept); of a batch of 64-token sentences the last states are. Each row is a process of its own: the median of its passes, and the
most memory it ever held.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from bench_forward import LENGTHS, ROOT, Program, newest, random_bert_base

BATCHES = [2, 4, 8, 16, 32, 64]
BATCH_LENGTH = 64
PASSES = 9


def measure(model, threads, tokens, sentences):
    program = Program([newest("target/release/deps/forward-*"), model, "--answer"], threads)
    times = [program.time(tokens, sentences) for _ in range(PASSES + 1)][1:]
    status = Path(f"/proc/{program.process.pid}/status").read_text().splitlines()
    peak = next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM"))
    program.process.terminate()
    program.process.wait()
    return statistics.median(times), peak


def draw(lengths, batches, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "clscope"
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(9, 6), layout="constrained")
    for column, (points, label) in enumerate([
        (lengths, "tokens of one sentence, everything kept"),
        (batches, f"sentences of {BATCH_LENGTH} tokens at once, states kept"),
    ]):
        xs = list(points)
        for row, (unit, color) in enumerate([("ms", "#1f6feb"), ("peak MB", "#bf3989")]):
            ys = [point[row] for point in points.values()]
            plot = axes[row][column]
            plot.set_xscale("log", base=2)
            plot.set_xticks(xs, [str(x) for x in xs])
            plot.minorticks_off()
            plot.plot(xs, ys, marker="o", color=color, label="measured")
            if row == 0:
                plot.set_yscale("log")
                plot.plot(xs, [ys[-1] * x / xs[-1] for x in xs], "--", color="#888888", label="in proportion")
                plot.legend(frameon=False)
            else:
                plot.set_ylim(0, max(ys) * 1.15)
            plot.set_ylabel(unit)
            plot.grid(alpha=0.3)
        axes[1][column].set_xlabel(label)
    figure.savefig(file, metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    threads = parser.parse_args().threads
    with tempfile.TemporaryDirectory() as folder:
        model = f"{folder}/bert-base"
        random_bert_base(model)
        lengths = {tokens: measure(model, threads, tokens, 1) for tokens in LENGTHS}
        batches = {count: measure(model, threads, BATCH_LENGTH, count) for count in BATCHES}
    for what, points, tokens in [("tokens", lengths, 1), ("sentences", batches, BATCH_LENGTH)]:
        print(f"| {what} | ms | ms a token | peak MB |\n| ---: | ---: | ---: | ---: |")
        for count, (time, peak) in points.items():
            print(f"| {count} | {time:.1f} | {time / count / tokens:.2f} | {peak:.0f} |")
        print()
    draw(lengths, batches, ROOT / "docs" / "growth.svg")


if __name__ == "__main__":
    main()
