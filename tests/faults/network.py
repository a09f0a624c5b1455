#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether the program asks for the network, and whether what it writes to pass on names
places of this machine.

    tests/faults/network.py build-release/bin/simile [NAME ...]

Each command, and the window, runs under strace (a developer's tool) without a network: none of
them opens a socket of a network (AF_INET, AF_INET6, AF_PACKET) or looks for the address of a name.
In the window Get models is opened, and nothing in it pressed, where there are Xvfb, openbox and
xdotool. What is fetched because its user asked is not tried here. Then the pictures, lists and
copies that were written are searched for marks that stand in the paths, links and environment of
the runs. With names of commands (or "window") those alone.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

from faults import PICTURES
from pickled import write_checkpoint

MARK = "marked-place-7f3a"
TOKEN = "marked-token-91bc"
SOCKET = re.compile(r"socket\((AF_INET6?|AF_PACKET|PF_INET6?|PF_PACKET)\b")
LOOK_UP = re.compile(r'"/etc/(resolv\.conf|hosts|gai\.conf)"')


def commands(root):
    """Each command, in an order in which they have what they need."""
    out = lambda name: os.path.join(root, "out", name)
    steps = ["--steps", "2", "--precision", "fp32", "--seed", "3"]
    session = out("session.simile")
    pictures = os.path.join(root, "pictures")
    yield "version", ["--version"], 0
    yield "help", ["--help"], 0
    yield "grid", ["grid", *PICTURES, "-o", out("grid.png")], 0
    yield "analogy", ["analogy", *PICTURES, "-o", out("out.png"), *steps, "--session", session], 0
    yield "each", ["analogy", *PICTURES[:2], "--each", pictures, "-o", out("each/"), *steps], 0
    yield "translate", ["translate", PICTURES[2], "--prompt", "a red circle", "-o",
                        out("translated.png"), "--inversion-steps", "2", *steps], 0
    yield "prompt-free", ["prompt-free", PICTURES[2], "-o", out("free.png"), *steps], 0
    yield "annotate", ["annotate", PICTURES[2], "-o", out("map.png")], 0
    yield "invert", ["invert", PICTURES[2], "--inversion-steps", "25", "--precision", "fp32"], 0
    yield "features", ["features", PICTURES[2], "--layer", "4", "-o", out("features.png"),
                       "--precision", "fp32", "--inversion-steps", "25", "--step", "2"], 0
    yield "inspect", ["inspect", out("out.png"), "--kind", "shares", "-o", out("shares.csv")], 0
    yield "models", ["models", "--check"], 0
    yield "conversion", ["models", os.path.join(root, "model.ckpt")], 0
    yield "runs", ["runs", session, "--save", out("copy.simile")], 0
    yield "go-on", ["go-on", session], 7  # nothing stopped
    yield "compare", ["compare", out("out.png"), out("grid.png")], None
    yield "verify", ["verify", out("out.png")], 0
    yield "plugins", ["plugins"], 0


def environment(root):
    env = dict(os.environ, HOME=root, OMP_NUM_THREADS="1", OMP_WAIT_POLICY="passive",
               QT_QPA_PLATFORM="offscreen", SIMILE_LANGUAGE="en", HF_TOKEN=TOKEN)
    names = ("cache", "config", "state", "data")
    return dict(env, **{f"XDG_{name.upper()}_HOME": os.path.join(root, name) for name in names})


class Screen:
    """A display of its own, where there are the programs for it."""

    def __init__(self):
        self.programs, self.name = [], None
        if not all(shutil.which(name) for name in ("Xvfb", "openbox", "xdotool")):
            return
        read, write = os.pipe()
        self.programs.append(subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=(write,), stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as told:
            self.name = ":" + told.readline().strip()
        self.programs.append(subprocess.Popen(["openbox"], env=self.environment(), stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL))

    def environment(self):
        return dict(os.environ, DISPLAY=self.name)

    def ask(self, *words):
        return subprocess.run(["xdotool", *words], env=self.environment(), text=True, check=False,
                              stdout=subprocess.PIPE).stdout

    def waited_for(self, title):
        for _ in range(300):
            if self.ask("search", "--onlyvisible", "--name", title):
                return True
            time.sleep(1)
        return False

    def open_get_models(self):
        """As a hand does; nothing in it is pressed. What did not come about, or nothing."""
        if not self.waited_for("Simile"):
            return "the window did not open"
        time.sleep(20)
        self.ask("key", "ctrl+k")
        time.sleep(5)
        self.ask("type", "--delay", "100", "Get models")
        time.sleep(3)
        self.ask("key", "Return")
        return "" if self.waited_for("Get models") else "Get models did not open"

    def close(self):
        for program in reversed(self.programs):
            program.terminate()
            program.wait()


def traced(simile, root, arguments, window=False):
    """The status, what was said, and what strace saw of sockets and look-ups."""
    trace = os.path.join(root, "trace")
    alone = ["unshare", "-n"] if os.getuid() == 0 else ["unshare", "-rn"]
    screen = Screen() if window else None
    more = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"} if screen and screen.name else {}
    process = subprocess.Popen(
        [*alone, "strace", "-f", "-qq", "-e", "trace=socket,open,openat,connect", "-o", trace, simile,
         *arguments], env=dict(environment(root), **more), cwd=root, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True)
    lack = ""
    if window:
        if screen.name:
            lack = screen.open_get_models()
        time.sleep(30)
        os.killpg(process.pid, signal.SIGTERM)
    said = process.communicate(timeout=1200)
    if screen:
        screen.close()
    with open(trace, encoding="utf-8", errors="replace") as file:
        seen = [line.strip() for line in file if SOCKET.search(line) or LOOK_UP.search(line)]
    seen += [lack] if lack else []
    return process.returncode, "".join(said), seen


def texts_of(path):
    """A file's bytes, and what is packed in it."""
    with open(path, "rb") as file:
        data = file.read()
    yield data
    at = 8
    while data.startswith(b"\x89PNG") and at + 12 <= len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += 12 + size
        if kind in (b"iTXt", b"zTXt"):
            for begin in range(len(body)):
                if body[begin:begin + 1] == b"x":
                    try:
                        yield zlib.decompress(body[begin:])
                        break
                    except zlib.error:
                        pass


def marks(root):
    """The files to pass on that name a place, a link or a token of these runs."""
    for folder, _, names in os.walk(os.path.join(root, "out")):
        for name in names:
            if name.startswith("session.simile"):
                continue  # one's own session knows where its files lie
            for text in texts_of(os.path.join(folder, name)):
                for mark in (MARK, TOKEN):
                    if mark.encode() in text:
                        yield f"{name} has {mark}"


def main():
    simile = os.path.abspath(sys.argv[1])
    if not shutil.which("strace"):
        print("Skipped: there is no strace.")
        return 0
    problems = 0
    with tempfile.TemporaryDirectory() as above:
        root = os.path.join(above, MARK)
        for name in ("out", "pictures", "state", "cache", "config", "data"):
            os.makedirs(os.path.join(root, name))
        shutil.copy(PICTURES[2], os.path.join(root, "pictures"))
        os.symlink(PICTURES[2], os.path.join(root, "pictures", "linked.png"))
        write_checkpoint(os.path.join(root, "model.ckpt"), 2, 10)
        tried = [(name, arguments, status, False) for name, arguments, status in commands(root)]
        tried.append(("window", ["--new-instance", PICTURES[2]], None, True))
        wanted = sys.argv[2:]
        for name, arguments, status, window in tried:
            if wanted and name not in wanted:
                continue
            code, said, seen = traced(simile, root, arguments, window)
            right = not seen and (status is None or code == status)
            problems += not right
            print(f"{name:12} status {code}  " + ("no network" if right else "NOT SO: " + "; ".join(
                seen[:3] or [said.strip()[-300:]])), flush=True)
        found = list(marks(root))
        problems += len(found)
        written = sum(len(names) for _, _, names in os.walk(os.path.join(root, "out")))
        print(f"{written} files were searched for marks: " + ("; ".join(found) or "none has any"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
