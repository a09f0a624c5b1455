// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/catalogue.h"

#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/json.h"
#include "core/file/resources.h"

#include <algorithm>
#include <climits>
#include <functional>

using nlohmann::json;

namespace {

constexpr std::size_t longestPart = 255;

bool isFrom(const std::string& text, const char* others)
{
    return !text.empty() && std::ranges::all_of(text, [&](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view(others).find(char(c)) != std::string_view::npos;
    });
}

std::vector<std::string> parts(const std::string& path)
{
    std::vector<std::string> all(1);
    for (const char c : path)
        if (c == '/')
            all.emplace_back();
        else
            all.back() += c;
    return all;
}

bool isPart(const std::string& text)
{
    return isFrom(text, "._-+ ()[],=~!@&'") && text != "." && text != ".." && text.front() != '-'
        && text.front() != ' ' && text.back() != ' ' && text.size() <= longestPart;
}

bool isFolder(const std::string& text)
{
    return isPart(text) && text.front() != '.';
}

bool flag(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    if (found != from.end() && !found->is_boolean())
        checked::refuse(entry);
    return found != from.end() && found->get<bool>();
}

std::vector<std::string> texts(const json& from, const char* entry)
{
    std::vector<std::string> all;
    for (const json& each : checked::list(from, entry))
        all.push_back(checked::asText(each, entry));
    return all;
}

/// A text that is as it should be, or that is empty where it @p may be.
std::string textThat(
    const json& from, const char* entry, bool (*fits)(const std::string&), bool may = false)
{
    const std::string text = checked::text(from, entry);
    if (!(fits(text) || (may && text.empty())))
        checked::refuse(entry);
    return text;
}

bool isLink(const std::string& text)
{
    return text.starts_with("https://") && text.find_first_of(" \"<>@") == text.npos;
}

bool isId(const std::string& text)
{
    return isFrom(text, "-+.") && text.front() != '-';
}

bool isText(const std::string& text)
{
    return !text.empty();
}

Licence licenceOf(const json& from)
{
    return {
        .id = textThat(from, "id", isId),
        .name = textThat(from, "name", isText),
        .restrictions = textThat(from, "restrictions", isText),
        .link = textThat(from, "link", isLink),
        .nonCommercial = flag(from, "non-commercial")};
}

Purpose purposeOf(const json& from)
{
    return {.id = textThat(from, "id", isId), .title = textThat(from, "title", isText)};
}

/// Luo et al. 2023 (LCM-LoRA): 4 to 8 steps, the guidance is built in. Ren et al. 2024 (Hyper-SD),
/// the variant that keeps guidance: DDIM from the last noise level, guidance 5 to 8.
std::optional<FewSteps> fewStepsIn(const json& from)
{
    const char* entry = "few-steps";
    const json use = checked::object(from, entry);
    if (use.empty())
        return {};
    for (const char* member : {"steps", "guidance"})
        if (!use.contains(member))
            checked::refuse(member);
    return FewSteps {
        .name = textThat(use, "name", isText),
        .sampler = textThat(use, "sampler", isText),
        .steps = int(checked::asWhole(use["steps"], "steps", 1, 1000)),
        .guidance = checked::asNumber(use["guidance"], "guidance", 0, 30)};
}

CatalogueEntry entryOf(const json& from)
{
    CatalogueEntry entry {
        .id = textThat(from, "id", isId),
        .title = textThat(from, "title", isText),
        .purpose = textThat(from, "purpose", isText),
        .purposes = texts(from, "for"),
        .modes = texts(from, "modes"),
        .repository = textThat(from, "repository", isRepository, true),
        .revision = textThat(from, "revision", isPathInRepository, true),
        .file = textThat(from, "file", isPathInRepository, true),
        .name = textThat(from, "name", isPart, true),
        .folder = textThat(from, "folder", isFolder),
        .fixed = flag(from, "fixed"),
        .about = flag(from, "about"),
        .sha256 = textThat(from, "sha256", isSha256, true),
        .licence = textThat(from, "licence", isId, true),
        .gated = flag(from, "gated"),
        .fewSteps = fewStepsIn(from)};
    if (from.contains("bytes"))
        entry.bytes = uint64_t(checked::asWhole(from["bytes"], "bytes", 1, LLONG_MAX));
    if (entry.name.empty())
        entry.name = parts(entry.file).back();
    if (!isPart(entry.name) || entry.name.front() == '.')
        checked::refuse("name");
    const bool whole = !entry.revision.empty() && !entry.file.empty() && !entry.licence.empty();
    if (entry.canBeFetched() && !whole)
        checked::refuse("repository");
    if (entry.fewSteps && entry.sha256.empty()) // by which it is known
        checked::refuse("few-steps");
    return entry;
}

template<typename T>
const T* withId(const std::vector<T>& all, const std::string& id)
{
    const auto found = std::ranges::find(all, id, &T::id);
    return found == all.end() ? nullptr : &*found;
}

/// Reads the members of a list and says of which one something is wrong.
template<typename T>
void readAll(const json& from, const char* list, std::vector<T>& all, T (*read)(const json&))
{
    for (const json& each : checked::list(from, list)) {
        if (!each.is_object())
            checked::refuse(list);
        try {
            all.push_back(read(each));
        } catch (const Error& error) {
            throw Error(
                "in \"%1\", member %2, %3", std::string(list), all.size() + 1, error.sentence());
        }
        if constexpr (requires { all.back().id; })
            if (withId(all, all.back().id) != &all.back())
                throw Error(
                    "the id %1 is there twice in \"%2\".", all.back().id, std::string(list));
    }
}

KnownFile knownOf(const json& from)
{
    return {.name = textThat(from, "name", isText), .sha256 = textThat(from, "sha256", isSha256)};
}

void checkIds(const Catalogue& catalogue)
{
    for (const CatalogueEntry& entry : catalogue.entries) {
        const bool purposes = std::ranges::all_of(
            entry.purposes, [&](const std::string& id) { return withId(catalogue.purposes, id); });
        if (!purposes || entry.purposes.empty())
            throw Error("%1 is for something that is not listed.", entry.id);
        if (!entry.licence.empty() && !catalogue.licence(entry.licence))
            throw Error("%1 has a licence that is not listed.", entry.id);
    }
}

} // namespace

