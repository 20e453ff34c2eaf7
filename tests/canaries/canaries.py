#!/usr/bin/env python3
"""Every bug that an engine plants must be found, by the judge that it names.

  canaries.py CLEAVE             sweeps with each bug switched on, and shrinks what fails first
  canaries.py CLEAVE --write     the same, and writes docs/canaries.md
  canaries.py CLEAVE --quick     only sees that each is found where docs/canaries.md says it is

The bugs are those of `cleave list bugs`; each is looked for in the swarm of its own scenario, else
in that of its engine. A canary fails that is not caught, that is caught under another name, or
whose story does not shrink to twelve lines of faults and workload.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "canaries.md"
BLOCKS = 5
SEEDS_IN_BLOCK = 2000  # that many in vain, and the bug is not caught
CHUNKS = 20, 250       # seeds in the first sweep, and in the largest; each is twice the one before
MOST_LINES = 12
ROW = re.compile(r"^\| `(?P<engine>[^ `]+) (?P<bug>[^`]+)` \| [^|]+ \| (?P<first>\d+) \|", re.MULTILINE)


class Canary:
    def __init__(self, cleave, bug):
        self.cleave = cleave
        self.bug = bug
        self.name = f"{bug['engine']} {bug['name']}"
        self.scenario = bug["scenario"] or f"scenarios/swarms/{bug['engine']}.yaml"

    def call(self, *words):
        done = subprocess.run([self.cleave, *words], cwd=ROOT, text=True, capture_output=True,
                              check=False)
        if done.returncode in (64, 74):
            raise SystemExit(f"{self.name}: {' '.join(words)}\n{done.stderr}")
        return done.stdout

    def settings(self):
        """Switches the bug on in every store of its engine."""
        stores = self.stores()
        if not stores:
            raise SystemExit(f"{self.scenario} has no store on {self.bug['engine']}")
        return [word for store in stores
                for word in ("--set", f"stores.{store}.options.bugs=[{self.bug['name']}]")]

    def stores(self):
        run = json.loads(self.call("run", self.scenario, "--json", "--until", "1us"))
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
            sweep = json.loads(self.call("sweep", self.scenario, "--swarm", "--seeds",
                                         f"{first}..{end}", "--json", *settings))
            for run in sweep["runs"]:
                if run["status"] in (1, 70) or finder(self.bug, run):
                    return run
            first = end + 1
        return None

    def shrunk(self, seed):
        return self.call("shrink", self.scenario, "--swarm", "--seed", str(seed), *self.settings())


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
        if bug["caught_by"] in f"{name}: {why}":
            return f"{name}: {bug['caught_by']}"
    return None


def lines_of_story(yaml):
    """Items of faults and workload: `cleave shrink` prints each on a line of its own."""
    lines = 0
    inside = False
    for line in yaml.splitlines():
        if not line.startswith(" "):
            inside = line in ("faults:", "workload:")
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
                          f"faults and workload, not to {MOST_LINES} or fewer")
    row = {"canary": canary, "judge": finder(canary.bug, first_run) or "another",
           "first": first_run["seed"], "median": int(statistics.median(needed)), "lines": lines}
    print(f"{canary.name}: {row['judge']}; first seed {row['first']}, median of {len(needed)} "
          f"blocks {row['median']}, {lines} lines after shrinking", flush=True)
    return row, complaints


def page_of(rows):
    text = f"""# Canaries

Mistakes that engines make when their option `bugs` says so, and what becomes of them. Each must be
found, and by the judge that it names: a campaign that does not find what is known to be wrong says
nothing about what is not known. `./dev canaries` looks for all of them, `./dev canaries --write`
writes this page, and `ctest` sees that each is found within twice the seeds that it took here.

    cleave list bugs
    cleave sweep scenarios/swarms/raft.yaml --swarm --seeds 1..100 --set 'stores.accounts.options.bugs=[vote-twice]'

*First seed* is the smallest that breaks safety (replicas that merely fall behind do not count, unless
the bug says so). *Median* is over {BLOCKS} blocks of
{SEEDS_IN_BLOCK:,} seeds: how many of a block were run until one failed. *Lines* are the faults and items of
workload that are left of the first seed's story when `cleave shrink` has taken away the rest.

| bug | judge | first seed | median | lines | scenario |
|---|---|--:|--:|--:|---|
"""
    for row in rows:
        canary = row["canary"]
        text += (f"| `{canary.name}` | {row['judge']} | {row['first']} | {row['median']} | "
                 f"{row['lines']} | `{canary.scenario}` |\n")
    text += "\n## What they are\n\n| bug | the mistake |\n|---|---|\n"
    for row in rows:
        text += f"| `{row['canary'].name}` | {row['canary'].bug['what']} |\n"
    return text


def first_seeds(page):
    """By bug, as a page says them."""
    return {f"{m['engine']} {m['bug']}": int(m["first"]) for m in ROW.finditer(page)}


def quick(canaries):
    """Seeds that are known to find it: twice as many as it took, since other changes move them."""
    known = first_seeds(PAGE.read_text())
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
    names = {canary.name for canary in canaries}
    complaints += [f"{name}: in docs/canaries.md, and no engine plants it"
                   for name in known if name not in names]
    return complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cleave")
    parser.add_argument("--write", action="store_true", help="write docs/canaries.md")
    parser.add_argument("--quick", action="store_true", help="hold it to docs/canaries.md")
    parser.add_argument("--only", help="the bugs whose names contain this")
    words = parser.parse_args()
    bugs = json.loads(subprocess.run([words.cleave, "list", "bugs", "--json"], text=True,
                                     capture_output=True, check=True).stdout)
    canaries = [Canary(str(pathlib.Path(words.cleave).resolve()), bug) for bug in bugs
                if "engine" in bug and (not words.only or words.only in bug["name"])]
    if not canaries:
        raise SystemExit("no engine plants such a bug")
    if words.quick:
        complaints = quick(canaries)
    else:
        rows = []
        complaints = []
        for canary in canaries:
            row, wrong = look_for(canary)
            complaints += wrong
            if row:
                rows.append(row)
        if words.write and not complaints and not words.only:
            PAGE.write_text(page_of(rows))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
