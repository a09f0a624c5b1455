# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the autoencoder's decoder on drawn figures, the encoder (and so the latent space that the UNet knows) staying as it is.

usage: decoder.py MODEL OUT --minutes N [--rate .004]

Latents get a little noise, so that the decoder forgives what a sampler leaves. Prints the PSNR of held-out grids before and after."""
import argparse, time
import numpy as np, torch, torch.nn.functional as F
import data, model
from muon import Muon

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter); ap.add_argument("model"); ap.add_argument("out"); ap.add_argument("--minutes", type=float, required=True)
ap.add_argument("--rate", type=float, default=.004); ap.add_argument("--noise", type=float, default=.2, help="largest standard deviation of the noise"); A = ap.parse_args()
torch.set_num_threads(2); mini = model.Mini(A.model); vae = mini.vae; rng = np.random.default_rng(int(time.time()))
opt = Muon([(n, p.requires_grad_(True)) for n, p in vae.named_parameters() if n.startswith(("decoder.", "post_quant_conv."))], decay=0, average=.98)


def grids(rng, n): return torch.from_numpy(np.stack([data.assemble(data.analogy(rng, 125)[:4], 128) if rng.random() < .7 else data.single(rng, 256)[0] for _ in range(n)])).permute(0, 3, 1, 2).float() / 127.5 - 1


@torch.no_grad()
def score():
    x = grids(np.random.default_rng(5), 24); z = mini.encode(x); out = []
    for s in (0, .1, .2): y = mini.decode(z + s * torch.randn(z.shape, generator=torch.Generator().manual_seed(0))); out.append("%.2f dB at noise %.1f" % (float((10 * torch.log10(4 / ((y - x) ** 2).mean((1, 2, 3)))).mean()), s))
    return ", ".join(out)


def sharp(y, x):
    """Differences of neighbouring pixels at three scales: keeps outlines crisp where L1 alone blurs them."""
    l = 0
    for _ in range(3): l = l + (y.diff(dim=2) - x.diff(dim=2)).abs().mean() + (y.diff(dim=3) - x.diff(dim=3)).abs().mean(); y, x = F.avg_pool2d(y, 2), F.avg_pool2d(x, 2)
    return l


print("before:", score(), flush=True); begin, step, pool, losses = time.time(), 0, [], []
while (e := (time.time() - begin) / 60 / A.minutes) < 1:
    if len(pool) < 12 or rng.random() < .3: x = grids(rng, 4); pool.append((mini.encode(x), x)); pool = pool[-60:]
    z, x = pool[rng.integers(len(pool))]; u, v = rng.integers(0, 17, 2)  # crops of 16 by 16 latents
    z, x = z[:, :, v:v + 16, u:u + 16], x[:, :, 8 * v:8 * v + 128, 8 * u:8 * u + 128]
    y = vae.decode((z + A.noise * torch.rand(len(z), 1, 1, 1) * torch.randn_like(z)) / mini.scale).sample
    loss = (y - x).abs().mean() + .25 * sharp(y, x); vae.zero_grad(); loss.backward(); opt.prepare(A.rate * min(1, (step + 1) / 30) * (.5 * (1 + np.cos(np.pi * e)) + .01)); opt.step(); step += 1; losses.append(loss.item())
    if step % 25 == 0: print(f"{(time.time() - begin) / 60:.1f} min, step {step}, loss {np.mean(losses[-50:]):.4f}", flush=True)
with torch.no_grad(): torch._foreach_copy_(opt.live, opt.averaged)
print("after:", score()); model.export(mini, A.out)
