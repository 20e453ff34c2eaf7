"""docs/adding-a-protocol.md says what is compiled, and shows what is seen.

Each indented block of the page stands in one of the files that are compiled, as it is; or it begins
with `$ cleave`, and the program says what follows. What the page shows of replica.cc is all of it,
so that whoever types it has the engine.
"""

import os
import pathlib
import re
import subprocess
import textwrap
import unittest

CLEAVE = os.environ["CLEAVE"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "walkthrough"
PAGE = ROOT / "docs" / "adding-a-protocol.md"
WHOLE = HERE / "models" / "store" / "chain" / "replica.cc"
COMPILED = [*sorted(HERE.rglob("*.h")), *sorted(HERE.rglob("*.cc")),
            ROOT / "tests" / "store" / "mailbox_example.h"]


def blocks_of(page):
    """Lines indented by four or more, with the empty ones between them."""
    found = re.findall(r"(?:^ {4}.*\n)(?:\n*^ {4}.*\n)*", page, flags=re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def says(pattern, text):
    """Whether the text is the pattern, in which a line ... stands for any lines, and ... at the end
    of a line for the rest of it."""
    regex = ""
    for line in pattern.splitlines():
        if line == "...":
            regex += r"(?:.*\n)*?"
        elif line.endswith(" ..."):
            regex += re.escape(line.removesuffix("...")) + r".*\n"
        else:
            regex += re.escape(line) + r"\n"
    return re.fullmatch(regex, text)


class Page(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        blocks = blocks_of(PAGE.read_text())
        self.sessions = [block for block in blocks if block.startswith("$ ")]
        self.code = [block for block in blocks if not block.startswith("$ ")]

    def test_shows_what_is_compiled(self):
        self.assertGreater(len(self.code), 10)
        sources = [path.read_text() for path in COMPILED]
        for block in self.code:
            # In a namespace nothing is indented, in a struct it is.
            shapes = [block, textwrap.indent(block, "  ")]
            self.assertTrue(any(shape in source for shape in shapes for source in sources),
                            f"no file has this:\n{block}")

    def test_shows_all_that_a_replica_does(self):
        source = WHOLE.read_text()
        rest = source[source.index("namespace"):]
        for block in self.code:
            rest = rest.replace(block, "")
        self.assertEqual([line for line in rest.splitlines() if line],
                         ["namespace cleave::models::store::chain {",
                          "}  // namespace cleave::models::store::chain"])

    def test_shows_what_the_program_says(self):
        self.assertGreaterEqual(len(self.sessions), 3)
        for session in self.sessions:
            command, _, shown = session.partition("\n")
            words = command.removeprefix("$ ").split()
            done = subprocess.run(words, executable=CLEAVE, cwd=ROOT, text=True, check=False,
                                  capture_output=True, timeout=60)
            self.assertTrue(says(shown, done.stdout), f"{command}\n{done.stdout}{done.stderr}")


class Ellipsis(unittest.TestCase):
    def test_stands_for_what_is_left_out(self):
        self.assertTrue(says("a\n...\nd\n", "a\nb\nc\nd\n"))
        self.assertTrue(says("a\n...\n", "a\n"))
        self.assertTrue(says("a ...\nb\n", "a 7\nb\n"))
        self.assertFalse(says("a\n...\nd\n", "a\nb\nc\n"))
        self.assertFalse(says("a\n", "a\nb\n"))
        self.assertFalse(says("a ...\n", "a 7\nb\n"))


if __name__ == "__main__":
    unittest.main()
