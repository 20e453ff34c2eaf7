"""Files that the program writes: whole or not at all, and read back by itself and by others."""

import json
import os
import re
import resource
import subprocess
import threading
import unittest
import xml.etree.ElementTree as ElementTree

from program import CLEAVE, ROOT, SPLIT, ProgramTest

RECORDS_A_CHUNK = 1365


class Reports(ProgramTest):
    def test_of_several_formats_are_written_at_once(self):
        done = self.expect(0, "run", "split.yaml", "--report", "json=run.json", "--report",
                           "junit=run.xml", "--report", "text=run.txt")
        self.assertEqual((self.folder / "run.txt").read_text(), done.stdout)
        self.assertEqual((self.folder / "run.json").read_text(),
                         self.expect(0, "run", "split.yaml", "--json").stdout)
        suite = ElementTree.parse(self.folder / "run.xml").getroot().find("testsuite")
        self.assertEqual([suite.get(k) for k in ("failures", "errors")], ["0", "0"])
        self.assertEqual(self.files(), ["run.json", "run.txt", "run.xml", "split.yaml"])

    def test_as_html_are_of_the_run_that_is_printed(self):
        plain = self.expect(0, "run", "split.yaml").stdout
        both = self.expect(0, "run", "split.yaml", "--report", "html=run.html").stdout
        self.assertEqual(both, plain)
        page = (self.folder / "run.html").read_text(encoding="utf-8")
        digest = re.search(r"digest +([0-9a-f]{32})", plain).group(1)
        self.assertIn(digest, page)
        root = ElementTree.fromstring(page)  # it is XML as well
        kinds = {element.tag.rsplit("}")[-1] for element in root.iter()}
        self.assertLessEqual({"svg", "table", "details", "pattern"}, kinds)
        self.assertNotIn("script", kinds)

    def test_as_html_begin_and_end_like_the_run(self):
        self.call("run", "split.yaml", "--until", "2s", "--seed", "7", "--report", "html=run.html")
        page = (self.folder / "run.html").read_text(encoding="utf-8")
        self.assertIn("seed 7, 2 s simulated (--until)", page)

    def test_have_no_colours_even_if_the_terminal_has(self):
        self.expect(0, "run", "split.yaml", "--color", "always", "--report", "text=run.txt")
        self.assertNotIn("\x1b", (self.folder / "run.txt").read_text())

    def test_that_cannot_be_written_do_not_stop_the_others(self):
        done = self.expect(74, "run", "split.yaml", "--report", "json=/dev/full", "--report",
                           "text=run.txt")
        self.assertIn("free some space", done.stderr)
        self.assertIn("exit 74", done.stdout)
        self.assertIn("exit 0", (self.folder / "run.txt").read_text())


