# SPDX-License-Identifier: GPL-3.0-or-later
"""Muon (orthogonalised momentum, Keller Jordan 2024) for weights with two or more dimensions, AdamW for the rest."""
import torch

amx = torch.cpu._is_amx_tile_supported()


def orthogonal(g, steps=5):
    """(n, rows, columns) -> the nearest orthogonal matrices, about, by a Newton-Schulz iteration."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.bfloat16() if g.is_cuda or amx else g.float(); t = x.shape[-2] > x.shape[-1]
    if t: x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        y = x @ x.mT; x = a * x + (b * y + c * y @ y) @ x
    return (x.mT if t else x).float()


class Muon:
    """Holds the weights in single precision (masters) for live ones of any type, which get a copy after every step. The work is done in lists: there are hundreds of small weights."""

    def __init__(self, named, adam=(), momentum=.95, decay=.01, adam_ratio=.05, betas=(.9, .99), average=.998):
        self.live = [p for _, p in named]; self.masters = [p.detach().float().clone(memory_format=torch.contiguous_format) for p in self.live]; self.averaged = [m.clone() for m in self.masters]
        self.momentum, self.decay, self.ratio, self.betas, self.average, self.steps = momentum, decay, adam_ratio, betas, average, 0
        self.values = torch.zeros(5, device=self.masters[0].device); self.grads = [torch.zeros_like(m) for m in self.masters]; self.first = [torch.zeros_like(m) for m in self.masters]
        matrix = lambda n, p: p.ndim >= 2 and min(p.shape[0], p[0].numel()) > 4 and not any(k in n for k in adam)
        self.plain = [i for i, (n, p) in enumerate(named) if not matrix(n, p)]; self.second = [torch.zeros_like(self.masters[i]) for i in self.plain]; self.groups = {}
        for i, (n, p) in enumerate(named):
            if matrix(n, p): self.groups.setdefault((p.shape[0], p[0].numel()), []).append(i)

    def prepare(self, rate):
        """To be called before each step: puts what changes from step to step where the weights are, so that the step can be recorded."""
        self.steps += 1; b1, b2 = self.betas
        new = torch.tensor([-rate, 1 - rate * self.decay, -rate * self.ratio / (1 - b1 ** self.steps), 1 / (1 - b2 ** self.steps), 1 - min(self.average, self.steps / (self.steps + 20))])
        self.values.copy_(new.pin_memory() if self.values.is_cuda else new, non_blocking=True)

    @torch.no_grad()
    def step(self):
        """Takes the live weights' gradients, their norm clipped at 1."""
        down, kept, plain_rate, correction, share = self.values.unbind(); pick = lambda l, which: [l[i] for i in which]
        torch._foreach_copy_(self.grads, [torch.zeros_like(p) if p.grad is None else p.grad for p in self.live])
        norm = torch.stack(torch._foreach_norm(self.grads)).norm(); torch._foreach_mul_(self.grads, (1 / (norm + 1e-6)).clamp(max=1.))
        b1, b2 = self.betas; g, m, v = pick(self.grads, self.plain), pick(self.first, self.plain), self.second
        torch._foreach_lerp_(m, g, 1 - b1); torch._foreach_mul_(v, b2); torch._foreach_addcmul_(v, g, g, 1 - b2)
        scale = torch._foreach_mul(v, correction); torch._foreach_sqrt_(scale); torch._foreach_add_(scale, 1e-8)
        change = torch._foreach_div(m, scale); torch._foreach_mul_(change, plain_rate); torch._foreach_add_(pick(self.masters, self.plain), change)
        for (rows, columns), which in self.groups.items():
            g, m, w = pick(self.grads, which), pick(self.first, which), pick(self.masters, which)
            torch._foreach_lerp_(m, g, 1 - self.momentum); u = torch._foreach_lerp(g, m, self.momentum)
            u = orthogonal(torch.stack([x.reshape(rows, columns) for x in u])) * (max(1, rows / columns) ** .5 * down)
            torch._foreach_mul_(w, kept); torch._foreach_add_(w, [x.reshape(y.shape) for x, y in zip(u, w)])
        change = torch._foreach_sub(self.masters, self.averaged); torch._foreach_mul_(change, share); torch._foreach_add_(self.averaged, change)
        torch._foreach_copy_(self.live, self.masters)

    def state(self): return dict(masters=self.masters, averaged=self.averaged, first=self.first, second=self.second, steps=self.steps)

    @torch.no_grad()
    def resume(self, state):
        for k in ("masters", "averaged", "first", "second"): torch._foreach_copy_(getattr(self, k), state[k])
        self.steps = state["steps"]; torch._foreach_copy_(self.live, self.masters)
