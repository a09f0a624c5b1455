// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/tokenizer.h"

#include "core/errors.h"
#include "core/text/vocabulary.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>

namespace {

constexpr size_t chunkSize = 75, maximalText = 64 << 20;

/// A symbol of a word while its pairs are joined: a doubly linked list in an array.
struct Symbol
{
    int id = 0;
    int before = -1, after = -1;
    int rank = -1; ///< of the pair with the symbol after it; -1: they do not join
    int result = 0;
};

/// Where pairs may be joined: the lowest rank first, the leftmost first within it. Few ranks have
/// many places, so a word of a million letters does not need a heap of as many entries.
class Places
{
public:
    bool empty() const { return m_ranks.empty(); }
    void add(int rank, int position)
    {
        auto& [positions, next, sorted] = m_ranks[rank];
        sorted = sorted && (positions.empty() || positions.back() < position);
        positions.push_back(position);
    }
    /// The rank and the position.
    std::pair<int, int> take()
    {
        const auto lowest = m_ranks.begin();
        auto& [positions, next, sorted] = lowest->second;
        if (!sorted)
            std::sort(positions.begin() + std::ptrdiff_t(next), positions.end());
        sorted = true;
        const std::pair taken(lowest->first, positions[next++]);
        if (next == positions.size())
            m_ranks.erase(lowest);
        return taken;
    }

private:
    struct Rank
    {
        std::vector<int> positions = {};
        size_t next = 0; ///< those before it are taken
        bool sorted = true;
    };
    std::map<int, Rank> m_ranks;
};

/// Joins the pair of the lowest rank until none is left, the leftmost first (Sennrich et al. 2016).
class Word
{
public:
    Word(const Vocabulary& vocabulary, std::string_view bytes)
        : m_vocabulary(vocabulary)
    {
        const int size = int(bytes.size());
        m_symbols.reserve(bytes.size());
        for (int i = 0; i < size; ++i)
            m_symbols.push_back({vocabulary.bytes[uint8_t(bytes[size_t(i)])], i - 1, i + 1});
        m_symbols.back() = {vocabulary.lastBytes[uint8_t(bytes.back())], size - 2, -1};
        for (int i = 0; i < size; ++i)
            offer(i);
        while (!m_places.empty()) {
            const auto [rank, position] = m_places.take();
            // Otherwise one of the two has been joined meanwhile.
            if (m_symbols[position].rank == rank)
                join(position);
        }
    }

    void appendTo(std::vector<int64_t>& ids) const
    {
        for (int i = 0; i >= 0; i = m_symbols[i].after)
            ids.push_back(m_symbols[i].id);
    }

private:
    void offer(int position)
    {
        if (position < 0)
            return;
        Symbol& left = m_symbols[position];
        left.rank = -1;
        if (left.after < 0)
            return;
        const auto found =
            m_vocabulary.joins.find(Vocabulary::pairKey(left.id, m_symbols[left.after].id));
        if (found == m_vocabulary.joins.end())
            return;
        left.rank = found->second.rank;
        left.result = found->second.result;
        m_places.add(left.rank, position);
    }

    void join(int position)
    {
        Symbol& left = m_symbols[position];
        Symbol& right = m_symbols[left.after];
        left.id = left.result;
        left.after = right.after;
        right.rank = -1;
        if (left.after >= 0)
            m_symbols[left.after].before = position;
        offer(left.before);
        offer(position);
    }

    const Vocabulary& m_vocabulary;
    std::vector<Symbol> m_symbols;
    Places m_places;
};

/// The full lower case of every code point by itself: no rule for a final sigma.
void appendLower(std::u32string& text, UChar32 c)
{
    constexpr UChar32 capitalDottedI = 0x130, dotAbove = 0x307;
    text += char32_t(c == capitalDottedI ? 'i' : u_tolower(c));
    if (c == capitalDottedI) // the only one that becomes two
        text += char32_t(dotAbove);
}

/// The end of what is normalized in one go: the whole, or as far as so many marks follow each other
/// that none of them can be meant. They are put in order, which takes the square of their number.
int32_t pieceEnd(const icu::Normalizer2& nfc, const icu::UnicodeString& text, int32_t at)
{
    constexpr int mostMarks = 256;
    int marks = 0;
    while (at < text.length() && marks < mostMarks) {
        marks = nfc.getCombiningClass(text.char32At(at)) == 0 ? 0 : marks + 1;
        at = text.moveIndex32(at, 1);
    }
    return at;
}

/// NFC in lower case, white space as single spaces.
std::u32string normalized(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status))
        throw Error("ICU's data for Unicode cannot be read: %1", std::string(u_errorName(status)));
    const auto given =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
    icu::UnicodeString composed;
    for (int32_t at = 0, end = 0; at < given.length(); at = end) {
        end = pieceEnd(*nfc, given, at);
        composed.append(nfc->normalize(given.tempSubStringBetween(at, end), status));
    }
    std::u32string result;
    for (int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
        const UChar32 c = composed.char32At(i);
        if (!u_isUWhiteSpace(c))
            appendLower(result, c);
        else if (!result.empty() && result.back() != U' ')
            result += U' ';
    }
    return result;
}

