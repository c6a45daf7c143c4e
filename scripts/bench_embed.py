"""Embeds the same sentences with clscope and with sentence-transformers, in turn, and prints both side by side.

    pip install sentence-transformers==6.2.0 torch==2.15.0 transformers==5.23.0
    cargo build --release && python scripts/bench_embed.py [--sentences 10000] [--rounds 3] [--threads 2] [--onnx PYTHON]

`--onnx` names the Python of an environment with `pip install "sentence-transformers[onnx]"` (it asks for an older transformers): its ONNX
backend is then timed too, with the graph optimised at level O3.

The embedded model, mean pooling, batches of at most 32, sorted by length (both do), f32, `--threads` threads each. Seconds
are of whole processes less the time each takes for one sentence (loading), so that neither pays for its start.
The work of the processor is what to look at where others use the machine, too. Sentences are made here, 3 to 40 words with most near 12; the same every time.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "models" / "all-MiniLM-L6-v2"
WORDS = (
    "the a of in to and on with for from by near under over old new small large quiet bright green red cold warm "
    "house river teacher doctor market garden window engine paper music winter morning village mountain letter story "
    "walks builds finds writes reads carries opens watches follows remembers describes delivers crosses repairs "
    "slowly often never together yesterday unexpectedly nevertheless photosynthesis archaeological counterclockwise"
).split()

SENTENCE_TRANSFORMERS = """
import sys, numpy, torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
torch.set_num_threads(int(sys.argv[4]))
transformer = Transformer(sys.argv[1], model_kwargs={"dtype": torch.float32})
model = SentenceTransformer(modules=[transformer, Pooling(transformer.get_embedding_dimension(), "mean")], device="cpu")
lines = open(sys.argv[2], encoding="utf-8").read().splitlines()
numpy.savez(sys.argv[3], mean=model.encode(lines, batch_size=32))
"""

ONNX = """
import sys, numpy, onnxruntime
from pathlib import Path
from optimum.onnxruntime import ORTModelForFeatureExtraction, ORTOptimizer
from optimum.onnxruntime.configuration import AutoOptimizationConfig
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
folder, made = sys.argv[1], Path(sys.argv[3]).parent / "onnx"
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = int(sys.argv[4])
if not made.exists():
    exported = ORTModelForFeatureExtraction.from_pretrained(folder, export=True)
    ORTOptimizer.from_pretrained(exported).optimize(AutoOptimizationConfig.O3(), save_dir=made)
    exported.config.save_pretrained(made)
file = {"provider": "CPUExecutionProvider", "file_name": "model_optimized.onnx", "session_options": options}
transformer = Transformer(str(made), backend="onnx", model_kwargs=file)
model = SentenceTransformer(modules=[transformer, Pooling(transformer.get_word_embedding_dimension(), "mean")], device="cpu")
lines = open(sys.argv[2], encoding="utf-8").read().splitlines()
numpy.savez(sys.argv[3], mean=model.encode(lines, batch_size=32))
"""


def sentences(count: int) -> list[str]:
    chosen = random.Random(1)
    lengths = (min(40, max(3, round(chosen.lognormvariate(2.4, 0.5)))) for _ in range(count))
    return [f"{number} " + " ".join(chosen.choices(WORDS, k=length)) for number, length in enumerate(lengths)]


def run(command: list[str], threads: int) -> tuple[float, float, float]:
    """Seconds, seconds of all cores together, and peak resident memory in MB."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    begin = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    if status:
        sys.exit(f"failed: {' '.join(command[:2])}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1000 if sys.platform == "linux" else 1e6)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--clscope", default=str(ROOT / "target" / "release" / "clscope"))
    parser.add_argument("--onnx", metavar="PYTHON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder, "many.txt"), Path(folder, "one.txt")
        lines = sentences(options.sentences)
        many.write_text("\n".join(lines) + "\n", encoding="utf-8")
        one.write_text(lines[0] + "\n", encoding="utf-8")

        def clscope(file: Path) -> list[str]:
            output = str(Path(folder, "clscope.npz"))
            return [options.clscope, "embed", "--file", str(file), "--pooling", "mean", "--no-cache", "--format", "npz", "--output", output]

        def python(file: Path) -> list[str]:
            output = str(Path(folder, "python.npz"))
            return [sys.executable, "-c", SENTENCE_TRANSFORMERS, str(MODEL), str(file), output, str(options.threads)]

        def onnx(file: Path) -> list[str]:
            output = str(Path(folder, "onnx.npz"))
            return [options.onnx, "-c", ONNX, str(MODEL), str(file), output, str(options.threads)]

        programs = {"clscope": clscope, "sentence-transformers": python}
        if options.onnx:
            programs["its ONNX backend"] = onnx
            run(onnx(one), options.threads)  # The graph is made once.
        rates: dict[str, list[float]] = {name: [] for name in programs}
        work: dict[str, list[float]] = {name: [] for name in programs}
        memory = dict.fromkeys(programs, 0.0)
        for _ in range(options.rounds):
            for name, command in programs.items():
                start, start_work, _ = run(command(one), options.threads)
                seconds, all_work, megabytes = run(command(many), options.threads)
                rates[name].append((options.sentences - 1) / (seconds - start))
                work[name].append((all_work - start_work) * 1e3 / (options.sentences - 1))
                memory[name] = max(memory[name], megabytes)

        import numpy

        ours, *theirs = (numpy.load(Path(folder, f"{name}.npz"))["mean"] for name in ("clscope", "python", "onnx")[:len(programs)])
    print(f"{options.sentences} sentences, {options.threads} threads, medians of {options.rounds}")
    for name in programs:
        rate, milliseconds = statistics.median(rates[name]), statistics.median(work[name])
        print(f"{name:<22} {rate:6.0f} sentences/s  {milliseconds:6.2f} ms of processor each  {memory[name]:6.0f} MB at most")
    for name, vectors in zip(list(programs)[1:], theirs):
        faster = statistics.median(a / b for a, b in zip(rates["clscope"], rates[name]))
        less = statistics.median(b / a for a, b in zip(work["clscope"], work[name]))
        print(f"clscope to {name}: {faster:.2f} times the rate, {less:.2f} times as much for the same work of the processor; vectors differ by "
              f"{abs(ours - vectors).max():.1e} at most")


if __name__ == "__main__":
    main()
