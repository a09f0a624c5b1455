// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

/// The picture turned by a quarter, to the left or to the right.
Image turned(const Image& image, bool left);
