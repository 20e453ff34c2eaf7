#!/usr/bin/env python3
"""The style guide as a test: floors, libraries, determinism and house rules that a text can show.

tidy.py [ROOT] prints one line for each finding, file:line: what to do, and exits with 1 if any is
an offence. docs/style.md and docs/architecture.md say why the rules are as they are.
"""

import dataclasses
import pathlib
import re
import sys

# A file includes its own floor or a lower one. Whatever is not named here may see everything.
FLOORS = {
    "sim/base": 0,
    "sim/engine": 1,
    "sim/network": 1,
    "sim/storage": 1,
    "sim/trace": 1,
    "sim/check": 2,
    "models": 2,
    "sim/scenario": 3,
    "sim/explore": 3,
    "sim/report": 3,
    "sim/draw": 3,
    "sim/exchange": 3,
    "cli": 4,
    "gui": 4,
}
BLIND = [("models", "sim/check"), ("cli", "gui")]  # Rooms of one floor that must not meet.
# A root of its own, for files that a page tells readers to copy under the root: they are held as if
# they lay there.
OVERLAY = "tests/walkthrough/"
DETERMINISTIC_FLOOR = 2  # Up to here, same scenario and seed mean the same bits.

# Outside libraries: the include, and where alone it may stand (see docs/dependencies.md).
LIBRARIES = [
    (r"yaml-cpp/", r"sim/scenario/(parse|emit)\.",
     "yaml-cpp only in sim/scenario/parse.* and emit.*"),
    (r"CLI/", r"cli/", "CLI11 only in cli/"),
    (r"Q[A-Z]\w*", r"(tests/)?gui/|tests/bench/gui", "Qt only in gui/ and its tests"),
    (r"(openssl|sodium)", r"models/crypto/", "crypto libraries only in models/crypto/"),
    (r"xxhash\.h", r"sim/base/digest\.cc$", "xxHash only in sim/base/digest.cc"),
    (r"boost/(?!graph/|property_map/)", r"$^", "of Boost, only Boost.Graph and its property maps"),
    (r"(gtest|gmock)/", r"tests/", "GoogleTest only in tests/"),
    (r"benchmark/", r"tests/bench/", "Google Benchmark only in tests/bench/"),
    (r"ns3/", r"tests/bench/", "ns-3 only in tests/bench/: its licence is the GPL"),
]

# A payload's block hangs from its slot by address; nowhere else is an address a number.
ADDRESS_IN_SLOT = "sim/engine/message.h"

# Headers and words that let the outside world into floors 0 to 2, and what to use instead.
AMBIENT_HEADERS = {
    "random": "draw from sim/base/random.h",
    "chrono": "sim/base/time.h; ask ctx for now",
    "ctime": "sim/base/time.h; ask ctx for now",
    "time.h": "sim/base/time.h; ask ctx for now",
    "cmath": "integers; sim/base/distribution.h",
    "math.h": "integers; sim/base/distribution.h",
    "thread": "one thread runs one World",
    "mutex": "one thread runs one World",
    "condition_variable": "one thread runs one World",
    "future": "one thread runs one World",
    "filesystem": "files belong to floor 3",
    "fstream": "files belong to floor 3",
    "iostream": "say it as data: Trace, Facts, Diagnostics",
    "locale": "text that does not depend on the machine",
    "unordered_map": "std::map, or a vector in insertion order",
    "unordered_set": "std::set, or a vector in insertion order",
}
AMBIENT_WORDS = [
    (r"\b(float|double)\b", "no floating point: integers, or a ratio of integers"),
    (r"\bstd::(ranges::)?(sort|nth_element|partial_sort|shuffle)\b",
     "equal keys end up in any order: std::stable_sort"),
    (r"\bstd::hash\b", "differs between libraries: name_hash() or digest()"),
    (r"\b(rand|srand|getenv|time|clock)\s*\(\s*\)|\b(std::rand|std::getenv|std::time)\b",
     "the outside world: ask ctx"),
    (r"\bthread_local\b", "no state outside the World"),
    (r"\bstd::(map|set|multimap|multiset)<\s*(const\s+)?[\w:]+\s*\*",
     "addresses are new in every run: key by Id"),
]

CODE = {".h", ".cc"}
TEXT = CODE | {".md", ".py", ".cmake", ".txt", ".yaml", ".json", ".sh", ""}
COLUMNS = 100
LONG_FILE = 400


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    what: str
    offence: bool = True  # Otherwise worth a look, no more.

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"


def room_of(path):
    """The room that holds a file, or None where the floors do not reach: tests, docs."""
    parts = path.removeprefix(OVERLAY).split("/")
    room = "/".join(parts[:2]) if parts[0] == "sim" else parts[0]
    return room if room in FLOORS else None


