// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/delivery.h"

#include "app/engine.h"
#include "app/exitstatus.h"
#include "app/freename.h"
#include "app/settings.h"
#include "core/arrayfile.h"
#include "core/file/files.h"
#include "core/file/outputfile.h"
#include "core/picture/imagefile.h"
#include "core/picture/pictureformat.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <span>

namespace fs = std::filesystem;

namespace {

/// A picture that was written, perhaps elsewhere.
struct Written
{
    fs::path file = {};
    bool elsewhere = false;
};

/// Writes to a place of our own what could not be written where it should be; empty: nowhere.
fs::path keep(const fs::path& name, std::span<const std::byte> bytes)
{
    std::error_code failed;
    for (const fs::path& folder :
         {Settings::keptResultsFolder(), fs::temp_directory_path(failed) / "simile-kept"}) {
        try {
            fs::create_directories(folder);
            const fs::path file = freeName(folder, name.stem().string(), name.extension().string());
            writeFileAtomically(file, bytes);
            return file;
        } catch (const std::exception&) { // the next one
        }
    }
    return {};
}

Written write(const fs::path& file, std::span<const std::byte> bytes, Progress& progress)
{
    try {
        writeFileAtomically(file, bytes);
        return {.file = file};
    } catch (...) {
        const Failure failure = currentFailure();
        const fs::path kept = keep(file.filename(), bytes);
        if (kept.empty())
            throw;
        progress.error(failure.sentence, failure.details);
        progress.note({"The picture was kept as %1.", kept.string()});
        return {.file = kept, .elsewhere = true};
    }
}

/// Writes the numbers; where they cannot be written that is said, and false.
bool writeNumbers(const Delivery& delivery, Progress& progress)
{
    try {
        saveArrays(delivery.command.data, delivery.result.arrays);
        return true;
    } catch (...) {
        const Failure failure = currentFailure();
        progress.error(failure.sentence, failure.details);
        return false;
    }
}

void tell(const Delivery& delivery, const nlohmann::json& pictures, bool numbers)
{
    const MakeCommand& command = delivery.command;
    const Record& record = delivery.record;
    if (!command.json) {
        for (const auto& picture : pictures)
            std::printf("%s\n", picture["file"].get_ref<const std::string&>().c_str());
        if (numbers)
            std::printf("%s\n", command.data.c_str());
        return;
    }
    const nlohmann::json object {
        {"pictures", pictures},
        {"data", numbers ? nlohmann::json(command.data) : nlohmann::json()},
        {"notes", english(delivery.result.notes)},
        {"seconds", delivery.seconds},
        {"steps", record.steps},
        {"model", {{"name", record.model}, {"hash", record.modelHash}}},
        {"latent", record.latentHash}};
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
}

} // namespace

int deliver(const Delivery& delivery, Progress& progress)
{
    const MakeCommand& command = delivery.command;
    const Result& result = delivery.result;
    for (const Sentence& note : result.notes)
        progress.note(note);
    Record record = delivery.record;
    const bool png = delivery.files.empty()
        || formatOfSuffix(fs::path(delivery.files.front()).extension().string())
            == PictureFormat::Png;
    if (!png && command.embed != Embed::None)
        progress.note("Only a PNG carries how it was made, so this file does not.");
    const PackedInputs packed = pack(record.request.images, command.embed);
    auto pictures = nlohmann::json::array();
    bool good = true;
    for (std::size_t i = 0; i < delivery.files.size(); ++i) {
        const Candidate& candidate = result.candidates[i];
        record.candidate = int(i);
        const PictureFormat format =
            formatOfSuffix(fs::path(delivery.files[i]).extension().string())
                .value_or(PictureFormat::Png);
        const auto texts = format == PictureFormat::Png
            ? toText(record, command.embed, delivery.method, packed)
            : std::vector<TextChunk>();
        const auto bytes = !delivery.deep.empty()
            ? encodePicture(delivery.deep.at(i).image, format, texts)
            : format == PictureFormat::Png ? encodePng(candidate.image, texts)
                                           : encodePicture(candidate.image, format, usualQuality);
        const Written written = write(delivery.files[i], bytes, progress);
        good = good && !written.elsewhere;
        pictures.push_back(
            {{"file", written.file.string()},
             {"seed", candidate.seed},
             {"width", candidate.image->width},
             {"height", candidate.image->height}});
    }
    const bool wanted = !command.data.empty() && !result.arrays.empty();
    const bool numbers = wanted && writeNumbers(delivery, progress);
    if (!command.data.empty() && result.arrays.empty())
        progress.note({"No numbers were made, so %1 was not written.", command.data});
    tell(delivery, pictures, numbers);
    return good && numbers == wanted ? ExitDone : ExitFailed;
}

std::vector<fs::path> candidateFiles(const fs::path& out, int count)
{
    if (count == 1)
        return {out};
    std::vector<fs::path> files;
    for (int i = 1; i <= count; ++i)
        files.push_back(
            out.parent_path()
            / (out.stem().string() + "-" + std::to_string(i) + out.extension().string()));
    return files;
}

void tryOutput(const fs::path& file, uint64_t bytes)
{
    try {
        OutputFile trial(file, bytes);
        const std::vector<std::byte> zeros(bytes);
        trial.write(zeros);
    } catch (const Error& error) {
        throw CommandError(ExitFailed, error.sentence());
    }
}
