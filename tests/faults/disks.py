#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program where a folder cannot be written or its disk is full, as an ordinary user.

    tests/faults/disks.py build-release/bin/simile

Needs root, to become another user and to mount small disks of its own; says so where it is not.
In turn the output folder, the cache, the state folder, the settings and all of HOME are read-only,
and on a disk that is full. What is only remembered keeps no picture from being written; a picture
whose own place fails is kept elsewhere, and that is said, with status 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile

from faults import PICTURES, whole_png

USER = 65534  # nobody
FOLDERS = ("out", "cache", "state", "config", "home")


def environment(root):
    names = ("cache", "config", "state", "data")
    env = {"PATH": os.environ["PATH"], "HOME": os.path.join(root, "home"), "OMP_NUM_THREADS": "1",
           "TMPDIR": os.path.join(root, "tmp"), "QT_QPA_PLATFORM": "offscreen", "SIMILE_LANGUAGE": "en"}
    return dict(env, **{f"XDG_{name.upper()}_HOME": os.path.join(root, name) for name in names})


def fill(folder):
    """A disk of its own with nothing left on it."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size=64k,uid={USER},mode=700", "tmpfs", folder],
                   check=True)
    subprocess.run(["sh", "-c", f"cat /dev/zero > {folder}/full 2>/dev/null"], check=False)


def attempt(simile, root, broken, how):
    """One run of one step: its status, what it said, and where the picture is."""
    for name in (*FOLDERS, "data", "tmp"):
        os.makedirs(os.path.join(root, name), mode=0o700)
        os.chown(os.path.join(root, name), USER, USER)
    env = environment(root)
    if broken == "home":  # all below it, too
        for name in ("CACHE", "CONFIG", "STATE", "DATA"):
            del env[f"XDG_{name}_HOME"]
    folder = os.path.join(root, broken)
    if how == "full":
        fill(folder)
    else:
        os.chown(folder, 0, 0)
        os.chmod(folder, 0o555)
    out = os.path.join(root, "out", "out.png")
    try:
        done = subprocess.run(
            ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", simile, "analogy",
             *PICTURES, "-o", out, "--steps", "2", "--precision", "fp32", "--json"],
            env=env, cwd=root, capture_output=True, text=True, timeout=600)
        written = os.path.exists(out) and whole_png(out)
        kept = [os.path.join(where, name) for where, _, names in os.walk(root) for name in names
                if name.endswith(".png") and os.path.join(where, name) != out]
        return done, written, [path for path in kept if whole_png(path)]
    finally:
        if how == "full":
            subprocess.run(["umount", folder], check=False)


def problem_of(broken, done, written, kept):
    said = done.stderr.strip()
    if done.returncode not in (0, 1):
        return f"status {done.returncode}: {said[-300:]}"
    if broken != "out":
        return "" if written and done.returncode == 0 else f"no picture: {said[-300:]}"
    if written or done.returncode == 0:
        return "it was written where nothing can be"
    # Told before the work, where that can be known; else the picture is kept.
    if not said or (not kept and "out.png" not in said):
        return f"not told: {said[-300:]}"
    return ""


def main():
    simile = os.path.abspath(sys.argv[1])
    if os.getuid() != 0 or not shutil.which("setpriv"):
        print("Skipped: this takes root and setpriv.")
        return 0
    if "--inside" not in sys.argv:  # mounts that nobody else sees
        return subprocess.run(["unshare", "-m", sys.executable, __file__, simile, "--inside"],
                              check=False).returncode
    problems = 0
    for broken in FOLDERS:
        for how in ("read-only", "full"):
            with tempfile.TemporaryDirectory(dir="/var/tmp") as root:
                os.chmod(root, 0o755)
                done, written, kept = attempt(simile, root, broken, how)
            problem = problem_of(broken, done, written, kept)
            problems += bool(problem)
            print(f"{broken:7} {how:10} status {done.returncode}  "
                  + (f"NOT SO: {problem}" if problem else "kept elsewhere" if kept else "told" if broken == "out" else "picture written"), flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
