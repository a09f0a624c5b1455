// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// Another value that a parameter may have.
inline Value otherValue(const Parameter& p, const Value& value)
{
    if (const auto* flag = std::get_if<bool>(&value))
        return !*flag;
    if (const auto* whole = std::get_if<int>(&value))
        return *whole + int(p.step) <= p.maximum ? *whole + int(p.step) : *whole - int(p.step);
    if (const auto* fraction = std::get_if<double>(&value))
        return *fraction < (p.minimum + p.maximum) / 2 ? p.maximum : p.minimum;
    if (std::holds_alternative<Range>(value))
        return Range {0, 1};
    if (const auto* layers = std::get_if<Layers>(&value))
        return layers->empty() ? Layers {{4, 9}} : Layers {};
    const auto& text = std::get<std::string>(value);
    for (const Choice& choice : p.choices)
        if (choice.value != text)
            return choice.value;
    return text + " blue";
}

/// A run that goes on from another after @p step of its steps.
inline Request branchOf(const Request& parent, int step)
{
    Request request = parent;
    request.branch = Branch {.parent = std::make_shared<const Request>(parent), .step = step};
    return request;
}
