# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes held-out analogies with their true answers, and single figures. usage: pictures.py OUT SEED PER_TASK"""
import json, os, sys
import cv2, numpy as np
import data

out, seed, per_task = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]); rng = np.random.default_rng(seed); index = []
save = lambda f, x: cv2.imwrite(f, x[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])
for task in data.TASKS:
    for k in range(per_task):
        *cells, caption, _ = data.analogy(rng, 253, task); name = f"{task.replace('_', '-')}-{k + 1}"; d = f"{out}/analogies/{name}"; os.makedirs(d, exist_ok=True)
        for x, f in zip(cells, ("a", "a-prime", "b", "b-prime")): save(f"{d}/{f}.png", x)
        index.append(dict(name=name, task=task.replace("_", "-"), caption=caption))
os.makedirs(out + "/single", exist_ok=True)
for k in range(12):
    x, caption, _ = data.single(rng, 256); save(f"{out}/single/figure-{k + 1}.png", x); index.append(dict(name=f"single-figure-{k + 1}", file=f"single/figure-{k + 1}.png", caption=caption))
json.dump(index, open(out + "/index.json", "w"), indent=1)
