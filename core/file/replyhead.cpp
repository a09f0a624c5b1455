// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/replyhead.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string_view>

namespace {

constexpr std::size_t longestValue = 8192, mostLines = 200;
constexpr uint64_t largestFile = uint64_t(1) << 50; // a petabyte: larger ones are damage

std::string lower(std::string text)
{
    for (char& c : text)
        c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

/// All of it digits, and not more than a file can have.
std::optional<uint64_t> number(std::string_view text)
{
    uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stopped != end || value > largestFile)
        return {};
    return value;
}

bool isSane(const std::string& value)
{
    return value.size() <= longestValue
        && std::ranges::none_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// Days since 1970 (the proleptic Gregorian calendar).
int64_t daysTo(int64_t year, int64_t month, int64_t day)
{
    // March is the first month, so that the leap day is the year's last.
    const int64_t shifted = month > 2 ? year : year - 1;
    const int64_t era = shifted / 400, inEra = shifted % 400;
    const int64_t inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + inEra * 365 + inEra / 4 - inEra / 100 + inYear - 719468;
}

/// "Wed, 21 Oct 2015 07:28:00 GMT" as seconds since 1970.
std::optional<int64_t> dateIn(std::string_view text)
{
    constexpr std::string_view form = "xxx, 00 xxx 0000 00:00:00 GMT";
    if (text.size() != form.size())
        return {};
    for (std::size_t i = 0; i < form.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool fits = form[i] == '0' ? std::isdigit(c) != 0
            : form[i] == 'x'             ? std::isalpha(c) != 0
                                         : text[i] == form[i];
        if (!fits)
            return {};
    }
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::size_t month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0)
        return {};
    const auto part = [&](std::size_t begin, std::size_t length) {
        return int64_t(number(text.substr(begin, length)).value_or(0));
    };
    const int64_t day = part(5, 2), hours = part(17, 2), minutes = part(20, 2);
    const int64_t seconds = part(23, 2), year = part(12, 4);
    if (year < 1970 || day < 1 || day > 31 || hours > 23 || minutes > 59 || seconds > 60)
        return {};
    return ((daysTo(year, int64_t(month) / 3 + 1, day) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/// X-Linked-ETag comes with quotes, a weak mark or without.
std::string bareEtag(std::string_view text)
{
    if (text.starts_with("W/"))
        text.remove_prefix(2);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    return std::string(text);
}

/// What networks that want a log-in, and hosts that say something to people, answer with.
bool isPage(const std::string& type)
{
    return type.starts_with("text/html") || type.starts_with("application/xhtml");
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What a status says that is no success.
Verdict ofFailure(const ReplyHead& head, const WantedReply& wanted)
{
    switch (head.status) {
    case 401:
    case 403:
        if (!wanted.site)
            return {
                .what = Verdict::Again,
                .why = {"%1 does not give %2 any longer.", wanted.host, wanted.name}};
        return {
            .why = {
                "%1 gives %2 only to those who have an account there and accepted its terms. "
                "Fetch it with a browser and put it into the folder of the models.",
                wanted.host, wanted.name}};
    case 404:
    case 410:
        return {
            .why = {
                "%1 no longer has %2: it was moved or taken back by its authors.", wanted.host,
                wanted.name}};
    case 408:
    case 500:
    case 502:
    case 504:
        return {
            .what = Verdict::Wait,
            .why = {"%1 has a fault (status %2).", wanted.host, head.status}};
    case 429:
        return {
            .what = Verdict::Wait,
            .seconds = head.retryAfter,
            .why = {"%1 gives nothing more for now: it is asked too often.", wanted.host}};
    case 503:
        return {
            .what = Verdict::Wait,
            .seconds = head.retryAfter,
            .why = {"%1 is overloaded or being repaired.", wanted.host}};
    case 407:
        return {
            .why = {"The proxy wants a name and a password. Put them into the address of the proxy "
                    "that the system or the environment variable https_proxy has."}};
    default:
        return {
            .why = {
                "%1 answers in a way that is not understood (status %2).", wanted.host,
                head.status}};
    }
}

Sentence otherSize(const WantedReply& wanted, uint64_t bytes)
{
    return {
        "%1 has another %2 than the one that is known: it has %3 bytes in place of %4. Nothing of "
        "it is kept.",
        wanted.host, wanted.name, bytes, wanted.bytes};
}

/// A body that is the whole file.
Verdict ofWhole(const ReplyHead& head, const WantedReply& wanted)
{
    const bool changed = wanted.have > 0 && !wanted.independent; // what is known is of then
    if (head.length && wanted.bytes > 0 && *head.length != wanted.bytes && !changed)
        return {.why = otherSize(wanted, *head.length)};
    return {
        .what = Verdict::Take,
        .from = 0,
        .bytes = head.length.value_or(changed ? 0 : wanted.bytes)};
}

/// A body that is a part of the file.
Verdict ofPart(const ReplyHead& head, const WantedReply& wanted)
{
    const Verdict wrong {
        .what = wanted.have > 0 ? Verdict::Anew : Verdict::Refuse,
        .why = {"%1 gives another part of %2 than was asked for.", wanted.host, wanted.name}};
    if (!head.range || !head.range->first || *head.range->first != wanted.have || wanted.have == 0)
        return wrong;
    const uint64_t part = *head.range->last - *head.range->first + 1;
    if (head.length && *head.length != part)
        return wrong;
    const uint64_t total = head.range->total.value_or(wanted.bytes);
    if (wanted.bytes > 0 && total != wanted.bytes) {
        if (wanted.independent)
            return {.why = otherSize(wanted, total)};
        return {
            .what = Verdict::Anew,
            .why = {"The publisher's %1 has changed: it is fetched anew.", wanted.name}};
    }
    return {.what = Verdict::Take, .from = wanted.have, .bytes = total};
}

} // namespace

std::optional<ContentRange> parseContentRange(const std::string& text)
{
    std::string_view rest = trimmed(text);
    if (lower(std::string(rest.substr(0, 5))) != "bytes" || rest.size() < 6
        || (rest[5] != ' ' && rest[5] != '\t'))
        return {};
    rest = trimmed(rest.substr(6));
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
        return {};
    const std::string_view part = trimmed(rest.substr(0, slash));
    const std::string_view whole = trimmed(rest.substr(slash + 1));
    ContentRange range {.total = number(whole)};
    if (!range.total && whole != "*")
        return {};
    if (part == "*")
        return range.total ? std::optional(range) : std::nullopt;
    const std::size_t dash = part.find('-');
    if (dash == std::string_view::npos)
        return {};
    range.first = number(part.substr(0, dash));
    range.last = number(part.substr(dash + 1));
    const bool ordered = range.first && range.last && *range.first <= *range.last;
    if (!ordered || (range.total && *range.last >= *range.total))
        return {};
    return range;
}

std::optional<int64_t> parseRetryAfter(const std::string& text, int64_t now)
{
    const std::string_view value = trimmed(text);
    if (const auto seconds = number(value))
        return int64_t(*seconds);
    if (const auto date = dateIn(value))
        return std::max<int64_t>(0, *date - now);
    return {};
}

std::string strongEtag(const std::string& text)
{
    const std::string_view value = trimmed(text);
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    const bool inner = quoted && value.substr(1, value.size() - 2).find('"') == value.npos;
    return inner && isSane(std::string(value)) ? std::string(value) : std::string();
}

HeadLines parseHeadLines(const std::string& text)
{
    HeadLines lines;
    std::string_view rest = text;
    while (!rest.empty() && lines.size() < mostLines) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && colon > 0)
            lines.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    return lines;
}

ReplyHead replyHead(int status, const HeadLines& lines, int64_t now)
{
    ReplyHead head {.status = status};
    std::size_t seen = 0;
    for (const auto& [rawName, value] : lines) {
        if (++seen > mostLines)
            break;
        const std::string name = rawName.size() < 100 ? lower(rawName) : std::string();
        if (!isSane(value))
            continue;
        if (name == "content-length") {
            const auto length = number(trimmed(value));
            head.contradictory |= !length || (head.length && head.length != length);
            head.length = length;
        } else if (name == "content-range") {
            const auto range = parseContentRange(value);
            head.contradictory |= !range || (head.range && head.range != range);
            head.range = range;
        } else if (name == "etag") {
            head.etag = strongEtag(value);
        } else if (name == "x-linked-etag") {
            head.linkedEtag = bareEtag(trimmed(value));
        } else if (name == "x-linked-size") {
            head.linkedSize = number(trimmed(value));
        } else if (name == "x-repo-commit") {
            head.commit = std::string(trimmed(value));
        } else if (name == "location") {
            head.location = std::string(trimmed(value));
        } else if (name == "retry-after") {
            head.retryAfter = parseRetryAfter(value, now);
        } else if (name == "content-encoding") {
            head.encoded = lower(std::string(trimmed(value))) != "identity";
        } else if (name == "content-type") {
            head.page = isPage(lower(std::string(trimmed(value))));
        }
    }
    return head;
}

Verdict judge(const ReplyHead& head, const WantedReply& wanted)
{
    if (isRedirect(head.status)) {
        if (!head.location.empty())
            return {.what = Verdict::Follow};
        return {.why = {"%1 leads on without saying where to.", wanted.host}};
    }
    if (head.status == 416) {
        const auto total = head.range ? head.range->total : std::nullopt;
        const bool right = wanted.bytes == 0 || total == wanted.bytes;
        if (wanted.have > 0 && total == wanted.have && right)
            return {.what = Verdict::Complete};
        if (wanted.have > 0)
            return {
                .what = Verdict::Anew,
                .why = {
                    "%1 has no such part of %2: it is fetched anew.", wanted.host, wanted.name}};
    }
    if (head.status != 200 && head.status != 206)
        return ofFailure(head, wanted);
    if (head.page)
        return {
            .why = {
                "%1 gives a web page in place of %2. Where this network wants you to log in first, "
                "do that in a browser, then try again.",
                wanted.host, wanted.name}};
    if (head.encoded)
        return {
            .why = {"%1 gives %2 packed, although it was asked not to.", wanted.host, wanted.name}};
    if (head.contradictory)
        return {.why = {"%1 contradicts itself about the size of %2.", wanted.host, wanted.name}};
    return head.status == 200 ? ofWhole(head, wanted) : ofPart(head, wanted);
}

bool isUnchanged(const std::string& linkedEtagThen, uint64_t bytesThen, const ReplyHead& siteNow)
{
    const bool sameSize = bytesThen == 0 || !siteNow.linkedSize || *siteNow.linkedSize == bytesThen;
    return !linkedEtagThen.empty() && linkedEtagThen == siteNow.linkedEtag && sameSize;
}
