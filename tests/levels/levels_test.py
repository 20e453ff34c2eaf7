"""That the script which holds levels to their promises fails when it should."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import levels

SCRIPT = pathlib.Path(levels.__file__)

# A program whose runs have two expectations, each with the verdict that it is told of the seed.
PROGRAM = """#!{python}
import json, sys
words = sys.argv[1:]
told = {told}
assert words[:3] == ["sweep", "s.yaml", "--swarm"], words
assert words[-4:-1] == ["--configuration", "storm", "--set"], words
assert words[-1] == "stores.accounts.options.read=one", words
first, last = map(int, words[words.index("--seeds") + 1].split(".."))
def expectation(name, column, seed, by="scenario"):
    return {{"name": name, "verdict": told[column].get(str(seed), told[column]["else"]),
             "why": "because", "stated_by": by}}
runs = [{{"seed": s, "status": 0, "failure": told["failure"].get(str(s)),
          "expectations": [expectation("fresh-reads accounts", "fresh", s),
                           expectation("available accounts to near, at least 90%", "near", s),
                           expectation("accounts: invariants", "invariants", s, "engine")]}}
        for s in range(first, last + 1)]
print(json.dumps({{"runs": runs}}))
"""
PROMISES = """# An engine

## What a level promises
### In a storm

    cleave sweep s.yaml --seeds 1..150 --swarm --configuration storm

| level | `{column}` | `available near` | why |
|---|---|---|---|
| `read: one` | yes | no | since |

## Another section
"""

# Of the verdicts of each column "else" are those of all other seeds.
SOUND = {"fresh": {"else": "holds"}, "near": {"else": "holds", "37": "violated"},
         "invariants": {"else": "holds"}, "failure": {}}
PAGE = """### In a storm

    cleave sweep s.yaml --seeds 1..150 --swarm --configuration storm

| level | `fresh-reads` | `available near` |
|---|---|---|
| `read: one` | held | broken in 1, first 37 |
"""


class Script(unittest.TestCase):
    def look(self, *words, column="fresh-reads", page=None, **told):
        """Runs it over 150 seeds; with what it wrote as `page`."""
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "cleave"
            program.write_text(PROGRAM.format(python=sys.executable, told=repr(SOUND | told)))
            program.chmod(0o755)
            promises = pathlib.Path(folder) / "engine" / "README.md"
            promises.parent.mkdir()
            promises.write_text(PROMISES.format(column=column))
            results = pathlib.Path(folder) / "page.md"
            if page:
                results.write_text(page)
            done = subprocess.run([sys.executable, SCRIPT, program, "--promises",
                                   promises, "--page", results, *words], text=True,
                                  capture_output=True, check=False)
            done.page = results.read_text() if results.exists() else None
            return done

    def expect(self, complaint, *words, **told):
        done = self.look("--write", *words, **told)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(f"engine, In a storm, `read: one`: {complaint}", done.stderr)
        if not words:
            self.assertIsNone(done.page, "a page was written of what failed")

    def test_writes_what_is_as_promised(self):
        done = self.look("--write")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("| `read: one` | held | broken in 1, first 37 |", done.page)

    def test_says_in_how_many_seeds_something_was_judged(self):
        done = self.look("--write", fresh={"else": "holds", "4": "vacuous"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("| held in 149 |", done.page)

    def test_fails_a_promise_that_is_broken(self):
        self.expect("fresh-reads: promised, and broken in 2, first with seed 120",
                    fresh={"else": "holds", "120": "violated", "149": "violated"})

    def test_fails_a_promise_that_nothing_tests(self):
        self.expect("fresh-reads: promised, and never judged with seeds 1 to 150",
                    fresh={"else": "vacuous"})

    def test_fails_what_is_undecided(self):
        self.expect("fresh-reads: undecided in 1, first with seed 8",
                    fresh={"else": "holds", "8": "undecided"})
        self.expect("available near: undecided in 1, first with seed 9",
                    near={"else": "violated", "9": "undecided"})

    def test_fails_what_is_not_promised_and_never_breaks(self):
        self.expect("available near: not promised, and never seen to break with seeds 1 to 150",
                    near={"else": "holds"})

    def test_fails_an_invariant_and_an_assertion(self):
        self.expect("seed 5 breaks accounts: invariants: because",
                    invariants={"else": "holds", "5": "violated"})
        self.expect("seed 6 breaks an assertion: lost its head", failure={"6": "lost its head"})

    def test_fails_a_column_without_expectation_and_the_other_way_round(self):
        self.expect("seed 1: 0 columns are for 'fresh-reads accounts', not one", column="causal")
        self.expect("seed 1: no expectation is for the column 'causal'", column="causal")

    def test_runs_the_seeds_of_its_page(self):
        done = self.look("--quick", page=PAGE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.expect("available near: not promised, and never seen to break with seeds 1..10, 37; "
                    "if behaviour has changed", "--quick", page=PAGE,
                    near={"else": "holds", "38": "violated"})
        self.expect("fresh-reads: promised, and broken in 1, first with seed 37", "--quick",
                    page=PAGE, fresh={"else": "holds", "37": "violated"})
        self.expect("not in docs/consistency-levels.md", "--quick", page="# Another page")

    def test_reads_the_promises_of_an_engine(self):
        readme = levels.ROOT / "models/store/cassandra/README.md"
        for table in levels.promises([readme])["cassandra"]:
            self.assertEqual(len(table.rows), 8, table.title)
            for row in table.rows.values():
                self.assertEqual(list(row), table.columns)
                self.assertLessEqual(set(row.values()), {"yes", "no"}, table.title)


if __name__ == "__main__":
    unittest.main()
