// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"
#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandwords.h"
#include "app/methodlist.h"
#include "app/rundifference.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/file/files.h"
#include "core/likeness.h"
#include "core/picture/difference.h"
#include "core/picture/imagefile.h"
#include "core/picture/pictureformat.h"
#include "core/record.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <optional>

namespace {

constexpr uint64_t largestPicture = uint64_t(1) << 30;

struct Compared
{
    Image image = {};
    std::optional<Record> record = {}; ///< of a picture of ours
};

Compared read(const std::string& file, Progress& progress)
{
    const auto bytes = readFile(file, largestPicture);
    LoadedImage loaded = decodeImage(bytes, file, Settings().imageLimits());
    for (const Sentence& note : loaded.notes)
        progress.note(note);
    return {std::move(loaded.image), readRecord(bytes)};
}

/// Of two pictures of ours, how they were made.
std::vector<RunDifference> changes(
    const Compared& first, const Compared& second, const MethodList& methods)
{
    if (!first.record || !second.record)
        return {};
    const auto making = [&](Record record) {
        const Method* method = methods.find(record.request.method);
        if (method)
            addUnrecorded(*method, record.request, record.resolved);
        return Making {
            method, record.request, record.resolved, QString::fromStdString(record.model)};
    };
    return differences(making(*first.record), making(*second.record));
}

/// A number as JSON has it, which knows no infinity.
nlohmann::json jsonOf(double number)
{
    return std::isfinite(number) ? nlohmann::json(number) : nlohmann::json();
}

void say(
    const CompareCommand& command, const PictureDifference& d, double ssim,
    const std::optional<double>& clip, const std::vector<RunDifference>& made)
{
    if (command.json) {
        auto changed = nlohmann::json::array();
        for (const RunDifference& line : made)
            changed.push_back(
                {{"what", line.what.toStdString()},
                 {"first", line.first.toStdString()},
                 {"second", line.second.toStdString()}});
        nlohmann::json object {
            {"mean_absolute", d.meanAbsolute}, {"largest", d.largest}, {"changed", d.changed},
            {"psnr", jsonOf(d.psnr)},          {"ssim", jsonOf(ssim)}, {"made_with", changed}};
        if (clip)
            object["clip"] = *clip;
        const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        std::printf("%s\n", text.c_str());
        return;
    }
    if (d.largest == 0)
        print(Sentence("The pictures are the same."));
    else {
        const auto digits = [](double value, int count) {
            return QString::number(value, 'f', count).toStdString();
        };
        print(Sentence(
            "mean absolute difference %1, largest %2 (of 255); %3 % of the pixels changed",
            digits(d.meanAbsolute, 3), d.largest, digits(100 * d.changed, 1)));
        std::printf("PSNR %.2f dB, SSIM %.4f\n", d.psnr, ssim);
    }
    if (clip)
        print(Sentence("CLIP similarity %1", QString::number(*clip, 'f', 4).toStdString()));
    for (const RunDifference& line : made)
        std::printf(
            "%s: %s -> %s\n", qUtf8Printable(line.what), qUtf8Printable(line.first),
            qUtf8Printable(line.second));
}

int compareOrThrow(const CompareCommand& command, const MethodList& methods, Progress& progress)
{
    if (std::isnan(command.gain))
        throw CommandError(ExitBadArguments, "The gain is a number from 0.1 to 255.");
    if (!command.out.empty()
        && formatOfSuffix(std::filesystem::path(command.out).extension().string())
            != PictureFormat::Png)
        throw CommandError(
            ExitBadArguments,
            "The picture of the difference is a PNG file: end its name %1 with .png.", command.out);
    if (!command.out.empty())
        checkIsNotGiven(command.out, {command.first, command.second, command.clip});
    const Compared first = read(command.first, progress), second = read(command.second, progress);
    std::optional<double> clip;
    if (!command.clip.empty()) {
        Models models(Settings::cacheFolder().toStdString(), convertedCheckpoint);
        clip = clipLikeness(command.clip, first.image, {second.image}, models).at(0);
    }
    const PictureDifference difference = differenceOf(first.image, second.image);
    if (!command.out.empty())
        writeFileAtomically(
            command.out,
            encodePng(differencePicture(
                first.image, second.image, {.isSigned = !command.absolute, .gain = command.gain})));
    say(command, difference, similarityOf(first.image, second.image), clip,
        changes(first, second, methods));
    return ExitDone;
}

} // namespace

int compare(const CompareCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return compareOrThrow(command, methods, progress); });
}
