// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>

// What the tests share that stop a run and go on from what it had predicted.

/// A run of anything, told of by a report.
using RunWith = std::function<Result(const Report&)>;

/// A run with its predictions, so that another may go on from them.
struct RecordedRun
{
    Result result = {};
    DoneSteps done = {};
};

/// Runs to the end, or until @p steps are taken.
inline RecordedRun recorded(const RunWith& run, int steps = -1, DoneSteps before = {})
{
    RecordedRun made;
    const auto tell = [&](const Event& event) {
        const auto* step = std::get_if<StepEvent>(&event);
        if (step && step->prediction)
            made.done.predictions.push_back(step->prediction);
        return Answer {.goOn = !step || step->step != steps, .keep = false};
    };
    made.result = run(Report(tell, {}, std::move(before)));
    return made;
}

/// Goes on from the first @p steps of a run, in @p run.
inline Result goneOn(const RunWith& run, DoneSteps done, int steps)
{
    done.predictions.resize(size_t(steps));
    return recorded(run, -1, std::move(done)).result;
}

inline bool sameBits(const Latent& a, const Latent& b)
{
    return a.shape == b.shape && a.values.size() == b.values.size()
        && std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(float)) == 0;
}

/// The first of the latents that differs, by step; -1: none does.
inline int firstDifference(const Result& a, const Result& b)
{
    const size_t both = std::min(a.latents.size(), b.latents.size());
    for (size_t i = 0; i < both; ++i)
        if (!sameBits(*a.latents[i], *b.latents[i]))
            return int(i);
    return a.latents.size() == b.latents.size() ? -1 : int(both);
}

inline bool samePictures(const Result& a, const Result& b)
{
    return std::ranges::equal(
        a.candidates, b.candidates, {}, &Candidate::canvas, &Candidate::canvas);
}

/// What differs between a whole run and the same in @p again, stopped after some steps and gone on;
/// empty: nothing.
inline std::string differenceAfter(
    const RecordedRun& whole, const RunWith& run, const RunWith& again, int steps)
{
    const RecordedRun stopped = recorded(run, steps);
    if (int(stopped.done.predictions.size()) != steps || !stopped.result.stopped)
        return "It did not stop after step " + std::to_string(steps) + ".";
    const Result on = goneOn(again, stopped.done, steps);
    if (const int step = firstDifference(whole.result, on); step >= 0)
        return "Gone on from step " + std::to_string(steps) + ", step " + std::to_string(step)
            + " differs.";
    return samePictures(whole.result, on) ? "" : "The pictures differ.";
}
