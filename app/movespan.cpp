// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/movespan.h"

#include <algorithm>
#include <climits>
#include <cmath>

namespace {

/// The part of a run at which step @p step of @p total begins, in a thousandth and no less.
double partAt(int step, int total)
{
    return std::min(1.0, std::ceil(1000.0 * step / std::max(1, total) - 1e-6) / 1000);
}

const Parameter* parameterOf(const Editor& editor, const ActiveSpan& span)
{
    const auto& all = editor.method().parameters;
    const auto found = std::ranges::find(all, span.parameter, &Parameter::id);
    return found == all.end() ? nullptr : &*found;
}

/// The part of the run up to which something acts, so that its last step is the wanted one: whether
/// the step at the part itself counts is the method's own matter.
double partUntil(
    const Editor& editor, const ActiveSpan& span, std::size_t index, int end, int total)
{
    for (const int step : {end, end - 1}) {
        Values values = editor.values();
        values[span.parameter] = partAt(std::max(0, step), total);
        const auto spans = editor.method().spans(values, editor.document().inputs);
        if (index < spans.size() && std::min(spans[index].steps.end, total) == end)
            return partAt(std::max(0, step), total);
    }
    return partAt(end, total);
}

} // namespace

MovableEnds movableEnds(const Editor& editor, const ActiveSpan& span)
{
    if (!span.slot.empty())
        return {true, true};
    const Parameter* parameter = parameterOf(editor, span);
    if (!parameter)
        return {};
    return {
        std::holds_alternative<Range>(parameter->initial),
        std::holds_alternative<Range>(parameter->initial)
            || std::holds_alternative<double>(parameter->initial)};
}

std::vector<ActiveSpan> nextSpans(const Editor& editor, const Value* steps)
{
    if (!editor.method().spans)
        return {};
    Values values = editor.values();
    if (const Parameter* role = parameter(editor.method(), Role::Steps); role && steps)
        values[role->id] = *steps;
    return editor.method().spans(values, editor.document().inputs);
}

void moveSpan(
    Editor& editor, Inputs& inputs, const ActiveSpan& span, std::size_t index, Range wanted,
    int total)
{
    if (!span.slot.empty())
        return inputs.setSpan(
            {span.slot, span.at}, partAt(wanted.begin, total), partAt(wanted.end, total));
    const Parameter* parameter = parameterOf(editor, span);
    if (!parameter)
        return;
    if (std::holds_alternative<double>(parameter->initial))
        return editor.setValue(span.parameter, partUntil(editor, span, index, wanted.end, total));
    const bool all = wanted.begin == 0 && wanted.end >= total;
    editor.setValue(span.parameter, all ? Range {} : wanted);
}
