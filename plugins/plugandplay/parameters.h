// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// What the methods of this plug-in take. The values given there are our recommendation, made of
/// the two official programs' ways; the presets are these programs.
std::vector<Parameter> translateParameters();
std::vector<Parameter> inversionParameters();
