// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/checkpoint.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/weights/float8.h"
#include "core/weights/pickle.h"
#include "core/weights/safetensors.h"
#include "core/weights/zipdirectory.h"

#include <algorithm>
#include <optional>
#include <span>

#include <unicode/utf8.h>

namespace {

constexpr uint64_t maximalPickle = 64 << 20;
constexpr std::string_view oldForm = "\x80\2\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
constexpr size_t maximalRank = 8;

using Entries = std::map<std::string, ZipEntry>;

/// Whether it is a stream of pickles, not a zip archive. Refuses what is neither, naming the form.
bool isStream(const InputFile& file)
{
    const std::string begin = file.text(0, std::min<uint64_t>(file.size(), 512));
    const std::string name = file.path().string();
    if (begin.starts_with("PK\3\4") || begin.starts_with(oldForm))
        return begin.starts_with(oldForm);
    if (begin.size() > 262 && begin.compare(257, 5, "ustar") == 0)
        throw Error(
            "The file %1 has PyTorch's oldest form (a tar archive). Please load it with PyTorch "
            "1.6 or newer and save it again.",
            name);
    const Sentence kind = kindOfFile(begin);
    if (kind.empty())
        throw Error("The file %1 is not a PyTorch checkpoint.", name);
    throw Error("The file %1 is not a PyTorch checkpoint but %2.", name, kind);
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
            "The file %1 is not a PyTorch checkpoint: it has %2 entries data.pkl.", file,
            stems.size());
    return stems.front();
}

/// The elements from the first to the last that a tensor of those sizes and strides takes; nothing
/// where the numbers are impossible.
std::optional<int64_t> extent(
    const std::vector<int64_t>& sizes, const std::vector<int64_t>& strides)
{
    int64_t last = 0, product = 1;
    bool none = false;
    for (size_t i = 0; i < sizes.size(); ++i) {
        int64_t way = 0;
        if (sizes[i] < 0 || strides[i] < 0
            || __builtin_mul_overflow(product, std::max<int64_t>(sizes[i], 1), &product))
            return {};
        none = none || sizes[i] == 0;
        if (sizes[i] > 0
            && (__builtin_mul_overflow(sizes[i] - 1, strides[i], &way)
                || __builtin_add_overflow(last, way, &last)))
            return {};
    }
    // A stride of zero would let few bytes stand for a tensor of any size.
    if (none)
        return 0;
    if (last == INT64_MAX || product > last + 1)
        return {};
    return last + 1;
}

bool isUtf8(const std::string& text)
{
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()); // U8_NEXT converts none
    UChar32 character = 0;
    for (size_t at = 0; at < text.size() && character >= 0;)
        U8_NEXT(bytes, at, text.size(), character);
    return character >= 0;
}

class Checkpoint
{
public:
    explicit Checkpoint(InputFile file)
        : m_file(std::move(file))
        , m_name(m_file.path().string())
    {
        if (isStream(m_file))
            openStream();
        else
            openArchive();
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
            if (!isUtf8(key.text))
                fail({"has a tensor whose name is no text, %1", inQuotes(key.text)});
            if (!result.emplace(key.text, tensor(key.text, value)).second)
                fail({"has the tensor %1 twice", inQuotes(key.text)});
        }
        return result;
    }

