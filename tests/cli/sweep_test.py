"""cleave sweep: the same bytes whoever ran which seed, and no seed lost or run twice."""

import json
import os
import re
import signal
import subprocess
import time
import unittest

from program import CLEAVE, CONVERGES, LOST, SPLIT, ProgramTest

SEEDS = ["--seeds", "1..12"]
SAFE = "  - {lost-acknowledged-writes: accounts}\n"
SOON = "  - {converges: accounts, within: 1ms, after: split}\n"
FORMATS = ["text", "json", "junit"]


class Sweep(ProgramTest):
    def reports(self, status, *words):
        """What a sweep prints and writes, all of it."""
        options = [word for form in FORMATS for word in ("--report", f"{form}=sweep.{form}")]
        done = self.expect(status, "sweep", *words, *options)
        self.assertEqual(done.stderr, "")
        return [done.stdout] + [(self.folder / f"sweep.{form}").read_text() for form in FORMATS]

    def kept(self):
        """The files of seeds in the folder `results`, with what tells a new file from an old."""
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns)
                for path in (self.folder / "results").glob("seed-*.json")}


class SameBytes(Sweep):
    def setUp(self):
        super().setUp()
        # Some of it fails, so that there is something to triage.
        self.scenario = self.changed((LOST, SAFE), (CONVERGES, SOON))
        self.words = [self.scenario, *SEEDS]
        self.alone = self.reports(1, *self.words, "--jobs", "1")

    def test_with_any_number_of_workers(self):
        self.assertEqual(self.reports(1, *self.words, "--jobs", "2"), self.alone)
        self.assertEqual(self.reports(1, *self.words, "--jobs", "20"), self.alone)

    def test_from_four_shards_that_share_a_folder(self):
        for shard in range(1, 5):
            part = json.loads(self.expect(1, "sweep", *self.words, "--resume", "results",
                                          "--shard", f"{shard}/4", "--json").stdout)
            self.assertEqual([run["seed"] for run in part["runs"]],
                             list(range(shard, 13, 4)))
        kept = self.kept()
        self.assertEqual(len(kept), 12)
        self.assertEqual(self.reports(1, *self.words, "--resume", "results"), self.alone)
        self.assertEqual(self.kept(), kept)  # nothing was run again

    def test_after_it_was_killed_in_the_middle(self):
        words = ["sweep", self.scenario, "--seeds", "1..400", "--jobs", "2"]
        with subprocess.Popen([CLEAVE, *words, "--resume", "results"], cwd=self.folder,
                              stdout=subprocess.DEVNULL) as child:
            while len(list(self.folder.glob("results/seed-*.json"))) < 5:
                self.assertIsNone(child.poll(), "it ended before it could be killed")
            child.send_signal(signal.SIGKILL)
        settled = -1  # Workers end what they are at.
        while settled != len(self.kept()):
            settled = len(self.kept())
            time.sleep(0.2)
        kept = self.kept()
        self.assertLess(len(kept), 400)
        resumed = self.expect(1, *words, "--resume", "results", "--json").stdout
        self.assertEqual(resumed, self.expect(1, *words, "--json").stdout)
        now = self.kept()
        self.assertEqual(len(now), 400)
        self.assertEqual({name: now[name] for name in kept}, kept)

    def test_when_a_file_is_damaged_its_seed_is_run_again(self):
        self.reports(1, *self.words, "--resume", "results")
        for seed, text in [(3, ""), (4, '{"seed": 4, "status": 0'), (5, '{"seed": 6}')]:
            (self.folder / "results" / f"seed-{seed}.json").write_text(text)
        self.assertEqual(self.reports(1, *self.words, "--resume", "results"), self.alone)

    def test_each_seed_is_what_run_says_of_it(self):
        runs = json.loads(self.alone[2])["runs"]
        self.assertEqual([run["seed"] for run in runs], list(range(1, 13)))
        for run in (runs[0], runs[11]):
            alone = json.loads(self.call("run", self.scenario, "--seed", str(run["seed"]),
                                         "--json").stdout)
            for field in ("seed", "status", "simulated_ns", "events", "digest", "failure",
                          "expectations"):
                self.assertEqual(run[field], alone[field], field)


