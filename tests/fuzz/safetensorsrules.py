#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds our reading of safetensors files against the format's rules, written down once more here.

    tests/fuzz/safetensorsrules.py build-fuzz [--files 100000] [--seed N] [--only NUMBER]
    tests/fuzz/safetensorsrules.py build-fuzz FILE ...

Files of the corpus are changed at random (safetensorsmutator.py), and each is judged by judge()
below and by the program (build-fuzz/verdict). What fuzzing kept in build-fuzz/corpus is judged,
too. Both have to accept a file, or both to refuse it, whatever the words. Ends with 1 where they do
not, and keeps the file in build-fuzz/found/verdict. Each file follows from the seed and its number,
so that --seed with --only makes one again; with FILE these files are judged and told.
"""

import argparse
import collections
import json
import math
import os
import random
import struct
import subprocess
import sys
import tempfile

import safetensorsmutator

HERE = os.path.dirname(os.path.abspath(__file__))

BITS = {"BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8,
        "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16,
        "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "C64": 64, "F64": 64, "I64": 64,
        "U64": 64}
FIELDS = ("dtype", "shape", "data_offsets")

# Ours, where the format allows more. A real file has a header below half a megabyte, some 2,500
# tensors of at most five sides and names below a hundred letters; what is far beyond is an attack.
MOST_HEADER = 32 << 20  # the format: 100,000,000
MOST_TENSORS = 200_000
MOST_METADATA = 100_000
MOST_FIELDS = 1000  # of an entry, those that mean nothing to us among them
MOST_DIMENSIONS = 8
MOST_NAME = 1024  # bytes
MOST_LEVELS = 8  # objects and lists in each other, the header itself counted
MOST_OFFSET = 1 << 48
MOST_SIGNED = (1 << 63) - 1
MOST_UNSIGNED = (1 << 64) - 1
# A name that would change a terminal or a text where it is shown: control characters and those that
# turn the direction of writing.
MISLEADING = {*range(0x20), *range(0x7f, 0xa0), 0x61c, 0x200e, 0x200f, *range(0x2028, 0x202f),
              *range(0x2066, 0x206a)}


class Refused(Exception):
    """Which rule a file breaks."""


def want(condition, rule):
    if not condition:
        raise Refused(rule)


class Pairs(list):
    """A JSON object with all that it says: a dict would keep one of two equal keys."""


def number(text):
    """Numbers beyond what a double holds are refused wherever they stand (ours: the format's reader
    takes them where they mean nothing)."""
    want(not math.isinf(float(text)), "a number that no double holds")
    # -0 is a negative number to the format's reader, which wants none.
    return int(text) if text.isdigit() and len(text) <= 20 else float(text)


def no_constant(text):
    raise Refused(f"{text} is no JSON")


def read_json(text):
    """Strict JSON of what is UTF-8; a lone surrogate is no letter, though an escape can name it."""
    want(not text.startswith("\ufeff"), "a byte order mark")
    try:
        value = json.loads(text, object_pairs_hook=Pairs, parse_int=number, parse_float=number,
                           parse_constant=no_constant)
    except RecursionError as error:
        raise Refused("nested too deeply") from error
    except ValueError as error:
        raise Refused(f"no JSON: {error}") from error
    check_values(value, 1)
    return value


def check_values(value, level):
    """Ours: the nesting; the format's reader takes 127 levels, which is much for three."""
    if isinstance(value, str):
        want(not any(0xd800 <= ord(letter) < 0xe000 for letter in value), "a lone surrogate")
    if isinstance(value, list):
        want(level <= MOST_LEVELS, "nested too deeply")
        for item in value:
            for part in item if isinstance(value, Pairs) else (item,):
                check_values(part, level + 1)


def check_keys(pairs, most, what):
    """Ours: the format's reader lets the later of two equal names count, but for an entry's own
    fields; others let the former, so a file with both would be another to each of them."""
    want(len(pairs) <= most, f"too many {what}")
    want(len({key for key, _ in pairs}) == len(pairs), f"two equal {what}")


def check_metadata(value):
    if value is None:  # as some write it, and the format's reader takes it
        return
    want(isinstance(value, Pairs), "metadata that is no object")
    check_keys(value, MOST_METADATA, "keys of metadata")
    want(all(isinstance(text, str) for _, text in value), "metadata that is no text")


def is_list_of_numbers(value):
    return (isinstance(value, list) and not isinstance(value, Pairs)
            and all(type(item) is int and 0 <= item <= MOST_UNSIGNED for item in value))


