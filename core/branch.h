// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <cstdint>
#include <set>
#include <string>

// Runs that have their first steps in common with another (Branch, core/run.h).

/// What a branch may have otherwise than its parent: what acts in each step anew, and neither in
/// the start nor in how many steps there are.
struct MayChange
{
    std::set<std::string> parameters = {}, slots = {}; ///< ids

    bool operator==(const MayChange&) const = default;
};
/// Says so of a method, by its id, when the method is made; of one of which nothing is said all has
/// to stay but the seed and the touches.
void setMayChange(const std::string& method, MayChange what);
MayChange mayChange(const std::string& method);

/// Branches of branches end somewhere.
constexpr int deepestBranch = 64;

/// The seed of what is drawn in a step, counted from 0: the parent's in the steps that are its.
uint64_t seedAt(const Request& request, int step);
/// The seed of all that is drawn before the first step: that of the first ancestor.
uint64_t startSeed(const Request& request);

/// Throws ValueError where a request differs from its parent in what has to stay. Both are of @p
/// method, with the values that @p model recommends.
void checkBranch(const Method& method, const Request& request, const ModelCard& model);

/// The predictions of a branch's first steps: those that the caller has of them, else by running
/// the parent so far, which is told as a stage. Nothing where he stopped it. Throws ValueError
/// where the parent has fewer steps.
std::optional<DoneSteps> parentSteps(
    const Method& method, const Prepared& branch, Models& models, const Report& report);
