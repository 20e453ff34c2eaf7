"""Every exit status of the contract, and which comes first of several."""

import json
import unittest

from program import CONVERGES, LOST, ProgramTest

OTHER_DIGEST = "0" * 32
SAFE = "  - {lost-acknowledged-writes: accounts}\n"
SOON = "  - {converges: accounts, within: 1ms, after: split}\n"
UNCHECKED = "  - {fifo: accounts}\n"  # nobody appends


class Status(ProgramTest):
    def test_0_when_every_expectation_is_as_stated(self):
        self.assertIn("exit 0", self.expect(0, "run", "split.yaml").stdout)

    def test_1_when_a_safety_expectation_is_not(self):
        done = self.expect(1, "run", self.changed((LOST, SAFE)))
        self.assertIn("NOT AS STATED", done.stdout)
        self.assertIn("expected holds, found violated", " ".join(done.stdout.split()))

    def test_1_when_a_negative_control_did_not_break(self):
        # Cut in the calm after the workload, nothing can be lost.
        name = self.changed(("at: 3s, for: 6s", "at: 15s, for: 1s"), (CONVERGES, ""))
        self.assertIn("expected violated, found holds",
                      " ".join(self.expect(1, "run", name).stdout.split()))

    def test_of_a_story_is_that_of_the_run(self):
        self.assertIn("What broke first", self.expect(0, "explain", "split.yaml").stdout)
        safe = self.expect(1, "explain", self.changed((LOST, SAFE))).stdout
        self.assertIn("The scenario states that it shall hold.", safe)
        self.expect(3, "explain", self.changed((CONVERGES, SOON)))
        self.expect(64, "explain", "split.yaml", "--configuration", "raft")
        self.expect(74, "explain", "spilt.yaml")

    def test_2_when_the_run_is_too_short_to_tell(self):
        done = self.expect(2, "run", self.changed((LOST, "")), "--until", "9.05s")
        self.assertIn("UNDECIDED", done.stdout)

    def test_3_when_a_liveness_expectation_is_not_as_stated(self):
        self.expect(3, "run", self.changed((CONVERGES, SOON)))

    def test_4_when_a_fault_has_nothing_to_act_on(self):
        idle = ("clients:\n", "clients:\n  north: {count: 1, region: eu-west-1}\n"
                              "  south: {count: 1, region: eu-central-1}\n")
        name = self.changed(("[us-east-1, us-west-2]\n",
                             "[us-east-1, us-west-2, eu-west-1, eu-central-1]\n"), idle,
                            ("faults:\n", "faults:\n  - {name: elsewhere, at: 1s, for: 1s, "
                                          "cut: [[eu-west-1], [eu-central-1]]}\n"))
        self.assertIn("did nothing", self.expect(4, "run", name).stdout)

    def test_4_when_an_expectation_is_never_checked(self):
        self.assertIn("NOT CHECKED", self.expect(4, "run", self.changed((LOST, UNCHECKED))).stdout)

    def test_5_when_the_digest_is_another(self):
        done = self.expect(5, "run", "split.yaml", "--expect-digest", OTHER_DIGEST)
        self.assertIn(OTHER_DIGEST + " was expected", done.stdout)

    def test_0_when_the_digest_is_the_one_expected(self):
        digest = json.loads(self.expect(0, "run", "split.yaml", "--json").stdout)["digest"]
        done = self.expect(0, "run", "split.yaml", "--expect-digest", digest)
        self.assertIn(digest + ", as expected", done.stdout)

    def test_64_for_bad_options_and_bad_scenarios(self):
        self.expect(64, "run", "split.yaml", "--sead", "7")
        self.expect(64, "run", self.changed(("run_for: 20s", "run_for: 20")))

    def test_74_for_files_that_cannot_be_read_or_written(self):
        self.expect(74, "run", "missing.yaml")
        self.expect(74, "run", "split.yaml", "--report", "json=missing/folder.json")

    def test_the_file_comes_before_the_digest_before_the_verdicts(self):
        worst = self.changed((LOST, SAFE + UNCHECKED), (CONVERGES, SOON))
        wrong_digest = ("--expect-digest", OTHER_DIGEST)
        no_file = ("--report", "text=missing/report.txt")
        self.expect(74, "run", worst, *wrong_digest, *no_file)
        self.expect(5, "run", worst, *wrong_digest)
        self.expect(1, "run", worst)  # also not as stated in liveness, and unchecked

    def test_liveness_comes_before_what_was_not_checked(self):
        self.expect(3, "run", self.changed((LOST, UNCHECKED), (CONVERGES, SOON)))

    def test_what_was_not_checked_comes_before_undecided(self):
        self.expect(4, "run", self.changed((LOST, UNCHECKED)), "--until", "9.05s")

    def test_json_says_the_same_status(self):
        done = self.expect(1, "run", self.changed((LOST, SAFE)), "--json")
        self.assertEqual(json.loads(done.stdout)["status"], 1)


if __name__ == "__main__":
    unittest.main()
