// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/vocabulary.h"
#include "tests/fuzz/bytes.h"

#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

/// The tokenizer's files; the first byte says which of them the others are.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const fs::path folder = fs::temp_directory_path() / ("fuzz-" + std::to_string(getpid()));
    fs::create_directories(folder);
    for (const char* name :
         {"vocab.json", "merges.txt", "tokenizer.json", "special_tokens_map.json"})
        fs::remove(folder / name);
    const auto write = [](const char* name, std::string_view content) {
        std::ofstream(folder / name, std::ios::binary) << content;
    };
    const std::string_view rest = text(data + 1, size - 1);
    const std::size_t half = rest.find('\0');
    const std::string_view first = rest.substr(0, half);
    const std::string_view second = half == rest.npos ? std::string_view() : rest.substr(half + 1);
    if (data[0] % 2 == 0) {
        write("vocab.json", first);
        write("merges.txt", second);
    } else {
        write("tokenizer.json", first);
        write("special_tokens_map.json", second);
    }
    parse([&] { vocabularyFromFolder(folder); });
    return 0;
}
