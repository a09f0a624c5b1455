// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Base64 with padding (RFC 4648, section 4).
std::string toBase64(std::span<const std::byte> bytes);
/// Nothing where @p text has a character that is no base64.
std::optional<std::vector<std::byte>> fromBase64(std::string_view text);
