// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <stop_token>

// What works in the background beside the engine (hashes of large files, thumbnails) has to end
// with the program, which waits for it.

/// Asked by it, or given along.
std::stop_token programEnds();
/// When the last window is closed.
void endProgram();

/// How long the program waits at its end for a step that does not come to one.
constexpr std::chrono::milliseconds longestEnd = std::chrono::seconds(10);

/// Whether the program begins anew when it has ended: what was open is open again then.
void startAgain(bool wanted);
bool startsAgain();
