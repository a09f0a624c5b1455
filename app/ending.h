// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

// What works in the background beside the engine (hashes of large files, thumbnails) has to end
// with the program, which waits for it.

/// Asked by it, or given along.
std::stop_token programEnds();
/// When the last window is closed.
void endProgram();
