# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes safetensors files at random, for safetensorsrules.py: what the header says, how its JSON
is written, single bytes of it, and the sizes around it."""

import copy
import json
import math
import struct

DTYPES = {"BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8,
          "F8_E4M3": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16,
          "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32, "C64": 64, "F64": 64, "I64": 64,
          "U64": 64}
NO_DTYPES = ["", "f32", "F32 ", " F32", "F32\0", "F8_E4M3FN", "F4 ", "FLOAT", "Ｆ32", "F128", "U4"]
EDGES = [0, 1, 2, 3, 7, 8, 255, (1 << 31) - 1, 1 << 32, (1 << 48) - 1, 1 << 48, (1 << 48) + 1,
         1 << 58, 1 << 60, 1 << 61, 1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, 1 << 64,
         1 << 70]


class Raw(str):
    """A token as it is written, whether it is JSON or not."""


class Object(list):
    """A JSON object as pairs, so that names can be equal."""


NUMBERS = [Raw(text) for text in (
    "-0", "-1", "1.0", "1e0", "1E+0", "01", "+1", "0x1", "1e308", "1e309", "-1e999", "1e-999", ".5",
    "1.", "1e", "-", "NaN", "Infinity", "-Infinity", "9" * 20, "9" * 310, "0." + "9" * 400)]
PLAIN = [None, True, False, "", "x", "1", [], Object(), [[1]], [None], Object([("k", 1)]),
          Object([("k", 1), ("k", 1)])]
VALUES = [*PLAIN, *PLAIN, Raw("nul"), Raw("'x'"), Raw(""), *NUMBERS]


def any_value(chance, values=VALUES):
    """One of them, to be changed further: the next file begins with what is written here."""
    return copy.deepcopy(chance.choice(values))


# Letters as they are written between quotes.
LETTERS = [Raw(text) for text in (
    "\\u0000", "\\n", "\\u001b", "\\u007f", "\x7f", "\\u0080", "\u009f", "\\u00a0", "\\u061c",
    "\u061b", "\\u200d", "\u200e", "\\u200f", "\\u2010", "\\u2027", "\u2028", "\\u202e", "\\u202f",
    "\\u2065", "\\u2066", "\u2069", "\\u206a", "é", "한", "\\ud83d\\ude00", "🚀", "\\ud83d",
    "\\ude00", "\\ud83d\\u0041", "\\ude00\\ud83d", "\\x41", "\\u12", "\\u+123", "\\/", "\\", "\t",
    "\ufeff", "\\u0061")]
CHUNKS = [b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
          b"\xef\xbb\xbf", b"\xe2\x80", b",", b":", b'"', b"{", b"}", b"[", b"]", b" ", b"\n",
          b"\t", b"\r", b"\x0b", b"\xc2\xa0", b"//", b"/**/", b"{}", b"null", b"\\", b"0", b"-",
          b"."]


def written(value, chance):
    """JSON, with blanks here and there where chance has it so."""
    def blank():
        return chance.choice([" ", "\n", "\t", "\r", "  "]) if chance.random() < loose else ""

    def text(item):
        if isinstance(item, Raw):
            return str(item)
        if isinstance(item, Object):
            return "{" + ",".join(f"{blank()}{key(name)}{blank()}:{blank()}{text(part)}{blank()}"
                                  for name, part in item) + "}"
        if isinstance(item, list):
            return "[" + ",".join(f"{blank()}{text(part)}{blank()}" for part in item) + "]"
        return json.dumps(item, ensure_ascii=ascii_only)

    def key(name):
        return f'"{name}"' if isinstance(name, Raw) else json.dumps(name, ensure_ascii=ascii_only)

    loose, ascii_only = chance.choice([0, 0, 0.2]), chance.random() < 0.5
    return text(value)


def tensors(header):
    return [place for place, (name, entry) in enumerate(header)
            if name != "__metadata__" and isinstance(entry, Object)]


def field(entry, name):
    return next((value for key, value in entry if key == name), None)


def put(entry, name, value):
    for place, (key, _) in enumerate(entry):
        if key == name:
            entry[place] = (key, value)


def bits_of(entry):
    shape, dtype = field(entry, "shape"), field(entry, "dtype")
    if type(shape) is not list or not all(type(side) is int for side in shape):
        return 0
    return math.prod(shape) * DTYPES.get(dtype if isinstance(dtype, str) else "", 0)


def lay_out(header, chance):
    """Gives the tensors offsets that fit, in any order."""
    places, end = tensors(header), 0
    if chance.random() < 0.3:
        chance.shuffle(places)
    for place in places:
        begin, end = end, end + bits_of(header[place][1]) // 8
        put(header[place][1], "data_offsets", [begin, end])


def new_tensor(header, chance):
    sides = chance.choice([0, 1, 1, 2, 2, 2, 4, 4, 8])
    shape = [chance.choice([0, 1, 1, 2, 3, 4, 8]) for _ in range(sides)]
    entry = Object([("dtype", chance.choice(list(DTYPES))), ("shape", shape),
                    ("data_offsets", [0, 0])])
    chance.shuffle(entry)
    header.insert(chance.randrange(len(header) + 1), (f"t{chance.randrange(1000)}", entry))
    lay_out(header, chance)


def one_of(header, chance):
    """The pair of a tensor, and its place in the header."""
    places = tensors(header)
    if not places:
        new_tensor(header, chance)
        places = tensors(header)
    place = chance.choice(places)
    return place, header[place][1]


def change_offset(header, chance):
    _, entry = one_of(header, chance)
    offsets = field(entry, "data_offsets")
    if type(offsets) is not list or len(offsets) != 2 or type(offsets[0]) is not int:
        return
    kind = chance.randrange(5)
    if kind == 0:
        offsets[chance.randrange(2)] = chance.choice(EDGES + NUMBERS)
    elif kind == 1:  # a gap or an overlap: all of it moves
        by = chance.choice([-4, -1, 1, 4, 4096])
        put(entry, "data_offsets", [max(offsets[0] + by, 0), max(offsets[1] + by, 0)]
            if type(offsets[1]) is int else offsets)
    elif kind == 2:
        offsets.reverse()
    elif kind == 3:
        offsets.append(chance.choice(offsets)) if chance.random() < 0.5 else offsets.pop()
    else:  # the same bytes as another has
        put(entry, "data_offsets", copy.deepcopy(field(one_of(header, chance)[1], "data_offsets")))


def change_dtype(header, chance):
    put(one_of(header, chance)[1], "dtype", any_value(chance, list(DTYPES) * 2 + NO_DTYPES + PLAIN))
    if chance.random() < 0.7:
        lay_out(header, chance)


def change_shape(header, chance):
    _, entry = one_of(header, chance)
    shape = field(entry, "shape")
    if type(shape) is not list:
        return
    kind, place = chance.randrange(5), chance.randrange(len(shape) + 1)
    if kind == 0:
        shape.insert(place, chance.choice([0, 1, 1, 2, 3]))
    elif kind == 1:
        shape[:] = [chance.choice(EDGES) for _ in range(chance.randrange(1, 4))]
    elif kind == 2 and shape:
        shape[place - 1] = any_value(chance, EDGES[:8] + VALUES)
    elif kind == 3:
        shape.extend([1] * chance.randrange(1, 10))
    else:
        chance.shuffle(shape)
    if chance.random() < 0.7:
        lay_out(header, chance)


def change_name(header, chance):
    place, entry = one_of(header, chance)
    letter = chance.choice(["a", "é", "한"])
    most = 1024 // len(letter.encode())
    header[place] = (chance.choice([
        "", "__metadata__", "../../etc/passwd", letter * (most + chance.choice([-1, 0, 1])),
        Raw("n" + chance.choice(LETTERS) + "n"), chance.choice(header)[0]]), entry)


def change_metadata(header, chance):
    pairs = Object([("format", "pt")])
    for _ in range(chance.randrange(3)):
        key = chance.choice(["format", "k", "", "\0", Raw("\\u0066ormat"),
                             Raw(chance.choice(LETTERS))])
        pairs.append((key, chance.choice(["", "x", "\0", Raw(f'"{chance.choice(LETTERS)}"'),
                                          any_value(chance)])))
    value = pairs if chance.random() < 0.7 else any_value(chance)
    if chance.random() < 0.8:
        header[:] = [pair for pair in header if pair[0] != "__metadata__"]
    header.insert(chance.randrange(len(header) + 1), ("__metadata__", value))


def deep(levels, chance):
    value = any_value(chance)
    for _ in range(levels):
        value = [value] if chance.random() < 0.5 else Object([("shape", value)])
    return value


def add_field(header, chance):
    _, entry = one_of(header, chance)
    name = chance.choice(["x", "", "Dtype", "strides", "shape", "dtype", Raw("\\u0064type")])
    value = deep(chance.choice([0, 0, 1, 4, 5, 6, 7, 20, 200]), chance)
    entry.insert(chance.randrange(len(entry) + 1), (name, value))


def take_field(header, chance):
    _, entry = one_of(header, chance)
    if entry:
        place = chance.randrange(len(entry))
        if chance.random() < 0.5:
            del entry[place]
        else:
            entry[place] = (entry[place][0], any_value(chance))


def copy_something(header, chance):
    _, entry = one_of(header, chance)
    pairs = chance.choice([header, entry])
    if pairs:
        pairs.insert(chance.randrange(len(pairs) + 1), chance.choice(pairs))


def reorder(header, chance):
    chance.shuffle(header)
    for place in tensors(header):
        chance.shuffle(header[place][1])


def replace_entry(header, chance):
    place, entry = one_of(header, chance)
    as_list = [value for _, value in entry]
    header[place] = (header[place][0], any_value(chance, [as_list, *VALUES]))


def reach_a_limit(header, chance):
    """Just as many as may be, one less, some more; rarely, since it takes its time."""
    by = chance.choice([-1, 0, 1, 2])
    kind = chance.randrange(40)
    if kind == 0:
        empty = Object([("dtype", "U8"), ("shape", [0]), ("data_offsets", [0, 0])])
        header[:0] = [(f"n{i}", empty) for i in range(200_000 - len(tensors(header)) + by)]
    elif kind in (1, 2):
        header[:] = [pair for pair in header if pair[0] != "__metadata__"]
        header.append(("__metadata__", Object((str(i), "") for i in range(100_000 + by))))
    else:
        _, entry = one_of(header, chance)
        entry.extend((f"n{i}", i) for i in range(1000 - len(entry) + by))


OF_THE_HEADER = [new_tensor, new_tensor, change_offset, change_offset, change_offset, change_dtype,
                 change_shape, change_shape, change_name, change_name, change_metadata, add_field,
                 take_field, copy_something, reorder, reorder, replace_entry]


def change_text(text, chance):
    """Bytes of the JSON, whatever they mean."""
    place = chance.randrange(len(text) + 1)
    kind = chance.randrange(6)
    if kind == 0:
        return text[:place] + chance.choice(CHUNKS) + text[place:]
    if kind == 1:
        return text[:place] + text[place + chance.choice([1, 1, 2, 8]):]
    if kind == 2:
        return text[:place] + bytes([chance.randrange(256)]) + text[place + 1:]
    if kind == 3:
        return chance.choice(CHUNKS) + text
    if kind == 4:
        return text + chance.choice(CHUNKS)
    return text[:place]


def data_size(header):
    """Up to which byte the tensors say that there is data, within reason."""
    ends = [0]
    for place in tensors(header):
        offsets = field(header[place][1], "data_offsets")
        ends += [end for end in offsets if type(end) is int] if type(offsets) is list else []
    return min(max(ends), 1 << 28)


def changed(chance, seeds):
    """What a file begins with, its header at least as far as there is one, and its size."""
    header = json.loads(chance.choice(seeds), object_pairs_hook=Object)
    if chance.random() < 0.7:
        for _ in range(chance.randrange(4)):
            new_tensor(header, chance)
    for _ in range(chance.choice([1, 1, 1, 1, 2, 3])):
        chance.choice(OF_THE_HEADER)(header, chance)
    if chance.random() < 0.005:
        reach_a_limit(header, chance)
    top = header if chance.random() < 0.99 else any_value(chance)  # seldom no object at all
    text = written(top, chance).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        text = change_text(text, chance)
    if chance.random() < 0.3:
        text = text + b" " * (-len(text) % 8)
    if chance.random() < 0.0005:
        text = text + b" " * ((1 << 25) + chance.choice([-1, 0, 1]) - len(text))
    length, data = len(text), data_size(header)
    if chance.random() < 0.06:
        length = chance.choice([0, 1, length - 1, length + 1, length + data, 1 << 25, (1 << 25) + 1,
                                1 << 63, (1 << 64) - 9, (1 << 64) - 8, (1 << 64) - 1])
    if chance.random() < 0.06:
        data = max(data + chance.choice([-1, 1, -4, 4, 4096, -data]), 0)
    head = struct.pack("<Q", max(length, 0)) + text
    size = len(head) + data
    if chance.random() < 0.01:
        size = chance.randrange(len(head) + 1)
        head = head[:size]
    return head, size
