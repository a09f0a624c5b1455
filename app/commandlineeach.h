// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

// What is typed of a folder or a table of pictures.

/// Whether the pictures of a folder can take the main slot in turn.
bool takesFolder(const Method& method);
/// Whether what is behind --each is a table.
bool isTable(const std::string& each);
/// What is behind --each, which says what pictures are needed besides; empty: nothing.
std::string eachOf(const std::vector<std::string>& arguments);
/// Adds the options; the command must outlive the parsing.
void addEach(CLI::App& sub, const Method& method, MakeCommand& command);
/// Throws Error where what was typed does not go together.
void checkEach(const MakeCommand& command, const Method& method, bool table);
