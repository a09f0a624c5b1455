# SPDX-License-Identifier: GPL-3.0-or-later
"""Poses as coloured sticks."""

import math

import cv2
import numpy as np

LIMBS = [
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13),
    (1, 0), (0, 14), (14, 16), (0, 15), (15, 17), (2, 16), (5, 17),
]
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

    def along(value, offset, size):
        share = np.float32(-1 if value < 1e-6 else value + offset) / np.float32(size)
        return int(float(share) * size)

    return along(point[0], box[0], width), along(point[1], box[1], height)


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
