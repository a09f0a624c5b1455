// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/checkpoint.h"

#include "core/errors.h"
#include "core/inputfile.h"
#include "core/nn/pickle.h"
#include "core/nn/safetensors.h"
#include "core/nn/zipdirectory.h"

#include <algorithm>
#include <optional>

namespace {

constexpr uint64_t maximalPickle = 64 << 20;
constexpr size_t maximalRank = 8;

using Entries = std::map<std::string, ZipEntry>;

/// Refuses what is no zip archive, naming the form.
void checkForm(const InputFile& file)
{
    const std::string begin = file.text(0, std::min<uint64_t>(file.size(), 512));
    const std::string name = "The file " + file.path().string();
    const std::string wayOut = " Please load it with PyTorch 1.6 or newer and save it again.";
    if (begin.starts_with("PK\3\4"))
        return;
    if (begin.starts_with("\x80\2\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"))
        throw Error(name + " has PyTorch's old form (a stream from before 1.6)." + wayOut);
    if (begin.size() > 262 && begin.compare(257, 5, "ustar") == 0)
        throw Error(name + " has PyTorch's oldest form (a tar archive)." + wayOut);
    const std::string kind = kindOfFile(begin);
    throw Error(
        name + " is not a PyTorch checkpoint" + (kind.empty() ? "." : " but " + kind + "."));
}

/// The folder within the archive, by the one entry that ends in /data.pkl.
std::string stemOf(const Entries& entries, const std::string& file)
{
    const std::string end = "/data.pkl";
    std::vector<std::string> stems;
    for (const auto& [name, entry] : entries)
        if (name.ends_with(end))
            stems.push_back(name.substr(0, name.size() - end.size()));
    if (stems.size() != 1)
        throw Error(
            "The file " + file + " is not a PyTorch checkpoint: it has "
            + std::to_string(stems.size()) + " entries data.pkl.");
    return stems.front();
}

/// The elements from the first to the last that a tensor of those sizes and strides takes; nothing
/// where the numbers are impossible.
std::optional<int64_t> extent(
    const std::vector<int64_t>& sizes, const std::vector<int64_t>& strides)
{
    int64_t last = 0, product = 1;
    for (size_t i = 0; i < sizes.size(); ++i) {
        int64_t way = 0;
        if (sizes[i] < 0 || strides[i] < 0 || __builtin_mul_overflow(product, sizes[i], &product))
            return {};
        if (sizes[i] > 0
            && (__builtin_mul_overflow(sizes[i] - 1, strides[i], &way)
                || __builtin_add_overflow(last, way, &last)))
            return {};
    }
    // A stride of zero would let few bytes stand for a tensor of any size.
    if (product == 0)
        return 0;
    if (last == INT64_MAX || product > last + 1)
        return {};
    return last + 1;
}

class Checkpoint
{
public:
    explicit Checkpoint(const std::filesystem::path& path)
        : m_file(path)
        , m_name(path.string())
    {
        checkForm(m_file);
        m_entries = readZipDirectory(m_file);
        m_stem = stemOf(m_entries, m_name);
        const auto order = m_entries.find(m_stem + "/byteorder");
        constexpr uint64_t longest = 16;
        if (order != m_entries.end()
            && m_file.text(order->second.begin, std::min(order->second.size, longest)) != "little")
            fail("is of a computer with another byte order (big-endian), which is not read");
        const ZipEntry pickle = m_entries.at(m_stem + "/data.pkl");
        if (pickle.size > maximalPickle)
            fail("has a data.pkl of more than " + std::to_string(maximalPickle) + " bytes");
        m_pickle = readPickle(m_file.text(pickle.begin, pickle.size), m_name);
    }

    std::map<std::string, Tensor> tensors()
    {
        std::map<std::string, Tensor> result;
        if (const PickleValue& root = m_pickle.values[m_pickle.root];
            root.kind == PickleValue::Tensor)
            return {{"", tensor("", root)}};
        const std::vector<uint32_t>& items = m_pickle.values[weights()].items;
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue &key = m_pickle.values[items[i]],
                              &value = m_pickle.values[items[i + 1]];
            if (key.kind != PickleValue::String || value.kind != PickleValue::Tensor)
                continue;
            if (!result.emplace(key.text, tensor(key.text, value)).second)
                fail("has the tensor " + inQuotes(key.text) + " twice");
        }
        return result;
    }

private:
    InputFile m_file;
    std::string m_name, m_stem = {};
    Entries m_entries = {};
    Pickle m_pickle = {};
    uint64_t m_total = 0;

