// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/touch.h"
#include "core/values.h"

#include <vector>

struct Method;

/// Throws ValueError where a touch does not fit a method with all its values: a number out of its
/// range, a layer that is not there, a word that is not in the prompt, cells without a grid, an
/// injection where nothing is injected. What only the model tells (its heads, how it reads words)
/// is told when it runs.
void checkTouches(const Method& method, const std::vector<Touch>& touches, const Values& values);
