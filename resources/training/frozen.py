# SPDX-License-Identifier: GPL-3.0-or-later
"""What is trained against the frozen default model, on single figures: the loop that the SeeCoder and the ControlNet share."""
import argparse, os, queue, threading, time
import cv2, numpy as np, torch
from torch.utils.data import DataLoader, IterableDataset
import data, model
from graph import Recorded
from muon import Muon


def arguments(description):
    ap = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter); ap.add_argument("model", nargs="?"); ap.add_argument("out", nargs="?")
    ap.add_argument("--minutes", type=float, default=10, help="counted from the first step on"); ap.add_argument("--batch", type=int, default=8); ap.add_argument("--size", type=int, default=256); ap.add_argument("--rate", type=float, default=.005)
    ap.add_argument("--device", default="cpu"); ap.add_argument("--workers", type=int, default=1, help="processes that draw pictures"); ap.add_argument("--kept", type=int, default=1500, help="encoded pictures in memory"); ap.add_argument("--new", action="store_true", help="random weights instead of MODEL's"); return ap


def edges(picture, low=100, high=200): return cv2.Canny(picture, low, high)  # as the program's annotator does


class Singles(IterableDataset):
    """Picture (S, S, 3) uint8, its edges (S, S) uint8, tokens of its caption."""

    def __init__(self, size, tokens): self.size, self.tokens = size, tokens

    def __iter__(self):
        w = torch.utils.data.get_worker_info(); cv2.setNumThreads(0); rng = np.random.default_rng([int(time.time()), w.id if w else 0])
        while True: image, caption, _ = data.single(rng, self.size); yield torch.from_numpy(image), torch.from_numpy(edges(image)), self.tokens([caption if rng.random() < .6 else ""])[0]


def train(A, mini, net, adam, predict, name):
    """Lowers the error of the velocity that predict(x, t, pictures in [0, 1], edges in [0, 1], tokens) gives. Leaves the averaged weights in net."""
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 2))); torch.backends.cudnn.benchmark = True; mini.unet.eval().requires_grad_(False); mini.text.eval().requires_grad_(False)
    device, n, S = A.device, A.size // 8, A.size; opt = Muon(list(net.named_parameters()), adam=adam, average=.995); abar = model.training_schedule().alphas_cumprod.to(device); ready, full, at = queue.Queue(4), 0, 0
    loader = DataLoader(Singles(S, mini.tokens), batch_size=min(A.batch, 32), num_workers=A.workers, pin_memory=device != "cpu")
    threading.Thread(target=lambda: [ready.put(b) for b in loader], daemon=True).start()
    kept = [torch.zeros(A.kept, S, S, 3, dtype=torch.uint8, device=device), torch.zeros(A.kept, S, S, dtype=torch.uint8, device=device), torch.zeros(A.kept, 77, dtype=torch.long, device=device), torch.zeros(A.kept, 4, n, n, device=device)]
    grey = mini.encode(torch.zeros(1, 3, S, S, device=device)); begin, step, losses = None, 0, []

    def one(x, h, ids, z):
        for p in opt.live: p.grad = None
        t = (1000 * torch.rand(A.batch, device=device) ** .7).long().clamp_(0, 999); a = abar[t][:, None, None, None]; noise = torch.randn_like(z)
        noised = torch.cat([a.sqrt() * z + (1 - a).sqrt() * noise, torch.ones_like(z[:, :1]), grey.expand(A.batch, -1, -1, -1)], 1).to(memory_format=torch.channels_last)
        with torch.autocast(device.split(":")[0], dtype=torch.bfloat16, enabled=mini.dtype == torch.bfloat16): v = predict(noised, t, x.permute(0, 3, 1, 2).float() / 255, h[:, None].expand(-1, 3, -1, -1).float() / 255, ids).float()
        loss = ((v - (a.sqrt() * noise - (1 - a).sqrt() * z)) ** 2).mean(); loss.backward(); opt.step(); return loss.detach()

    recorded = Recorded(one, device)
    while begin is None or (e := (time.time() - begin) / 60 / A.minutes) < 1:
        while full < min(A.kept, 4 * A.batch) or not ready.empty():
            x, h, ids = (t.to(device, non_blocking=True) for t in ready.get()); z = mini.encode((x.permute(0, 3, 1, 2).float() / 127.5 - 1).to(memory_format=torch.channels_last)); where = (at + torch.arange(len(x), device=device)) % A.kept
            for part, new in zip(kept, (x, h, ids, z)): part[where] = new
            at, full = (at + len(x)) % A.kept, min(A.kept, full + len(x))
            if full >= 4 * A.batch: break
        i = torch.randint(0, full, (A.batch,), device=device); opt.prepare(A.rate * min(1, (step + 1) / 100) * ((.5 * (1 + np.cos(np.pi * e)) + .01) if begin else 1)); losses.append(recorded(*(part[i] for part in kept))); step += 1
        if begin is None and step == recorded.slow: losses[-1].item(); begin = time.time()
        if step % 50 == 0: print(f"{name}: {(time.time() - begin) / 60:.2f} min, step {step}, loss {torch.stack(losses[-200:]).mean().item():.4f}, {(time.time() - begin) / (step - recorded.slow):.3f} s a step", flush=True); losses = losses[-200:]
    with torch.no_grad(): torch._foreach_copy_(opt.live, opt.averaged)
