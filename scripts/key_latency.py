"""Time from a key to the frame it draws, through a pseudo-terminal: per view, of several builds in turn.

    python scripts/key_latency.py [--words 300] [--pair] [--rounds 5] [--model DIR] BINARY...

Each round starts every build on the same text, opens each view and moves its cursor and switches through what it shows. A key's time lasts
until the first frame that answers it is whole (3 ms of silence end it); what is worked out behind the screen comes in later frames. Medians,
99th percentiles, the longest in ms and its keys, a line for each view of each build, and how many keys no frame answered; then the same of the
processor time of the thread that draws, which other programs do not change (Linux).

With `--model make` the model is one of 12 layers with 12 heads, 512 positions, a small hidden size, random weights and a classifier
(needs torch and transformers).
"""

import argparse
import fcntl
import os
import pathlib
import pty
import select
import statistics
import struct
import tempfile
import termios
import time

VIEWS = {
    "layers": "\x1bOQ",
    "heads": "\x1bOR",
    "matrix": "\x1bOS",
    "compare": "\x1b[15~",
    "sweep": "\x1b[17~",
    "pooling": "\x1b[18~",
    "sentences": "\x1b[19~",
    "map": "\x1b[20~",
    "mixing": "\x1b[21~",
    "output": "\x1b[23~",
}
MOVES = ["\x1b[B", "\x1b[C", "\x1b[A", "\x1b[D", *"]][zzzwwttt6hhlljjkk xa rrrpPvoff FF"]
# For what the view has worked out behind the screen.
WAIT = ""
WORDS = "the animal did not cross a wide street because it was much too tired to walk any further that day".split()


def make_model(directory):
    import torch
    import transformers

    embedded = pathlib.Path(__file__).parent.parent / "models" / "all-MiniLM-L6-v2"
    torch.manual_seed(1)
    config = transformers.BertConfig(
        hidden_size=96, num_hidden_layers=12, num_attention_heads=12, intermediate_size=192, initializer_range=0.2, num_labels=3
    )
    transformers.BertForSequenceClassification(config).save_pretrained(directory)
    for name in ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]:
        pathlib.Path(directory, name).write_bytes((embedded / name).read_bytes())
    return directory


def start(arguments):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execv(arguments[0], arguments)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    return pid, terminal


def settle(terminal, first, silence, longest):
    """Reads until there is silence, the first byte coming after at most `first`; the time of the last byte."""
    last, end, patience = None, time.monotonic() + longest, first
    while time.monotonic() < end and select.select([terminal], [], [], patience)[0]:
        try:
            os.read(terminal, 1 << 16)
        except OSError:  # It has ended.
            break
        last, patience = time.monotonic(), silence
    return last


def drawing_time(pid):
    """What the thread that takes keys and draws has used of a processor, in ms."""
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e6


def run(command, times):
    pid, terminal = start(command)
    settle(terminal, 20, 2, 60)
    for view, key in VIEWS.items():
        of_view = times.setdefault(view, [])
        for move in [key, WAIT, *MOVES]:
            if move == WAIT:
                settle(terminal, 2, 2, 60)
                continue
            used, pressed = drawing_time(pid), time.monotonic()
            os.write(terminal, move.encode())
            last = settle(terminal, 0.25, 0.003, 2)
            # What it makes come behind the screen is not the next key's.
            settle(terminal, 0.03, 0.03, 1)
            of_view.append((last and 1000 * (last - pressed), drawing_time(pid) - used, move))
        settle(terminal, 1.0, 1.0, 30)
    os.write(terminal, b"\x03")
    settle(terminal, 0.5, 0.5, 3)
    os.close(terminal)
    os.waitpid(pid, 0)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binaries", nargs="+")
    arguments.add_argument("--words", type=int, default=300)
    arguments.add_argument("--pair", action="store_true", help="half of the words in a second sentence")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--model", help="a directory, or `make`")
    given = arguments.parse_args()
    words = [WORDS[at % len(WORDS)] for at in range(given.words)]
    half = len(words) // 2 if given.pair else len(words)
    times = {binary: {} for binary in given.binaries}
    with tempfile.TemporaryDirectory() as directory:
        os.environ.update(HOME=directory, XDG_STATE_HOME=directory, XDG_CONFIG_HOME=directory, XDG_CACHE_HOME=directory)
        model = make_model(directory) if given.model == "make" else given.model
        model = ["--model", os.path.abspath(model)] if model else []
        pair = ["--pair", " ".join(words[half:])] if given.pair else []
        for _ in range(given.rounds):
            for binary in given.binaries:
                run([binary, *model, " ".join(words[:half]), *pair], times[binary])
    for binary, views in times.items():
        for view, keys in [*views.items(), ("all", sum(views.values(), []))]:
            answered = [key[0] for key in keys if key[0]]
            print(
                f"{binary} {view:9}: {spread(answered)}: {slowest(keys, 0)}; of {len(keys)} keys, {len(keys) - len(answered)} unanswered;"
                f" drawing {spread([key[1] for key in keys])}: {slowest(keys, 1)}"
            )


def slowest(keys, by):
    return ", ".join(f"{key[2]!r} {key[by]:.0f}" for key in sorted(keys, key=lambda key: -(key[by] or 0))[:4])


def spread(times):
    return f"median {statistics.median(times):.1f} ms, 99 % below {statistics.quantiles(times, n=100)[98]:.1f}, longest {max(times):.1f}"


if __name__ == "__main__":
    main()
