#!/usr/bin/env python3
"""Every bug that is planted must be found, by the judge that it names.

  canaries.py CLEAVE             sweeps with each bug switched on, and shrinks what fails first
  canaries.py CLEAVE --write     the same, and writes docs/canaries.md
  canaries.py CLEAVE --quick     only sees that each is found where docs/canaries.md says it is

The bugs are those of `cleave list bugs`, of engines and of the messaging service; each is looked
for in the swarm of its own scenario, else in that of whoever plants it. A canary fails that is not
caught, that is caught under another name, or whose story does not shrink to twelve lines of faults,
workload and conversations. A bug that a test alone can find is no canary: the page says which.
"""

import argparse
import json
import pathlib
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sweeps import ROOT, Cleave, status

PAGE = ROOT / "docs" / "canaries.md"
BLOCKS = 5
SEEDS_IN_BLOCK = 2000  # that many in vain, and the bug is not caught
CHUNKS = 20, 250       # seeds in the first sweep, and in the largest; each is twice the one before
MOST_LINES = 12
ROW = re.compile(r"^\| `(?P<name>[^ `]+ [^`]+)` \| [^|]+ \| (?P<first>\d+) \|.*$", re.MULTILINE)
ALONE = re.compile(r"^\| `(?P<name>[^ `]+ [^`]+)` \| `tests/[^`]+` \|", re.MULTILINE)


class Canary:
    def __init__(self, cleave, bug):
        self.cleave = cleave
        self.bug = bug
        self.name = name_of(bug)
        self.scenario = bug["scenario"] or f"scenarios/swarms/{planter(bug)}.yaml"

    def settings(self):
        """Switches the bug on: in its service, or in every store of its engine."""
        if "service" in self.bug:
            return ["--set", f"services.{self.bug['service']}.bugs=[{self.bug['name']}]"]
        stores = self.stores()
        if not stores:
            raise SystemExit(f"{self.scenario} has no store on {self.bug['engine']}")
        return [word for store in stores
                for word in ("--set", f"stores.{store}.options.bugs=[{self.bug['name']}]")]

    def stores(self):
        run = json.loads(self.cleave.call("run", self.scenario, "--json", "--until", "1us"))
        return [s["name"] for s in run["stores"] if s["engine"] == self.bug["engine"]]

    def first_failing(self, first, last):
        """The run of the first seed in which it broke what it says, or anything of safety.

        What breaks safety may slow others down before: liveness alone counts if the bug names it.
        """
        settings = self.settings()
        chunk, largest = CHUNKS
        while first <= last:
            end = min(first + chunk - 1, last)
            chunk = min(2 * chunk, largest)
            for run in self.cleave.runs(self.scenario, first, end, *settings):
                if run["status"] in (1, 70) or finder(self.bug, run):
                    return run
            first = end + 1
        return None

    def shrunk(self, seed):
        return self.cleave.call("shrink", self.scenario, "--swarm", "--seed", str(seed),
                                *self.settings())


def planter(bug):
    """The engine or the service that makes the mistake."""
    return bug.get("engine") or bug["service"]


def name_of(bug):
    return f"{planter(bug)} {bug['name']}"


def violations(run):
    """Time, name and reason of all that is violated and not stated to be, the earliest first."""
    broken = [(e["at_ns"], e["name"], e["why"]) for e in run["expectations"]
              if e["verdict"] == "violated" and e["expected"] != "violated"]
    if run["failure"]:
        broken.append((run["failure"]["at_ns"], "model assertion", run["failure"]["what"]))
    return sorted(broken)


def finder(bug, run):
    """Who found it as the bug says, in the words of a report; None if nobody did."""
    for _, name, why in violations(run):
        if bug["caught_by"] in name:
            return name
        if bug["caught_by"] in f"{name}: {why}":
            return f"{name}: {bug['caught_by']}"
    return None


def lines_of_story(yaml):
    """Items of what happens: `cleave shrink` prints each on a line of its own."""
    lines = 0
    inside = False
    for line in yaml.splitlines():
        if not line.startswith(" "):
            inside = line in ("faults:", "workload:", "conversations:")
        elif inside and line.startswith("  - "):
            lines += 1
    return lines


def look_for(canary):
    """A row of the table, and complaints."""
    complaints = []
    needed = []
    first_run = None
    for block in range(BLOCKS):
        start = block * SEEDS_IN_BLOCK + 1
        run = canary.first_failing(start, start + SEEDS_IN_BLOCK - 1)
        if run is None:
            complaints.append(f"{canary.name}: not caught by seeds {start} to "
                              f"{start + SEEDS_IN_BLOCK - 1} of {canary.scenario}")
            continue
        needed.append(run["seed"] - start + 1)
        first_run = first_run or run
        if not finder(canary.bug, run):
            complaints.append(f"{canary.name}: caught with seed {run['seed']} under another name, "
                              f"not by '{canary.bug['caught_by']}': {violations(run)}")
    if first_run is None:
        return None, complaints
    story = canary.shrunk(first_run["seed"])
    lines = lines_of_story(story)
    if lines > MOST_LINES:
        complaints.append(f"{canary.name}: seed {first_run['seed']} shrinks to {lines} lines of "
                          f"faults, workload and conversations, not to {MOST_LINES} or fewer")
    row = {"canary": canary, "judge": finder(canary.bug, first_run) or "another",
           "first": first_run["seed"], "median": int(statistics.median(needed)), "lines": lines}
    print(f"{canary.name}: {row['judge']}; first seed {row['first']}, median of {len(needed)} "
          f"blocks {row['median']}, {lines} lines after shrinking", flush=True)
    return row, complaints


