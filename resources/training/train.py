# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the default model's UNet and text encoder together, from a model folder, into another.

usage: train.py MODEL OUT --minutes N [--batch 8 --device cpu --resume --final]

Every few minutes OUT gets the averaged weights as a model folder and state.pt, from which --resume goes on exactly.
The objective is the velocity (v-prediction): at high noise it asks for the picture itself, so the context is learnt early."""
import argparse, os, queue, threading, time
import cv2, numpy as np, torch
from torch.utils.data import DataLoader, IterableDataset
import data, model
from graph import Recorded, fuse
from muon import Muon

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("model"); ap.add_argument("out"); ap.add_argument("--minutes", type=float, required=True, help="counted from the first step on")
ap.add_argument("--size", type=int, default=256, help="side of the grid in pixels"); ap.add_argument("--batch", type=int, default=8); ap.add_argument("--device", default="cpu")
ap.add_argument("--workers", type=int, default=1, help="processes that draw pictures"); ap.add_argument("--rate", type=float, default=.01)
ap.add_argument("--analogies", type=float, default=.8, help="share of analogies; the rest are single pictures"); ap.add_argument("--skew", type=float, default=.6, help="below 1: more of the noisy time steps")
ap.add_argument("--fresh", type=float, default=.3, help="new pictures per step, at most, as a share of the batch; the others are drawn from earlier ones, with other noise")
ap.add_argument("--kept", type=int, default=3000, help="encoded pictures in memory, 50 KB each"); ap.add_argument("--decay", type=float, default=.998, help="of the averaged weights")
ap.add_argument("--new", action="store_true", help="random weights instead of MODEL's"); ap.add_argument("--resume", action="store_true", help="go on from OUT/state.pt"); ap.add_argument("--final", action="store_true", help="lower the rate to nothing by the end")
ap.add_argument("--compile", action="store_true", help="on a GPU: fuse the blocks' operations, which takes a minute first"); ap.add_argument("--save", type=float, default=10, help="minutes between two saves"); ap.add_argument("--seed", type=int, default=0, help="of the drawn pictures")
A = ap.parse_args()


def sample(rng):
    """-> image (S, S, 3) uint8; box (u, v, w, h) to fill, in latent pixels; whether B is to be pasted over B'; caption"""
    S, g, n = A.size, A.size // 2, A.size // 8; k = rng.random()
    if k < A.analogies:
        *cells, caption, _ = data.analogy(rng, g - 3); image = data.assemble(cells, g); caption = "" if rng.random() < .4 else caption
        if rng.random() < .95: return image, (n // 2, n // 2, n // 2, n // 2), True, caption
        q = rng.integers(4); return image, ((q % 2) * n // 2, (q // 2) * n // 2, n // 2, n // 2), False, ""
    image, caption, _ = data.single(rng, S); caption = caption if rng.random() > .1 else ""
    if k < A.analogies + .8 * (1 - A.analogies): return image, (0, 0, n, n), False, caption
    u, v, w, h = rng.integers(0, n // 2, 4); return image, (u, v, w + n // 4, h + n // 4), False, caption


def shuffled(caption, rng):
    """Reorders or drops the caption's parts, so that short prompts work too."""
    p = caption.split(", "); rng.shuffle(p); return ", ".join(p[:rng.integers(1, len(p) + 1)])


class Samples(IterableDataset):
    def __init__(self, tokens): self.tokens = tokens

    def __iter__(self):
        w = torch.utils.data.get_worker_info(); cv2.setNumThreads(0); n = A.size // 8
        rng = np.random.default_rng([A.seed, int(time.time()), w.id if w else 0])
        while True:
            image, (u, v, w, h), pasted, caption = sample(rng); m = np.zeros((1, n, n), np.float32); m[:, v:v + h, u:u + w] = 1
            if rng.random() < .3: caption = shuffled(caption, rng)
            yield torch.from_numpy(image), torch.from_numpy(m), pasted, self.tokens([caption])[0]


class Pool:
    """Encoded pictures, the oldest replaced by new ones: latent, latent with B pasted over B', masked latent, mask, tokens, whether pasted. Encoding costs as much as half a step, so each is shown several times."""

    def __init__(self, mini, loader):
        self.mini, self.queue, self.next, self.full = mini, queue.Queue(4), 0, 0; n = A.size // 8
        zeros = lambda *s, t=torch.float32: torch.zeros(A.kept, *s, device=A.device, dtype=t)
        self.parts = [zeros(4, n, n), zeros(4, n, n), zeros(4, n, n), zeros(1, n, n), zeros(77, t=torch.long), zeros(t=torch.bool)]
        threading.Thread(target=self.fetch, args=(loader,), daemon=True).start(); self.credit = 0

    def fetch(self, loader):
        for batch in loader: self.queue.put(batch)

    @torch.no_grad()
    def add(self, batch):
        x, m, pasted, ids = (t.to(A.device, non_blocking=True) for t in batch); g = A.size // 2; side = g - 3
        x = x.permute(0, 3, 1, 2).float() / 127.5 - 1; hole = m.repeat_interleave(8, 2).repeat_interleave(8, 3); p = x.clone(); p[:, :, g + 1:g + 1 + side, g + 1:g + 1 + side] = x[:, :, g + 1:g + 1 + side, 2:2 + side]
        z, zp, zm = self.mini.encode(torch.cat([x, p, x * (1 - hole)]).to(memory_format=torch.channels_last)).chunk(3)
        zp = torch.where(pasted[:, None, None, None], zp, z); at = (self.next + torch.arange(len(x), device=A.device)) % A.kept
        for part, new in zip(self.parts, (z, zp, zm, m, ids, pasted)): part[at] = new
        self.next = (self.next + len(x)) % A.kept; self.full = min(A.kept, self.full + len(x)); return len(x)

    def draw(self):
        while self.full < min(A.kept, 8 * A.batch): self.add(self.queue.get())
        self.credit = min(self.credit + A.fresh * A.batch, 2 * A.batch)
        while self.credit > 0 and not self.queue.empty(): self.credit -= self.add(self.queue.get())
        i = torch.randint(0, self.full, (A.batch,), device=A.device); return [p[i] for p in self.parts]


torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2))); torch.manual_seed(int(time.time())); torch.backends.cudnn.benchmark = True
type_ = model.half_of(A.device); mini = model.Mini(A.model, A.device, A.new, type_); named = mini.named_parameters(); step = 0; os.makedirs(A.out, exist_ok=True)
opt = Muon(named, adam=("conv_in", "conv_out", "embedding", "time_emb"), average=A.decay)
if A.resume: state = torch.load(A.out + "/state.pt", map_location=A.device); opt.resume(state); step = state["steps"]
loader = DataLoader(Samples(mini.tokens), batch_size=min(A.batch, 64), num_workers=A.workers, prefetch_factor=4, pin_memory=A.device != "cpu")
pool = Pool(mini, loader); abar = model.training_schedule().alphas_cumprod.to(A.device)
if A.compile: fuse(mini.unet)


