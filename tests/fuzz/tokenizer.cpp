// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/tokenizer.h"
#include "core/text/emphasis.h"
#include "tests/fuzz/bytes.h"

/// A prompt: its brackets, and the tokens of its pieces, by CLIP's own vocabulary.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    static const Tokenizer tokenizer(std::filesystem::path(MERGES), 49407);
    parse([&] {
        const WeighedPrompt prompt = readWeighedPrompt(text(data, size));
        if (prompt.parts.empty())
            std::abort();
        for (const auto& part : prompt.parts)
            for (const WeighedText& piece : part) {
                if (piece.weight < -1e9 || piece.weight > 1e9)
                    std::abort();
                for (const int64_t id : tokenizer.encode(piece.text))
                    if (id < 0 || id > 49407)
                        std::abort();
            }
    });
    return 0;
}
