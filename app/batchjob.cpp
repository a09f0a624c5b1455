// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchjob.h"

#include "app/batchsheet.h"
#include "app/engine.h"
#include "app/followed.h"
#include "core/errors.h"

#include <utility>

namespace {

Input inputOf(const PictureFile& picture, const ImageLimits& limits, const std::stop_token& stop)
{
    return {
        .image = loadImage(picture.file, limits, stop).image,
        .name = std::filesystem::path(picture.file).filename().string(),
        .weight = picture.weight,
        .kind = picture.kind,
        .begin = picture.begin,
        .end = picture.end};
}

} // namespace

Request requestOf(const BatchJob& job, const BatchItem& item, const std::stop_token& stop)
{
    Request request = job.base;
    for (const auto& [slot, picture] : item.pictures) {
        auto& pictures = request.images[slot];
        pictures.insert(pictures.begin(), inputOf(picture, job.limits, stop));
    }
    takeOwn(request, item);
    if (!stop.stop_requested())
        followPictures(job.method, job.card, request);
    return request;
}

BatchLook lookAt(const BatchJob& job, const BatchItem& item, const std::stop_token& stop)
{
    BatchLook look;
    try {
        const Request request = requestOf(job, item, stop);
        if (stop.stop_requested())
            return look;
        const Slot* main = mainSlot(job.method);
        const auto own = main ? item.pictures.find(main->id) : item.pictures.end();
        if (own != item.pictures.end())
            look.thumbnail = thumbnailOf(request.images.at(main->id).front().image);
        Prepared prepared = prepare(job.method, request, job.card);
        look.files = missingFiles(item, prepared, job.method, job.embed);
        if (look.files.empty())
            look.state = BatchItem::There;
        else
            look.prepared = std::move(prepared);
    } catch (const Error& error) {
        look.state = BatchItem::Failed;
        look.failure = error.sentence();
    } catch (...) {
        look.state = BatchItem::Failed;
        look.failure = currentFailure().sentence.toStdString();
    }
    return look;
}
