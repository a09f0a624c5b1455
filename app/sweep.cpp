// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sweep.h"

#include "core/errors.h"
#include "core/textparts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace {

std::vector<std::string> parts(std::string_view text, char between)
{
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(between, begin), text.size());
        if (const std::string part = trimmed(text.substr(begin, end - begin)); !part.empty())
            found.push_back(part);
        begin = end + 1;
    }
    return found;
}

/// From, to and step of "1-9:2" or "1 - 9"; none where it is no such thing. A minus at the start
/// belongs to a number.
struct SweptRun
{
    double from = 0, to = 0, step = 1;
};
std::optional<SweptRun> runOf(std::string_view text)
{
    const std::size_t dash = text.find('-', 1);
    if (dash == text.npos)
        return {};
    const std::size_t colon = text.find(':', dash);
    const auto from = number<double>(trimmed(text.substr(0, dash)));
    const auto to = number<double>(
        trimmed(text.substr(dash + 1, colon == text.npos ? text.npos : colon - dash - 1)));
    const auto step =
        colon == text.npos ? std::optional(1.0) : number<double>(trimmed(text.substr(colon + 1)));
    constexpr double most = 9e15; // beyond that not every whole number is one
    const auto usable = [](double value) { return std::abs(value) <= most; }; // no infinity, no NaN
    if (!from || !to || !step || !usable(*from) || !usable(*to) || !(*step > 0) || *to < *from)
        return {};
    return SweptRun {*from, *to, *step};
}

[[noreturn]] void refuseCount()
{
    throw ValueError("A sweep makes at most %1 pictures: take fewer values.", mostOfSweep);
}

/// The numbers of a text, runs among them.
std::vector<std::string> numbersOf(std::string_view text, bool whole)
{
    std::vector<std::string> all;
    for (const std::string& part : parts(text, ',')) {
        const std::optional<SweptRun> run = runOf(part);
        if (!run) {
            all.push_back(part);
            continue;
        }
        constexpr double slack = 1e-9; // 0.1 ten times is not 1
        const double steps = std::floor((run->to - run->from) / run->step + slack);
        if (!(steps < mostOfSweep))
            refuseCount();
        for (int i = 0; i <= int(steps); ++i) {
            const double at = run->from + i * run->step;
            // As people write it: 0.3, not 0.30000000000000004.
            all.push_back(
                whole ? std::to_string(std::llround(at))
                      : toText(Value(std::round(at * 1e6) / 1e6)));
        }
    }
    return all;
}

void checkCount(std::size_t count)
{
    if (count == 0)
        throw ValueError("A sweep needs values: write them with commas between.");
    if (count > std::size_t(mostOfSweep))
        refuseCount();
}

} // namespace

std::string SweepAxis::text(std::size_t at) const
{
    return parameter.empty() ? std::to_string(seeds.at(at)) : toText(values.at(at));
}

bool canSweep(const Parameter& parameter)
{
    return !parameter.file && parameter.role != Role::Candidates;
}

SweepAxis parseSweep(const Parameter& parameter, std::string_view text)
{
    const bool words =
        std::holds_alternative<std::string>(parameter.initial) && parameter.choices.empty();
    const bool whole = std::holds_alternative<int>(parameter.initial);
    const bool numbers = whole || std::holds_alternative<double>(parameter.initial);
    // Layers have commas and dashes of their own.
    const bool apart = words || std::holds_alternative<Layers>(parameter.initial)
        || std::holds_alternative<Range>(parameter.initial);
    SweepAxis axis {.parameter = parameter.id};
    for (const std::string& part :
         numbers ? numbersOf(text, whole) : parts(text, apart ? '|' : ',')) {
        const Value value = parseValue(parameter, part);
        checkValue(parameter, value);
        if (std::ranges::count(axis.values, value))
            throw ValueError("%1 is there twice: take each value once.", part);
        axis.values.push_back(value);
    }
    checkCount(axis.values.size());
    return axis;
}

SweepAxis parseSeeds(std::string_view text)
{
    SweepAxis axis;
    for (const std::string& part : numbersOf(text, true)) {
        const auto seed = number<uint64_t>(part);
        if (!seed)
            throw ValueError(
                "\"%1\" is no seed: it is a whole number from 0 to %2.", part,
                std::to_string(std::numeric_limits<uint64_t>::max()));
        if (std::ranges::count(axis.seeds, *seed))
            throw ValueError("%1 is there twice: take each value once.", part);
        axis.seeds.push_back(*seed);
    }
    checkCount(axis.seeds.size());
    return axis;
}

std::vector<Request> sweepOf(const Request& base, const std::vector<SweepAxis>& axes)
{
    std::vector<Request> requests = {base};
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
        std::vector<Request> all;
        for (const Request& each : requests)
            for (std::size_t i = 0; i < axis->size(); ++i) {
                Request one = each;
                if (axis->parameter.empty())
                    one.seed = axis->seeds[i];
                else
                    one.values[axis->parameter] = axis->values[i];
                all.push_back(std::move(one));
            }
        requests = std::move(all);
        if (requests.size() > std::size_t(mostOfSweep))
            refuseCount();
    }
    return requests;
}
