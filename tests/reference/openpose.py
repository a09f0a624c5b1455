# SPDX-License-Identifier: GPL-3.0-or-later
"""Records tests/data/annotators-openpose: OpenPose's networks for body, hands and face with the
portable fill under the names of the published files, and what is made of their maps.

    python openpose.py FOLDER        needs torch, numpy, scipy, opencv, safetensors
"""

import json
import math
import pathlib
import sys

import cv2
import numpy as np
import torch
from safetensors.torch import save_file
from scipy import ndimage
from torch import nn
from torch.nn import functional as F

import portablefill

# ---- networks -------------------------------------------------------------------------------

# VGG-19's first convolutions with their widths; "pool" halves the size.
VGG = [
    ("conv1_1", 64), ("conv1_2", 64), ("pool", 0),
    ("conv2_1", 128), ("conv2_2", 128), ("pool", 0),
    ("conv3_1", 256), ("conv3_2", 256), ("conv3_3", 256), ("conv3_4", 256), ("pool", 0),
    ("conv4_1", 512), ("conv4_2", 512),
]
BODY_TRUNK = VGG + [("conv4_3_CPM", 256), ("conv4_4_CPM", 128)]
POINT_TRUNK = VGG + [("conv4_3", 512), ("conv4_4", 512), ("conv5_1", 512), ("conv5_2", 512), ("conv5_3_CPM", 128)]


class Net(nn.Module):
    """Convolutions by name; every kernel keeps the size."""

    def conv(self, name, inputs, outputs, kernel):
        self.add_module(name, nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2))

    def add_trunk(self, layers):
        channels = 3
        for name, width in layers:
            if name != "pool":
                self.conv(name, channels, width, 3)
                channels = width

    def run_trunk(self, x, layers):
        for name, _ in layers:
            x = F.max_pool2d(x, 2) if name == "pool" else F.relu(getattr(self, name)(x))
        return x

    def add_stage(self, number, suffix, inputs, outputs):
        for i in range(1, 8):
            kernel = 7 if i < 6 else 1
            self.conv(f"Mconv{i}_stage{number}{suffix}", inputs if i == 1 else 128, outputs if i == 7 else 128, kernel)

    def run_stage(self, x, number, suffix):
        for i in range(1, 8):
            x = getattr(self, f"Mconv{i}_stage{number}{suffix}")(x)
            if i < 7:
                x = F.relu(x)
        return x


class BodyNet(Net):
    def __init__(self):
        super().__init__()
        self.add_trunk(BODY_TRUNK)
        for suffix, outputs in (("_L1", 38), ("_L2", 19)):
            for i in (1, 2, 3):
                self.conv(f"conv5_{i}_CPM{suffix}", 128, 128, 3)
            self.conv(f"conv5_4_CPM{suffix}", 128, 512, 1)
            self.conv(f"conv5_5_CPM{suffix}", 512, outputs, 1)
            for stage in range(2, 7):
                self.add_stage(stage, suffix, 185, outputs)

    def forward(self, x):
        features = self.run_trunk(x, BODY_TRUNK)
        branches = []
        for suffix in ("_L1", "_L2"):
            h = features
            for i in (1, 2, 3, 4):
                h = F.relu(getattr(self, f"conv5_{i}_CPM{suffix}")(h))
            branches.append(getattr(self, f"conv5_5_CPM{suffix}")(h))
        for stage in range(2, 7):
            h = torch.cat([*branches, features], 1)
            branches = [self.run_stage(h, stage, suffix) for suffix in ("_L1", "_L2")]
        return branches[0], F.relu(branches[1])  # affinity fields, heat maps


class PointNet(Net):
    """Hands (22 maps) and faces (71 maps)."""

    def __init__(self, maps):
        super().__init__()
        self.add_trunk(POINT_TRUNK)
        self.conv("conv6_1_CPM", 128, 512, 1)
        self.conv("conv6_2_CPM", 512, maps, 1)
        for stage in range(2, 7):
            self.add_stage(stage, "", maps + 128, maps)

    def forward(self, x):
        features = self.run_trunk(x, POINT_TRUNK)
        h = self.conv6_2_CPM(F.relu(self.conv6_1_CPM(features)))
        for stage in range(2, 7):
            h = self.run_stage(torch.cat([h, features], 1), stage, "")
        return h


# ---- maps -----------------------------------------------------------------------------------