def loss_of(z, zp, zm, m, ids, pasted):
    b = len(z); random = lambda: torch.rand(b, device=A.device); wide = lambda x: x[:, None, None, None]
    # A run starts at a level s from the noised grid with B pasted over B' (Analogist). Along a DDIM trajectory that is the true grid with the noise
    # moved by (alpha_s / sigma_s) (pasted - true), so the network is shown just that. Without a start (one in ten, and single pictures): s = 1, noise alone.
    free = ((random() < .1) | ~pasted).float(); start = free + (1 - free) * (.3 + .6 * random() ** 2)
    t = (1000 * start * random() ** A.skew).long().clamp_(0, 999); a, s = wide(abar[t]), wide(abar[(1000 * start).long().clamp_(0, 999)])
    noise = torch.randn_like(z) + wide(1 - free) * (s / (1 - s)).sqrt() * (zp - z)
    context = mini.text(ids).last_hidden_state * (random() > .06)[:, None, None]  # zeros now and then: the unconditional context of Prompt-Free Diffusion
    x = torch.cat([a.sqrt() * z + (1 - a).sqrt() * noise, m, zm], 1).to(type_, memory_format=torch.channels_last)
    v = mini.unet(x, t, context.to(type_), return_dict=False)[0].float()
    weight = m + .15 * (1 - m); weight = weight / weight.mean((1, 2, 3), keepdim=True)  # the part to fill counts fully, the rest a little
    return (weight * (v - (a.sqrt() * noise - (1 - a).sqrt() * z)) ** 2).mean()


def one(*batch):
    for p in opt.live: p.grad = None
    loss = loss_of(*batch); loss.backward(); opt.step(); return loss.detach()


def save():
    f = A.out + "/state.pt"; torch.save(opt.state(), f + ".new"); os.replace(f + ".new", f); model.export(mini, A.out, {n: w for (n, _), w in zip(named, opt.averaged)})


started, first, begin, losses, saved, recorded = time.time(), step, None, [], time.time(), Recorded(one, A.device)
while begin is None or (e := (time.time() - begin) / 60 / A.minutes) < 1:
    opt.prepare(A.rate * min(1, (step - first + 1) / 300) * ((.5 * (1 + np.cos(np.pi * e)) + .01) if A.final and begin else 1))
    losses.append(recorded(*pool.draw())); step += 1
    if begin is None and recorded.calls == recorded.slow: losses[-1].item(); begin = time.time(); print(f"first steps after {begin - started:.0f} s", flush=True)
    if (step - first) % 100 == 0: mean = torch.stack(losses[-200:]).mean().item(); print(f"{(time.time() - begin) / 60:.2f} min, step {step}, loss {mean:.4f}, {(time.time() - begin) / (recorded.calls - recorded.slow):.3f} s a step, {pool.next if pool.full < A.kept else pool.full} kept", flush=True); losses = losses[-200:]
    if time.time() - saved > 60 * A.save: save(); saved = time.time()
save()
os._exit(0)  # the processes that draw are in the middle of something
