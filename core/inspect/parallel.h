// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

/// Calls @p of with 0 to @p count - 1, each once, on as many threads as the computer has
/// processors; returns when all are done. Throws what one of them threw.
void inParallel(int count, const std::function<void(int)>& of);
