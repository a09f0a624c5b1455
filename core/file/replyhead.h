// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What a server's answer means to a download. All of it comes from outside, and none of these
// functions reads or waits for anything: text in, decision out.

/// The names and values of a head, as they came.
using HeadLines = std::vector<std::pair<std::string, std::string>>;

/// `Content-Range: bytes 0-99/100` (RFC 9110, 14.4).
struct ContentRange
{
    std::optional<uint64_t> first = {}, last = {}; ///< both or none ("bytes */100")
    std::optional<uint64_t> total = {};            ///< none: "*"
    bool operator==(const ContentRange&) const = default;
};
/// Nothing where it is not well formed, or where its numbers contradict each other.
std::optional<ContentRange> parseContentRange(const std::string& text);

/// Seconds to wait: a number, or a date (RFC 9110, 10.2.3) as seen at @p now, seconds since 1970,
/// at least 0. Nothing for what is neither.
std::optional<int64_t> parseRetryAfter(const std::string& text, int64_t now);

/// An entity tag with its quotes; empty for a weak one ("W/...") and for what is none.
std::string strongEtag(const std::string& text);

/// The lines of a head ("Name: value", apart by LF or CRLF). What is no such line is left out; more
/// than 200 are not read.
HeadLines parseHeadLines(const std::string& text);

/// What counts of a head.
struct ReplyHead
{
    int status = 0;
    std::optional<uint64_t> length = {}; ///< Content-Length
    std::optional<ContentRange> range = {};
    std::string etag = {};                   ///< strong, with its quotes; else empty
    std::string linkedEtag = {};             ///< X-Linked-ETag without quotes
    std::optional<uint64_t> linkedSize = {}; ///< X-Linked-Size
    std::string commit = {};                 ///< X-Repo-Commit
    std::string location = {};               ///< where a redirect leads; secret, since it is signed
    std::optional<int64_t> retryAfter = {};  ///< seconds
    bool encoded = false;                    ///< packed, although it was asked not to be
    bool page = false;                       ///< a web page, by what is said of its kind
    bool contradictory = false;              ///< two lengths, or a range that is none
};
/// Reads a head; @p now as above. What is too long or has control characters counts as missing.
ReplyHead replyHead(int status, const HeadLines& lines, int64_t now);

/// What a download is, when a reply comes.
struct WantedReply
{
    std::string host = {};    ///< that answers, for sentences
    std::string name = {};    ///< of the file, for sentences
    bool site = true;         ///< it is the site itself, not its content host
    uint64_t have = 0;        ///< bytes that are there and were asked to be left out
    uint64_t bytes = 0;       ///< of the whole file; 0: not known
    bool independent = false; ///< the hash is known from elsewhere, and decides in the end
};

/// What to do after a reply.
struct Verdict
{
    enum What {
        Take,     ///< its body is the file from @ref from on
        Follow,   ///< the redirect
        Complete, ///< all bytes are there already
        Anew,     ///< ask again for the whole file: what is there is of no use
        Again,    ///< ask again at the site's address
        Wait,     ///< the same after @ref seconds
        Refuse    ///< it cannot be had
    };
    What what = Refuse;
    uint64_t from = 0, bytes = 0;        ///< of Take; bytes of the whole file, 0: not known
    std::optional<int64_t> seconds = {}; ///< of Wait; none: not said
    Sentence why = {};                   ///< of Anew, Again, Wait and Refuse
};
Verdict judge(const ReplyHead& head, const WantedReply& wanted);

/// Whether what is there can be gone on with, by what the site said of the file then and says now.
/// (The size counts where both are known.) Where a hash is known independently nothing else does.
bool isUnchanged(const std::string& linkedEtagThen, uint64_t bytesThen, const ReplyHead& siteNow);
