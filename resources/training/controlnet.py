# SPDX-License-Identifier: GPL-3.0-or-later
"""A ControlNet (Zhang et al. 2023) of edges for the frozen default model. Without attention on its way down, so that it stays small.

usage: controlnet.py MODEL OUT --minutes N [--batch 8 --size 256 --rate .005 --new]"""
import os
import torch
from diffusers import ControlNetModel
from safetensors.torch import load_file
import frozen, model

CONFIG = dict(in_channels=4, conditioning_channels=3, down_block_types=("DownBlock2D",) * 4, block_out_channels=model.UNET["block_out_channels"], layers_per_block=2, cross_attention_dim=192,
              attention_head_dim=model.UNET["attention_head_dim"], norm_num_groups=32, conditioning_embedding_out_channels=(16, 32, 32, 32))


def train(A):
    mini = model.Mini(A.model, A.device, dtype=model.half_of(A.device)); net = ControlNetModel(**CONFIG); f = A.model + "/controlnet-canny/diffusion_pytorch_model.safetensors"
    if os.path.exists(f) and not A.new: net.load_state_dict({k: v.float() for k, v in load_file(f).items()})
    else:  # what fits of the UNet's way down
        own = net.state_dict(); net.load_state_dict({k: v.float() for k, v in mini.unet.state_dict().items() if k in own and v.shape == own[k].shape}, strict=False)
        with torch.no_grad(): net.conv_in.weight.copy_(mini.unet.conv_in.weight[:, :4].float())
    net.to(A.device, memory_format=torch.channels_last)
    def predict(x, t, pictures, edges, ids):
        context = mini.text(ids).last_hidden_state.float(); down, middle = net(x[:, :4], t, context, edges, return_dict=False)
        return mini.unet(x, t, context, down_block_additional_residuals=down, mid_block_additional_residual=middle, return_dict=False)[0]
    frozen.train(A, mini, net, ("conv_in", "controlnet_down", "controlnet_mid", "conv_out", "time_emb"), predict, "controlnet")
    model.write(A.out + "/controlnet-canny", net.state_dict(), {"_class_name": "ControlNetModel", **model.plain(net.config)}, "diffusion_pytorch_model.safetensors")


if __name__ == "__main__": train(frozen.arguments(__doc__).parse_args()); os._exit(0)  # the processes that draw are in the middle of something
