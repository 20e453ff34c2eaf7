"""What is said to whom: help, mistakes and their cure, stdout and stderr, terminals."""

import json
import os
import pty
import re
import select
import subprocess
import unittest

from program import CLEAVE, ROOT, ProgramTest

VERBS = ["run", "compare", "explain", "sweep", "shrink", "check", "export",
         "validate", "list", "schema", "selfcheck",
         "version"]


class Help(ProgramTest):
    def test_names_every_verb(self):
        text = self.expect(0, "--help").stdout
        for verb in VERBS:
            self.assertRegex(text, rf"(?m)^  {verb} ")

    def test_of_each_verb_has_an_example_and_keeps_to_80_columns(self):
        for verb in VERBS:
            with self.subTest(verb):
                done = self.expect(0, verb, "--help")
                self.assertRegex(done.stdout, rf"Example[\s\S]*\n  cleave {verb}")
                self.assertEqual(done.stderr, "")
                for line in done.stdout.splitlines():
                    self.assertLessEqual(len(line), 80, line)

    def test_has_every_option_that_the_documentation_has_and_the_other_way_round(self):
        documented = (ROOT / "docs" / "command-line.md").read_text()
        helped = set()
        for verb in VERBS:
            helped |= set(re.findall(r"(?m)^  (--[a-z-]+)", self.expect(0, verb, "--help").stdout))
        self.assertEqual(helped - {"--help"}, set(re.findall(r"`(--[a-z-]+)", documented)) - {"--help"})

    def test_goes_to_stderr_when_nobody_asked_for_it(self):
        done = self.expect(64)
        self.assertEqual(done.stdout, "")
        self.assertIn("Usage: cleave VERB", done.stderr)


class Mistakes(ProgramTest):
    def check(self, status, words, *messages):
        done = self.expect(status, *words)
        self.assertEqual(done.stdout, "")
        for message in messages:
            self.assertIn(message, done.stderr)

    def test_in_words_are_named_with_what_to_write_instead(self):
        for words, messages in [
            (["rnu", "split.yaml"], ["no verb 'rnu'", "write 'run'"]),
            (["run", "split.yaml", "--sede", "7"], ["no option '--sede'", "write '--seed'"]),
            (["run", "--sede=7"], ["no option '--sede'", "write '--seed'"]),
            (["run"], ["SCENARIO is missing", "cleave run --help"]),
            (["run", "split.yaml", "--until"], ["--until needs a value"]),
            (["sweep", "split.yaml", "--seeds", "1..2", "--seeds", "3..4"],
             ["--seeds is given more than once; give it once"]),
            (["run", "split.yaml", "other.yaml"], ["'other.yaml' is one too many"]),
            (["run", "split.yaml", "--until", "20"], ["'20' has no unit", "write 20s"]),
            (["run", "split.yaml", "--until", "0s"], ["more than 0"]),
            (["run", "split.yaml", "--seed", "many"], ["'many' is not a number"]),
            (["run", "split.yaml", "--seed=-1"], ["--seed", "'-1'"]),
            (["run", "split.yaml", "--expect-digest", "12"], ["32 hexadecimal digits"]),
            (["run", "split.yaml", "--set", "run_for"], ["PATH=VALUE"]),
            (["run", "split.yaml", "--set", "run_fro=9s"], ["run_fro", "run_for"]),
            (["run", "split.yaml", "--set", "stores.acounts.engine=x"], ["write 'accounts'"]),
            (["run", "split.yaml", "--report", "jsn=x"], ["no format 'jsn'", "write 'json'"]),
            (["run", "split.yaml", "--report", "run.json"], ["FORMAT=FILE"]),
            (["compare", "split.yaml", "--report", "html=x.html"],
             ["html shows one run", "--configuration NAME --report html=FILE"]),
            (["run", "split.yaml", "--json", "--quiet"], ["--json", "--quiet"]),
            (["run", "split.yaml", "--color", "red"], ["auto, always or never"]),
            (["run", "split.yaml", "--configuration", "raft"], ["no configuration 'raft'"]),
            (["compare", "split.yaml"], ["nothing to compare", "compare:"]),
            (["list", "engine"], ["no list of 'engine'", "write 'engines'"]),
            (["list", "scenarios"], ["no scenarios"]),
            (["validate"], ["SCENARIO is missing"]),
        ]:
            with self.subTest(" ".join(words)):
                self.check(64, words, *messages)

    def test_in_options_are_found_before_anything_is_run_or_written(self):
        self.check(64, ["run", "split.yaml", "--report", "json=run.json", "--color", "red"])
        self.assertEqual(self.files(), ["split.yaml"])

    def test_in_the_names_of_files_are_named_with_the_nearest(self):
        self.check(74, ["run", "spilt.yaml"], "'spilt.yaml'", "did you mean 'split.yaml'?")
        self.check(74, ["run", "."], "give the name of a file")
        self.check(74, ["validate", "nowhere/at/all"], "nowhere/at/all")

    def test_in_a_scenario_are_told_with_file_line_and_column(self):
        name = self.changed(("run_for: 20s", "run_fro: 20s"), ("count: 2,", "count: two,"))
        done = self.expect(64, "run", name)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"changed\.yaml:4:1: error: .*run_fro")
        self.assertRegex(done.stderr, r"changed\.yaml:\d+:\d+: error: .*'two'")

    def test_of_a_file_that_one_may_not_read(self):
        (self.folder / "split.yaml").chmod(0)
        self.folder.chmod(0o755)
        nobody = {"user": 65534} if os.geteuid() == 0 else {}
        done = self.expect(74, "run", "split.yaml", **nobody)
        self.assertIn("ask for the right to read it", done.stderr)


