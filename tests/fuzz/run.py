#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs each fuzz target on its corpus for some seconds, and keeps what was found.

    tests/fuzz/run.py build-fuzz SECONDS [TARGET ...]

What is new in coverage goes into build-fuzz/corpus, inputs that a target ends with into
build-fuzz/found. Prints the executions of each; ends with 1 where something was found.
"""

import os
import re
import resource
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def options(target):
    """Sessions are larger, and slower to make, than what else is read."""
    most = 262_144 if target == "session" else 65_536
    return [f"-max_len={most}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]


def run(build, target, seconds):
    """How often it was executed, and what it ended with."""
    corpus, found = os.path.join(build, "corpus", target), os.path.join(build, "found", target)
    for folder in (corpus, found):
        os.makedirs(folder, exist_ok=True)
    seeds = os.path.join(HERE, "corpus", target)
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=0",
               UBSAN_OPTIONS="print_stacktrace=1", OMP_NUM_THREADS="1")
    done = subprocess.run(
        [os.path.join(build, target), *options(target), f"-max_total_time={seconds}",
         f"-artifact_prefix={found}/", corpus, *([seeds] if os.path.isdir(seeds) else [])],
        env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, errors="replace",
        check=False)
    units = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
    with open(os.path.join(build, f"{target}.log"), "w", encoding="utf-8") as log:
        log.write(done.stderr)
    return int(units.group(1)) if units else 0, done.returncode


def main():
    build, seconds = sys.argv[1], int(sys.argv[2])
    every = sorted(name[:-4] for name in os.listdir(HERE) if name.endswith(".cpp"))
    problems = 0
    for target in sys.argv[3:] or every:
        if not os.path.exists(os.path.join(build, target)):
            print(f"{target:12} is not built")
            continue
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        executed, status = run(build, target, seconds)
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        problems += status != 0
        print(f"{target:12} {seconds} s, {cpu:.0f} s of a processor, {executed} executions"
              + ("" if status == 0 else f": FOUND, see {build}/{target}.log"), flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
