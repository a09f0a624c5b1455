# SPDX-License-Identifier: GPL-3.0-or-later
"""The default model's networks: made new, read from a model folder, written as one."""
import json, os, shutil, torch
from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

BETAS = dict(beta_start=.00085, beta_end=.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
UNET = dict(sample_size=32, in_channels=9, out_channels=4, block_out_channels=(64, 128, 128, 128), layers_per_block=2,
            cross_attention_dim=192, attention_head_dim=[1, 2, 2, 2], norm_num_groups=32)
TEXT = dict(hidden_size=192, intermediate_size=768, num_hidden_layers=4, num_attention_heads=4, max_position_embeddings=77, projection_dim=192)


def half_of(device):
    """The type to train in: bfloat16 on a GPU or where the processor has AMX; elsewhere it is ten times slower than float32."""
    return torch.bfloat16 if device != "cpu" or torch.cpu._is_amx_tile_supported() else torch.float32


class Mini:
    """unet and text are trained; vae and tokenizer stay as they are in the folder."""

    def __init__(self, folder, device="cpu", new=False, dtype=torch.float32):
        self.folder, self.device, self.dtype = folder, device, dtype
        self.tokenizer = CLIPTokenizer.from_pretrained(folder + "/tokenizer")
        self.vae = AutoencoderKL.from_pretrained(folder + "/vae").eval().requires_grad_(False).to(device, torch.float16 if device != "cpu" else torch.float32, memory_format=torch.channels_last)
        if new:
            t = self.tokenizer
            self.unet = UNet2DConditionModel(**UNET)
            self.text = CLIPTextModel(CLIPTextConfig(vocab_size=len(t), bos_token_id=t.bos_token_id, eos_token_id=t.eos_token_id, pad_token_id=t.pad_token_id, **TEXT))
        else:
            self.unet = UNet2DConditionModel.from_pretrained(folder + "/unet").float()
            self.text = CLIPTextModel.from_pretrained(folder + "/text_encoder").float()
        self.unet.to(device, dtype, memory_format=torch.channels_last); self.text.to(device, dtype)
        if device == "cpu" and torch.cpu._is_amx_tile_supported(): self.unet.set_attn_processor(AttnProcessor())  # its backward is the faster one there
        self.scale = self.vae.config.scaling_factor

    def tokens(self, captions):
        return self.tokenizer(captions, padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids

    @torch.no_grad()
    def encode(self, image): return self.vae.encode(image.to(self.vae.dtype)).latent_dist.mode().float() * self.scale

    @torch.no_grad()
    def decode(self, latent): return self.vae.decode((latent / self.scale).to(self.vae.dtype)).sample.float().clamp(-1, 1)

    def named_parameters(self): return [("unet." + n, p) for n, p in self.unet.named_parameters()] + [("text." + n, p) for n, p in self.text.named_parameters()]


def training_schedule(): return DDPMScheduler(**BETAS)
def sampling_schedule(): return DDIMScheduler(**BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1, prediction_type="v_prediction", timestep_spacing="leading")


def write(folder, state, config, name):
    """Writes one network: its weights in half precision, the file atomically, and its config.json."""
    os.makedirs(folder, exist_ok=True); f = f"{folder}/{name}"
    save_file({k: v.detach().cpu().to(torch.float16).contiguous() if v.is_floating_point() else v.cpu().contiguous() for k, v in state.items()}, f + ".new", metadata={"format": "pt"}); os.chmod(f + ".new", 0o644); os.replace(f + ".new", f)
    json.dump(config, open(folder + "/config.json", "w"), indent=2, sort_keys=True)


def plain(config): return {k: v for k, v in dict(config).items() if not k.startswith("_")}


def export(mini, out, weights={}):
    """Writes the whole model in the diffusers layout, folder by folder. weights: by the names of named_parameters(), in place of the live ones."""
    states = {part: {n: weights.get(f"{part}.{n}", v) for n, v in net.state_dict().items()} for part, net in (("unet", mini.unet), ("text", mini.text))}
    write(out + "/unet", states["unet"], {"_class_name": "UNet2DConditionModel", **plain(mini.unet.config)}, "diffusion_pytorch_model.safetensors")
    write(out + "/vae", mini.vae.state_dict(), {"_class_name": "AutoencoderKL", **plain(mini.vae.config)}, "diffusion_pytorch_model.safetensors")
    c = mini.text.config.to_dict(); keep = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "hidden_act", "max_position_embeddings", "layer_norm_eps", "bos_token_id", "eos_token_id", "pad_token_id", "projection_dim")
    write(out + "/text_encoder", {(k if k.startswith("text_model.") else "text_model." + k): v for k, v in states["text"].items() if "position_ids" not in k}, {**{k: c[k] for k in keep}, "architectures": ["CLIPTextModel"], "model_type": "clip_text_model"}, "model.safetensors")
    os.makedirs(out + "/scheduler", exist_ok=True)
    json.dump({"_class_name": "DDIMScheduler", **BETAS, "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, "prediction_type": "v_prediction", "timestep_spacing": "leading"}, open(out + "/scheduler/scheduler_config.json", "w"), indent=2)
    json.dump({"_class_name": "StableDiffusionInpaintPipeline", "_diffusers_version": "0.27.0", "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"], "text_encoder": ["transformers", "CLIPTextModel"],
               "tokenizer": ["transformers", "CLIPTokenizer"], "scheduler": ["diffusers", "DDIMScheduler"], "safety_checker": [None, None], "feature_extractor": [None, None]}, open(out + "/model_index.json", "w"), indent=2)
    if os.path.abspath(out) != os.path.abspath(mini.folder):
        for f in ("preview.json", "recommended.json", "README.md"):
            if os.path.exists(f"{mini.folder}/{f}"): shutil.copy(f"{mini.folder}/{f}", f"{out}/{f}")
        for d in ("tokenizer", "seecoder", "controlnet-canny"):
            if os.path.exists(f"{mini.folder}/{d}"): shutil.copytree(f"{mini.folder}/{d}", f"{out}/{d}", dirs_exist_ok=True)
