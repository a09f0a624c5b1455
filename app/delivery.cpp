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
#include <functional>
#include <optional>

namespace fs = std::filesystem;

namespace {

using Write = std::function<void(const fs::path&, IfThere)>;

/// Writes to a place of our own what could not be written where it should be; empty: nowhere.
fs::path keep(const fs::path& name, const Write& write)
{
    std::error_code failed;
    for (const fs::path& folder :
         {Settings::keptResultsFolder(), fs::temp_directory_path(failed) / "simile-kept"}) {
        try {
            fs::create_directories(folder);
            return writtenUnderFreeName(
                folder, name.stem().string(), name.extension().string(),
                [&](const fs::path& file) { write(file, IfThere::Keep); });
        } catch (const std::exception&) { // the next one
        }
    }
    return {};
}

bool isNameTaken()
{
    try {
        throw;
    } catch (const NameTaken&) {
        return true;
    } catch (...) {
        return false;
    }
}

Written writeOrKeep(
    const fs::path& file, const Write& write, Progress& progress, IfThere there = IfThere::Replace)
{
    try {
        write(file, there);
        return {.file = file};
    } catch (...) {
        const Failure failure = currentFailure();
        const bool taken = isNameTaken();
        const fs::path kept = keep(file.filename(), write);
        if (kept.empty())
            throw;
        progress.error(failure.sentence, failure.details);
        progress.note({"It was kept as %1.", kept.string()});
        return {
            .file = kept, .elsewhere = true, .why = failure.sentence.toStdString(), .taken = taken};
    }
}

/// The numbers' file; where they cannot be written that is said, and nothing.
std::optional<Written> writeNumbers(const Delivery& delivery, Progress& progress)
{
    try {
        return writeOrKeep(delivery.command.data, delivery.result.arrays, progress);
    } catch (...) {
        const Failure failure = currentFailure();
        progress.error(failure.sentence, failure.details);
        return {};
    }
}

/// What the pictures' files say of their making. Where that cannot be put together (there may be
/// no memory for the input pictures) the pictures are written without, and that is said once.
class PictureMaking
{
public:
    PictureMaking(const Delivery& delivery, Progress& progress)
        : m_delivery(delivery)
        , m_progress(progress)
        , m_record(delivery.record)
    {
        attempt([&] {
            const Pictures& images = m_record.request.images;
            m_packed = pack(images, delivery.command.embed);
            const bool without = std::ranges::any_of(m_packed, [](const auto& slot) {
                return std::ranges::any_of(slot.second, &std::string::empty, &PackedInput::png);
            });
            if (delivery.command.embed == Embed::Full && without)
                progress.note("The input pictures are too large to be put into the file, which has "
                              "their checksums alone.");
        });
    }

    std::vector<TextChunk> texts(int candidate)
    {
        std::vector<TextChunk> texts;
        m_record.candidate = candidate;
        if (!m_failed)
            attempt([&] {
                texts = toText(m_record, m_delivery.command.embed, m_delivery.method, m_packed);
            });
        return texts;
    }

private:
    template<typename Work>
    void attempt(const Work& work)
    {
        try {
            work();
        } catch (...) {
            m_failed = true;
            m_progress.note(
                {"The file does not say how it was made: %1",
                 currentFailure().sentence.toStdString()});
        }
    }

    const Delivery& m_delivery;
    Progress& m_progress;
    Record m_record;
    PackedInputs m_packed = {};
    bool m_failed = false;
};

void tell(
    const Delivery& delivery, const nlohmann::json& pictures, const std::optional<Written>& numbers)
{
    const MakeCommand& command = delivery.command;
    const Record& record = delivery.record;
    if (!command.json) {
        for (const auto& picture : pictures)
            std::printf("%s\n", picture["file"].get_ref<const std::string&>().c_str());
        if (numbers)
            std::printf("%s\n", numbers->file.c_str());
        return;
    }
    const nlohmann::json object {
        {"pictures", pictures},
        {"data", numbers ? nlohmann::json(numbers->file.string()) : nlohmann::json()},
        {"notes", english(delivery.result.notes)},
        {"seconds", delivery.seconds},
        {"steps", record.steps},
        {"model", {{"name", record.model}, {"hash", record.modelHash}}},
        {"latent", record.latentHash}};
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
}

} // namespace

Written writeOrKeep(
    const fs::path& file, std::span<const std::byte> bytes, Progress& progress, IfThere there)
{
    return writeOrKeep(
        file, [&](const fs::path& place, IfThere old) { writeFileAtomically(place, bytes, old); },
        progress, there);
}

Written writeOrKeep(
    const fs::path& file, const std::map<std::string, Array>& numbers, Progress& progress)
{
    return writeOrKeep(
        file, [&](const fs::path& place, IfThere old) { saveArrays(place, numbers, old); },
        progress);
}

int deliver(const Delivery& delivery, Progress& progress, Written* elsewhere)
{
    const MakeCommand& command = delivery.command;
    const Result& result = delivery.result;
    for (const Sentence& note : result.notes)
        progress.note(note);
    const PictureFormat format = delivery.files.empty()
        ? PictureFormat::Png
        : formatOfSuffix(fs::path(delivery.files.front()).extension().string())
              .value_or(PictureFormat::Png);
    const bool png = format == PictureFormat::Png;
    if (!png && command.embed != Embed::None)
        progress.note("Only a PNG carries how it was made, so this file does not.");
    std::optional<PictureMaking> making;
    if (png && !delivery.files.empty())
        making.emplace(delivery, progress);
    auto pictures = nlohmann::json::array();
    bool good = true;
    for (std::size_t i = 0; i < delivery.files.size(); ++i) {
        if (!command.files.empty() && std::ranges::count(command.files, delivery.files[i]) == 0)
            continue; // it is there
        const Candidate& candidate = result.candidates[i];
        const auto texts = making ? making->texts(int(i)) : std::vector<TextChunk>();
        const auto bytes = !delivery.deep.empty()
            ? encodePicture(delivery.deep.at(i).image, format, texts)
            : png ? encodePng(candidate.image, texts)
                  : encodePicture(candidate.image, format, usualQuality);
        const Written written = writeOrKeep(
            delivery.files[i], bytes, progress,
            command.keepsOld ? IfThere::Keep : IfThere::Replace);
        if (written.elsewhere && good && elsewhere)
            *elsewhere = written;
        good = good && !written.elsewhere;
        pictures.push_back(
            {{"file", written.file.string()},
             {"seed", candidate.seed},
             {"width", candidate.image->width},
             {"height", candidate.image->height}});
    }
    const bool wanted = !command.data.empty() && !result.arrays.empty();
    const std::optional<Written> numbers = wanted ? writeNumbers(delivery, progress) : std::nullopt;
    if (!command.data.empty() && result.arrays.empty())
        progress.note({"No numbers were made, so %1 was not written.", command.data});
    tell(delivery, pictures, numbers);
    return good && (!wanted || (numbers && !numbers->elsewhere)) ? ExitDone : ExitFailed;
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
