#!/usr/bin/env python3
"""clang-tidy over our sources, and determinism.clang-query over floors 0 to 2.

lint.py BUILD, from the root, with a build folder that holds compile_commands.json. A file is looked
at again when its text, a header that it includes, or the rules have changed since it last passed:
BUILD/lint keeps one empty file for each pass.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import tidy

HERE = pathlib.Path(__file__).parent
QUERY = HERE / "determinism.clang-query"
HEADER_FLAGS = ["-x", "c++", "-std=c++20", "-I.", "-Wno-pragma-once-outside-header"]
# Who compiles with g++ passes flags that clang does not know.
UNKNOWN_TO_CLANG = re.compile(r"-mgeneral-regs-only|-ffile-prefix-map=.*")
NOISE = re.compile(r"^\d+ match(es)?\.$|^\d+ warnings? generated\.$|^Suppressed \d+ warnings|^Use -header-filter")


def run(command, folder="."):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def flags_of(entry):
    """The compiler's flags of an entry of compile_commands.json: no launcher, input or output."""
    words = shlex.split(entry["command"])
    compiler = next(i for i, word in enumerate(words) if re.search(r"(\+\+|cc)(-\d+)?$", word))
    flags, skip = [], False
    for word in words[compiler + 1:]:
        if skip or word in ("-o", "-MF", "-MT", "-c", entry["file"]):
            skip = word in ("-o", "-MF", "-MT")
        elif word not in ("-MD", "-Werror") and not UNKNOWN_TO_CLANG.fullmatch(word):
            flags.append(word)
    return [*flags, "-Wno-sign-conversion"]  # As in cmake/CleaveCompile.cmake.


def deterministic(path):
    room = tidy.room_of(path)
    return room is not None and tidy.FLOORS[room] <= tidy.DETERMINISTIC_FLOOR


def key_of(path, flags):
    """Names what a verdict depends on: the preprocessed text, the flags and the rules."""
    text = run(["clang++", "-E", *flags, path]).stdout
    # The preprocessor drops comments, and clang-tidy reads some: NOLINT.
    parts = [text, pathlib.Path(path).read_text(encoding="utf-8"), *flags,
             *(file.read_text(encoding="utf-8")
               for file in [pathlib.Path(".clang-tidy"), QUERY, pathlib.Path(__file__)])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def findings(path, flags):
    said = ""
    if path.endswith(".cc"):
        tidied = run(["clang-tidy", "--quiet", path, "--", *flags])
        if tidied.returncode != 0:
            said += tidied.stdout + tidied.stderr
    if deterministic(path):
        queried = run(["clang-query", "-f", str(QUERY), path, "--", *flags])
        if queried.returncode != 0 or "error:" in queried.stdout + queried.stderr:
            said += queried.stdout + queried.stderr
        elif "Match #" in queried.stdout:
            said += queried.stdout
    return "\n".join(line for line in said.splitlines() if line and not NOISE.match(line))


def check(path, flags, passes):
    mark = passes / key_of(path, flags)
    if mark.exists():
        return path, ""
    said = findings(path, flags)
    if not said:
        mark.touch()
    return path, said


def sources(build):
    """Each source of ours with its flags; a header as floors 0 to 2 see it."""
    root = pathlib.Path.cwd()
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        file = pathlib.Path(entry["file"])
        if file.is_relative_to(root):
            path = file.relative_to(root).as_posix()
            if tidy.room_of(path) is not None:
                yield path, flags_of(entry)
    for path in tidy.files_of(root):
        if path.endswith(".h") and deterministic(path):
            yield path, HEADER_FLAGS


def main():
    build = pathlib.Path(sys.argv[1])
    passes = build / "lint"
    passes.mkdir(exist_ok=True)
    work = sorted(sources(build))
    status = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = [pool.submit(check, path, flags, passes) for path, flags in work]
        for count, verdict in enumerate(concurrent.futures.as_completed(verdicts), 1):
            path, said = verdict.result()
            if sys.stderr.isatty():
                print(f"\r\033[K[{count}/{len(work)}] {path}", end="", file=sys.stderr, flush=True)
            if said:
                status = 1
                print(f"\n{path}:\n{said}", flush=True)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
