// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// What a side of the result may be, in pixels.
struct Limits
{
    int least = 0, most = 0;
};
Limits sideLimits();

/// What the method takes; the values given there are the authors'.
std::vector<Parameter> promptFreeParameters();

/// What a control picture may be: a picture of which a map is made, or a finished map.
std::vector<Choice> controlKinds();
std::vector<Slot> promptFreeSlots();
