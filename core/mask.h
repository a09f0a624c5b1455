// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/sentence.h"

/// A user's picture as a mask: grey and opaque, white where something is to be done. Where its
/// alpha varies, that is the mask, as drawing programs save one; else its luminance, as Pillow's
/// convert("L") has it.
Image maskOf(const Image& picture);
/// What is to be known of a mask that has the same value everywhere; empty: it has not. A mask is
/// white from one half on.
Sentence uniformNote(const Image& mask);