class Folder(Sweep):
    def setUp(self):
        super().setUp()
        self.expect(0, "sweep", "split.yaml", "--seeds", "1..2", "--resume", "results")

    def test_of_another_sweep_is_refused_and_left_as_it_was(self):
        kept = self.kept()
        for words, why in [
            ([self.changed(("every: 50ms", "every: 60ms"))], "the text of the scenario"),
            (["split.yaml", "--set", "run_for=19s"], "other settings"),
        ]:
            done = self.expect(64, "sweep", *words, "--seeds", "1..9", "--resume", "results")
            self.assertIn("--resume results: error: it holds another sweep", done.stderr)
            self.assertIn(why, done.stderr)
            self.assertIn("choose another folder", done.stderr)
        self.assertEqual(self.kept(), kept)

    def test_of_a_swarm_is_not_that_of_a_plain_sweep(self):
        (self.folder / "both.yaml").write_text(
            (self.folder / "split.yaml").read_text() + "swarm: {set: {run_for: 20s..21s}}\n")
        for first, then, advice in [([], ["--swarm"], "leave out --swarm"),
                                    (["--swarm"], [], "add --swarm")]:
            with self.subTest(first):
                folder = "swarm" if first else "plain"
                words = ["sweep", "both.yaml", "--seeds", "1..2", "--resume", folder]
                self.call(*words, *first)
                self.assertIn(advice, self.expect(64, *words, *then).stderr)

    def test_of_another_behaviour_is_refused(self):
        header = self.folder / "results" / "sweep.yaml"
        header.write_text(re.sub(r"(?m)^behaviour: \d+$", "behaviour: 4000000", header.read_text()))
        done = self.expect(64, "sweep", "split.yaml", *SEEDS, "--resume", "results")
        self.assertIn("behaves otherwise", done.stderr)

    def test_that_no_sweep_made_is_refused(self):
        (self.folder / "mine").mkdir()
        (self.folder / "mine" / "thesis.txt").write_text("x")
        for folder in ("mine", "split.yaml"):
            done = self.expect(64, "sweep", "split.yaml", *SEEDS, "--resume", folder)
            self.assertIn("no sweep made it", done.stderr)
        self.assertEqual(os.listdir(self.folder / "mine"), ["thesis.txt"])

    def test_takes_more_seeds_of_the_same_sweep(self):
        kept = self.kept()
        self.expect(0, "sweep", "split.yaml", "--seeds", "2..5", "--resume", "results")
        self.assertEqual(len(self.kept()), 5)
        self.assertEqual({name: self.kept()[name] for name in kept}, kept)

    def test_that_cannot_be_written_to_is_a_file_error(self):
        self.expect(74, "sweep", "split.yaml", *SEEDS, "--resume", "/proc/no/such")


class Triage(Sweep):
    def test_puts_together_what_broke_in_the_same_way_and_says_how_to_run_it(self):
        name = self.changed((LOST, SAFE))
        done = self.expect(1, "sweep", name, *SEEDS)
        self.assertIn("lost-acknowledged-writes accounts: violated 12; expected holds", done.stdout)
        self.assertIn("12 of 12 seeds, in 1 way", done.stdout)
        command = next(line.strip() for line in done.stdout.splitlines() if " run " in line)
        shown = subprocess.run(["sh", "-c", command], cwd=self.folder, capture_output=True,
                               text=True, check=False, timeout=60)
        self.assertEqual(shown.returncode, 1)
        self.assertIn("expected holds, found violated", " ".join(shown.stdout.split()))

    def test_is_empty_when_nothing_broke(self):
        done = self.expect(0, "sweep", "split.yaml", *SEEDS)
        self.assertRegex(done.stdout, r"(?m)^failures  none$")
        self.assertIn("violated 12, as stated", done.stdout)

    def test_has_the_first_status_of_all_seeds(self):
        self.expect(3, "sweep", self.changed((CONVERGES, SOON)), *SEEDS)
        self.expect(1, "sweep", self.changed((CONVERGES, SOON), (LOST, SAFE)), *SEEDS)

    def test_tells_ways_apart(self):
        done = self.expect(1, "sweep", self.changed((CONVERGES, SOON), (LOST, SAFE)), *SEEDS,
                           "--json")
        groups = json.loads(done.stdout)["failures"]
        self.assertGreaterEqual(len(groups), 2)
        self.assertEqual(len({(g["name"], g["found"], g["shape"]) for g in groups}), len(groups))
        for group in groups:
            self.assertEqual(group["count"], len(group["seeds"]))
            self.assertEqual(group["seeds"], sorted(group["seeds"]))
            self.assertIn(f"--seed {group['seeds'][0]}", group["command"])

    def test_runs_a_configuration(self):
        self.write("both.yaml", SPLIT + """\
compare:
  later:
    set: {faults.split.at: 15s, faults.split.for: 1s}
    expect: [{lost-acknowledged-writes: accounts, verdict: violated}]
""")
        done = self.expect(1, "sweep", "both.yaml", *SEEDS, "--configuration", "later")
        self.assertIn("--configuration later", done.stdout)


class Mistakes(Sweep):
    def test_in_options_are_named_with_what_to_write_instead(self):
        for words, messages in [
            ([], ["--seeds: error: it is missing", "--seeds 1..1000"]),
            (["--seeds", "12"], ["A..B", "--seeds 1..1000"]),
            (["--seeds", "9..1"], ["ends before it begins"]),
            (["--seeds", "1..99999999999"], ["too many"]),
            (["--seeds", "1..x"], ["--seeds", "'x' is not a number"]),
            ([*SEEDS, "--shard", "2"], ["I/N"]),
            ([*SEEDS, "--shard", "5/4"], ["no shard '5/4'"]),
            ([*SEEDS, "--shard", "0/4"], ["no shard '0/4'"]),
            ([*SEEDS, "--jobs", "0"], ["from 1 to 1024"]),
            ([*SEEDS, "--report", "html=x"], ["html shows one run", "--seed N"]),
            ([*SEEDS, "--configuration", "x"], ["there is no configuration 'x'"]),
        ]:
            with self.subTest(words):
                done = self.expect(64, "sweep", "split.yaml", *words)
                self.assertEqual(done.stdout, "")
                for message in messages:
                    self.assertIn(message, done.stderr)


if __name__ == "__main__":
    unittest.main()
