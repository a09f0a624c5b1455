#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and branches of core and app that were taken, by folder, of a build with --coverage.

    tests/coverage.py build-coverage [--files]

Takes gcovr 7 or later (GCOVR). Branches are without those of exceptions that a compiler adds behind each call.
Ends with 1 where less than 95 % of the lines of what reads foreign files were taken.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOADERS = ("core/file", "core/found", "core/model", "core/picture", "core/text", "core/weights")
LEAST = 95  # per cent


def summary(build):
    command = [os.environ.get("GCOVR", "gcovr"), "--root", ROOT, "--filter", f"{ROOT}/core/",
               "--filter", f"{ROOT}/app/", "--exclude-throw-branches",
               "--exclude-unreachable-branches", "--gcov-ignore-parse-errors=all",
               "--merge-mode-functions=separate", "--json-summary", "-", build]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["files"]


def share(part, whole):
    return 100 * part / whole if whole else 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--files", action="store_true", help="each file of the loaders, too")
    given = parser.parse_args()
    folders = defaultdict(lambda: [0, 0, 0, 0])
    for file in summary(given.build):
        numbers = [file[f"{kind}_{which}"] for kind in ("line", "branch")
                   for which in ("covered", "total")]
        folder = os.path.dirname(file["filename"])
        folders[folder] = [a + b for a, b in zip(folders[folder], numbers)]
        if given.files and folder in LOADERS:
            print(f"{file['filename']:45} {share(*numbers[:2]):6.1f} % of {numbers[1]:5} lines,"
                  f" {share(*numbers[2:]):6.1f} % of {numbers[3]:5} branches")
    low = []
    for folder, numbers in sorted(folders.items()):
        print(f"{folder:25} {share(*numbers[:2]):6.1f} % of {numbers[1]:5} lines,"
              f" {share(*numbers[2:]):6.1f} % of {numbers[3]:5} branches")
        if folder in LOADERS and share(*numbers[:2]) < LEAST:
            low.append(folder)
    if low:
        print(f"Below {LEAST} % of the lines: {', '.join(low)}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
