// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

/// The last things that were made of pictures, @p most of them, by what they were made of, the one
/// asked for last at the end.
template<typename T, size_t most>
struct LastMade
{
    std::deque<std::pair<std::string, T>> list = {};

    /// Null where it is not there, or no longer.
    const T* find(const std::string& key)
    {
        const auto found = std::ranges::find(list, key, &std::pair<std::string, T>::first);
        if (found == list.end())
            return nullptr;
        std::rotate(found, found + 1, list.end());
        return &list.back().second;
    }

    void keep(const std::string& key, T made)
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
