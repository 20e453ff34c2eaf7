#!/usr/bin/env python3
"""Holds digests to golden.txt.

usage: check.py golden|twice|simple_queue|write DIGESTS DIGESTS_SIMPLE_QUEUE [EMULATOR...]

golden: what a fresh process prints for every toy world and every file in scenarios/ is in
golden.txt, line by line. twice: a second run in one process, on a disturbed heap, gives the same.
simple_queue: so does an engine on the simple queue. write: makes golden.txt anew, which belongs in
a commit that says why behaviour changed. EMULATOR: the command that runs programs of another
machine.
"""
import pathlib
import subprocess
import sys

GOLDEN = pathlib.Path(__file__).parent / "golden.txt"


def output(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.splitlines()


def compare(found, expected, what):
    if not expected:
        sys.exit(f"{what}: there is nothing to compare with")
    wrong = [(f, e) for f, e in zip(found, expected) if f != e]
    for f, e in wrong:
        print(f"{what}: found    {f}\n{' ' * len(what)}  expected {e}")
    if len(found) != len(expected):
        print(f"{what}: {len(found)} digests, expected {len(expected)}")
    if wrong or len(found) != len(expected):
        sys.exit("If behaviour was meant to change: raise kBehaviour, run check.py write, say why.")
    print(f"{what}: {len(found)} digests as expected")


def main():
    mode, digests, simple, *emulator = sys.argv[1:]
    scenarios = sorted(p.as_posix() for p in pathlib.Path("scenarios").rglob("*.yaml"))
    if mode == "write":
        GOLDEN.write_text("\n".join(output(*emulator, digests, *scenarios)) + "\n")
        return
    golden = GOLDEN.read_text().splitlines()
    if mode == "simple_queue":
        compare(output(*emulator, simple), [g for g in golden if g.startswith("toys/")], mode)
    else:
        extra = ["--twice"] if mode == "twice" else []
        compare(output(*emulator, digests, *extra, *scenarios), golden, mode)


if __name__ == "__main__":
    main()
