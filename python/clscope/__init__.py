"""clscope from Python: arrays and pages of what its commands find out.

    import clscope
    trace = clscope.trace("The animal was too tired.")
    trace.attentions.shape                     # (6, 12, 9, 9): layer, head, query, key
    clscope.attention("The animal was too tired.", view="matrix", layer=3)
    clscope.similarity(["a cat", "a dog"], pooling="mean").to_numpy()["mean"]
    clscope.mixing("The animal was too tired.")

Each function runs the program (``clscope COMMAND --help`` explains it); a keyword is an option of the command: ``layer=3`` is
``--layer 3``, ``trust=True`` is ``--trust``, ``pooling=["mean", "cls"]`` gives it twice, and ``from_=2`` is ``--from 2``.
"""

from __future__ import annotations

import errno
import html
import io
import itertools
import json
import os
import shutil
import subprocess
import sysconfig
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

__all__ = ["ClscopeError", "ClscopeWarning", "Page", "Result", "Trace", "attention", "binary", "mixing", "similarity", "trace"]


#: Options of the commands that would take the result away from here, and what there is instead.
_INSTEAD = {
    "output": "write what is returned with .write(path)",
    "format": "take .data, .to_numpy() or print(...)",
    "help": "run clscope COMMAND --help",
}
#: Longer tables and pages are shown in part: a notebook keeps what it shows.
_MOST_LINES, _MOST_BYTES = 400, 8 << 20


class ClscopeError(RuntimeError):
    """What clscope says in one line where it fails; ``status`` is 1, or 2 for wrong usage."""

    def __init__(self, line: str, status: int):
        super().__init__(line)
        self.status = status


class ClscopeWarning(UserWarning):
    """What clscope remarks beside a result: a text that is truncated, tokens that the model does not know."""


def binary() -> str:
    """The program: ``CLSCOPE_BINARY``, else the one that was installed with this package, else the one on ``PATH``."""
    named = os.environ.get("CLSCOPE_BINARY")
    if named:
        return named
    schemes = [None, sysconfig.get_preferred_scheme("user")]
    for scheme in schemes:
        folder = sysconfig.get_path("scripts", scheme) if scheme else sysconfig.get_path("scripts")
        path = os.path.join(folder, "clscope")
        if os.access(path, os.X_OK):
            return path
    path = shutil.which("clscope")
    if path is None:
        raise ClscopeError("there is no program clscope; install the wheel, or set CLSCOPE_BINARY to its path", 1)
    return path


def _flags(options: Mapping[str, object]) -> list[str]:
    flags: list[str] = []
    for name, value in options.items():
        option = name.rstrip("_").replace("_", "-")
        if option in _INSTEAD:
            raise TypeError(f"{option} is no keyword here: {_INSTEAD[option]}")
        if option in ("cut", "among") and isinstance(value, float):
            raise TypeError(f"{option} names heads, and 3.10 is 3.1 as a number: write {option}='{value}', or the head you mean")
        flag = "--" + option
        many = isinstance(value, Sequence) and not isinstance(value, str)
        for one in value if many else [value]:
            if one is True:
                flags.append(flag)
            elif one is not None and one is not False:
                flags.append(f"{flag}={os.fspath(one) if isinstance(one, os.PathLike) else one}")
    return flags


