"""What campaigns share: starting the program, sweeping, and complaining."""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Cleave:
    """The program at a path, run in the root of the repository."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())

    def call(self, *words):
        """What it prints. Ends the campaign if the words or the scenario are wrong."""
        done = subprocess.run([self.path, *words], cwd=ROOT, text=True, capture_output=True,
                              check=False)
        if done.returncode in (64, 74):
            raise SystemExit(f"{' '.join(words)}\n{done.stderr}")
        return done.stdout

    def runs(self, scenario, first, last, *words):
        """What became of each seed of the scenario's swarm."""
        return json.loads(self.call("sweep", scenario, "--swarm", "--seeds", f"{first}..{last}",
                                    "--json", *words))["runs"]


def status(complaints):
    """Says them, and gives the exit status of the campaign."""
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0
