#!/usr/bin/env python3
"""What a level of consistency promises must hold, and what it does not must be seen to break.

  levels.py CLEAVE             sweeps every level of every engine that promises something
  levels.py CLEAVE --write     the same, and writes docs/consistency-levels.md
  levels.py CLEAVE --quick     a few seeds, and those of docs/consistency-levels.md in which what is
                               not promised breaks

The promises are the tables under "What a level promises" of models/store/*/README.md: a row is a
choice of options, a column an expectation of the scenario that the sweep above the table runs. A
promise fails if it was violated in a seed, or could not be judged in one, or had nothing to be
judged by in all of them; what is not promised fails if no seed breaks it, for then either more
could be promised, or the story is too mild, or the judge is blind.
"""

import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from sweeps import ROOT, Cleave, status

PAGE = ROOT / "docs" / "consistency-levels.md"
SECTION = "## What a level promises"
QUICK_SEEDS = 10
COMMAND = re.compile(r"^    cleave sweep (?P<scenario>\S+) --seeds 1\.\.(?P<seeds>\d+) --swarm"
                     r"(?: --configuration (?P<configuration>\S+))?$")
OPTION = re.compile(r"`(\S+): ([^`]+)`")
BROKEN = re.compile(r"^broken in [\d,]+, first (\d+)$")


class Table:
    """Of one weather: the sweep that makes it, its columns, and its cells by level."""

    def __init__(self, title, command):
        self.title = title
        self.scenario = command["scenario"]
        self.configuration = command["configuration"]
        self.seeds = int(command["seeds"])
        self.columns = []
        self.rows = {}

    def words(self, level):
        """What a sweep of the level is told, beside its seeds."""
        configuration = ["--configuration", self.configuration] if self.configuration else []
        return configuration + [word for key, value in OPTION.findall(level)
                                for word in ("--set", f"stores.accounts.options.{key}={value}")]


def tables_of(text):
    """The tables under the titles of a text; a column that is not `code` is for people alone."""
    tables = []
    title = table = header = None
    for line in text.splitlines():
        command = COMMAND.match(line)
        if line.startswith("### "):
            title, table, header = line[4:], None, None
        elif command and title:
            table = Table(title, command)
            tables.append(table)
        elif line.startswith("| ") and table:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if header is None:
                header = cells
                table.columns = [c.strip("`") for c in cells[1:] if c.startswith("`")]
            else:
                table.rows[cells[0]] = {name.strip("`"): cell for name, cell in zip(header, cells)
                                        if name.startswith("`")}
        elif table and header and not line.startswith("|"):
            table = None
    return tables


def section_of(readme):
    """What stands between the section's title and the next one's."""
    rest = readme.split(f"\n{SECTION}\n", 1)[1]
    return rest.split("\n## ", 1)[0]


def promises(paths):
    """By engine, its tables."""
    found = {}
    for path in paths:
        text = path.read_text()
        if f"\n{SECTION}\n" in text:
            found[path.parent.name] = tables_of(section_of(text))
    return found


class Cell:
    """What became of one property of one level, over all seeds that were run."""

    def __init__(self, promised):
        self.promised = promised
        self.held = []
        self.violated = []
        self.undecided = []

    def add(self, seed, verdict):
        if verdict != "vacuous":
            getattr(self, {"holds": "held"}.get(verdict, verdict)).append(seed)

    def complaints(self, seeds):
        """What is wrong with it, each with a seed."""
        found = []
        if self.undecided:
            found.append(f"undecided in {len(self.undecided)}, first with seed {self.undecided[0]}")
        if self.promised and self.violated:
            found.append(f"promised, and broken in {len(self.violated)}, first with seed "
                         f"{self.violated[0]}")
        elif self.promised and not self.held:
            found.append(f"promised, and never judged with {seeds}")
        elif not self.promised and not self.violated:
            found.append(f"not promised, and never seen to break with {seeds}")
        return found

    def text(self, seeds):
        if self.violated:
            return f"broken in {len(self.violated):,}, first {self.violated[0]}"
        return "held" if len(self.held) == seeds else f"held in {len(self.held):,}"


