// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"

#include "core/branch.h"
#include "core/diffusion/apart.h"
#include "core/diffusion/autoencoderchoice.h"
#include "core/diffusion/noise.h"
#include "core/errors.h"
#include "core/file/systemerror.h"
#include "core/stopping.h"

#include <algorithm>

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

namespace {

/// "2 x 4 x 16 x 16"
std::string sizeOf(at::IntArrayRef shape)
{
    std::string text;
    for (const int64_t n : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(n);
    return text;
}

} // namespace

Tensor keptLatent(
    const StableDiffusion& model, const Latent& latent, size_t candidates, int64_t height,
    int64_t width)
{
    const std::array<int64_t, 4> shape = {
        int64_t(candidates), model.unetConfig.outChannels, height, width};
    if (latent.shape != shape)
        throw Error(
            "This step of the run is damaged: its latent is of %1, and those of the run are of %2. "
            "Choose another step, make the run again, or open a copy of the session that was "
            "saved.",
            sizeOf(latent.shape), sizeOf(shape));
    return toTensor(latent);
}

void checkKeptStep(int step, size_t count)
{
    if (step < 0 || size_t(step) >= count)
        throw Error(
            "The run is damaged: it has a step %1, and its settings give %2. Make it again, or "
            "open a copy of the session that was saved.",
            step + 1, count);
}

const Step& keptStep(const Sampler& sampler, int step)
{
    checkKeptStep(step, sampler.steps().size());
    return sampler.steps()[size_t(step)];
}

Tensor storedNoise(const Request& request, const std::string& name, at::IntArrayRef shape)
{
    const auto found = request.noise.find(name);
    if (found == request.noise.end())
        return {};
    const Tensor values = at::tensor(at::ArrayRef<float>(found->second));
    int64_t wanted = 1;
    for (const int64_t n : shape)
        wanted *= n;
    if (values.numel() != wanted)
        throw Error(
            "The stored noise \"%1\" has %2 numbers; this run needs %3.", name, values.numel(),
            wanted);
    return values.reshape(shape);
}

Tensor candidateNoise(uint64_t seed, int count, uint32_t stream, at::IntArrayRef one)
{
    std::vector<Tensor> each;
    for (int i = 0; i < count; ++i)
        each.push_back(normal(seed + uint64_t(i), stream, one));
    return at::cat(each);
}

Tensor startNoise(const Request& request, int count, at::IntArrayRef one)
{
    std::vector<int64_t> shape = one.vec();
    shape[0] = count;
    const Tensor stored = storedNoise(request, "noise", shape);
    return stored.defined() ? stored : candidateNoise(startSeed(request), count, 0, one);
}

Noise drawsOf(const Request& request, const Tensor& like)
{
    return [request, like, draw = 0]() mutable {
        constexpr uint32_t first = 16; // of the streams
        std::vector<int64_t> one = like.sizes().vec();
        one[0] = 1;
        const uint64_t seed = seedAt(request, draw);
        return candidateNoise(seed, int(like.size(0)), first + uint32_t(draw++), one)
            .to(like.device());
    };
}

namespace {

/// How many values are NaN or infinite: "12 of 16384 values are NaN or infinite"; empty: none.
Sentence notNumbers(const Tensor& x)
{
    const int64_t count = x.numel() - x.isfinite().sum().item<int64_t>();
    if (count == 0)
        return {};
    return {"%1 of %2 values are NaN or infinite", count, x.numel()};
}

/// Adds a note, unless it was said already.
void say(Notes* notes, const Sentence& note)
{
    if (notes && std::ranges::find(*notes, note) == notes->end())
        notes->push_back(note);
}

} // namespace

Tensor latentOf(
    const StableDiffusion& model, const Tensor& image, const Tensor& noise, Notes* notes)
{
    const Weights vae = autoencoderOf(model);
    if (vae.empty() && stopAsked()) // while it was loaded
        return {};
    bool again = false;
    const Posterior posterior = encode(model.vaeConfig, vae, image.to(model.device), {}, &again);
    if (!posterior.mean.defined())
        return {};
    if (const Sentence wrong = notNumbers(posterior.moments); !wrong.empty())
        throw WorkError(
            "The picture could not be encoded (%1): the autoencoder does not fit or is damaged, so "
            "choose another model.",
            wrong);
    if (again)
        say(notes,
            "In half precision the autoencoder made values that are no numbers, so a picture was "
            "encoded again in fp32.");
    const Tensor z = noise.defined() ? posterior.sample(noise.to(model.device)) : posterior.mean;
    return z * model.vaeConfig.scalingFactor;
}

void checkNumbers(const Tensor& x, const Sentence& what, int step, int of, const Sentence& advice)
{
    if (const Sentence wrong = notNumbers(x); !wrong.empty())
        throw WorkError(
            "%1 stopped being numbers at step %2 of %3 (%4): %5.", what, step, of, wrong, advice);
}

namespace {

/// Gives @p take what each of the scaled latents is decoded to, [1, 3, h, w]: picturesOf().
void decodeEach(
    const StableDiffusion& model, const Tensor& x, const StageReport& progress, Notes* notes,
    const std::function<void(const Tensor&)>& take)
{
    if (x.size(1) != model.unetConfig.outChannels) // out of a session, which may be damaged
        throw ValueError(
            "The latent has %1 channels, and those of the model %2 have %3: it cannot be decoded.",
            x.size(1), model.card.name, model.unetConfig.outChannels);
    bool again = false;
    for (int64_t i = 0; i < x.size(0) && progress("Decoding"); ++i) {
        const Weights vae = model.quick ? Weights() : autoencoderOf(model);
        if (vae.empty() && !model.quick && stopAsked()) // while it was loaded
            break;
        const Tensor z = x.narrow(0, i, 1).to(model.device);
        const Tensor image = model.quick
            ? decode(*model.tiny, z)
            : decode(model.vaeConfig, vae, z / model.vaeConfig.scalingFactor, {}, &again);
        if (!image.defined())
            break;
        if (const Sentence wrong = notNumbers(image); !wrong.empty())
            throw WorkError(
                "The picture could not be decoded (%1): the autoencoder does not fit or is "
                "damaged, so choose another model.",
                wrong);
        take(image);
    }
    for (const Sentence& note : model.loadingNotes)
        say(notes, note);
    if (model.staging)
        for (const Sentence& note : model.staging->notes())
            say(notes, note);
    if (again)
        say(notes,
            "In half precision the autoencoder made values that are no numbers, so the picture was "
            "decoded again in fp32.");
    if (model.quick)
        say(notes,
            "The result was decoded by TAESD, which shows less detail than the autoencoder.");
    if (model.staging)
        say(notes,
            {"There was too little memory for all networks of the model at once (%1), so they were "
             "loaded one after the other: the picture is the same, and the run takes longer.",
             amountOf(model.staging->sizes().all())});
}

} // namespace

std::vector<Image> picturesOf(
    const StableDiffusion& model, const Tensor& x, Rounding rounding, const StageReport& progress,
    Notes* notes)
{
    std::vector<Image> pictures;
    decodeEach(model, x, progress, notes, [&](const Tensor& image) {
        pictures.push_back(std::move(toImages(image, rounding).front()));
    });
    return pictures;
}

std::vector<DeepImage> deepPicturesOf(const StableDiffusion& model, const Tensor& x)
{
    std::vector<DeepImage> pictures;
    decodeEach(model, x, {}, nullptr, [&](const Tensor& image) {
        pictures.push_back(std::move(toDeepImages(image).front()));
    });
    return pictures;
}

Tensor holeOf(
    const StableDiffusion& model, int64_t h, int64_t w, const Tensor& mask, const Tensor& kept,
    Notes* notes)
{
    if (model.unetConfig.inChannels != inpaintingChannels)
        return {};
    const Tensor all = at::ones({1, 1, h, w});
    const Tensor grey = at::zeros({1, 3, 8 * h, 8 * w});
    const Tensor around = latentOf(model, kept.defined() ? kept : grey, {}, notes);
    if (!around.defined())
        return {};
    return at::cat({(mask.defined() ? mask : all).to(model.device), around}, 1);
}

Tensor withHole(const Tensor& x, const Tensor& hole)
{
    return hole.defined() ? at::cat({x, hole.expand({x.size(0), -1, -1, -1})}, 1) : x;
}

PreviewMap previewMapOf(const StableDiffusion& model, const Tensor& z)
{
    constexpr int64_t side = 24;
    const int64_t h = std::min(side, z.size(2)), w = std::min(side, z.size(3));
    PreviewMap map;
    if (model.preview)
        map = *model.preview;
    else if (const Weights vae = autoencoderOf(model); !vae.empty() || !stopAsked())
        map = fitPreviewMap(
            model.vaeConfig, vae,
            z.narrow(2, (z.size(2) - h) / 2, h).narrow(3, (z.size(3) - w) / 2, w));
    map.tiny = model.tiny;
    return map;
}

ActiveSpan activeIn(
    const std::string& part, const Layers& layers, const Range& steps, const std::string& parameter)
{
    if (layers.empty())
        return {part, {0, 0}};
    return {part, steps, parameter};
}

StageReport SamplingRun::progress()
{
    return [this](const StageEvent& event) {
        const Answer answer = report(event);
        keep = keep && (answer.goOn || answer.keep);
        return answer.goOn;
    };
}

Tensor SamplingRun::done(int step, const Tensor& like) const
{
    const auto& predictions = report.done.predictions;
    if (step >= int(predictions.size()))
        return {};
    const Latent& prediction = *predictions[size_t(step)];
    if (at::IntArrayRef(prediction.shape) != like.sizes())
        throw Error(
            "The steps that are done already are of a latent of %1; this run's is %2. Make the "
            "run from its beginning, or open a copy of the session that was saved.",
            sizeOf(prediction.shape), sizeOf(like.sizes()));
    return toTensor(prediction).to(like.device());
}

bool SamplingRun::step(
    int number, int of, double time, const Tensor& x, const Tensor& clean, const Tensor& prediction)
{
    std::vector<Tensor> told = {x, clean};
    if (prediction.defined())
        told.push_back(prediction);
    const Tensor here = at::stack(told).to(at::kCPU); // the step's one way off the device
    for (const Tensor& latent : {here[0], here[1]})
        checkNumbers(
            latent, "The picture", number, of,
            "try precision fp32, a lower guidance or another sampler");
    const auto latent = toLatent(here[0]);
    result.latents.push_back(latent);
    seen = clean;
    const Answer answer = report(StepEvent {
        .step = number,
        .steps = of,
        .time = time,
        .latent = latent,
        .prediction = prediction.defined() ? toLatent(here[2]) : nullptr,
        .clean = number > 0 ? toLatent(here[1]) : nullptr,
        .trace = number > 0 ? recorder.take(number - 1) : nullptr,
        .previews = number > 0 ? stepPreview(map, here[1]) : preview(map, here[1]),
        .noisy = preview(map, here[0])});
    keep = keep && (answer.goOn || answer.keep);
    return answer.goOn;
}

Result SamplingRun::finish(int of, const Tensor& x)
{
    result.stopped = int(result.latents.size()) <= of;
    const Keeping keeping;
    // After a stop the pictures of the last step are decoded if they are wanted.
    const StageReport decoding = [this, told = progress()](const StageEvent& event) {
        told(event);
        return keep;
    };
    result.candidates =
        decode(result.stopped && seen.defined() ? seen : x, decoding, &result.notes);
    result.stopped = result.stopped || !keep;
    return std::move(result);
}

Result sample(SamplingRun& run, Sampler& sampler, Tensor x, const Sampling& how)
{
    const std::vector<Step>& steps = sampler.steps();
    const int count = int(steps.size());
    bool goOn = run.step(0, count, steps.front().time, x, x / sampler.initialScale());
    for (auto step = steps.begin(); step != steps.end() && goOn; ++step) {
        Tensor prediction = run.done(step->index, x);
        if (!prediction.defined())
            prediction = how.predict(sampler.modelInput(x, *step), *step);
        if (!prediction.defined())
            break;
        const Tensor clean = sampler.predictedClean(x, prediction, *step);
        x = sampler.next(x, prediction, *step, how.draws);
        if (how.after)
            x = how.after(x, *step);
        goOn = run.step(step->index + 1, count, step->time, x, clean, prediction);
    }
    if (how.ended)
        how.ended();
    return run.finish(count, x);
}

std::shared_ptr<const StableDiffusion> loadModel(
    const Request& request, Models& models, const StageReport& progress)
{
    bool goOn = true;
    const auto model = models.stableDiffusion(
        request.model, request.device, request.precision,
        [&](const StageEvent& event) { return goOn = goOn && progress(event); },
        autoencoderOf(request), request.prediction, request.loras);
    const auto whole = goOn ? withParts(model, request, models, progress) : nullptr;
    if (!whole || !whole->staging)
        return whole;
    StableDiffusion told = *whole; // of this run
    told.loadingReport = progress;
    return std::make_shared<const StableDiffusion>(std::move(told));
}
