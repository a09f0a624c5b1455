#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs each fuzz target on its corpus for some seconds of a processor, and keeps what was found.

    tests/fuzz/run.py build-fuzz SECONDS [TARGET ...]

The seconds are those that a target spends (its own and the system's), however busy the machine is.
What is new in coverage goes into build-fuzz/corpus, inputs that a target ends with into
build-fuzz/found. Prints seconds and executions of each, and of all runs in this folder together;
ends with 1 where something was found.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")


# What an input may take.
OPTIONS = ["-max_len=65536", "-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1"]


def targets():
    """Beside them there are parts of them, and programs that are no targets."""
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".cpp"):
            with open(os.path.join(HERE, name), encoding="utf-8") as source:
                if "LLVMFuzzerTestOneInput(" in source.read():
                    yield name[:-4]


def spent(pid):
    """Seconds of a processor, of the process and of what it waited for; of one that ended, too."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def run(build, target, seconds):
    """What it spent, how often it was executed, and what it ended with."""
    corpus, found = os.path.join(build, "corpus", target), os.path.join(build, "found", target)
    for folder in (corpus, found):
        os.makedirs(folder, exist_ok=True)
    seeds = os.path.join(HERE, "corpus", target)
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=0",
               UBSAN_OPTIONS="print_stacktrace=1", OMP_NUM_THREADS="1")
    path = os.path.join(build, f"{target}.log")
    with open(path, "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [os.path.join(build, target), *OPTIONS, f"-artifact_prefix={found}/", corpus,
             *([seeds] if os.path.isdir(seeds) else [])],
            env=env, stderr=log, stdout=subprocess.DEVNULL)
        asked = False
        # It is waited for without being taken away, so that what it spent can still be read.
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            if not asked and spent(process.pid) >= seconds:
                asked = True
                process.send_signal(signal.SIGUSR1)  # ends it after the input in progress
            time.sleep(0.2)
        cpu = spent(process.pid)
        status = process.wait()
    with open(path, encoding="utf-8", errors="replace") as log:
        units = re.search(r"number_of_executed_units: *(\d+)", log.read())
    return cpu, int(units.group(1)) if units else 0, status


def together(build, target, cpu, executed):
    """Seconds and executions of all runs of the target in this folder, with this one."""
    path = os.path.join(build, "spent.json")
    sums = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            sums = json.load(file)
    before = sums.get(target, [0, 0])
    sums[target] = [round(before[0] + cpu, 1), before[1] + executed]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sums, file, indent=1)
    return sums[target]


def main():
    build, seconds = sys.argv[1], int(sys.argv[2])
    problems = 0
    for target in sys.argv[3:] or targets():
        if not os.path.exists(os.path.join(build, target)):
            print(f"{target:12} is not built")
            continue
        cpu, executed, status = run(build, target, seconds)
        all_cpu, all_executed = together(build, target, cpu, executed)
        problems += status != 0
        print(f"{target:12} {cpu:.0f} s of a processor, {executed} executions"
              f" (in all {all_cpu:.0f} s, {all_executed})"
              + ("" if status == 0 else f": FOUND, see {build}/{target}.log"), flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