    [[noreturn]] void fail(const std::string& problem) const
    {
        throw Error("The file " + m_name + " " + problem + ".");
    }

    bool hasTensors(uint32_t index) const
    {
        const PickleValue& dict = m_pickle.values[index];
        if (dict.kind != PickleValue::Dict)
            return false;
        for (size_t i = 1; i < dict.items.size(); i += 2)
            if (m_pickle.values[dict.items[i]].kind == PickleValue::Tensor)
                return true;
        return false;
    }

    /// The dictionary of the weights: below one of the usual keys, or the whole.
    uint32_t weights() const
    {
        const PickleValue& root = m_pickle.values[m_pickle.root];
        for (const char* key : {"state_dict", "model", "params_ema", "params"})
            for (size_t i = 0; root.kind == PickleValue::Dict && i + 1 < root.items.size();
                 i += 2) {
                const PickleValue& name = m_pickle.values[root.items[i]];
                if (name.kind == PickleValue::String && name.text == key
                    && hasTensors(root.items[i + 1]))
                    return root.items[i + 1];
            }
        if (!hasTensors(m_pickle.root))
            fail("has no weights at its top or under state_dict, model, params_ema or params");
        return m_pickle.root;
    }

    std::vector<int64_t> integers(uint32_t index, const std::string& tensor) const
    {
        const PickleValue& tuple = m_pickle.values[index];
        std::vector<int64_t> result;
        for (const uint32_t item : tuple.items) {
            if (m_pickle.values[item].kind != PickleValue::Integer)
                fail("has sizes of the tensor " + inQuotes(tensor) + " that are no numbers");
            result.push_back(m_pickle.values[item].number);
        }
        if (tuple.kind != PickleValue::Tuple || result.size() > maximalRank)
            fail("has the tensor " + inQuotes(tensor) + " with impossible sizes");
        return result;
    }

    Tensor tensor(const std::string& name, const PickleValue& value)
    {
        const PickleValue& storage = m_pickle.values[value.items[0]];
        const PickleValue& offset = m_pickle.values[value.items[1]];
        const std::vector<int64_t> sizes = integers(value.items[2], name);
        const std::vector<int64_t> strides = integers(value.items[3], name);
        if (storage.kind != PickleValue::Storage || offset.kind != PickleValue::Integer
            || sizes.size() != strides.size())
            fail("describes the tensor " + inQuotes(name) + " in a way that is not known");
        const ZipEntry bytes = entry(storage, name);
        const std::optional<int64_t> count = extent(sizes, strides);
        if (!count || offset.number < 0 || offset.number > storage.number
            || *count > storage.number - offset.number)
            fail("has the tensor " + inQuotes(name) + " reach beyond its storage");

        const uint64_t width = uint64_t(bitsOfDtype(storage.dtype)) / 8;
        m_total += uint64_t(*count) * width;
        if (m_total > 4 * m_file.size())
            fail("has far larger tensors than its own size");
        const Tensor whole = at::empty({*count}, scalarType(storage.dtype));
        m_file.read(
            bytes.begin + uint64_t(offset.number) * width,
            {static_cast<std::byte*>(whole.mutable_data_ptr()), whole.nbytes()});
        if (storage.dtype == "BOOL") {
            auto* flags = static_cast<uint8_t*>(whole.mutable_data_ptr());
            std::transform(flags, flags + *count, flags, [](uint8_t b) { return b != 0; });
        }
        return *count == 0 ? whole.reshape(sizes) : whole.as_strided(sizes, strides).contiguous();
    }

    ZipEntry entry(const PickleValue& storage, const std::string& name) const
    {
        const auto found = m_entries.find(m_stem + "/data/" + storage.text);
        const uint64_t width = uint64_t(bitsOfDtype(storage.dtype)) / 8;
        uint64_t bytes = 0;
        if (found == m_entries.end()
            || __builtin_mul_overflow(uint64_t(storage.number), width, &bytes)
            || found->second.size != bytes)
            fail(
                "has no storage of " + std::to_string(storage.number) + " elements for the tensor "
                + inQuotes(name));
        return found->second;
    }
};

} // namespace

std::map<std::string, Tensor> loadCheckpoint(const std::filesystem::path& path)
{
    return Checkpoint(path).tensors();
}
