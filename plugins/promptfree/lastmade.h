// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

/// What was made of pictures, by what it was made of, the one asked for last at the end. Kept by
/// Models, which gives out constant things.
template<typename T>
struct LastMade
{
    size_t most = 0;
    mutable std::deque<std::pair<std::string, T>> list = {};

    /// Null where it is not there, or no longer.
    const T* find(const std::string& key) const
    {
        const auto found = std::ranges::find(list, key, &std::pair<std::string, T>::first);
        if (found == list.end())
            return nullptr;
        std::rotate(found, found + 1, list.end());
        return &list.back().second;
    }

    void keep(const std::string& key, T made) const
    {
        list.emplace_back(key, std::move(made));
        if (list.size() > most)
            list.pop_front();
    }
};

/// The identity of a picture's size and colours.
inline std::string identityOf(const Image& picture)
{
    return std::to_string(picture.width) + " wide " + pixelHash(picture);
}
