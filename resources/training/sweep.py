# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries settings of `simile analogy` on drawn analogies, one change at a time, and prints the mean PSNR of B' and direction (evaluate.py) of each.

usage: sweep.py SIMILE PICTURES [--model MODEL --jobs 2 --every 2 --base "--steps 12 ..." --sheet OUT.jpg] SETTINGS...     # PICTURES as pictures.py writes them; a SETTING: "--strength .7 --steps 20"
The sheet shows A, A', B, what each setting made, the true B'; three analogies a row, or one a row where there are several settings."""
import argparse, json, os, shlex, subprocess, tempfile
from concurrent.futures import ThreadPoolExecutor
import cv2, numpy as np
from evaluate import direction, psnr

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); ap.add_argument("simile"); ap.add_argument("pictures"); ap.add_argument("settings", nargs="+")
ap.add_argument("--model"); ap.add_argument("--jobs", type=int, default=2); ap.add_argument("--every", type=int, default=1, help="take each n-th analogy"); ap.add_argument("--base", default="", help="what all settings have"); ap.add_argument("--sheet"); A = ap.parse_args()
items = [e for e in json.load(open(A.pictures + "/index.json")) if not e["name"].startswith("single")][::A.every]
read = lambda f: cv2.resize(cv2.imread(f), (125, 125), interpolation=cv2.INTER_AREA)


def score(item, setting):
    d = f"{A.pictures}/analogies/{item['name']}"
    with tempfile.TemporaryDirectory() as t:
        subprocess.run([A.simile, "analogy", f"{d}/a.png", f"{d}/a-prime.png", f"{d}/b.png", "-o", t + "/out.png", "--prompt", item["caption"], "--embed", "none", *(["--model", A.model] if A.model else []), *shlex.split(A.base + " " + setting)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"})
        y = read(t + "/out.png")
    made.setdefault(item["name"], []).append(y); return psnr(y, read(d + "/b-prime.png")), direction(y, read(d + "/b.png"), read(d + "/b-prime.png"))


made = {}
for setting in A.settings:
    with ThreadPoolExecutor(A.jobs) as pool: s = np.mean(list(pool.map(lambda e: score(e, setting), items)), 0)
    print(f"{setting or '(recommended)':44} {s[0]:6.2f} dB, direction {s[1]:.3f}, {len(items)} analogies", flush=True)
if A.sheet:
    cells = [np.concatenate([*(read(f"{A.pictures}/analogies/{e['name']}/{f}.png") for f in ("a", "a-prime", "b")), *made[e["name"]], read(f"{A.pictures}/analogies/{e['name']}/b-prime.png")], 1) for e in items]
    columns = 3 if len(A.settings) == 1 else 1; cells += [cells[0] * 0 + 255] * (-len(cells) % columns)
    cv2.imwrite(A.sheet, np.concatenate([np.concatenate(cells[i:i + columns], 1) for i in range(0, len(cells), columns)]), [cv2.IMWRITE_JPEG_QUALITY, 82])
