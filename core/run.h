// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/inspect/trace.h"
#include "core/lora.h"
#include "core/sentence.h"
#include "core/touch.h"
#include "core/values.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// What goes into a run of a method, what it tells on its way, and what comes out.

/// An input picture with what a method may need to know of it besides its pixels.
struct Input
{
    SharedImage image = {};
    std::string name = {}; ///< bare file name, never a path
    double weight = 1;
    std::string kind = {};     ///< one of the slot's kinds; empty: the first
    double begin = 0, end = 1; ///< the part of the run in which it acts, of 1

    bool operator==(const Input&) const = default;
};

/// Input pictures by slot.
using Pictures = std::map<std::string, std::vector<Input>>;

struct Request;

/// Another run whose first steps a run has in common.
struct Branch
{
    std::shared_ptr<const Request> parent = {}; ///< never null
    int step = 0; ///< as many steps are the parent's; from there on the request's own values act

    bool operator==(const Branch& other) const; ///< by what the parents say
};

/// Everything that determines the result: equal requests give equal pictures. Cheap to copy.
struct Request
{
    std::string method = {};
    std::string model = {};  ///< path of a folder or file; empty: the default model
    std::string preset = {}; ///< id; empty: none
    Pictures images = {};
    Values values = {}; ///< what was set by hand; run() adds the rest
    uint64_t seed = 42;
    std::string device = "cpu";     ///< cpu, cuda, cuda:1 ...
    std::string precision = "auto"; ///< auto, fp32, bf16, fp16
    /// What the UNet predicts: auto (as its files say, or a guess), epsilon, v_prediction.
    std::string prediction = "auto";
    std::vector<Lora> loras = {}; ///< what is added to the model's weights, in this order
    std::map<std::string, std::vector<float>> noise =
        {}; ///< stored noise by name, in place of what the seed gives
    std::vector<Touch> touches = {};    ///< changes inside the network
    std::optional<Branch> branch = {};  ///< where it goes on from another run

    bool operator==(const Request&) const = default;
};

inline bool Branch::operator==(const Branch& other) const
{
    return step == other.step && (parent == other.parent || *parent == *other.parent);
}

/// The latents of all candidates after a step.
struct Latent
{
    std::array<int64_t, 4> shape = {}; ///< [candidates, channels, height, width]
    std::vector<float> values = {};
};

/// A picture that a run made.
struct Candidate
{
    SharedImage image = {};  ///< what was asked for
    SharedImage canvas = {}; ///< all that the network made (Analogy: the grid)
    uint64_t seed = 0;
};

/// What is being done; @p of = 0 where it cannot be counted.
struct StageEvent
{
    Sentence stage = {};
    int done = 0, of = 0;
    SharedImage preview = {}; ///< what there is of the canvas, small; empty: nothing to be seen
};
/// A finished sampling step.
struct StepEvent
{
    int step = 0, steps = 0; ///< 1 is the first finished step; 0 is the start latent
    double time = 0;         ///< diffusion time that the network was asked at
    std::shared_ptr<const Latent> latent = {};
    /// Of the step that led here, none at the start: the guided prediction that the sampler was
    /// given, and the predicted clean latent.
    std::shared_ptr<const Latent> prediction = {}, clean = {};
    std::shared_ptr<const StepTrace> trace = {}; ///< of that step, where it was recorded
    /// One a candidate, a pixel per latent cell: the predicted clean canvas, and the latent as the
    /// network sees it, noise and all.
    std::vector<Image> previews = {}, noisy = {};
};
using Event = std::variant<StageEvent, StepEvent>;

/// What the caller answers to an event: a stop is an answer, not an exception from outside.
struct Answer
{
    bool goOn = true; ///< false: stop after this step and return what there is
    bool keep = true; ///< of a stop: the pictures of the last step are wanted
};

/// The first steps of a run, done already: they are taken again by the sampler's rules over what
/// was predicted, without the network, and bit for bit.
struct DoneSteps
{
    std::vector<std::shared_ptr<const Latent>> predictions = {}; ///< StepEvent::prediction of each
    bool empty() const { return predictions.empty(); }
};

/// The caller of a run: what he is told, and what he wants and has besides the request, none of
/// which changes the result.
struct Report
{
    std::function<Answer(const Event&)> tell = {};
    Recording recording = {}; ///< what steps hold, in StepEvent::trace
    DoneSteps done = {};

    Report() = default;
    template<typename Tell>
        requires std::is_invocable_r_v<Answer, Tell, const Event&>
    Report(Tell tell, Recording recording = {}, DoneSteps done = {})
        : tell(std::move(tell))
        , recording(std::move(recording))
        , done(std::move(done))
    {
    }
    Answer operator()(const Event& event) const { return tell(event); }
};

/// Numbers to be saved as data, row-major.
struct Array
{
    std::vector<int64_t> shape = {};
    std::vector<float> values = {};
};

struct Result
{
    std::vector<Candidate> candidates = {};
    std::vector<std::shared_ptr<const Latent>> latents = {}; ///< the start and after every step
    bool stopped = false;                     ///< the pictures are of the last step done
    std::vector<Sentence> notes = {};         ///< what is to be said of it
    std::map<std::string, Array> arrays = {}; ///< what was made besides pictures
};
