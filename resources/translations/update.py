#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings simile_*.ts up to date with what the program says, or checks that they are.

    resources/translations/update.py             puts new texts in, takes out what is no longer said
    resources/translations/update.py --check     changes nothing; ends with 1 where a text is not
                                                 translated, a translation is damaged or dead

tr() is found by Qt's lupdate; the texts of core and of the methods by texts.py, which are handed to
lupdate as a source in the context "core". --lupdate FILE says where that is, --root FOLDER
where the sources are."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

sys.dont_write_bytecode = True
import texts  # noqa: E402

PLURALS = "simile_en.ts"  # English has only what %n needs


def escaped(text):
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return "".join(signs.get(sign, sign) for sign in text)


def find_lupdate(given):
    for name in (given, "/usr/lib/qt6/bin/lupdate", shutil.which("lupdate6"), shutil.which("lupdate")):
        if name and Path(name).exists():
            return name
    sys.exit("There is no lupdate: install the package qt6-l10n-tools, or name it with --lupdate.")


def update(root, files, lupdate, folder):
    """Runs lupdate over the sources and the texts of core."""
    core = Path(folder) / "core.cpp"
    lines = [f'QT_TRANSLATE_NOOP("core", "{escaped(text)}"),\n' for text in texts.texts(root)]
    core.write_text("const char* const texts[] = {\n" + "".join(lines) + "};\n", encoding="utf-8")
    for file in files:
        command = [
            lupdate, "-silent", "-no-obsolete", "-locations", "none", "-I", str(root),
            str(root / "app"), str(root / "ui"), str(core), "-ts", str(file),
        ]
        if file.name == PLURALS:
            command.insert(1, "-pluralonly")
        ran = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        lost = [line for line in ran.stderr.splitlines() if "without context" in line]
        if ran.returncode != 0 or lost:
            sys.exit("lupdate failed.\n" + ("\n".join(lost) or ran.stderr))


def messages(file):
    """By context and text: the translations (one for each numerus form) and whether they are
    finished."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")]
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment"))
            found[key] = (forms or [translation.text or ""], translation.get("type") is None)
    return found


def gaps(text):
    return set(re.findall(r"%(?:L?\d|n)", text))


def tags(text):
    return sorted(re.findall(r"</?[a-z]+>", text))


def mnemonics(text):
    return [letter.upper() for letter in re.findall(r"&([^&\s])", text.replace("&&", ""))]


def damage(source, translation, forms):
    """What is wrong with a translation; empty: nothing."""
    if not translation.strip() and source.strip():
        return "is not translated"
    lost = gaps(source) ^ gaps(translation)
    if forms > 1:
        lost.discard("%n")  # "one step" does without
    if lost:
        return "differs in " + ", ".join(sorted(lost))
    if tags(source) != tags(translation):
        return "has other tags"
    if len(mnemonics(source)) != len(mnemonics(translation)):
        return "has another number of &"
    # Behind a text that has no Latin letters: then no menu has a letter twice where English has not.
    if re.search(r"\(&\w\)", translation) and mnemonics(source) != mnemonics(translation):
        return "has another letter behind &"
    for sign, name in (("\n", "lines"), ("\t", "tabs")):
        if source.count(sign) != translation.count(sign):
            return f"has another number of {name}"
    return ""


def check(old, new):
    """What is wrong with a file, whose state the sources ask for is new."""
    wrong = []
    was, now = messages(old), messages(new)
    for (context, source, comment), (forms, finished) in now.items():
        shown = f"{context}: {source!r}"
        if (context, source, comment) not in was or not finished:
            wrong.append(f"{shown} is not translated")
            continue
        wrong += [f"{shown} {why}" for why in (damage(source, f, len(forms)) for f in forms) if why]
    for context, source, comment in was:
        if (context, source, comment) not in now:
            wrong.append(f"{context}: {source!r} is said no longer")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--lupdate")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    lupdate = find_lupdate(arguments.lupdate)
    root = arguments.root
    files = sorted((root / "resources" / "translations").glob("simile_*.ts"))
    with tempfile.TemporaryDirectory() as folder:
        if not arguments.check:
            update(root, files, lupdate, folder)
            return 0
        copies = [Path(shutil.copy(file, Path(folder) / file.name)) for file in files]
        update(root, copies, lupdate, folder)
        wrong = [f"{old.name}: {why}" for old, new in zip(files, copies) for why in check(old, new)]
    for line in wrong:
        print(line)
    if wrong:
        print(f"{len(wrong)} texts: run {os.path.relpath(__file__)} and translate what is unfinished.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
