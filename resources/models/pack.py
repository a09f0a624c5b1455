#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs weights in half precision without loss, by a seventh, and unpacks them.

    pack.py pack FILE.safetensors FILE.safetensors.packed
    pack.py unpack FILE.safetensors.packed FILE.safetensors

A packed file is MAGIC, whose last two bytes are the version; a zlib stream of what comes before the
tensors (eight bytes of length, the JSON header); a zlib stream of the tensors, all bytes at even
places (the low ones of the numbers) before all at odd places (signs, exponents and two bits of the
fractions); the SHA-256 of the whole safetensors file. In the second stream only frequencies count,
since nothing in weights repeats: Huffman codes alone are smaller there and quicker."""

import hashlib
import os
import struct
import sys
import zlib

MAGIC = b"SimilePacked01"


class Failure(Exception):
    """A sentence for whoever started this."""


def pack(plain):
    """The packed file of a safetensors file, both as bytes."""
    begin = 8 + struct.unpack("<Q", plain[:8])[0] if len(plain) >= 8 else 0
    if not 8 < begin <= len(plain) or plain[8:9] != b"{":
        raise Failure("it is not a safetensors file")
    tensors = plain[begin:]
    coder = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
    planes = coder.compress(tensors[0::2] + tensors[1::2]) + coder.flush()
    return MAGIC + zlib.compress(plain[:begin], 9) + planes + hashlib.sha256(plain).digest()


def inflate(data):
    """What the zlib stream at the beginning of data holds, and what is behind it."""
    stream = zlib.decompressobj()
    return stream.decompress(data), stream.unused_data


def unpack(packed):
    """The safetensors file of a packed one, both as bytes."""
    if not packed.startswith(MAGIC):
        raise Failure("it was not packed by this version of pack.py")
    try:
        header, rest = inflate(packed[len(MAGIC):])
        planes, checksum = inflate(rest)
    except zlib.error as error:
        raise Failure(f"it is damaged ({error}); get it again") from error
    low = (len(planes) + 1) // 2
    tensors = bytearray(len(planes))
    tensors[0::2], tensors[1::2] = planes[:low], planes[low:]
    plain = header + tensors
    if hashlib.sha256(plain).digest() != checksum:
        raise Failure("it is damaged: its weights do not have the SHA-256 it names; get it again")
    return plain


def main(arguments):
    work = {"pack": pack, "unpack": unpack}.get(arguments[0]) if len(arguments) == 3 else None
    if not work:
        raise Failure("say pack or unpack, the file and the file to make of it.")
    _, source, target = arguments
    try:
        with open(source, "rb") as file:
            result = work(file.read())
        with open(target + ".new", "wb") as file:
            file.write(result)
        os.replace(target + ".new", target)
    except OSError as error:
        raise Failure(f"{error.filename or target}: {error.strerror}.") from error
    except Failure as failure:
        raise Failure(f"{source}: {failure}.") from failure


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(f"pack.py: {failure}")