def resized(x, width, height):
    """x: [h, w, n]; the method follows from both sides' sum."""
    method = cv2.INTER_AREA if width + height < x.shape[0] + x.shape[1] else cv2.INTER_LANCZOS4
    size = (int(width), int(height))
    if x.shape[2] == 3:
        return cv2.resize(x, size, interpolation=method)
    planes = [cv2.resize(np.ascontiguousarray(x[:, :, i]), size, interpolation=method) for i in range(x.shape[2])]
    return np.stack(planes, 2)


def network_input(picture):
    """Padded to multiples of 8; the picture's own size besides."""
    height, width = picture.shape[:2]
    padded = np.full((-(-height // 8) * 8, -(-width // 8) * 8, 3), 128, np.uint8)
    padded[:height, :width] = picture
    return torch.from_numpy(padded).float().permute(2, 0, 1)[None] / 256 - 0.5, (height, width)


def enlarged(maps, inner, width, height):
    """Network maps [1, n, h, w] to [height, width, n]."""
    x = maps[0].permute(1, 2, 0).numpy()
    x = resized(x, x.shape[1] * 8, x.shape[0] * 8)
    return resized(np.ascontiguousarray(x[: inner[0], : inner[1]]), width, height)


def body_input(bgr):
    scale = 0.5 * 368 / bgr.shape[0]
    return network_input(resized(bgr, bgr.shape[1] * scale, bgr.shape[0] * scale))


# ---- people ---------------------------------------------------------------------------------

LIMBS = [
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17), (2, 16), (5, 17),
]
FIELDS = [12, 20, 14, 16, 22, 24, 0, 2, 4, 6, 8, 10, 28, 30, 34, 32, 36, 18, 26]  # first channel of two


def peaks_of(heat):
    """A list of (x, y, score, number) for each of 18 parts."""
    parts, count = [], 0
    for part in range(18):
        raw = heat[:, :, part].astype(np.float64)
        smooth = ndimage.gaussian_filter(raw, sigma=3)
        around = np.pad(smooth, 1)
        highest = smooth > 0.1
        for neighbour in (around[:-2, 1:-1], around[2:, 1:-1], around[1:-1, :-2], around[1:-1, 2:]):
            highest &= smooth >= neighbour
        found = [(x, y, raw[y, x]) for y, x in zip(*np.nonzero(highest))]
        parts.append([(*peak, count + i) for i, peak in enumerate(found)])
        count += len(found)
    return parts


def connections(a_list, b_list, field, height):
    """The best pairs of peaks: (number of a, number of b, score)."""
    candidates = []
    for i, a in enumerate(a_list):
        for j, b in enumerate(b_list):
            way = np.array([b[0] - a[0], b[1] - a[1]], np.float64)
            length = max(0.001, math.hypot(*way))
            direction = way / length
            xs, ys = (np.linspace(a[k], b[k], 10) for k in (0, 1))
            along = np.array(
                [field[round(y), round(x)].astype(np.float64) @ direction for x, y in zip(xs.tolist(), ys.tolist())]
            )
            score = along.mean() + min(0.5 * height / length - 1, 0)
            if np.count_nonzero(along > 0.05) > 8 and score > 0:
                candidates.append((score, i, j))
    chosen, used_a, used_b = [], set(), set()
    for score, i, j in sorted(candidates, key=lambda c: -c[0]):
        if i not in used_a and j not in used_b:
            used_a.add(i), used_b.add(j)
            chosen.append((a_list[i][3], b_list[j][3], score))
    return chosen


def people_of(heat, fields):
    """Each a list of 18 points (x, y) or None."""
    parts = peaks_of(heat)
    peaks = [peak for part in parts for peak in part]
    people = []  # {"at": [18 peak numbers or -1], "score", "parts"}
    for limb, ((a, b), channel) in enumerate(zip(LIMBS, FIELDS)):
        field = fields[:, :, channel : channel + 2]
        for start, end, score in connections(parts[a], parts[b], field, heat.shape[0]):
            owners = [p for p in people if p["at"][a] == start or p["at"][b] == end][:2]
            if len(owners) == 2 and not any(x >= 0 and y >= 0 for x, y in zip(owners[0]["at"], owners[1]["at"])):
                first, second = owners
                first["at"] = [max(x, y) for x, y in zip(first["at"], second["at"])]
                first["score"] += second["score"] + score
                first["parts"] += second["parts"]
                people = [p for p in people if p is not second]
            elif len(owners) == 2 or (owners and owners[0]["at"][b] != end):
                owners[0]["at"][b] = end
                owners[0]["parts"] += 1
                owners[0]["score"] += peaks[end][2] + score
            elif not owners and limb < 17:
                at = [-1] * 18
                at[a], at[b] = start, end
                people.append({"at": at, "score": peaks[start][2] + peaks[end][2] + score, "parts": 2})
    people = [p for p in people if p["parts"] >= 4 and p["score"] / p["parts"] >= 0.4]
    return [[tuple(map(int, peaks[i][:2])) if i >= 0 else None for i in p["at"]] for p in people]


# ---- hands and face -------------------------------------------------------------------------


def hand_boxes(person, width, height):
    """[(x, y, side, left)], the left hand first."""
    boxes = []
    for parts, left in (((5, 6, 7), True), ((2, 3, 4), False)):
        if any(person[i] is None for i in parts):
            continue
        shoulder, elbow, wrist = (np.array(person[i], np.float64) for i in parts)
        side = 1.5 * max(np.linalg.norm(wrist - elbow), 0.9 * np.linalg.norm(elbow - shoulder))
        x, y = np.maximum(wrist + 0.33 * (wrist - elbow) - side / 2, 0)
        side = min(width - x if x + side > width else side, height - y if y + side > height else side)
        if side >= 20:
            boxes.append((int(x), int(y), int(side), left))
    return boxes


def face_box(person, width, height):
    nose = person[0]
    if nose is None:
        return None
    reach = 0.0
    for part, factor in ((14, 3.0), (15, 3.0), (16, 1.5), (17, 1.5)):
        if person[part] is not None:
            reach = max(reach, factor * max(abs(nose[0] - person[part][0]), abs(nose[1] - person[part][1])))
    x, y = max(nose[0] - reach, 0), max(nose[1] - reach, 0)
    side = min(width - x if x + reach > width else 2 * reach, height - y if y + reach > height else 2 * reach)
    return (int(x), int(y), int(side)) if side >= 20 else None


def hand_maps(net, bgr, scales):
    """The mean of all scales: [128, 128, 22] in double."""
    blurred = cv2.GaussianBlur(bgr, (0, 0), 0.8)
    mean = np.zeros((128, 128, 22))
    for scale in scales:
        x, inner = network_input(resized(blurred, scale * 368, scale * 368))
        with torch.no_grad():
            maps = net(x)
        mean += enlarged(maps, inner, 128, 128) / len(scales)
    return mean


def hand_points(maps, width, height):
    """21 points in the box; (0, 0): not found."""
    points = []
    for part in range(21):
        raw = maps[:, :, part]
        labels, count = ndimage.label(ndimage.gaussian_filter(raw, sigma=3) > 0.05, np.ones((3, 3)))
        if count == 0:
            points.append((0, 0))
            continue
        best = 1 + int(np.argmax([raw[labels == i].sum() for i in range(1, count + 1)]))
        y, x = np.unravel_index(np.argmax(np.where(labels == best, raw, 0)), raw.shape)
        points.append((int(float(x) * width / 128), int(float(y) * height / 128)))
    return points


def face_maps(net, bgr):
    height, width = bgr.shape[:2]
    x = torch.from_numpy(resized(bgr, 384, 384)).permute(2, 0, 1)[None] / 256.0 - 0.5
    with torch.no_grad():
        return F.interpolate(net(x), (height, width), mode="bilinear", align_corners=True)[0]


def face_points(maps):
    """Those found, in order, the background's among them."""
    points = []
    for heat in maps.numpy():
        if (heat > 0.05).any():
            y, x = np.unravel_index(np.argmax(heat), heat.shape)
            points.append((int(x), int(y)))
    return points


# ---- drawing --------------------------------------------------------------------------------

COLOURS = [
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0),
    (0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255),
    (170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85),
]
FINGERS = [(4 * f + i if i else 0, 4 * f + i + 1) for f in range(5) for i in range(4)]


def draw_body(canvas, person):
    height, width = canvas.shape[:2]
    at = [None if p is None else (p[0] / width, p[1] / height) for p in person]
    for (a, b), colour in zip(LIMBS[:17], COLOURS):
        if at[a] is None or at[b] is None:
            continue
        x = np.array([at[a][0], at[b][0]]) * width
        y = np.array([at[a][1], at[b][1]]) * height
        length = ((y[0] - y[1]) ** 2 + (x[0] - x[1]) ** 2) ** 0.5
        angle = math.degrees(math.atan2(y[0] - y[1], x[0] - x[1]))
        centre = (int(x.mean()), int(y.mean()))
        shape = cv2.ellipse2Poly(centre, (int(length / 2), 4), int(angle), 0, 360, 1)
        cv2.fillConvexPoly(canvas, shape, colour)
    canvas = (canvas * 0.6).astype(np.uint8)
    for point, colour in zip(at, COLOURS):
        if point is not None:
            cv2.circle(canvas, (int(point[0] * width), int(point[1] * height)), 4, colour, -1)
    return canvas


def scaled(point, box, width, height):
    """A point of a box as a share of the picture and back, in the original's precisions."""
    share = [np.float32(-1 if v < 1e-6 else v + o) / np.float32(s) for v, o, s in zip(point, box, (width, height))]
    return int(float(share[0]) * width), int(float(share[1]) * height)


def hue(h):
    """Full colour of a hue in [0, 1)."""
    i, f = int(h * 6), h * 6 - int(h * 6)
    return [(1, f, 0), (1 - f, 1, 0), (0, 1, f), (0, 1 - f, 1), (f, 0, 1), (1, 0, 1 - f)][i]


def draw_hand(canvas, points):
    for i, (a, b) in enumerate(FINGERS):
        if min(*points[a], *points[b]) > 0:
            colour = [255 * c for c in hue(i / 20)]
            cv2.line(canvas, points[a], points[b], colour, thickness=2)
    for point in points:
        if min(point) > 0:
            cv2.circle(canvas, point, 4, (0, 0, 255), -1)


def draw_face(canvas, points):
    for point in points:
        if min(point) > 0:
            cv2.circle(canvas, point, 3, (255, 255, 255), -1)


def openpose(rgb, body, hand=None, face=None, scales=(0.5, 1, 1.5, 2)):
    """The map, and the people."""
    bgr = np.ascontiguousarray(rgb[:, :, ::-1])
    height, width = bgr.shape[:2]
    x, inner = body_input(bgr)
    with torch.no_grad():
        fields, heat = body(x)
    people = people_of(enlarged(heat, inner, width, height), enlarged(fields, inner, width, height))
    found = []
    for person in people:
        hands, looks = {}, []
        if hand:
            for bx, by, side, left in hand_boxes(person, width, height):
                part = bgr[by : by + side, bx : bx + side]
                points = hand_points(hand_maps(hand, part, scales), part.shape[1], part.shape[0])
                hands[left] = [scaled(p, (bx, by), width, height) for p in points]
        box = face_box(person, width, height) if face else None
        if box:
            bx, by, side = box
            points = face_points(face_maps(face, np.ascontiguousarray(bgr[by : by + side, bx : bx + side])))
            looks = [scaled(p, (bx, by), width, height) for p in points]
        found.append((person, hands, looks))
    canvas = np.zeros((height, width, 3), np.uint8)
    for person, hands, looks in found:
        canvas = draw_body(canvas, person)
        for left in (True, False):
            if left in hands:
                draw_hand(canvas, hands[left])
        draw_face(canvas, looks)
    return canvas, found


# ---- synthetic maps -------------------------------------------------------------------------


def drawn_maps(people, rows, columns):
    """What a network that saw these people would give: heat maps and fields [1, n, rows, columns]."""
    y, x = np.mgrid[:rows, :columns].astype(np.float64)
    heat, fields = np.zeros((19, rows, columns)), np.zeros((38, rows, columns))
    for person in people:
        for part, point in enumerate(person):
            if point is not None:
                bump = np.exp(-((x - point[0]) ** 2 + (y - point[1]) ** 2) / 2)
                heat[part] = np.maximum(heat[part], bump)
        for (a, b), channel in zip(LIMBS, FIELDS):
            if person[a] is None or person[b] is None:
                continue
            (ax, ay), (bx, by) = person[a], person[b]
            length = math.hypot(bx - ax, by - ay)
            ux, uy = (bx - ax) / length, (by - ay) / length
            along = np.clip((x - ax) * ux + (y - ay) * uy, 0, length)
            away = (x - ax - along * ux) ** 2 + (y - ay - along * uy) ** 2
            near = np.exp(-away / 2)
            fields[channel] += near * ux
            fields[channel + 1] += near * uy
    return [torch.from_numpy(m.astype(np.float32))[None] for m in (heat, fields)]


# ---- the case -------------------------------------------------------------------------------

PERSON = [
    (9, 3), (9, 6), (6.6, 6.2), (5, 9.4), (4.2, 12.6), (11.4, 6.2), (13, 9.2), (14.6, 11.8),
    (7.4, 12), (7.2, 16), (7, 20), (10.6, 12), (11, 16), (11.2, 20), (8.2, 2.2), (9.8, 2.2), (7.2, 2.8), (10.8, 2.8),
]


def moved(x, without=()):
    return [None if i in without else (round(p[0] + x, 1), p[1]) for i, p in enumerate(PERSON)]


def as_tensor(people):
    """[n, 18, 2]; -1 where a part is missing."""
    return torch.tensor([[p or (-1, -1) for p in person] for person in people], dtype=torch.int32).reshape(-1, 18, 2)


def record():
    params = {
        # A whole person, one without neck (whose parts are joined last), one with three parts.
        "people": [moved(0), moved(15.3, without=(1, 13)), moved(22, without=set(range(3, 18)))],
        "rows": 23, "columns": 33, "width": 224, "height": 160,
        "hand": [(3 + 4 * (i % 5), 2 + 3 * (i // 5) + i % 4) if i % 7 != 6 else (0, 0) for i in range(21)],
        "face": [(2 + 3 * i, 1 + (5 * i) % 17) for i in range(7)],
        "scales": [0.5, 1], "box": 40, "gain": 20, "side": 64,
    }
    width, height = params["width"], params["height"]
    body, hand, face = (portablefill.fill(n) for n in (BodyNet(), PointNet(22), PointNet(71)))
    out, error = {}, {}
    x = torch.from_numpy(portablefill.uniform("pose", (1, 3, 48, 64)).astype(np.float32)) - 0.5
    with torch.no_grad():
        for name, net, maps in (("body", body, ("fields", "heat")), ("hand", hand, ("maps",)), ("face", face, ("maps",))):
            single = net(x) if name == "body" else (net(x),)
            double = net.double()(x.double()) if name == "body" else (net.double()(x.double()),)
            net.float()
            for what, a, b in zip(maps, single, double):
                out[f"{name}.{what}"] = a[0].contiguous()
                error[f"{name}.{what}"] = (a - b).abs().max().item()

    heat, fields = drawn_maps(params["people"], params["rows"], params["columns"])
    inner = (184, 257)
    people = people_of(enlarged(heat, inner, width, height), enlarged(fields, inner, width, height))
    out["people"] = as_tensor(people)
    boxes = []
    canvas = np.zeros((height, width, 3), np.uint8)
    for i, person in enumerate(people):
        canvas = draw_body(canvas, person)
        row = {True: (-1, -1, -1), False: (-1, -1, -1)}
        for bx, by, side, left in hand_boxes(person, width, height):
            row[left] = (bx, by, side)
            draw_hand(canvas, [scaled(p, (bx, by), width, height) for p in params["hand"]])
        box = face_box(person, width, height)
        if box:
            draw_face(canvas, [scaled(p, box[:2], width, height) for p in params["face"]])
        boxes.append([row[True], row[False], box or (-1, -1, -1)])
    out["boxes"] = torch.tensor(boxes, dtype=torch.int32)
    out["drawn_u8"] = torch.from_numpy(canvas[::2, ::2].copy())

    picture = portablefill.picture("image8", params["side"], params["side"])
    part = np.ascontiguousarray(picture[: params["box"], : params["box"], ::-1])
    maps = hand_maps(hand, part, params["scales"])
    out["hand.mean"] = torch.from_numpy(maps[::16, ::16].transpose(2, 0, 1).astype(np.float32)).contiguous()
    out["hand.points"] = torch.tensor(hand_points(maps, part.shape[1], part.shape[0]), dtype=torch.int32)
    maps = face_maps(face, part)
    out["face.sized"] = maps[:, ::8, ::8].contiguous()
    out["face.points"] = torch.tensor(face_points(maps), dtype=torch.int32)

    for suffix in ("_L1", "_L2"):
        getattr(body, "Mconv7_stage6" + suffix).weight.data *= params["gain"]
    drawn, found = openpose(picture, body)
    out["filled.people"] = as_tensor([person for person, _, _ in found])
    out["filled.map_u8"] = torch.from_numpy(drawn)
    out["filled.hands_u8"] = torch.from_numpy(openpose(picture, body, hand, face)[0])
    return params, out, error


def main(folder):
    torch.set_num_threads(1)
    params, out, error = record()
    for name, tensor in out.items():
        print(name, tuple(tensor.shape), tensor.float().min().item(), tensor.float().max().item(), error.get(name))
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(out, folder / "outputs.safetensors")
    near = {"hand.mean": 1e-3, "face.sized": 1e-3}
    case = {
        "case": "annotators-openpose",
        "kind": "annotators-openpose",
        "uses": {},
        "what": "OpenPose's networks with the portable fill, and people made of maps that are drawn by a formula",
        "module": "tests/reference/openpose.py",
        "params": params,
        "outputs": {
            name: {"shape": list(x.shape), "dtype": str(x.dtype)[6:], "absmax": x.double().abs().max().item()}
            for name, x in out.items()
        },
        "error": error,
        "tolerance": {name: 1e-5 if name in error else near.get(name, 0) for name in out},
    }
    text = json.dumps(case, indent=1)
    (folder / "case.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
