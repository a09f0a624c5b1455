// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inputs.h"

/// Whether a part's first step and the step behind its last one can be moved.
struct MovableEnds
{
    bool begin = false, end = false;
    bool operator==(const MovableEnds&) const = default;
};
MovableEnds movableEnds(const Editor& editor, const ActiveSpan& span);

/// What acts when in the next run, in steps of a run of @p total: the values are the document's but
/// for the number of steps, which is @p steps (a parameter's value; null: the document's own).
std::vector<ActiveSpan> nextSpans(const Editor& editor, const Value* steps);

/// Sets what a part of the method follows from (a parameter, the span of a picture), so that it
/// acts in @p wanted of @p total steps. @p span is one of nextSpans(), at @p index.
void moveSpan(
    Editor& editor, Inputs& inputs, const ActiveSpan& span, std::size_t index, Range wanted,
    int total);
