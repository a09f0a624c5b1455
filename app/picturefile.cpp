// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/picturefile.h"

#include "core/errors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>

namespace {

using Folder = std::filesystem::path;

bool exists(const Folder& folder, const std::string& file)
{
    std::error_code ignored;
    return std::filesystem::exists(folder / file, ignored);
}

std::optional<double> weightIn(std::string_view text)
{
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stopped != end || !std::isfinite(value))
        return {};
    return value;
}

/// Reads "0-0.6" into the picture; false: it is no such part of a run.
bool takeSpan(PictureFile& picture, std::string_view text)
{
    const auto dash = text.find('-');
    if (dash == std::string_view::npos)
        return false;
    const auto begin = weightIn(text.substr(0, dash)), end = weightIn(text.substr(dash + 1));
    if (!begin || !end || *begin < 0 || *begin >= *end || *end > 1)
        return false;
    picture.begin = *begin;
    picture.end = *end;
    return true;
}

bool takeWeight(PictureFile& picture, std::string_view text)
{
    constexpr double heaviest = 1e6; // in a record, too
    const auto weight = weightIn(text);
    if (!weight || *weight < 0 || *weight > heaviest)
        return false;
    picture.weight = *weight;
    return true;
}

/// Takes the last ":..." off the file, if @p take can read it and the file is not there as it is.
template<typename Take>
void peel(PictureFile& picture, const Folder& folder, Take take)
{
    const auto colon = picture.file.rfind(':');
    if (colon == std::string::npos || colon == 0 || exists(folder, picture.file))
        return;
    if (take(picture, std::string_view(picture.file).substr(colon + 1)))
        picture.file.erase(colon);
}

/// Takes "kind:" off the file's front.
void takeKind(const Slot& slot, PictureFile& picture)
{
    const auto colon = picture.file.find(':');
    const std::string first = picture.file.substr(0, colon);
    if (colon == std::string::npos
        || std::ranges::find(slot.kinds, first, &Choice::value) == slot.kinds.end())
        return;
    picture.kind = first;
    picture.file.erase(0, colon + 1);
}

/// Whether there is a file once something is cut off at a colon, so that the rest was meant as more
/// than a name.
bool startsWithFile(const Folder& folder, const std::string& text)
{
    for (auto colon = text.rfind(':'); colon != std::string::npos && colon > 0;
         colon = text.rfind(':', colon - 1))
        if (exists(folder, text.substr(0, colon)))
            return true;
    return false;
}

/// "canny, hed or none"
std::string endingsOf(const std::vector<Choice>& kinds)
{
    std::string list;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        list += (i == 0 ? "" : i + 1 < kinds.size() ? ", " : " or ") + kinds[i].value;
    return list;
}

[[noreturn]] void refuse(const Slot& slot, const std::string& option, const std::string& text)
{
    const Sentence kinds =
        slot.kinds.empty() ? Sentence() : Sentence(" A kind is %1.", endingsOf(slot.kinds));
    const Sentence weight =
        slot.weight ? Sentence(" A weight is a number such as 0.8.") : Sentence();
    const Sentence span =
        slot.span ? Sentence(" A part of the run is within 0-1, such as 0-0.6.") : Sentence();
    throw Error(
        "%1 cannot be \"%2\": write it as %3.%4%5%6", option, text, formOf(slot), kinds, weight,
        span);
}

} // namespace

std::string formOf(const Slot& slot)
{
    std::string form = slot.kinds.empty() ? "FILE" : "KIND:FILE";
    if (slot.weight)
        form += slot.span ? "[:WEIGHT[:BEGIN-END]]" : "[:WEIGHT]";
    else if (slot.span)
        form += "[:BEGIN-END]";
    return form;
}

PictureFile parsePictureFile(
    const Slot& slot, const std::string& option, const std::string& text, const Folder& folder)
{
    PictureFile picture {.file = text};
    const auto found = [&] {
        picture.file = (folder / picture.file).string();
        return picture;
    };
    if (exists(folder, text))
        return found();
    takeKind(slot, picture);
    if (slot.span)
        peel(picture, folder, takeSpan);
    if (slot.weight)
        peel(picture, folder, takeWeight);
    const bool there = exists(folder, picture.file);
    const auto colon = picture.file.find(':');
    // A kind that is misspelt has its file behind it.
    const bool otherKind = !slot.kinds.empty() && picture.kind.empty() && colon != std::string::npos
        && exists(folder, picture.file.substr(colon + 1));
    if (picture.file.empty() || (!there && (otherKind || startsWithFile(folder, picture.file))))
        refuse(slot, option, text);
    return found();
}