private:
    InputFile m_file;
    std::string m_name;
    Entries m_storages = {}; ///< by the keys that the pickle names them by
    Pickle m_pickle = {};
    uint64_t m_total = 0;

    /// The form since PyTorch 1.6.
    void openArchive()
    {
        const Entries entries = readZipDirectory(m_file);
        const std::string stem = stemOf(entries, m_name);
        const auto order = entries.find(stem + "/byteorder");
        constexpr uint64_t longest = 16;
        if (order != entries.end()
            && m_file.text(order->second.begin, std::min(order->second.size, longest)) != "little")
            failOfByteOrder();
        const ZipEntry pickle = entries.at(stem + "/data.pkl");
        if (pickle.size > maximalPickle)
            fail({"has a data.pkl of more than %1 bytes", maximalPickle});
        m_pickle = readPickle(m_file.text(pickle.begin, pickle.size), m_name);
        const std::string data = stem + "/data/";
        for (const auto& [name, entry] : entries)
            if (name.starts_with(data))
                m_storages[name.substr(data.size())] = entry;
    }

    /// The form before: pickles of a magic number, the protocol, the computer, the weights and the
    /// storages' keys; then the storages in the order of these keys, the number of elements before
    /// each.
    void openStream()
    {
        uint64_t at = 0;
        const auto next = [&] {
            size_t end = 0;
            const uint64_t most = std::min(m_file.size() - at, maximalPickle);
            Pickle pickle = readPickle(m_file.text(at, most), m_name, &end);
            at += end;
            return pickle;
        };
        next();
        next();
        const Pickle computer = next();
        if (isFalse(computer, "little_endian"))
            failOfByteOrder();
        m_pickle = next();
        const Pickle keys = next();
        const std::map<std::string, uint64_t> widths = storageWidths();
        for (const uint32_t item : keys.values[keys.root].items) {
            const std::string& key = keys.values[item].text;
            const auto width = widths.find(key);
            int64_t elements = 0;
            uint64_t bytes = 0;
            if (width == widths.end() || m_file.size() - at < sizeof elements)
                fail("ends before its storages do, or names one that nothing describes");
            m_file.read(at, std::as_writable_bytes(std::span(&elements, 1)));
            at += sizeof elements;
            if (elements < 0 || __builtin_mul_overflow(uint64_t(elements), width->second, &bytes)
                || bytes > m_file.size() - at)
                fail("ends within a storage");
            m_storages[key] = {.begin = at, .size = bytes};
            at += bytes;
        }
    }

    static bool isFalse(const Pickle& pickle, const std::string& key)
    {
        const std::vector<uint32_t>& items = pickle.values[pickle.root].items;
        for (size_t i = 0; i + 1 < items.size(); i += 2) {
            const PickleValue& value = pickle.values[items[i + 1]];
            if (pickle.values[items[i]].text == key)
                return value.kind == PickleValue::Bool && value.number == 0;
        }
        return false;
    }

    /// Bytes an element of the storages that the pickle refers to, by key.
    std::map<std::string, uint64_t> storageWidths() const
    {
        std::map<std::string, uint64_t> widths;
        for (const PickleValue& value : m_pickle.values)
            if (value.kind == PickleValue::Storage)
                widths[value.text] = uint64_t(bitsOfDtype(value.dtype)) / 8;
        return widths;
    }

    [[noreturn]] void failOfByteOrder() const
    {
        fail("is of a computer with another byte order (big-endian), which is not read");
    }

    [[noreturn]] void fail(const Sentence& problem) const
    {
        throw Error("The file %1 %2.", m_name, problem);
    }

    bool hasTensors(uint32_t index) const
    {
        const PickleValue& dict = m_pickle.values[index];
        if (dict.kind != PickleValue::Dict)
            return false;
        for (size_t i = 0; i + 1 < dict.items.size(); i += 2)
            if (m_pickle.values[dict.items[i]].kind == PickleValue::String
                && m_pickle.values[dict.items[i + 1]].kind == PickleValue::Tensor)
                return true;
        return false;
    }

    /// The values of a dictionary at the usual keys of weights, in that order.
    std::vector<uint32_t> usual(uint32_t index) const
    {
        const PickleValue& dict = m_pickle.values[index];
        std::vector<uint32_t> found;
        for (const char* key :
             {"state_dict", "model_state_dict", "model", "params_ema", "params", "module",
              "ema_state_dict", "ema", "net", "string_to_param"})
            for (size_t i = 0; dict.kind == PickleValue::Dict && i + 1 < dict.items.size(); i += 2)
                if (const PickleValue& name = m_pickle.values[dict.items[i]];
                    name.kind == PickleValue::String && name.text == key)
                    found.push_back(dict.items[i + 1]);
        return found;
    }

    /// The dictionary of the weights: below the usual keys, which may lie within each other, or the
    /// whole.
    uint32_t weights() const
    {
        constexpr int deepest = 3;
        std::vector<uint32_t> dicts = {m_pickle.root};
        for (int depth = 0; depth < deepest; ++depth) {
            // Each once: few bytes can put the same dictionary into another any number of times.
            std::vector<uint32_t> inner;
            std::vector<bool> isThere(m_pickle.values.size());
            for (const uint32_t dict : dicts)
                for (const uint32_t value : usual(dict))
                    if (!isThere[value]) {
                        isThere[value] = true;
                        inner.push_back(value);
                    }
            const auto found =
                std::ranges::find_if(inner, [&](uint32_t value) { return hasTensors(value); });
            if (found != inner.end())
                return *found;
            dicts = std::move(inner);
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
                fail({"has sizes of the tensor %1 that are no numbers", inQuotes(tensor)});
            result.push_back(m_pickle.values[item].number);
        }
        if (tuple.kind != PickleValue::Tuple || result.size() > maximalRank)
            fail({"has the tensor %1 with impossible sizes", inQuotes(tensor)});
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
            fail({"describes the tensor %1 in a way that is not known", inQuotes(name)});
        const ZipEntry bytes = entry(storage, name);
        const std::string& dtype = value.dtype.empty() ? storage.dtype : value.dtype;
        const uint64_t width = uint64_t(bitsOfDtype(dtype)) / 8;
        const int64_t elements = int64_t(bytes.size / width);
        const std::optional<int64_t> count = extent(sizes, strides);
        if (!count || offset.number < 0 || offset.number > elements
            || *count > elements - offset.number)
            fail({"has the tensor %1 reach beyond its storage", inQuotes(name)});

        m_total += uint64_t(*count) * width;
        if (m_total > 4 * m_file.size())
            fail("has far larger tensors than its own size");
        Tensor whole = at::empty({*count}, scalarType(dtype, name, m_name));
        m_file.read(
            bytes.begin + uint64_t(offset.number) * width,
            {static_cast<std::byte*>(whole.mutable_data_ptr()), whole.nbytes()});
        if (isFloat8(dtype)) // fp16 holds each of its values
            whole = decodedFloat8(whole, dtype).to(at::kHalf);
        if (dtype == "BOOL") {
            auto* flags = static_cast<uint8_t*>(whole.mutable_data_ptr());
            std::transform(flags, flags + *count, flags, [](uint8_t b) { return b != 0; });
        }
        return *count == 0 ? whole.reshape(sizes) : whole.as_strided(sizes, strides).contiguous();
    }

    ZipEntry entry(const PickleValue& storage, const std::string& name) const
    {
        const auto found = m_storages.find(storage.text);
        const uint64_t width = uint64_t(bitsOfDtype(storage.dtype)) / 8;
        uint64_t bytes = 0;
        if (found == m_storages.end()
            || __builtin_mul_overflow(uint64_t(storage.number), width, &bytes)
            || found->second.size != bytes)
            fail(
                {"has no storage of %1 elements for the tensor %2", storage.number,
                 inQuotes(name)});
        return found->second;
    }
};

} // namespace

std::map<std::string, Tensor> loadCheckpoint(const std::filesystem::path& path)
{
    return loadCheckpoint(InputFile(path));
}

std::map<std::string, Tensor> loadCheckpoint(InputFile file)
{
    return Checkpoint(std::move(file)).tensors();
}
