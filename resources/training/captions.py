# SPDX-License-Identifier: GPL-3.0-or-later
"""Scores pictures made from a caption alone: how many of 50 show the named figure's colour on the named ground.

usage: captions.py MODEL [--steps 20 --guidance 3 --n 50 --size 256 --device cpu --sheet OUT.png]

The ground is the mean colour of a frame along the border, the figure that of the pixels which differ most from it; each counts where the nearest colour of the palette is the named one."""
import argparse
import cv2, numpy as np, torch
import data, model

PALETTE = np.array([data.PALETTE[n] for n in data.NAMES], float)


def plain_scene(rng):
    """One figure of one colour on a ground of one colour."""
    s = data.scene(rng); s["top"] = None; s["figures"] = s["figures"][:1]; s["figures"][0].update(fill="plain", second=None, outline=None); return s


def nearest(c): return data.NAMES[int(((PALETTE - c) ** 2).sum(1).argmin())]


def colours(x):
    """-> the names of ground and figure"""
    n = len(x); w = n // 16; x = cv2.GaussianBlur(x, (0, 0), n / 128).astype(float); frame = np.ones((n, n), bool); frame[w:-w, w:-w] = False
    ground = x[frame].mean(0); away = ((x - ground) ** 2).sum(2); return nearest(ground), nearest(x[away >= np.quantile(away, .985)].mean(0))


@torch.no_grad()
def evaluate(mini, steps=20, guidance=3., n=50, size=256, sheet=None):
    rng, random = np.random.default_rng(7), torch.Generator().manual_seed(0); scenes = [plain_scene(rng) for _ in range(n)]; h = size // 8; d = mini.device; pictures = []
    for j in range(0, n, 10):
        some = scenes[j:j + 10]; context = mini.text(mini.tokens([data.words(s) for s in some] + [""] * len(some)).to(d)).last_hidden_state
        z = torch.randn(len(some), 4, h, h, generator=random).to(d); hole = torch.cat([torch.ones_like(z[:, :1]), mini.encode(torch.zeros(1, 3, size, size, device=d)).expand(len(some), -1, -1, -1)], 1)
        s = model.sampling_schedule(); s.set_timesteps(steps)
        for t in s.timesteps:
            x = torch.cat([z, hole], 1); v, u = mini.unet(torch.cat([x, x]), t, context).sample.chunk(2); z = s.step((u + guidance * (v - u)).cpu(), t, z.cpu()).prev_sample.to(d)
        pictures += list(((mini.decode(z).cpu() + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy())
    right = np.array([[g == s["ground"][0], f == s["figures"][0]["color"][0]] for s, (g, f) in zip(scenes, map(colours, pictures))])
    if sheet: rows = [np.concatenate(pictures[i:i + 10], 1) for i in range(0, n - n % 10, 10)]; cv2.imwrite(sheet, cv2.resize(np.concatenate(rows), None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA)[..., ::-1])
    return "ground %.0f %%, figure %.0f %%, both %.0f %%" % (*(100 * right.mean(0)), 100 * right.all(1).mean())


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); ap.add_argument("model"); ap.add_argument("--steps", type=int, default=20); ap.add_argument("--guidance", type=float, default=3.)
    ap.add_argument("--n", type=int, default=50); ap.add_argument("--size", type=int, default=256); ap.add_argument("--device", default="cpu"); ap.add_argument("--sheet"); A = ap.parse_args()
    print(evaluate(model.Mini(A.model, A.device), A.steps, A.guidance, A.n, A.size, A.sheet))
