// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <string>
#include <string_view>
#include <vector>

/// What a sweep goes over: some values of a parameter, or some seeds.
struct SweepAxis
{
    std::string parameter = {}; ///< its id; empty: the seed
    std::vector<Value> values = {};
    std::vector<uint64_t> seeds = {};

    std::size_t size() const { return parameter.empty() ? seeds.size() : values.size(); }
    std::string text(std::size_t at) const; ///< of one of them
};

/// The most runs that a sweep makes.
constexpr int mostOfSweep = 100;

/// Whether a sweep can go over a parameter: files and how many pictures are made it cannot.
bool canSweep(const Parameter& parameter);
/// Reads the values as they are typed: "2, 5, 9" or "1 - 9 : 2" (from, to, step) of numbers, texts
/// with | between, the names of choices, "on, off". Throws ValueError where one is not allowed, is
/// there twice, or there are more than mostOfSweep.
SweepAxis parseSweep(const Parameter& parameter, std::string_view text);
/// The same of seeds.
SweepAxis parseSeeds(std::string_view text);
/// The requests of a sweep over one axis or two, row by row: the first axis goes across. Throws
/// ValueError where they are more than mostOfSweep.
std::vector<Request> sweepOf(const Request& base, const std::vector<SweepAxis>& axes);