def line_of(row):
    canary = row["canary"]
    return (f"| `{canary.name}` | {row['judge']} | {row['first']} | {row['median']} | "
            f"{row['lines']} | `{canary.scenario}` |")


def page_of(bugs, lines):
    """`lines` are those of the table, by name of the bug."""
    alone = [bug for bug in bugs if bug["test"]]
    text = f"""# Canaries

Mistakes that engines and the messaging service make when their option `bugs` says so, and what
becomes of them. Each must be found, and by the judge that it names: a campaign that does not find
what is known to be wrong says nothing about what is not known. `./dev canaries` looks for all of
them, and `ctest` sees that each is found within twice the seeds that it took here. `./dev canaries
--write` writes this page; with `--only messaging` it writes the rows of these names, and keeps the
others.

    cleave list bugs
    cleave sweep scenarios/swarms/raft.yaml --swarm --seeds 1..100 --set 'stores.accounts.options.bugs=[vote-twice]'
    cleave sweep scenarios/swarms/messaging.yaml --swarm --seeds 1..100 --set 'services.messaging.bugs=[show-repeats]'

*First seed* is the smallest that breaks safety (replicas that merely fall behind do not count, unless
the bug says so). *Median* is over {BLOCKS} blocks of {SEEDS_IN_BLOCK:,} seeds: how many of a block were run until
one failed. *Lines* are the items of faults, workload and conversations that are left of the first
seed's story when `cleave shrink` has taken away the rest.

| bug | judge | first seed | median | lines | scenario |
|---|---|--:|--:|--:|---|
"""
    text += "".join(lines[name_of(bug)] + "\n" for bug in bugs if not bug["test"])
    if alone:
        text += """
No judge of a run can see these, and a test that looks inside finds them:

| bug | test |
|---|---|
"""
        text += "".join(f"| `{name_of(bug)}` | `{bug['test']}` |\n" for bug in alone)
    text += "\n## What they are\n\n| bug | the mistake |\n|---|---|\n"
    text += "".join(f"| `{name_of(bug)}` | {bug['what']} |\n" for bug in bugs)
    return text


def lines_in(page):
    """Those of the table, by name of the bug."""
    return {m["name"]: m[0] for m in ROW.finditer(page)}


def first_seeds(page):
    """By name of the bug, as a page says them."""
    return {m["name"]: int(m["first"]) for m in ROW.finditer(page)}


def complaints_of_alone(bugs, page):
    """Bugs that only a test finds: there is such a test, and the page says so."""
    listed = {name_of(bug): bug["test"] for bug in bugs if bug["test"]}
    told = {m["name"] for m in ALONE.finditer(page)}
    complaints = [f"{name}: there is no {test}" for name, test in listed.items()
                  if not (ROOT / test).is_file()]
    complaints += [f"{name}: docs/canaries.md and `cleave list bugs` do not agree on whether a "
                   "test alone finds it; run ./dev canaries --write"
                   for name in sorted(told ^ listed.keys())]
    return complaints


def quick(canaries, known):
    """Seeds that are known to find it: twice as many as it took, since other changes move them."""
    complaints = []
    for canary in canaries:
        if canary.name not in known:
            complaints.append(f"{canary.name}: not in docs/canaries.md; run ./dev canaries --write")
            continue
        last = 2 * known[canary.name] + 10
        run = canary.first_failing(1, last)
        if run is None:
            complaints.append(f"{canary.name}: not caught by seeds 1 to {last}; if behaviour has "
                              "changed, run ./dev canaries --write")
        elif not finder(canary.bug, run):
            complaints.append(f"{canary.name}: seed {run['seed']} is caught under another name: "
                              f"{violations(run)}")
    return complaints


def look_for_all(canaries):
    """Lines of the table, by name of the bug, and complaints."""
    lines = {}
    complaints = []
    for canary in canaries:
        row, wrong = look_for(canary)
        complaints += wrong
        if row:
            lines[canary.name] = line_of(row)
    return lines, complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cleave")
    parser.add_argument("--write", action="store_true", help="write docs/canaries.md")
    parser.add_argument("--quick", action="store_true", help="hold it to docs/canaries.md")
    parser.add_argument("--only", default="",
                        help="the bugs whose names have this (a regular expression)")
    parser.add_argument("--page", type=pathlib.Path, default=PAGE,
                        help="instead of docs/canaries.md")
    words = parser.parse_args()
    cleave = Cleave(words.cleave)
    bugs = json.loads(cleave.call("list", "bugs", "--json"))
    canaries = [Canary(cleave, bug) for bug in bugs
                if not bug["test"] and re.search(words.only, name_of(bug))]
    if not canaries:
        raise SystemExit("nobody plants such a bug")
    page = words.page.read_text()
    if words.quick:
        planted = {name_of(bug) for bug in bugs}
        known = first_seeds(page)
        complaints = quick(canaries, known) + complaints_of_alone(bugs, page)
        complaints += [f"{name}: in docs/canaries.md, and nobody plants it"
                       for name in known if name not in planted]
    else:
        found, complaints = look_for_all(canaries)
        lines = lines_in(page) | found
        if words.write:
            complaints += [f"{name_of(bug)}: not in docs/canaries.md; write it too"
                           for bug in bugs if not bug["test"] and name_of(bug) not in lines]
            if not complaints:
                words.page.write_text(page_of(bugs, lines))
    return status(complaints)


if __name__ == "__main__":
    sys.exit(main())
