// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <optional>
#include <string>
#include <utility>

// A guided step asks the network with the prompt, and with what is led away from: in one batch, or
// one after the other, which needs the memory of one.

/// How a method lets people choose that.
Parameter halvesParameter(const std::string& group);
/// Whether the halves of these values, which are resolved, follow each other.
bool halvesApart(const Values& values);
/// The value by which they would: id and value; nothing where the method has no such choice, or
/// they do already, or there is no guidance.
std::optional<std::pair<std::string, Value>> takenApart(const Method& method, const Values& values);
