// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/touchtext.h"

#include "core/errors.h"
#include "core/textparts.h"
#include "core/values.h"

#include <algorithm>
#include <array>
#include <optional>

namespace {

constexpr double mostTimes = 4;
constexpr int mostHeads = 1024;
constexpr std::array cellNames = {"A", "A'", "B", "B'"}, shownNames = {"A", "A′", "B", "B′"};

/// A number from 0 to @p most.
std::optional<double> upTo(double most, std::string_view text)
{
    const auto value = number<double>(text);
    return value && *value >= 0 && *value <= most ? value : std::nullopt;
}

std::string numberText(double value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

[[noreturn]] void refuse(std::string_view text, const Sentence& accepted)
{
    throw ValueError("The touch \"%1\" cannot be taken: %2.", std::string(text), accepted);
}

std::vector<std::string> split(std::string_view text, char at)
{
    std::vector<std::string> parts;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(at, begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

/// "8" is 8-9; "8-" is open.
std::optional<Range> range(const std::string& text)
{
    const size_t dash = text.find('-');
    const auto begin = number<int>(text.substr(0, dash));
    const std::string rest = dash == text.npos ? "" : text.substr(dash + 1);
    const auto end = dash == text.npos
        ? begin && *begin < INT_MAX ? std::optional(*begin + 1) : std::nullopt
        : rest.empty() ? std::optional(INT_MAX)
                       : number<int>(rest);
    if (!begin || !end || *begin < 0 || *end <= *begin)
        return {};
    return Range {*begin, *end};
}

Layers layers(std::string_view touch, const std::string& text)
{
    Layers set;
    if (text == "all")
        return set;
    for (const std::string& part : split(text, ',')) {
        const auto one = range(part);
        if (!one)
            refuse(
                touch,
                "its layers are \"all\", or such as 8, 8-11 or 8-11,13, where the end is not "
                "included");
        set.push_back(*one);
    }
    std::ranges::sort(set, {}, &Range::begin);
    Layers merged;
    for (const Range& one : set)
        if (!merged.empty() && one.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, one.end);
        else
            merged.push_back(one);
    return merged;
}

std::string layersText(const Layers& layers)
{
    if (layers.empty())
        return "all";
    std::string text = toText(Value(layers));
    std::ranges::replace(text, ':', '-');
    return text;
}

/// The part of the run, if a text says one.
std::optional<std::pair<double, double>> partOf(std::string_view text)
{
    const size_t dash = text.find('-');
    if (dash == text.npos)
        return {};
    const auto begin = number<double>(text.substr(0, dash));
    const auto end = number<double>(text.substr(dash + 1));
    return begin && end ? std::optional(std::pair(*begin, *end)) : std::nullopt;
}

/// Takes what stands behind the last colon off a text.
std::string takeLast(std::string& text)
{
    const size_t colon = text.rfind(':');
    const std::string last = trimmed(text.substr(colon == text.npos ? 0 : colon + 1));
    text.resize(colon == text.npos ? 0 : colon);
    return last;
}

void takePart(Touch& touch, std::string_view whole, std::string& rest)
{
    std::string shorter = rest;
    const auto part = partOf(takeLast(shorter));
    if (!part)
        return;
    rest = shorter;
    std::tie(touch.begin, touch.end) = *part;
    if (!(touch.begin >= 0 && touch.begin < touch.end && touch.end <= 1))
        refuse(whole, "the part of the run lies between 0 and 1, as in 0-0.5");
}

void takeBox(Touch& touch, std::string_view whole, const std::string& text)
{
    const auto parts = split(text, ',');
    std::vector<double> sides;
    for (const std::string& part : parts)
        if (const auto side = upTo(1, part))
            sides.push_back(*side);
    if (parts.size() != 4 || sides.size() != 4 || sides[2] == 0 || sides[3] == 0)
        refuse(
            whole,
            "a box is its left edge, its top, its width and its height in parts of the picture, "
            "from 0 to 1, as in 0.5,0,0.5,1");
    touch.x = sides[0], touch.y = sides[1], touch.width = sides[2], touch.height = sides[3];
}

void takeShare(Touch& touch, std::string_view whole, std::string text)
{
    constexpr std::string_view prime = "′";
    for (size_t at; (at = text.find(prime)) != text.npos;)
        text.replace(at, prime.size(), "'");
    const auto cells = split(text, '>');
    std::vector<int> found;
    for (const std::string& cell : cells)
        if (const auto name = std::ranges::find(cellNames, cell); name != cellNames.end())
            found.push_back(int(name - cellNames.begin()));
    if (cells.size() != 2 || found.size() != 2)
        refuse(whole, "a share is of two of the cells A, A', B and B', as in B'>A");
    touch.queries = found[0], touch.keys = found[1];
}

/// What is changed in an attention: "head=3".
void takeWhat(Touch& touch, std::string_view whole, const std::string& text)
{
    const size_t equals = text.find('=');
    const std::string what = trimmed(text.substr(0, equals));
    const std::string of = equals == text.npos ? "" : trimmed(text.substr(equals + 1));
    const bool self = touch.kind == SiteKind::SelfAttention;
    if (what == "head") {
        touch.what = Touch::Head;
        const auto head = number<int>(of);
        if (!head || *head < 0 || *head > mostHeads)
            refuse(whole, "heads count from 0, as in head=3");
        touch.head = *head;
    } else if (what == "rows" || (what == "columns" && self)) {
        touch.what = what == "rows" ? Touch::Rows : Touch::Columns;
        takeBox(touch, whole, of);
    } else if (what == "share" && self) {
        touch.what = Touch::Share;
        takeShare(touch, whole, of);
    } else if (what == "word" && !self) {
        touch.what = Touch::Word;
        touch.word = of;
        if (of.empty())
            refuse(whole, "it names the word, as in word=circle:2");
    } else {
        refuse(
            whole,
            self ? "what is changed in self-attention is a head, rows, columns or a share, as in "
                   "head=3:0, rows=0,0,0.5,1:0.2, columns=0,0,0.5,1:0 and share=B'>A:2, or "
                   "inject=off"
                 : "what is changed in cross-attention is a head, a word or rows, as in head=3:0, "
                   "word=circle:2 and rows=0,0,0.5,1:0.2");
    }
}

/// What stands behind the layers.
void takeChange(Touch& touch, std::string_view whole, std::string rest)
{
    takePart(touch, whole, rest);
    rest = trimmed(rest);
    const bool features = touch.kind == SiteKind::ResidualBlock;
    if (features && rest != "off")
        refuse(whole, "injected features can be left out only, as in features:14:off");
    if (features || (touch.kind == SiteKind::SelfAttention && rest == "inject=off")) {
        touch.what = Touch::Injection;
        touch.times = 0;
        return;
    }
    std::string what = rest;
    const auto times = upTo(mostTimes, takeLast(what));
    if (!times && what.empty())
        what = rest; // which may be wrong itself
    takeWhat(touch, whole, what);
    if (!times)
        refuse(whole, "it ends in the number to multiply by, from 0 to 4, as in head=3:0");
    touch.times = *times;
}

std::string boxText(const Touch& touch)
{
    return numberText(touch.x) + "," + numberText(touch.y) + "," + numberText(touch.width) + ","
        + numberText(touch.height);
}

/// "head=3"; of an injection nothing.
std::string whatText(const Touch& touch)
{
    switch (touch.what) {
    case Touch::Head:
        return "head=" + std::to_string(touch.head);
    case Touch::Word:
        return "word=" + touch.word;
    case Touch::Rows:
        return "rows=" + boxText(touch);
    case Touch::Columns:
        return "columns=" + boxText(touch);
    case Touch::Share:
        return std::string("share=") + cellNames.at(size_t(touch.queries)) + ">"
            + cellNames.at(size_t(touch.keys));
    case Touch::Injection:
        break;
    }
    return {};
}

std::string partText(const Touch& touch)
{
    return numberText(touch.begin) + "-" + numberText(touch.end);
}

} // namespace

Touch parseTouch(std::string_view text)
{
    Touch touch;
    const std::string whole = trimmed(text);
    if (whole.starts_with("word=")) {
        takeChange(touch, whole, whole);
        return touch;
    }
    const size_t first = std::min(whole.find(':'), whole.size());
    const size_t second = std::min(whole.find(':', first + 1), whole.size());
    const std::string kind = trimmed(whole.substr(0, first));
    if (second == whole.size() || (kind != "cross" && kind != "self" && kind != "features"))
        refuse(
            whole,
            "it is where, at which layers, what and how much, as in cross:8:head=3:0, "
            "self:8-11:share=B'>A:2 and features:14:off, or a word, as in word=circle:2");
    touch.kind = kind == "cross" ? SiteKind::CrossAttention
        : kind == "self"         ? SiteKind::SelfAttention
                                 : SiteKind::ResidualBlock;
    touch.layers = layers(whole, trimmed(whole.substr(first + 1, second - first - 1)));
    takeChange(touch, whole, whole.substr(second + 1));
    return touch;
}

std::string toText(const Touch& touch)
{
    std::string text;
    if (touch.what != Touch::Word || !touch.layers.empty()) {
        text = touch.kind == SiteKind::CrossAttention ? "cross:"
            : touch.kind == SiteKind::SelfAttention   ? "self:"
                                                      : "features:";
        text += layersText(touch.layers) + ":";
    }
    if (touch.what == Touch::Injection)
        text += touch.kind == SiteKind::ResidualBlock ? "off" : "inject=off";
    else
        text += whatText(touch) + ":" + numberText(touch.times);
    if (touch.begin != 0 || touch.end != 1)
        text += ":" + partText(touch);
    return text;
}

Sentence described(const Touch& touch)
{
    const std::string layers = layersText(touch.layers), times = numberText(touch.times);
    const bool cross = touch.kind == SiteKind::CrossAttention;
    Sentence where = touch.layers.empty()
        ? (cross ? Sentence("all cross-attention") : Sentence("all self-attention"))
        : cross ? Sentence("cross-attention %1", layers)
                : Sentence("self-attention %1", layers);
    if (touch.kind == SiteKind::ResidualBlock)
        where = touch.layers.empty() ? Sentence("all features") : Sentence("features %1", layers);
    Sentence what;
    switch (touch.what) {
    case Touch::Head:
        what = {"Head %1 of %2, times %3", touch.head, where, times};
        break;
    case Touch::Word:
        what = {"The word \"%1\" in %2, times %3", touch.word, where, times};
        break;
    case Touch::Rows:
        what = {"What the box %1 takes from %2, times %3", boxText(touch), where, times};
        break;
    case Touch::Columns:
        what = {"How much the box %1 is looked at in %2, times %3", boxText(touch), where, times};
        break;
    case Touch::Share:
        what = {
            "How much %1 looks at %2 in %3, times %4",
            std::string(shownNames.at(size_t(touch.queries))),
            std::string(shownNames.at(size_t(touch.keys))), where, times};
        break;
    case Touch::Injection:
        what = {"Nothing is injected at %1", where};
        break;
    }
    if (touch.begin == 0 && touch.end == 1)
        return what;
    return {"%1, in the part %2 of the run", what, partText(touch)};
}
