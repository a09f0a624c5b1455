// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values.h"

#include "core/errors.h"
#include "core/textparts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace {

/// Overloads of one call, for std::visit.
template<typename... F>
struct Visitor : F...
{
    using F::operator()...;
};
template<typename... F>
Visitor(F...) -> Visitor<F...>; // clang before 17 does not find it by itself

std::string toText(double value)
{
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return {text, end};
}

std::string choicesOf(const Parameter& p)
{
    std::string text;
    for (std::size_t i = 0; i < p.choices.size(); ++i)
        text += (i == 0 ? "" : i + 1 == p.choices.size() ? " or " : ", ") + p.choices[i].value;
    return text;
}

Sentence limitsOf(const Parameter& p)
{
    return {"from %1 to %2", toText(p.minimum), toText(p.maximum)};
}

/// What a value of its kind is, behind "it is".
Sentence kindOf(const Parameter& p)
{
    return std::visit(
        Visitor {
            [](bool) -> Sentence { return "on or off"; },
            [&](int) -> Sentence {
                return {"a whole number %1", limitsOf(p)};
            },
            [&](double) -> Sentence {
                return {"a number %1", limitsOf(p)};
            },
            [](const std::string&) -> Sentence { return "a text"; },
            [](const Range&) -> Sentence {
                return "\"all\" or a span such as 0:25 (the end is not included)";
            },
            [](const Layers&) -> Sentence {
                return "\"off\" or layers such as 3:11 or 3:11,13 (the end is not included)";
            },
        },
        p.initial);
}

[[noreturn]] void refuse(const Parameter& p, std::string_view text, const Sentence& accepted)
{
    throw ValueError(
        "%1 cannot be \"%2\": it is %3.", inWords(p.label), std::string(text), accepted);
}

/// "3" is 3:4, "3:11" as it stands, ":5" and "5:" are open.
std::optional<Range> rangeIn(const std::string& text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        const auto n = number<int>(text);
        return n && *n >= 0 && *n < INT_MAX ? std::optional(Range {*n, *n + 1}) : std::nullopt;
    }
    const std::string from = trimmed(text.substr(0, colon)), to = trimmed(text.substr(colon + 1));
    const auto begin = from.empty() ? std::optional(0) : number<int>(from);
    const auto end = to.empty() ? std::optional(INT_MAX) : number<int>(to);
    if (!begin || !end || *begin < 0 || *end < *begin)
        return {};
    return Range {*begin, *end};
}

Layers layers(const Parameter& p, const std::string& text)
{
    Layers set;
    if (text == "off" || text.empty())
        return set;
    for (std::size_t at = 0; at <= text.size();) {
        const auto comma = std::min(text.find(',', at), text.size());
        const auto part = rangeIn(trimmed(text.substr(at, comma - at)));
        if (!part)
            refuse(p, text, kindOf(p));
        if (part->begin < part->end)
            set.push_back(*part);
        at = comma + 1;
    }
    std::ranges::sort(set, {}, &Range::begin);
    Layers merged;
    for (const Range& r : set) {
        if (!merged.empty() && r.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, r.end);
        else
            merged.push_back(r);
    }
    return merged;
}

std::string numbersOf(const Range& r)
{
    return std::to_string(r.begin) + ":" + (r.end == INT_MAX ? "" : std::to_string(r.end));
}

std::string toText(const Range& r)
{
    return r == Range {} ? "all" : numbersOf(r);
}

std::string toText(const Layers& set)
{
    std::string text; // without "all", which is no list
    for (const Range& r : set)
        text += (text.empty() ? "" : ",")
            + (r.end == r.begin + 1 ? std::to_string(r.begin) : numbersOf(r));
    return text.empty() ? "off" : text;
}

void checkNumber(const Parameter& p, double value)
{
    if (!(value >= p.minimum && value <= p.maximum))
        refuse(p, toText(value), limitsOf(p));
    const double steps = p.step > 0 ? (value - p.minimum) / p.step : 0;
    if (std::holds_alternative<int>(p.initial) && steps != std::floor(steps))
        refuse(p, toText(value), {"%1 in steps of %2", limitsOf(p), toText(p.step)});
}

} // namespace

Value parseValue(const Parameter& parameter, std::string_view text)
{
    const std::string word = trimmed(text);
    const Value value = std::visit(
        Visitor {
            [&](bool) -> Value {
                if (word == "true" || word == "on" || word == "yes" || word == "1")
                    return true;
                if (word == "false" || word == "off" || word == "no" || word == "0")
                    return false;
                refuse(parameter, text, kindOf(parameter));
            },
            [&](int) -> Value {
                if (const auto n = number<int>(word))
                    return *n;
                refuse(parameter, text, kindOf(parameter));
            },
            [&](double) -> Value {
                if (const auto x = number<double>(word))
                    return *x;
                refuse(parameter, text, kindOf(parameter));
            },
            [&](const std::string&) -> Value {
                return parameter.choices.empty() ? std::string(text) : word;
            },
            [&](const Range&) -> Value {
                if (word == "all")
                    return Range {};
                if (const auto r = rangeIn(word))
                    return *r;
                refuse(parameter, text, kindOf(parameter));
            },
            [&](const Layers&) -> Value { return layers(parameter, word); },
        },
        parameter.initial);
    checkValue(parameter, value);
    return value;
}

std::string toText(const Value& value)
{
    return std::visit(
        Visitor {
            [](bool b) { return std::string(b ? "on" : "off"); },
            [](int n) { return std::to_string(n); },
            [](double x) { return toText(x); },
            [](const std::string& text) { return text; },
            [](const Range& r) { return toText(r); },
            [](const Layers& set) { return toText(set); },
        },
        value);
}

void checkValue(const Parameter& parameter, const Value& value)
{
    if (value.index() != parameter.initial.index())
        refuse(parameter, toText(value), kindOf(parameter));
    if (const auto* n = std::get_if<int>(&value))
        checkNumber(parameter, *n);
    if (const auto* x = std::get_if<double>(&value))
        checkNumber(parameter, *x);
    if (const auto* set = std::get_if<Layers>(&value);
        set && !set->empty() && parameter.maximum > 0)
        for (const Range& r : *set)
            if (r.begin > parameter.maximum || (r.end != INT_MAX && r.end > parameter.maximum + 1))
                refuse(
                    parameter, toText(*set),
                    {"layers from 0 to %1, where the end of 3:11 is not included",
                     toText(parameter.maximum)});
    if (const auto* text = std::get_if<std::string>(&value); text && !parameter.choices.empty())
        if (std::ranges::find(parameter.choices, *text, &Choice::value) == parameter.choices.end())
            refuse(parameter, *text, choicesOf(parameter));
}
