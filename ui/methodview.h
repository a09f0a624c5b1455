// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "ui/stepaxis.h"

#include <QImage>

#include <vector>

/// The result's part of what the network works on.
QImage resultPart(const Method* method, const QImage& canvas);
/// The steps in which the parts of a method act.
std::vector<StepAxis::Span> spansOf(
    const Method& method, const Values& values, const Pictures& images, int steps);
/// The steps in which touches act, those of the same part of the run together.
std::vector<StepAxis::Span> spansOf(const std::vector<Touch>& touches, int steps);
