"""The report of the first scenario, byte by byte, as README.md shows it.

It changes with the behaviour and with the looks of the report, and then on purpose: with
CLEAVE_WRITE_GOLDEN=1 this test writes both files instead, for git to show what changed.
"""

import os
import re
import subprocess
import unittest

from program import CLEAVE, ROOT

SCENARIO = "scenarios/tutorial/01-first-cut.yaml"
GOLDEN = ROOT / "tests" / "report" / "golden" / "first_cut.txt"
README = ROOT / "README.md"
SAMPLE = re.compile(r"(?<=```text\n)A first cut .*?(?=```\n)", re.DOTALL)


class FirstCut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Called by its name, the program stands by its name in the command that it prints.
        done = subprocess.run(["cleave", "run", SCENARIO], executable=CLEAVE, cwd=ROOT, text=True,
                              capture_output=True, check=True, timeout=60)
        cls.report = done.stdout
        if os.environ.get("CLEAVE_WRITE_GOLDEN"):
            GOLDEN.write_text(cls.report)
            README.write_text(SAMPLE.sub(lambda _: cls.report, README.read_text()))

    def test_is_reported_as_ever(self):
        self.maxDiff = None
        self.assertEqual(self.report, GOLDEN.read_text())

    def test_is_reported_in_the_readme(self):
        self.assertEqual(SAMPLE.findall(README.read_text()), [self.report])

    def test_fits_a_screen(self):
        lines = self.report.splitlines()
        self.assertLessEqual(len(lines), 40)
        command = next(line for line in lines if "cleave run" in line)
        for line in lines:
            if line != command:  # to be copied in one piece
                self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    unittest.main()
