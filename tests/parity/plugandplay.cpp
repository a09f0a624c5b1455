// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parity/plugandplay.h"

#include "core/diffusion/samplingrun.h"
#include "core/picture/imagefile.h"
#include "plugins/plugandplay/guidance.h"
#include "plugins/plugandplay/keptsource.h"
#include "plugins/plugandplay/look.h"
#include "plugins/plugandplay/picture.h"

#include <cstdio>

namespace {

std::string numbered(const char* format, int number)
{
    char text[64];
    std::snprintf(text, sizeof text, format, number);
    return text;
}

/// The short side of the picture that the network worked on: as the case says, or of its picture,
/// or of its latent, whose cells are 8 pixels.
int shortSide(const Case& c)
{
    if (c.params().contains("resolution"))
        return c.params().at("resolution").get<int>();
    const bool whole = c.inputs.contains("image");
    const Tensor& x = c.input(whole ? "image" : "z0");
    return int(std::min(x.size(2), x.size(3))) * (whole ? 1 : 8);
}

/// The steps of the inversion and of the way back: all levels where the case says nothing.
int levelsOf(const Case& c, const char* parameter)
{
    return c.params().value(parameter, 999);
}

/// The latent of the case's picture, compared on the way.
Tensor sourceOf(
    const Case& c, const StableDiffusion& model, const InversionSettings& settings,
    const Tensor& noise, Comparison& results)
{
    results.isInput("source.png");
    const Image source = fittedPicture(loadImage(c.folder / "source.png").image, settings);
    const Tensor image = toTensor(source).to(c.device);
    if (c.inputs.contains("image"))
        results.expected("image", image, c.input("image"), 1e-6);
    const Tensor z = latentOf(model, image, noise);
    results.expected("z0", z, c.input("z0"), 2e-5);
    return c.input("z0");
}

Trajectory inverted(
    const Network& network, const Tensor& z, InversionRule rule, int levels, const Tensor& context,
    Comparison& results)
{
    Trajectory trajectory {.latents = {{0, z}}};
    follow(inversion(rule, levels, true), network, context, trajectory);
    for (const auto& [level, x] : trajectory.latents)
        results.tensor(numbered("inversion.z_t%03d", level), x);
    return trajectory;
}

/// A run of a case: the result's latents after its steps, on our path and on the plain one.
struct Run
{
    const Network& network;
    const Source& source;
    Contexts contexts = {};
    Guidance guidance = {};
    Injection injection = {};
    std::string name = {};
};

Tensor play(const Run& run, bool plain, Comparison& results)
{
    Translation translation(
        run.network, run.source, run.contexts, run.guidance, run.injection, plain);
    const std::vector<int>& times = run.source.times;
    const int steps = int(times.size());
    KeptSource kept {.source = run.source};
    Tensor x = run.source.start
                   .to(run.network.model.device) // sources are kept in the host's memory
                   .expand({int64_t(run.contexts.targets.size()), -1, -1, -1});
    for (int i = 0; i < steps; ++i) {
        const SourceFeatures features = plain
            ? SourceFeatures {}
            : sourceFeatures(run.network, kept, run.injection, i, SourcePasses::Together);
        if (plain && i == 0)
            results.tensor(
                run.name + ".eps_step00",
                translation.batchNoise(x.narrow(0, 0, 1), 0, i, 0, features));
        const Tensor noise = translation.noise(x, i, features);
        x = ddimStep(
            x, noise, run.network.level(times[i]),
            run.network.level(i + 1 < steps ? times[i + 1] : 0));
        const std::string name = run.name + numbered(".latent_after_step%02d", i);
        results.tensor(name + (plain ? " (plain)" : ""), x, name);
    }
    return x;
}

std::vector<Tensor> rows(const Tensor& x)
{
    std::vector<Tensor> each;
    for (int64_t i = 0; i < x.size(0); ++i)
        each.push_back(x.narrow(0, i, 1));
    return each;
}

AlphaSchedule scheduleOf(const std::string& name)
{
    return name == "linear" ? AlphaSchedule::Linear
        : name == "exp"     ? AlphaSchedule::Exponential
                            : AlphaSchedule::Constant;
}

/// How the negative prompt gives way to the empty one, for the numbers of steps that are stored.
void compareAlphas(const Case& c, Comparison& results)
{
    const double alpha = c.params().value("alpha", 0.75);
    for (const std::string name : {"linear", "constant", "exp"})
        for (const int steps : c.numbersAfter("alpha." + name + ".")) {
            std::vector<double> shares;
            for (int i = 0; i < steps; ++i)
                shares.push_back(emptyShare(scheduleOf(name), alpha, i, steps));
            results.tensor("alpha." + name + "." + std::to_string(steps), at::tensor(shares));
        }
}

/// What CompVis' program records of the source at a time of the way back, by the names of its
/// files: features of the blocks 3 to 11, [uncond, cond].
void compareFeatures(
    const Network& network, const Tensor& latent, int time, const Tensor& context,
    Comparison& results)
{
    Injection everything {.features = {{10, 22}}, .attention = {{7, 16}}};
    everything.featureSteps = everything.attentionSteps = {};
    const std::string at = "feature.t" + std::to_string(time) + ".output_block_";
    SourceFeatures recorded;
    Taps taps = recording(everything, 0, recorded);
    taps.onFeatures({.kind = Site::ResidualInput}, [&](const Site& site, Tensor& h) {
        results.tensor(at + std::to_string(site.layer - 10) + "_in_layers", h);
    });
    const Tensor x = latent.to(network.model.device).expand({2, -1, -1, -1});
    network.noise(x, {.time = double(time), .context = context}, taps);
    for (const auto& [layer, h] : recorded.residual)
        results.tensor(at + std::to_string(layer - 10) + "_out_layers", h);
    for (const auto& [layer, pair] : recorded.attention) {
        const std::string block = at + std::to_string(layer - 4) + "_self_attn_";
        results.tensor(block + "q", pair.query.flatten(0, 1));
        results.tensor(block + "k", pair.key.flatten(0, 1));
    }
}

Injection injectionOf(int features, int attention, bool inclusive)
{
    Injection injection;
    injection.featureSteps = {0, features + inclusive};
    injection.attentionSteps = {0, attention + inclusive};
    return injection;
}

/// The run of most steps, whose result is stored as a picture; of equals the first by name.
std::string longestOf(const nlohmann::json& runs)
{
    std::string longest;
    for (const auto& [name, run] : runs.items())
        if (longest.empty() || run.at("steps") > runs.at(longest).at("steps"))
            longest = name;
    return longest;
}

} // namespace

