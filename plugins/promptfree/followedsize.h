// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// The size of the result for its control picture, or where there is none for the one it starts
/// from: the picture's aspect in steps of 64 pixels
/// (floored), at least 512 a side for models of full size, at most the parameters' maximum; smaller
/// models get no more than their own size on the shorter side. Nothing for the other slots.
Followed followedSize(const std::string& slot, const Image& picture, const ModelCard& model);
