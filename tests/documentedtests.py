#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the tests that docs/reliability.md names are there.

    tests/documentedtests.py [--plant]

The last cell of each row names them: `tst_program: slot`, and further slots of the same program, or of
any, alone. --plant takes a row for one that names a test which is not there.
"""

import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def main():
    sources = {}
    for file in [*TESTS.rglob("*.cpp"), *TESTS.rglob("*.h")]:
        sources[file.stem] = sources.get(file.stem, "") + file.read_text()
    everything = "".join(sources.values())
    rows = (TESTS.parent / "docs" / "reliability.md").read_text().splitlines()
    if "--plant" in sys.argv:
        rows.append("| a | b | c | `tst_json: thereIsNoSuchTest` |")
    missing = []
    for number, row in enumerate(rows, 1):
        cell = row.rstrip(" |").rpartition("|")[2] if row.startswith("|") else ""
        program = None
        for name in re.findall(r"`([^`]*)`", cell):
            full = re.fullmatch(r"(tst_\w+)(?:: (\w+))?", name)
            if full:
                program, slot = full.groups()
                if program not in sources:
                    missing.append(f"line {number}: {program}")
                    continue
            else:
                slot = name if re.fullmatch(r"[a-z]\w*[A-Z]\w*", name) else None
            where = sources[program] if program in sources else everything
            if slot and not re.search(rf"\bvoid (\w+::)?{slot}\(", where):
                missing.append(f"line {number}: {program or 'any'}: {slot}")
    for one in missing:
        print(f"docs/reliability.md, {one} is not there.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
