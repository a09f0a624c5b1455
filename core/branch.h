// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

// Runs that have their first steps in common with another (Branch, core/run.h).

/// Branches of branches end somewhere.
constexpr int deepestBranch = 64;

/// The seed of what is drawn in a step, counted from 0: the parent's in the steps that are its.
uint64_t seedAt(const Request& request, int step);
/// The seed of all that is drawn before the first step: that of the first ancestor.
uint64_t startSeed(const Request& request);

/// In what a request differs from its parent though it has to stay: all but what mayChange, the
/// seed and the touches. Both are of @p method, with the values that @p model recommends.
std::vector<Sentence> changedInBranch(
    const Method& method, const Request& request, const ModelCard& model);
/// Adds to a request that was recorded, and to all that it goes on from, what it means without
/// saying so (Parameter::unrecorded): where @p resolved, its values that were recorded, has none,
/// which gets it too.
void addUnrecorded(const Method& method, Request& request, Values& resolved);
/// The same change in a request and in all that it goes on from.
Request changedWithAncestors(Request request, const std::function<void(Request&)>& change);
/// Throws ValueError where a request differs from its parent in what has to stay. Both are of @p
/// method, with the values that @p model recommends.
void checkBranch(const Method& method, const Request& request, const ModelCard& model);

/// The predictions of a branch's first steps: those that the caller has of them, else by running
/// the parent so far, which is told as a stage. Nothing where he stopped it. Throws ValueError
/// where the parent has fewer steps.
std::optional<DoneSteps> parentSteps(
    const Method& method, const Prepared& branch, Models& models, const Report& report);