def _run(command: str, texts: Sequence[str], options: Mapping[str, object], form: str | None, path: str | None = None) -> bytes:
    written = [f"--format={form}"] if path is None else [f"--output={path}"]
    # A text that begins with a dash is a text.
    arguments = [command, *_flags(options), *written, "--", *texts]
    environment = {**os.environ, "NO_COLOR": "1"}
    try:
        ended = subprocess.run(
            [binary(), *arguments], stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False
        )
    except OSError as error:
        if error.errno == errno.E2BIG:
            raise ClscopeError("the texts are too long to be handed over; take fewer or shorter ones, or run clscope with --file", 1) from error
        raise ClscopeError(f"cannot run {binary()}: {error.strerror}; set CLSCOPE_BINARY to its path", 1) from error
    except ValueError as error:
        raise ClscopeError("a text has a NUL or half a character, which no program can be handed over; take it out", 1) from error
    said = [line for line in ended.stderr.decode("utf-8", "replace").splitlines() if line]
    lines = [line.removeprefix("clscope: ") for line in said]
    if ended.returncode != 0:
        # clap says what is wrong first, then how it is used; what clscope says is the last line.
        is_usage = bool(said) and said[0].startswith("error: ")
        wrong = " ".join(_until_usage(lines) if is_usage else lines[-1:])
        raise ClscopeError(wrong.removeprefix("error: ") or f"clscope ended with {ended.returncode}", ended.returncode)
    # What does not begin so says how far it is.
    for line in (line for line in said if line.startswith("clscope: ")):
        warnings.warn(line.removeprefix("clscope: "), ClscopeWarning, stacklevel=4)
    return ended.stdout


def _until_usage(lines: Sequence[str]) -> list[str]:
    """What clap says before it says how the command is used, and what it proposes."""
    wrong = itertools.takewhile(lambda line: not line.startswith(("Usage: ", "For more information", "  tip: ")), lines)
    return [line.strip() for line in wrong]


def _frame(page: bytes) -> str:
    """A whole page inside a notebook's."""
    page_html = html.escape(page.decode("utf-8"))
    return f'<iframe srcdoc="{page_html}" style="width: 100%; height: 44em; border: 0"></iframe>'


class _Shown:
    """A command's result: run once when it is made, and again for each other form that is asked for."""

    def __init__(self, command: str, texts: Sequence[str], options: Mapping[str, object]):
        self._command, self._texts, self._options = command, list(texts), dict(options)

    def _as(self, form: str) -> bytes:
        with warnings.catch_warnings():
            # Said when the result was made.
            warnings.simplefilter("ignore", ClscopeWarning)
            return _run(self._command, self._texts, self._options, form)

    @cached_property
    def _text(self) -> str:
        return self._as("table").decode("utf-8")

    @cached_property
    def _page(self) -> str:
        return _frame(self._as("html"))

    def __repr__(self) -> str:
        lines = self._text.splitlines(keepends=True)
        more = len(lines) - _MOST_LINES
        return self._text if more <= 0 else "".join(lines[:_MOST_LINES]) + f"… {more} more lines; .write(path) writes all\n"

    def _repr_html_(self) -> str:
        return self._page if len(self._page) <= _MOST_BYTES else f"<pre>{html.escape(repr(self))}</pre>"


class Page(_Shown):
    """A page without tables, to be explored in a notebook or, once it is written, in any browser."""

    def __init__(self, command: str, texts: Sequence[str], options: Mapping[str, object]):
        super().__init__(command, texts, options)
        self._html = _run(command, self._texts, options, "html")

    @cached_property
    def _page(self) -> str:
        return _frame(self._html)

    def __repr__(self) -> str:
        return "a page: show it in a notebook, or write it to a file with .write(path)"

    def write(self, path: str | os.PathLike) -> None:
        """Writes the page to a file."""
        with open(path, "wb") as file:
            file.write(self._html)


class Result(_Shown):
    """Tables: printed as in a terminal, a page in a notebook; long ones in part."""

    def __init__(self, command: str, texts: Sequence[str], options: Mapping[str, object]):
        super().__init__(command, texts, options)
        #: What ``--format json`` writes.
        self.data: dict = json.loads(_run(command, self._texts, options, "json"))

    def to_numpy(self) -> dict[str, np.ndarray]:
        """The numbers: of similarities the matrix of each pooling, else the arrays of ``--format npz``, by name."""
        if isinstance(self.data, list):  # rows=True
            return {name: np.array([row[name] for row in self.data]) for name in (self.data[0] if self.data else ())}
        found = {name: next(iter(kinds.values())) for name, kinds in self.data.get("poolings", {}).items()}
        if found and all(isinstance(matrix, list) and isinstance(matrix[0], list) for matrix in found.values()):
            return {name: np.array(matrix, dtype=np.float32) for name, matrix in found.items()}
        return _arrays(self._as("npz"))

    def write(self, path: str | os.PathLike) -> None:
        """Writes it in the format of the extension, as ``--output`` does: csv, tsv, json, html, svg, pdf, ..."""
        _run(self._command, self._texts, self._options, None, os.fspath(path))


