# SPDX-License-Identifier: GPL-3.0-or-later
"""Records tests/data/lora: LoRAs for the networks of the cases unet-sd1 and clip-text-sd1, in the
names of kohya's scripts, of diffusers and of PEFT, and what diffusers and PEFT make of them.

    python lora.py DATA        needs torch, diffusers, peft, transformers, safetensors
"""

import json
import pathlib
import sys

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig, inject_adapter_in_model
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel

import portablefill

BLOCK = "down_blocks.0.attentions.0.transformer_blocks.0."
TEXT = "text_model.encoder.layers.0.self_attn."
# Each kind of layer with each kind of alpha: the rank, another, none, 0.
LAYERS = {
    "linear": [BLOCK + "attn1.to_q", BLOCK + "attn2.to_k", BLOCK + "attn1.to_v", BLOCK + "attn2.to_out.0"],
    "1x1": [f"down_blocks.{i}.attentions.{j}.proj_in" for i in (0, 1) for j in (0, 1)],
    "3x3": [f"down_blocks.{i}.resnets.{j}.conv1" for i in (0, 1) for j in (0, 1)],
    "text": [TEXT + name for name in ("q_proj", "k_proj", "v_proj", "out_proj")],
}
ALPHAS = ["rank", "other", "missing", "0"]
RANKS = {"first": 3, "second": 2}
WEIGHTS = {"first": 1.3, "second": -0.5}


def alpha_of(kind, rank):
    return {"rank": float(rank), "other": 5.0, "missing": None, "0": 0.0}[kind]


def layers():
    """Name, whether the text encoder has it, alpha."""
    for kind, names in LAYERS.items():
        for name, alpha in zip(names, ALPHAS):
            yield name, kind == "text", alpha


def numbers(adapter, base):
    """down and up of each layer, by its name."""
    made = {}
    for name, _, _ in layers():
        out, *rest = base[name + ".weight"].shape
        rank = RANKS[adapter]
        down = portablefill.weight(f"{adapter}.{name}.down", (rank, *rest))
        up = portablefill.weight(f"{adapter}.{name}.up", (out, rank, *[1] * (len(rest) - 1)))
        made[name] = down, up
    return made


def kohya(adapter, made):
    state = {}
    for name, text, alpha in layers():
        key = ("lora_te_" if text else "lora_unet_") + name.replace(".", "_")
        state[key + ".lora_down.weight"], state[key + ".lora_up.weight"] = made[name]
        if alpha_of(alpha, RANKS[adapter]) is not None:
            state[key + ".alpha"] = torch.tensor(alpha_of(alpha, RANKS[adapter]))
    return state


def diffusers_names(adapter, made, down, up, unet="unet."):
    """In the names of diffusers, with the alphas that are not the rank, as some programs add them."""
    state = {}
    for name, text, alpha in layers():
        key = ("text_encoder." if text else unet) + name
        state[key + down], state[key + up] = made[name]
        if alpha in ("other", "0"):
            state[key + ".alpha"] = torch.tensor(alpha_of(alpha, RANKS[adapter]))
    return state


def processors(made):
    """The oldest names: attention processors, which know no alpha; only of linear layers."""
    state = {}
    for name, text, _ in layers():
        if not text and name not in LAYERS["linear"]:
            continue
        attention, _, layer = name.partition("self_attn." if text else "attn1.")
        if not layer:
            attention, _, layer = name.partition("attn2.")
        place = name[: len(name) - len(layer)]
        for own, old in (("q_proj", "to_q"), ("k_proj", "to_k"), ("v_proj", "to_v"), ("out_proj", "to_out")):
            layer = old if layer == own else layer
        key = ("text_encoder." + place if text else "unet." + place + "processor.") + layer.removesuffix(".0")
        state[key + "_lora.down.weight"], state[key + "_lora.up.weight"] = made[name]
    return state


def inject(model, adapter, made, text):
    """By PEFT itself: diffusers' own loader loses the alphas of attention layers."""
    prefix = "text_model." if text else ""
    alphas = {name.removeprefix(prefix): alpha for name, is_text, alpha in layers() if is_text == text}
    rank = RANKS[adapter]
    inject_adapter_in_model(LoraConfig(
        r=rank, lora_alpha=rank, target_modules=list(alphas),
        alpha_pattern={name: 5.0 for name, alpha in alphas.items() if alpha == "other"}), model, adapter)
    for name in alphas:
        module = model.get_submodule(name)
        down, up = made[prefix + name]
        module.lora_A[adapter].weight.data = down
        module.lora_B[adapter].weight.data = up
        module.set_scale(adapter, WEIGHTS[adapter])
        module.set_adapter(list(module.lora_A))


def main(data):
    folder = data / "lora"
    folder.mkdir(exist_ok=True)
    unet = UNet2DConditionModel.from_config(json.loads((data / "unet-sd1/config.json").read_text()))
    unet.load_state_dict(load_file(data / "unet-sd1/weights.safetensors"))
    unet.eval()
    text = CLIPTextModel(CLIPTextConfig(**json.loads((data / "clip-text-sd1/config.json").read_text())))
    weights = load_file(data / "clip-text-sd1/weights.safetensors")
    own = text.state_dict().keys()
    text.load_state_dict({k if k in own else k.removeprefix("text_model."): v for k, v in weights.items()}, strict=False)
    base = {**unet.state_dict(), **weights}

    outputs = {}
    inputs = load_file(data / "unet-sd1/inputs.safetensors")
    ids = load_file(data / "clip-text-sd1/inputs.safetensors")["input_ids"]
    recorded = load_file(data / "clip-text-sd1/outputs.safetensors")["last_hidden_state"]
    with torch.no_grad():
        assert (text(ids).last_hidden_state - recorded).abs().max() < 1e-4
    for adapter in RANKS:
        made = numbers(adapter, base)
        files = {
            "kohya": kohya(adapter, made),
            "diffusers": diffusers_names(adapter, made, ".lora.down.weight", ".lora.up.weight"),
            "peft": diffusers_names(adapter, made, ".lora_A.weight", ".lora_B.weight"),
        }
        if adapter == "first":
            files["processors"] = processors(made)
        for naming, state in files.items():
            save_file(state, folder / f"{adapter}-{naming}.safetensors")
        # An alpha of 0 is the same as none in kohya's scripts.
        inject(unet, adapter, made, False)
        inject(text, adapter, made, True)

    with torch.no_grad():
        outputs["unet"] = unet(inputs["latent"], 501, inputs["context"]).sample
        outputs["text"] = text(ids).last_hidden_state
        modules = {**dict(unet.named_modules()), **dict(text.named_modules())}
        for name, _, alpha in layers():
            module = modules[name.removeprefix("text_model.")]
            for adapter, weight in WEIGHTS.items():
                rank = RANKS[adapter]
                wanted = weight * ((alpha_of(alpha, rank) or rank) / rank)
                assert abs(module.scaling[adapter] - wanted) < 1e-9, (name, module.scaling)
            for type in (torch.float32, torch.float16, torch.bfloat16):
                weight = base[name + ".weight"].to(type).float()
                for adapter in WEIGHTS:
                    weight = weight + module.get_delta_weight(adapter)
                outputs[f"{name}.{str(type).removeprefix('torch.')}"] = weight.to(type)
    save_file(outputs, folder / "outputs.safetensors")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