enum class Class { Space, Letter, Number, Other };

Class classOf(char32_t c)
{
    const uint32_t mask = U_GET_GC_MASK(UChar32(c));
    if (mask & U_GC_L_MASK)
        return Class::Letter;
    if (mask & U_GC_N_MASK)
        return Class::Number;
    return c == U' ' ? Class::Space : Class::Other;
}

/// The length of the word at the beginning: 's and its like, letters, one digit, or other signs.
size_t wordLength(std::u32string_view text)
{
    for (const std::u32string_view ending : {U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"})
        if (text.starts_with(ending))
            return ending.size();
    const Class first = classOf(text.front());
    if (first == Class::Number || first == Class::Space)
        return 1;
    size_t length = 1;
    while (length < text.size() && classOf(text[length]) == first)
        ++length;
    return length;
}

std::string utf8(std::u32string_view text)
{
    std::string result;
    icu::UnicodeString::fromUTF32(
        reinterpret_cast<const UChar32*>(text.data()), int32_t(text.size()))
        .toUTF8String(result);
    return result;
}

void encodeText(const Vocabulary& vocabulary, std::string_view text, std::vector<int64_t>& ids)
{
    const std::u32string all = normalized(text);
    std::u32string_view rest = all;
    while (!rest.empty()) {
        const size_t length = wordLength(rest);
        if (rest.front() != U' ')
            Word(vocabulary, utf8(rest.substr(0, length))).appendTo(ids);
        rest.remove_prefix(length);
    }
}

} // namespace

Tokenizer::Tokenizer(const std::filesystem::path& folder)
    : m_vocabulary(std::make_unique<const Vocabulary>(vocabularyFromFolder(folder)))
{
}

Tokenizer::Tokenizer(const std::filesystem::path& merges, int64_t pad)
    : m_vocabulary(std::make_unique<const Vocabulary>(vocabularyFromMerges(merges, pad)))
{
}

Tokenizer::~Tokenizer() = default;

std::vector<int64_t> Tokenizer::encode(std::string_view text) const
{
    if (text.size() > maximalText)
        throw Error("The text is longer than 64 MiB; shorten it.");
    const auto& specials = m_vocabulary->specials;
    std::vector<int64_t> ids;
    std::vector<size_t> places(specials.size(), 0); // of the next of each
    bool first = true;
    for (size_t at = 0; at < text.size();) {
        for (size_t i = 0; i < places.size(); ++i)
            if (first || places[i] < at)
                places[i] = std::min(text.find(specials[i].first, at), text.size());
        first = false;
        const auto next = size_t(std::ranges::min_element(places) - places.begin());
        encodeText(*m_vocabulary, text.substr(at, places[next] - at), ids);
        at = places[next];
        if (at < text.size()) {
            ids.push_back(specials[next].second);
            at += specials[next].first.size();
        }
    }
    return ids;
}

std::vector<int64_t> Tokenizer::padded(const std::vector<int64_t>& ids) const
{
    std::vector<int64_t> result = {begin()};
    result.insert(
        result.end(), ids.begin(), ids.begin() + std::ptrdiff_t(std::min(ids.size(), chunkSize)));
    result.push_back(end());
    result.resize(chunkSize + 2, pad());
    return result;
}

std::vector<std::vector<int64_t>> Tokenizer::chunks(const std::vector<int64_t>& ids) const
{
    std::vector<std::vector<int64_t>> result;
    for (size_t first = 0; first < std::max<size_t>(ids.size(), 1); first += chunkSize)
        result.push_back(padded(
            {ids.begin() + std::ptrdiff_t(first),
             ids.begin() + std::ptrdiff_t(std::min(first + chunkSize, ids.size()))}));
    return result;
}

std::string Tokenizer::token(int64_t id) const
{
    if (id < 0 || id >= int64_t(m_vocabulary->tokens.size()))
        return {};
    const std::string& token = m_vocabulary->tokens[size_t(id)];
    if (id == begin() || id == end())
        return token;
    std::string bytes;
    for (size_t i = 0; i < token.size();) {
        const size_t length = uint8_t(token[i]) < 0x80 ? 1 : 2;
        const auto found = std::ranges::find(byteCharacters(), token.substr(i, length));
        bytes += char(found - byteCharacters().begin());
        i += length;
    }
    std::string shown;
    icu::UnicodeString::fromUTF8(bytes).toUTF8String(shown);
    return shown;
}

int64_t Tokenizer::count() const
{
    return int64_t(m_vocabulary->tokens.size());
}

int64_t Tokenizer::begin() const
{
    return m_vocabulary->begin;
}

int64_t Tokenizer::end() const
{
    return m_vocabulary->end;
}

int64_t Tokenizer::pad() const
{
    return m_vocabulary->pad;
}
