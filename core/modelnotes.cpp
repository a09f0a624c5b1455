// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/modelnotes.h"

#include "core/errors.h"
#include "core/files.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <sstream>

namespace fs = std::filesystem;

namespace {

/// A value as it would be typed: numbers in their shortest form. Empty: it is none.
std::string valueText(const nlohmann::json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean() || value.is_number_integer())
        return value.dump();
    if (!value.is_number())
        return {};
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value.get<double>()).ptr;
    return {text, end};
}

void readRecommended(const fs::path& file, ModelCard& card)
{
    const auto json = nlohmann::json::parse(readText(file, 1 << 20), nullptr, false);
    if (!json.is_object())
        throw Error("The file %1 is not valid JSON.", file.string());
    for (const auto& [method, values] : json.items())
        for (const auto& [id, value] : values.items())
            if (values.is_object() && (value.is_string() || !valueText(value).empty()))
                card.recommended[method][id] = valueText(value);
}

/// Without Markdown's marks, tags and control characters.
std::string plain(const std::string& line)
{
    std::string result;
    for (size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const size_t close = line.find(c == '<' ? '>' : ')', i);
        const bool isTag = c == '<' && close != line.npos;
        const bool isAddress = line.compare(i, 2, "](") == 0 && close != line.npos;
        if (isTag || isAddress)
            i = close;
        else if (c != '*' && c != '`' && c != '[' && c != ']' && uint8_t(c) >= ' ')
            result += c;
    }
    return result;
}

} // namespace

std::string firstParagraph(const std::string& markdown)
{
    std::istringstream lines(markdown);
    std::string line, paragraph;
    bool isFrontMatter = false, isFirst = true;
    while (std::getline(lines, line)) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (line == "---" && (isFirst || isFrontMatter)) {
            isFrontMatter = isFirst;
            isFirst = false;
            continue;
        }
        isFirst = false;
        const std::string text = isFrontMatter || line.starts_with('#') ? "" : plain(line);
        const bool isBlank = text.find_first_not_of(" \t") == text.npos;
        if (isBlank && !paragraph.empty())
            break;
        if (!isBlank)
            paragraph += (paragraph.empty() ? "" : " ") + text;
    }
    constexpr size_t most = 1000;
    if (paragraph.size() > most) {
        size_t end = most;
        while ((uint8_t(paragraph[end]) & 0xc0) == 0x80) // not within a character
            --end;
        paragraph = paragraph.substr(0, end) + "...";
    }
    return paragraph;
}

void readNotes(const fs::path& folder, ModelCard& card)
{
    try {
        if (fs::exists(folder / "recommended.json"))
            readRecommended(folder / "recommended.json", card);
        if (fs::exists(folder / "README.md"))
            card.description = firstParagraph(readText(folder / "README.md", 4 << 20));
    } catch (const Error& error) {
        card.notes.push_back(error.what());
    }
}
