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
from torch.nn import functional as F

import portablefill
from posedrawing import LIMBS, draw_body, draw_face, draw_hand, scaled
from posenets import BodyNet, PointNet

# ---- maps -----------------------------------------------------------------------------------


def resized(x, width, height):
    """x: [h, w, n]; the method follows from both sides' sum."""
    method = cv2.INTER_AREA if width + height < x.shape[0] + x.shape[1] else cv2.INTER_LANCZOS4
    size = (int(width), int(height))
    if x.shape[2] == 3:
        return cv2.resize(x, size, interpolation=method)
    planes = [np.ascontiguousarray(x[:, :, i]) for i in range(x.shape[2])]
    return np.stack([cv2.resize(plane, size, interpolation=method) for plane in planes], 2)


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
            places = [(round(y), round(x)) for x, y in zip(xs.tolist(), ys.tolist())]
            along = np.array([field[at].astype(np.float64) @ direction for at in places])
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
            first, second = (owners + [None, None])[:2]
            if second and not any(x >= 0 and y >= 0 for x, y in zip(first["at"], second["at"])):
                first["at"] = [max(x, y) for x, y in zip(first["at"], second["at"])]
                first["score"] += second["score"] + score
                first["parts"] += second["parts"]
                people = [p for p in people if p is not second]
            elif second or (first and first["at"][b] != end):
                first["at"][b] = end
                first["parts"] += 1
                first["score"] += peaks[end][2] + score
            elif not first and limb < 17:
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
            part = np.ascontiguousarray(bgr[by : by + side, bx : bx + side])
            points = face_points(face_maps(face, part))
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
    (7.4, 12), (7.2, 16), (7, 20), (10.6, 12), (11, 16), (11.2, 20), (8.2, 2.2), (9.8, 2.2),
    (7.2, 2.8), (10.8, 2.8),
]


def moved(x, without=()):
    return [None if i in without else (round(p[0] + x, 1), p[1]) for i, p in enumerate(PERSON)]


def as_tensor(people):
    """[n, 18, 2]; -1 where a part is missing."""
    points = [[point or (-1, -1) for point in person] for person in people]
    return torch.tensor(points, dtype=torch.int32).reshape(-1, 18, 2)


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
        for name, net in (("body", body), ("hand", hand), ("face", face)):
            single, double = net(x), net.double()(x.double())
            net.float()
            if name != "body":
                single, double = (single,), (double,)
            for what, a, b in zip(("fields", "heat") if name == "body" else ("maps",), single, double):
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
        values = tensor.float()
        print(name, tuple(tensor.shape), values.min().item(), values.max().item(), error.get(name))
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(out, folder / "outputs.safetensors")
    near = {"hand.mean": 1e-3, "face.sized": 1e-3}
    case = {
        "case": "annotators-openpose",
        "kind": "annotators-openpose",
        "uses": {},
        "what": "OpenPose's networks with the portable fill, and people made of drawn maps",
        "module": "tests/reference/openpose.py",
        "params": params,
        "outputs": {
            name: {
                "shape": list(x.shape),
                "dtype": str(x.dtype)[6:],
                "absmax": x.double().abs().max().item(),
            }
            for name, x in out.items()
        },
        "error": error,
        "tolerance": {name: 1e-5 if name in error else near.get(name, 0) for name in out},
    }
    text = json.dumps(case, indent=1)
    (folder / "case.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
