// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/zipdirectory.h"

#include "core/errors.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr uint64_t maximalEntries = 100'000, maximalDirectory = 64 << 20;
constexpr uint64_t endSize = 22, end64Size = 56, locatorSize = 20, centralSize = 46, localSize = 30;

/// A little-endian number; the caller knows that it lies within.
template<typename T>
T at(std::string_view bytes, size_t offset)
{
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

struct Directory
{
    uint64_t begin = 0, size = 0, entries = 0;
    uint64_t limit = 0; ///< nothing of it lies behind that
};

struct Central
{
    std::string name = {};
    uint16_t flags = 0, method = 0;
    uint64_t compressed = 0, size = 0, header = 0;
};

/// Reads the parts of a directory, with the file's name in every message.
class DirectoryReader
{
public:
    explicit DirectoryReader(const InputFile& file)
        : m_file(file)
    {
    }

    std::map<std::string, ZipEntry> entries() const
    {
        const Directory directory = findDirectory();
        std::string bytes = m_file.text(directory.begin, directory.size);
        std::string_view rest = bytes;
        std::map<std::string, ZipEntry> result;
        std::vector<std::pair<uint64_t, uint64_t>> spans;
        for (uint64_t i = 0; i < directory.entries; ++i) {
            const Central central = takeCentral(rest);
            check(central);
            const ZipEntry entry = locate(central, directory.begin);
            if (!result.emplace(central.name, entry).second)
                fail({"names the entry %1 twice", inQuotes(central.name)});
            spans.emplace_back(central.header, entry.begin + entry.size);
        }
        if (!rest.empty())
            fail("has a directory longer than its entries");
        std::ranges::sort(spans);
        for (size_t i = 1; i < spans.size(); ++i)
            if (spans[i].first < spans[i - 1].second)
                fail("has entries that overlap");
        return result;
    }

private:
    const InputFile& m_file;

    [[noreturn]] void fail(const Sentence& problem) const
    {
        throw Error(
            "The file %1 is not a sound zip archive: it %2.", m_file.path().string(), problem);
    }

    Directory findDirectory() const
    {
        const uint64_t size = m_file.size();
        const uint64_t tail = std::min<uint64_t>(size, endSize + 65535);
        const std::string bytes = m_file.text(size - tail, tail);
        for (uint64_t left = tail < endSize ? 0 : tail - endSize + 1; left > 0; --left) {
            const uint64_t begin = left - 1;
            const std::string_view end = std::string_view(bytes).substr(begin);
            if (!end.starts_with("PK\5\6") || at<uint16_t>(end, 20) != end.size() - endSize)
                continue;
            const uint64_t place = size - tail + begin;
            Directory directory = {
                at<uint32_t>(end, 16), at<uint32_t>(end, 12), at<uint16_t>(end, 10), place};
            if (at<uint32_t>(end, 4) != 0 || at<uint16_t>(end, 8) != at<uint16_t>(end, 10))
                fail("is one of several volumes");
            return checked(wide(place).value_or(directory));
        }
        fail("has no directory at its end, so it is truncated or something else");
    }

    /// The directory by the records for large archives, where there are such before @p end.
    std::optional<Directory> wide(uint64_t end) const
    {
        if (end < locatorSize + end64Size)
            return {};
        const std::string locator = m_file.text(end - locatorSize, locatorSize);
        if (!locator.starts_with("PK\6\7"))
            return {};
        const auto place = at<uint64_t>(locator, 8);
        if (place > end - locatorSize - end64Size)
            fail("points outside itself");
        const std::string record = m_file.text(place, end64Size);
        if (!record.starts_with("PK\6\6") || at<uint64_t>(record, 24) != at<uint64_t>(record, 32))
            fail("has a damaged directory");
        return Directory {
            at<uint64_t>(record, 48), at<uint64_t>(record, 40), at<uint64_t>(record, 32), place};
    }

    Directory checked(const Directory& directory) const
    {
        if (directory.begin > directory.limit || directory.size > directory.limit - directory.begin)
            fail("has a directory outside itself");
        if (directory.entries > maximalEntries || directory.size > maximalDirectory)
            fail({"has more than %1 entries", maximalEntries});
        return directory;
    }

    Central takeCentral(std::string_view& rest) const
    {
        if (rest.size() < centralSize || !rest.starts_with("PK\1\2"))
            fail("has a damaged directory");
        const uint64_t nameSize = at<uint16_t>(rest, 28), extraSize = at<uint16_t>(rest, 30);
        const uint64_t size = centralSize + nameSize + extraSize + at<uint16_t>(rest, 32);
        if (rest.size() < size)
            fail("has a damaged directory");
        Central central = {
            .name = std::string(rest.substr(centralSize, nameSize)),
            .flags = at<uint16_t>(rest, 8),
            .method = at<uint16_t>(rest, 10),
            .compressed = at<uint32_t>(rest, 20),
            .size = at<uint32_t>(rest, 24),
            .header = at<uint32_t>(rest, 42)};
        widen(central, rest.substr(centralSize + nameSize, extraSize));
        rest.remove_prefix(size);
        return central;
    }

    /// Numbers that need 64 bits stand in an extra field, those only, in this order.
    void widen(Central& central, std::string_view extra) const
    {
        while (extra.size() >= 4) {
            const size_t id = at<uint16_t>(extra, 0), size = at<uint16_t>(extra, 2);
            if (extra.size() - 4 < size)
                fail("has a damaged directory");
            std::string_view field = extra.substr(4, size);
            extra.remove_prefix(4 + size);
            if (id != 1)
                continue;
            for (uint64_t* number : {&central.size, &central.compressed, &central.header}) {
                if (*number != 0xffffffff)
                    continue;
                if (field.size() < 8)
                    fail("has a damaged directory");
                *number = at<uint64_t>(field, 0);
                field.remove_prefix(8);
            }
        }
    }

    void check(const Central& central) const
    {
        constexpr uint16_t encrypted = 1 | 1 << 6 | 1 << 13;
        const std::string& name = central.name;
        const bool leadsOut = name.starts_with('/') || name.find('\\') != name.npos
            || ("/" + name + "/").find("/../") != name.npos || name.find('\0') != name.npos;
        if (name.empty() || leadsOut)
            fail({"has an entry with an unusable name, %1", inQuotes(name)});
        if (central.flags & encrypted)
            fail({"has an encrypted entry, %1", inQuotes(name)});
        if (central.method != 0 || central.compressed != central.size)
            fail({"has a compressed entry, %1, as PyTorch never writes it", inQuotes(name)});
    }

    ZipEntry locate(const Central& central, uint64_t limit) const
    {
        if (central.header > limit || limit - central.header < localSize)
            fail({"has the entry %1 outside itself", inQuotes(central.name)});
        const std::string local = m_file.text(central.header, localSize);
        const uint64_t nameSize = at<uint16_t>(local, 26), extraSize = at<uint16_t>(local, 28);
        const uint64_t begin = central.header + localSize + nameSize + extraSize;
        if (begin > limit || central.size > limit - begin)
            fail({"has the entry %1 outside itself", inQuotes(central.name)});
        if (!local.starts_with("PK\3\4") || at<uint16_t>(local, 8) != 0
            || (at<uint16_t>(local, 6) & 1) != 0
            || m_file.text(central.header + localSize, nameSize) != central.name)
            fail({"describes the entry %1 in two ways", inQuotes(central.name)});
        return {begin, central.size};
    }
};

} // namespace

std::map<std::string, ZipEntry> readZipDirectory(const InputFile& file)
{
    return DirectoryReader(file).entries();
}
