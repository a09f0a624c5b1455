# SPDX-License-Identifier: GPL-3.0-or-later
"""Scores a model on held-out analogies: mean PSNR of B' against the true B', that of copying B, and the cosine between the change made and the change wanted.

usage: evaluate.py MODEL HELD_OUT [--size 256 --steps 12 --guidance 1 --strength 1 --n 48 --device cpu --sheet OUT.png]"""
import argparse, json
import cv2, numpy as np, torch, torch.nn.functional as F
import data, model


def psnr(a, b): return 10 * np.log10(255 ** 2 / max(1e-9, np.mean((a.astype(float) - b) ** 2)))


def direction(y, b, truth):
    """Cosine between what was done to B and what should have been done, on slightly blurred pictures: 1 is right, 0 is nothing of it."""
    y, b, truth = (cv2.GaussianBlur(x.astype(np.float32), (0, 0), 2) for x in (y, b, truth)); d, e = (y - b).ravel(), (truth - b).ravel()
    return float(d @ e / max(1e-9, np.linalg.norm(d) * np.linalg.norm(e)))


@torch.no_grad()
def evaluate(mini, held_out, size=256, steps=12, guidance=1., n=48, sheet=None, strength=1.):
    g, d = size // 2, mini.device; random = torch.Generator().manual_seed(0)
    items = [e for e in json.load(open(held_out + "/index.json")) if not e["name"].startswith("single")]; items = items[::max(1, len(items) // n)][:n]
    read = lambda p: cv2.resize(cv2.cvtColor(cv2.imread(p), cv2.COLOR_BGR2RGB), (g - 3, g - 3), interpolation=cv2.INTER_AREA)
    cells = [[read(f"{held_out}/analogies/{e['name']}/{f}.png") for f in ("a", "a-prime", "b", "b-prime")] for e in items]; pictures = []
    for j in range(0, len(items), 10):
        some = cells[j:j + 10]; x = np.stack([data.assemble(c[:3] + [c[2]], g) for c in some]); m = torch.zeros(len(x), 1, size, size); m[:, :, g:, g:] = 1
        x = torch.from_numpy(x).permute(0, 3, 1, 2).float() / 127.5 - 1; zm, zp = mini.encode((x * (m < .5)).to(d)), mini.encode(x.to(d)); m = F.interpolate(m, size=zm.shape[-2:]).to(d)
        empty, given = (mini.text(mini.tokens(c).to(d)).last_hidden_state for c in ([""] * len(x), [e["caption"] for e in items[j:j + 10]]))
        s = model.sampling_schedule(); s.set_timesteps(steps); z = torch.randn(zm.shape, generator=random).to(d)
        levels = s.timesteps[steps - min(steps, int(steps * strength)):]
        if strength < 1: z = s.add_noise(zp.cpu(), z.cpu(), levels[:1]).to(d)  # as Analogist starts; the schedule stays on the CPU
        for t in levels:
            v = mini.unet(torch.cat([z, m, zm], 1), t, given).sample
            if guidance != 1: u = mini.unet(torch.cat([z, m, zm], 1), t, empty).sample; v = u + guidance * (v - u)
            z = s.step(v.cpu(), t, z.cpu()).prev_sample.to(d)
        pictures.append(((mini.decode(z).cpu() + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()[:, g + 1:size - 2, g + 1:size - 2])
    y, score = np.concatenate(pictures), {}
    for i, e in enumerate(items): score.setdefault(e["task"].split(":")[0], []).append((psnr(y[i], cells[i][3]), psnr(cells[i][2], cells[i][3]), direction(y[i], cells[i][2], cells[i][3])))
    score["all"] = [p for v in score.values() for p in v]
    if sheet:
        rows = [np.concatenate([*c[:3], y[i], c[3]], 1) for i, c in enumerate(cells)]; rows += [rows[0] * 0] * (-len(rows) % 3)
        cv2.imwrite(sheet, np.concatenate([np.concatenate(rows[i:i + 3], 1) for i in range(0, len(rows), 3)])[..., ::-1])
    return {k: "%.2f dB, copying B %.2f, direction %.2f" % tuple(np.mean(v, 0)) for k, v in score.items()}


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); ap.add_argument("model"); ap.add_argument("held_out"); ap.add_argument("--size", type=int, default=256)
    ap.add_argument("--steps", type=int, default=12); ap.add_argument("--guidance", type=float, default=1.); ap.add_argument("--strength", type=float, default=1.); ap.add_argument("--n", type=int, default=48); ap.add_argument("--device", default="cpu"); ap.add_argument("--sheet")
    A = ap.parse_args(); scores = evaluate(model.Mini(A.model, A.device), A.held_out, A.size, A.steps, A.guidance, A.n, A.sheet, A.strength)
    for k, v in scores.items(): print(k, v)
