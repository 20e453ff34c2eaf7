"""Comparisons over seeds and values: the same bytes for any number of jobs, and figures that hold."""

import json
import unittest

from program import LOST, ROOT, ProgramTest

SLOPES = str(ROOT / "scenarios" / "cap" / "delay-slopes.yaml")
COMPARE = "compare:\n  semi-sync:\n" \
          "    set: {stores.accounts.options.acknowledge: semi-sync, " \
          "stores.accounts.options.fallback: off}\n" \
          "    expect:\n      - {lost-acknowledged-writes: accounts}\n"


class Compare(ProgramTest):
    def setUp(self):
        super().setUp()
        text = (self.folder / "split.yaml").read_text()
        self.write("two.yaml", text + COMPARE)

    def measures(self, *words):
        found = json.loads(self.expect(0, "compare", *words, "--json").stdout)
        return [{m["name"]: m for m in c["measures"]} for c in found["configurations"]], found

    def test_prints_the_same_bytes_for_any_number_of_jobs(self):
        for form in ([], ["--json"]):
            outputs = {self.expect(0, "compare", "two.yaml", "--seeds", "1..9", "--jobs", jobs,
                                   *form).stdout for jobs in ("1", "2", "5")}
            self.assertEqual(len(outputs), 1)

    def test_over_seeds_says_in_how_many_they_differ(self):
        (written, waiting), found = self.measures("two.yaml", "--seeds", "3..7")
        self.assertEqual(found["seeds"], {"from": 3, "to": 7})
        self.assertEqual(written["lost"]["equal"], 5)
        self.assertEqual(waiting["lost"]["lower"], 5)
        self.assertEqual(waiting["lost"]["median"], 0)
        self.assertEqual(-waiting["lost"]["median_difference"], written["lost"]["median"])
        single = []
        for seed in range(3, 8):
            run = json.loads(self.expect(0, "run", "two.yaml", "--seed", str(seed), "--json").stdout)
            single.append(run["convergence"][0]["lost_acknowledged"])
        single.sort()
        lost = written["lost"]
        self.assertEqual([lost["low"], lost["median"], lost["high"]],
                         [single[0], single[2], single[4]])

    def test_says_first_what_differs(self):
        text = self.expect(0, "compare", "two.yaml", "--seeds", "1..3").stdout
        self.assertLess(text.index("Seed by seed, against as written"), text.index("median"))
        self.assertIn("lower in all 3 seeds", text)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_names_the_first_event_that_is_not_the_same(self):
        found = json.loads(self.expect(0, "compare", "two.yaml", "--json").stdout)
        (parting,) = found["partings"]
        self.assertEqual((parting["configuration"], parting["same"]), ("semi-sync", False))
        self.assertIn(f"event {parting['event']:,}", parting["words"])
        text = self.expect(0, "compare", "two.yaml").stdout
        self.assertIn("Where they part from as written", text)
        self.assertIn(f"event {parting['event']:,}", text)

    def test_varies_values_of_paths(self):
        # A cut of 1 s loses nothing, which is not as stated.
        done = self.expect(1, "compare", "two.yaml", "--vary", "faults.split.for=1s,6s", "--vary",
                           "run_for=20s,21s", "--json")
        found = json.loads(done.stdout)
        self.assertEqual([c["varied"] for c in found["configurations"] if not c["configuration"]],
                         [f"faults.split.for={t}, run_for={r}s" for t in ("1s", "6s") for r in (20, 21)])

    def test_finds_the_slopes_that_were_computed(self):
        done = self.expect(0, "compare", SLOPES, "--vary", "faults.slow.by=50ms,100ms,200ms,400ms",
                           "--json")
        slopes = {(s["configuration"], s["operation"]): s["thousandths"]
                  for s in json.loads(done.stdout)["delay_slopes"]}
        round_trips = {("", "read status"): 1, ("", "write status"): 1, ("log", "read status"): 1,
                       ("log", "write status"): 1, ("lease", "read status"): 0,
                       ("lease", "write status"): 1, ("local", "read status"): 0,
                       ("local", "write status"): 1, ("semi-sync", "read status"): 0,
                       ("semi-sync", "write status"): 1, ("async", "read status"): 0,
                       ("async", "write status"): 0}
        self.assertEqual(set(slopes), set(round_trips))
        for key, trips in round_trips.items():
            self.assertLessEqual(abs(slopes[key] - 2000 * trips), 100, key)  # 5 %

    def test_refuses_what_makes_no_sense(self):
        for words, message in [
            (["split.yaml", "--seeds", "1..3"], "nothing to compare"),
            (["two.yaml", "--seeds", "1-3"], "A..B"),
            (["two.yaml", "--seeds", "3..1"], "ends before it begins"),
            (["two.yaml", "--seeds", "1..100001"], "at most 100000"),
            (["two.yaml", "--seeds", "1..2", "--seed", "3"], "--seed"),
            (["two.yaml", "--seeds", "1..2", "--jobs", "0"], "1 to 1024"),
            (["two.yaml", "--vary", "run_for"], "PATH=VALUE"),
            (["two.yaml", "--vary", "run_for=1s,,2s"], "empty value"),
            (["two.yaml", "--vary", "run_fro=1s"], "run_for"),
            (["two.yaml", "--vary", "seed=1,2"], "--seeds 1..20"),
            (["two.yaml", "--vary", "run_for=1s", "--vary", "run_for=2s"], "run_for twice"),
            (["two.yaml", "--vary", "run_for=1s,2s,1s"], "1s' twice"),
            (["two.yaml", "--vary", "run_for=1s", "--set", "run_for=2s"], "--set run_for=2s"),
            (["two.yaml", "--seeds", "1..2", "--set", "seed=3"], "leave out --set seed=3"),
            (["two.yaml", "--seeds", "1..2", "--report", "junit=x.xml"], "text or json"),
        ]:
            with self.subTest(" ".join(words)):
                self.assertIn(message, self.expect(64, "compare", *words).stderr)

    def test_exits_as_the_worst_run_does(self):
        text = (self.folder / "two.yaml").read_text()
        self.write("bad.yaml", text.replace(LOST, LOST.replace(", verdict: violated", ""), 1)
                   .replace("- {lost-acknowledged-writes: accounts}\n",
                            "- {lost-acknowledged-writes: accounts, verdict: violated}\n"))
        self.expect(1, "compare", "bad.yaml", "--seeds", "1..2")


if __name__ == "__main__":
    unittest.main()
