#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program at random moments of all that it writes, and looks whether anything is lost.

    tests/faults/kills.py build-release/bin/simile [--rounds 200] [--seed 1]
    tests/faults/kills.py build-release/bin/simile --samplers

A round is one of these, in turn:

a run       of the default model in a session is killed (SIGKILL). Then the session has to open, to
            have every step but the last one that was told, and going on, killed again now and then,
            has to end in the same latent as the run without interruption.
a saving    of a copy is killed: the copy is the old one or the new one, whole.
an inversion is killed: the next one, with what was kept of it, ends in the same latent.
a conversion of a pickled checkpoint is killed: there is no converted file, or the whole one.

With --samplers a run of 50 steps is killed at ten random steps, with each sampler; gone on from
there it has to end in the same latent. Prints a table; ends with 1 where something was lost.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from pickled import write_checkpoint

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLES = os.path.join(ROOT, "resources", "samples")
PICTURES = [os.path.join(SAMPLES, "analogy", name) for name in ("a.png", "a-prime.png", "b.png")]
SAMPLERS = ("ddim", "model", "plms", "euler", "euler-karras", "euler-a", "dpm++2m",
            "dpm++2m-karras", "dpm++2m-sde", "dpm++2m-sde-karras", "unipc", "lcm")


class Failure(Exception):
    pass


