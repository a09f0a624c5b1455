# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the embeddings and the LoRA in tests/data/pickles, as programs of old have saved them.

    python learntwords.py DATA        needs torch
"""

import pathlib
import sys

import torch

WIDTH, CHANNELS = 192, 128


def main(data):
    folder = pathlib.Path(data) / "pickles"
    # Two vectors of numbers that a test can write down: place / 256.
    vectors = torch.arange(2 * WIDTH, dtype=torch.float32).reshape(2, WIDTH) / 256
    of_webui = {
        "string_to_token": {"*": 265},
        "name": "learnt",
        "step": 500,
        "sd_checkpoint": None,
        "sd_checkpoint_name": None,
    }
    torch.save(of_webui | {"string_to_param": {"*": vectors}}, folder / "embedding-webui.pt")
    # The program of Gal et al. kept them in a dictionary of parameters.
    parameters = torch.nn.ParameterDict({"*": torch.nn.Parameter(vectors)})
    torch.save(
        {"string_to_token": {"*": torch.tensor(265)}, "string_to_param": parameters},
        folder / "embedding-parameterdict.pt")
    torch.save({"<learnt>": vectors}, folder / "embedding-diffusers.bin")
    name = "lora_unet_mid_block_attentions_0_proj_in"
    down = torch.arange(CHANNELS, dtype=torch.float32).reshape(1, CHANNELS, 1, 1) / 64
    torch.save(
        {
            name + ".lora_down.weight": down,
            name + ".lora_up.weight": down.reshape(CHANNELS, 1, 1, 1) - 0.5,
            name + ".alpha": torch.tensor(1.0),
        },
        folder / "lora.pt")


if __name__ == "__main__":
    main(sys.argv[1])
