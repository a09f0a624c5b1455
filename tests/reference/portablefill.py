# SPDX-License-Identifier: GPL-3.0-or-later
"""Tensors that depend on their names alone, the same in every language (tests/portablefill.h)."""

import math

import numpy as np
import torch


def uniform(key, shape):
    """Of [0, 1), in double."""
    h = 14695981039346656037
    for byte in key.encode():
        h = (h ^ byte) * 1099511628211 % 2**64
    with np.errstate(over="ignore"):
        z = np.arange(1, math.prod(shape) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z += np.uint64(h)
        z = (z ^ z >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ z >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(11)).astype(np.float64) * 2.0**-53).reshape(shape)


def weight(key, shape):
    v = 2 * uniform(key, shape) - 1
    if len(shape) >= 2:
        v *= math.sqrt(3 / (math.prod(shape) / shape[0]))
    elif key.endswith("weight"):
        v = 1 + 0.1 * v
    else:
        v *= 0.1
    return torch.from_numpy(v.astype(np.float32))


def fill(module, name=lambda key: key):
    """Fills a module by the names that its tensors have in the published file."""
    module.load_state_dict({k: weight(name(k), tuple(t.shape)) for k, t in module.state_dict().items()})
    return module.eval()


def picture(key, height, width):
    """Bytes of [height, width, 3]."""
    return np.floor(256 * uniform(key, (height, width, 3))).astype(np.uint8)
