// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the files that rename tensors share.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using NamePair = std::pair<std::string_view, std::string_view>;
using Renamed = std::optional<std::string>;

/// The text after @p prefix, if it begins so.
inline std::optional<std::string_view> after(std::string_view text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return {};
    return text.substr(prefix.size());
}

/// Takes the part up to the next dot off the front.
inline std::string_view takePart(std::string_view& text)
{
    const size_t dot = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
    return part;
}

/// Takes a number and its dot off the front; -1 where there is none.
inline int takeNumber(std::string_view& text)
{
    const std::string_view part = takePart(text);
    if (part.empty() || part.size() > 3 || part.find_first_not_of("0123456789") != part.npos)
        return -1;
    return std::stoi(std::string(part));
}

/// Exchanges the beginning of @p text by the first pair that fits, at the end of a part.
template<size_t n>
Renamed exchange(const std::array<NamePair, n>& pairs, std::string_view text)
{
    for (const auto& [from, to] : pairs)
        if (const auto rest = after(text, from); rest && (rest->empty() || rest->front() == '.'))
            return std::string(to) + std::string(*rest);
    return {};
}

/// The parts with dots between.
inline std::string joinedName(std::initializer_list<std::string_view> parts)
{
    std::string result;
    for (const std::string_view part : parts) {
        if (!result.empty())
            result += '.';
        result += part;
    }
    return result;
}

/// The same, below @p block.
template<size_t n>
Renamed exchangeBelow(
    const std::string& block, const std::array<NamePair, n>& pairs, std::string_view text)
{
    const Renamed name = exchange(pairs, text);
    return name ? Renamed(joinedName({block, *name})) : std::nullopt;
}

// The names that the networks use; nothing where a name is not of that part.
Renamed unetName(std::string_view name);
/// Of a ControlNet's file, without "control_model.".
Renamed controlNetName(std::string_view name);
Renamed vaeName(std::string_view name);
