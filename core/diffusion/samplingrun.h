// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preview.h"
#include "core/diffusion/recorder.h"
#include "core/diffusion/sampler.h"
#include "core/diffusion/stablediffusion.h"
#include "core/nn/pixels.h"
#include "core/sentence.h"
#include "core/stagereport.h"

#include <functional>
#include <string>

// What the methods that sample a latent step by step share.

std::shared_ptr<const Latent> toLatent(const Tensor& x);
Tensor toTensor(const Latent& latent);
/// A latent that was kept, [@p candidates, c, @p height, @p width] in cells, for a request's other
/// work: out of a session, which may be damaged. Throws Error where it is of another size.
Tensor keptLatent(
    const StableDiffusion& model, const Latent& latent, size_t candidates, int64_t height,
    int64_t width);
/// A step of a run that was kept likewise, counted from 0.
const Step& keptStep(const Sampler& sampler, int step);
/// Throws Error where a run has no such step.
void checkKeptStep(int step, size_t count);

/// Noise stored in the request under @p name, or an undefined tensor. Throws Error where it is of
/// another size.
Tensor storedNoise(const Request& request, const std::string& name, at::IntArrayRef shape);
/// Noise [@p count, c, h, w] for candidates: @p stream of seed + i for candidate i, so that a
/// candidate made alone is the same. @p one is [1, c, h, w].
Tensor candidateNoise(uint64_t seed, int count, uint32_t stream, at::IntArrayRef one);
/// What @p count candidates start from: the stored noise "noise", else stream 0 of their seeds. Of
/// a branch these are the first ancestor's.
Tensor startNoise(const Request& request, int count, at::IntArrayRef one);
/// The noise that a sampler draws besides the start: a stream of each candidate's seed for every
/// draw. A sampler that draws does so once a step, from the first on: so the draws of a branch are
/// its parent's as long as the steps are.
Noise drawsOf(const Request& request, const Tensor& like);
/// What is to be said of a result.
using Notes = std::vector<Sentence>;
/// The scaled latent of a picture [1, 3, h, w] in [-1, 1], on the model's device: the posterior's
/// mean, or a sample where there is noise for it. Undefined where the work is to end. @p notes are
/// told, once, where half precision did not do. Throws WorkError where fp32 did not either.
Tensor latentOf(
    const StableDiffusion& model, const Tensor& image, const Tensor& noise = {},
    Notes* notes = nullptr);
/// Throws WorkError where values of a latent are NaN or infinite: "@p what stopped being numbers at
/// step 3 of 50 (12 of 16384 values are NaN or infinite): @p advice."
void checkNumbers(const Tensor& x, const Sentence& what, int step, int of, const Sentence& advice);

/// The pictures of scaled latents, decoded one after the other: a batch would need the memory of
/// all. Tells the stage "Decoding" before each; where @p progress says no, gives those that are
/// done. @p notes are told, once, where half precision did not do. Throws WorkError where fp32 did
/// not either.
std::vector<Image> picturesOf(
    const StableDiffusion& model, const Tensor& x, Rounding rounding = Rounding::Nearest,
    const StageReport& progress = {}, Notes* notes = nullptr);
/// The same with 16 bits a channel.
std::vector<DeepImage> deepPicturesOf(const StableDiffusion& model, const Tensor& x);

/// Of a UNet that fills a hole: the latent, the hole's mask and the masked picture's latent.
constexpr int inpaintingChannels = 9;
/// What such a UNet takes besides a latent [n, c, h, w], [1, 5, h, w]: the hole's mask [1, 1, h, w]
/// (undefined: everything is one), and what is kept, [1, 3, 8 h, 8 w], grey in the hole (undefined:
/// grey everywhere). Undefined for another UNet. @p notes as of latentOf().
Tensor holeOf(
    const StableDiffusion& model, int64_t h, int64_t w, const Tensor& mask = {},
    const Tensor& kept = {}, Notes* notes = nullptr);
/// Adds that to every latent of @p x; where @p hole is undefined, gives @p x.
Tensor withHole(const Tensor& x, const Tensor& hole);

/// The model's own preview map, or one fitted to what its decoder makes of a part of a latent.
PreviewMap previewMapOf(const StableDiffusion& model, const Tensor& z);

/// The steps in which a part of a method acts, as @p parameter says: none where it has no layers.
ActiveSpan activeIn(
    const std::string& part, const Layers& layers, const Range& steps,
    const std::string& parameter = {});

/// The state of a run: what is told to the caller, and what it answered.
struct SamplingRun
{
    const Report& report;
    /// The pictures of latents; progress and notes as of picturesOf().
    std::function<std::vector<Candidate>(const Tensor&, const StageReport&, Notes*)> decode = {};
    PreviewMap map = {};
    Result result = {};
    bool keep = true; ///< false once the caller stopped and wants nothing of it
    Tensor seen = {}; ///< what the preview of the last step shows: the predicted clean latent
    Recorder recorder = Recorder(report.recording); ///< of what the steps hold

    /// Tells the stages before the first step and after the last; remembers whether the pictures
    /// are wanted. It lives as long as the run.
    StageReport progress();
    /// Tells a step (0 is the start, without a prediction) and answers whether to go on.
    /// Throws Error where the latent is no longer finite.
    bool step(
        int number, int of, double time, const Tensor& x, const Tensor& clean,
        const Tensor& prediction = {});
    /// The prediction of a step, counted from 0, if the caller has it already; else undefined.
    /// Throws Error where it is of another size than @p like.
    Tensor done(int step, const Tensor& like) const;
    /// The result of a run of @p of steps that ended with @p x, decoded if it is wanted. Of a run
    /// that was stopped the predicted clean latent is decoded: @p x still has its noise, and the
    /// picture that was seen is the one to keep.
    Result finish(int of, const Tensor& x);
};

/// How a run is sampled, besides its sampler.
struct Sampling
{
    /// The prediction, guided, at what the sampler gives the model; undefined where the work is to
    /// end, so that the step is not taken.
    std::function<Tensor(const Tensor& input, const Step&)> predict = {};
    Noise draws = {}; ///< for samplers that draw
    /// What becomes of the latent after a step; empty: it stays.
    std::function<Tensor(const Tensor& x, const Step&)> after = {};
    /// Called behind the last step, before the pictures are decoded: what only steps need may go.
    std::function<void()> ended = {};
};
/// Takes all steps of @p sampler from @p x, telling each, until the caller stops; the result.
Result sample(SamplingRun& run, Sampler& sampler, Tensor x, const Sampling& how);

/// The model of a request, with the autoencoder that it names; null where the caller stopped while
/// it was loaded.
std::shared_ptr<const StableDiffusion> loadModel(
    const Request& request, Models& models, const StageReport& progress = {});
