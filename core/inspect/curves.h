// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"
#include "core/inspect/view.h"
#include "core/sentence.h"

#include <memory>
#include <string>
#include <vector>

/// Numbers over steps or layers. Where one is not known there is no point.
struct Curve
{
    Sentence label = {};
    std::vector<double> x = {}, y = {};
};

/// The same trace without queries, keys and features: what curves need, small enough to be kept of
/// every step.
std::shared_ptr<const StepTrace> figuresOnly(const StepTrace& trace);

/// Entropy of an attention over the steps, a curve a layer, with the number of keys that it stands
/// for ("up 2.1, 1024 keys").
std::vector<Curve> entropyOverSteps(
    const std::vector<std::shared_ptr<const StepTrace>>& steps, SiteKind kind,
    const Subject& subject);
/// The same over the layers, of one step.
Curve entropyOverLayers(const StepTrace& step, SiteKind kind, const Subject& subject);
/// What the cells of an analogy give to each other, mean of the view's layers, over the steps: 16
/// curves, row by row.
std::vector<Curve> sharesOverSteps(
    const std::vector<std::shared_ptr<const StepTrace>>& steps, const View& view);
/// The same over the layers, of one step.
std::vector<Curve> sharesOverLayers(const StepTrace& step, const View& view);
/// The length of what guidance adds, over the steps; none of a run without.
Curve guidanceOverSteps(
    const std::vector<std::shared_ptr<const StepTrace>>& steps, const Subject& subject);
/// The length of a candidate's latent. NaN where there is no such candidate.
double normOf(const Latent& latent, int candidate);

/// Which of some numbers stand out from the others: |x - median| / (1.4826 MAD) > @p threshold,
/// where MAD is the median of |x - median| (Iglewicz and Hoaglin 1993, with their threshold of
/// 3.5). None where half of them are equal.
std::vector<bool> standingOut(const std::vector<double>& numbers, double threshold = 3.5);

/// As a table: a column of x, a column a curve, a line each x; empty where a curve has no point.
std::string toCsv(const std::string& x, const std::vector<Curve>& curves);
