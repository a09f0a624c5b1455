# SPDX-License-Identifier: GPL-3.0-or-later
"""SeeCoder in PyTorch, keys as in the published files, each picture encoded for itself (specs/prompt-free-diffusion.md 2), and its training against the frozen default model.

usage: seecoder.py MODEL OUT --minutes N [--batch 8 --size 256 --rate .005 --new]
       seecoder.py --check GOLDENS        # agreement with the recorded case `seecoder`"""
import json, os
import torch, torch.nn.functional as F
from torch import nn
import frozen, model

SMALL = dict(swin=dict(embed_dim=24, depths=[2, 2, 2, 1], num_heads=[2, 4, 8, 16], window_size=12),
             decoder=dict(inchannels=dict(res3=48, res4=96, res5=192), trans_dim=192, trans_nheads=8, trans_feedforward_dim=256, trans_num_layers=1),
             qtransformer=dict(in_channels=192, hidden_dim=192, num_queries=[4, 28], nheads=8, num_layers=3, feedforward_dim=192))


class Named(nn.Module):
    """A bag of submodules and parameters with the names that the files use."""

    def __init__(self, **parts):
        super().__init__()
        for k, v in parts.items(): setattr(self, k, v)


def windows(x, w): b, h, v, c = x.shape; return x.view(b, h // w, w, v // w, w, c).transpose(2, 3).reshape(-1, w * w, c)


class Block(nn.Module):
    def __init__(self, dim, heads, window, shift):
        super().__init__(); self.heads, self.window, self.shift = heads, window, shift
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = Named(qkv=nn.Linear(dim, 3 * dim), proj=nn.Linear(dim, dim), relative_position_bias_table=nn.Parameter(torch.randn((2 * window - 1) ** 2, heads) * .02))
        i = torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing="ij")).flatten(1); d = i[:, :, None] - i[:, None] + window - 1
        self.attn.register_buffer("relative_position_index", d[0] * (2 * window - 1) + d[1]); self.mlp = Named(fc1=nn.Linear(dim, 4 * dim), fc2=nn.Linear(4 * dim, dim))

    def forward(self, x, mask):
        b, h, v, c = x.shape; w = self.window; y = F.pad(self.norm1(x), (0, 0, 0, -v % w, 0, -h % w)); hp, vp = y.shape[1:3]
        if self.shift: y = y.roll((-self.shift, -self.shift), (1, 2))
        q, k, u = self.attn.qkv(windows(y, w)).view(-1, w * w, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        bias = self.attn.relative_position_bias_table[self.attn.relative_position_index.flatten()].view(w * w, w * w, -1).permute(2, 0, 1)[None]
        if self.shift: bias = (bias + mask[:, None]).repeat(b, 1, 1, 1)
        y = self.attn.proj(F.scaled_dot_product_attention(q, k, u, attn_mask=bias.expand(len(q), -1, -1, -1)).transpose(1, 2).reshape(-1, w * w, c))
        y = y.view(b, hp // w, vp // w, w, w, c).transpose(2, 3).reshape(b, hp, vp, c)
        if self.shift: y = y.roll((self.shift, self.shift), (1, 2))
        x = x + y[:, :h, :v]; return x + self.mlp.fc2(F.gelu(self.mlp.fc1(self.norm2(x))))


class Swin(nn.Module):
    def __init__(self, embed_dim, depths, num_heads, window_size):
        super().__init__(); self.window = window_size; dims = [embed_dim << i for i in range(4)]
        self.patch_embed = Named(proj=nn.Conv2d(3, embed_dim, 4, 4), norm=nn.LayerNorm(embed_dim))
        self.layers = nn.ModuleList(Named(blocks=nn.ModuleList(Block(d, n, window_size, window_size // 2 if i % 2 else 0) for i in range(k)), **({"downsample": Named(norm=nn.LayerNorm(4 * d), reduction=nn.Linear(4 * d, 2 * d, bias=False))} if s < 3 else {})) for s, (d, k, n) in enumerate(zip(dims, depths, num_heads)))
        for i, d in enumerate(dims): setattr(self, f"norm{i}", nn.LayerNorm(d))

    def mask(self, h, v, device):
        w = self.window; hp, vp = h + -h % w, v + -v % w; r = torch.zeros(1, hp, vp, 1, device=device); n = 0
        for a in (slice(0, -w), slice(-w, -(w // 2)), slice(-(w // 2), None)):
            for b in (slice(0, -w), slice(-w, -(w // 2)), slice(-(w // 2), None)): r[:, a, b] = n; n += 1
        r = windows(r, w)[..., 0]; return torch.where(r[:, None] == r[:, :, None], 0., -100.)

    def forward(self, x):
        """(B, 3, H, W) in [0, 1] -> res2 to res5, channels first"""
        x = F.pad(x, (0, -x.shape[3] % 4, 0, -x.shape[2] % 4)); x = self.patch_embed.norm(self.patch_embed.proj(x).permute(0, 2, 3, 1)); out = {}
        for s, layer in enumerate(self.layers):
            m = self.mask(x.shape[1], x.shape[2], x.device)
            for b in layer.blocks: x = b(x, m)
            out[f"res{s + 2}"] = getattr(self, f"norm{s}")(x).permute(0, 3, 1, 2)
            if s < 3:
                x = F.pad(x, (0, 0, 0, x.shape[2] % 2, 0, x.shape[1] % 2)); x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1); x = layer.downsample.reduction(layer.downsample.norm(x))
        return out


class Decoder(nn.Module):
    def __init__(self, inchannels, trans_dim, trans_nheads, trans_feedforward_dim, trans_num_layers):
        super().__init__(); d = trans_dim; self.names = ["res5", "res4", "res3"]
        self.inproj_layers = nn.ModuleDict({k: nn.Sequential(nn.Conv2d(inchannels[k], d, 1), nn.GroupNorm(32, d)) for k in inchannels}); self.level_embed = nn.Parameter(torch.randn(3, d))
        self.transformer = Named(layers=nn.ModuleList(Named(self_attn=nn.MultiheadAttention(d, trans_nheads), linear1=nn.Linear(d, trans_feedforward_dim), linear2=nn.Linear(trans_feedforward_dim, d), norm1=nn.LayerNorm(d), norm2=nn.LayerNorm(d)) for _ in range(trans_num_layers)))
        self.lateral_layers = nn.ModuleDict()
        for k in inchannels: c = nn.Conv2d(inchannels[k], d, 1, bias=False); c.norm = nn.GroupNorm(32, d); self.lateral_layers[k] = c

    def forward(self, f):
        x = [self.inproj_layers[k](f[k]) for k in self.names]; sizes = [t.shape[-2:] for t in x]; x = torch.cat([t.flatten(2).transpose(1, 2) + self.level_embed[i] for i, t in enumerate(x)], 1); d = x.shape[-1]
        for l in self.transformer.layers:  # attention of every token over a batch of one picture: a linear map
            a = l.self_attn; x = l.norm1(x + a.out_proj(F.linear(x, a.in_proj_weight[2 * d:], a.in_proj_bias[2 * d:]))); x = l.norm2(x + l.linear2(F.relu(l.linear1(x))))
        x = x.split([h * w for h, w in sizes], 1); return {k: t.transpose(1, 2).unflatten(2, s) + self.lateral_layers[k].norm(self.lateral_layers[k](f[k])) for k, t, s in zip(self.names, x, sizes)}


class QueryTransformer(nn.Module):
    def __init__(self, in_channels, hidden_dim, num_queries, nheads, num_layers, feedforward_dim):
        super().__init__(); d, n = hidden_dim, sum(num_queries); self.globals = num_queries[0]; mha = lambda: nn.MultiheadAttention(d, nheads, batch_first=True)
        self.init_query, self.query_pos_embedding, self.level_embed = nn.Embedding(n, d), nn.Embedding(n, d), nn.Embedding(3, d)
        self.transformer_crossatt_layers = nn.ModuleList(Named(multihead_attn=mha(), norm=nn.LayerNorm(d)) for _ in range(num_layers)); self.transformer_selfatt_layers = nn.ModuleList(Named(self_attn=mha(), norm=nn.LayerNorm(d)) for _ in range(num_layers))
        self.transformer_feedforward_layers = nn.ModuleList(Named(linear1=nn.Linear(d, feedforward_dim), linear2=nn.Linear(feedforward_dim, d), norm=nn.LayerNorm(d)) for _ in range(num_layers))

    def forward(self, levels):
        f = [x.flatten(2).transpose(1, 2) + self.level_embed.weight[i] for i, x in enumerate(levels)]; b, g = len(f[0]), self.globals; a, pos = (e.weight[None].expand(b, -1, -1) for e in (self.init_query, self.query_pos_embedding))
        for i, (c, s, m) in enumerate(zip(self.transformer_crossatt_layers, self.transformer_selfatt_layers, self.transformer_feedforward_layers)):
            q = a[:, g:]; q = c.norm(q + c.multihead_attn(q + pos[:, g:], f[i % 3], f[i % 3], need_weights=False)[0]); a = torch.cat([a[:, :g], q], 1)
            a = s.norm(a + s.self_attn(a + pos, a + pos, a, need_weights=False)[0]); a = m.norm(a + m.linear2(F.relu(m.linear1(a))))
        return a


class SeeCoder(nn.Module):
    def __init__(self, config=SMALL): super().__init__(); self.imencoder, self.imdecoder, self.qtransformer = Swin(**config["swin"]), Decoder(**config["decoder"]), QueryTransformer(**config["qtransformer"])

    def forward(self, x):
        """(B, 3, H, W) in [0, 1] -> (B, queries, width), the global queries first"""
        h = self.imdecoder(self.imencoder(x)); return self.qtransformer([h["res3"], h["res4"], h["res5"]])


def check(goldens):
    from safetensors.torch import load_file
    d = goldens + "/seecoder"; c = json.load(open(d + "/config.json")); e = c["embed"]; tolerance = json.load(open(d + "/case.json"))["tolerance"]
    net = SeeCoder(dict(swin=dict(embed_dim=e, depths=c["depths"], num_heads=c["heads"], window_size=c["window"]), decoder=dict(inchannels=dict(res3=2 * e, res4=4 * e, res5=8 * e), trans_dim=c["dim"], trans_nheads=c["dec_heads"], trans_feedforward_dim=c["dec_ffn"], trans_num_layers=c["dec_layers"]),
                        qtransformer=dict(in_channels=c["dim"], hidden_dim=c["dim"], num_queries=c["queries"], nheads=c["q_heads"], num_layers=c["q_layers"], feedforward_dim=c["q_ffn"]))).eval()
    print(net.load_state_dict({k.removeprefix("ctx.image."): v for k, v in load_file(d + "/weights.safetensors").items()}, strict=False)); x, y = load_file(d + "/inputs.safetensors"), load_file(d + "/outputs.safetensors")
    for s in ("53x118", "96x64", "64x64"): print(s, "largest error", float((net(x["image_" + s]) - y[s + ".tokens"]).abs().max()), "tolerance", tolerance[s + ".tokens"])


def train(A):
    from safetensors.torch import load_file
    mini = model.Mini(A.model, A.device, dtype=model.half_of(A.device)); net = SeeCoder().to(A.device); f = A.model + "/seecoder/seecoder-mini.safetensors"
    if os.path.exists(f) and not A.new: net.load_state_dict({k.removeprefix("ctx.image."): v.float() for k, v in load_file(f).items()}, strict=False)
    def predict(x, t, pictures, edges, ids):
        half = len(x) // 2; tokens = torch.cat([net(pictures[:half]), net(F.avg_pool2d(pictures[half:], 2))])  # references come in any size
        return mini.unet(x, t, tokens, return_dict=False)[0]
    frozen.train(A, mini, net, ("query", "level_embed", "bias_table", "patch_embed"), predict, "seecoder")
    model.write(A.out + "/seecoder", {"ctx.image." + k: v for k, v in net.state_dict().items() if v.is_floating_point()}, SMALL, "seecoder-mini.safetensors")  # without the tables of indices, which follow from the window


if __name__ == "__main__":
    ap = frozen.arguments(__doc__); ap.add_argument("--check"); A = ap.parse_args()
    with torch.no_grad() if A.check else torch.enable_grad(): check(A.check) if A.check else train(A)
    os._exit(0)  # the processes that draw are in the middle of something
