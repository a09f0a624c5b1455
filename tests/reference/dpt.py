# SPDX-License-Identifier: GPL-3.0-or-later
"""Records tests/data/annotators-dpt: DPT-hybrid with the portable fill as PyTorch modules whose
names are those of the published file.

    python dpt.py FOLDER        needs torch, numpy, safetensors
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

import portablefill


def same(x, kernel, stride, value=0.0):
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads, value=value)


class StdConv(nn.Conv2d):
    """Weight standardisation as a batch norm over the outputs, padding SAME."""

    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__(inputs, outputs, kernel, stride, bias=False)

    def forward(self, x):
        w = F.batch_norm(
            self.weight.reshape(1, self.out_channels, -1), None, None, training=True, eps=1e-8
        ).reshape_as(self.weight)
        return F.conv2d(same(x, self.kernel_size[0], self.stride[0]), w, stride=self.stride)


class Bottleneck(nn.Module):
    def __init__(self, inputs, outputs, stride, first):
        super().__init__()
        middle = outputs // 4
        if first:
            self.downsample = nn.Module()
            self.downsample.conv = StdConv(inputs, outputs, 1, stride)
            self.downsample.norm = nn.GroupNorm(32, outputs)
        self.conv1, self.norm1 = StdConv(inputs, middle, 1), nn.GroupNorm(32, middle)
        self.conv2, self.norm2 = StdConv(middle, middle, 3, stride), nn.GroupNorm(32, middle)
        self.conv3, self.norm3 = StdConv(middle, outputs, 1), nn.GroupNorm(32, outputs)

    def forward(self, x):
        short = x
        if hasattr(self, "downsample"):
            short = self.downsample.norm(self.downsample.conv(x))
        x = F.relu(self.norm1(self.conv1(x)))
        x = F.relu(self.norm2(self.conv2(x)))
        return F.relu(self.norm3(self.conv3(x)) + short)


class Stage(nn.Module):
    def __init__(self, inputs, outputs, stride, depth):
        super().__init__()
        self.blocks = nn.Sequential(
            Bottleneck(inputs, outputs, stride, True),
            *[Bottleneck(outputs, outputs, 1, False) for _ in range(depth - 1)]
        )

    def forward(self, x):
        return self.blocks(x)


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Module()
        self.stem.conv, self.stem.norm = StdConv(3, 64, 7, 2), nn.GroupNorm(32, 64)
        self.stages = nn.ModuleList(
            [Stage(64, 256, 1, 3), Stage(256, 512, 2, 4), Stage(512, 1024, 2, 9)]
        )

    def forward(self, x):
        x = F.relu(self.stem.norm(self.stem.conv(x)))
        x = F.max_pool2d(same(x, 3, 2, float("-inf")), 3, 2)
        outputs = []
        for stage in self.stages:
            x = stage(x)
            outputs.append(x)
        return outputs


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1) * (c // self.heads) ** -0.5).softmax(-1)
        return self.proj((a @ v).transpose(1, 2).reshape(b, n, c))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(width, 1e-6), Attention(width, heads)
        self.norm2, self.mlp = nn.LayerNorm(width, 1e-6), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, 768))
        self.pos_embed = nn.Parameter(torch.zeros(1, 577, 768))
        self.patch_embed = nn.Module()
        self.patch_embed.backbone = ResNet()
        self.patch_embed.proj = nn.Conv2d(1024, 768, 1)
        self.blocks = nn.ModuleList([Block(768, 12) for _ in range(12)])

    def forward(self, x):
        first, second, third = self.patch_embed.backbone(x)
        x = self.patch_embed.proj(third)
        h, w = x.shape[2:]
        grid = self.pos_embed[0, 1:].reshape(1, 24, 24, 768).permute(0, 3, 1, 2)
        grid = F.interpolate(grid, size=(h, w), mode="bilinear")
        position = torch.cat([self.pos_embed[:, :1], grid.flatten(2).transpose(1, 2)], 1)
        x = torch.cat([self.cls_token, x.flatten(2).transpose(1, 2)], 1) + position
        hooked = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in (8, 11):
                hooked.append(x)
        return first, second, *hooked, (h, w)


class ProjectReadout(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Sequential(nn.Linear(1536, 768), nn.GELU())

    def forward(self, x):
        return self.project(torch.cat([x[:, 1:], x[:, :1].expand_as(x[:, 1:])], -1))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(256, 256, 3, padding=1)
        self.conv2 = nn.Conv2d(256, 256, 3, padding=1)

    def forward(self, x):
        return self.conv2(F.relu(self.conv1(F.relu(x)))) + x


class Fusion(nn.Module):
    def __init__(self):
        super().__init__()
        self.out_conv = nn.Conv2d(256, 256, 1)
        self.resConfUnit1, self.resConfUnit2 = Residual(), Residual()

    def forward(self, x, skip=None):
        if skip is not None:
            x = x + self.resConfUnit1(skip)
        x = F.interpolate(self.resConfUnit2(x), scale_factor=2, mode="bilinear", align_corners=True)
        return self.out_conv(x)


class Dpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.pretrained = p = nn.Module()
        p.model = Vit()
        none = nn.Identity()
        p.act_postprocess3 = nn.Sequential(ProjectReadout(), none, none, nn.Conv2d(768, 768, 1))
        p.act_postprocess4 = nn.Sequential(
            ProjectReadout(), none, none, nn.Conv2d(768, 768, 1), nn.Conv2d(768, 768, 3, 2, 1)
        )
        self.scratch = s = nn.Module()
        for i, width in enumerate([256, 512, 768, 768], 1):
            setattr(s, f"layer{i}_rn", nn.Conv2d(width, 256, 3, padding=1, bias=False))
            setattr(s, f"refinenet{i}", Fusion())
        s.output_conv = nn.Sequential(
            nn.Conv2d(256, 128, 3, padding=1),
            nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True),
            nn.Conv2d(128, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 1, 1), nn.ReLU()
        )

    def forward(self, x):
        p, s = self.pretrained, self.scratch
        one, two, three, four, size = p.model(x)

        def back(post, tokens):
            return post[0](tokens).transpose(1, 2).unflatten(2, size)

        three = p.act_postprocess3[3](back(p.act_postprocess3, three))
        four = p.act_postprocess4[4](p.act_postprocess4[3](back(p.act_postprocess4, four)))
        x = s.refinenet4(s.layer4_rn(four))
        x = s.refinenet3(x, s.layer3_rn(three))
        x = s.refinenet2(x, s.layer2_rn(two))
        x = s.refinenet1(x, s.layer1_rn(one))
        return s.output_conv(x)


def main(folder):
    torch.set_num_threads(1)
    bytes_ = portablefill.picture("image8", 64, 96)
    x = torch.from_numpy(bytes_).float().permute(2, 0, 1)[None] / 127.5 - 1
    model = portablefill.fill(Dpt())
    with torch.no_grad():
        depth = model(x)[0, 0]
        double = model.double()(x.double())[0, 0]
    error = (depth - double).abs().max().item()
    print("depth", tuple(depth.shape), "error", error, depth.min(), depth.max(), depth.std())
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"depth": depth.contiguous()}, folder / "outputs.safetensors")
    case = {
        "case": "annotators-dpt",
        "kind": "annotators-dpt",
        "uses": {},
        "what": "DPT-hybrid, full size, portable fill; inverse depth of a picture of noise",
        "module": "tests/reference/dpt.py",
        "params": {"picture": {"key": "image8", "height": 64, "width": 96}},
        "outputs": {"depth": {"shape": [64, 96], "dtype": "float32", "absmax": depth.abs().max().item()}},
        "error": {"depth": error},
        "tolerance": {"depth": 1e-3},
    }
    (folder / "case.json").write_text(json.dumps(case, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
