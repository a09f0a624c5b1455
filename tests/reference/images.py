#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the pictures in tests/data/images, of kinds that the tests cannot make themselves.

Usage: images.py DATA_FOLDER (needs pillow).
"""

import pathlib
import sys

from PIL import Image

W, H = 20, 12


def main():
    folder = pathlib.Path(sys.argv[1])
    picture = Image.new("RGB", (W, H))
    picture.putdata([(x * 13, y * 21, x * y) for y in range(H) for x in range(W)])
    picture.convert("CMYK").save(folder / "cmyk.jpg", quality=95)
    other = picture.rotate(180)
    picture.save(folder / "animated.webp", save_all=True, append_images=[other], lossless=True)


main()
