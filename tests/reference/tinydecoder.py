# SPDX-License-Identifier: GPL-3.0-or-later
"""Records tests/data/taesd: what diffusers' AutoencoderTiny makes of a latent, with weights that are
filled by their names (portablefill.py) in diffusers' layout.

    python tinydecoder.py DATA        needs torch, diffusers, safetensors
"""

import math
import pathlib
import sys

import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file

import portablefill

SHAPE = (2, 4, 5, 6)


def main(data):
    folder = pathlib.Path(data) / "taesd"
    folder.mkdir(exist_ok=True)
    vae = portablefill.fill(AutoencoderTiny())
    latent = torch.from_numpy(
        ((2 * portablefill.uniform("taesd.latent", SHAPE) - 1) * 2 * math.sqrt(3)).astype("float32"))
    with torch.no_grad():
        picture = vae.decode(latent / vae.config.scaling_factor).sample
    save_file({"latent": latent, "picture": picture.contiguous()}, folder / "outputs.safetensors")
    print(picture.shape, float(picture.min()), float(picture.max()))


if __name__ == "__main__":
    main(sys.argv[1])
