#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/resample/hashes.json: SHA-256 of pictures resized by Pillow.

Usage: resample.py DATA_FOLDER. Needs pillow 9.4, which always takes the horizontal pass first; later
versions begin with the vertical one where that is less work, which rounds differently. The source
picture is made by the same formula in tests/core/tst_resample.cpp.
"""

import hashlib
import json
import pathlib
import sys

from PIL import Image

FILTERS = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "lanczos": Image.LANCZOS}
SIZES = [
    ((17, 13), (40, 31)),  # both larger
    ((61, 47), (19, 7)),  # both smaller
    ((23, 37), (37, 11)),  # one of each
    ((31, 9), (31, 20)),  # rows only
    ((31, 9), (14, 9)),  # columns only
    ((1, 1), (5, 3)),
    ((3, 200), (2, 1)),
    ((64, 64), (64, 64)),
    ((253, 5), (256, 6)),
]


def source(width, height, channels):
    state, values = 1, bytearray()
    for i in range(width * height * channels):
        state = (state * 1664525 + 1013904223) % 2**32
        # Noise in blocks of hard edges: overshoot on both sides of the range.
        values.append((0, 255, state >> 24, state >> 28)[(i // 7 + (state >> 30)) % 4])
    return Image.frombytes("RGBA" if channels == 4 else "RGB", (width, height), bytes(values))


def main():
    cases = []
    for channels in (3, 4):
        for old, new in SIZES:
            for name, resample in FILTERS.items():
                result = source(*old, channels).resize(new, resample)
                cases.append(
                    {
                        "channels": channels,
                        "from": old,
                        "to": new,
                        "filter": name,
                        "sha256": hashlib.sha256(result.tobytes()).hexdigest(),
                    }
                )
    text = ",\n".join(json.dumps(case) for case in cases)
    pathlib.Path(sys.argv[1], "hashes.json").write_text(f"[\n{text}\n]\n")


main()
