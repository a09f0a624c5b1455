// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/emphasis.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace {

constexpr double step = 1.1, mostWeight = 10;
constexpr double mostInAll =
    1e6; ///< of brackets within each other, so that it stays a number in fp32
constexpr std::size_t deepest = 64;
constexpr std::string_view blanks = " \t\r\n\f\v";

bool isWordSign(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return std::isalnum(code) || c == '_' || code >= 128;
}

/// Whether a word stands at a place, by itself.
bool wordAt(std::string_view text, std::size_t at, std::string_view word)
{
    const std::size_t end = at + word.size();
    return text.substr(at, word.size()) == word && (at == 0 || !isWordSign(text[at - 1]))
        && (end == text.size() || !isWordSign(text[end]));
}

/// ":1.3)" at a place, or ":8]".
struct Colon
{
    std::size_t end = 0;               ///< behind the bracket; 0: it is something else
    std::optional<double> weight = {}; ///< nothing: it is no number that counts
};

Colon colonAt(std::string_view text, std::size_t at, char bracket)
{
    std::size_t begin = text.find_first_not_of(blanks, at + 1);
    if (begin == text.npos)
        return {};
    std::size_t end = begin;
    if (text[begin] == '+')
        end = ++begin; // which from_chars() does not take
    else if (text[begin] == '-')
        ++end;
    while (end < text.size()
           && (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.'))
        ++end;
    const std::size_t close = text.find_first_not_of(blanks, end);
    if (end == begin || close == text.npos || text[close] != bracket)
        return {};
    Colon colon {.end = close + 1};
    double weight = 0;
    const auto [stopped, error] = std::from_chars(text.data() + begin, text.data() + end, weight);
    if (error == std::errc() && stopped == text.data() + end && std::abs(weight) <= mostWeight)
        colon.weight = weight;
    return colon;
}

class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
        , m_lastClose(text.find('>') == text.npos ? 0 : text.rfind('>'))
        , m_pieces(1)
    {
    }

    WeighedPrompt read()
    {
        for (std::size_t at = 0; at < m_text.size();)
            at = next(at);
        for (const Open& open : m_round)
            multiply(open, step);
        for (const Open& open : m_square)
            multiply(open, 1 / step);
        return {.parts = parts(), .notes = std::move(m_notes)};
    }

private:
    /// A bracket that is open: the empty piece that stands for it, which gets its sign where it is
    /// text after all.
    struct Open
    {
        std::size_t piece = 0;
        bool means = false; ///< it holds a sign that elsewhere means something
    };

    std::size_t next(std::size_t at)
    {
        const char c = m_text[at];
        if (c == '\\' && at + 1 < m_text.size()
            && std::string_view("()[]\\").find(m_text[at + 1]) != std::string_view::npos) {
            add(m_text.substr(at + 1, 1));
            return at + 2;
        }
        if (c == '<' && m_text.substr(at, 6) == "<lora:" && at < m_lastClose)
            if (const std::size_t end = m_text.find('>', at); end != m_text.npos) {
                note(
                    "%1 was taken out of the prompt: choose the file as a LoRA.",
                    m_text.substr(at, end + 1 - at));
                return end + 1;
            }
        if ((c == '(' || c == '[') && m_round.size() + m_square.size() < deepest) {
            (c == '(' ? m_round : m_square).push_back({m_pieces.size()});
            m_pieces.resize(m_pieces.size() + 2); // for the bracket, and what follows
            return at + 1;
        }
        if (c == ':' && !m_round.empty())
            if (const Colon colon = colonAt(m_text, at, ')'); colon.end > 0) {
                closeRound(colon, m_text.substr(at, colon.end - at));
                return colon.end;
            }
        if (c == ')' && !m_round.empty()) {
            multiply(pop(m_round), step);
            return at + 1;
        }
        if (c == ']' && !m_square.empty()) {
            closeSquare();
            return at + 1;
        }
        if (!m_square.empty()
            && ((c == '|' && isInnermostSquare())
                || (c == ':' && colonAt(m_text, at, ']').end > 0)))
            m_square.back().means = true;
        if (c == 'A' && wordAt(m_text, at, "AND"))
            note("%1 stays a word of the prompt here.", "AND");
        add(m_text.substr(at, 1));
        return at + 1;
    }

    bool isInnermostSquare() const
    {
        return m_round.empty() || m_round.back().piece < m_square.back().piece;
    }
    void add(std::string_view text) { m_pieces.back().text += text; }
    void note(const char* pattern, std::string_view what)
    {
        constexpr std::size_t mostNotes = 16;
        Sentence sentence(pattern, std::string(what));
        if (m_notes.size() < mostNotes && std::ranges::find(m_notes, sentence) == m_notes.end())
            m_notes.push_back(std::move(sentence));
    }
    static Open pop(std::vector<Open>& stack)
    {
        const Open open = stack.back();
        stack.pop_back();
        return open;
    }
    /// All that came since the bracket; what follows is a piece of its own.
    void multiply(const Open& open, double weight)
    {
        for (std::size_t i = open.piece; i < m_pieces.size(); ++i)
            m_pieces[i].weight = std::clamp(m_pieces[i].weight * weight, -mostInAll, mostInAll);
        m_pieces.emplace_back();
    }
    void closeRound(const Colon& colon, std::string_view text)
    {
        const Open open = pop(m_round);
        if (colon.weight)
            return multiply(open, *colon.weight);
        m_pieces[open.piece].text = "(";
        add(text);
        note(
            "%1 is no weight between -10 and 10, so its brackets are taken as text.",
            text.substr(1, text.size() - 2));
    }
    void closeSquare()
    {
        const Open open = pop(m_square);
        if (!open.means)
            return multiply(open, 1 / step);
        m_pieces[open.piece].text = "[";
        add("]");
        note("%1 is taken as text: prompts do not change during a run here.", "[...]");
    }

    /// The pieces, divided at each BREAK.
    std::vector<std::vector<WeighedText>> parts() const
    {
        std::vector<std::vector<WeighedText>> parts(1);
        const auto put = [&](std::string_view text, double weight) {
            auto& part = parts.back();
            if (text.empty())
                return;
            if (!part.empty() && part.back().weight == weight)
                part.back().text += text;
            else
                part.push_back({std::string(text), weight});
        };
        for (const WeighedText& piece : m_pieces) {
            std::string_view rest = piece.text;
            for (std::size_t at = 0; (at = rest.find("BREAK", at)) != rest.npos;) {
                if (!wordAt(rest, at, "BREAK")) {
                    ++at;
                    continue;
                }
                const std::size_t last = rest.substr(0, at).find_last_not_of(blanks);
                put(rest.substr(0, last == rest.npos ? 0 : last + 1), piece.weight);
                parts.emplace_back();
                const std::size_t begin = rest.find_first_not_of(blanks, at + 5);
                rest = begin == rest.npos ? std::string_view() : rest.substr(begin);
                at = 0;
            }
            put(rest, piece.weight);
        }
        if (parts.size() > 1 && parts.back().empty())
            parts.pop_back(); // nothing follows
        for (auto& part : parts)
            if (part.empty())
                part.emplace_back();
        return parts;
    }

    std::string_view m_text;
    std::size_t m_lastClose = 0; ///< of the last ">"
    std::vector<WeighedText> m_pieces;
    std::vector<Open> m_round, m_square;
    std::vector<Sentence> m_notes;
};

} // namespace

WeighedPrompt readWeighedPrompt(std::string_view prompt)
{
    return Reader(prompt).read();
}

WeighedPrompt literalPrompt(std::string_view prompt)
{
    return {.parts = {{{std::string(prompt), 1}}}};
}