def environment(folder):
    names = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    env = dict(os.environ, OMP_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen")
    return dict(env, **{name: os.path.join(folder, name) for name in names})


def step_of(line):
    """The step that a line of progress tells, or 0."""
    try:
        return json.loads(line).get("step", 0)
    except (json.JSONDecodeError, AttributeError):
        return 0  # a line that was cut off


class Program:
    def __init__(self, simile, folder, chance):
        self.simile, self.env, self.chance = simile, environment(folder), chance

    def run(self, *arguments):
        """To its end: its output as JSON lines, and its status."""
        done = subprocess.run([self.simile, *arguments], env=self.env, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()], done

    def succeed(self, *arguments):
        result, done = self.run(*arguments)
        if done.returncode != 0:
            raise Failure(f"{arguments[0]} fails: {done.stderr.strip().splitlines()[-1:]}")
        return result

    def begin(self, *arguments):
        return subprocess.Popen([self.simile, *arguments], env=self.env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def kill(self, within, *arguments):
        """Kills it at a random moment: the last step that it told, and whether it was killed."""
        process = self.begin(*arguments)
        try:
            process.wait(self.chance.uniform(0, within))
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.communicate()[1]
        return max((step_of(line) for line in said.splitlines()), default=0), process.returncode == -9

    def kill_after(self, step, *arguments):
        """Kills it when it has told a step: whether it was killed."""
        process = self.begin(*arguments)
        for line in process.stderr:
            if step_of(line) >= step:
                process.kill()
                break
        process.communicate()
        return process.returncode == -9

    def runs(self, session):
        runs, done = self.run("runs", session, "--json")
        if done.returncode != 0:
            raise Failure(f"the session does not open: {done.stderr.strip()}")
        return runs


class Whole:
    """What is made without interruption: the latent, and how long it takes."""

    def __init__(self, program, *arguments):
        begin = time.monotonic()
        self.latent = program.succeed(*arguments)[-1].get("latent")
        self.within = time.monotonic() - begin


def analogy(out, sampler, *more):
    return ["analogy", *PICTURES, "-o", out, "--json", "--precision", "fp32", "--seed", "7",
            "--sampler", sampler, "--sac", "3:11", *more]


def killed_run(program, session, arguments, whole, table):
    """A run that is killed and gone on with, until it is done."""
    before = len(program.runs(session)) if os.path.exists(session) else 0
    told, killed = program.kill(whole.within, *arguments, "--session", session)
    table["runs killed"] += killed
    while True:
        # A kill before the file was made leaves none.
        runs = program.runs(session) if os.path.exists(session) else []
        if len(runs) == before:
            if told > 0:
                raise Failure(f"step {told} was told, and the run is not in the session")
            table["of these before the first step"] += 1
            return
        if runs[-1]["state"] == "done":
            return
        if runs[-1]["steps"] < told - 1:
            raise Failure(f"step {told} was told, {runs[-1]['steps']} are kept")
        table["most steps behind"] = max(table["most steps behind"], told - runs[-1]["steps"])
        if program.chance.random() < 0.4:
            told, killed = program.kill(whole.within, "go-on", session, "--json")
            table["going on killed"] += killed
            continue
        if program.succeed("go-on", session, "--json")[-1]["latent"] != whole.latent:
            raise Failure(f"gone on from step {runs[-1]['steps']} it is another latent")
        table["gone on, equal"] += 1
        return


def killed_saving(program, session, copy, table):
    count = len(program.runs(session))
    old = len(program.runs(copy)) if os.path.exists(copy) else None
    _, killed = program.kill(1.0, "runs", session, "--save", copy)
    table["savings killed"] += killed
    now = len(program.runs(copy)) if os.path.exists(copy) else None
    if now not in (old, count) or (not killed and now != count):
        raise Failure(f"the copy has {now} runs: neither {old} nor {count}")
    if len(program.runs(session)) != count:
        raise Failure("saving changed the session")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Inversions:
    """Of the sample's source; what is kept of one lies in the cache folder."""

    def __init__(self, program, folder):
        self.program, self.data = program, os.path.join(folder, "inversion.safetensors")
        self.arguments = ["invert", os.path.join(SAMPLES, "translate", "source.png"), "--precision",
                          "fp32", "--inversion-steps", "50", "--json", "--data", self.data]
        self.whole = Whole(program, *self.arguments)
        self.wanted = digest(self.data)

    def killed(self, table):
        shutil.rmtree(os.path.join(self.program.env["XDG_CACHE_HOME"], "simile", "inversions"),
                      ignore_errors=True)
        for _ in range(self.program.chance.randint(1, 3)):
            _, killed = self.program.kill(self.whole.within, *self.arguments)
            table["inversions killed"] += killed
        self.program.succeed(*self.arguments)
        if digest(self.data) != self.wanted:
            raise Failure("the inversion is another one")


class Conversions:
    """Of a pickled checkpoint; it is no model, which is said when it was converted."""

    def __init__(self, program, folder):
        self.program, self.checkpoint = program, os.path.join(folder, "pickled.ckpt")
        write_checkpoint(self.checkpoint, tensors=40, count=1 << 20)
        self.arguments = ["analogy", *PICTURES, "-o", os.path.join(folder, "none.png"), "--json",
                          "--model", self.checkpoint]
        begin = time.monotonic()
        self.program.run(*self.arguments)
        self.within = time.monotonic() - begin
        self.wanted = self.converted()
        if len(self.wanted) != 1:
            raise Failure(f"the checkpoint made {len(self.wanted)} files")

    def folder(self):
        return os.path.join(self.program.env["XDG_CACHE_HOME"], "simile", "converted")

    def converted(self):
        paths = (os.path.join(self.folder(), name) for name in os.listdir(self.folder())
                 if not name.startswith(".")) if os.path.exists(self.folder()) else ()
        return {digest(path) for path in paths if path.endswith(".safetensors")}

    def killed(self, table):
        shutil.rmtree(self.folder())
        _, killed = self.program.kill(self.within, *self.arguments)
        table["conversions killed"] += killed
        if not self.converted() <= self.wanted:
            raise Failure("a part of a converted file lies in the cache")
        self.program.run(*self.arguments)
        if self.converted() != self.wanted:
            raise Failure("the checkpoint is converted to something else")


def rounds(program, folder, count):
    table = dict.fromkeys(
        ("runs killed", "of these before the first step", "going on killed", "gone on, equal",
         "most steps behind", "savings killed", "inversions killed", "conversions killed"), 0)
    arguments = analogy(os.path.join(folder, "out.png"), "dpm++2m-sde")
    whole = Whole(program, *arguments)
    inversions, conversions = Inversions(program, folder), Conversions(program, folder)
    copy = os.path.join(folder, "copy.simile")
    for number in range(count):
        session = os.path.join(folder, f"session-{number // 20}.simile")
        try:
            if number % 6 == 2:
                inversions.killed(table)
            elif number % 6 == 5:
                conversions.killed(table)
            elif number % 6 == 4 and os.path.exists(session):
                killed_saving(program, session, copy, table)
            else:
                killed_run(program, session, arguments, whole, table)
        except Failure as failure:
            print(f"Round {number}: {failure}.", flush=True)
            sys.exit(1)
    for name, times in table.items():
        print(f"{times:6}  {name}")


def samplers(program, folder, kills):
    """Of each sampler a run of 50 steps, killed at so many random steps."""
    for sampler in SAMPLERS:
        arguments = analogy(os.path.join(folder, "out.png"), sampler, "--steps", "50", "--strength", "1")
        whole = Whole(program, *arguments)
        steps = sorted(program.chance.sample(range(1, 50), kills))
        for step in steps:
            session = os.path.join(folder, f"{sampler}-{step}.simile")
            program.kill_after(step, *arguments, "--session", session)
            kept = program.runs(session)[-1]
            if kept["steps"] < step - 1:
                sys.exit(f"{sampler}: step {step} was told, {kept['steps']} are kept.")
            if kept["state"] != "done" \
                    and program.succeed("go-on", session, "--json")[-1]["latent"] != whole.latent:
                sys.exit(f"{sampler}: gone on from step {kept['steps']} it is another latent.")
            os.remove(session)
        print(f"{sampler}: killed at the steps {', '.join(map(str, steps))}; each time equal",
              flush=True)


def births(program, folder, count):
    """A new session that is killed in the moments in which it is made: none, or one that opens."""
    unreadable = 0
    for number in range(count):
        place = os.path.join(folder, str(number))
        os.mkdir(place)
        session = os.path.join(place, "new.simile")
        process = program.begin(*analogy(os.path.join(folder, "out.png"), "ddim"), "--session", session)
        while not os.listdir(place) and process.poll() is None:
            pass # to sleep would be to come too late
        end = time.monotonic() + program.chance.uniform(0, 0.03)
        while time.monotonic() < end:
            pass
        process.kill()
        process.communicate()
        if os.path.exists(session):
            unreadable += program.run("runs", session, "--json")[1].returncode != 0
    print(f"{unreadable} of {count} new sessions do not open")
    if unreadable > 0:
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simile")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--samplers", action="store_true")
    parser.add_argument("--births", action="store_true", help="of new sessions, a hundred times")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(os.path.abspath(options.simile), folder, random.Random(options.seed))
        if options.samplers:
            samplers(program, folder, 10)
        elif options.births:
            births(program, folder, 100)
        else:
            rounds(program, folder, options.rounds)


if __name__ == "__main__":
    main()
