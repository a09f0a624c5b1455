// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"

#include "core/diffusion/noise.h"
#include "core/errors.h"
#include "core/nn/pixels.h"
#include "core/resources.h"
#include "plugins/analogist/parameters.h"

#include <algorithm>

namespace {

const Image& picture(const Request& request, const char* slot)
{
    return request.images.at(slot).front().image;
}

std::shared_ptr<const Latent> toLatent(const Tensor& x)
{
    const Tensor values = x.contiguous();
    Latent latent {.shape = {x.size(0), x.size(1), x.size(2), x.size(3)}};
    latent.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return std::make_shared<const Latent>(std::move(latent));
}

Tensor toTensor(const Latent& latent)
{
    return at::tensor(at::ArrayRef<float>(latent.values)).reshape(latent.shape);
}

/// Decodes one candidate after the other: a batch would need the memory of all.
std::vector<Candidate> decodeAll(
    const StableDiffusion& model, const Request& request, const AnalogistSettings& settings,
    const Tensor& x)
{
    std::vector<Candidate> candidates;
    const Image& b = picture(request, "b");
    for (int64_t i = 0; i < x.size(0); ++i) {
        const Tensor z = x.narrow(0, i, 1).to(model.device) / model.vaeConfig.scalingFactor;
        Candidate c {.seed = request.seed + uint64_t(i)};
        c.canvas = toImages(decode(model.vaeConfig, model.vae, z)).front();
        c.image = settings.keepFrame
            ? quadrant(c.canvas)
            : answer(settings.geometry, c.canvas, b.width, b.height, settings.fit);
        candidates.push_back(std::move(c));
    }
    return candidates;
}

/// The noise that a sampler draws besides the start: a stream of each candidate's seed for every
/// draw.
Noise drawsOf(const Request& request, const Tensor& like)
{
    return [&request, like, stream = uint32_t(16)]() mutable {
        std::vector<Tensor> each;
        std::vector<int64_t> shape = like.sizes().vec();
        shape[0] = 1;
        for (int64_t i = 0; i < like.size(0); ++i)
            each.push_back(normal(request.seed + uint64_t(i), stream, shape));
        ++stream;
        return at::cat(each).to(like.device());
    };
}

/// The state of a run: what is told to the caller, and what it answered.
struct Run
{
    const StableDiffusion& model;
    const Request& request;
    const AnalogistSettings& settings;
    const Report& report;
    PreviewMap map = {};
    Result result = {};

    /// Tells a stage and answers whether to go on.
    bool stage(const std::string& name) { return report(StageEvent {name}).goOn; }

    /// Tells a step, decodes what was asked for, and answers whether to go on.
    bool step(int number, int of, double time, const Tensor& x, const Tensor& clean)
    {
        const Tensor here = at::stack({x, clean}).to(at::kCPU); // the step's one way off the device
        if (!here.isfinite().all().item<bool>())
            throw Error(
                "The picture stopped being numbers at step " + std::to_string(number) + " of "
                + std::to_string(of)
                + ": try precision fp32, a lower guidance or another sampler.");
        const auto latent = toLatent(here[0]);
        result.latents.push_back(latent);
        const Answer answer = report(StepEvent {number, of, time, latent, preview(map, here[1])});
        for (const int wanted : answer.decode) {
            if (wanted < 0 || wanted >= int(result.latents.size()))
                continue;
            const Tensor z = toTensor(*result.latents[wanted]);
            report(DecodedEvent {wanted, decodeAll(model, request, settings, z)});
        }
        return answer.goOn;
    }
};

/// The model's own preview map, or one fitted to what its decoder makes of a part of the picture.
PreviewMap previewMapOf(const StableDiffusion& model, const Tensor& z)
{
    if (model.preview)
        return *model.preview;
    constexpr int64_t side = 24;
    const int64_t h = std::min(side, z.size(2)), w = std::min(side, z.size(3));
    return fitPreviewMap(
        model.vaeConfig, model.vae,
        z.narrow(2, (z.size(2) - h) / 2, h).narrow(3, (z.size(3) - w) / 2, w));
}

} // namespace

