// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/published.h"

#include "core/catalogue.h"
#include "core/checkedjson.h"
#include "core/errors.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>
#include <optional>
#include <string_view>

using nlohmann::json;

namespace {

constexpr std::size_t longestLink = 4096, mostFiles = 20'000;

std::optional<int> digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lowerLetters = char(std::tolower(static_cast<unsigned char>(c)));
    if (lowerLetters >= 'a' && lowerLetters <= 'f')
        return lowerLetters - 'a' + 10;
    return {};
}

/// "%20" is a blank; what is no such pair stays as it is.
std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = text[i] == '%' && i + 2 < text.size() ? digit(text[i + 1]) : std::nullopt;
        const auto low = high ? digit(text[i + 2]) : std::nullopt;
        if (low) {
            plain += char(*high * 16 + *low);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// For an address; @p signs stand for themselves.
std::string encoded(const std::string& path, std::string_view signs = "-._~/")
{
    std::string text;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) || signs.find(c) != signs.npos)) {
            text += c;
        } else {
            text += '%';
            text += "0123456789ABCDEF"[byte >> 4];
            text += "0123456789ABCDEF"[byte & 15];
        }
    }
    return text;
}

std::string lowerLetters(std::string text)
{
    for (char& c : text)
        c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Takes the text up to the next slash off its front.
std::string_view nextPart(std::string_view& text)
{
    const std::size_t end = text.find('/');
    const std::string_view part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return part;
}

[[noreturn]] void refuseLink()
{
    throw ValueError("That is neither a link to a model nor an owner and a name, as in "
                     "owner/name or owner/name/file.safetensors.");
}

/// Takes https://HOST/ off; false: there is no host, so it is a name.
bool takeHost(std::string_view& text, const std::string& host)
{
    const std::string start = lowerLetters(std::string(text.substr(0, 8)));
    const bool secure = start.starts_with("https://");
    if (start.starts_with("http://"))
        throw ValueError("Only https links are fetched.");
    if (!secure && text.find("://") != std::string_view::npos)
        throw ValueError("Only https links are fetched.");
    std::string_view rest = secure ? text.substr(8) : text;
    const std::string name = lowerLetters(std::string(nextPart(rest)));
    if (!secure && name != host)
        return false;
    if (name.find('@') != std::string::npos)
        throw ValueError("The link has a name and a password in it: take them out.");
    if (name != host)
        throw ValueError(
            "The link is of another site: only models of %1 can be fetched. Fetch the file with a "
            "browser and drop it on the list.",
            host);
    text = rest;
    return true;
}

/// What stands behind owner/name in a link, or is typed there.
void takeFile(std::string_view rest, bool link, PublishedFile& file)
{
    if (rest.empty())
        return;
    if (link) {
        const std::string_view what = nextPart(rest);
        constexpr std::array<std::string_view, 4> known = {"tree", "blob", "resolve", "raw"};
        if (std::ranges::find(known, what) == known.end())
            refuseLink();
        file.revision = decoded(nextPart(rest));
        if (what == "tree") // a folder of it
            rest = {};
    }
    file.file = decoded(rest);
    if (!file.file.empty() && file.file.back() == '/')
        file.file.pop_back();
}

bool gatedIn(const json& from)
{
    const auto found = from.find("gated"); // false, "auto", "manual"
    return found != from.end() && !(found->is_boolean() && !found->get<bool>())
        && !found->is_null();
}

/// Of the tags "license:mit" and so on.
std::string licenceIn(const json& from)
{
    constexpr std::string_view mark = "license:";
    for (const json& tag : checked::list(from, "tags", 2000))
        if (const std::string text = tag.is_string() ? tag.get<std::string>() : std::string();
            text.starts_with(mark) && text.size() < 100)
            return text.substr(mark.size());
    return {};
}

RepositoryList::File fileIn(const json& from)
{
    RepositoryList::File file {.file = checked::text(from, "rfilename")};
    const auto size = [](const json& object) -> uint64_t {
        const auto found = object.find("size");
        return found == object.end() || found->is_null()
            ? 0
            : uint64_t(checked::asWhole(*found, "size", 0, LLONG_MAX));
    };
    file.bytes = size(from);
    if (const auto large = from.find("lfs"); large != from.end() && large->is_object()) {
        file.bytes = size(*large);
        if (const std::string hash = checked::text(*large, "sha256"); isSha256(hash))
            file.sha256 = hash;
    }
    return file;
}

} // namespace

bool hasWeightsName(const std::string& file)
{
    constexpr std::array<std::string_view, 5> endings = {
        ".safetensors", ".ckpt", ".pt", ".pth", ".bin"};
    const std::string name = lowerLetters(file);
    return std::ranges::any_of(
        endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

bool looksPublished(const std::string& text)
{
    return text.find('/') != std::string::npos;
}

PublishedFile publishedAt(const std::string& pasted, const std::string& host)
{
    std::string_view text = withoutBlanks(pasted);
    if (text.size() > longestLink)
        refuseLink();
    text = text.substr(0, text.find_first_of("?#"));
    const bool link = takeHost(text, host);
    PublishedFile file {.revision = "main"};
    const std::string owner = decoded(nextPart(text)), name = decoded(nextPart(text));
    file.repository = owner;
    file.repository += '/';
    file.repository += name;
    takeFile(text, link, file);
    const bool whole = isRepository(file.repository) && isPathInRepository(file.revision)
        && (file.file.empty() || isPathInRepository(file.file));
    if (!whole)
        refuseLink();
    if (!file.file.empty() && !hasWeightsName(file.file))
        throw ValueError(
            "%1 is no file of weights: those end in .safetensors, .ckpt, .pt, .pth or .bin.",
            file.file);
    return file;
}

std::string resolveAddress(const PublishedFile& file, const std::string& site)
{
    return site + '/' + encoded(file.repository) + "/resolve/" + encoded(file.revision, "-._~")
        + '/' + encoded(file.file);
}

std::string listAddress(const PublishedFile& file, const std::string& site)
{
    return site + "/api/models/" + encoded(file.repository) + "/revision/"
        + encoded(file.revision, "-._~") + "?blobs=true";
}

RepositoryList parseRepositoryList(const std::string& text)
{
    try {
        const json from = checked::parse(text);
        RepositoryList list {.commit = checked::text(from, "sha"), .gated = gatedIn(from)};
        if (!isPathInRepository(list.commit) || list.commit.find('/') != std::string::npos)
            list.commit.clear();
        list.licence = licenceIn(from);
        for (const json& each : checked::list(from, "siblings", mostFiles)) {
            if (!each.is_object())
                checked::refuse("siblings");
            RepositoryList::File file = fileIn(each);
            if (hasWeightsName(file.file) && isPathInRepository(file.file))
                list.files.push_back(std::move(file));
        }
        std::ranges::sort(list.files, {}, &RepositoryList::File::file);
        return list;
    } catch (const Error& error) {
        throw Error("The site's list of files cannot be read: %1", error.sentence());
    }
}
