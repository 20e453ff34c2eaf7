"""The program as its users meet it: called with words, judged by what it prints and how it exits."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

CLEAVE = os.environ["CLEAVE"]
ROOT = pathlib.Path(__file__).resolve().parents[2]

# Two coasts, a cut, a promotion: acknowledged writes are lost, as stated.
SPLIT = """\
cleave: 1
name: Two coasts
seed: 42
run_for: 20s
topology:
  latency: aws-2017
  regions: [us-east-1, us-west-2]
stores:
  accounts:
    engine: primary-backup
    replicas: {us-east-1: 1, us-west-2: 1}
    options: {acknowledge: async, fencing: off, promote_after: 2s}
clients:
  east: {count: 2, region: us-east-1}
  west: {count: 2, region: us-west-2}
workload:
  - {from: 0s, to: 12s, every: 50ms, by: [east, west], do: write, on: accounts, key: "user-{0..9}"}
faults:
  - {name: split, at: 3s, for: 6s, cut: [[us-east-1], [us-west-2]]}
expect:
  - {lost-acknowledged-writes: accounts, verdict: violated}
  - {converges: accounts, within: 8s, after: split}
"""
LOST = "  - {lost-acknowledged-writes: accounts, verdict: violated}\n"
CONVERGES = "  - {converges: accounts, within: 8s, after: split}\n"


class ProgramTest(unittest.TestCase):
    """A folder of its own for each test, with SPLIT in split.yaml."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="cleave-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.write("split.yaml", SPLIT)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def changed(self, *changes):
        """SPLIT with some texts replaced, in changed.yaml."""
        text = SPLIT
        for before, after in changes:
            self.assertIn(before, text)
            text = text.replace(before, after)
        return self.write("changed.yaml", text)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def call(self, *words, **options):
        options = {"cwd": self.folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                   "stderr": subprocess.PIPE, "text": True, "timeout": 60} | options
        return subprocess.run([CLEAVE, *words], check=False, **options)

    def expect(self, status, *words, **options):
        done = self.call(*words, **options)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout}\n{done.stderr}")
        return done
