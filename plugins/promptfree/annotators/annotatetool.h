// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// The maps as a method of their own, so that each can be seen and changed before it is used.
Method annotateMethod();
/// What transparent parts of the pictures are to a map and to Prompt-free, as one parameter of
/// both: "white", or "drop" for the colours that are hidden there.
Parameter transparencyParameter(const std::string& group);
