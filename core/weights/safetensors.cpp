// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/weights/float8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

namespace {

constexpr uint64_t maximalHeader = 32 << 20;

struct Dtype
{
    std::string_view name;
    at::ScalarType type;
};
/// In the order in which the reference implementation writes them.
constexpr std::array<Dtype, 10> dtypes = {{
    {"I64", at::kLong},
    {"F64", at::kDouble},
    {"F32", at::kFloat},
    {"I32", at::kInt},
    {"BF16", at::kBFloat16},
    {"F16", at::kHalf},
    {"I16", at::kShort},
    {"I8", at::kChar},
    {"U8", at::kByte},
    {"BOOL", at::kBool},
}};

void checkSize(const InputFile& file, uint64_t headerSize)
{
    const std::string name = file.path().string();
    if (headerSize != 0 && headerSize <= maximalHeader && headerSize <= file.size() - 8)
        return;
    const Sentence kind = kindOfFile(file.text(0, std::min<uint64_t>(file.size(), 64)));
    if (!kind.empty())
        throw Error("The file %1 is not a safetensors file but %2.", name, kind);
    if (headerSize > file.size() - 8 && headerSize <= maximalHeader)
        throw Error(
            "The file %1 is truncated or not a safetensors file: it announces a header of %2 bytes "
            "and has %3.",
            name, headerSize, file.size());
    throw Error(
        "The file %1 is not a safetensors file: it announces a header of %2 bytes, where 1 to %3 "
        "are accepted.",
        name, headerSize, maximalHeader);
}

SafetensorsHeader readHeader(const InputFile& file)
{
    const std::string name = file.path().string();
    if (file.size() < 8) {
        const Sentence kind = kindOfFile(file.text(0, file.size()));
        throw Error(
            file.size() == 0 ? Sentence("The file %1 is not a safetensors file: it is empty.", name)
                : kind.empty()
                ? Sentence("The file %1 is not a safetensors file: it is too short.", name)
                : Sentence("The file %1 is not a safetensors file but %2.", name, kind));
    }
    uint64_t size = 0;
    file.read(0, std::as_writable_bytes(std::span(&size, 1)));
    checkSize(file, size);
    const std::string json = file.text(8, size);
    const Sentence kind = kindOfFile(file.text(0, std::min<uint64_t>(file.size(), 64)));
    const size_t first = json.find_first_not_of(" \t\r\n");
    if (!kind.empty() && (first == json.npos || json[first] != '{'))
        throw Error("The file %1 is not a safetensors file but %2.", name, kind);
    return parseSafetensorsHeader(json, file.size(), name);
}

} // namespace

struct SafetensorsFile::Opened
{
    InputFile file;
    SafetensorsHeader header;

    explicit Opened(const std::filesystem::path& path)
        : file(path)
        , header(readHeader(file))
    {
    }
};

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path)
    : m_opened(new Opened(path))
{
}

SafetensorsFile::~SafetensorsFile() = default;
SafetensorsFile::SafetensorsFile(SafetensorsFile&&) noexcept = default;

