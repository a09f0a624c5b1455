#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program at random moments of runs and saves, and looks whether anything is lost.

    tests/faults/kills.py build-release/bin/simile [--rounds 200] [--seed 1]

A round begins a run of the default model in a session and kills it (SIGKILL). Then the session has
to open, to have every step but the last one that was told, and going on, killed again now and then,
has to end in the same latent as the run without interruption. Between the rounds copies are saved
and killed: the copy is the old one or the new one, whole. Prints a table; ends with 1 where
something was lost.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PICTURES = [os.path.join(ROOT, "resources", "samples", "analogy", name)
            for name in ("a.png", "a-prime.png", "b.png")]


class Failure(Exception):
    pass


def environment(folder):
    names = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    env = dict(os.environ, OMP_NUM_THREADS="1", QT_QPA_PLATFORM="offscreen")
    return dict(env, **{name: os.path.join(folder, name) for name in names})


class Program:
    def __init__(self, simile, folder, chance):
        self.simile, self.env, self.chance = simile, environment(folder), chance

    def run(self, *arguments):
        """To its end: its output as JSON lines, and its status."""
        done = subprocess.run([self.simile, *arguments], env=self.env, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()], done

    def kill(self, within, *arguments):
        """Kills it at a random moment: the last step that it told, and whether it was killed."""
        process = subprocess.Popen([self.simile, *arguments], env=self.env,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            process.wait(self.chance.uniform(0, within))
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.communicate()[1]
        step = 0
        for line in said.splitlines():
            try:
                step = max(step, json.loads(line).get("step", 0))
            except (json.JSONDecodeError, AttributeError):
                pass  # a line that was cut off
        return step, process.returncode == -9

    def runs(self, session):
        runs, done = self.run("runs", session, "--json")
        if done.returncode != 0:
            raise Failure(f"the session does not open: {done.stderr.strip()}")
        return runs


def round_of(program, session, arguments, whole, within, table):
    """A run that is killed and gone on with, until it is done."""
    before = len(program.runs(session)) if os.path.exists(session) else 0
    told, killed = program.kill(within, *arguments, "--session", session)
    table["runs"] += killed
    while True:
        # A kill before the file was made leaves none.
        runs = program.runs(session) if os.path.exists(session) else []
        if len(runs) == before:
            if told > 0:
                raise Failure(f"step {told} was told, and the run is not in the session")
            table["before the first step"] += 1
            return
        if not killed and runs[-1]["state"] == "done":
            return
        if runs[-1]["steps"] < told - 1:
            raise Failure(f"step {told} was told, {runs[-1]['steps']} are kept")
        table["steps behind"] = max(table["steps behind"], told - runs[-1]["steps"])
        if runs[-1]["state"] == "done":
            return
        if program.chance.random() < 0.4:
            told, killed = program.kill(within, "go-on", session, "--json")
            table["going on"] += killed
            told = 0 if not killed else told
            if not killed and program.runs(session)[-1]["state"] == "done":
                return
            continue
        result, done = program.run("go-on", session, "--json")
        if done.returncode != 0:
            raise Failure(f"it does not go on: {done.stderr.strip().splitlines()[-1:]}")
        if result[-1]["latent"] != whole:
            raise Failure(f"gone on from step {runs[-1]['steps']} it is another latent")
        table["gone on, equal"] += 1
        return


def save(program, session, copy, table):
    count = len(program.runs(session))
    old = len(program.runs(copy)) if os.path.exists(copy) else None
    _, killed = program.kill(1.0, "runs", session, "--save", copy)
    table["saves"] += killed
    now = len(program.runs(copy)) if os.path.exists(copy) else None
    if now not in (old, count) or (not killed and now != count):
        raise Failure(f"the copy has {now} runs: neither {old} nor {count}")
    if len(program.runs(session)) != count:
        raise Failure("saving changed the session")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simile")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"{options.rounds} rounds, seed {options.seed}", flush=True)
    table = dict.fromkeys(
        ("runs", "going on", "saves", "before the first step", "gone on, equal", "steps behind"), 0)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(os.path.abspath(options.simile), folder, random.Random(options.seed))
        out = os.path.join(folder, "out.png")
        arguments = ["analogy", *PICTURES, "-o", out, "--json", "--precision", "fp32",
                     "--seed", "7", "--sampler", "dpm++2m-sde", "--sac", "3:11"]
        begin = time.monotonic()
        result, done = program.run(*arguments)
        if done.returncode != 0:
            sys.exit(done.stderr)
        within = time.monotonic() - begin
        for number in range(options.rounds):
            session = os.path.join(folder, f"session-{number // 20}.simile")
            try:
                round_of(program, session, arguments, result[-1]["latent"], within, table)
                if os.path.exists(session) and number % 4 == 3:
                    save(program, session, os.path.join(folder, "copy.simile"), table)
            except Failure as failure:
                print(f"Round {number}: {failure}.", flush=True)
                sys.exit(1)
    for name, count in table.items():
        print(f"{count:6}  {name}")


if __name__ == "__main__":
    main()
