#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program where its surroundings fail it, and looks how it ends.

    tests/faults/surroundings.py build-release/bin/simile [--rounds 10] [--seed 1] [--only PART]

memory   A run with less and less address space, from where it works down to where the system's
         loader gives up: it works, or ends with 4 and a sentence about memory.
files    The same with few descriptors: it works, or ends with a sentence.
signals  SIGINT, SIGTERM, SIGHUP, SIGPIPE and SIGXFSZ at random moments: it ends with 5, works on, or
         had not begun yet. Nothing is left beside the result.
two      Two programs at once on one cache, with the same picture: both end in the latent of one.
model    The model's folder is removed, or another is put in its place, at a random moment of a run
         whose pictures and model are large enough: it ends well or with a sentence.
clock    A clock that jumps back and forth by a day whenever somebody looks at it (needs a C
         compiler): runs end in the same latent and stand in the session in their order.

After every failure the next run has to work. Prints a table; ends with 1 where something is wrong.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

from kills import PICTURES, SAMPLES, Failure, Program

FEW = ("--steps", "4", "--precision", "fp32", "--json")
MODEL = os.path.join("share", "simile", "models", "mini")
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { static int n; return (++n % 2 ? 1 : -1) * 86400L; }
int clock_gettime(clockid_t id, struct timespec* t)
{
    static int (*real)(clockid_t, struct timespec*);
    if (!real) real = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(id, t);
    if (!failed && id == CLOCK_REALTIME) t->tv_sec += shift();
    return failed;
}
time_t time(time_t* to)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    if (to) *to = t.tv_sec;
    return t.tv_sec;
}
int gettimeofday(struct timeval* restrict to, void* restrict zone)
{
    struct timespec t;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &t);
    to->tv_sec = t.tv_sec;
    to->tv_usec = t.tv_nsec / 1000;
    return 0;
}
"""


class Surroundings:
    def __init__(self, simile, folder, chance, rounds):
        self.simile, self.folder, self.chance, self.rounds = simile, folder, chance, rounds
        self.program = Program(simile, folder, chance)
        self.table = []
        source = os.path.join(SAMPLES, "translate", "source.png")
        reference = os.path.join(SAMPLES, "prompt-free", "reference.png")
        self.commands = {
            "analogy": ["analogy", *PICTURES, "--prompt", "x"],
            "translate": ["translate", source, "--prompt", "x", "--inversion-steps", "8"],
            "prompt-free": ["prompt-free", reference, "--control", "canny:" + source],
        }
        self.latents = {name: self.latent(name) for name in self.commands}

    def path(self, name):
        return os.path.join(self.folder, name)

    def arguments(self, name, out="out.png", *more):
        few = ("--steps", "10", *FEW[2:]) if name == "prompt-free" else FEW
        return [*self.commands[name], *few, "-o", self.path(out), *more]

    def latent(self, name, *more):
        return self.program.succeed(*self.arguments(name, "out.png", *more))[-1]["latent"]

    def check(self, name):
        """The next run has to work, and nothing may be left."""
        if self.latent(name) != self.latents[name]:
            raise Failure(f"{name}: the next run ends in another latent")
        left = [file for file in os.listdir(self.folder) if file.startswith(".simile")]
        if left:
            raise Failure(f"{name}: {left} is left")

    def limited(self, name, kind, value):
        def limit():
            resource.setrlimit(kind, (value, value))
        done = subprocess.run([self.simile, *self.arguments(name)], env=self.program.env,
                              preexec_fn=limit, capture_output=True, text=True)
        return done.returncode, done.stderr.strip()

    def memory(self):
        for name in self.commands:
            told = 0
            for megabytes in range(1600, 300, -20):
                status, said = self.limited(name, resource.RLIMIT_AS, megabytes << 20)
                plugins = status == 2 and "Cannot allocate memory" in said  # none can be loaded
                if plugins or (status == 4 and "memory" in said.splitlines()[-1]):
                    told += 1
                elif status != 0:
                    raise Failure(f"{name} with {megabytes} MiB: {status}, {said[-300:]}")
            self.check(name)
            self.table.append(f"memory: {name} told it at {told} limits, down to {megabytes} MiB")

    def files(self):
        told = 0
        for count in range(40, 3, -1):
            status, said = self.limited("analogy", resource.RLIMIT_NOFILE, count)
            if status == 127:
                break
            if status not in (0, 1, 2, 3, 7) or (status != 0 and not said):
                raise Failure(f"{count} descriptors: {status}, {said[-300:]}")
            told += status != 0
        self.check("analogy")
        self.table.append(f"files: told {told} times, down to {count} descriptors")

    def signals(self):
        ended = {"stopped": 0, "done": 0, "not begun": 0}
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGXFSZ):
            for turn in range(self.rounds):
                name = list(self.commands)[turn % len(self.commands)]
                process = self.program.begin(*self.arguments(name))
                try:
                    process.wait(self.chance.uniform(0, 4))
                except subprocess.TimeoutExpired:
                    process.send_signal(number)
                said = process.communicate()[1]
                status = process.returncode
                begun = '"stage"' in said
                if status == -number and not begun:
                    ended["not begun"] += 1
                elif status in (0, 5):
                    ended["stopped" if status == 5 else "done"] += 1
                else:
                    raise Failure(f"{signal.Signals(number).name}: {status}, {said[-200:]}")
        self.check("analogy")
        self.table.append("signals: " + ", ".join(f"{n} {what}" for what, n in ended.items()))

    def two(self):
        name = "translate"
        for _ in range(self.rounds):
            shutil.rmtree(os.path.join(self.program.env["XDG_CACHE_HOME"], "simile"), True)
            processes = [self.program.begin(*self.arguments(name, f"{i}.png")) for i in range(2)]
            for process in processes:
                said = process.communicate()[1]
                if process.returncode != 0:
                    raise Failure(f"two at once: {process.returncode}, {said[-200:]}")
            with open(self.path("0.png"), "rb") as one, open(self.path("1.png"), "rb") as other:
                if one.read() != other.read():
                    raise Failure("two at once make different pictures")
            self.check(name)
        self.table.append(f"two: {self.rounds} pairs made the same")

    def model(self):
        shipped = os.path.join(os.path.dirname(os.path.dirname(self.simile)), MODEL)
        model, other = self.path("model"), self.path("other")
        ended = {}
        for turn in range(2 * self.rounds):
            for folder in (model, other):
                shutil.rmtree(folder, True)
                shutil.copytree(shipped, folder)
            process = self.program.begin(*self.arguments("analogy", "out.png", "--model", model))
            try:
                process.wait(self.chance.uniform(0, 3))
            except subprocess.TimeoutExpired:
                shutil.rmtree(model) if turn % 2 else os.rename(model, self.path("away"))
                if turn % 2 == 0:
                    os.rename(other, model)
            said = process.communicate()[1]
            shutil.rmtree(self.path("away"), True)
            if process.returncode not in (0, 1, 3, 7):
                raise Failure(f"model taken away: {process.returncode}, {said[-300:]}")
            ended[process.returncode] = ended.get(process.returncode, 0) + 1
        self.check("analogy")
        self.table.append(f"model: taken away {2 * self.rounds} times, ended with {ended}")

    def clock(self):
        library = self.path("clock.so")
        with open(self.path("clock.c"), "w") as file:
            file.write(CLOCK)
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, self.path("clock.c"), "-ldl"],
                       check=True)
        self.program.env["LD_PRELOAD"] = library
        session = self.path("clock.simile")
        for name in [*self.commands] * 2:
            if self.latent(name, "--session", session) != self.latents[name]:
                raise Failure(f"{name}: another latent where the clock jumps")
        runs = self.program.runs(session)
        del self.program.env["LD_PRELOAD"]
        methods = [run.get("method") for run in runs]
        if methods != [*self.commands] * 2:
            raise Failure(f"the runs stand in another order: {methods}")
        self.check("translate")
        self.table.append(f"clock: {len(runs)} runs in their order")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("simile")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parts = ("memory", "files", "signals", "two", "model", "clock")
    parser.add_argument("--only", choices=parts)
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        surroundings = Surroundings(os.path.abspath(options.simile), folder,
                                    random.Random(options.seed), options.rounds)
        failed = False
        for part in (options.only,) if options.only else parts:
            try:
                getattr(surroundings, part)()
            except Failure as failure:
                surroundings.table.append(f"{part}: FAILED: {failure}")
                failed = True
            print("\n".join(surroundings.table), flush=True)
            surroundings.table.clear()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