const std::map<std::string, TensorEntry>& SafetensorsFile::entries() const
{
    return m_opened->header.entries;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const
{
    return m_opened->header.metadata;
}

Tensor SafetensorsFile::tensor(const std::string& name) const
{
    const std::string file = m_opened->file.path().string();
    const auto found = entries().find(name);
    if (found == entries().end())
        throw Error("The file %1 has no tensor %2.", file, inQuotes(name));
    const TensorEntry& entry = found->second;

    const Tensor result = at::empty(entry.shape, scalarType(entry.dtype, name, file));
    m_opened->file.read(
        entry.begin, {static_cast<std::byte*>(result.mutable_data_ptr()), result.nbytes()});
    if (entry.dtype == "BOOL") {
        // Any other byte than 0 and 1 in a bool is undefined behaviour.
        auto* bytes = static_cast<uint8_t*>(result.mutable_data_ptr());
        std::transform(bytes, bytes + result.numel(), bytes, [](uint8_t b) { return b != 0; });
    }
    return isFloat8(entry.dtype) ? decodedFloat8(result, entry.dtype) : result;
}

at::ScalarType scalarType(
    std::string_view dtype, const std::string& tensor, const std::string& file)
{
    if (isFloat8(dtype))
        return at::kByte;
    const auto found = std::ranges::find(dtypes, dtype, &Dtype::name);
    if (found == dtypes.end())
        throw Error(
            "The tensor %1 in the file %2 is of type %3, which is not supported. Please convert it "
            "to F32, F16 or BF16.",
            inQuotes(tensor), file, std::string(dtype));
    return found->type;
}

std::unordered_map<std::string, Tensor> loadSafetensors(const std::filesystem::path& path)
{
    const SafetensorsFile file(path);
    std::unordered_map<std::string, Tensor> result;
    for (const auto& [name, entry] : file.entries())
        result[name] = file.tensor(name);
    return result;
}

Tensor finite(const Tensor& tensor, const std::string& name, const std::string& file)
{
    if (!tensor.is_floating_point() || !tensor.isfinite().all().item<bool>())
        throw Error(
            "The file %1 holds values in %2 that are infinite or no numbers: it is damaged. Please "
            "get it again.",
            file, inQuotes(name));
    return tensor.to(at::kFloat);
}

namespace {

/// Writes tensors into the file that @p open gives for so many bytes.
void writeSafetensors(
    const std::filesystem::path& path, const std::map<std::string, Tensor>& tensors,
    const std::map<std::string, std::string>& metadata,
    const std::function<std::unique_ptr<OutputFile>(uint64_t size)>& open)
{
    const auto rank = [&](const Tensor& tensor) {
        const auto found = std::ranges::find(dtypes, tensor.scalar_type(), &Dtype::type);
        if (found == dtypes.end())
            throw Error(
                "The file %1 cannot hold a tensor of type %2.", path.string(),
                std::string(c10::toString(tensor.scalar_type())));
        return found - dtypes.begin();
    };
    std::vector<std::pair<ptrdiff_t, const std::pair<const std::string, Tensor>*>> sorted;
    for (const auto& entry : tensors)
        sorted.emplace_back(rank(entry.second), &entry);
    std::ranges::stable_sort(sorted, {}, [](const auto& entry) { return entry.first; });

    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    uint64_t end = 0;
    for (const auto& [index, entry] : sorted) {
        const uint64_t begin = end;
        end += entry->second.nbytes();
        header[entry->first] = {
            {"dtype", dtypes[index].name},
            {"shape", entry->second.sizes().vec()},
            {"data_offsets", {begin, end}}};
    }
    std::string json = header.dump();
    json.resize((json.size() + 7) / 8 * 8, ' ');

    const uint64_t size = json.size();
    const std::unique_ptr<OutputFile> file = open(sizeof size + size + end);
    file->write(std::as_bytes(std::span(&size, 1)));
    file->write(std::as_bytes(std::span(json)));
    for (const auto& [index, entry] : sorted) {
        const Tensor tensor = entry->second.cpu().contiguous();
        file->write({static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()});
    }
    file->commit();
}

} // namespace

void saveSafetensors(
    const std::filesystem::path& path, const std::map<std::string, Tensor>& tensors,
    const std::map<std::string, std::string>& metadata, IfThere there)
{
    writeSafetensors(path, tensors, metadata, [&](uint64_t size) {
        return std::make_unique<OutputFile>(path, size, there);
    });
}

void saveSafetensors(
    const std::filesystem::path& name, int descriptor, const std::map<std::string, Tensor>& tensors)
{
    writeSafetensors(name, tensors, {{"format", "pt"}}, [&](uint64_t size) {
        return std::make_unique<OutputFile>(name, size, descriptor);
    });
}