class Interrupted(ProgramTest):
    def test_at_a_limit_of_the_disk_nothing_is_left_and_the_old_file_stays(self):
        self.write("run.json", "old")
        done = self.expect(
            74, "run", "split.yaml", "--quiet", "--report", "json=run.json", "--save", "saved.yaml",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)))
        self.assertIn("File too large", done.stderr)
        self.assertEqual((self.folder / "run.json").read_text(), "old")
        self.assertEqual(self.files(), ["run.json", "split.yaml"])

    def test_on_a_full_disk_nothing_is_left(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("this user may not mount a small disk")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        with open(disk / "filler", "wb") as filler:
            with self.assertRaises(OSError):
                while True:
                    os.write(filler.fileno(), b"x" * 512)
        done = self.expect(74, "run", "split.yaml", "--report", "json=disk/run.json")
        self.assertIn("No space left", done.stderr)
        self.assertEqual([path.name for path in disk.iterdir()], ["filler"])

    def test_killed_between_two_files_leaves_the_first_whole_and_nothing_of_the_others(self):
        # A pipe holds the program up: it waits for a reader, and then for that reader to read.
        os.mkfifo(self.folder / "pipe")
        reports = ["--report", "json=run.json"] + ["--report", "text=pipe"] * 50
        with subprocess.Popen([CLEAVE, "run", "split.yaml", "--quiet", *reports, "--report",
                               "junit=run.xml"], cwd=self.folder) as child:
            with open(self.folder / "pipe", "rb") as pipe:
                self.assertTrue(pipe.read(1))  # so run.json has been written
                child.kill()
        self.assertIsInstance(json.loads((self.folder / "run.json").read_text()), dict)
        self.assertEqual(self.files(), ["pipe", "run.json", "split.yaml"])


class Saved(ProgramTest):
    def test_run_repeats_itself_and_says_so(self):
        first = self.expect(0, "run", "split.yaml", "--seed", "7", "--set", "run_for=18s",
                            "--save", "saved.yaml")
        again = self.expect(0, "run", "saved.yaml")
        digest = json.loads(self.expect(0, "run", "saved.yaml", "--json").stdout)["digest"]
        self.assertIn(digest, first.stdout)
        self.assertIn(digest + ", as expected", again.stdout)
        self.expect(0, "validate", "saved.yaml")

    def test_run_that_was_stopped_is_stopped_again(self):
        stopped = self.call("run", "split.yaml", "--until", "7s", "--save", "saved.yaml")
        done = self.expect(stopped.returncode, "run", "saved.yaml")
        self.assertIn(", as expected", done.stdout)
        self.assertIn("7 s simulated (--until)", done.stdout)

    def test_run_that_comes_out_otherwise_is_noticed(self):
        self.expect(0, "run", "split.yaml", "--save", "saved.yaml")
        text = (self.folder / "saved.yaml").read_text()
        self.assertIn("every: 50ms", text)
        self.write("saved.yaml", text.replace("every: 50ms", "every: 51ms"))
        self.assertIn("was expected", self.expect(5, "run", "saved.yaml").stdout)

    def test_run_of_another_behaviour_says_why_its_digest_may_differ(self):
        self.expect(0, "run", "split.yaml", "--save", "saved.yaml")
        text = (self.folder / "saved.yaml").read_text()
        self.assertRegex(text, r"(?m)^behaviour: \d+$")
        lines = [line if not line.startswith("behaviour: ") else "behaviour: 4000000"
                 for line in text.replace("every: 50ms", "every: 51ms").splitlines()]
        self.write("saved.yaml", "\n".join(lines) + "\n")
        self.assertIn("behaviour 4000000", self.expect(5, "run", "saved.yaml").stderr)

    def test_run_under_another_seed_is_not_held_to_its_digest(self):
        self.expect(0, "run", "split.yaml", "--save", "saved.yaml")
        done = self.expect(0, "run", "saved.yaml", "--seed", "8")
        self.assertNotIn("as expected", done.stdout)
        self.assertNotIn("was expected", done.stdout)

    def test_command_in_a_report_shows_what_it_promises(self):
        text = self.expect(0, "run", "split.yaml").stdout
        command = next(line.strip() for line in text.splitlines() if "--until" in line)
        broke = next(line for line in text.splitlines() if line.startswith("broke"))
        shown = subprocess.run(["sh", "-c", command], cwd=self.folder, capture_output=True,
                               text=True, check=False, timeout=60).stdout
        self.assertIn(broke, shown)
        self.assertIn("violated, as stated", shown)

    def test_command_of_a_long_incident_is_judged_by_what_it_shows(self):
        scenario = str(ROOT / "scenarios" / "incidents" / "github-2018.yaml")
        text = self.expect(0, "run", scenario).stdout
        command = next(line.split() for line in text.splitlines() if "--until" in line)
        shown = self.expect(0, *command[1:]).stdout
        self.assertIn("UNDECIDED", shown)
        self.assertIn("lost-acknowledged-writes accounts: violated, as stated", shown)
        self.assertIn("exit 0: what was decided by then is as stated", shown)

    def test_event_in_a_report_is_the_one_at_its_time(self):
        run = json.loads(self.expect(0, "run", "split.yaml", "--json").stdout)
        lost = run["expectations"][0]
        self.assertEqual(lost["event"], max(lost["witness"]))
        self.expect(0, "run", "split.yaml", "--report", "html=run.html")
        text = self.expect(0, "run", "split.yaml").stdout
        self.assertIn(f"event {lost['event']:,}: lost-acknowledged-writes", text)
        self.assertIn(f"event {lost['event']:,}: lost-ack", (self.folder / "run.html").read_text())


class OneFile(ProgramTest):
    def test_is_not_written_twice_nor_over_the_scenario(self):
        for words in (["--save", "split.yaml"], ["--save", "x", "--report", "text=x"],
                      ["--digest-trail", "x", "--report", "json=x"],
                      ["--report", "text=x", "--report", "json=x"]):
            done = self.expect(64, "run", "split.yaml", *words)
            self.assertIn("already", done.stderr)
            self.assertFalse((self.folder / "x").exists())
        self.assertEqual((self.folder / "split.yaml").read_text(), SPLIT)
        self.expect(0, "run", "split.yaml", "--report", "text=/dev/null", "--report",
                    "json=/dev/null")


class Trail(ProgramTest):
    def test_ends_with_the_digest_of_the_run(self):
        self.expect(0, "run", "split.yaml", "--digest-trail", "trail")
        lines = (self.folder / "trail").read_text().splitlines()
        run = json.loads(self.expect(0, "run", "split.yaml", "--json").stdout)
        self.assertEqual(lines[-1], run["digest"])
        self.assertGreater(len(lines), 1)
        for line in lines:
            self.assertRegex(line, "^[0-9a-f]{32}$")

    def test_selfcheck_finds_the_same_bits_here_and_in_a_fresh_process(self):
        run = json.loads(self.expect(0, "run", "split.yaml", "--json").stdout)
        done = self.expect(0, "selfcheck", "split.yaml")
        self.assertIn("the same bits", done.stdout)
        self.assertIn(run["digest"], done.stdout)

    def test_selfcheck_names_the_first_difference_of_a_fresh_process(self):
        # A pipe gives the scenario to the first process; before it ends, another file has its name.
        os.mkfifo(self.folder / "pipe.yaml")
        self.write("other.yaml", SPLIT.replace("at: 3s", "at: 4s"))

        def feed():
            with open(self.folder / "pipe.yaml", "w", encoding="utf-8") as pipe:
                pipe.write(SPLIT)
                pipe.flush()
                (self.folder / "other.yaml").rename(self.folder / "pipe.yaml")

        feeder = threading.Thread(target=feed)
        feeder.start()
        done = self.expect(5, "selfcheck", "pipe.yaml")
        feeder.join(60)
        self.assertIn("pipe.yaml: NOT THE SAME BITS", done.stdout)
        self.assertRegex(done.stdout, r"a fresh process differs in chunk \d+ of the digest trail")
        here, there = re.findall(r"(?m)^  (?:here|there):\s+(event \d+, at .*)$", done.stdout)
        self.assertNotEqual(here, there)

    def test_chunk_is_printed_a_record_a_line(self):
        lines = self.expect(0, "selfcheck", "split.yaml", "--chunk", "0").stdout.splitlines()
        self.assertEqual(len(lines), RECORDS_A_CHUNK)
        self.assertRegex(lines[0], r"^event \d+, ")

    def test_chunk_that_the_run_does_not_have_is_a_mistake(self):
        done = self.expect(64, "selfcheck", "split.yaml", "--chunk", "99999")
        self.assertIn("--chunk: error: the run has no chunk 99999", done.stderr)

    def test_selfcheck_repeats_a_saved_run_as_it_was(self):
        self.write("both.yaml", SPLIT + """\
compare:
  later:
    set: {faults.split.at: 15s, faults.split.for: 1s}
    expect: [{lost-acknowledged-writes: accounts}]
""")
        run = json.loads(self.call("run", "both.yaml", "--configuration", "later",
                                   "--until", "9s", "--save", "saved.yaml", "--json").stdout)
        done = self.expect(0, "selfcheck", "saved.yaml")
        self.assertEqual(done.stdout.count("the same bits"), 1)
        self.assertIn(run["digest"], done.stdout)


class Compare(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("both.yaml", (self.folder / "split.yaml").read_text() + """\
compare:
  later:
    set: {faults.split.at: 15s, faults.split.for: 1s}
    expect: [{lost-acknowledged-writes: accounts}]
""")

    def test_puts_all_configurations_in_one_table(self):
        done = self.expect(0, "compare", "both.yaml")
        self.assertRegex(done.stdout, r"(?m)^as written  .*AS STATED$")
        self.assertRegex(done.stdout, r"(?m)^later  .*AS STATED$")

    def test_as_json_holds_what_each_run_alone_says(self):
        compared = json.loads(self.expect(0, "compare", "both.yaml", "--json").stdout)
        alone = self.expect(0, "run", "both.yaml", "--configuration", "later", "--json")
        self.assertEqual(compared["configurations"][1], json.loads(alone.stdout))

    def test_has_the_first_status_of_all(self):
        text = (self.folder / "both.yaml").read_text()
        self.write("both.yaml", text.replace("accounts}]", "accounts, verdict: violated}]"))
        self.expect(1, "compare", "both.yaml")


if __name__ == "__main__":
    unittest.main()
