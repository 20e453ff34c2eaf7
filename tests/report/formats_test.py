#!/usr/bin/env python3
"""The golden reports for programs, read by readers that are not ours: are they what they claim?"""

import json
import pathlib
import sys
import unittest
import xml.etree.ElementTree as ElementTree

GOLDEN = pathlib.Path(__file__).parent / "golden"

# The contract of docs/command-line.md. Fields are only added: none may leave these lists.
RUN = {"cleave", "behaviour", "scenario", "seed", "status", "simulated_ns", "events", "digest",
       "expectations", "faults", "availability", "consistency", "convergence", "latency"}
ROWS = {
    "expectations": {"name", "verdict", "expected", "kind", "checked", "at_ns", "why", "witness"},
    "faults": {"name", "line", "dropped", "delayed", "duplicated", "state_lost"},
    "availability": {"group", "from_ns", "to_ns", "ok", "refused", "conflict", "unavailable",
                     "unknown"},
    "convergence": {"object", "diverged_ns", "converged_ns", "peak_distance", "lost_acknowledged",
                    "silences"},
    "latency": {"operation", "count", "p50_ns", "p99_ns", "p999_ns"},
}


def refuse(text):
    raise ValueError(f"{text} is not an integer")


def load(name):
    text = (GOLDEN / name).read_bytes().decode("utf-8")
    assert text.endswith("}\n")
    return json.loads(text, parse_float=refuse, parse_constant=refuse,
                      object_pairs_hook=without_repetition)


def without_repetition(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), names
    return dict(pairs)


class Json(unittest.TestCase):
    def check_run(self, run):
        self.assertLessEqual(RUN, run.keys())
        for name, fields in ROWS.items():
            self.assertTrue(run[name], name)
            for row in run[name]:
                self.assertLessEqual(fields, row.keys())
        self.assertRegex(run["digest"], "^[0-9a-f]{32}$")

    def test_a_run_has_every_field_of_the_contract(self):
        for name in ("two_coasts.json", "trouble.json"):
            with self.subTest(name):
                self.check_run(load(name))

    def test_a_comparison_has_them_for_each_configuration(self):
        comparison = load("comparison.json")
        self.assertEqual([run["configuration"] for run in comparison["configurations"]],
                         ["", "semi-sync", "fenced"])
        for run in comparison["configurations"]:
            self.check_run(run)
        self.assertEqual(comparison["status"], 1)

    def test_values_arrive_as_they_were(self):
        run = load("trouble.json")
        self.assertEqual(run["seed"], 2**64 - 1)
        self.assertEqual(run["status"], 5)
        self.assertEqual(run["file"], "it's all here/trouble.yaml")
        found = {e["name"]: e for e in run["expectations"]}
        lost = found["lost-acknowledged-writes accounts"]
        self.assertEqual(lost["at_ns"], 20004182733)
        self.assertEqual(lost["witness"], [18402, 18399, 91210])
        self.assertIsNone(found["fifo mailbox"]["at_ns"])
        self.assertEqual(found["fifo mailbox"]["why"],
                         'no client appended twice <to> one "log" & read it')
        self.assertEqual(run["failure"]["event"], 17000)
        self.assertEqual({c["object"]: c["converged_ns"] for c in run["convergence"]},
                         {"accounts": 71400000000, "mailbox": None})


class JUnit(unittest.TestCase):
    def test_whatever_is_not_as_stated_is_red(self):
        suite = ElementTree.parse(GOLDEN / "trouble.xml").getroot().find("testsuite")
        kinds = {}
        for case in suite.iter("testcase"):
            complaint = [child.tag for child in case]
            kinds[case.get("name")] = complaint[0] if complaint else "passed"
        self.assertEqual(kinds, {
            "lost-acknowledged-writes accounts": "failure",
            "converges accounts within 30s after split": "error",
            "fifo mailbox": "error",
            "fault split has an effect": "passed",
            "fault flap-west has an effect": "passed",
            "fault crash-primary has an effect": "passed",
            "fault too-late has an effect": "error",
            "model assertions": "failure",
            "digest": "failure",
        })
        self.assertEqual([suite.get(k) for k in ("tests", "failures", "errors", "skipped")],
                         ["9", "3", "3", "0"])
        self.assertIn('<to> one "log" & read it', suite.find(".//*[@type='vacuous']").get("message"))

    def test_each_configuration_is_a_suite(self):
        suites = ElementTree.parse(GOLDEN / "comparison.xml").getroot().findall("testsuite")
        self.assertEqual([suite.get("failures") for suite in suites], ["0", "1", "0"])


if __name__ == "__main__":
    sys.exit(unittest.main())
