"""The reports of the first two scenarios, byte by byte; the second as README.md shows it.

They change with the behaviour and with the looks of the report, and then on purpose: with
CLEAVE_WRITE_GOLDEN=1 this test writes the files instead, for git to show what changed.
"""

import os
import re
import subprocess
import unittest

from program import CLEAVE, ROOT

GOLDEN = ROOT / "tests" / "report" / "golden"
README = ROOT / "README.md"
SAMPLE = re.compile(r"(?<=```text\n)A first .*?(?=```\n)", re.DOTALL)


class Report:
    """What it has to be; the classes below say of which scenario."""

    @classmethod
    def setUpClass(cls):
        cls.golden = GOLDEN / cls.file
        # Called by its name, the program stands by its name in the command that it prints.
        done = subprocess.run(["cleave", "run", cls.scenario], executable=CLEAVE, cwd=ROOT, text=True,
                              capture_output=True, check=True, timeout=60)
        cls.report = done.stdout
        if os.environ.get("CLEAVE_WRITE_GOLDEN"):
            cls.golden.write_text(cls.report)
            if cls.in_readme:
                README.write_text(SAMPLE.sub(lambda _: cls.report, README.read_text()))

    def test_is_reported_as_ever(self):
        self.maxDiff = None
        self.assertEqual(self.report, self.golden.read_text())

    def test_is_reported_in_the_readme(self):
        if self.in_readme:
            self.assertEqual(SAMPLE.findall(README.read_text()), [self.report])

    def test_fits_a_screen(self):
        lines = self.report.splitlines()
        self.assertLessEqual(len(lines), self.most_lines)
        command = next(line for line in lines if "cleave run" in line)
        for line in lines:
            if line != command:  # to be copied in one piece
                self.assertLessEqual(len(line), 80, line)


class FirstCut(Report, unittest.TestCase):
    scenario = "scenarios/tutorial/01-first-cut.yaml"
    file = "first_cut.txt"
    most_lines = 40
    in_readme = False


class FirstConversation(Report, unittest.TestCase):
    scenario = "scenarios/tutorial/02-first-conversation.yaml"
    file = "first_conversation.txt"
    most_lines = 50
    in_readme = True


if __name__ == "__main__":
    unittest.main()
