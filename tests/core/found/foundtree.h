// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

// Folders of networks as programs lay them out, made up for tests.

using TensorShapes = std::map<std::string, std::vector<int64_t>>;

inline void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// A safetensors file of tensors of zeros, of which the disk holds the header alone.
inline void writeTensors(const std::filesystem::path& path, const TensorShapes& shapes)
{
    nlohmann::json header = nlohmann::json::object();
    uint64_t end = 0;
    for (const auto& [name, shape] : shapes) {
        uint64_t bytes = 2;
        for (const int64_t side : shape)
            bytes *= uint64_t(side);
        header[name] = {{"dtype", "F16"}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
        end += bytes;
    }
    const std::string text = header.dump();
    std::string length(8, '\0');
    for (int i = 0; i < 8; ++i)
        length[std::size_t(i)] = char(uint64_t(text.size()) >> (8 * i));
    writeText(path, length + text);
    std::filesystem::resize_file(path, 8 + text.size() + end);
}

/// A zip archive as PyTorch writes it, of stored entries of zeros of these sizes.
inline void writeArchive(const std::filesystem::path& path, const std::vector<uint32_t>& sizes)
{
    const auto number = [](uint64_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i, value >>= 8)
            text += char(value);
        return text;
    };
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    std::string directory;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::string name = "archive/data/" + std::to_string(i);
        const auto place = uint64_t(file.tellp());
        const std::string sizesTwice = number(sizes[i], 4) + number(sizes[i], 4);
        file << "PK\3\4" << number(0, 14) << sizesTwice << number(name.size(), 2) << number(0, 2)
             << name;
        file.seekp(sizes[i], std::ios::cur);
        directory += "PK\1\2" + number(0, 16) + sizesTwice + number(name.size(), 2) + number(0, 12)
            + number(place, 4) + name;
    }
    const auto begin = uint64_t(file.tellp());
    file << directory << "PK\5\6" << number(0, 4) << number(sizes.size(), 2)
         << number(sizes.size(), 2) << number(directory.size(), 4) << number(begin, 4)
         << number(0, 2);
}

/// A LoRA's tensors, for a model of that context.
inline TensorShapes loraTensors(int64_t contextWidth = 768)
{
    const std::string layer =
        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.";
    return {
        {layer + "lora_down.weight", {4, contextWidth}},
        {layer + "lora_up.weight", {32, 4}},
        {layer + "alpha", {1}}};
}

/// Names, times and sizes of all that lies in a folder.
inline std::vector<std::string> inventory(const std::filesystem::path& folder)
{
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::error_code none;
        const bool link = entry.is_symlink(none);
        std::string line = entry.path().string();
        if (!link && entry.is_regular_file(none))
            line += " " + std::to_string(entry.file_size(none));
        if (!link)
            line += " " + std::to_string(entry.last_write_time(none).time_since_epoch().count());
        all.push_back(line);
    }
    std::sort(all.begin(), all.end());
    return all;
}
