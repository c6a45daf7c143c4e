"""Time from a key to the frame it draws, through a pseudo-terminal, of several builds in turn.

    python scripts/key_latency.py [--words 300] [--rounds 5] BINARY...

Each round starts every build on the same text, opens each view and moves its cursor; a key's time lasts until the last byte
that it makes the build write (30 ms of silence end it). Medians and 99th percentiles in ms, a row for each build.
"""

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import termios
import time

VIEWS = ["\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~"]
MOVES = ["\x1b[B", "\x1b[C", "\x1b[A", "\x1b[D", "z", "z", "z", "w", "w", "t", "t", "t"]
WORDS = "the animal did not cross a wide street because it was much too tired to walk any further that day".split()


def start(binary, text):
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execv(binary, [binary, text])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    return pid, terminal


def settle(terminal, silence, longest):
    """Reads until there is silence; returns the time of the last byte."""
    last, end = None, time.monotonic() + longest
    while time.monotonic() < end and select.select([terminal], [], [], silence)[0]:
        try:
            os.read(terminal, 1 << 16)
        except OSError:  # It has ended.
            break
        last = time.monotonic()
    return last


def run(binary, text):
    pid, terminal = start(binary, text)
    settle(terminal, 1.5, 20)
    times = []
    for view in VIEWS:
        os.write(terminal, view.encode())
        settle(terminal, 0.6, 8)
        for move in MOVES:
            pressed = time.monotonic()
            os.write(terminal, move.encode())
            last = settle(terminal, 0.03, 2)
            if last:
                times.append(1000 * (last - pressed))
    os.write(terminal, b"\x03")
    settle(terminal, 0.5, 3)
    os.close(terminal)
    os.waitpid(pid, 0)
    return times


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binaries", nargs="+")
    arguments.add_argument("--words", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    text = " ".join(WORDS[at % len(WORDS)] for at in range(given.words))
    times = {binary: [] for binary in given.binaries}
    for _ in range(given.rounds):
        for binary in given.binaries:
            times[binary] += run(binary, text)
    for binary, of in times.items():
        highest = statistics.quantiles(of, n=100)[98]
        print(f"{binary}: median {statistics.median(of):.1f} ms, 99 % below {highest:.1f} ms, of {len(of)} keys")


if __name__ == "__main__":
    main()
