// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"
#include "core/file/files.h"
#include "core/weights/naming.h"
#include "plugins/promptfree/ddim.h"
#include "plugins/promptfree/guidance.h"
#include "plugins/promptfree/seecoder.h"
#include "tests/parity/case.h"
#include "tests/portablefill.h"
#include "tests/publishednames.h"
#include "tests/seecodercase.h"

#include <sstream>

namespace {

using Names = std::unordered_map<std::string, std::string>;

/// A file's tensors under the names that the networks use, fp32.
Weights renamed(const Weights& file, const Names& names)
{
    Weights::Dict dict;
    for (const auto& [name, old] : names)
        dict[name] = file.dict().at(old).to(at::kFloat);
    adaptShapes(dict);
    return Weights(dict);
}

std::vector<std::string> namesOf(const Weights& w)
{
    std::vector<std::string> names;
    for (const auto& [name, tensor] : w.dict())
        names.push_back(name);
    return names;
}

Shapes shapesOf(const Weights& w)
{
    Shapes shapes;
    for (const auto& [name, tensor] : w.dict())
        shapes[name] = tensor.sizes().vec();
    return shapes;
}

/// The networks of a case.
struct Networks
{
    UNetConfig config = {};
    Weights unet = {};
    std::shared_ptr<const ControlNet> control = {};
    AutoencoderConfig vaeConfig = {};
    Weights vae = {};
};

Networks networksOf(const Case& c)
{
    const Weights unetFile = c.weights("unet"), vaeFile = c.weights("autoencoder");
    const Weights controlFile = c.weights("controlnet");
    const int groups = c.params().at("norm_groups").get<int>();
    Networks n = {
        .unet = renamed(unetFile, mapNames(namesOf(unetFile)).unet),
        .vae = renamed(vaeFile, mapNames(namesOf(vaeFile)).vae)};
    n.config = unetConfigOf(shapesOf(n.unet));
    n.config.heads.assign(4, c.params().at("heads").get<int>());
    n.config.groups = groups;
    n.vaeConfig = autoencoderConfigOf(shapesOf(n.vae));
    n.vaeConfig.groups = groups;
    const Weights control = renamed(controlFile, mapControlNetNames(namesOf(controlFile)));
    const ControlNetConfig config = controlNetConfigOf(shapesOf(control), n.config);
    n.control = std::make_shared<const ControlNet>(ControlNet {config, control});
    return n;
}

/// The latents by step; @p after is told each.
Tensor sampled(
    const Networks& n, const Guides& guides, Tensor x, int steps, double guidance,
    const std::function<void(int, const Tensor&)>& after = {})
{
    Sampler sampler = promptFreeSampler({}, steps);
    for (const Step& step : sampler.steps()) {
        x = sampler.next(x, guided(n.config, n.unet, guides, x, step, guidance), step, {});
        if (after)
            after(step.index, x);
    }
    return x;
}

std::string twoDigits(int i)
{
    return (i < 10 ? "0" : "") + std::to_string(i);
}

void compareResiduals(const std::vector<Residuals>& batch, Comparison& results)
{
    const size_t count = batch.front().down.size();
    for (size_t i = 0; i <= count; ++i) {
        std::vector<Tensor> rows;
        for (const Residuals& r : batch)
            rows.push_back(i < count ? r.down[i] : r.middle);
        results.tensor("control." + twoDigits(int(i)), at::cat(rows));
    }
}

/// The UNet's two passes at a time step, and what the ControlNet adds.
void comparePasses(
    const Case& c, const Networks& n, const Guides& guides, int time, Comparison& results)
{
    const Tensor& x = c.input("start");
    const Step step = {.index = 0, .time = double(time)};
    const std::string at = "_t" + std::to_string(time);
    const auto both = [&](const Guides& with) {
        return at::cat(
            {predicted(n.config, n.unet, with, x, step, false),
             predicted(n.config, n.unet, with, x, step, true)});
    };
    Guides without = guides;
    without.controls.clear();
    results.tensor("eps_uncond_cond" + at, both(without));
    results.tensor("eps_control" + at, both(guides));
    std::vector<Residuals> batch;
    for (const Tensor& context : {Tensor(), guides.context})
        batch.push_back(controlNet(
            n.control->config, n.control->weights, x, guides.controls.front().hint,
            {.time = step.time, .context = context}));
    compareResiduals(batch, results);
}

} // namespace

