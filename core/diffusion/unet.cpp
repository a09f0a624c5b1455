// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/unetpass.h"

#include "core/errors.h"
#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"
#include "core/stopping.h"

#include <algorithm>
#include <cmath>

namespace {

/// The sinusoids of an input's times [1 or batch, channels], where the weights are and in their
/// type.
Tensor sinusoidsOf(const UNetConfig& config, const Weights& w, const UNetInput& input)
{
    const int channels = config.blockChannels.front();
    const std::vector<double> one = {input.time};
    std::vector<Tensor> each;
    for (const double time : input.times.empty() ? one : input.times)
        each.push_back(timeFeatures(time, channels, config.flipSinToCos, config.freqShift));
    return at::stack(each).to(w["time_embedding"]["linear_1"]("weight").options());
}

} // namespace

UNetPass::UNetPass(
    const UNetConfig& config, const Weights& w, const UNetInput& input, const Taps& taps)
    : m_config(config)
    , m_weights(w)
    , m_input(input)
    , m_taps(taps)
    , m_type(w["conv_in"]("weight").scalar_type())
    , m_acting(taps.actIn(input.step) || input.last)
{
    if (input.context.defined())
        m_context = input.context.to(m_type);
}

/// Shows a module's output to those who look.
Tensor UNetPass::shown(const Weights& w, const Tensor& x) const
{
    m_taps.module(w.prefix(), x);
    return x;
}

/// SiLU of the normed input, to each channel of which @p shift is added before.
Tensor UNetPass::normed(const Weights& w, const Tensor& x, const Tensor& shift) const
{
    return groupNormSilu(w, x, m_config.groups, m_config.normEps, shift);
}

Tensor UNetPass::timeEmbedding() const
{
    const Weights w = m_weights["time_embedding"];
    const Tensor features =
        m_input.sinusoids.defined() ? m_input.sinusoids : sinusoidsOf(m_config, m_weights, m_input);
    return linear(w["linear_2"], at::silu(linear(w["linear_1"], features)));
}

/// Ends the pass where the taps have seen the last site that is wanted.
void UNetPass::endIfLast(const Site& site)
{
    const std::optional<LastSite>& last = m_input.last;
    m_ended = m_ended || (last && last->kind == site.kind && last->layer == site.layer);
}

/// Whether the pass is over: it has seen what is wanted, or the work is to end.
bool UNetPass::ended()
{
    m_ended = m_ended || stopAsked();
    return m_ended;
}

/// What a residual block adds to its skip, or what a tap gives in its place; and @p skip, where it
/// is defined.
Tensor UNetPass::features(const Weights& w, const Tensor& x, Site site, const Tensor& skip)
{
    Tensor h;
    if (const Taps::Give* give = m_taps.givenFeatures(site)) {
        site.given = true;
        h = (*give)(site);
    } else {
        Site first = site;
        first.kind = Site::ResidualInput;
        h = conv2d(w["conv1"], normed(w["norm1"], x), 1, 1);
        if (ended())
            return {};
        m_taps.features(first, h);
        endIfLast(first);
        if (ended())
            return {};
        const Tensor time = linear(w["time_emb_proj"], m_timeSilu);
        if (ended())
            return {};
        h = conv2d(w["conv2"], normed(w["norm2"], h, time), 1, 1, skip);
    }
    if (ended())
        return {};
    m_taps.features(site, h);
    endIfLast(site);
    return h;
}

Tensor UNetPass::residualBlock(const Weights& w, const Tensor& x)
{
    const Site site {
        .kind = Site::ResidualBlock,
        .layer = m_residualBlocks++,
        .step = m_input.step,
        .name = w.prefix(),
        .height = int(x.size(2)),
        .width = int(x.size(3))};
    const bool widens = w["conv_shortcut"].find("weight").defined();
    const Tensor skip = widens ? conv2d(w["conv_shortcut"], x) : x;
    // Added by the last convolution, where nobody looks at what it gives.
    const bool joins = !m_acting && x.is_cpu() && m_type == at::kFloat;
    const Tensor h = features(w, x, site, joins ? skip : Tensor());
    if (ended())
        return {};
    return shown(w, joins ? h : skip + h);
}

