// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// The maps as a method of their own, so that each can be seen and changed before it is used.
Method annotateMethod();
