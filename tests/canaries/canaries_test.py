"""That the script which looks for canaries fails when it should."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import canaries

SCRIPT = pathlib.Path(canaries.__file__)

# A program that lists one bug, and finds it with seed 3 in every sweep, as `told` says.
PROGRAM = """#!{python}
import json, sys
words = sys.argv[1:]
told = {told}
if words[:2] == ["list", "bugs"]:
    bug = {{"name": told["name"], "what": "W.", "caught_by": told["caught_by"],
           "scenario": "s.yaml", "test": ""}}
    if told["service"]:
        bug = {{"service": "e"}} | bug
    else:
        bug = {{"engine": "e"}} | bug
    alone = {{"engine": "e", "name": "quiet", "what": "Q.", "caught_by": "it", "scenario": "",
             "test": told["test"]}}
    print(json.dumps([bug, alone]))
elif words[0] == "run":
    print(json.dumps({{"stores": [{{"name": "n", "engine": "e"}}]}}))
elif words[0] == "shrink":
    print("faults:\\n" + "  - x\\n" * told["faults"] + "conversations:\\n" +
          "  - c\\n" * told["conversations"] + "expect:\\n  - y")
else:
    switch = "services.e.bugs=[" if told["service"] else "stores.n.options.bugs=["
    assert switch + told["name"] + "]" in words, words
    first, last = map(int, words[words.index("--seeds") + 1].split(".."))
    def verdict(s):
        return "violated" if s % 2000 == told["seed"] else "holds"
    runs = [{{"seed": s, "status": 1 if s % 2000 == told["seed"] else 0, "failure": None,
             "expectations": [{{"at_ns": 5, "name": "late", "why": "", "verdict": verdict(s),
                               "expected": "holds"}},
                              {{"at_ns": 4, "name": told["judge"], "why": "n/0: one vote: no",
                               "verdict": verdict(s), "expected": "holds"}}]}}
            for s in range(first, last + 1)]
    print(json.dumps({{"runs": runs}}))
"""

TOLD = {"name": "b", "service": False, "judge": "judge", "caught_by": "one vote", "seed": 3,
        "faults": 2, "conversations": 0, "test": "tests/canaries/canaries_test.py"}
PAGE = """| `e b` | judge: one vote | 3 | 3 | 2 | `s.yaml` |
| `e quiet` | `tests/canaries/canaries_test.py` |
"""


class Script(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = pathlib.Path(folder.name) / "cleave"
        self.page = pathlib.Path(folder.name) / "page.md"
        self.page.write_text(PAGE)

    def look(self, *words, **told):
        told = TOLD | told
        self.program.write_text(PROGRAM.format(python=sys.executable, told=repr(told)))
        self.program.chmod(0o755)
        return subprocess.run([sys.executable, SCRIPT, self.program, "--page", self.page, *words],
                              text=True, capture_output=True, check=False, env=os.environ)

    def fails(self, complaint, *words, **told):
        done = self.look(*words, **told)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(complaint, done.stderr)

    def test_passes_what_is_caught_as_it_says(self):
        for service in False, True:
            done = self.look(service=service)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("e b: judge: one vote; first seed 3, median of 5 blocks 3, 2 lines",
                          done.stdout)

    def test_fails_what_is_not_caught(self):
        self.fails("e b: not caught by seeds 1 to 2000 of s.yaml", seed=-1)

    def test_fails_what_is_caught_under_another_name(self):
        self.fails("under another name, not by 'stale read': [(4, 'judge', 'n/0: one vote",
                   caught_by="stale read")
        self.fails("seed 3 is caught under another name", "--quick", judge="other",
                   caught_by="judge")

    def test_fails_a_story_that_stays_long(self):
        self.assertEqual(self.look(faults=8, conversations=4).returncode, 0)
        self.fails("shrinks to 13 lines", faults=13)
        self.fails("shrinks to 13 lines", faults=8, conversations=5)

    def test_quick_holds_the_page_to_what_is_planted(self):
        self.assertEqual(self.look("--quick").returncode, 0)
        self.fails("e c: not in", "--quick", name="c")
        self.fails("e b: in docs/canaries.md, and nobody plants it", "--quick", name="c")
        self.fails("e b: not caught by seeds 1 to 16", "--quick", seed=17)

    def test_quick_knows_which_a_test_alone_finds(self):
        self.fails("e quiet: there is no tests/none.cc", "--quick", test="tests/none.cc")
        self.page.write_text(PAGE.splitlines()[0])
        self.fails("e quiet: docs/canaries.md and `cleave list bugs` do not agree", "--quick")

    def test_reads_what_it_writes(self):
        self.page.write_text("")
        self.assertEqual(self.look("--write").returncode, 0)
        self.assertIn(PAGE.splitlines()[0], self.page.read_text())
        self.assertEqual(canaries.first_seeds(self.page.read_text()), {"e b": 3})
        self.assertEqual(self.look("--quick").returncode, 0)

    def test_writes_the_rows_that_are_asked_for_and_keeps_the_others(self):
        self.page.write_text(PAGE.replace("| 3 | 3 |", "| 7 | 8 |"))
        self.assertEqual(self.look("--write", "--only", "e b").returncode, 0)
        self.assertIn("| 3 | 3 |", self.page.read_text())
        bugs = [{"engine": "e", "name": name, "what": "W.", "test": ""} for name in "bc"]
        kept = canaries.lines_in(PAGE) | {"e c": "| `e c` | j | 7 | 8 | 1 | `s.yaml` |"}
        self.assertEqual(canaries.lines_in(canaries.page_of(bugs, kept)), kept)
        self.page.write_text("")
        self.fails("nobody plants such a bug".strip(), "--write", "--only", "e quiet")


if __name__ == "__main__":
    unittest.main()
