// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/networkslot.h"

/// The networks that the method's parameters are files of.
std::vector<NetworkSlot> promptFreeNetworks();
