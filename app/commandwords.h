// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <string>

namespace CLI {
class App;
}

/// What the command line says, in the language of whoever typed it. With --json nothing is
/// translated, since main() installs no translators then.
std::string words(const Sentence& sentence);
/// A line on standard output.
void print(const Sentence& sentence);
/// Translates what --help says of the commands and their options. Where a help is put together of
/// what the method says, that was words() before.
void translateHelp(CLI::App& app);
/// What --help says of a parameter, in a line: what it does, what it may be, [its initial value].
std::string helpOf(const Parameter& p);
/// The same of a slot.
std::string helpOf(const Slot& slot);