def without_comments(source):
    """The source with comments and literals blanked out, line for line."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\''
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())
    return re.sub(pattern, blank, source, flags=re.S)


def includes(lines):
    for number, line in enumerate(lines, 1):
        match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if match:
            yield number, match.group(1) == '"', match.group(2)


def check_floors(path, lines, exists):
    here = room_of(path)
    for number, quoted, target in includes(lines):
        if not quoted:
            for library, allowed, rule in LIBRARIES:
                if re.match(library, target) and not re.match(allowed, path):
                    yield Finding(path, number, f"<{target}>: {rule}")
            continue
        if not exists(target) and not (path.startswith(OVERLAY) and exists(OVERLAY + target)):
            yield Finding(path, number, f'"{target}": no such file; write includes from the root')
            continue
        there = room_of(target)
        if here is None:
            continue
        if there is None:
            yield Finding(path, number, f'"{target}": no floor holds it')
        elif FLOORS[there] > FLOORS[here]:
            yield Finding(path, number, f'"{target}": {there} is floor {FLOORS[there]}, above '
                                        f"{here}, floor {FLOORS[here]}; include lower floors only")
        elif here != "models" and re.match(r"models/store/\w+/", target):
            yield Finding(path, number, f'"{target}": {here} names no engine; ask the catalogue')
        elif here != there and any({here, there} == set(pair) for pair in BLIND):
            yield Finding(path, number, f'"{target}": {here} and {there} must not see each other')


def check_determinism(path, lines, bare):
    for number, quoted, target in includes(lines):
        if not quoted and target in AMBIENT_HEADERS:
            yield Finding(path, number, f"<{target}>: {AMBIENT_HEADERS[target]}")
    for number, line in enumerate(bare, 1):
        for pattern, instead in AMBIENT_WORDS:
            match = re.search(pattern, line)
            if match:
                yield Finding(path, number, f"{match.group().strip()}: {instead}")
        if re.search(r"\bu?intptr_t\b", line) and path != ADDRESS_IN_SLOT:
            yield Finding(path, number, "uintptr_t: addresses are new in every run: order by Id")


def check_code(path, lines, bare):
    if path.endswith(".h"):
        if not lines or not lines[0].startswith("// "):
            yield Finding(path, 1, "open with one to five lines: what it is, what it promises")
        if "#pragma once" not in lines:
            yield Finding(path, 1, "#pragma once is missing")
    for number, (line, whole) in enumerate(zip(bare, lines), 1):
        if (re.search(r"\busing namespace (?!(\w+::)*literals;)", line)
                and "NOLINT(google-build-using-namespace)" not in whole):
            yield Finding(path, number, "using namespace: name what you use (but for literals)")
    if len(lines) > LONG_FILE:
        yield Finding(path, LONG_FILE, f"{len(lines)} lines: is there a seam inside?", False)


def check_model_entry(path, bare):
    for number, line in enumerate(bare, 1):
        match = re.match(r"(?:models::)?Entry (\w*entry)\(\)", line)
        if match and pathlib.PurePosixPath(path).stem != match.group(1):
            yield Finding(path, number, f"{match.group(1)}() must be in {match.group(1)}.cc, "
                                        "or the catalogue does not find it")


def check_text(path, lines):
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    for number, line in enumerate(lines, 1):
        if pathlib.PurePosixPath(path).suffix in CODE and len(line) > COLUMNS:
            yield Finding(path, number, f"{len(line)} columns; {COLUMNS} fit two panes on a screen")
        if line != line.rstrip():
            yield Finding(path, number, "blanks at the end of the line")
        if "\t" in line:
            yield Finding(path, number, "a tab")
        match = unfinished.search(line)
        if match and path != "tests/house/tidy.py" and path != "tests/house/tidy_test.py":
            yield Finding(path, number, f"{match.group()}: finish it, or write it up as an issue")


def check_links(path, lines, exists):
    folder = pathlib.PurePosixPath(path).parent
    for number, line in enumerate(lines, 1):
        if line.startswith("    "):  # code
            continue
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", line):
            if "://" not in target and not exists(str(folder / target)):
                yield Finding(path, number, f"{target}: the link leads nowhere")


def check_file(path, source, exists):
    """All findings of one file. `exists` tells whether a path from the root does."""
    lines = source.splitlines()
    suffix = pathlib.PurePosixPath(path).suffix
    if source and not source.endswith("\n"):
        yield Finding(path, len(lines), "the last line does not end")
    yield from check_text(path, lines)
    if suffix == ".md":
        yield from check_links(path, lines, exists)
    if suffix not in CODE:
        return
    bare = without_comments(source).splitlines()
    yield from check_floors(path, lines, exists)
    yield from check_code(path, lines, bare)
    room = room_of(path)
    if room is not None and FLOORS[room] <= DETERMINISTIC_FLOOR:
        yield from check_determinism(path, lines, bare)
    if room == "models":
        yield from check_model_entry(path, bare)
    if path.startswith("sim/") and room is None:
        yield Finding(path, 1, "a room without a floor: name it in tests/house/tidy.py")


def files_of(root):
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        hidden = relative.parts[0] == "build" or any(
            part.startswith(".git") or part == "__pycache__" for part in relative.parts[:-1])
        if not hidden and path.is_file() and path.suffix in TEXT and path.name != "LICENSE":
            yield relative.as_posix()


def check_tree(root):
    def exists(path):
        return (root / path).exists()

    for path in files_of(root):
        try:
            source = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield Finding(path, 1, "not UTF-8")
            continue
        yield from check_file(path, source, exists)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    findings = list(check_tree(root))
    for finding in findings:
        print(finding if finding.offence else f"{finding} (worth a look)")
    sys.exit(1 if any(finding.offence for finding in findings) else 0)


if __name__ == "__main__":
    main()
