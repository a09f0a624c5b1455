# SPDX-License-Identifier: GPL-3.0-or-later
"""What of core and the methods people read: the patterns that translated() (app/translated.h) looks
up in the context "core". lupdate cannot find them, since they stand in no tr(): they are literals of
sentences and labels in the sources, and fields of the JSON files in resources."""

import json
import re
from pathlib import Path

TOKEN = re.compile(
    r"""
    //[^\n]* | /\*.*?\*/
    | R"(?P<mark>[^()\\\s]*)\((?P<raw>.*?)\)(?P=mark)"
    | (?:u8|u|U|L)?"(?P<text>(?:[^"\\\n]|\\.)*)"
    | '(?:[^'\\\n]|\\.)+'
    | (?P<word>\.?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)(?:<[\w:,\s*&<>]*>(?=\())?
    | \.?\d(?:[\w.]|'\d)*
    | (?P<sign>[(){}\[\];,=?:])
    """,
    re.X | re.S,
)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]+|.)")
ESCAPED = {"n": "\n", "t": "\t", "0": "\0", "r": "\r"}

# Whose literals are read, if they are words at all.
SPEAKING = {
    "Error", "ValueError", "WorkError", "CommandError", "Sentence", "words", "print", "StageEvent",
    "progress", "tell", "checkNumbers", "checkMemory", "checkRoom", "loadPart", "exchange", "parseJson",
}
FIELDS = {
    ".label", ".help", ".unit", ".group", ".section", ".name", ".description", ".resultLabel",
    ".stage", ".problem", ".said", ".purpose", ".note", "resultLabel",
}
# Whose literals nobody reads: keys, names of tensors, of signals and of files, SQL, HTML.
SILENT = {
    "tr", "translate", "QT_TRANSLATE_NOOP", "QStringLiteral", "QLatin1String", "assert",
    "static_assert", "at", "text", "value", "find", "contains", "starts_with", "ends_with", "kept",
    "prepare", "execute", "number", "printf", "invalid_argument", "out_of_range", "logic_error",
    "runtime_error", "getenv", "connect", "conv", "linear", "norm", "callOf", "png_error", "append",
    "qEnvironmentVariable", "setObjectName", "setStyleSheet", "string_view",
}
NOT_READ = {
    "version https://git-lfs", "Raw profile type exif", "Raw profile type APP1", "gimp xcf",
    "Not enough image data", "Mconv", "Del", "Esc", "Simile", "Host",
    "xxx, 00 xxx 0000 00:00:00 GMT",
}
SILENT_NAMES = re.compile(r"(Scheduler|Block2D)$|^[A-Z]{2,}$|^[\n,]|[^%\d] $|[^\n]\n$|^ ?(SELECT|INSERT|DELETE|UPDATE|CREATE|DROP|PRAGMA|WITH|FROM|EXISTS)\b|\bWHERE\b|<[a-z/!]|Ctrl\+")
# The JSON files that are read to people, and which of their entries.
JSON = {
    "presets": ("label", "note"),
    "lessons": ("title", "text"),
    "samples": ("title", "shows"),
    "catalogue": ("title", "purpose", "restrictions"),
}


def unescaped(text):
    def sign(match):
        code = match.group(1)
        if code[0] in "ux" and len(code) > 1:
            return chr(int(code[1:], 16))
        return ESCAPED.get(code, code)

    return ESCAPE.sub(sign, text)


def literals(source):
    """The string literals of a C++ source, those beside each other as one: the text, the calls that
    it is an argument of (the innermost last), and the field that is initialised by it."""
    source = PREPROCESSOR.sub("", source)
    calls, found, last = [], [], ""
    joined = False  # the token before is a literal, too
    for match in TOKEN.finditer(source):
        kind = match.lastgroup
        if kind == "mark":
            kind = "raw"
        if match.group("raw") is not None or match.group("text") is not None:
            text = match.group("raw")
            if text is None:
                text = unescaped(match.group("text"))
            if joined:
                found[-1][0] += text
            else:
                field = calls[-1][1] if calls else ""
                found.append([text, [call for call, _ in calls], field])
            joined, last = True, ""
            continue
        if match.group().startswith(("//", "/*")):
            continue
        joined = False
        if kind == "word":
            last = match.group("word")
            continue
        sign = match.group()
        if sign in "({[":
            calls.append([last.rsplit("::", 1)[-1].lstrip("."), ""])
        elif sign in ")}]" and calls:
            calls.pop()
        elif sign == "=" and calls:
            calls[-1][1] = last
        elif sign in ",;" and calls:
            calls[-1][1] = ""
        last = "" if sign != "=" else last
    return found


def is_words(text):
    """Whether it looks like something to read, not like a key."""
    return bool(re.search(r"[A-Za-z′%\d):,.;] [A-Za-z%(\"]|[A-Za-z]{2}\.$", text)) and not re.search(
        r"^[a-z_0-9.]+\.$", text
    )


def is_read(text, calls, field):
    if text in NOT_READ or not re.search(r"[A-Za-z]{2}|^[A-Z]′?$", text) or SILENT_NAMES.search(text):
        return False
    if field in FIELDS:
        return True
    if any(call in SILENT for call in calls[-2:]):
        return False
    near = calls[-1:] if calls and calls[-1] else calls[-2:-1]  # through a bracket
    if near and near[0] in SPEAKING:
        return is_words(text) or bool(re.fullmatch(r"\"?[A-Za-z-]+[:\"]?", text))
    return is_words(text) or bool(re.fullmatch(r"[A-Z][a-z]+(-[a-z]+)?", text))


def of_sources(root):
    """The patterns in the sources, with the file of each."""
    found = {}
    for folder in ("core", "plugins", "app", "ui"):
        for path in sorted(p for p in (root / folder).rglob("*") if p.suffix in (".cpp", ".h")):
            name = path.relative_to(root).as_posix()
            for text, calls, field in literals(path.read_text(encoding="utf-8")):
                if is_read(text, calls, field):
                    found.setdefault(text, name)
    return found


def of_json(root):
    found = {}

    def visit(value, keys, name):
        if isinstance(value, list):
            for each in value:
                visit(each, keys, name)
        elif isinstance(value, dict):
            for key, each in value.items():
                if key in keys and isinstance(each, str) and each:
                    found.setdefault(each, name)
                else:
                    visit(each, keys, name)

    for folder, keys in JSON.items():
        for path in sorted((root / "resources" / folder).rglob("*.json")):
            visit(json.loads(path.read_text(encoding="utf-8")), keys, path.relative_to(root).as_posix())
    return found


def texts(root):
    """All of them, with the file of each."""
    return of_sources(Path(root)) | of_json(Path(root))
