// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// The end of a word, written out in tokens.
inline constexpr std::string_view wordEnd = "</w>";

/// What CLIP's byte-pair encoding knows: tokens, which pairs of them join, and the special ones.
struct Vocabulary
{
    struct Join
    {
        int rank = 0; ///< lower ones first
        int result = 0;
    };

    std::vector<std::string> tokens = {};          ///< by id
    std::unordered_map<uint64_t, Join> joins = {}; ///< by pairKey()
    std::array<int, 256> bytes = {},
                         lastBytes = {}; ///< ids of a byte inside and at the end of a word
    std::vector<std::pair<std::string, int64_t>> specials = {}; ///< recognised in a text
    int64_t begin = 0, end = 0, pad = 0;

    static uint64_t pairKey(int left, int right) { return uint64_t(left) << 32 | uint32_t(right); }
};

/// Reads vocab.json and merges.txt, or tokenizer.json. Throws Error naming file and line.
Vocabulary vocabularyFromFolder(const std::filesystem::path& folder);
/// CLIP's own from its merges table, compressed or not.
Vocabulary vocabularyFromMerges(const std::filesystem::path& merges, int64_t pad);

/// The characters that stand for the bytes 0 to 255 in tokens, in UTF-8.
const std::array<std::string, 256>& byteCharacters();
