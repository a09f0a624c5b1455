// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/models.h"

/// The size of a result in pixels.
struct ResultSize
{
    int width = 0, height = 0;
    bool operator==(const ResultSize&) const = default;
};

/// The slot whose first picture gives the result its shape: one that says where things are, of a
/// method with whole numbers called width and height. Null: there is none.
const Slot* shapingSlot(const Method& method);

/// The size that follows from that picture: its own in whole latent cells of 64 pixels, with its
/// aspect as far as these allow. It is brought between 512 and what the method takes, for a model
/// of small pictures to no more than it was made for.
ResultSize followedSize(const Method& method, const Image& picture, const ModelCard& model);