def asked(column, name):
    """Whether the expectation of this name is the column's: all of its words are in it."""
    return set(column.split()) <= set(re.split(r"[ ,]+", name))


def judge_run(run, cells):
    """Adds the verdicts of a run to the cells, by column; complaints of what no cell is for."""
    complaints = []
    if run["failure"] or run["status"] == 70:
        complaints.append(f"seed {run['seed']} breaks an assertion: {run['failure']}")
        return complaints
    answered = set()
    for expectation in run["expectations"]:
        columns = [c for c in cells if asked(c, expectation["name"])]
        if expectation["stated_by"] != "scenario":
            if expectation["verdict"] == "violated":
                complaints.append(f"seed {run['seed']} breaks {expectation['name']}: "
                                  f"{expectation['why']}")
        elif len(columns) != 1:
            complaints.append(f"seed {run['seed']}: {len(columns)} columns are for "
                              f"'{expectation['name']}', not one")
        else:
            cells[columns[0]].add(run["seed"], expectation["verdict"])
            answered.add(columns[0])
    complaints += [f"seed {run['seed']}: no expectation is for the column '{c}'"
                   for c in cells if c not in answered]
    return complaints


def cells_of(row):
    """By column; a cell is `yes` or `no`."""
    wrong = [cell for cell in row.values() if cell not in ("yes", "no")]
    if wrong:
        raise SystemExit(f"a promise says '{wrong[0]}'; write 'yes' or 'no'")
    return {column: Cell(cell == "yes") for column, cell in row.items()}


def sweep_level(cleave, table, level, spans):
    """Cells by column after the seeds of the spans, and complaints."""
    cells = cells_of(table.rows[level])
    for first, last in spans:
        for run in cleave.runs(table.scenario, first, last, *table.words(level)):
            wrong = judge_run(run, cells)
            if wrong:
                return cells, wrong
    return cells, []


def campaign(cleave, engines, only):
    """Cells by engine, table, level and column, and complaints."""
    measured = {}
    complaints = []
    for engine, table, level in levels_of(engines, only):
        seeds = table.seeds
        cells, wrong = sweep_level(cleave, table, level, [(1, seeds)])
        for column, cell in cells.items():
            if not wrong:
                complaints += [f"{engine}, {table.title}, {level}: {column}: {complaint}"
                               for complaint in cell.complaints(f"seeds 1 to {seeds}")]
        complaints += [f"{engine}, {table.title}, {level}: {complaint}" for complaint in wrong]
        measured[engine, table.title, level] = cells
        print(f"{engine}, {table.title}, {level}: " + "; ".join(
            f"{column} {cell.text(seeds)}" for column, cell in cells.items()), flush=True)
    return measured, complaints


def levels_of(engines, only):
    return [(engine, table, level) for engine, tables in engines.items() for table in tables
            for level in table.rows if not only or only in f"{engine}, {table.title}, {level}"]


def quick(cleave, engines, page, only):
    """The first seeds, and those that are known to break what is not promised."""
    known = {(table.title, level): row for table in tables_of(page)
             for level, row in table.rows.items()}
    complaints = []
    for engine, table, level in levels_of(engines, only):
        name = f"{engine}, {table.title}, {level}"
        row = known.get((table.title, level))
        if row is None:
            complaints.append(f"{name}: not in docs/consistency-levels.md; "
                              "run ./dev levels --write")
            continue
        first = [BROKEN.match(row.get(c, "")) for c, promise in table.rows[level].items()
                 if promise == "no"]
        more = sorted({int(m[1]) for m in first if m and int(m[1]) > QUICK_SEEDS})
        spans = [(1, QUICK_SEEDS)] + [(seed, seed) for seed in more]
        cells, wrong = sweep_level(cleave, table, level, spans)
        complaints += [f"{name}: {complaint}" for complaint in wrong]
        seeds = f"seeds {', '.join(f'{a}..{b}' if a < b else str(a) for a, b in spans)}"
        for column, cell in cells.items():
            hint = "" if cell.promised else "; if behaviour has changed, run ./dev levels --write"
            complaints += [f"{name}: {column}: {c}{hint}" for c in cell.complaints(seeds)]
    return complaints