void runPlugAndPlayDiffusers(const Case& c, Comparison& results)
{
    const StableDiffusion model = modelOf(c);
    const InversionSettings settings {.size = shortSide(c), .fit = PictureFit::ShortSide};
    const Tensor z = sourceOf(c, model, settings, {}, results);
    const Network network(model, z);
    const Trajectory trajectory = inverted(
        network, z, InversionRule::NextLevel, levelsOf(c, "inversion_steps"),
        c.input("context_inversion"), results);
    const Contexts contexts {
        .empty = c.input("context_empty"),
        .negative = c.input("context_negative"),
        .targets = {c.input("context_target")}};
    const nlohmann::json& runs = c.params().at("runs");
    for (const auto& [name, p] : runs.items()) {
        const Source source =
            sourceOnInversion(trajectory, samplingTimes(p.at("steps").get<int>()), contexts.empty);
        const Run run {
            .network = network,
            .source = source,
            .contexts = contexts,
            .guidance = {.scale = c.params().at("guidance").get<double>()},
            .injection = injectionOf(
                p.at("feature_steps").get<int>(), p.at("attention_steps").get<int>(), false),
            .name = name};
        play(run, true, results);
        const Tensor x = play(run, false, results);
        if (name != longestOf(runs))
            continue;
        const Image picture = picturesOf(model, x, Rounding::Down).front();
        results.tensor(
            "image_u8",
            at::tensor(at::ArrayRef<uint8_t>(picture.rgb))
                .reshape({1, picture.height, picture.width, 3}));
    }
}

void runPlugAndPlayCompVis(const Case& c, Comparison& results)
{
    const StableDiffusion model = modelOf(c);
    const InversionSettings settings {.size = shortSide(c), .fit = PictureFit::Square};
    const Tensor z = sourceOf(c, model, settings, c.input("vae_noise"), results);
    const Network network(model, z);
    const Tensor empty = c.input("context_empty");
    const Trajectory trajectory = inverted(
        network, z, InversionRule::CurrentLevel, levelsOf(c, "inversion_steps"), empty, results);
    compareAlphas(c, results);

    const int levels = levelsOf(c, "reverse_steps");
    Trajectory back {.latents = {*trajectory.latents.rbegin()}};
    const Way way = wayBack(levels, samplingTimes(levels));
    follow(way, network, empty, back);
    for (const InversionStep& step : way.steps) // the latent that a step gives
        results.tensor(numbered("reverse.x_after_t%03d", step.asked), back.latents.at(step.to));
    const Tensor twice = at::cat({empty, empty});
    for (const int time : c.numbersAfter("feature.t"))
        if (back.latents.contains(time))
            compareFeatures(network, back.latents.at(time), time, twice, results);

    Source generated;
    for (const auto& [name, p] : c.params().at("pnp_runs").items()) {
        const std::vector<int> times = samplingTimes(p.at("steps").get<int>());
        const bool made = p.contains("source_scale");
        const Tensor ofSource = made ? c.input("context_source_generated") : Tensor();
        Source source;
        if (made) {
            source = {
                .times = times,
                .start = c.input("z_generated"),
                .context = at::cat({empty, ofSource})};
            generate(network, source, p.at("source_scale").get<double>());
            results.tensor("generated.final", source.clean);
            generated = source;
        } else {
            source = sourceOnWayBack(back, times, empty);
        }
        const Run run {
            .network = network,
            .source = source,
            .contexts =
                {.empty = empty,
                 .negative = made ? ofSource : c.input("context_negative"),
                 .targets = rows(c.input("context_target"))},
            .guidance =
                {.scale = p.at("scale").get<double>(),
                 .alpha = p.at("alpha").get<double>(),
                 .schedule = scheduleOf(p.at("schedule").get<std::string>())},
            .injection = injectionOf(
                p.at("feature_threshold").get<int>(), p.at("attention_threshold").get<int>(),
                p.value("inclusive", true)),
            .name = name};
        play(run, true, results);
        play(run, false, results);
    }
    comparePrincipalComponents(c, network, back, twice, generated, results);
}
