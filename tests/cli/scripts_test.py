"""The scripts that spread a sweep over processes and machines come to what one process comes to."""

import os
import shutil
import subprocess
import unittest

from one_node_slurm import OneNodeSlurm, is_possible
from program import CLEAVE, ROOT, ProgramTest

SEEDS = "1..9"


def where_installed(is_installed, what):
    """Where all tools must be there, a missing one is no excuse."""
    required = os.environ.get("CLEAVE_CLUSTERS") == "required"
    return unittest.skipUnless(required or is_installed, what + " is not installed")


class Scripts(ProgramTest):
    def setUp(self):
        super().setUp()
        self.alone = self.expect(0, "sweep", "split.yaml", "--seeds", SEEDS).stdout

    def script(self, name, *words, **variables):
        return subprocess.run([ROOT / "scripts" / name, *words], cwd=self.folder,
                              env=os.environ | {"CLEAVE": CLEAVE} | variables,
                              capture_output=True, text=True, check=False, timeout=60)

    def test_an_array_of_slurm_puts_together_what_its_tasks_did(self):
        # What Slurm itself does for a task: it sets these variables. The rest is the script's.
        for task in range(1, 4):
            done = self.script("sweep-slurm.sh", "split.yaml", SEEDS, "results",
                               SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_COUNT="3")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(len(list((self.folder / "results").glob("seed-*.json"))), 9)
        whole = self.expect(0, "sweep", "split.yaml", "--seeds", SEEDS, "--resume", "results")
        self.assertEqual(whole.stdout, self.alone)

    def test_a_task_of_slurm_fails_if_it_could_not_do_its_part(self):
        done = self.script("sweep-slurm.sh", "missing.yaml", SEEDS, "results",
                           SLURM_ARRAY_TASK_ID="1", SLURM_ARRAY_TASK_COUNT="3")
        self.assertEqual(done.returncode, 74)
        done = self.script("sweep-slurm.sh", "split.yaml", SEEDS, "results")
        self.assertIn("sbatch --array", done.stderr)
        self.assertNotEqual(done.returncode, 0)

    @where_installed(is_possible(), "Slurm, for root,")
    def test_slurm_comes_to_the_same(self):
        with OneNodeSlurm(self.folder / "slurm") as slurm:
            job = slurm.submit("--array=1-4", f"--output={self.folder}/task-%a.txt",
                               str(ROOT / "scripts" / "sweep-slurm.sh"),
                               str(self.folder / "split.yaml"), SEEDS,
                               str(self.folder / "results"), CLEAVE=CLEAVE)
        said = "".join(file.read_text() for file in self.folder.glob("task-*.txt"))
        self.assertEqual((job.returncode, job.stderr, said), (0, "", ""))
        self.assertEqual(len(list(self.folder.glob("task-*.txt"))), 4)
        self.assertEqual(len(list((self.folder / "results").glob("seed-*.json"))), 9)
        whole = self.expect(0, "sweep", "split.yaml", "--seeds", SEEDS, "--resume", "results")
        self.assertEqual(whole.stdout, self.alone)

    @where_installed(shutil.which("parallel"), "GNU parallel")
    def test_gnu_parallel_comes_to_the_same(self):
        done = self.script("sweep-parallel.sh", "split.yaml", SEEDS, "4", "results", "-j", "2")
        self.assertEqual(done.stdout, self.alone)
        self.assertEqual(done.returncode, 0)

    def test_without_their_arguments_say_what_they_are(self):
        done = self.script("sweep-parallel.sh")
        self.assertEqual(done.returncode, 64)
        self.assertIn("SCENARIO A..B SHARDS DIR", done.stderr)


if __name__ == "__main__":
    unittest.main()