void runPromptFreePipeline(const Case& c, Comparison& results)
{
    const Networks n = networksOf(c);
    const SeeCoderConfig seeCoderConfig = seeCoderConfigOfCase(c.config("seecoder"));
    const Weights encoder(bareNames(c.weights("seecoder").dict()));
    Guides guides = {.context = seeCoder(seeCoderConfig, encoder, c.input("image"))};
    results.tensor("context", guides.context);
    if (const auto mean = c.outputs.find("vae_mean"); mean != c.outputs.end()) {
        const int64_t height = 8 * mean->second.size(2), width = 8 * mean->second.size(3);
        const Tensor corner = c.input("image").narrow(2, 0, height).narrow(3, 0, width);
        results.tensor("vae_mean", encode(n.vaeConfig, n.vae, corner * 2 - 1).mean);
    }

    Guides controlled = guides;
    controlled.controls = {
        {.net = n.control,
         .hint = encodeHint(n.control->config, n.control->weights, c.input("hint"))}};
    for (const int time : c.numbersAfter("eps_control_t"))
        comparePasses(c, n, controlled, time, results);

    const int steps = c.params().at("steps").get<int>();
    const double scale = c.params().at("scale").get<double>();
    const auto run = [&](const std::string& name, const Guides& with, double guidance) {
        return sampled(n, with, c.input("start"), steps, guidance, [&](int step, const Tensor& x) {
            results.tensor(name + ".latent_after_step" + twoDigits(step), x);
        });
    };
    const Tensor last = run("control", controlled, scale);
    run("nocontrol", guides, scale);
    run("scale1", guides, 1);
    const Tensor decoded =
        (decode(n.vaeConfig, n.vae, last / n.vaeConfig.scalingFactor) / 2 + 0.5).clamp(0, 1);
    results.tensor("decoded", decoded);
    results.tensor("image_u8", (decoded * 255).to(at::kByte));
}

namespace {

template<typename Names>
Weights filled(const Shapes& shapes, const Names& mapped)
{
    return Weights(filledByFile(shapes, publishedNames(shapes, mapped)), "the portable fill");
}

/// All networks of the published naming, from the portable fill.
Networks filledNetworks(const Case& c)
{
    const int base = c.params().at("base").get<int>();
    const int heads = c.params().at("heads").get<int>();
    std::vector<int> channels;
    for (const int factor : c.params().at("mult").get<std::vector<int>>())
        channels.push_back(base * factor);
    Networks n;
    n.config.blockChannels = channels;
    n.config.heads.assign(channels.size(), heads);
    n.config.contextWidth = c.params().at("context").get<int>();
    n.unet = filled(unetShapes(n.config), mapNames(diffuserNames()).unet);
    n.vaeConfig.blockChannels = channels;
    n.vae = filled(autoencoderShapes(n.vaeConfig), mapNames(autoencoderNames()).vae);
    const ControlNetConfig config = {.unet = n.config};
    const Weights control = filled(controlNetShapes(config), mapControlNetNames(controlNetNames()));
    n.control = std::make_shared<const ControlNet>(ControlNet {config, control});
    return n;
}

/// The shape at the end of what a case says of an input: "key latent, kind g, 1x4x8x16".
std::vector<int64_t> shapeSaid(const Case& c, const std::string& parameter)
{
    const auto said = c.params().at(parameter).get<std::string>();
    std::istringstream sizes(said.substr(said.rfind(' ') + 1));
    std::vector<int64_t> shape;
    for (std::string size; std::getline(sizes, size, 'x');)
        shape.push_back(std::stol(size));
    return shape;
}

void compareAutoencoder(const Case& c, const Networks& n, Comparison& results)
{
    if (const auto stored = c.outputs.find("vae_decode"); stored != c.outputs.end()) {
        const int64_t height = stored->second.size(2) / 8, width = stored->second.size(3) / 8;
        const Tensor z = portableNormal("z", {1, n.vaeConfig.latentChannels, height, width});
        const Tensor decoded = decode(n.vaeConfig, n.vae, z / n.vaeConfig.scalingFactor);
        results.tensor("vae_decode", (decoded / 2 + 0.5).clamp(0, 1));
    }
    const Tensor image = portableUniform("image", shapeSaid(c, "image"));
    const Posterior posterior = encode(n.vaeConfig, n.vae, image * 2 - 1);
    results.tensor("vae_mean", posterior.mean);
    results.tensor("vae_logvar", posterior.logVariance);
}

} // namespace

void runPromptFreeNetworks(const Case& c, Comparison& results)
{
    const Networks n = filledNetworks(c);
    const Tensor x = portableNormal("latent", shapeSaid(c, "latent"));
    const Guides guides = {.context = portableNormal("context", shapeSaid(c, "context_key"))};
    Guides controlled = guides;
    controlled.controls = {
        {.net = n.control,
         .hint = encodeHint(
             n.control->config, n.control->weights,
             portableUniform("hint", shapeSaid(c, "hint")))}};
    const Step step = {.index = 0, .time = c.params().at("t").get<double>()};
    results.tensor("eps", predicted(n.config, n.unet, guides, x, step, true));
    results.tensor("eps_control", predicted(n.config, n.unet, controlled, x, step, true));
    compareResiduals(
        {controlNet(
            n.control->config, n.control->weights, x, controlled.controls.front().hint,
            {.time = step.time, .context = guides.context})},
        results);
    const int steps = c.params().value("steps", 10);
    results.tensor("ddim_s1", sampled(n, guides, x, steps, 1));
    results.tensor("ddim_s2", sampled(n, guides, x, steps, 2));
    results.tensor("ddim_s2_control", sampled(n, controlled, x, steps, 2));
    compareAutoencoder(c, n, results);
}
