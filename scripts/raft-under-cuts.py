#!/usr/bin/env python3
"""Measures what becomes of Raft under cuts: the tables of docs/raft-under-cuts.md.

Without --check the tables are written anew; with it, these cells are held to what the page says.
Each cell is 20 runs (seeds 1 to 20) of a scenario of scenarios/, as they stand there but for the
clients, who ask any replica, so that whoever leads has something to commit at once: leader changes
while the cut lasts (median) / seconds from the cut to the first acknowledged write (median; only
from 0.5 s on: "0.5" is no interruption that could be seen) / share of the last 30 seconds of the
cut in which one was acknowledged (mean) / elections in the 20 s after the cut (median).
"""
import argparse
import concurrent.futures
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "raft-under-cuts.md"
SEEDS = range(1, 21)
SECOND = 10**9
SEEN_FROM = SECOND // 2  # SilenceTable::kShortest

CONFIGURATIONS = {  # in the tables, and in `compare:` of the scenarios
    "none": "none",
    "PreVote": "pre-vote",
    "CheckQuorum": "check-quorum",
    "both": "",
    "sticky": "sticky",
}
CUTS = {  # scenario, fault, settings
    "isolated leader": ("raft/isolated-leader", "alone", ()),
    "star": ("incidents/cloudflare-2020", "star", ()),
    "constrained election": ("raft/constrained-election", "star", ()),
    "chain": ("raft/chain", "chain", ()),
    "deaf leader": ("raft/deaf-leader", "deaf", ()),
    "deaf follower": ("raft/deaf-follower", "deaf", ()),
    "bridge": ("raft/bridge", "bridge", ()),
    "majorities ring": ("raft/majorities-ring", "ring", ()),
    "deaf leader, connections": ("raft/deaf-leader", "deaf",
                                 ("stores.kv.options.transport=connection",)),
    "deaf follower, connections": ("raft/deaf-follower", "deaf",
                                   ("stores.kv.options.transport=connection",)),
}


def run(cleave, scenario, configuration, settings, seed):
    command = [cleave, "run", f"scenarios/{scenario}.yaml", "--json", "--seed", str(seed)]
    for setting in ("clients.services.routing=roaming", *settings):
        command += ["--set", setting]
    if configuration:
        command += ["--configuration", configuration]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
    if done.returncode not in (0, 1, 3):  # a verdict that is not as stated is none of our business
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(result, fault):
    """Of one run: leader changes, first commit in ns (None: never), share of seconds, aftermath."""
    span = next(f for f in result["faults"] if f["name"] == fault)["active"][0]
    begin, end = span["from_ns"], span["to_ns"]
    silences = [(s["from_ns"], s["to_ns"]) for s in result["convergence"][0]["silences"]]
    leads = [tenure["from_ns"] for tenure in result["stores"][0]["tenures"]]
    changes = sum(begin <= at < end for at in leads)
    aftermath = sum(end <= at < end + 20 * SECOND for at in leads)
    first = SEEN_FROM
    for silent, heard in silences:
        if silent <= begin + SEEN_FROM < heard:
            first = heard - begin
    windows = range(end - 30 * SECOND, end, SECOND)
    empty = sum(any(a <= w and w + SECOND <= b for a, b in silences) for w in windows)
    seconds = 1 - empty / len(windows)
    return changes, first if first < end - begin else None, seconds, aftermath


def cell(cleave, cut, configuration, jobs=2):
    scenario, fault, settings = CUTS[cut]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = list(pool.map(lambda seed: measure(
            run(cleave, scenario, CONFIGURATIONS[configuration], settings, seed), fault), SEEDS))
    changes = statistics.median(r[0] for r in runs)
    firsts = sorted(r[1] if r[1] is not None else float("inf") for r in runs)
    first = statistics.median_low(firsts)
    never = "never" if first == float("inf") else f"{first / SECOND:.1f} s"
    seconds = statistics.mean(r[2] for r in runs)
    return f"{changes:g} / {never} / {seconds:.0%} / {statistics.median(r[3] for r in runs):g}"


def cells_of_page():
    """The table's cells by cut and configuration."""
    cells, names = {}, []
    for line in PAGE.read_text().splitlines():
        row = [c.strip() for c in line.strip("|").split("|")]
        if row[:2] == ["cut", "none"]:
            names = row[1:]
        elif row[0] in CUTS and len(row) == len(names) + 1:
            cells.update({(row[0], n): c for n, c in zip(names, row[1:])})
    return cells


def write(cleave):
    lines = PAGE.read_text().splitlines()
    for i, line in enumerate(lines):
        cut = line.strip("|").split("|")[0].strip()
        if line.startswith("|") and cut in CUTS and line.count("|") == len(CONFIGURATIONS) + 2:
            row = [cell(cleave, cut, name) for name in CONFIGURATIONS]
            lines[i] = f"| {cut} | " + " | ".join(row) + " |"
            print(lines[i], flush=True)
    PAGE.write_text("\n".join(lines) + "\n")


def check(cleave, names):
    page = cells_of_page()
    wrong = 0
    for name in names:
        cut, configuration = name.split("/")
        said, found = page.get((cut, configuration)), cell(cleave, cut, configuration)
        if said != found:
            print(f"{name}: docs/raft-under-cuts.md says {said}, found {found}")
            wrong += 1
    if wrong:
        sys.exit("If behaviour was meant to change: run scripts/raft-under-cuts.py, and look at "
                 "what the page says of it.")


def main():
    options = argparse.ArgumentParser(description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cleave", nargs="?", metavar="CLEAVE",
                         default=str(ROOT / "build/release/bin/cleave"))
    options.add_argument("--check", nargs="+", metavar="CUT/CONFIGURATION")
    given = options.parse_args()
    if not pathlib.Path(given.cleave).is_file():
        options.error(f"there is no program {given.cleave}: build it, or name another one")
    known = cells_of_page()
    for name in given.check or []:
        if tuple(name.split("/")) not in known:
            options.error(f"no cell {name!r}; the page has "
                          + ", ".join("/".join(cell) for cell in known))
    if given.check:
        check(given.cleave, given.check)
    else:
        write(given.cleave)


if __name__ == "__main__":
    main()
