#!/usr/bin/env python3
"""Runs the benchmarks in interleaved rounds and holds ratios of medians to gates.

usage: gates.py BIN_FOLDER [--rounds N] [--json FILE]

A figure stands beside a peer or a reference loop that ran in the same round, because machines
differ and are noisy; ratios of one round are compared, and their median is judged.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

# (what, figure, compared with, the ratio may be at most, unit of the figure)
GATES = [
    ("timers, 100k pending, against ns-3", "hold/100000", "ns3_hold/100000", 0.5),
    ("messages, 10k in flight, against ns-3's packets", "messages/10000", "ns3_packets/10000", 0.5),
    ("messages, 10k in flight, against ns-3's bare events", "messages/10000",
     "ns3_messages/10000", 1.0),
    ("timers, 100k pending, against the plain loop", "hold/100000", "reference_hold/100000", 1.6),
    ("messages, 10k in flight, against the plain loop", "messages/10000",
     "reference_messages/10000", 1.8),
    ("timers, 1M pending, against 100k", "hold/1000000", "hold/100000", 2.0),
    ("entries of a Raft group, against the plain loop", "raft_entries", "reference_replication",
     3.0),
    ("the same with invariants looked at, against without", "raft_entries_watched",
     "raft_entries", 2.0),
    ("a register's history by zones, against sorting intervals", "linear_register/1000000",
     "reference_intervals/1000000", 5.0),
    ("by the frontier, 5 clients, against sorting intervals", "linear_frontier/1000000",
     "reference_intervals/1000000", 20.0),
    ("an operation of a queue, exactly once, against sorting intervals",
     "messages_queue/1000000", "reference_intervals/1000000", 15.0),
    ("causal convergence, 1M operations, against weak causal", "registers/causal_convergence/1000000",
     "registers/causal/1000000", 4.0),
    ("weak causal consistency, 1M operations, against 100k", "registers/causal/1000000",
     "registers/causal/100000", 3.0),
    ("a step of lists, strictly serializable, against sorting intervals",
     "list_append_strict/1000000", "reference_intervals/1000000", 20.0),
    ("the same, read committed, against sorting intervals", "list_append_committed/1000000",
     "reference_intervals/1000000", 15.0),
    ("a step of registers, strictly serializable, against sorting intervals",
     "rw_register_strict/100000", "reference_intervals/1000000", 100.0),
    ("the same, monotonic atomic view, against sorting intervals",
     "rw_register_atomic_view/100000", "reference_intervals/1000000", 5.0),
    ("trace and digest, as part of a message", "trace_record", "messages/10000", 0.10),
]
# (what, figure, at most, unit)
LIMITS = [
    ("a cut or heal of 1,000 nodes", "cut_and_heal/iterations:300/manual_time", 100_000, "ns"),
    ("an entry of a Raft group: 150,000 in a second", "raft_entries", 6_667, "ns"),
    ("a write of a Cassandra store at quorum: 100,000 in a second", "cassandra_writes", 10_000, "ns"),
    ("a read of the same", "cassandra_reads", 10_000, "ns"),
    ("an event of the messaging service: 300,000 in a second", "messaging_events/0", 3_333, "ns"),
    ("20,000 devices connect: 5 s", "messaging_start", 5_000_000_000, "ns"),
    ("an operation by zones: 1M, 50 clients, in 0.3 s", "linear_register/1000000", 300, "ns"),
    ("an operation by the frontier: 1M, 5 clients, in 3 s", "linear_frontier/1000000", 3_000, "ns"),
    ("an operation of weak causal consistency: 1M in 1 s", "registers/causal/1000000", 1_000, "ns"),
    ("an operation of causal convergence: 1M in 4 s", "registers/causal_convergence/1000000", 4_000,
     "ns"),
    ("copying a World, 500 nodes after 200k events", "copy_world", 1_000_000, "ns"),
]
# Of the window, offscreen; what is not built is not judged.
WINDOW = [
    ("the cursor moves", "cursor_move/iterations:200", 4e6),
    ("panning over 300 arrows, 95th percentile", "p95_ms pan/arrows/iterations:100", 16e6),
    ("panning over 3,000 lines, 95th percentile", "p95_ms pan/lines/iterations:100", 16e6),
    ("panning over 20,000 messages, 95th percentile", "p95_ms pan/density/iterations:100", 16e6),
    ("a window not seen before", "cold_window/iterations:50", 50e6),
    ("seeking anywhere in a million events", "seek_anywhere/iterations:50/real_time", 150e6),
]
# The whole process, with a recording of a million events and its keyframes, in MiB.
MEMORY = ("the window's memory, a million events, MiB",
          "peak_MiB seek_anywhere/iterations:50/real_time", 512)
BYTES = [("bytes per pending message, 100k in flight", "messages/100000", 72),
         ("bytes per pending message, 1M in flight", "messages/1000000", 72)]


def run(program):
    out = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.2"],
                         check=True, capture_output=True, text=True).stdout
    figures = {}
    for b in json.loads(out)["benchmarks"]:
        by_clock = b["name"].endswith(("manual_time", "real_time"))
        if "items_per_second" in b and not by_clock:
            figures[b["name"]] = 1e9 / b["items_per_second"]
        else:
            unit_ns = {"ns": 1, "us": 1e3, "ms": 1e6}[b["time_unit"]]
            figures[b["name"]] = b["real_time" if by_clock else "cpu_time"] * unit_ns
        if "bytes_per_pending" in b:
            figures["bytes " + b["name"]] = b["bytes_per_pending"]
        if "p95_ms" in b:
            figures["p95_ms " + b["name"]] = b["p95_ms"] * 1e6
        if "peak_MiB" in b:
            figures["peak_MiB " + b["name"]] = b["peak_MiB"]
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    programs = [options.folder / name for name in ("bench_engine", "bench_ns3", "bench_gui")
                if (options.folder / name).exists()]
    rounds = []
    for i in range(options.rounds):
        print(f"round {i + 1} of {options.rounds}", file=sys.stderr)
        figures = {}
        for program in programs:
            figures.update(run(program))
        rounds.append(figures)
    if options.json:
        options.json.write_text(json.dumps(rounds, indent=1) + "\n")

    print(f"{'benchmark':44} {'median':>12} {'least':>10} {'most':>10}")
    for name in rounds[0]:
        values = [r[name] for r in rounds]
        unit = "" if name.startswith(("bytes", "peak_MiB")) else "ns"
        print(f"{name:44} {statistics.median(values):>9.1f} {unit:>2} "
              f"{min(values):>10.1f} {max(values):>10.1f}")
    print(f"\n{'gate':52} {'found':>9} {'at most':>9}")
    failed = 0

    def judge(what, found, limit, digits):
        nonlocal failed
        failed += found > limit
        print(f"{what:52} {found:>9.{digits}f} {limit:>9.{digits}f}  "
              f"{'ok' if found <= limit else 'TOO SLOW'}")

    for what, figure, peer, limit in GATES:
        if peer not in rounds[0]:
            print(f"{what:52} {'-':>9} {limit:>9.2f}  not measured: {peer} is not built here")
            continue
        judge(what, statistics.median(r[figure] / r[peer] for r in rounds), limit, 2)
    for what, figure, limit, unit in LIMITS:
        judge(f"{what}, {unit}", statistics.median(r[figure] for r in rounds), limit, 0)
    for what, figure, limit in WINDOW:
        if figure in rounds[0]:
            judge(f"{what}, ms", statistics.median(r[figure] for r in rounds) / 1e6, limit / 1e6, 1)
    if MEMORY[1] in rounds[0]:
        judge(MEMORY[0], statistics.median(r[MEMORY[1]] for r in rounds), MEMORY[2], 0)
    for what, figure, limit in BYTES:
        judge(what, statistics.median(r["bytes " + figure] for r in rounds), limit, 1)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
