// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct Vocabulary;

/// CLIP's byte-level byte-pair encoding (the vocabulary and merges of Hugging Face's fast
/// tokenizer).
class Tokenizer
{
public:
    /// From a folder with vocab.json and merges.txt, or tokenizer.json; special_tokens_map.json
    /// names the padding. Throws Error naming file and line.
    explicit Tokenizer(const std::filesystem::path& folder);
    /// CLIP's own vocabulary from its merges table (bpe_simple_vocab_16e6.txt.gz); @p pad: 49407
    /// for SD 1.x, 0 for SD 2.x.
    Tokenizer(const std::filesystem::path& merges, int64_t pad);
    ~Tokenizer();

    /// The ids of a text, without begin and end, not cut. Special tokens written out in the text
    /// become their ids.
    std::vector<int64_t> encode(std::string_view text) const;
    /// Begin, the first 75 ids, end, padding: 77 ids.
    std::vector<int64_t> padded(const std::vector<int64_t>& ids) const;
    /// Chunks of 75 ids, each wrapped and padded to 77; at least one.
    std::vector<std::vector<int64_t>> chunks(const std::vector<int64_t>& ids) const;
    /// The text of one id, to show: "cat</w>".
    std::string token(int64_t id) const;

    int64_t count() const; ///< of tokens: ids are below it
    int64_t begin() const;
    int64_t end() const;
    int64_t pad() const;

private:
    std::unique_ptr<const Vocabulary> m_vocabulary;
};