class Trace(Mapping):
    """Everything that one forward pass produces, under the names and shapes of Python's transformers.

    ``trace["attentions"]`` and ``trace.attentions`` are the same array ``[layer, head, query, key]``. In a notebook it is a
    page in which every layer, head and token is explored.
    """

    def __init__(self, text: str, pair: str | None, options: Mapping[str, object]):
        self._arrays = _arrays(_run("trace", [text], {**options, "pair": pair}, "npz"))
        # All that changes the pass changes the page; `attention` has every option of `trace` but this one.
        shown = {name: value for name, value in options.items() if name != "vocabulary"}
        self._page = _Shown("attention", [text], {**shown, "pair": pair, "view": "all"})
        self._table = _Shown("attention", [text], {**shown, "pair": pair, "measures": None})

    def __getitem__(self, name: str) -> np.ndarray:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    # Of arrays there is no single yes or no.
    __eq__, __hash__ = object.__eq__, object.__hash__

    def __getattr__(self, name: str) -> np.ndarray:
        if name.startswith("_") or name not in self._arrays:
            raise AttributeError(f"no array {name}; there are {', '.join(self.__dict__.get('_arrays', ()))}")
        return self._arrays[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._arrays]

    def to_numpy(self) -> dict[str, np.ndarray]:
        """The arrays by name."""
        return dict(self._arrays)

    @cached_property
    def tokens(self) -> list[str]:
        """The tokens as they are shown, ``[CLS]`` among them."""
        columns = json.loads(self._table._as("json"))["tables"][0]["columns"]
        return [column.split(" ", 1)[1] for column in columns]

    def __repr__(self) -> str:
        return "\n".join(f"{name:<20} {str(array.dtype):<8} {list(array.shape)}" for name, array in self.items())

    def _repr_html_(self) -> str:
        return self._page._repr_html_()


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is {type(value).__name__}, not a str; drop it or write a text")
    return value


def _arrays(archive: bytes) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(archive), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def trace(text: str, pair: str | None = None, *, model: str | os.PathLike | None = None, measures=None, **options) -> Trace:
    """Everything that one forward pass produces: ``clscope trace``.

    ``measures`` adds arrays of what a vector is made of: ``"value-norm"``, ``"alti"``, ..., or ``"all"``.
    """
    return Trace(_text(text, "text"), pair, {"model": model, "measures": measures, **options})


def attention(text: str, pair: str | None = None, *, model: str | os.PathLike | None = None, **options) -> Result | Page:
    """Where attention goes: ``clscope attention``; ``view="matrix"``, ``from_=2``, ``layer=3``, ``measure="alti"``, ...

    ``view="all"`` is a page in which every layer, head and token is explored.
    """
    kind = Page if options.get("view") == "all" else Result
    return kind("attention", [_text(text, "text")], {"pair": pair, "model": model, **options})


def similarity(texts: Sequence[str] | None = None, *, model: str | os.PathLike | None = None, **options) -> Result:
    """How similar sentences are under every pooling: ``clscope similarity``; ``pooling="mean"``, ``query="..."``, ..."""
    if isinstance(texts, (str, set, Mapping)) or hasattr(texts, "columns"):
        raise TypeError("texts is a list of two sentences or more; of a table take a column, table['text']")
    texts = [_text(text, f"texts[{at}]") for at, text in enumerate(() if texts is None else texts)]
    return Result("similarity", texts, {"model": model, **options})


def mixing(text: str | None = None, *, model: str | os.PathLike | None = None, **options) -> Result:
    """What a vector is made of, and what of the story of [CLS] holds: ``clscope mixing``; ``token="mean"``, ``file="..."``, ..."""
    return Result("mixing", [] if text is None else [_text(text, "text")], {"model": model, **options})