def span_of(entry):
    """The bytes of a tensor in the data, by its entry."""
    want(isinstance(entry, Pairs), "an entry that is no object (the format's reader takes a list)")
    check_keys(entry, MOST_FIELDS, "fields")
    fields = dict(entry)
    want(all(field in fields for field in FIELDS), "a field is missing")
    dtype, shape, offsets = (fields[field] for field in FIELDS)
    want(isinstance(dtype, str) and dtype in BITS, "an unknown dtype")
    want(is_list_of_numbers(shape), "a shape that is no list of whole numbers")
    want(is_list_of_numbers(offsets) and len(offsets) == 2, "offsets that are no two whole numbers")
    want(len(shape) <= MOST_DIMENSIONS, "too many dimensions")
    # Ours: a side of none does not make the others right. The format's reader takes [0, huge, huge]
    # and refuses [huge, huge, 0], but strides are made of the others in either case.
    others = math.prod(max(side, 1) for side in shape)
    want(all(side <= MOST_SIGNED for side in shape) and others <= MOST_SIGNED
         and others * BITS[dtype] <= MOST_UNSIGNED, "a shape that no number holds")
    bits = math.prod(shape) * BITS[dtype]
    want(bits % 8 == 0, "a part of a byte")
    begin, end = offsets
    want(begin <= end <= MOST_OFFSET, "impossible offsets")
    want(end - begin == bits // 8, "offsets that do not fit the shape")
    return begin, end


def judge(head, size):
    """Raises Refused for a file of so many bytes that begins with these and goes on with zeros."""
    want(size >= 8, "shorter than eight bytes")
    (length,) = struct.unpack("<Q", head[:8])
    want(0 < length <= MOST_HEADER and 8 + length <= size, "an impossible length of the header")
    try:
        header = read_json(head[8:8 + length].ljust(length, b"\0").decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Refused("no UTF-8") from error
    want(isinstance(header, Pairs), "a header that is no object")
    tensors = [(name, entry) for name, entry in header if name != "__metadata__"]
    metadata = [entry for name, entry in header if name == "__metadata__"]
    want(len(metadata) <= 1, "metadata twice")
    for value in metadata:
        check_metadata(value)
    check_keys(tensors, MOST_TENSORS, "tensors")
    for name, _ in tensors:
        want(len(name.encode()) <= MOST_NAME and not any(ord(c) in MISLEADING for c in name),
             "a name that is too long, or misleads")
    last = 0
    for begin, end in sorted(span_of(entry) for _, entry in tensors):
        want(begin == last, "a hole or an overlap")
        last = end
    want(8 + length + last == size, "too few bytes, or too many")


class Program:
    """The program's verdicts, by build-fuzz/verdict: a name in, a line out."""

    def __init__(self, build):
        env = dict(os.environ, UBSAN_OPTIONS="print_stacktrace=1", OMP_NUM_THREADS="1")
        self.process = subprocess.Popen([os.path.join(build, "verdict")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=env)

    def verdict(self, path):
        self.process.stdin.write(os.fsencode(path) + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline().decode()
        return line.rstrip("\n") if line else f"it ended with {self.process.wait()}"


def rule_of(head, size):
    try:
        judge(head, size)
        return "ok"
    except Refused as refused:
        return str(refused)


class Comparison:
    def __init__(self, build, seed):
        self.build, self.seed = build, seed
        self.program = Program(build)
        self.files, self.differences, self.rules = 0, 0, collections.Counter()

    def compare(self, path, head, size, name):
        rule, said = rule_of(head, size), self.program.verdict(path)
        self.files += 1
        self.rules[rule.split(":")[0]] += 1
        if (rule == "ok") == (said == "ok"):
            return
        self.differences += 1
        folder = os.path.join(self.build, "found", "verdict")
        os.makedirs(folder, exist_ok=True)
        kept = os.path.join(folder, name)
        with open(kept, "wb") as file:
            file.write(head)
            file.truncate(size)
        print(f"{kept}: by the rules {rule}, by the program {said}", flush=True)
        if self.program.process.poll() is not None:
            self.program = Program(self.build)

    def write_and_compare(self, path, head, size, name):
        with open(path, "wb") as file:
            file.write(head)
            file.truncate(size)  # what is behind the header is nobody's matter, and takes no room
        self.compare(path, head, size, name)


def headers(folder):
    found = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in found:
        with open(os.path.join(folder, name), "rb") as file:
            yield name, file.read()


def usable(texts):
    """Those that are accepted with as much data as they say; no change mends the others."""
    for text in texts:
        head = struct.pack("<Q", len(text)) + text
        size = len(head) + safetensorsmutator.data_size(json.loads(
            text, object_pairs_hook=safetensorsmutator.Object))
        if rule_of(head, size) == "ok":
            yield text


def compare_all(comparison, options, path):
    """What fuzzing keeps are headers with 4096 bytes behind them, as its target has it."""
    if options.only is None:
        for name, text in headers(os.path.join(options.build, "corpus", "safetensors")):
            head = struct.pack("<Q", len(text)) + text
            comparison.write_and_compare(path, head, len(head) + 4096, name)
    seeds = list(usable(text for _, text in headers(os.path.join(HERE, "corpus", "safetensors"))))
    for number_of_file in range(options.files) if options.only is None else [options.only]:
        chance = random.Random(f"{options.seed}/{number_of_file}")
        head, size = safetensorsmutator.changed(chance, seeds)
        comparison.write_and_compare(path, head, size, f"{options.seed}-{number_of_file}")


def tell(build, files):
    """Both verdicts about files that are there."""
    comparison = Comparison(build, 0)
    for path in files:
        with open(path, "rb") as file:
            head = file.read(8 + MOST_HEADER)
        size = os.path.getsize(path)
        print(f"{path}: {rule_of(head, size)} | {comparison.program.verdict(path)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("file", nargs="*")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    if options.file:
        return tell(options.build, options.file)
    print(f"seed {options.seed}", flush=True)
    comparison = Comparison(options.build, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        compare_all(comparison, options, os.path.join(folder, "x.safetensors"))
    for rule, times in comparison.rules.most_common():
        print(f"{times:8} {rule}")
    print(f"{comparison.files} files, {comparison.differences} of them judged differently")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
