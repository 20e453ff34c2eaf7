"""cleave check and cleave export: histories from outside and from our own runs, judged."""

import json
import re
import subprocess
import unittest

from program import CLEAVE, ROOT, ProgramTest

PAGE = ROOT / "docs" / "histories.md"


def txn(process, kind, value):
    return "{:process %d, :type :%s, :f :txn, :value [%s]}\n" % (process, kind, value)


# Two transactions append from the same state, and both are told ok.
LOST = (txn(0, "ok", "[:append :x 1]") +
        txn(1, "invoke", "[:r :x nil] [:append :x 2]") +
        txn(2, "invoke", "[:r :x nil] [:append :x 3]") +
        txn(1, "ok", "[:r :x [1]] [:append :x 2]") +
        txn(2, "ok", "[:r :x [1]] [:append :x 3]") +
        txn(0, "ok", "[:r :x [1 2 3]]"))
GOOD = LOST.replace("[:r :x [1]] [:append :x 3]", "[:r :x [1 2]] [:append :x 3]")
ASK = ["--model", "list-append", "--level", "serializable"]


class Check(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("good.edn", GOOD)
        self.write("lost.edn", LOST)
        self.write("empty.edn", "")

    def test_exits_by_the_verdict(self):
        self.assertIn("HOLDS", self.expect(0, "check", "good.edn", *ASK).stdout)
        self.assertIn("VIOLATED", self.expect(1, "check", "lost.edn", *ASK).stdout)
        self.assertIn("NOT CHECKED", self.expect(4, "check", "empty.edn", *ASK).stdout)

    def test_says_what_shows_it_and_what_is_left(self):
        text = self.expect(1, "check", "lost.edn", *ASK).stdout
        self.assertRegex(text, r"witness +1  lines 2, 4 +process 1 read :x = \[1\]")
        self.assertRegex(text, r"because +1 before 2  ")
        self.assertRegex(text, r"holds +[a-z-]+, the strongest of the weaker levels")
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_says_the_same_as_json(self):
        done = self.expect(1, "check", "lost.edn", *ASK, "--json")
        told = json.loads(done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertEqual((told["status"], told["verdict"], told["operations"]), (1, "violated", 4))
        self.assertEqual(told["level"], "serializable")
        lines = LOST.splitlines()
        for operation in told["witness"]:
            self.assertIn(":process %s" % operation["text"].split()[1],
                          lines[operation["line"] - 1])
        numbers = [operation["operation"] for operation in told["witness"]]
        for because in told["because"]:
            self.assertIn(because["from"], numbers)
            self.assertIn(because["to"], numbers)

    def test_of_several_files_is_the_worst(self):
        done = self.expect(1, "check", "good.edn", "lost.edn", "empty.edn", *ASK)
        self.assertEqual(re.findall("HOLDS|VIOLATED|NOT CHECKED", done.stdout),
                         ["HOLDS", "VIOLATED", "NOT CHECKED"])
        told = json.loads(self.expect(1, "check", "good.edn", "lost.edn", *ASK, "--json").stdout)
        self.assertEqual([one["status"] for one in told["histories"]], [0, 1])
        self.assertEqual(told["status"], 1)

    def test_goes_on_after_a_bad_one(self):
        self.write("bad.edn", "\n{:type :wrong}")
        done = self.expect(64, "check", "bad.edn", "good.edn", *ASK)
        self.assertIn("HOLDS", done.stdout)
        self.assertIn("bad.edn:2:8: error: found :type 'wrong'; expected :invoke, :ok, :fail or "
                      ":info\n", done.stderr)
        done = self.expect(74, "check", "god.edn", "lost.edn", *ASK)
        self.assertIn("did you mean 'good.edn'?", done.stderr)
        self.assertIn("VIOLATED", done.stdout)
        self.expect(74, "check", ".", "--format", "edn", *ASK)

    def test_reads_what_is_piped_into_it(self):
        done = self.expect(1, "check", "-", "--format", "edn", *ASK, input=LOST, stdin=None)
        self.assertRegex(done.stdout, r"^- +VIOLATED")

    def test_quiet_prints_nothing(self):
        done = self.expect(1, "check", "lost.edn", *ASK, "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_asks_for_the_strongest_level_if_it_is_not_told(self):
        done = self.expect(1, "check", "lost.edn", "--model", "list-append", "--json")
        self.assertEqual(json.loads(done.stdout)["level"], "strict-serializable")

    def test_asks_no_real_time_of_what_does_not_tell_it(self):
        self.write("h.txt", "w 1 1\n---\nr 1 1\n")
        done = self.call("check", "h.txt", "--format", "awdit", "--json")
        self.assertNotEqual(json.loads(done.stdout)["level"], "strict-serializable")
        done = self.expect(64, "check", "h.txt", "--format", "awdit", "--level",
                           "strict-serializable")
        self.assertIn("does not say when anything happened", done.stderr)

    def test_takes_one_budget_of_a_kind(self):
        self.expect(1, "check", "lost.edn", *ASK, "--budget", "100000", "--budget", "1GiB")
        done = self.expect(64, "check", "lost.edn", *ASK, "--budget", "5", "--budget", "7")
        self.assertIn("--budget: error: found a second number of steps, '7'; expected a number of steps, "
                      "an amount of memory, or one of each", done.stderr)
        done = self.expect(64, "check", "lost.edn", *ASK, "--budget", "1GiB", "--budget", "2GiB")
        self.assertIn("a second amount of memory, '2GiB'", done.stderr)

    def test_asks_what_is_promised_of_messages(self):
        self.write("queue.edn", "{:process 0, :type :ok, :f :enqueue, :value 1}\n"
                                "{:process 0, :type :ok, :f :dequeue, :value nil}\n")
        ask = ["check", "queue.edn", "--model", "queue", "--level", "at-least-once"]
        self.assertIn("lost-element", self.expect(1, *ask).stdout)

    def test_is_undecided_when_the_budget_is_used_up(self):
        # Blind writes at once, and reads of some of them: there are many orders to try.
        writes = "".join("{:process %d, :type :invoke, :f :write, :value %d}\n" % (i, i % 3)
                         for i in range(12))
        reads = "".join("{:process %d, :type :ok, :f :read, :value %d}\n" % (20, value)
                        for value in [0, 1, 2, 1, 0, 2])
        self.write("wide.edn", writes + reads)
        ask = ["--model", "register", "--level", "linearizable"]
        self.expect(0, "check", "wide.edn", *ask)
        for budget in ["1", "300B"]:
            done = self.expect(2, "check", "wide.edn", *ask, "--budget", budget)
            self.assertIn("UNDECIDED", done.stdout)
        self.expect(0, "check", "wide.edn", *ask, "--budget", "300")
        self.expect(2, "check", "wide.edn", *ask, "--budget", "1", "--budget", "1GiB")

    def test_knows_what_registers_hold_at_first(self):
        self.write("h.edn", "{:process 0, :type :ok, :f :read, :value 0}\n")
        ask = ["--model", "register", "--level", "linearizable"]
        self.expect(1, "check", "h.edn", *ask)
        self.expect(0, "check", "h.edn", *ask, "--init", "0")

    def test_keeps_independent_objects_apart(self):
        self.write("h.edn", "{:process 0, :type :ok, :f :write, :value [:x 1]}\n"
                            "{:process 0, :type :ok, :f :write, :value [:y 2]}\n"
                            "{:process 0, :type :ok, :f :read, :value [:x 1]}\n")
        ask = ["--model", "register", "--level", "linearizable"]
        self.expect(0, "check", "h.edn", *ask, "--key")
        self.expect(1, "check", "h.edn", *ask)

    def test_names_what_is_wrong_with_its_words(self):
        for words, messages in [
            (["h.edn"], ["--model", "edn does not say what its objects are", "list-append"]),
            (["h.txt", *ASK], ["--format", "'h.txt'", "write for example --format edn"]),
            (["h.edn", "--format", "end", *ASK], ["'end'", "edn, json", "write 'edn'"]),
            (["h.edn", "--model", "list-apend"], ["'list-apend'", "write 'list-append'"]),
            (["h.edn", "--model", "list-append", "--level", "serialisable"],
             ["'serialisable'", "write 'serializable'"]),
            (["h.edn", "--model", "list-append", "--level", "pram"],
             ["'pram' cannot be asked of a list-append", "snapshot-isolation"]),
            (["h.txt", "--format", "plume", "--model", "list-append"], ["rw-register", "leave it"]),
            (["h.edn", *ASK, "--budget", "1.5"], ["--budget", "'1.5'"]),
            (["h.edn", *ASK, "--budget", "many"], ["--budget", "'many'"]),
            (["good.edn", *ASK, "--init", "[1"], ["--init", "expected ']'"]),
        ]:
            with self.subTest(" ".join(words)):
                done = self.expect(64, "check", *words)
                self.assertEqual(done.stdout, "")
                for message in messages:
                    self.assertIn(message, done.stderr)


class Export(ProgramTest):
    def test_writes_every_operation_of_the_run(self):
        done = self.expect(0, "export", "split.yaml")
        told = json.loads(self.expect(0, "run", "split.yaml", "--json").stdout)
        served = sum(row["ok"] for row in told["availability"])
        operations = sum(sum(row[word] for word in
                             ["ok", "refused", "conflict", "unavailable", "unknown"])
                         for row in told["availability"])
        firsts = len({line.split(":value [")[1].split()[0] for line in done.stdout.splitlines()})
        self.assertEqual(done.stdout.count(":type :ok"), served + firsts)
        self.assertEqual(done.stdout.count(":type :invoke"), operations + firsts)
        self.assertIn(f"{operations} operations of accounts", done.stderr)
        times = [int(time) for time in re.findall(r":time (\d+)", done.stdout)]
        self.assertEqual(times, sorted(times))
        self.assertGreater(times[-1], 11_000_000_000)
        indices = [int(index) for index in re.findall(r":index (\d+)", done.stdout)]
        self.assertEqual(indices, list(range(len(indices))))
        self.assertIn('["user-3" ', done.stdout)

    def test_calls_fields_of_maps_by_object_and_field(self):
        name = self.changed(("do: write", "do: {read: 1, write: 1}, object: map"))
        self.assertRegex(self.expect(0, "export", name).stdout, r'\["user-\d/field-\d" ')

    def test_writes_a_file_in_full(self):
        text = self.expect(0, "export", "split.yaml").stdout
        done = self.expect(0, "export", "split.yaml", "--out", "h.edn")
        self.assertEqual(done.stdout, "")
        self.assertEqual((self.folder / "h.edn").read_text(), text)
        self.expect(74, "export", "split.yaml", "--out", "missing/h.edn")

    def test_does_as_the_seed_and_the_settings_say(self):
        one = self.expect(0, "export", "split.yaml").stdout
        self.assertEqual(self.expect(0, "export", "split.yaml", "--seed", "42").stdout, one)
        self.assertNotEqual(self.expect(0, "export", "split.yaml", "--seed", "7").stdout, one)
        cut = self.expect(0, "export", "split.yaml", "--until", "2s").stdout
        self.assertLessEqual(max(int(time) for time in re.findall(r":time (\d+)", cut)),
                             2_000_000_000)
        self.assertGreater(cut.count(":type :ok"), 0)

    def test_names_what_is_wrong_with_its_words(self):
        for words, message in [
            (["--store", "acounts"], "the scenario has no 'acounts'"),
            (["--type", "set"], "store 'accounts' has no 'set'; expected register"),
            (["--format", "csv"], "found 'csv'; expected edn"),
        ]:
            with self.subTest(" ".join(words)):
                self.assertIn(message, self.expect(64, "export", "split.yaml", *words).stderr)

    def test_wants_to_know_which_of_several_types(self):
        name = self.changed(("faults:", "  - {from: 0s, to: 12s, every: 50ms, by: [east], do: append, "
                                        "on: accounts, key: news, object: log}\nfaults:"))
        done = self.expect(64, "export", name)
        self.assertIn("--type: error: store 'accounts' has several; expected register or log",
                      done.stderr)
        self.assertIn(":f :append", self.expect(0, "export", name, "--type", "log").stdout)
        self.assertNotIn(":f :append", self.expect(0, "export", name, "--type", "register").stdout)


class RoundTrip(ProgramTest):
    def test_of_a_run_says_what_the_run_was(self):
        # Who asks the primary reads what it wrote; the other side of the cut does not.
        name = self.changed(("do: write", "do: {read: 1, write: 1}"))
        ask = ["--key", "--model", "cas-register", "--level", "linearizable"]
        calm = self.expect(0, "export", name, "--until", "2.9s").stdout
        self.expect(0, "check", "-", "--format", "edn", *ask, input=calm, stdin=None)
        self.expect(0, "export", name, "--out", "cut.edn")
        done = self.expect(1, "check", "cut.edn", *ask, "--json")
        self.assertIn("user-", json.loads(done.stdout)["why"])


class Page(unittest.TestCase):
    def test_shows_what_the_commands_print(self):
        blocks = re.findall(r"(?m)^```text\n\$ cleave (.*)\n((?:.*\n)*?)```$", PAGE.read_text())
        self.assertGreaterEqual(len(blocks), 1)
        for words, shown in blocks:
            with self.subTest(words):
                done = subprocess.run([CLEAVE, *words.split()], cwd=ROOT, text=True,
                                      capture_output=True, check=False, timeout=60)
                self.assertEqual(done.stdout, shown)


if __name__ == "__main__":
    unittest.main()