class Validate(ProgramTest):
    def test_says_ok_of_each_and_what_is_in_it(self):
        done = self.expect(0, "validate", "split.yaml", "split.yaml")
        line = "split.yaml: ok: Two coasts: 1 store, 1 fault, 2 expectations\n"
        self.assertEqual((done.stdout, done.stderr), (line * 2, ""))

    def test_goes_on_after_a_bad_one(self):
        bad = self.changed(("run_for: 20s", "run_for: 20"))
        done = self.expect(64, "validate", bad, "split.yaml")
        self.assertIn("split.yaml: ok", done.stdout)
        self.assertIn("changed.yaml:4:", done.stderr)
        self.assertIn("1 of 2 files is not right", done.stderr)
        self.expect(64, "validate", bad, "missing.yaml", "split.yaml")  # 64 before 74
        self.expect(74, "validate", "split.yaml", "missing.yaml")


class Streams(ProgramTest):
    def test_json_is_one_object_and_nothing_else(self):
        done = self.expect(0, "run", "split.yaml", "--json")
        self.assertIsInstance(json.loads(done.stdout), dict)
        self.assertEqual(done.stderr, "")

    def test_quiet_prints_nothing(self):
        done = self.expect(0, "run", "split.yaml", "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_the_same_bytes_come_out_twice(self):
        for words in (["run", "split.yaml"], ["run", "split.yaml", "--json"]):
            self.assertEqual(self.expect(0, *words).stdout, self.expect(0, *words).stdout)

    def test_neither_locale_nor_width_nor_time_zone_changes_a_byte(self):
        plain = self.expect(0, "run", "split.yaml").stdout
        other = os.environ | {"LC_ALL": "de_DE.ISO-8859-1", "COLUMNS": "200", "TZ": "Asia/Tokyo",
                              "TERM": "linux"}
        self.assertEqual(self.expect(0, "run", "split.yaml", env=other).stdout, plain)

    def test_a_reader_that_has_gone_is_no_error(self):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = self.expect(0, "run", "split.yaml", stdout=writer)
        finally:
            os.close(writer)
        self.assertEqual(done.stderr, "")

    def test_a_full_disk_behind_stdout_is_one(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = self.expect(74, "run", "split.yaml", stdout=full)
        self.assertIn("No space left", done.stderr)

    def test_colour_only_when_asked_off_a_terminal(self):
        self.assertNotIn("\x1b", self.expect(0, "run", "split.yaml").stdout)
        self.assertIn("\x1b[", self.expect(0, "run", "split.yaml", "--color", "always").stdout)

    def test_ascii_only_when_asked(self):
        self.assertIn("█", self.expect(0, "run", "split.yaml").stdout)
        self.assertTrue(self.expect(0, "run", "split.yaml", "--ascii").stdout.isascii())


class Terminal(ProgramTest):
    def at_terminal(self, *words, **variables):
        """What a terminal shows: stdout and stderr together."""
        environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"} | variables
        leader, follower = pty.openpty()
        child = subprocess.Popen([CLEAVE, *words], cwd=self.folder, env=environment,
                                 stdin=follower, stdout=follower, stderr=follower)
        os.close(follower)
        shown = b""
        while select.select([leader], [], [], 60)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # so Linux says that the last writer has gone
                break
            if not piece:
                break
            shown += piece
        os.close(leader)
        self.assertEqual(child.wait(60), 0)
        return shown.decode()

    def test_gets_colour_and_blocks_and_is_told_the_speed(self):
        shown = self.at_terminal("run", "split.yaml")
        self.assertIn("\x1b[32mAS STATED", shown)
        self.assertIn("█", shown)
        self.assertIn("events a second", shown)

    def test_that_wants_no_colour_gets_none(self):
        self.assertNotIn("\x1b[", self.at_terminal("run", "split.yaml", NO_COLOR="1"))
        self.assertNotIn("\x1b[", self.at_terminal("run", "split.yaml", "--color", "never"))

    def test_that_has_no_unicode_gets_ascii(self):
        self.assertTrue(self.at_terminal("run", "split.yaml", LC_ALL="C").isascii())
        self.assertTrue(self.at_terminal("run", "split.yaml", TERM="linux").isascii())

    def test_that_wants_quiet_gets_quiet(self):
        self.assertEqual(self.at_terminal("run", "split.yaml", "--quiet"), "")


class Lists(ProgramTest):
    def test_hold_what_exists(self):
        for kind, word in [("engines", "primary-backup"), ("faults", "majorities_ring"),
                           ("judges", "converges"), ("latencies", "aws-2017"), ("access", "4g"),
                           ("levels", "list-append")]:
            with self.subTest(kind):
                self.assertRegex(self.expect(0, "list", kind).stdout, rf"(?m)^{word}  ")

    def test_are_named_by_list_alone(self):
        names = self.expect(0, "list").stdout
        for kind in ["engines", "bugs", "probes", "faults", "judges", "latencies", "access",
                     "levels", "scenarios"]:
            self.assertRegex(names, rf"(?m)^  {kind}  ")

    def test_of_bugs_says_what_each_is_and_who_catches_it(self):
        table = self.expect(0, "list", "bugs").stdout
        self.assertRegex(table, r"(?m)^raft vote-twice  +A vote of the term is given again")
        self.assertIn("Caught by: one vote.", " ".join(table.split()))
        starts = {re.match(r"(\S+ \S+ +|\s+)", line).end() for line in table.splitlines()}
        self.assertEqual(len(starts), 1, f"aligned:\n{table}")
        bugs = json.loads(self.expect(0, "list", "bugs", "--json").stdout)
        twice = next(bug for bug in bugs if bug["name"] == "vote-twice")
        self.assertEqual((twice["engine"], twice["caught_by"]), ("raft", "one vote"))
        pulls = next(bug for bug in bugs if bug["name"] == "parallel-pulls")
        self.assertEqual((pulls["service"], pulls["test"]), ("messaging", ""))
        for bug in bugs:
            for file in bug["scenario"], bug["test"]:
                self.assertTrue((ROOT / file).exists(), file)
        alone = next(bug for bug in bugs if bug["name"] == "read-without-proposal")
        self.assertEqual(alone["scenario"], "")
        self.assertIn(f"came true later, in {alone['test']} alone.", " ".join(table.split()))
        judges = json.loads(self.expect(0, "list", "judges", "--json").stdout)
        self.assertIn("converges", [judge["name"] for judge in judges])

    def test_hold_the_scenarios_of_this_folder(self):
        (self.folder / "scenarios" / "mine").mkdir(parents=True)
        self.write("scenarios/mine/one.yaml", (self.folder / "split.yaml").read_text())
        self.write("scenarios/mine/bad.yaml", "cleave: 1\n")
        done = self.expect(0, "list", "scenarios")
        self.assertRegex(done.stdout, r"scenarios/mine/one\.yaml  Two coasts")
        self.assertRegex(done.stdout, r"scenarios/mine/bad\.yaml  not right")

    def test_schema_is_json_schema_and_knows_the_keys(self):
        schema = json.loads(self.expect(0, "schema").stdout)
        self.assertLessEqual({"stores", "clients", "workload", "faults", "expect", "compare"},
                             schema["properties"].keys())
        self.assertIn("`run_for`", self.expect(0, "schema", "--markdown").stdout)

    def test_version_is_that_of_the_build_and_names_the_behaviour(self):
        build = (ROOT / "CMakeLists.txt").read_text()
        version = re.search(r"project\(Cleave VERSION ([\d.]+)", build)[1]
        said = self.expect(0, "version").stdout
        self.assertRegex(said, rf"^cleave {re.escape(version)}, behaviour \d+\n$")
        self.assertEqual(self.expect(0, "--version").stdout, said)


if __name__ == "__main__":
    unittest.main()
