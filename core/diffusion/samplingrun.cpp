// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"

#include "core/diffusion/noise.h"
#include "core/errors.h"

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

/// Noise stored in the request under @p name, or an undefined tensor.
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
            "The stored noise \"" + name + "\" has " + std::to_string(values.numel())
            + " numbers; this run needs " + std::to_string(wanted) + ".");
    return values.reshape(shape);
}

Noise drawsOf(uint64_t seed, const Tensor& like)
{
    return [seed, like, stream = uint32_t(16)]() mutable {
        std::vector<Tensor> each;
        std::vector<int64_t> shape = like.sizes().vec();
        shape[0] = 1;
        for (int64_t i = 0; i < like.size(0); ++i)
            each.push_back(normal(seed + uint64_t(i), stream, shape));
        ++stream;
        return at::cat(each).to(like.device());
    };
}

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

bool SamplingRun::step(int number, int of, double time, const Tensor& x, const Tensor& clean)
{
    const Tensor here = at::stack({x, clean}).to(at::kCPU); // the step's one way off the device
    if (!here.isfinite().all().item<bool>())
        throw Error(
            "The picture stopped being numbers at step " + std::to_string(number) + " of "
            + std::to_string(of) + ": try precision fp32, a lower guidance or another sampler.");
    const auto latent = toLatent(here[0]);
    result.latents.push_back(latent);
    const Answer answer = report(StepEvent {number, of, time, latent, preview(map, here[1])});
    for (const int wanted : answer.decode) {
        if (wanted < 0 || wanted >= int(result.latents.size()))
            continue;
        report(DecodedEvent {wanted, decode(toTensor(*result.latents[wanted]))});
    }
    return answer.goOn;
}

const StableDiffusion* loadModel(
    const Request& request, Models& models, const Report& report, const std::string& autoencoder)
{
    bool goOn = true;
    const StableDiffusion& model = models.stableDiffusion(
        request.model, request.device, request.precision,
        [&](const std::string& stage) { return goOn = goOn && report(StageEvent {stage}).goOn; },
        autoencoder);
    return goOn ? &model : nullptr;
}
