#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""libtorch.py FOLDER: fetches libtorch as a wheel with `pip download --no-deps` and unpacks it.

It gives FOLDER/torch/{include,lib}, and beside it NVIDIA's libraries where they are needed. Nothing
is installed. FOLDER appears only when it is complete."""

import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import zipfile

from pip._vendor.packaging.requirements import Requirement

VERSION = "2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def say(text):
    print("      " + text, flush=True)


def pip_download(requirement, folder, *options):
    """The wheel of a requirement such as torch==2.13.0, or None and why not in FOLDER/pip.log."""
    # libtorch does not depend on the Python version: another one's wheel serves as well.
    other_python = [
        "--python-version", "311", "--implementation", "cp", "--abi", "cp311", "--abi", "none",
        "--platform", f"manylinux_2_28_{platform.machine()}",
        "--platform", f"manylinux_2_27_{platform.machine()}",
        "--platform", f"manylinux2014_{platform.machine()}",
    ]
    for python in ([], other_python):
        before = set(folder.glob("*.whl"))
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
                   "--dest", folder, *python, *options, requirement]
        if run_pip(command, folder / "pip.log") == 0:
            return (set(folder.glob("*.whl")) - before).pop()
    return None


def run_pip(command, log):
    """Shows what is downloaded and how large it is; why something fails goes into the log."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    pip = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT)
    with open(log, "a") as lines:
        for line in pip.stdout:
            lines.write(line)
            if re.match(r" *(Downloading|Processing|Using cached) ", line):
                say(line.strip())
    return pip.wait()


def has_nvidia_gpu():
    if pathlib.Path("/proc/driver/nvidia/version").exists():
        return True
    tool = shutil.which("nvidia-smi")
    return bool(tool) and subprocess.run([tool, "-L"], capture_output=True).returncode == 0


def torch_wheel(folder):
    cpu = f"torch=={VERSION}+cpu"
    either = f"torch=={VERSION}"
    if has_nvidia_gpu():
        say("There is an NVIDIA GPU, so libtorch with CUDA is downloaded: about 2.5 GB in all.")
        attempts = [("your package sources", f"torch==={VERSION}", []),
                    ("your package sources", either, [])]
    else:
        say("There is no NVIDIA GPU, so libtorch for the CPU is downloaded: one wheel of 0.2 GB.")
        attempts = [("your package sources", cpu, []),
                    ("PyTorch's own index", cpu, ["--index-url", CPU_INDEX]),
                    ("your package sources, whatever they have", either, [])]
    for source, requirement, options in attempts:
        say(f"Trying {source}: {requirement}")
        wheel = pip_download(requirement, folder, *options)
        if wheel:
            return wheel
    give_up("libtorch", folder)


def give_up(what, folder):
    print((folder / "pip.log").read_text())
    sys.exit(f"Simile: {what} could not be downloaded; pip's reasons stand above. Check the"
             " network, or set LIBTORCH to the folder of a libtorch of your own.")


def requirements(wheel, extras):
    """The wheels with shared libraries that a wheel needs: (name, specifier, extras) each."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]*\.dist-info/METADATA", n))
        metadata = archive.read(name).decode()
    for line in re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE):
        needed = Requirement(line)
        if not re.match(r"nvidia-|cuda-toolkit$", needed.name):
            continue
        marker = needed.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ["", *extras]):
            yield needed.name, str(needed.specifier), frozenset(needed.extras)


def with_cuda(wheel):
    return any(n.endswith("/libtorch_cuda.so") for n in zipfile.ZipFile(wheel).namelist())


def cuda_wheels(wheel, folder):
    """libtorch_cpu of a CUDA wheel is linked against NVIDIA's libraries as well."""
    say("It is a wheel with CUDA: NVIDIA's libraries are downloaded too, about 2 GB.")
    # Breadth first: what pins a version comes before what takes any.
    wheels, seen, waiting = {}, set(), list(requirements(wheel, []))
    while waiting:
        needed = waiting.pop(0)
        if needed in seen:
            continue
        seen.add(needed)
        name, specifier, extras = needed
        if name not in wheels:
            wheels[name] = pip_download(name + specifier, folder)
        if not wheels[name]:
            give_up(f"{name}, which libtorch needs,", folder)
        waiting += requirements(wheels[name], extras)
    return list(wheels.values())


def unpack(wheel, folder):
    wanted = re.compile(r"torch/(include|lib)/|torch\.libs/|nvidia/.*|[^/]*\.dist-info/.*")
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if wanted.match(name) and not name.endswith(".py"):
                archive.extract(name, folder)


def main():
    target = pathlib.Path(sys.argv[1])
    if (target / "complete").exists():
        say("Downloaded already: " + (target / "complete").read_text().split()[0])
        return
    part = target.with_name(target.name + ".part")
    for left_over in (part, target):
        shutil.rmtree(left_over, ignore_errors=True)
    part.mkdir(parents=True)
    wheels = [torch_wheel(part)]
    if with_cuda(wheels[0]):
        wheels += cuda_wheels(wheels[0], part)
    say(f"Unpacking {len(wheels)} wheel" + ("s" if len(wheels) > 1 else ""))
    for wheel in wheels:
        unpack(wheel, part)
        wheel.unlink()
    (part / "complete").write_text("".join(w.name + "\n" for w in wheels))
    part.rename(target)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Simile: stopped. The next run downloads libtorch anew.")
    except (OSError, zipfile.BadZipFile) as error:
        sys.exit(f"Simile: libtorch could not be fetched into {sys.argv[1]}: {error}. Check the space"
                 " and the rights there, or set LIBTORCH to the folder of a libtorch of your own.")
