# SPDX-License-Identifier: GPL-3.0-or-later
"""Plants texts that are not translated, or wrongly, in a folder: resources/translations/update.py
--check has to find each of them.

    translations.py LUPDATE FOLDER"""

import shutil
import subprocess
import sys
from pathlib import Path

UPDATE = Path(__file__).resolve().parent.parent / "resources" / "translations" / "update.py"
LUPDATE, FOLDER = sys.argv[1], Path(sys.argv[2])

CLASS = "#include <QObject>\nclass Planted : public QObject {\n    Q_OBJECT\npublic:\n    QString text();\n};\n"
TR = CLASS + "QString Planted::text() { return tr(%s); }\n"
THROWN = "void planted() { throw Error(%s); }\n"
LABEL = "std::vector<Parameter> all() { return {{.id = \"a\", .label = %s}}; }\n"
CHOICE = "Parameter one() { return {.choices = {{\"a\", %s}}}; }\n"
TIP = '[{"id": "a", "label": %s, "values": {}}]'

# The file, what stands in it, its text, the translation (nothing: none), what is complained of.
CASES = [
    ("app/planted.cpp", TR, '"Some text"', None, "is not translated"),
    ("core/planted.cpp", THROWN, '"The file " "%1 is gone.", name', None, "is not translated"),
    ("plugins/planted.cpp", LABEL, '"Steps"', None, "is not translated"),
    ("plugins/planted.cpp", CHOICE, '"Cut off"', None, "is not translated"),
    ("resources/presets/planted.json", TIP, '"A preset"', None, "is not translated"),
    ("core/planted.cpp", THROWN, '"It has %1 and %2.", a, b', "%1", "differs in %2"),
    ("app/planted.cpp", TR, '"It is <b>so</b>."', "So", "has other tags"),
    ("app/planted.cpp", TR, '"&Open..."', "Open", "has another number of &amp;"),
    ("app/planted.cpp", TR, '"&Open..."', "열기(&amp;X)", "has another letter"),
    ("app/planted.cpp", "%.0s", '"Gone"', "Gone", "is said no longer"),
    ("core/planted.cpp", THROWN, '"It has %1.", a', "%1!", ""),
    ("core/planted.cpp", "const char* const key = %s;\n", '"unet.down_blocks"', None, ""),
]


def plant(file, source, text, translation):
    shutil.rmtree(FOLDER, ignore_errors=True)
    for folder in ("app", "ui", "core", "plugins", "resources/presets", "resources/translations"):
        (FOLDER / folder).mkdir(parents=True)
    (FOLDER / file).write_text(source % text, encoding="utf-8")
    words = "".join(text.split('"')[1::2]).replace("&", "&amp;").replace("<", "&lt;")
    context = "Planted" if file.startswith("app") else "core"
    message = "" if translation is None else (
        f"<context><name>{context}</name><message><source>{words}</source>"
        f"<translation>{translation}</translation></message></context>"
    )
    (FOLDER / "resources/translations/simile_ko.ts").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="ko_KR">{message}</TS>\n',
        encoding="utf-8",
    )


failed = False
for file, source, text, translation, complaint in CASES:
    plant(file, source, text, translation)
    ran = subprocess.run(
        [sys.executable, UPDATE, "--check", "--lupdate", LUPDATE, "--root", FOLDER],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )
    found = complaint.replace("&amp;", "&") in ran.stdout and ran.returncode == 1
    if found if not complaint else not found:
        print(f"{file} with {text} as {translation}: {complaint or 'nothing'} is to be found, but:\n{ran.stdout}")
        failed = True
shutil.rmtree(FOLDER, ignore_errors=True)
sys.exit(failed)
