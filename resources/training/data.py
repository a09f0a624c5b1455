# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawn figures and analogies between them, for the default model: every picture is made from a short description, so the true B' of an analogy is known.

All pictures are RGB uint8. A grid is Analogist's 2x2 layout A | A' over B | B': cell side g, picture side g - 3, on white.
"""
import copy
import cv2
import numpy as np

PALETTE = dict(red=(214, 48, 49), orange=(240, 140, 40), yellow=(245, 210, 60), green=(60, 160, 75), teal=(40, 165, 160), blue=(50, 100, 215), purple=(130, 70, 185),
               pink=(240, 130, 180), brown=(125, 80, 45), black=(25, 25, 28), white=(246, 246, 242), gray=(140, 142, 148))
SHAPES = ["circle", "square", "triangle", "star", "hexagon", "diamond", "heart", "cross", "crescent", "ring", "arrow", "drop", "half circle", "flower"]
FILLS = ["plain", "striped", "dotted", "checked", "hollow"]
SIZES = dict(small=.17, medium=.26, large=.36)  # radius in cells
TASKS = dict(recolor=1.5, background=1., fill=2.5, outline=2.5, resize=2., rotate=2., shape=2., shadow=1.2, move=2.2, add=2., remove=1.5,
             gray=.7, invert=.7, sepia=.5, hue=1.2, mirror=1., edges=1., silhouette=.8, blur=.7, pixelate=.8, unblur=1., denoise=1., fill_hole=1.3, unpixelate=.9)


def outline_of(shape):
    """Closed polygon(s) of radius about 1, y down; a second one is cut out."""
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False); u = np.stack([np.cos(t), np.sin(t)], 1)
    ngon = lambda n, a=-np.pi / 2: np.stack([np.cos(a + 2 * np.pi * np.arange(n) / n), np.sin(a + 2 * np.pi * np.arange(n) / n)], 1)
    if shape == "circle": return [u * .95]
    if shape == "square": return [ngon(4, np.pi / 4) * 1.2]
    if shape == "triangle": return [ngon(3) * 1.15 + [0, .18]]
    if shape == "star": r = np.where(np.arange(10) % 2, .47, 1.12)[:, None]; return [ngon(10) * r]
    if shape == "hexagon": return [ngon(6, 0)]
    if shape == "diamond": return [ngon(4) * [.8, 1.15]]
    if shape == "heart": x = 16 * np.sin(t) ** 3; y = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)); return [np.stack([x, y], 1) / 16.5]
    if shape == "cross": a = .34; return [np.array([(-a, -1), (a, -1), (a, -a), (1, -a), (1, a), (a, a), (a, 1), (-a, 1), (-a, a), (-1, a), (-1, -a), (-a, -a)])]
    if shape == "crescent":
        o = np.linspace(.9, 2 * np.pi - .9, 60); i = np.linspace(2 * np.pi - 1.25, 1.25, 60)
        return [np.concatenate([np.stack([np.cos(o), np.sin(o)], 1), np.stack([.82 * np.cos(i) + .37, .82 * np.sin(i)], 1)])]
    if shape == "ring": return [u, u * .52]
    if shape == "arrow": return [np.array([(-1, -.32), (.1, -.32), (.1, -.8), (1.05, 0), (.1, .8), (.1, .32), (-1, .32)])]
    if shape == "drop": s = np.linspace(0, 2 * np.pi, 96, endpoint=False); return [np.stack([.8 * np.sin(s) * np.sin(s / 2) ** 1.4, -1.05 * np.cos(s)], 1)]
    if shape == "half circle": s = np.linspace(np.pi, 2 * np.pi, 60); return [np.stack([1.05 * np.cos(s), 1.05 * np.sin(s) + .5], 1)]
    r = .72 + .28 * np.cos(5 * t); return [u * r[:, None] * 1.08]


OUTLINES = {s: outline_of(s) for s in SHAPES}
NAMES = list(PALETTE)


def color(rng, name=None, other=()):
    while name is None or name in other: name = NAMES[rng.integers(len(NAMES))]; other = other if name in other else ()
    return name, np.clip(np.array(PALETTE[name]) + rng.normal(0, 9, 3), 0, 255)


def another(rng, *names):
    left = [n for n in NAMES if n not in names]; return color(rng, left[rng.integers(len(left))])


def figure(rng, ground, at=None, sizes=None):
    sizes = sizes or list(SIZES); size = sizes[rng.integers(len(sizes))]; c = another(rng, ground)
    fill = "plain" if rng.random() < .6 else FILLS[rng.integers(1, len(FILLS))]; second = another(rng, c[0], ground) if fill in ("striped", "dotted", "checked") else None
    return dict(shape=SHAPES[rng.integers(len(SHAPES))], size=size, radius=SIZES[size] * rng.uniform(.92, 1.08), color=c, fill=fill, second=second, at=at or (.5 + rng.uniform(-.1, .1), .5 + rng.uniform(-.1, .1)),
                angle=rng.uniform(-12, 12) if rng.random() < .7 else rng.uniform(-180, 180), outline=another(rng, c[0], ground) if rng.random() < .12 else None, shadow=False, hole=None)


def scene(rng, ground=None):
    g = ground or color(rng); top = None if rng.random() < .8 else another(rng, g[0])[1]; n = 1 if rng.random() < .7 else 2
    if n == 1: return dict(ground=g, top=top, figures=[figure(rng, g[0])])
    d = rng.random() < .5; side = lambda s: (.5 + s * .24, .5 + rng.uniform(-.12, .12)) if d else (.5 + rng.uniform(-.12, .12), .5 + s * .24)
    return dict(ground=g, top=top, figures=[figure(rng, g[0], side(-1), ["small", "medium"]), figure(rng, g[0], side(1), ["small", "medium"])])


def words(s):
    one = lambda f: " ".join([f["size"], *([] if f["fill"] == "plain" else [f["fill"]]), f["color"][0], f["shape"], *([f"with {f['outline'][0]} outline"] if f["outline"] else []), *(["with shadow"] if f["shadow"] else [])])
    return ", ".join([*(one(f) for f in s["figures"]), f"{s['ground'][0]} ground"])


def polygon(mask, points, value): cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], value, cv2.LINE_AA, 4)


def paint(s, size):
    """-> the scene as size x size RGB."""
    n = 2 * size; im = np.empty((n, n, 3), np.float32); im[:] = s["ground"][1]
    if s["top"] is not None: t = np.linspace(1, 0, n, dtype=np.float32)[:, None, None]; im = im * (1 - t) + np.float32(s["top"]) * t
    def over(m, c):
        """The colour c where the mask m (0 to 255) is, in place and only within its bounds: this is most of the time."""
        x, y, w, h = cv2.boundingRect(m); part = im[y:y + h, x:x + w]; part += (np.float32(c) - part) * (m[y:y + h, x:x + w, None].astype(np.float32) / 255)
    xx, yy = (np.arange(n, dtype=np.float32) / n)[None], (np.arange(n, dtype=np.float32) / n)[:, None]
    for f in s["figures"]:
        a = np.deg2rad(f["angle"]); R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]); p = [(q @ R.T * f["radius"] + f["at"]) * n for q in OUTLINES[f["shape"]]]
        def cover(move=0., grow=1.):
            m = np.zeros((n, n), np.uint8); c = np.array(f["at"]) * n
            polygon(m, (p[0] - c) * grow + c + move * n, 255)
            for q in p[1:]: polygon(m, (q - c) / grow + c + move * n, 0)
            return m
        if f["shadow"]: im *= 1 - .45 * cv2.GaussianBlur(cover(.05), (0, 0), n * .012)[..., None].astype(np.float32) / 255
        if f["outline"]: over(cv2.dilate(cover(), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(n * .06) | 1,) * 2)), f["outline"][1])
        m = cover()
        if f["fill"] == "hollow": m = m - cv2.erode(m, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (int(n * .09) | 1,) * 2))
        over(m, f["color"][1])
        if f["second"] is not None:
            u, v = xx - f["at"][0], yy - f["at"][1]; w = .11
            q = (np.mod(u + v, w) < w / 2) if f["fill"] == "striped" else (np.mod(u, w) < w / 2) ^ (np.mod(v, w) < w / 2) if f["fill"] == "checked" else (np.mod(u, w) - w / 2) ** 2 + (np.mod(v, w) - w / 2) ** 2 < (.3 * w) ** 2
            over(m * q, f["second"][1])
        if f["hole"] is not None: h = np.zeros((n, n), np.uint8); cv2.circle(h, tuple(int(c * n) for c in f["at"]), int(f["radius"] * n * .3), 255, -1, cv2.LINE_AA); over(h, f["hole"][1])
    return cv2.resize(im, (size, size), interpolation=cv2.INTER_AREA).round().clip(0, 255).astype(np.uint8)


# ---- what leads from A to A' -------------------------------------------------------------------------------------------------------
def gray(x, q): g = cv2.cvtColor(x, cv2.COLOR_RGB2GRAY); return cv2.merge([g, g, g])
def invert(x, q): return 255 - x
def sepia(x, q): return np.clip(x @ np.array([[.393, .769, .189], [.349, .686, .168], [.272, .534, .131]]).T, 0, 255).astype(np.uint8)
def hue(x, q): h = cv2.cvtColor(x, cv2.COLOR_RGB2HSV); h[..., 0] = (h[..., 0].astype(int) + q["shift"]) % 180; return cv2.cvtColor(h, cv2.COLOR_HSV2RGB)
def mirror(x, q): return x[:, ::-1].copy()
def edges(x, q): e = cv2.dilate(cv2.Canny(cv2.cvtColor(x, cv2.COLOR_RGB2GRAY), 40, 110), np.ones((2, 2), np.uint8)); return cv2.merge([255 - e] * 3)
def blur(x, q): return cv2.GaussianBlur(x, (0, 0), q["sigma"])
def noise(x, q): return np.clip(x + np.random.default_rng(q["seed"] + int(x.sum()) % 997).normal(0, q["std"], x.shape), 0, 255).astype(np.uint8)
def pixelate(x, q): n = x.shape[0]; return cv2.resize(cv2.resize(x, (n // q["k"],) * 2, interpolation=cv2.INTER_AREA), (n, n), interpolation=cv2.INTER_NEAREST)
def hole(x, q): y = x.copy(); n = x.shape[0]; u, v, w, h = (np.array(q["box"]) * n).astype(int); y[v:v + h, u:u + w] = 127; return y


FILTERS = dict(gray=(gray, "grayscale "), invert=(invert, "inverted "), sepia=(sepia, "sepia "), hue=(hue, "recolored "), mirror=(mirror, "mirrored "), edges=(edges, "line drawing of "), blur=(blur, "blurred "), pixelate=(pixelate, "pixelated "))
RESTORE = dict(unblur=blur, denoise=noise, fill_hole=hole, unpixelate=pixelate)


def analogy(rng, cell, task=None):
    """-> (A, A', B, B', caption of B', task), pictures cell x cell."""
    p = np.array(list(TASKS.values())); task = task or str(rng.choice(list(TASKS), p=p / p.sum()))
    same = color(rng) if rng.random() < .4 else None; scenes = [scene(rng, same), scene(rng, same)]
    q = dict(sigma=rng.uniform(2, 4) * cell / 125, std=rng.uniform(25, 60), seed=int(rng.integers(1 << 30)), box=[rng.uniform(.2, .5), rng.uniform(.2, .5), rng.uniform(.22, .36), rng.uniform(.22, .36)], shift=int(rng.integers(25, 155)), k=int(rng.choice([4, 6, 8]) * max(1, cell / 125)))
    if task in FILTERS: f, w = FILTERS[task]; x = [paint(s, cell) for s in scenes]; return x[0], f(x[0], q), x[1], f(x[1], q), w + words(scenes[1]), task
    if task in RESTORE: f = RESTORE[task]; x = [paint(s, cell) for s in scenes]; return f(x[0], q), x[0], f(x[1], q), x[1], words(scenes[1]), task
    if task == "silhouette":
        g, c = color(rng), None; c = another(rng, g[0]); y = []
        for s in scenes:
            z = copy.deepcopy(s); z["ground"], z["top"] = g, None
            for f in z["figures"]: f.update(color=c, fill="plain" if f["fill"] != "hollow" else "hollow", second=None, outline=None)
            y.append(z)
        return paint(scenes[0], cell), paint(y[0], cell), paint(scenes[1], cell), paint(y[1], cell), "silhouette of " + words(y[1]), task
    grounds = {s["ground"][0] for s in scenes}; used = grounds | {f["color"][0] for s in scenes for f in s["figures"]}; to = another(rng, *used); turn = float(rng.choice([45, 90, -45, 180])); grow = float(rng.choice([.62, 1.45])); step = [(.17, 0), (-.17, 0), (0, .17), (0, -.17)][rng.integers(4)]
    new_shape = SHAPES[rng.integers(len(SHAPES))]; new_fill = FILLS[rng.integers(1, len(FILLS))]; extra = another(rng, *used); y = []
    for s in scenes:
        if task == "resize":
            for f in s["figures"]: f["size"] = "medium" if len(s["figures"]) == 1 else "small"; f["radius"] = SIZES[f["size"]]
        if task in ("fill",):
            for f in s["figures"]: f["fill"], f["second"] = "plain", None
        if task == "outline":
            for f in s["figures"]: f["outline"] = None
        if task == "rotate":
            for f in s["figures"]: f["shape"] = ["triangle", "arrow", "heart", "crescent", "drop", "half circle", "square", "star"][rng.integers(8)]; f["angle"] = float(rng.choice([0, 90, 180, 270])) + rng.uniform(-8, 8)
        if task == "move":
            for f in s["figures"]: f["at"] = (f["at"][0] - step[0] / 2, f["at"][1] - step[1] / 2)
        if task == "remove":
            for f in s["figures"]: f["hole"] = another(rng, f["color"][0], s["ground"][0])
        z = copy.deepcopy(s)
        if task == "background": z["ground"], z["top"] = to, None
        for f in z["figures"]:
            if task == "recolor": f["color"] = to
            elif task == "fill": f["fill"] = new_fill; f["second"] = None if new_fill == "hollow" else extra
            elif task == "outline": f["outline"] = to
            elif task == "resize": f["radius"] *= grow; f["size"] = "small" if grow < 1 else "large" if len(z["figures"]) == 1 else "medium"
            elif task == "rotate": f["angle"] += turn
            elif task == "shape": f["shape"] = new_shape
            elif task == "shadow": f["shadow"] = True
            elif task == "move": f["at"] = (f["at"][0] + step[0], f["at"][1] + step[1])
            elif task == "add": f["hole"] = to
            elif task == "remove": f["hole"] = None
        y.append(z)
    return paint(scenes[0], cell), paint(y[0], cell), paint(scenes[1], cell), paint(y[1], cell), words(y[1]), task


def single(rng, size): s = scene(rng); return paint(s, size), words(s), s


def assemble(cells, g):
    """Four pictures -> the 2g x 2g grid."""
    side = g - 3; im = np.full((2 * g, 2 * g, 3), 255, np.uint8)
    for c, (x, y) in zip(cells, [(2, 2), (g + 1, 2), (2, g + 1), (g + 1, g + 1)]): im[y:y + side, x:x + side] = c if c.shape[0] == side else cv2.resize(c, (side, side), interpolation=cv2.INTER_AREA)
    return im


if __name__ == "__main__":
    import sys, time
    rng = np.random.default_rng(1); rows = []; b = time.time()
    for t in TASKS: rows.append(np.concatenate(analogy(rng, 125, t)[:4], 1)); print(t, analogy(rng, 125, t)[4])
    print((time.time() - b) / len(TASKS) / 2, "s an analogy")
    rows += [rows[0] * 0] * (-len(rows) % 3); cv2.imwrite(sys.argv[1], np.concatenate([np.concatenate(rows[i:i + 3], 1) for i in range(0, len(rows), 3)])[..., ::-1])
