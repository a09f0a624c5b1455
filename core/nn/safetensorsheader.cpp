// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/safetensorsheader.h"

#include "core/errors.h"
#include "core/inputfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace {

constexpr size_t maximalTensors = 200'000, maximalName = 1024, maximalRank = 8;
constexpr int maximalNesting = 8;
constexpr uint64_t maximalOffset = uint64_t(1) << 48;

struct Dtype
{
    std::string_view name;
    int bits;
};
constexpr std::array<Dtype, 22> dtypes = {{
    {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
    {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
    {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
    {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
    {"I64", 64},        {"U64", 64},
}};

/// An entry as it was written, before it is checked.
struct RawEntry
{
    std::string dtype = {};
    std::vector<uint64_t> shape = {}, offsets = {};
    std::set<std::string> keys = {};
};

/// Receives the JSON piece by piece, since a document tree would keep only one of two equal names.
class Reader
{
public:
    std::map<std::string, RawEntry> entries = {};
    std::map<std::string, std::string> metadata = {};
    std::string problem = {}; ///< continues "The file x "

    bool null() { return value(m_depth == 1 && m_key == "__metadata__"); }
    bool boolean(bool) { return value(false); }
    bool number_integer(int64_t) { return value(false); }
    bool number_float(double, const std::string&) { return value(false); }
    bool binary(nlohmann::json::binary_t&) { return value(false); }

    bool number_unsigned(uint64_t number)
    {
        if (m_list)
            m_list->push_back(number);
        return value(m_list != nullptr);
    }

    bool string(std::string& text)
    {
        if (m_depth == 2 && m_inMetadata)
            metadata[m_key] = text;
        else if (m_depth == 2 && m_key == "dtype")
            m_entry->dtype = text;
        else
            return value(false);
        return true;
    }

    bool start_object(size_t)
    {
        if (++m_depth == 2 && m_key == "__metadata__")
            m_inMetadata = true;
        else if (m_depth == 2)
            m_entry = &entries[m_key];
        else if (m_depth > 2 && !ignored(m_depth - 1))
            return wrong();
        return nestingFits();
    }

    bool end_object()
    {
        if (--m_depth == 1) {
            m_entry = nullptr;
            m_inMetadata = false;
        }
        return true;
    }

    bool start_array(size_t)
    {
        if (++m_depth == 3 && m_entry && (m_key == "shape" || m_key == "data_offsets"))
            m_list = m_key == "shape" ? &m_entry->shape : &m_entry->offsets;
        else if (m_list || !ignored(m_depth - 1))
            return wrong();
        return nestingFits();
    }

    bool end_array()
    {
        if (--m_depth == 2)
            m_list = nullptr;
        return true;
    }

    bool key(std::string& name)
    {
        if (m_depth > 2)
            return true;
        m_key = name;
        if (m_depth == 1)
            return newTensor(name);
        const bool isNew =
            m_inMetadata ? !metadata.contains(name) : m_entry->keys.insert(name).second;
        return isNew || fails("names " + inQuotes(name) + " twice in one of the header's objects");
    }

    bool parse_error(size_t position, const std::string&, const nlohmann::json::exception&)
    {
        return fails(
            "is damaged: its header is not valid JSON at byte " + std::to_string(position + 7));
    }

private:
    int m_depth = 0;
    std::string m_key = {}, m_tensor = {};
    std::set<std::string> m_names = {};
    RawEntry* m_entry = nullptr;
    bool m_inMetadata = false;
    std::vector<uint64_t>* m_list = nullptr;

    bool fails(const std::string& what)
    {
        problem = what;
        return false;
    }

    bool wrong()
    {
        const std::string where = m_depth > 1 && !m_tensor.empty() ? m_tensor : m_key;
        return fails(
            "has a header that describes " + inQuotes(where)
            + " in a way the format does not allow");
    }

    /// Whether what stands at that depth is a further field of an entry, which means nothing to us.
    bool ignored(int depth) const
    {
        return depth >= 2 && m_entry && m_key != "dtype" && m_key != "shape"
            && m_key != "data_offsets";
    }

    bool value(bool expected) { return expected || (!m_list && ignored(m_depth)) || wrong(); }

    bool nestingFits()
    {
        return m_depth <= maximalNesting || fails("has a header that is nested too deeply");
    }

    bool newTensor(const std::string& name)
    {
        m_tensor = name;
        if (!m_names.insert(name).second)
            return fails("names the tensor " + inQuotes(name) + " twice");
        if (m_names.size() > maximalTensors)
            return fails("names more than " + std::to_string(maximalTensors) + " tensors");
        const bool isControl = std::ranges::any_of(
            name, [](char c) { return uint8_t(c) < ' ' || uint8_t(c) == 0x7f; });
        if (name.size() > maximalName || isControl)
            return fails("has a tensor with an unusable name, " + inQuotes(name));
        return true;
    }
};

/// Whether the product of the dimensions and the bytes of all elements can be written down.
std::optional<uint64_t> byteCount(const std::vector<uint64_t>& shape, int bits)
{
    uint64_t elements = 1, total = 0;
    for (const uint64_t n : shape)
        if (n > uint64_t(INT64_MAX) || __builtin_mul_overflow(elements, n, &elements))
            return {};
    if (elements > uint64_t(INT64_MAX) || __builtin_mul_overflow(elements, uint64_t(bits), &total))
        return {};
    return total % 8 == 0 ? std::optional(total / 8) : std::nullopt;
}

/// Checks what can be said of an entry alone; the answer continues "The file x ".
std::string problemOf(const std::string& name, const RawEntry& entry)
{
    const std::string tensor = "the tensor " + inQuotes(name);
    for (const char* key : {"dtype", "shape", "data_offsets"})
        if (!entry.keys.contains(key))
            return "does not say the " + std::string(key) + " of " + tensor;
    if (entry.offsets.size() != 2)
        return "does not give two data_offsets for " + tensor;
    const int bits = bitsOfDtype(entry.dtype);
    if (bits == 0)
        return "has " + tensor + " of an unknown type, " + inQuotes(entry.dtype);
    if (entry.shape.size() > maximalRank)
        return "has " + tensor + " of " + std::to_string(entry.shape.size())
            + " dimensions, more than " + std::to_string(maximalRank);
    const std::optional<uint64_t> bytes = byteCount(entry.shape, bits);
    if (!bytes)
        return "has " + tensor + " of an impossible shape";
    const uint64_t begin = entry.offsets[0], end = entry.offsets[1];
    if (begin > end || end > maximalOffset)
        return "has impossible data_offsets for " + tensor;
    if (end - begin != *bytes)
        return "gives " + std::to_string(end - begin) + " bytes to " + tensor
            + ", whose shape and type need " + std::to_string(*bytes);
    return {};
}

/// Checks that the tensors cover the data without a hole or an overlap, to the last byte.
std::string problemOfLayout(
    const std::map<std::string, RawEntry>& entries, uint64_t dataBegin, uint64_t fileSize)
{
    std::vector<std::pair<std::vector<uint64_t>, const std::string*>> spans;
    spans.reserve(entries.size());
    for (const auto& [name, entry] : entries)
        spans.emplace_back(entry.offsets, &name);
    std::ranges::sort(spans);
    uint64_t end = 0;
    for (const auto& [offsets, name] : spans) {
        if (offsets[0] != end)
            return "has a " + std::string(offsets[0] > end ? "hole" : "overlap")
                + " in its data before the tensor " + inQuotes(*name);
        end = offsets[1];
    }
    const uint64_t announced = dataBegin + end;
    if (announced > fileSize)
        return "is truncated: its header announces " + std::to_string(announced)
            + " bytes and it has " + std::to_string(fileSize);
    if (announced < fileSize)
        return "has " + std::to_string(fileSize - announced) + " bytes too many at its end";
    return {};
}

std::string parse(std::string_view json, Reader& reader)
{
    const size_t first = json.find_first_not_of(" \t\r\n"), last = json.find_last_not_of(" \t\r\n");
    // The parser would skip a byte order mark and stop silently at a zero byte.
    if (first == json.npos || json[first] != '{' || json[last] != '}'
        || json.find('\0') != json.npos)
        return "is not a safetensors file: its header is not a JSON object";
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader))
        return reader.problem;
    return {};
}

} // namespace

int bitsOfDtype(std::string_view dtype)
{
    const auto found = std::ranges::find(dtypes, dtype, &Dtype::name);
    return found == dtypes.end() ? 0 : found->bits;
}

SafetensorsHeader parseSafetensorsHeader(
    std::string_view json, uint64_t fileSize, const std::string& file)
{
    const auto check = [&](const std::string& problem) {
        if (!problem.empty())
            throw Error("The file " + file + " " + problem + ".");
    };
    Reader reader;
    check(parse(json, reader));
    for (const auto& [name, entry] : reader.entries)
        check(problemOf(name, entry));
    const uint64_t dataBegin = 8 + json.size();
    check(problemOfLayout(reader.entries, dataBegin, fileSize));

    SafetensorsHeader header = {.metadata = std::move(reader.metadata)};
    for (const auto& [name, entry] : reader.entries)
        header.entries[name] = {
            entry.dtype,
            {entry.shape.begin(), entry.shape.end()},
            dataBegin + entry.offsets[0],
            dataBegin + entry.offsets[1]};
    return header;
}
