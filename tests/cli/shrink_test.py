"""cleave shrink and the stories of swarms: what they print is a scenario that does the same."""

import json
import unittest

from program import LOST, SPLIT, ProgramTest

SAFE = "  - {lost-acknowledged-writes: accounts}\n"
NOISE = """\
faults:
  - {at: 1s, for: 1s, delay: [east, us-east-1], by: 3ms, may_be_inert: true}
  - {at: 2s, for: 4s, loss: [west, us-west-2], probability: 5%, may_be_inert: true}
"""
SWARM = """\
swarm:
  set: {clients.west.count: 1..5}
  faults:
    - {fault: {name: slow, at: 1s..9s, for: 1s..3s, delay: [us-east-1, us-west-2], by: 5ms..90ms}}
    - {fault: {at: 1s..9s, pause: {any: [east/0, west/0]}, for: 1s..2s}, times: 1..2}
"""


class Shrink(ProgramTest):
    def failing(self, *changes):
        return self.changed((LOST, SAFE), ("faults:\n", NOISE), *changes)

    def test_prints_a_scenario_that_fails_in_the_same_way(self):
        name = self.failing()
        before = json.loads(self.call("run", name, "--seed", "5", "--json").stdout)
        done = self.expect(0, "shrink", name, "--seed", "5")
        self.assertIn("lost-acknowledged-writes accounts: violated; 3 faults to 1", done.stderr)
        self.write("small.yaml", done.stdout)
        self.assertEqual(done.stdout.count("cut:"), 1)
        self.assertNotIn("delay:", done.stdout)
        self.assertNotIn("loss:", done.stdout)
        after = json.loads(self.expect(1, "run", "small.yaml", "--json").stdout)
        self.assertEqual(after["seed"], 5)
        self.assertEqual([e["name"] for e in after["expectations"]],
                         ["lost-acknowledged-writes accounts"])
        self.assertLess(after["events"], before["events"] / 2)
        self.assertEqual(done.stdout, self.expect(0, "shrink", "small.yaml").stdout)

    def test_holds_on_to_a_violation_that_is_as_stated_if_nothing_else_broke(self):
        done = self.expect(0, "shrink", "split.yaml")
        self.write("small.yaml", done.stdout)
        self.assertIn("verdict: violated", done.stdout)
        self.expect(0, "run", "small.yaml")

    def test_says_when_there_is_nothing_to_shrink_or_too_few_runs(self):
        done = self.expect(64, "shrink", self.changed((LOST, "")), "--seed", "9")
        self.assertIn("nothing broke with seed 9", done.stderr)
        self.assertIn("cleave sweep", done.stderr)
        done = self.expect(0, "shrink", self.failing(), "--runs", "3")
        self.assertIn("in 3 runs; more --runs may make it smaller", done.stderr)
        self.expect(64, "shrink", "split.yaml", "--runs", "0")

    def test_shrinks_a_configuration(self):
        self.write("both.yaml", SPLIT + """\
compare:
  safe: {set: {run_for: 19s}, expect: [{lost-acknowledged-writes: accounts}]}
""")
        done = self.expect(0, "shrink", "both.yaml", "--configuration", "safe")
        self.assertNotIn("verdict:", done.stdout)
        self.assertNotIn("compare:", done.stdout)
        self.write("small.yaml", done.stdout)
        self.expect(1, "run", "small.yaml")


class Swarm(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("swarm.yaml", SPLIT.replace(LOST, SAFE) + SWARM)

    def test_runs_the_same_as_the_stories_that_are_printed(self):
        words = ["sweep", "swarm.yaml", "--swarm", "--seeds", "1..20", "--json"]
        swarm = json.loads(self.expect(1, *words).stdout)
        self.assertTrue(swarm["swarm"])
        self.assertEqual(len({run["digest"] for run in swarm["runs"]}), 20)
        for run in swarm["runs"][:4]:
            self.write("story.yaml", self.expect(0, "sweep", "swarm.yaml", "--story",
                                                 str(run["seed"])).stdout)
            alone = json.loads(self.call("run", "story.yaml", "--json").stdout)
            self.assertEqual(alone["digest"], run["digest"])
        self.assertEqual(self.expect(1, *words, "--jobs", "1").stdout,
                         self.expect(1, *words, "--jobs", "3").stdout)

    def test_says_how_to_run_the_story_of_a_failure(self):
        done = self.expect(1, "sweep", "swarm.yaml", "--swarm", "--seeds", "3..5")
        self.assertIn("sweep swarm.yaml --story 3 > story-3.yaml &&", done.stdout)
        self.assertIn(" run story-3.yaml\n", done.stdout)

    def test_is_another_sweep_than_the_one_without(self):
        self.expect(1, "sweep", "swarm.yaml", "--seeds", "1..2", "--resume", "results")
        done = self.expect(64, "sweep", "swarm.yaml", "--swarm", "--seeds", "1..2", "--resume",
                           "results")
        self.assertIn("that one is not of a swarm, and this one is", done.stderr)

    def test_story_is_shrunk(self):
        done = self.expect(0, "shrink", "swarm.yaml", "--swarm", "--seed", "7")
        self.assertNotIn("swarm:", done.stdout)
        self.write("small.yaml", done.stdout)
        self.expect(1, "run", "small.yaml")

    def test_needs_a_scenario_that_says_what_may_be_drawn(self):
        for words in (["sweep", "split.yaml", "--swarm", "--seeds", "1..2"],
                      ["sweep", "split.yaml", "--story", "1"],
                      ["shrink", "split.yaml", "--swarm"]):
            self.assertIn("swarm:", self.expect(64, *words).stderr)

    def test_story_is_printed_alone(self):
        for words in (["--seeds", "1..2"], ["--json"], ["--resume", "x"]):
            done = self.expect(64, "sweep", "swarm.yaml", "--story", "1", *words)
            self.assertIn("excludes", done.stderr)

    def test_story_that_does_not_go_together_is_told_with_its_seed(self):
        self.write("swarm.yaml", SPLIT + """\
swarm:
  faults:
    - fault: {at: 1s, for: 1s, cut: [{any: [us-east-1, us-west-2]}, {any: [us-west-2, us-east-1]}]}
""")
        done = self.expect(64, "sweep", "swarm.yaml", "--swarm", "--seeds", "1..50")
        self.assertIn("the story of seed", done.stderr)
        self.assertIn("is on two sides", done.stderr)


if __name__ == "__main__":
    unittest.main()