/// The attention of one query and key for each item, or of one for all.
Tensor UNetPass::attended(const Site& site, const QueryKey& pair, const Tensor& values) const
{
    const auto& [query, key] = pair;
    const double scale = 1 / std::sqrt(double(query.size(3)));
    const Taps::Attend* provided = m_taps.attend(site);
    const bool matrix = m_taps.wantsMatrix(site);
    const int64_t items = std::max({query.size(0), key.size(0), values.size(0)});
    if (!provided && !matrix && items > 1 && query.size(0) == 1 && key.size(0) == 1)
        return sharedAttention(query, key, values, scale);
    const auto forAll = [&](const Tensor& x) { return x.expand({items, -1, -1, -1}); };
    const Tensor q = forAll(query), k = forAll(key), v = forAll(values);
    if (matrix) // which a provider would pass by
        return attention(
            q, k, v, scale, [&](Tensor& s) { m_taps.scores(site, s); },
            [&](Tensor& p) { m_taps.probabilities(site, p); });
    if (provided)
        return (*provided)(site, q, k, v, scale);
    return attention(q, k, v, scale);
}

/// An attention's output plus @p added.
Tensor UNetPass::attend(
    const Weights& w, const Tensor& x, const Tensor& context, Site site, int heads,
    const Tensor& added)
{
    site.name = w.prefix();
    const bool keeps = m_input.contextKeys && site.kind == Site::CrossAttention;
    std::pair<Tensor, Tensor> ofContext; // keys and values
    if (keeps)
        ofContext = (*m_input.contextKeys)[site.layer];
    auto& [key, value] = ofContext;
    QueryKey pair;
    if (const Taps::GiveQueryKey* give = m_taps.givenQueryKey(site)) {
        site.given = true;
        pair = (*give)(site);
    } else {
        if (!key.defined())
            key = splitHeads(linear(w["to_k"], context), heads);
        pair = {splitHeads(linear(w["to_q"], x), heads), key};
    }
    if (ended())
        return {};
    m_taps.queryKey(site, pair.query, pair.key);
    endIfLast(site);
    if (ended())
        return {};
    if (!value.defined())
        value = splitHeads(linear(w["to_v"], context), heads);
    if (ended())
        return {};
    if (keeps)
        (*m_input.contextKeys)[site.layer] = ofContext;
    Tensor h = attended(site, pair, value);
    if (ended())
        return {};
    m_taps.heads(site, h);
    return linear(w["to_out"][0], mergeHeads(h), added);
}

Tensor UNetPass::transformer(const Weights& w, const Tensor& x, int heads)
{
    Site site {
        .kind = Site::SelfAttention,
        .layer = m_transformers++,
        .step = m_input.step,
        .height = int(x.size(2)),
        .width = int(x.size(3))};
    const auto tokens = [](const Tensor& y) { return y.flatten(2).transpose(1, 2); };
    Tensor h = pointwise(w["proj_in"], tokens(groupNorm(w["norm"], x, m_config.groups, 1e-6)));
    const Weights block = w["transformer_blocks"][0];
    const Tensor own = layerNorm(block["norm1"], h);
    h = attend(block["attn1"], own, own, site, heads, h);
    if (ended())
        return {};
    site.kind = Site::CrossAttention;
    if (m_context.defined())
        h = attend(block["attn2"], layerNorm(block["norm2"], h), m_context, site, heads, h);
    else // values that are all zero, so the bias is left, whatever is asked for
        h = h + block["attn2"]["to_out"][0]("bias");
    if (ended())
        return {};
    const Weights feedForward = block["ff"]["net"];
    const Tensor gated = gatedLinear(feedForward[0]["proj"], layerNorm(block["norm3"], h));
    if (ended())
        return {};
    h = pointwise(w["proj_out"], linear(feedForward[2], gated, h), tokens(x));
    const Tensor y = h.transpose(1, 2).unflatten(2, {x.size(2), x.size(3)});
    return shown(w, y.contiguous(x.suggest_memory_format()));
}

Tensor UNetPass::down(int block, Tensor x)
{
    const Weights w = m_weights["down_blocks"][block];
    for (int i = 0; i < m_config.layersPerBlock && !ended(); ++i) {
        x = residualBlock(w["resnets"][i], x);
        if (m_config.downAttention[block] && !ended())
            x = transformer(w["attentions"][i], x, m_config.heads[block]);
        m_skips.push_back(x);
    }
    if (ended())
        return {};
    if (block + 1 < int(m_config.blockChannels.size())) {
        const Weights sampler = w["downsamplers"][0];
        x = shown(sampler, conv2d(sampler["conv"], x, 2, 1));
        m_skips.push_back(x);
    }
    return shown(w, x);
}

Tensor UNetPass::middle(Tensor x)
{
    const Weights w = m_weights["mid_block"];
    x = residualBlock(w["resnets"][0], x);
    if (!ended())
        x = transformer(w["attentions"][0], x, m_config.heads.back());
    if (!ended())
        x = residualBlock(w["resnets"][1], x);
    return ended() ? Tensor() : shown(w, x);
}

