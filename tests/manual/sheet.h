// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <string>

// What the programs share that write a sheet of results on the default model.

/// A held-out picture of the tests.
Input heldOutFigure(int number);
/// Puts a picture into a cell of @p side pixels.
void place(Image& sheet, const Image& picture, int side, int column, int row);
/// Throws Error where the file cannot be written.
void writeJpeg(const Image& image, const std::string& path);
/// Settings from words such as "guidance=3".
Values valuesOf(const Method& method, int count, char** texts);
