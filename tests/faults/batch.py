#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one example's results for a folder of 500 pictures, kills the program on the way again and
again, and looks whether anything is lost, made twice or touched that should not be.

    tests/faults/batch.py build-release/bin/simile [--pictures 500] [--kills 8] [--seed 1]

One picture in 25 is damaged: empty, cut off in its head, another file by that name, or bytes that
are nothing. In the folder of the results lie a file of somebody else and a picture by the name of a
result. The default model makes them in one step in fp32. Prints what happened; ends with 1 where
something is wrong.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from kills import PICTURES, environment

DAMAGES = (lambda png: b"", lambda png: png[:20], lambda png: b"%PDF-1.7 no picture",
           lambda png: bytes(255 - byte for byte in png))
EVERY = 25  # of so many pictures one is damaged


def png(side, chance):
    """A disc of some colour on another, so that no two are the same."""
    ground, disc = (bytes(chance.randrange(256) for _ in range(3)) for _ in range(2))
    x, y, radius = (chance.uniform(0.3, 0.6) * side for _ in range(3))
    rows = b"".join(
        b"\0" + b"".join(disc if (i - x) ** 2 + (j - y) ** 2 < (radius / 2) ** 2 else ground
                         for i in range(side)) for j in range(side))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
              (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks)


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def hashes(folder):
    """Of all files below it, by name."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


class Folder:
    """The pictures, and what is known of them."""

    def __init__(self, path, count, chance):
        self.path, self.good, self.bad = path, [], []
        os.makedirs(os.path.join(path, "below"))
        for i in range(count):
            name = f"picture-{i:04}.png"
            data = png(64, chance)
            damaged = i % EVERY == EVERY // 2
            (self.bad if damaged else self.good).append(name)
            write(os.path.join(path, name),
                  DAMAGES[i // EVERY % len(DAMAGES)](data) if damaged else data)
        write(os.path.join(path, "notes.txt"), b"no picture")
        write(os.path.join(path, "below", "one.png"), png(64, chance))
        self.before = hashes(path)


class Batch:
    def __init__(self, simile, pictures, out, home):
        self.arguments = [simile, "analogy", *PICTURES[:2], "--each", pictures, "-o", out, "--json",
                          "--precision", "fp32", "--steps", "2", "--seed", "7"]
        self.out, self.env = out, environment(home)

    def begin(self):
        return subprocess.Popen(self.arguments, env=self.env, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True, start_new_session=True)

    def kill(self, seconds):
        """Kills it after so long: whether it was still at work."""
        process = self.begin()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def finish(self):
        process = self.begin()
        lines = process.communicate()[0].splitlines()
        return json.loads(lines[-1]), process.returncode

    def results(self):
        return {name: value for name, value in hashes(self.out).items() if name.endswith(".png")}


def expect(good, what):
    if not good:
        sys.exit(f"Wrong: {what}.")


def killed(batch, kills, span, chance):
    """Kills it so often, as long as it has work: how often, and what was whole then. That is left as
    it is by all that follows."""
    seen, done = {}, 0
    while done < kills and batch.kill(chance.uniform(span / 3, span)):
        done += 1
        now = batch.results() if os.path.isdir(batch.out) else {}
        for name, value in seen.items():
            expect(now.get(name) == value, f"{name} is another file after a kill")
        seen = now
        print(f"kill {done}: {len(now)} results are there", flush=True)
    return done, seen


def check(batch, folder, seen, summary, status, own):
    failed = {os.path.basename(failure["file"]) for failure in summary["failed"]}
    taken = folder.good[3]
    results = batch.results()
    expect(failed == set(folder.bad) | {taken}, f"the failures are {sorted(failed)}")
    expect(status == 1, f"the status is {status}")
    expect(set(results) == set(folder.good), "other results are there than pictures that can be read")
    expect(all(results[name] == value for name, value in seen.items()), "a result was made again")
    expect(hashes(folder.path) == folder.before, "the folder of the pictures is another one")
    for name, data in own.items():
        with open(os.path.join(batch.out, name), "rb") as file:
            expect(file.read() == data, f"{name} was touched")
    with open(os.path.join(batch.out, "index.html"), encoding="utf-8") as file:
        page = file.read()
    expect(all(f'class="failed">{name}' in page for name in failed), "the page lacks a failure")
    left = set(os.listdir(batch.out)) - set(results) - set(own) - {"index.html"}
    parts = {name for name in left if name.startswith(".simile-") and name.endswith(".part")}
    expect(left == parts, f"besides there lie {sorted(left - parts)}")
    print(f"{len(parts)} hidden parts of files were left by kills within a write", flush=True)


def compare(batch, folder, simile, home, place, sample, chance):
    """The same as without a kill, byte by byte, of some of them."""
    names = chance.sample([name for name in folder.good if name != folder.good[3]], sample)
    pictures = os.path.join(place, "sample")
    os.makedirs(pictures)
    for name in names:
        shutil.copy(os.path.join(folder.path, name), pictures)
    whole = Batch(simile, pictures, os.path.join(place, "whole"), home)
    _, status = whole.finish()
    expect(status == 0, f"the undisturbed run ends with {status}")
    wanted, results = whole.results(), batch.results()
    for name in names:
        expect(wanted[name] == results[name], f"{name} is another picture than without a kill")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simile")
    parser.add_argument("--pictures", type=int, default=500)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--span", type=float, default=60, help="seconds until a kill, at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance, simile = random.Random(options.seed), os.path.abspath(options.simile)
    with tempfile.TemporaryDirectory() as place:
        home = os.path.join(place, "home")
        folder = Folder(os.path.join(place, "pictures"), options.pictures, chance)
        batch = Batch(simile, folder.path, os.path.join(place, "out"), home)
        os.makedirs(batch.out)
        own = {"own.txt": b"mine", folder.good[3]: png(16, chance)}
        for name, data in own.items():
            write(os.path.join(batch.out, name), data)
        begin = time.monotonic()
        kills, seen = killed(batch, options.kills, options.span, chance)
        summary, status = batch.finish()
        print(f"{len(folder.good)} good, {len(folder.bad)} damaged; killed {kills} times with "
              f"{len(seen)} results there, then {summary['made']} made, {summary['there']} there "
              f"already, {len(summary['failed'])} failed; {time.monotonic() - begin:.0f} s", flush=True)
        check(batch, folder, seen, summary, status, own)
        compare(batch, folder, simile, home, place, min(options.sample, len(folder.good) - 1), chance)
        again, status = batch.finish()
        expect(again["made"] == 0 and status == 1, "another call makes something")
        print("Nothing was lost, made twice or touched.")


if __name__ == "__main__":
    main()
