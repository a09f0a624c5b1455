// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/resources.h"
#include "core/nn/pixels.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"
#include "core/presets.h"
#include "plugins/analogist/analogist.h"
#include "plugins/analogist/inpainting.h"
#include "plugins/analogist/parameters.h"
#include "tests/parity/case.h"

#include <cmath>
#include <cstdio>

namespace {

Layers layersOf(const nlohmann::json& numbers)
{
    Layers layers;
    for (const int i : numbers.get<std::vector<int>>())
        layers.push_back({i, i + 1});
    return layers;
}

/// The preset "original", with the case's sizes and numbers.
AnalogistSettings settingsOf(const Case& c)
{
    const nlohmann::json& p = c.params();
    const auto times = p.at("timesteps").get<std::vector<int>>();
    Method method = analogist();
    method.presets = loadPresets(resourceFolder() / "presets" / "analogy.json", method.parameters);
    AnalogistSettings s = analogistSettings(resolve(method, {.preset = "original"}, ModelCard()));
    s.strength = p.at("strength").get<double>();
    // The case tells the steps that remain; the spacing of their times tells how many there were.
    s.steps = times.size() > 1 ? 1000 / (times[0] - times[1])
                               : int(std::lround(p.at("steps").get<int>() / s.strength));
    s.candidates = p.at("N").get<int>();
    s.guidance = p.at("guidance").get<double>();
    s.geometry.cell = p.at("g").get<int>();
    s.edits.cloning = layersOf(p.at("sac_layers"));
    s.edits.cloningScale = p.at("scale_sac").get<double>();
    s.edits.masking = layersOf(p.at("cam_layers"));
    return s;
}

Conditions conditionsOf(
    const Case& c, const StableDiffusion& model, const Image& pastedGrid, const Image& mask)
{
    const auto given = [&](const char* name, const Tensor& otherwise) {
        return c.inputs.contains(name) ? c.input(name) : otherwise.to(c.device);
    };
    const Tensor image = given("image", toTensor(pastedGrid));
    const Tensor hole = latentMask(mask, image.size(2), image.size(3)).to(c.device);
    const auto latent = [&](const Tensor& x, const char* noise) {
        const Posterior posterior = encode(model.vaeConfig, model.vae, x);
        return posterior.sample(c.input(noise)) * model.vaeConfig.scalingFactor;
    };
    Conditions conditions;
    conditions.z = latent(image, "noise_z");
    conditions.zMasked = latent(image * (1 - hole), "noise_z_masked");
    conditions.mask = latentMask(mask, conditions.z.size(2), conditions.z.size(3)).to(c.device);
    const Tensor ids = at::cat({c.input("ids_negative"), c.input("ids_positive")});
    conditions.context = encodeText(model.textConfig, model.textEncoder, ids);
    conditions.noise = c.input("noise");
    return conditions;
}

/// The start latent with ᾱ rounded to fp16 and fp16 roots, as in the original's half precision.
Tensor halfPrecisionStart(
    const StableDiffusion& model, const Conditions& conditions, const Step& first)
{
    const Schedule schedule(model.schedule);
    const Tensor alpha =
        at::tensor(schedule.alphaBar(int(first.time))).to(conditions.z.device(), at::kHalf);
    const auto root = [](const Tensor& half) {
        return half.to(at::kFloat).sqrt().to(at::kHalf).to(at::kFloat);
    };
    const Tensor rest = (1 - alpha.to(at::kFloat)).to(at::kHalf);
    return root(alpha) * conditions.z + root(rest) * conditions.noise;
}

/// The loop itself; gives the last latent.
Tensor denoise(
    const StableDiffusion& model, const Conditions& conditions, const AnalogistSettings& s,
    const Taps& taps, const std::string& label, Comparison& results)
{
    Sampler sampler = analogistSampler(model, s);
    Tensor x = start(sampler, conditions, s.strength);
    KeptPasses kept;
    for (const Step& step : sampler.steps()) {
        const Predictions predictions = predict(model, conditions, x, step, taps, kept);
        if (step.index == 0) {
            results.tensor(
                "eps_negative_step0" + label, predictions.negative, "eps_negative_step0");
            results.tensor(
                "eps_positive_step0" + label, predictions.positive, "eps_positive_step0");
        }
        x = sampler.next(x, predictions.guided(s.guidance), step, {});
        char name[32];
        std::snprintf(name, sizeof name, "latent_after_step%02d", step.index);
        results.tensor(name + label, x, name);
    }
    results.tensor("final" + label, x, "final");
    return x;
}

Tensor toBytes(const std::vector<Image>& images)
{
    std::vector<Tensor> rows;
    for (const Image& image : images)
        rows.push_back(
            at::tensor(at::ArrayRef<uint8_t>(image.rgb)).reshape({image.height, image.width, 3}));
    return at::stack(rows);
}

void comparePictures(
    const StableDiffusion& model, const Tensor& x, const Image& grid, Comparison& results)
{
    const Tensor decoded = decode(model.vaeConfig, model.vae, x / model.vaeConfig.scalingFactor);
    results.tensor("decoded", decoded);
    const std::vector<Image> canvases = toImages(decoded);
    std::vector<Image> cells, enlarged;
    Image strip = filled(grid.width * int(canvases.size() + 2), grid.height, {});
    paste(strip, grid, 0, 0);
    paste(strip, pasted(grid), grid.width, 0);
    for (const Image& canvas : canvases) {
        const int half = canvas.width / 2;
        cells.push_back(crop(canvas, half, half, half, half));
        enlarged.push_back(quadrant(canvas));
        paste(strip, enlarged.back(), grid.width * int(enlarged.size() + 1), 0);
    }
    results.tensor("image_u8", toBytes(canvases));
    results.tensor("cell_u8", toBytes(cells));
    results.tensor("cell_resized_u8", toBytes(enlarged));
    results.picture("strip.png", strip, 1); // a network's picture may differ by 1
}

} // namespace

void runAnalogistLoop(const Case& c, Comparison& results)
{
    const StableDiffusion model = modelOf(c);
    const AnalogistSettings s = settingsOf(c);
    results.isInput("grid.png");
    const Image grid = opaque(loadImage(c.folder / "grid.png").image);
    const Image mask = inpaintingMask(grid.width);
    results.picture("pasted.png", pasted(grid));
    results.picture("mask.png", mask);

    const Conditions conditions = conditionsOf(c, model, pasted(grid), mask);
    results.tensor("context", conditions.context);
    results.tensor("z", conditions.z);
    results.tensor("z_masked", conditions.zMasked);
    if (c.inputs.contains("mask_latent"))
        results.expected("mask_latent", conditions.mask, c.input("mask_latent"), 0);
    const Sampler sampler = analogistSampler(model, s);
    results.tensor("start", start(sampler, conditions, s.strength));
    results.tensor(
        "start_fp16_coefficients", halfPrecisionStart(model, conditions, sampler.steps().front()));
    std::vector<double> times;
    for (const Step& step : sampler.steps())
        times.push_back(step.time);
    results.expected(
        "timesteps", at::tensor(times),
        at::tensor(c.params().at("timesteps").get<std::vector<double>>()), 0);

    denoise(model, conditions, s, analogistTaps(s.edits, true), ", edited", results);
    const Tensor x = denoise(model, conditions, s, analogistTaps(s.edits, false), "", results);
    comparePictures(model, x, grid, results);
}
