#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails each call with which the program writes, in turn, and looks what becomes of its work.

    tests/faults/faults.py build-release/bin/simile [--scenarios grid,run,...] [--errors EIO,...]
                                                    [--every N]

For each scenario, kind of call (open, write, fsync, rename, allocate, close) and error the first
such call on a file of ours fails, then the second, and so on, until a run comes to its end before
the call that should fail (with --every each Nth of them alone). Each time
  - the program ends by itself, with a status of its table and with a sentence where it is not 0;
  - a file that was to be written is the old one or the new one, whole, and nothing is left beside it;
  - what is only remembered (cache, session) does not keep the picture from being written;
  - the next run, without a fault, makes what it should.
Prints a table; ends with 1 where something of it did not hold.
"""

import argparse
import errno
import os
import shutil
import subprocess
import sys
import tempfile
import zlib

from pickled import write_checkpoint

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(os.path.dirname(os.path.dirname(HERE)), "resources", "samples", "analogy")
PICTURES = [os.path.join(SAMPLES, name) for name in ("a.png", "a-prime.png", "b.png")]
CALLS = ("open", "write", "fsync", "rename", "allocate", "close")
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EFBIG", "EINTR", "short")
RETRIED = ("EINTR", "short")  # no failures: the call is made again, or for the rest
STATUSES = (0, 1, 2, 3, 4, 7)


class Failure(Exception):
    pass


def whole_png(path):
    """Whether all chunks of a PNG file are there with their checksums."""
    with open(path, "rb") as file:
        data = file.read()
    at, kind = 8, b""
    while at + 12 <= len(data) and kind != b"IEND":
        size = int.from_bytes(data[at:at + 4], "big")
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        if int.from_bytes(data[at + 8 + size:at + 12 + size], "big") != zlib.crc32(kind + body):
            return False
        at += 12 + size
    return kind == b"IEND" and at == len(data)


class Place:
    """An empty home and an output folder; with what was there before."""

    def __init__(self, simile, root):
        self.simile, self.root = simile, root
        self.out = os.path.join(root, "out")
        os.makedirs(self.out)
        names = ("CACHE", "CONFIG", "STATE", "DATA")
        self.env = dict(os.environ, HOME=root, OMP_NUM_THREADS="1", OMP_WAIT_POLICY="passive",
                        QT_QPA_PLATFORM="offscreen", SIMILE_LANGUAGE="en", TMPDIR=root)
        self.env.update({f"XDG_{name}_HOME": os.path.join(root, name.lower()) for name in names})

    def path(self, name):
        return os.path.join(self.out, name)

    def run(self, arguments, **more):
        return subprocess.run([self.simile, *arguments], env=dict(self.env, **more), cwd=self.root,
                              capture_output=True, text=True, timeout=600)


class Grid:
    """A picture takes the place of another."""
    name = "grid"

    def prepare(self, place):
        with open(place.path("out.png"), "wb") as file:
            file.write(b"old")

    def arguments(self, place):
        return ["grid", *PICTURES, "-o", place.path("out.png")]

    def check(self, place, done, failed):
        with open(place.path("out.png"), "rb") as file:
            old = file.read() == b"old"
        if not old and not whole_png(place.path("out.png")):
            raise Failure("the picture is damaged")
        if done.returncode == 0 and old:
            raise Failure("status 0, and the picture is not there")
        left = [name for name in os.listdir(place.out) if name != "out.png"]
        if left:
            raise Failure(f"left behind: {left}")


class Run(Grid):
    """A run of the default model, kept in a session."""
    name = "run"

    def arguments(self, place):
        return ["analogy", *PICTURES, "-o", place.path("out.png"), "--steps", "2", "--precision",
                "fp32", "--json", "--session", os.path.join(place.root, "state", "s.simile")]

    def prepare(self, place):
        super().prepare(place)
        os.makedirs(os.path.join(place.root, "state"))

    def check(self, place, done, failed):
        super().check(place, done, failed)
        # What is asked for and cannot be had is told before the work; afterwards nothing is lost.
        made = '"step":1' in done.stderr.replace(" ", "")
        side = failed and not failed.startswith(place.out)
        with open(place.path("out.png"), "rb") as file:
            if side and made and file.read() == b"old":
                raise Failure(f"{failed} failed, and the picture was not written")


class Conversion:
    """A pickled checkpoint is converted."""
    name = "conversion"

    def prepare(self, place):
        write_checkpoint(os.path.join(place.root, "model.ckpt"), 3, 300_000)

    def arguments(self, place):
        return ["models", os.path.join(place.root, "model.ckpt")]

    def check(self, place, done, failed):
        converting = os.path.join(place.root, "cache", "simile", "converting")
        if os.path.isdir(converting) and os.listdir(converting):
            raise Failure(f"left behind: {os.listdir(converting)}")
        folder = os.path.join(place.root, "cache", "simile", "converted")
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            path = os.path.join(folder, name)
            if name.endswith(".safetensors") and os.path.getsize(path) < 3 * 1_200_000:
                raise Failure("the converted file is cut off")


class Copy:
    """A session is written into a file to pass on."""
    name = "copy"

    def prepare(self, place):
        done = Run().arguments(place)
        os.makedirs(os.path.join(place.root, "state"))
        if place.run(done).returncode != 0:
            raise Failure("the session could not be made")
        with open(place.path("copy.simile"), "wb") as file:
            file.write(b"old")

    def arguments(self, place):
        return ["runs", os.path.join(place.root, "state", "s.simile"), "--save",
                place.path("copy.simile")]

    def check(self, place, done, failed):
        with open(place.path("copy.simile"), "rb") as file:
            old = file.read() == b"old"
        if not old and place.run(["runs", place.path("copy.simile")]).returncode != 0:
            raise Failure("the copy is damaged")
        if done.returncode == 0 and old:
            raise Failure("status 0, and the copy is not there")
        backup = place.path("copy.simile~")
        if os.path.exists(backup):
            with open(backup, "rb") as file:  # the second time it is the copy of the first
                whole = file.read() == b"old" or place.run(["runs", backup]).returncode == 0
            if not whole:
                raise Failure("what is kept beside is not what was there")
        elif not old:
            raise Failure("what was there is not kept beside")
        left = set(os.listdir(place.out)) - {"copy.simile", "copy.simile~", "out.png"}
        if left:
            raise Failure(f"left behind: {sorted(left)}")


class Inversion(Run):
    """An inversion, which is kept in the cache as it goes."""
    name = "inversion"

    def arguments(self, place):
        return ["invert", PICTURES[2], "--inversion-steps", "25", "--precision", "fp32",
                "--json", "--reconstruct", "-o", place.path("out.png")]


SCENARIOS = {each.name: each for each in (Grid, Run, Conversion, Copy, Inversion)}


class Loop:
    def __init__(self, simile, shim, scenario, most, every):
        self.simile, self.shim, self.scenario = simile, shim, scenario
        self.most, self.every = most, every
        self.template = None

    def place(self, folder):
        """A copy of what the scenario prepared."""
        root = os.path.join(folder, "place")
        shutil.rmtree(root, ignore_errors=True)
        if self.template is None:
            made = Place(self.simile, root)
            self.scenario.prepare(made)
            self.template = os.path.join(folder, "template")
            shutil.rmtree(self.template, ignore_errors=True)
            shutil.copytree(root, self.template)
            return made
        place = Place(self.simile, root)
        shutil.rmtree(root)
        shutil.copytree(self.template, root)
        return place

    def once(self, folder, call, error, at):
        """Fails the call: whether there was one, and the status."""
        place = self.place(folder)
        told = os.path.join(folder, "told")
        if os.path.exists(told):
            os.remove(told)
        number = 0 if error == "short" else getattr(errno, error)
        done = place.run(self.scenario.arguments(place), LD_PRELOAD=self.shim, FAIL_CALL=call,
                         FAIL_AT=str(at), FAIL_WITH=str(number), FAIL_UNDER=place.root, FAIL_TOLD=told)
        if not os.path.exists(told):
            return None, done
        with open(told, encoding="utf-8", errors="replace") as file:
            failed = file.readline().strip()
        where = f"{call} {at} ({error}, {os.path.relpath(failed, place.root)})"
        try:
            if done.returncode not in STATUSES:
                raise Failure(f"status {done.returncode}")
            if done.returncode != 0 and not done.stderr.strip():
                raise Failure("it failed without a word")
            if error in RETRIED and call == "write" and done.returncode != 0:
                raise Failure(f"it is no failure, and was one: {done.stderr.strip()[-200:]}")
            self.scenario.check(place, done, failed)
            again = place.run(self.scenario.arguments(place))
            if again.returncode != 0:
                raise Failure(f"the next run fails: {again.stderr.strip()[-300:]}")
            self.scenario.check(place, again, None)
        except Failure as problem:
            raise Failure(f"{self.scenario.name}: {where}: {problem}") from problem
        return failed, done

    def all(self, folder, call, error):
        """So many calls were failed, and so many of the runs said that they failed."""
        calls = ends = 0
        while calls < self.most:
            failed, done = self.once(folder, call, error, calls * self.every + 1)
            if failed is None:
                if done.returncode != 0:
                    raise Failure(f"{self.scenario.name} fails without a fault: {done.stderr[-300:]}")
                return calls, ends
            calls += 1
            ends += done.returncode != 0
        return calls, ends


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simile")
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--calls", default=",".join(CALLS))
    parser.add_argument("--errors", default=",".join(ERRORS))
    parser.add_argument("--most", type=int, default=10_000, help="calls of a kind")
    parser.add_argument("--every", type=int, default=1, help="each Nth call of a kind")
    parser.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    given = parser.parse_args()
    problems = 0
    with tempfile.TemporaryDirectory() as folder:
        shim = os.path.join(folder, "failingcalls.so")
        subprocess.run([given.compiler, "-std=c++20", "-O1", "-fPIC", "-shared", "-U_FORTIFY_SOURCE",
                        "-o", shim, os.path.join(HERE, "failingcalls.cpp")], check=True)
        for name in given.scenarios.split(","):
            loop = Loop(os.path.abspath(given.simile), shim, SCENARIOS[name](), given.most,
                        given.every)
            for call in given.calls.split(","):
                for error in given.errors.split(","):
                    if error in RETRIED and call != "write":
                        continue
                    try:
                        calls, ends = loop.all(folder, call, error)
                        print(f"{name:10} {call:8} {error:7} {calls:4} failed, {ends:4} told as failures",
                              flush=True)
                    except Failure as problem:
                        problems += 1
                        print(f"NOT SO: {problem}", flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
