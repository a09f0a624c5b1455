# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenPose's networks as PyTorch modules whose names are those of the published files."""

import torch
from torch import nn
from torch.nn import functional as F

# VGG-19's first convolutions with their widths; "pool" halves the size.
VGG = [
    ("conv1_1", 64), ("conv1_2", 64), ("pool", 0),
    ("conv2_1", 128), ("conv2_2", 128), ("pool", 0),
    ("conv3_1", 256), ("conv3_2", 256), ("conv3_3", 256), ("conv3_4", 256), ("pool", 0),
    ("conv4_1", 512), ("conv4_2", 512),
]
BODY_TRUNK = VGG + [("conv4_3_CPM", 256), ("conv4_4_CPM", 128)]
POINT_TRUNK = VGG + [
    ("conv4_3", 512), ("conv4_4", 512), ("conv5_1", 512), ("conv5_2", 512), ("conv5_3_CPM", 128),
]


class Net(nn.Module):
    """Convolutions by name; every kernel keeps the size."""

    def conv(self, name, inputs, outputs, kernel):
        self.add_module(name, nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2))

    def add_trunk(self, layers):
        channels = 3
        for name, width in layers:
            if name != "pool":
                self.conv(name, channels, width, 3)
                channels = width

    def run_trunk(self, x, layers):
        for name, _ in layers:
            x = F.max_pool2d(x, 2) if name == "pool" else F.relu(getattr(self, name)(x))
        return x

    def add_stage(self, number, suffix, inputs, outputs):
        for i in range(1, 8):
            kernel = 7 if i < 6 else 1
            self.conv(f"Mconv{i}_stage{number}{suffix}", inputs if i == 1 else 128, outputs if i == 7 else 128, kernel)

    def run_stage(self, x, number, suffix):
        for i in range(1, 8):
            x = getattr(self, f"Mconv{i}_stage{number}{suffix}")(x)
            if i < 7:
                x = F.relu(x)
        return x


class BodyNet(Net):
    def __init__(self):
        super().__init__()
        self.add_trunk(BODY_TRUNK)
        for suffix, outputs in (("_L1", 38), ("_L2", 19)):
            for i in (1, 2, 3):
                self.conv(f"conv5_{i}_CPM{suffix}", 128, 128, 3)
            self.conv(f"conv5_4_CPM{suffix}", 128, 512, 1)
            self.conv(f"conv5_5_CPM{suffix}", 512, outputs, 1)
            for stage in range(2, 7):
                self.add_stage(stage, suffix, 185, outputs)

    def forward(self, x):
        features = self.run_trunk(x, BODY_TRUNK)
        branches = []
        for suffix in ("_L1", "_L2"):
            h = features
            for i in (1, 2, 3, 4):
                h = F.relu(getattr(self, f"conv5_{i}_CPM{suffix}")(h))
            branches.append(getattr(self, f"conv5_5_CPM{suffix}")(h))
        for stage in range(2, 7):
            h = torch.cat([*branches, features], 1)
            branches = [self.run_stage(h, stage, suffix) for suffix in ("_L1", "_L2")]
        return branches[0], F.relu(branches[1])  # affinity fields, heat maps


class PointNet(Net):
    """Hands (22 maps) and faces (71 maps)."""

    def __init__(self, maps):
        super().__init__()
        self.add_trunk(POINT_TRUNK)
        self.conv("conv6_1_CPM", 128, 512, 1)
        self.conv("conv6_2_CPM", 512, maps, 1)
        for stage in range(2, 7):
            self.add_stage(stage, "", maps + 128, maps)

    def forward(self, x):
        features = self.run_trunk(x, POINT_TRUNK)
        h = self.conv6_2_CPM(F.relu(self.conv6_1_CPM(features)))
        for stage in range(2, 7):
            h = self.run_stage(torch.cat([h, features], 1), stage, "")
        return h