Image gridOf(const Request& request, const AnalogistSettings& settings)
{
    const auto cell = [&](const char* slot) {
        const Image& image = picture(request, slot);
        return fitted(
            settings.dropAlpha ? opaque(image) : flattened(image, settings.ground),
            settings.geometry.content(), settings.fit, settings.ground);
    };
    const bool swapped = settings.layout == Layout::Swapped;
    return makeGrid(
        settings.geometry, cell("a"), cell(swapped ? "b" : "a_prime"),
        cell(swapped ? "a_prime" : "b"));
}

Result runAnalogist(const StableDiffusion& model, const Request& request, const Report& report)
{
    const AnalogistSettings settings = analogistSettings(request.values);
    Run run {.model = model, .request = request, .settings = settings, .report = report};
    Sampler sampler = analogistSampler(model, settings);

    if (!run.stage("Encoding the pictures"))
        return {.stopped = true};
    const Conditions conditions =
        prepare(model, pasted(gridOf(request, settings)), settings, request);
    run.map = previewMapOf(model, conditions.z);
    const Taps taps = analogistTaps(settings.injection, settings.plain);
    Tensor x = start(sampler, conditions, settings.strength);
    const int count = int(sampler.steps().size());
    const Noise draws = drawsOf(request, x);

    bool goOn = run.step(0, count, sampler.steps().front().time, x, x / sampler.initialScale());
    for (const Step& step : sampler.steps()) {
        if (!goOn)
            break;
        const Predictions predictions =
            predict(model, conditions, sampler.modelInput(x, step), step, taps);
        const Tensor guided = predictions.guided(settings.guidance);
        const Tensor clean = sampler.predictedClean(x, guided, step);
        x = sampler.next(x, guided, step, draws);
        goOn = run.step(step.index + 1, count, step.time, x, clean);
    }
    run.result.stopped = int(run.result.latents.size()) <= count;
    run.stage("Decoding");
    run.result.candidates = decodeAll(model, request, settings, x);
    return std::move(run.result);
}

namespace {

/// The model of a request; null where the caller stopped while it was loaded.
const StableDiffusion* load(const Request& request, Models& models, const Report& report)
{
    bool goOn = true;
    const StableDiffusion& model = models.stableDiffusion(
        request.model, request.device, request.precision,
        [&](const std::string& stage) { return goOn = goOn && report(StageEvent {stage}).goOn; });
    return goOn ? &model : nullptr;
}

Result execute(const Request& request, Models& models, const Report& report)
{
    const StableDiffusion* model = load(request, models, report);
    return model ? runAnalogist(*model, request, report) : Result {.stopped = true};
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const StableDiffusion* model = load(request, models, [](const Event&) { return Answer {}; });
    return decodeAll(*model, request, analogistSettings(request.values), toTensor(latent));
}

std::string whyNot(const ModelCard& card)
{
    if (card.channels == 9)
        return {};
    return "Analogy needs an inpainting model (a UNet with 9 input channels); " + card.name
        + " has " + std::to_string(card.channels) + ": choose an inpainting model.";
}

/// The paper's two injections.
std::vector<ActiveSpan> activeSpans(const Values& values)
{
    const auto span = [&](const char* label, const char* layers, const char* steps) {
        const bool on = !std::get<Layers>(values.at(layers)).empty();
        return ActiveSpan {label, on ? std::get<Range>(values.at(steps)) : Range {0, 0}};
    };
    return {span("Cloning", "sac", "sac_steps"), span("Masking", "cam", "cam_steps")};
}

} // namespace

Method analogist()
{
    return {
        .id = "analogy",
        .name = "Analogy",
        .description = "Make B′ from A, A′ and B, so that A is to A′ as B is to B′.",
        .slots =
            {{.id = "a", .label = "A", .help = "The example before"},
             {.id = "a_prime", .label = "A′", .help = "The example after"},
             {.id = "b", .label = "B", .help = "The picture to treat likewise"}},
        .parameters = analogistParameters(),
        .refuses = whyNot,
        .run = execute,
        .decode = decodeLatent,
        .spans = activeSpans};
}