Tensor UNetPass::up(int block, Tensor x)
{
    const Weights w = m_weights["up_blocks"][block];
    const int heads = m_config.heads[m_config.heads.size() - 1 - block];
    for (int i = 0; i <= m_config.layersPerBlock && !ended(); ++i) {
        // What came before the first context may be one for all.
        const Tensor& last = m_skips.back();
        const Tensor skip = last.size(0) == x.size(0)
            ? last
            : last.expand({x.size(0), -1, -1, -1}).contiguous(x.suggest_memory_format());
        x = residualBlock(w["resnets"][i], joined(x, skip));
        m_skips.pop_back();
        if (m_config.upAttention[block] && !ended())
            x = transformer(w["attentions"][i], x, heads);
    }
    if (ended())
        return {};
    if (!m_skips.empty()) {
        // To the size of the next skip: an odd size was rounded up on the way down.
        const Weights sampler = w["upsamplers"][0];
        const auto size = m_skips.back().sizes().slice(2);
        Convolution how = {.padding = 1};
        how.doubled = size[0] == 2 * x.size(2) && size[1] == 2 * x.size(3);
        if (!how.doubled)
            x = at::upsample_nearest2d(x, size);
        x = shown(sampler, conv2d(sampler["conv"], x, how));
    }
    return shown(w, x);
}

void UNetPass::addResiduals(Tensor& x)
{
    if (!m_input.residuals)
        return;
    const std::vector<Tensor>& down = m_input.residuals->down;
    if (down.size() != m_skips.size())
        throw Error(
            "The ControlNet gives %1 feature maps, the model takes %2. Please choose a ControlNet "
            "made for this model.",
            down.size(), m_skips.size());
    for (size_t i = 0; i < down.size(); ++i)
        m_skips[i] = m_skips[i] + down[i].to(m_type);
    x = x + m_input.residuals->middle.to(m_type);
}

Tensor UNetPass::encode(const Tensor& x, const Tensor& added)
{
    m_time = timeEmbedding();
    m_timeSilu = at::silu(m_time);
    m_taps.module("time_embedding", m_time.expand({x.size(0), -1}));
    const auto format = activationFormat(x.device(), m_type);
    const Weights first = m_weights["conv_in"];
    const Tensor in = x.to(m_type).contiguous(format);
    Tensor h = shown(first, conv2d(first, in, 1, 1).contiguous(format));
    if (added.defined())
        h = h + added.to(m_type);
    m_skips.push_back(h);
    for (int block = 0; block < int(m_config.blockChannels.size()) && !ended(); ++block)
        h = down(block, h);
    return ended() ? Tensor() : middle(h);
}

Tensor UNetPass::decode(Tensor h)
{
    if (ended())
        return {};
    addResiduals(h);
    for (int block = 0; block < int(m_config.blockChannels.size()) && !ended(); ++block)
        h = up(block, h);
    if (ended())
        return {};
    const Weights norm = m_weights["conv_norm_out"];
    if (m_acting) // what is seen is without SiLU; the pass itself is to the bit as without a look
        shown(norm, groupNorm(norm, h, m_config.groups, m_config.normEps));
    h = conv2d(m_weights["conv_out"], normed(norm, h), 1, 1);
    return ended() ? Tensor() : h.to(at::kFloat).contiguous();
}

Tensor timeFeatures(double time, int channels, bool flipSinToCos, double freqShift)
{
    const int half = channels / 2;
    const Tensor exponents = -std::log(10000.) * at::arange(half, at::kFloat) / (half - freqShift);
    const Tensor angles = exponents.exp() * float(time);
    const Tensor sine = at::sin(angles), cosine = at::cos(angles);
    return flipSinToCos ? at::cat({cosine, sine}) : at::cat({sine, cosine});
}

Tensor unet(
    const UNetConfig& config, const Weights& w, const Tensor& x, const UNetInput& input,
    const Taps& taps)
{
    const auto pass = [&](const Tensor& latent, const UNetInput& asked) {
        UNetPass one(config, w, asked, taps);
        return one.decode(one.encode(latent));
    };
    if (!input.graph || input.residuals || input.last || taps.actIn(input.step))
        return pass(x, input);
    return input.graph->run(
        {x, sinusoidsOf(config, w, input)}, [&](const std::vector<Tensor>& inputs) {
            UNetInput asked = input;
            asked.sinusoids = inputs[1];
            return pass(inputs[0], asked);
        });
}