def page_of(engines, measured):
    text = f"""# What levels of consistency give

A store lets its clients choose how many replicas a write and a read wait for. What they get for it
is said in the tables of the engine ([Cassandra](../models/store/cassandra/README.md#what-a-level-promises)),
with the reasons. Here is what was measured: each cell is a thousand stories, drawn by the swarm of
a scenario, each with other faults, and each judged by Cleave's judges ([checkers.md](checkers.md)).

- *You study distributed systems:* read a table by its rows, from weak to strong. What a row lacks is
  not a matter of opinion: run its first seed, and the judge shows the few operations that break it.
- *You run such a system:* look up the levels that you use, then the tables of what your users do and
  of what may befall you: clocks that differ, clients that move, disks that are lost.
- *You design a protocol:* a promise that is only seen to hold says little. Give your engine such a
  table, and a story that breaks what it does not promise; the campaign holds it to both.

**held**: promised, and so in every seed; with a number, in so many seeds, and in the others nothing
put it to the test. **broken in N, first S**: not promised, and N seeds broke it, the first of
them S. A promise that breaks, a promise that nothing tests, a verdict that is undecided, and something
that is not promised and yet never breaks: each fails the campaign, with its seed.

    ./dev levels              # all of it
    ./dev levels --write      # and this page
    cleave sweep scenarios/swarms/levels.yaml --seeds 1..100 --swarm --set stores.accounts.options.read=one
    cleave sweep scenarios/swarms/levels.yaml --story 17 > story-17.yaml && cleave explain story-17.yaml

`ctest` runs the first {QUICK_SEEDS} seeds of every row, and the seeds that this page names.
"""
    for engine, tables in engines.items():
        text += f"\n## {engine.capitalize()}\n"
        for table in tables:
            configuration = f" --configuration {table.configuration}" if table.configuration else ""
            text += (f"\n### {table.title}\n\n    cleave sweep {table.scenario} --seeds 1..{table.seeds} "
                     f"--swarm{configuration}\n\n")
            text += "| level | " + " | ".join(f"`{c}`" for c in table.columns) + " |\n"
            text += "|---|" + "---|" * len(table.columns) + "\n"
            for level in table.rows:
                cells = measured[engine, table.title, level]
                text += "| " + " | ".join([level] + [cells[c].text(table.seeds)
                                                     for c in table.columns]) + " |\n"
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cleave")
    parser.add_argument("--write", action="store_true", help="write docs/consistency-levels.md")
    parser.add_argument("--quick", action="store_true",
                        help="hold it to docs/consistency-levels.md")
    parser.add_argument("--only", help="the levels whose engine, table and options contain this")
    parser.add_argument("--promises", nargs="+", type=pathlib.Path, help="other pages of promises",
                        default=sorted((ROOT / "models" / "store").glob("*/README.md")))
    parser.add_argument("--page", type=pathlib.Path, default=PAGE, help="another page of results")
    words = parser.parse_args()
    engines = promises(words.promises)
    if not levels_of(engines, words.only):
        raise SystemExit("no engine promises anything of such a level")
    cleave = Cleave(words.cleave)
    if words.quick:
        return status(quick(cleave, engines, words.page.read_text(), words.only))
    measured, complaints = campaign(cleave, engines, words.only)
    if words.write and not complaints and not words.only:
        words.page.write_text(page_of(engines, measured))
    return status(complaints)


if __name__ == "__main__":
    sys.exit(main())
