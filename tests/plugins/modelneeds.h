// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

#include <algorithm>

/// Whether a method refuses the models that it does not say it needs, and no others.
inline bool refusesWhatItDoesNotNeed(const Method& method)
{
    const auto has = [](const std::vector<int>& list, int number) {
        return std::ranges::find(list, number) != list.end();
    };
    for (const int channels : {4, 9})
        for (const int width : {768, 1024}) {
            const ModelCard card {
                .path = "none", .name = "none", .channels = channels, .contextWidth = width};
            const bool needed =
                has(method.needs.channels, channels) && has(method.needs.contextWidths, width);
            if (needed != method.refuses(card).empty())
                return false;
        }
    return true;
}
