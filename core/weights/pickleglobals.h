// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

// The classes and functions that a pickle of weights may name, as "module.name". None of them is
// ever called or looked up.

/// Those whose result the interpreter makes itself.
bool isUnderstood(std::string_view global);
/// Those around the weights, without any in them.
bool isDecoration(std::string_view global);
/// The type of the elements of a storage's class, as safetensors names it; empty: it is none.
std::string_view storageDtype(std::string_view global);
