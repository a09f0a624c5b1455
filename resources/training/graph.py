# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes a training step fast on a GPU: its thousands of small kernels are recorded once and launched together, and those of the largest blocks can be fused."""
import torch
from diffusers.models.transformers.transformer_2d import Transformer2DModel


def fuse(net):
    """Compiles the UNet's transformer blocks at its two finest levels, where most of the time goes. As a whole the network takes minutes to compile."""
    for level in (*net.down_blocks[:2], *net.up_blocks[-2:]):
        for m in level.modules():
            if isinstance(m, Transformer2DModel): m.compile(fullgraph=True, dynamic=False)


class Recorded:
    """step(*tensors) -> a tensor, called as it is on a CPU. On a GPU the fourth call records it as a CUDA graph, which all later calls replay: it may neither wait for the GPU nor depend on numbers that the host holds."""

    slow = 4  # calls that are not like those that follow

    def __init__(self, step, device): self.step, self.cuda, self.calls, self.graph = step, device != "cpu", 0, None

    def __call__(self, *tensors):
        self.calls += 1
        if not self.cuda: return self.step(*tensors)
        if self.calls == 1: self.stream, self.inputs = torch.cuda.Stream(), [t.clone() for t in tensors]
        for mine, t in zip(self.inputs, tensors): mine.copy_(t)
        if self.calls < self.slow:  # lazy beginnings: compilation, choice of algorithms, memory
            self.stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(self.stream): result = self.step(*self.inputs)
            torch.cuda.current_stream().wait_stream(self.stream); return result
        if self.graph is None:
            self.graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(self.graph, capture_error_mode="thread_local"): self.result = self.step(*self.inputs)  # other threads bring pictures meanwhile
        self.graph.replay(); return self.result.clone()
