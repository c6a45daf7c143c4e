"""python -m unittest discover python/tests; CLSCOPE_BINARY names the program where it is not on PATH."""

import json
import os
import subprocess
import tempfile
import unittest
import warnings
from pathlib import Path
from unittest import mock

import clscope
import numpy as np

MODEL = Path(__file__).parents[2] / "tests/reference/checkpoints/tiny-pooler"
TEXT = "the cat sat"


def command(*arguments):
    ended = subprocess.run([clscope.binary(), *arguments, "--model", MODEL], capture_output=True, check=True)
    return ended.stdout.decode()


class Package(unittest.TestCase):
    def setUp(self):
        warnings.simplefilter("ignore", clscope.ClscopeWarning)

    def test_a_trace_has_the_arrays_of_the_program(self):
        trace = clscope.trace(TEXT, "a dog", model=MODEL, measures=["value-norm", "rollout"])
        whole = json.loads(command("trace", TEXT, "--pair", "a dog"))
        np.testing.assert_array_equal(trace.input_ids, whole["input_ids"])
        np.testing.assert_allclose(trace["attentions"], whole["attentions"], rtol=1e-6)
        self.assertEqual(trace.attentions.dtype, np.float32)
        self.assertEqual(trace.tokens, [token["text"] for token in whole["tokens"]])
        self.assertTrue(any("rollout" in name for name in trace), list(trace))
        self.assertIn("hidden_states", repr(trace))
        self.assertIn("srcdoc", trace._repr_html_())
        with self.assertRaises(AttributeError):
            trace.nothing
        self.assertEqual(set(trace.to_numpy()), set(trace))

    def test_the_page_of_a_trace_is_of_its_pass(self):
        plain = clscope.trace(TEXT, model=MODEL)
        for name, value in [("cut", "1"), ("hide_token", 2), ("mask_token", [1]), ("blind", "0:2")]:
            trace = clscope.trace(TEXT, model=MODEL, measures="rollout", offline=True, **{name: value})
            self.assertTrue(trace._repr_html_() != plain._repr_html_(), name)
            shown = clscope.attention(TEXT, model=MODEL, view="all", measures="rollout", **{name: value})
            self.assertTrue(trace._repr_html_() == shown._repr_html_(), name)
        self.assertEqual(clscope.trace(TEXT, model=MODEL, mask_token=1).tokens[1], "[MASK]")

    def test_tables_are_text_page_and_numbers(self):
        for name in ("mean", ["mean", "cls"]):
            similar = clscope.similarity([TEXT, "a dog", "-- a dash"], model=MODEL, pooling=name)
            matrices = similar.to_numpy()
            self.assertEqual(list(matrices), sorted([name] if isinstance(name, str) else name))
            self.assertEqual(matrices["mean"].shape, (3, 3))
        row = clscope.attention(TEXT, model=MODEL, layer=2, from_=1)
        self.assertEqual(repr(row), command("attention", TEXT, "--layer", "2", "--from", "1"))
        shown = clscope.attention(TEXT, model=MODEL, view="matrix", layer=2)
        page = shown._repr_html_()
        self.assertTrue(page.startswith("<iframe srcdoc=") and page.count('"') == 4, page[:80])
        numbers = shown.to_numpy()
        rows = shown.data["tables"][0]["rows"]
        np.testing.assert_allclose(numbers["weights"], [row["weights"] for row in rows], rtol=1e-6)
        mixed = clscope.mixing(TEXT, model=MODEL, token="mean")
        self.assertIn("mean", repr(mixed))
        self.assertTrue(mixed.to_numpy())

    def test_every_result_has_numbers_and_can_be_written(self):
        near = clscope.similarity([TEXT, "a dog"], model=MODEL, query="a cat", pooling="mean")
        self.assertTrue(all(array.dtype != object for array in near.to_numpy().values()) and near.to_numpy())
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "list.txt"
            file.write_text("the cat sat\na dog ran\n")
            rows = clscope.mixing(file=file, rows=True, model=MODEL, measure="alti").to_numpy()
            self.assertEqual((list(rows["line"]), list(rows["text"])), ([1, 2], ["the cat sat", "a dog ran"]))
            self.assertEqual(clscope.similarity(file=file, model=MODEL, pooling="mean").to_numpy()["mean"].shape, (2, 2))
            figure = Path(folder) / "figure.svg"
            clscope.attention(TEXT, model=MODEL, view="matrix", layer=1).write(figure)
            self.assertIn("<svg", figure.read_text())

    def test_what_is_long_is_shown_in_part(self):
        result = clscope.similarity([f"cat {at}" for at in range(40)], model=MODEL, pooling="mean")
        self.assertRegex(repr(result), "… [0-9]+ more lines; .write")
        self.assertLess(repr(result).count("\n"), 500)

    def test_what_is_no_text_is_refused_with_its_place(self):
        class Table:
            columns = ["id", "text"]

        for wrong, says in [(["a", None], r"texts\[1\] is NoneType"), ({"a", "b"}, "is a list"), (Table(), "take a column")]:
            with self.assertRaisesRegex(TypeError, says):
                clscope.similarity(wrong, model=MODEL)
        for call in (clscope.trace, clscope.attention, clscope.mixing):
            with self.assertRaisesRegex(TypeError, "not a str"):
                call(5, model=MODEL)
        for text in ("a\0b", "\ud800"):
            with self.assertRaisesRegex(clscope.ClscopeError, "take it out"):
                clscope.trace(text, model=MODEL)
        with self.assertRaisesRegex(TypeError, "write cut='3.1'"):
            clscope.attention(TEXT, model=MODEL, cut=3.10)
        with self.assertRaisesRegex(TypeError, "help is no keyword"):
            clscope.trace(TEXT, model=MODEL, help=True)
        self.assertFalse(clscope.trace(TEXT, model=MODEL) == clscope.trace(TEXT, model=MODEL))

    def test_a_page_is_explored(self):
        page = clscope.attention(TEXT, model=MODEL, view="all", from_=1)
        self.assertIn("script-src", page._repr_html_())
        self.assertNotIn("\n", repr(page))
        with tempfile.TemporaryDirectory() as folder:
            page.write(Path(folder) / "page.html")
            written = (Path(folder) / "page.html").read_text()
            self.assertEqual(written, command("attention", TEXT, "--view", "all", "--from", "1"))

    def test_what_fails_is_an_exception_with_the_line(self):
        with self.assertRaises(clscope.ClscopeError) as failed:
            clscope.trace(TEXT, model="/no/such/directory")
        self.assertIn("/no/such/directory", str(failed.exception))
        self.assertEqual((failed.exception.status, str(failed.exception).count("\n")), (1, 0))
        with self.assertRaises(clscope.ClscopeError) as failed:
            clscope.similarity([TEXT, "b"], model=MODEL, pooling="median")
        self.assertIn("median", str(failed.exception))
        self.assertEqual(failed.exception.status, 2)
        with self.assertRaises(TypeError):
            clscope.similarity(TEXT)

    def test_wrong_usage_is_said_whole(self):
        with self.assertRaises(clscope.ClscopeError) as failed:
            clscope.mixing(model=MODEL)
        self.assertRegex(str(failed.exception), "not provided: <TEXT>$")
        with self.assertRaises(clscope.ClscopeError) as failed:
            clscope.attention(TEXT, model=MODEL, layer="x")
        self.assertEqual(failed.exception.status, 2)
        for name in ("output", "format", "format_"):
            with self.assertRaisesRegex(TypeError, f"{name.rstrip('_')} is no keyword"):
                clscope.trace(TEXT, model=MODEL, **{name: "x"})
        with self.assertRaisesRegex(clscope.ClscopeError, "too long"):
            clscope.trace("word " * 100_000, model=MODEL)

    def test_a_page_that_fails_leaves_the_file_that_was_there(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.html"
            file.write_text("before")
            with self.assertRaises(clscope.ClscopeError):
                clscope.attention(TEXT, model=MODEL, view="all", measures="nothing")
            with self.assertRaises(OSError):
                clscope.attention(TEXT, model=MODEL, view="all").write(Path(folder) / "no" / "page.html")
            self.assertEqual(file.read_text(), "before")

    def test_remarks_are_warnings(self):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            clscope.trace("a " * 100, model=MODEL)
        lines = [str(one.message) for one in said if issubclass(one.category, clscope.ClscopeWarning)]
        self.assertTrue(any("truncated" in line for line in lines), lines)

    def test_how_far_it_is_is_no_warning(self):
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as said:
            program = Path(folder) / "clscope"
            program.write_text("#!/bin/sh\necho 'mixing: 3 of 9' >&2\necho 'clscope: a remark' >&2\necho '{}'\n")
            program.chmod(0o755)
            warnings.simplefilter("always")
            with mock.patch.dict(os.environ, {"CLSCOPE_BINARY": str(program)}):
                clscope.mixing(TEXT)
        self.assertEqual([str(one.message) for one in said], ["a remark"])


if __name__ == "__main__":
    unittest.main()
