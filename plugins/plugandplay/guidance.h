// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/recorder.h"
#include "plugins/plugandplay/source.h"

#include <vector>

struct TranslateSettings; // plugins/plugandplay/settings.h

/// How the share of the empty prompt in what is guided away from changes over a run: it begins at
/// alpha and, but for Constant, falls, so that the negative prompt comes in. Linear falls to
/// nothing, Exponential to a four-hundredth.
enum class AlphaSchedule { Linear, Constant, Exponential };
/// That share at a step: 1 is the empty prompt alone, 0 the negative one alone (the paper's
/// negative-prompting, as the authors' first program does it).
double emptyShare(AlphaSchedule schedule, double alpha, int step, int steps);

/// The encoded prompts of a translation, [1, tokens, width] each, of the same length.
struct Contexts
{
    Tensor empty = {}, negative = {}; ///< no negative one: it is the empty one
    std::vector<Tensor> targets = {};
};
/// Those of a translation. Where the source is @p made from a prompt, that prompt is the negative
/// one unless another is given: the first program leads away from what a made source shows.
Contexts contextsOf(const StableDiffusion& model, const TranslateSettings& settings, bool made);

/// How the noise of a step is put together.
struct Guidance
{
    double scale = 7.5; ///< 1: the target alone
    double alpha = 0;
    AlphaSchedule schedule = AlphaSchedule::Constant;
};

/// A source being translated by several prompts, step by step. The prompts of a step follow each
/// other, so that they need the memory of one; the source's pass serves all of them.
class Translation
{
public:
    /// @p plain: source and result in one batch, everything computed and then overwritten.
    Translation(
        const Network& network, const Source& source, Contexts contexts, Guidance guidance,
        Injection injection, bool plain);

    /// Asks the network for what guidance leads to and away from one after the other, with the
    /// memory of one; the plain path has its batch.
    void takeApart() { m_apart = !m_plain; }
    /// Lets these act on the results' passes.
    void touchWith(Touches touches) { m_touches = std::move(touches); }
    /// Records the passes from here on. The recorder must outlive this.
    void recordWith(Recorder& recorder) { m_recorder = &recorder; }
    /// The guided noise [prompts, c, h, w] at the latents @p x of all prompts. @p features are the
    /// source's for this step (not used by the plain path).
    Tensor noise(const Tensor& x, int step, const SourceFeatures& features);
    /// The noise of every item of one prompt's batch: the source's passes (of the plain path), then
    /// the negative prompt, the empty one and the target, as far as they count at that share of
    /// the empty prompt.
    Tensor batchNoise(
        const Tensor& x, int prompt, int step, double share, const SourceFeatures& features);

private:
    /// What a batch is made of, behind the source's passes.
    struct Wanted
    {
        bool negative = false, empty = false, target = false;
    };
    Tensor pass(
        const Tensor& x, int prompt, int step, const Wanted& wanted,
        const SourceFeatures& features);
    void look(Taps& taps, int prompt, const Wanted& wanted) const;
    /// What is computed at a share of the empty prompt.
    bool wantsNegative(double share) const;
    bool wantsEmpty(double share) const;

    const Network& m_network;
    const Source& m_source;
    Contexts m_contexts;
    Guidance m_guidance;
    Injection m_injection;
    bool m_plain, m_apart = false;
    Touches m_touches;
    Recorder* m_recorder = nullptr;
    std::map<std::pair<int, int>, ContextKeys> m_keys; ///< by prompt and by what is wanted
};
