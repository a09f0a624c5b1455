// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/store/keeprun.h"
#include "app/store/storewriter.h"
#include "app/usable.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

#include <algorithm>

// What is read of the session when it is needed.

namespace {

constexpr std::size_t mostFetched = 6; ///< runs whose steps stay in memory

} // namespace

void Keeper::keepSource(const SharedImage& image, const SourceFile& source)
{
    if (source.bytes.size() > largestSource)
        return;
    std::erase_if(m_sources, [](const auto& entry) { return entry.first.expired(); });
    m_sources.emplace_back(image.pointer(), source);
    if (m_writer)
        m_writer->add([image, source](SessionFile& file) { ::keepSource(file, image, source); });
}

/// The document of a session that is new is that of the one before.
void Keeper::keepSources()
{
    for (const auto& [slot, inputs] : m_editor.document().inputs)
        for (const Input& input : inputs)
            for (const auto& [image, source] : m_sources)
                if (image.lock() == input.image.pointer())
                    m_writer->add([image = input.image, source = source](SessionFile& file) {
                        ::keepSource(file, image, source);
                    });
}

ReadFile Keeper::originalOf(const SharedImage& image) const
{
    const std::string hash = hashOf(image);
    if (!m_file || !m_file->hasPictureFile(hash))
        return {};
    return [this, hash] { return m_file->pictureFile(hash); };
}

SharedImage Keeper::picture(const std::string& sha256)
{
    if (const auto found = m_pictures.find(sha256); found != m_pictures.end())
        return found->second;
    const auto png = m_file->picture(sha256);
    if (png.empty())
        return {};
    return m_pictures[sha256] = decodeImage(png, sha256).image;
}

void Keeper::fetchRun(Run& run)
{
    if (!m_file || run.request().method.empty()) // of a damaged one the list has all
        return;
    try {
        fetch(run, *m_file, m_editor.methods(), [this](const std::string& hash) {
            return picture(hash);
        });
        std::erase(m_fetched, run.number);
        m_fetched.push_back(run.number);
        m_states[run.number] = run.state;
    } catch (...) {
        Q_EMIT failed(currentFailure().sentence);
    }
}

bool Keeper::fetchStep(HistoryStep& step)
{
    forgetPictures();
    try {
        fetch(step, *m_file, [this](const std::string& hash) { return picture(hash); });
        for (Document* document : {&step.document.before, &step.document.after})
            *document = usable(std::move(*document), m_editor.methods());
        return true;
    } catch (...) {
        Q_EMIT failed(currentFailure().sentence);
        return false;
    }
}

/// A run that waited in the session: its pictures are read, and its model may be another by now.
void Keeper::makeReady(Queued& run)
{
    fetch(run, *m_file, [this](const std::string& hash) { return picture(hash); });
    Request& request = run.prepared.request;
    if (const Method* method = m_editor.methods().find(request.method))
        addUnrecorded(*method, request, run.prepared.values);
    run.prepared = m_session.prepareAgain(run.prepared.request, run.card.name);
}

/// Runs that were looked at before are forgotten but for what the list shows: they are in the file.
void Keeper::release()
{
    while (m_fetched.size() > mostFetched && m_writer && m_writer->idle()) {
        const auto place = std::ranges::find_if(m_fetched, [this](int number) {
            const auto run = m_runs.run(number);
            return !run || (run != m_runs.current() && run != m_runs.inProgress() && run->isOver());
        });
        if (place == m_fetched.end())
            return;
        const auto run = m_runs.run(*place);
        m_fetched.erase(place);
        if (!run || run->id == 0)
            continue;
        run->stepsKept = int(run->steps.size());
        if (const auto kept = m_file->run(run->id); kept && !kept->thumbnail.empty())
            run->thumbnail = decodeImage(kept->thumbnail, "thumbnail").image;
        run->steps = {};
        run->candidates = {};
        run->prepared.request = {
            .method = run->request().method,
            .model = run->request().model,
            .preset = run->request().preset,
            .values = run->request().values,
            .seed = run->request().seed,
            .device = run->request().device,
            .precision = run->request().precision,
            .prediction = run->request().prediction,
            .loras = run->request().loras};
        run->away = true;
        Q_EMIT m_runs.changed(run->number);
    }
    forgetPictures();
}

void Keeper::forgetPictures()
{
    std::erase_if(
        m_pictures, [](const auto& entry) { return entry.second.pointer().use_count() == 1; });
}
