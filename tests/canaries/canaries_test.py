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
    print(json.dumps([{{"engine": "e", "name": "b", "what": "W.", "caught_by": told["caught_by"],
                       "scenario": "s.yaml"}}]))
elif words[0] == "run":
    print(json.dumps({{"stores": [{{"name": "n", "engine": "e"}}]}}))
elif words[0] == "shrink":
    print("faults:\\n" + "  - x\\n" * told["lines"] + "expect:\\n  - y")
else:
    assert "stores.n.options.bugs=[b]" in words, words
    first, last = map(int, words[words.index("--seeds") + 1].split(".."))
    def verdict(s):
        return "violated" if s % 2000 == told["seed"] else "holds"
    runs = [{{"seed": s, "status": 1 if s % 2000 == told["seed"] else 0, "failure": None,
             "expectations": [{{"at_ns": 5, "name": "late", "why": "", "verdict": verdict(s),
                               "expected": "holds"}},
                              {{"at_ns": 4, "name": "judge", "why": "n/0: one vote: no",
                               "verdict": verdict(s), "expected": "holds"}}]}}
            for s in range(first, last + 1)]
    print(json.dumps({{"runs": runs}}))
"""


class Script(unittest.TestCase):
    def look(self, *words, **told):
        told = {"caught_by": "one vote", "seed": 3, "lines": 2} | told
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "cleave"
            program.write_text(PROGRAM.format(python=sys.executable, told=json.dumps(told)))
            program.chmod(0o755)
            return subprocess.run([sys.executable, SCRIPT, program, *words], text=True,
                                  capture_output=True, check=False, env=os.environ)

    def test_passes_what_is_caught_as_it_says(self):
        done = self.look()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("e b: judge: one vote; first seed 3, median of 5 blocks 3, 2 lines",
                      done.stdout)

    def test_fails_what_is_not_caught(self):
        done = self.look(seed=-1)
        self.assertEqual(done.returncode, 1)
        self.assertIn("e b: not caught by seeds 1 to 2000 of s.yaml", done.stderr)

    def test_fails_what_is_caught_under_another_name(self):
        done = self.look(caught_by="stale read")
        self.assertEqual(done.returncode, 1)
        self.assertIn("under another name, not by 'stale read': [(4, 'judge', 'n/0: one vote", done.stderr)

    def test_fails_a_story_that_stays_long(self):
        done = self.look(lines=13)
        self.assertEqual(done.returncode, 1)
        self.assertIn("shrinks to 13 lines", done.stderr)

    def test_fails_a_bug_that_the_page_does_not_know(self):
        done = self.look("--quick")
        self.assertEqual(done.returncode, 1)
        self.assertIn("e b: not in docs/canaries.md", done.stderr)

    def test_reads_what_it_writes(self):
        bug = {"engine": "e", "name": "b", "what": "W.", "caught_by": "x", "scenario": "s.yaml"}
        row = {"canary": canaries.Canary("cleave", bug), "judge": "a: x", "first": 138,
               "median": 206, "lines": 6}
        self.assertEqual(canaries.first_seeds(canaries.page_of([row])), {"e b": 138})

    def test_counts_lines_of_faults_and_workload(self):
        self.assertEqual(canaries.lines_of_story(
            "name: x\nworkload:\n  - a\n  - b\nfaults:\n  - c\nexpect:\n  - d\n"), 3)


if __name__ == "__main__":
    unittest.main()