bool isSha256(const std::string& text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool isRepository(const std::string& text)
{
    const auto all = parts(text);
    return all.size() == 2 && std::ranges::all_of(all, [](const std::string& part) {
               return isFrom(part, "._-") && part != "." && part != ".." && part.front() != '-'
                   && part.size() <= longestPart;
           });
}

bool isPathInRepository(const std::string& text)
{
    return std::ranges::all_of(parts(text), isPart);
}

const CatalogueEntry* Catalogue::entry(const std::string& id) const
{
    return withId(entries, id);
}

const Licence* Catalogue::licence(const std::string& id) const
{
    return withId(licences, id);
}

const CatalogueEntry* Catalogue::withHash(const std::string& sha256) const
{
    const auto found = std::ranges::find(entries, sha256, &CatalogueEntry::sha256);
    return sha256.empty() || found == entries.end() ? nullptr : &*found;
}

bool Catalogue::mayKnow(uint64_t bytes) const
{
    constexpr double rounding = .01; // what is "about 723 MB" is within a hundredth of it
    return std::ranges::any_of(entries, [&](const CatalogueEntry& entry) {
        const double off = double(bytes) - double(entry.bytes);
        return !entry.sha256.empty()
            && (entry.bytes == 0 || entry.bytes == bytes
                || (entry.about && std::abs(off) < rounding * double(entry.bytes)));
    });
}

Catalogue readCatalogue(const std::filesystem::path& file)
{
    const json from = readJson(file);
    try {
        if (!from.is_object())
            throw Error("it is no JSON object.");
        Catalogue catalogue;
        readAll(from, "licences", catalogue.licences, licenceOf);
        readAll(from, "purposes", catalogue.purposes, purposeOf);
        readAll(from, "files", catalogue.entries, entryOf);
        readAll(from, "known", catalogue.known, knownOf);
        checkIds(catalogue);
        return catalogue;
    } catch (const Error& error) {
        throw Error("The catalogue %1 cannot be read: %2", file.string(), error.sentence());
    }
}

Catalogue readCatalogue()
{
    return readCatalogue(resourceFolder() / "catalogue" / "catalogue.json");
}
