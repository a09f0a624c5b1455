// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchsheet.h"

#include "app/commandwords.h"
#include "app/delivery.h"
#include "app/freename.h"
#include "core/errors.h"
#include "core/file/base64.h"
#include "core/file/files.h"
#include "core/file/inputfile.h"
#include "core/picture/pictureformat.h"
#include "core/picture/resample.h"

#include <QString>
#include <QUrl>

#include <algorithm>
#include <span>

namespace fs = std::filesystem;

namespace {

constexpr int thumbnailSide = 160, thumbnailQuality = 80;
constexpr std::string_view head = // also what a page is known by
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Simile</title>\n";

std::string escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped().toStdString();
}

std::string linkTo(const fs::path& file)
{
    return QString::fromUtf8(
               QUrl::toPercentEncoding(QString::fromStdString(file.filename().string())))
        .toStdString();
}

/// The first picture that was made of one, of several candidates too; empty: there is none.
fs::path madeOf(const BatchItem& item)
{
    constexpr int several = 2;
    std::error_code ignored;
    if (fs::exists(item.out, ignored))
        return item.out;
    const fs::path first = candidateFiles(item.out, several).front();
    return fs::exists(first, ignored) ? first : fs::path();
}

std::string figureOf(const BatchItem& item)
{
    std::string html = "<figure>";
    if (item.thumbnail)
        html += "<img src=\"data:image/jpeg;base64,"
            + toBase64(std::as_bytes(std::span(*item.thumbnail))) + "\" alt=\"\">";
    const bool made = item.state == BatchItem::Made || item.state == BatchItem::There;
    if (const fs::path file = made ? madeOf(item) : fs::path(); !file.empty()) {
        const std::string link = linkTo(file);
        html += " <a href=\"" + link + "\"><img src=\"" + link + "\" alt=\"\"></a>";
    }
    const bool failed = item.state == BatchItem::Failed;
    const std::string failure = words(item.failure);
    return html + "<figcaption" + (failed ? " class=\"failed\"" : "") + ">" + escaped(labelOf(item))
        + (failure.empty() ? "" : ": " + escaped(failure)) + "</figcaption></figure>\n";
}

/// Failures first: they are what is to be seen to.
std::string sheetOf(const Method& method, const std::vector<BatchItem>& items)
{
    std::string html(head);
    html += "<style>"
            "body{font-family:sans-serif;margin:2em;background:#f4f4f5;color:#222}"
            "main{display:flex;flex-wrap:wrap;gap:1em;margin-bottom:2em}"
            "figure{margin:0;padding:.6em;background:#fff;border-radius:6px}"
            "img{width:160px;height:160px;object-fit:contain;vertical-align:top}"
            "figcaption{font-size:.8em;padding-top:.4em;max-width:330px;overflow-wrap:anywhere}"
            ".failed{color:#a00}</style></head>\n<body><h1>"
        + escaped(words(inWords(method.name))) + "</h1>\n";
    for (const bool failed : {true, false}) {
        std::string figures;
        for (const BatchItem& item : items)
            if ((item.state == BatchItem::Failed) == failed)
                figures += figureOf(item);
        if (!figures.empty())
            html += (failed ? "<h2>" + escaped(words("Failed")) + "</h2>\n" : std::string())
                + "<main>\n" + figures + "</main>\n";
    }
    return html + "</body></html>\n";
}

/// A page of ours may be written anew.
bool isOurs(const fs::path& file)
{
    try {
        return InputFile(file).text(0, head.size()) == head;
    } catch (const Error&) {
        return false;
    }
}

fs::path sheetFile(const fs::path& folder)
{
    fs::path file = folder / "index.html";
    for (int i = 2; isThere(file) && !isOurs(file); ++i)
        file = folder / ("index-" + std::to_string(i) + ".html");
    return file;
}

} // namespace

std::shared_ptr<const std::string> thumbnailOf(const Image& image)
{
    if (image.empty())
        return {};
    const double scale = std::min(1., double(thumbnailSide) / std::max(image.width, image.height));
    const auto side = [&](int pixels) { return std::max(1, int(pixels * scale)); };
    const auto jpeg = encodePicture(
        resize(image, side(image.width), side(image.height), Filter::Bicubic), PictureFormat::Jpeg,
        thumbnailQuality);
    return std::make_shared<const std::string>(
        reinterpret_cast<const char*>(jpeg.data()), jpeg.size());
}

void addThumbnails(
    std::vector<BatchItem>& items, const Method& method, const ImageLimits& limits,
    const std::stop_token& stop)
{
    const Slot* main = mainSlot(method);
    for (BatchItem& item : items) {
        const auto picture = main ? item.pictures.find(main->id) : item.pictures.end();
        if (item.thumbnail || item.state == BatchItem::Waiting || picture == item.pictures.end()
            || stop.stop_requested())
            continue;
        try {
            item.thumbnail = thumbnailOf(loadImage(picture->second.file, limits, stop).image);
        } catch (const Error&) {
            // Its failure stands beside it.
        }
    }
}

fs::path writeSheet(
    const Method& method, const fs::path& folder, const std::vector<BatchItem>& items)
{
    const std::string page = sheetOf(method, items);
    constexpr int most = 1000; // of a disk that shows nothing of what it says is there
    for (int i = 1;; ++i) {
        const fs::path file = sheetFile(folder);
        try {
            writeFileAtomically(
                file, std::as_bytes(std::span(page)),
                isThere(file) ? IfThere::Replace : IfThere::Keep);
            return file;
        } catch (const NameTaken&) { // in this very moment
            if (i == most)
                throw;
        }
    }
}

int sheetInterval(std::size_t items)
{
    constexpr int least = 25, times = 20;
    return std::max(least, int(items) / times);
}
