// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensorsheader.h"

#include "core/errors.h"
#include "core/file/inputfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace {

constexpr size_t maximalTensors = 200'000, maximalName = 1024, mostDimensions = 8;
// Beyond these nobody means it: what is kept of a header stays near the size of its text.
constexpr size_t maximalMetadata = 100'000, maximalFields = 1000;
constexpr int maximalNesting = 8;
constexpr uint64_t maximalOffset = uint64_t(1) << 48;

struct DtypeBits
{
    std::string_view name;
    int bits;
};
constexpr std::array<DtypeBits, 22> knownDtypes = {{
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
    std::vector<uint64_t> shape = {}, offsets = {}; ///< no more of them than count
    size_t dimensions = 0;
    bool saysDtype = false, saysShape = false, saysOffsets = false;
};

/// Whether a terminal or a text would be changed by a name where it is shown: it has control
/// characters (Unicode's, too) or others that turn the direction of writing.
bool misleads(std::string_view name)
{
    const auto byte = [&](size_t i) { return i < name.size() ? uint8_t(name[i]) : 0; };
    for (size_t i = 0; i < name.size(); ++i) {
        const int first = byte(i), second = byte(i + 1), third = byte(i + 2);
        if (first < ' ' || first == 0x7f || (first == 0xc2 && second < 0xa0)
            || (first == 0xd8 && second == 0x9c))
            return true;
        if (first == 0xe2
            && ((second == 0x80
                 && (third == 0x8e || third == 0x8f || (third >= 0xa8 && third <= 0xae)))
                || (second == 0x81 && third >= 0xa6 && third <= 0xa9)))
            return true;
    }
    return false;
}

/// Receives the JSON piece by piece, since a document tree would keep only one of two equal names.
class Reader
{
public:
    std::map<std::string, RawEntry> entries = {};
    std::map<std::string, std::string> metadata = {};
    Sentence problem = {}; ///< continues "The file x "

    bool null() { return value(m_depth == 1 && m_key == "__metadata__"); }
    bool boolean(bool) { return value(false); }
    bool number_integer(int64_t) { return value(false); }
    bool number_float(double, const std::string&) { return value(false); }
    bool binary(nlohmann::json::binary_t&) { return value(false); }

    bool number_unsigned(uint64_t number)
    {
        if (m_list && m_list->size() <= mostDimensions)
            m_list->push_back(number);
        if (m_list && m_list == &m_entry->shape)
            ++m_entry->dimensions;
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
        if (++m_depth == 2)
            m_fields.clear();
        if (m_depth == 2 && m_key == "__metadata__")
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
        const bool isNew = m_inMetadata ? !metadata.contains(name) : newField(name);
        const bool isFull = m_inMetadata && metadata.size() >= maximalMetadata;
        if (isFull || m_fields.size() > maximalFields)
            return wrong();
        return isNew || fails({"names %1 twice in one of the header's objects", inQuotes(name)});
    }

    bool parse_error(size_t position, const std::string&, const nlohmann::json::exception&)
    {
        return fails({"is damaged: its header is not valid JSON at byte %1", position + 7});
    }

private:
    int m_depth = 0;
    std::string m_key = {}, m_tensor = {};
    std::set<std::string> m_fields = {}; ///< of the entry that is read
    RawEntry* m_entry = nullptr;
    bool m_inMetadata = false, m_hasMetadata = false;
    std::vector<uint64_t>* m_list = nullptr;

    bool fails(const Sentence& what)
    {
        problem = what;
        return false;
    }

    bool wrong()
    {
        const std::string where = m_depth > 1 && !m_tensor.empty() ? m_tensor : m_key;
        return fails(
            {"has a header that describes %1 in a way the format does not allow", inQuotes(where)});
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

    bool newField(const std::string& name)
    {
        m_entry->saysDtype = m_entry->saysDtype || name == "dtype";
        m_entry->saysShape = m_entry->saysShape || name == "shape";
        m_entry->saysOffsets = m_entry->saysOffsets || name == "data_offsets";
        return m_fields.insert(name).second;
    }

    bool newTensor(const std::string& name)
    {
        m_tensor = name;
        const bool isTensor = name != "__metadata__";
        if (isTensor ? entries.contains(name) : std::exchange(m_hasMetadata, true))
            return fails({"names the tensor %1 twice", inQuotes(name)});
        if (isTensor && entries.size() >= maximalTensors)
            return fails({"names more than %1 tensors", maximalTensors});
        if (name.size() > maximalName || misleads(name))
            return fails({"has a tensor with an unusable name, %1", inQuotes(name)});
        return true;
    }
};

/// Whether the product of the dimensions and the bytes of all elements can be written down.
std::optional<uint64_t> byteCount(const std::vector<uint64_t>& shape, int bits)
{
    // Without the zeros: what has none of one size has steps as wide as the others make them.
    uint64_t elements = 1, total = 0;
    for (const uint64_t n : shape)
        if (n > uint64_t(INT64_MAX)
            || __builtin_mul_overflow(elements, std::max<uint64_t>(n, 1), &elements))
            return {};
    if (elements > uint64_t(INT64_MAX) || __builtin_mul_overflow(elements, uint64_t(bits), &total))
        return {};
    if (std::ranges::find(shape, uint64_t(0)) != shape.end())
        return 0;
    return total % 8 == 0 ? std::optional(total / 8) : std::nullopt;
}

/// Checks what can be said of an entry alone; the answer continues "The file x ".
Sentence problemOf(const std::string& name, const RawEntry& entry)
{
    const Sentence tensor("the tensor %1", inQuotes(name));
    for (const auto& [key, said] :
         {std::pair("dtype", entry.saysDtype), std::pair("shape", entry.saysShape),
          std::pair("data_offsets", entry.saysOffsets)})
        if (!said)
            return {"does not say the %1 of %2", std::string(key), tensor};
    if (entry.offsets.size() != 2)
        return {"does not give two data_offsets for %1", tensor};
    const int bits = bitsOfDtype(entry.dtype);
    if (bits == 0)
        return {"has %1 of an unknown type, %2", tensor, inQuotes(entry.dtype)};
    if (entry.dimensions > mostDimensions)
        return {"has %1 of %2 dimensions, more than %3", tensor, entry.dimensions, mostDimensions};
    const std::optional<uint64_t> bytes = byteCount(entry.shape, bits);
    if (!bytes)
        return {"has %1 of an impossible shape", tensor};
    const uint64_t begin = entry.offsets[0], end = entry.offsets[1];
    if (begin > end || end > maximalOffset)
        return {"has impossible data_offsets for %1", tensor};
    if (end - begin != *bytes)
        return {"gives %1 bytes to %2, whose shape and type need %3", end - begin, tensor, *bytes};
    return {};
}

/// Checks that the tensors cover the data without a hole or an overlap, to the last byte.
Sentence problemOfLayout(
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
            return {
                offsets[0] > end ? "has a hole in its data before the tensor %1"
                                 : "has an overlap in its data before the tensor %1",
                inQuotes(*name)};
        end = offsets[1];
    }
    const uint64_t announced = dataBegin + end;
    if (announced > fileSize)
        return {"is truncated: its header announces %1 bytes and it has %2", announced, fileSize};
    if (announced < fileSize)
        return {"has %1 bytes too many at its end", fileSize - announced};
    return {};
}

Sentence parse(std::string_view json, Reader& reader)
{
    const size_t first = json.find_first_not_of(" \t\r\n");
    // The parser would skip a byte order mark and stop silently at a zero byte.
    if (first == json.npos || json[first] != '{' || json.find('\0') != json.npos)
        return "is not a safetensors file: its header is not a JSON object";
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader))
        return reader.problem;
    return {};
}

} // namespace

int bitsOfDtype(std::string_view dtype)
{
    const auto found = std::ranges::find(knownDtypes, dtype, &DtypeBits::name);
    return found == knownDtypes.end() ? 0 : found->bits;
}

SafetensorsHeader parseSafetensorsHeader(
    std::string_view json, uint64_t fileSize, const std::string& file)
{
    const auto check = [&](const Sentence& problem) {
        if (!problem.empty())
            throw Error("The file %1 %2.", file, problem);
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
