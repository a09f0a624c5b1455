// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/base64.h"

#include <algorithm>
#include <openssl/evp.h>

namespace {

// OpenSSL counts in int: longer data goes through it in pieces of whole groups.
constexpr std::size_t piece = 3 << 20, pieceOfText = piece / 3 * 4;
using Bytes = const unsigned char*;

} // namespace

std::string toBase64(std::span<const std::byte> bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4, '\0');
    auto* out = reinterpret_cast<unsigned char*>(text.data());
    for (std::size_t i = 0; i < bytes.size(); i += piece) {
        const std::size_t count = std::min(piece, bytes.size() - i);
        out += EVP_EncodeBlock(out, reinterpret_cast<Bytes>(&bytes[i]), int(count));
    }
    return text;
}

std::optional<std::vector<std::byte>> fromBase64(std::string_view text)
{
    text = text.substr(0, text.find_last_not_of('=') + 1);
    if (text.find('=') != text.npos) // a zero to OpenSSL
        return {};
    std::vector<std::byte> bytes((text.size() + 3) / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += pieceOfText) {
        std::string groups(text.substr(i, pieceOfText));
        groups.resize((groups.size() + 3) / 4 * 4, 'A');
        auto* out = reinterpret_cast<unsigned char*>(&bytes[i / 4 * 3]);
        const int count =
            EVP_DecodeBlock(out, reinterpret_cast<Bytes>(groups.data()), int(groups.size()));
        // Less: it left out white space at an end.
        if (count != int(groups.size() / 4 * 3))
            return {};
    }
    bytes.resize(text.size() * 3 / 4);
    return bytes;
}
