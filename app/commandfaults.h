// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

namespace CLI {
class App;
class ParseError;
} // namespace CLI

/// What is wrong with what was typed, and the way out: @p error, that was thrown while @p app read
/// it, in our words.
Sentence faultOf(const CLI::App& app, const CLI::ParseError& error);
/// Throws Error where a file or a folder was given by an empty name, as an unset variable of a
/// shell does. @p app has read the arguments.
void checkNames(const CLI::App& app);
