// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// Gives a request what follows from its pictures (a size) where that is not set; what is to be
/// said of it. The first slot that shapes the result counts. Of two sides of which one is set the
/// other keeps the picture's proportion.
Sentence followPictures(const Method& method, const ModelCard& card, Request& request);
/// Takes out of a request what follows from the picture of a slot, since another one comes there.
void forgetFollowed(
    const Method& method, const ModelCard& card, const std::string& slot, Request& request);
