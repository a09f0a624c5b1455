// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/store/keeprun.h"
#include "app/store/storewriter.h"
#include "app/translated.h"
#include "app/usable.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace {

using namespace std::chrono_literals;
constexpr auto lookInterval = 2s;
constexpr std::size_t mostFetched = 6; ///< runs whose steps stay in memory

bool isOver(const Run& run)
{
    return run.state == Run::Done || run.state == Run::Stopped || run.state == Run::Failed;
}

RunToKeep toKeep(const Run& run, const Method& method)
{
    return {
        .id = run.id,
        .facts =
            {.prepared = run.prepared,
             .card = run.card,
             .modelHash = run.modelHash,
             .steps = run.stepCount,
             .computed = run.computed},
        .method = method,
        .state = run.state,
        .candidates = isOver(run) ? run.candidates : std::vector<Candidate>(),
        .notes = run.notes.join(QLatin1Char('\n')).toStdString(),
        .error = run.error.toStdString(),
        .details = run.errorDetails.toStdString(),
        .started = run.started.toMSecsSinceEpoch(),
        .seconds = run.seconds,
        .star = run.marks.starred,
        .name = run.marks.name.toStdString()};
}

} // namespace

Keeper::Keeper(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_editor(session.editor())
    , m_runs(session.runs())
    , m_edits(session, [this](int number) {
        const auto found = m_ids.find(number);
        return found == m_ids.end() ? 0 : found->second;
    })
{
    connectRuns();
    m_lookTimer.setInterval(lookInterval);
    connect(&m_lookTimer, &QTimer::timeout, this, &Keeper::takeNewRuns);
    connect(&session.history(), &History::changed, this, &Keeper::prune, Qt::QueuedConnection);
    m_runs.setFetch([this](Run& run) { fetchRun(run); });
    session.history().setFetch([this](HistoryStep& step) { return fetchStep(step); });
    session.queue().setReady([this](Queued& run) { makeReady(run); });
}

Keeper::~Keeper()
{
    m_runs.setFetch({});
    m_session.history().setFetch({});
    m_session.queue().setReady({});
    close();
}

/// What is open is left: what could come back until then is removed for good.
void Keeper::close()
{
    if (!m_writer)
        return;
    m_edits.flush();
    m_edits.setWriter(nullptr);
    prune();
    const History& history = m_session.history();
    for (int i = 0; i < history.position(); ++i)
        for (const HistoryStep::Mark& mark : history.at(i).marks)
            if (history.at(i).untilClosing && m_binned.contains(mark.run))
                m_writer->add(
                    [id = m_binned.at(mark.run)](SessionFile& file) { file.removeRun(id); });
    m_binned.clear();
    m_writer->add([](SessionFile& file) { file.tidy(); });
    m_writer.reset();
}

/// Deleted runs that no step of the history brings back any more are removed for good.
void Keeper::prune()
{
    std::set<int> needed;
    const History& history = m_session.history();
    for (int i = 0; i < history.count(); ++i)
        for (const HistoryStep::Mark& mark : history.at(i).marks)
            needed.insert(mark.run);
    std::erase_if(m_binned, [&](const auto& binned) {
        if (!m_writer || needed.contains(binned.first))
            return false;
        m_writer->add([id = binned.second](SessionFile& file) { file.removeRun(id); });
        m_runs.removeBinned(binned.first);
        m_ids.erase(binned.first);
        return true;
    });
}

void Keeper::connectRuns()
{
    connect(&m_runs, &Runs::added, this, &Keeper::keepAll);
    connect(&m_runs, &Runs::changed, this, &Keeper::changed);
    connect(&m_runs, &Runs::stepAdded, this, &Keeper::keepStep);
    connect(&m_runs, &Runs::stepDecoded, this, [this](int number, int step) {
        const auto run = m_runs.run(number);
        if (!m_writer || !run || run->id == 0)
            return;
        m_writer->add([id = run->id, step, decoded = run->steps[std::size_t(step)].decoded](
                          SessionFile& file) { file.putCandidates(id, step, decoded); });
    });
    connect(&m_runs, &Runs::marked, this, &Keeper::keepRun);
    connect(&m_runs, &Runs::removed, this, &Keeper::forget);
    connect(&m_runs, &Runs::currentChanged, this, &Keeper::release);
}

void Keeper::open(const std::filesystem::path& path, bool foreign)
{
    auto file =
        std::make_unique<SessionFile>(path, foreign ? SessionFile::Foreign : SessionFile::Own);
    std::vector<std::shared_ptr<Run>> runs;
    int64_t position = 0;
    for (const KeptRun& kept : file->runs()) {
        runs.push_back(usable(runOf(kept), m_editor.methods()));
        position = kept.position;
    }
    const auto find = [&](const std::string& hash) {
        const auto png = file->picture(hash);
        return png.empty() ? SharedImage() : SharedImage(decodeImage(png, hash).image);
    };
    SessionFile writing(path, SessionFile::Own);
    EditsRead edits = m_edits.read(*file, runs, find);
    // From here on nothing fails.
    close();
    m_opening = true;
    m_runs.clear();
    m_ids.clear();
    m_states.clear();
    m_pictures.clear();
    m_fetched.clear();
    m_file = std::move(file);
    m_path = path;
    m_position = position;
    m_version = m_file->dataVersion();
    if (edits.document)
        m_editor.put(*edits.document);
    m_runs.list(runs);
    for (const auto& run : runs) {
        m_ids[run->number] = run->id;
        if (run->marks.binned)
            m_binned[run->number] = run->id;
    }
    m_edits.restore(std::move(edits), runs);
    m_writer = std::make_unique<StoreWriter>(std::move(writing), [this](const Sentence& failure) {
        const QString sentence = failure.empty() ? QString() : translated(failure);
        QMetaObject::invokeMethod(
            this, [this, sentence] { Q_EMIT failed(sentence); }, Qt::QueuedConnection);
    });
    m_edits.setWriter(m_writer.get());
    m_opening = false;
    m_runs.showLastOf(m_editor.method().id);
    m_lookTimer.start();
    Q_EMIT opened();
}

bool Keeper::flush()
{
    if (!m_writer)
        return true;
    m_edits.flush();
    return m_writer->drain();
}

void Keeper::saveAs(const std::filesystem::path& path)
{
    flush();
    if (m_file)
        m_file->saveAs(path);
}

uint64_t Keeper::bytes() const
{
    return m_file ? m_file->bytes() : 0;
}

void Keeper::keepRun(int number)
{
    const auto run = m_runs.run(number);
    const Method* method = run ? m_runs.methodOf(*run) : nullptr;
    if (!m_writer || !method)
        return;
    if (run->away) {
        m_writer->add([id = run->id, marks = run->marks](SessionFile& file) {
            file.putMarks(id, marks.starred, marks.name.toStdString());
        });
        return;
    }
    if (run->id == 0)
        run->id = newRunId();
    m_ids[number] = run->id;
    m_states[number] = run->state;
    m_writer->add([kept = toKeep(*run, *method)](SessionFile& file) { keep(file, kept); });
}

/// A run that is listed now: a new one, or one that comes back with all that it has.
void Keeper::keepAll(int number)
{
    const auto run = m_runs.run(number);
    if (!run)
        return;
    if (run->id != 0)
        m_ids[number] = run->id;
    if (m_binned.erase(number) > 0) { // it came back, and is still in the file
        m_writer->add([id = run->id](SessionFile& file) { file.putBinned(id, false); });
        return;
    }
    if (run->away || m_opening)
        return;
    m_fetched.push_back(number);
    keepRun(number);
    for (int step = 0; step < int(run->steps.size()); ++step)
        keepStep(number, step);
}

void Keeper::keepStep(int number, int step)
{
    const auto run = m_runs.run(number);
    if (!m_writer || !run || run->id == 0)
        return;
    const RunStep& at = run->steps[std::size_t(step)];
    m_writer->add([id = run->id,
                   kept = KeptStep {
                       .number = step,
                       .time = at.time,
                       .latent = at.latent,
                       .prediction = at.prediction,
                       .clean = at.clean,
                       .previews = at.previews,
                       .noisy = at.noisy}](SessionFile& file) { file.putStep(id, kept); });
    if (step == 0)
        keepRun(number); // now it is known how many there will be
}

/// Stages are told often; what is kept of a run changes with its state.
void Keeper::changed(int number)
{
    const auto run = m_runs.run(number);
    if (run && run->state != Run::Discarded && m_states[number] != run->state)
        keepRun(number);
}

void Keeper::forget(int number)
{
    m_states.erase(number);
    std::erase(m_fetched, number);
    const auto found = m_ids.find(number);
    if (found == m_ids.end() || m_opening || !m_writer)
        return;
    if (m_runs.marks(number).binned) { // it may come back
        m_binned[number] = found->second;
        m_writer->add([id = found->second](SessionFile& file) { file.putBinned(id, true); });
        return;
    }
    m_writer->add([id = found->second](SessionFile& file) { file.removeRun(id); });
    m_ids.erase(found);
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
    if (!m_file)
        return;
    try {
        fetch(run, *m_file, [this](const std::string& hash) { return picture(hash); });
        std::erase(m_fetched, run.number);
        m_fetched.push_back(run.number);
        m_states[run.number] = run.state;
    } catch (...) {
        Q_EMIT failed(currentFailure().sentence);
    }
}

bool Keeper::fetchStep(HistoryStep& step)
{
    try {
        fetch(step, *m_file, [this](const std::string& hash) { return picture(hash); });
        for (Document* document : {&step.document.before, &step.document.after})
            if (auto here = usable(*document, m_editor.methods()))
                *document = std::move(*here);
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
    run.prepared = m_session.prepareAgain(run.prepared.request, run.card.name);
}

/// Runs that were looked at before are forgotten but for what the list shows: they are in the file.
void Keeper::release()
{
    while (m_fetched.size() > mostFetched && m_writer && m_writer->idle()) {
        const auto place = std::ranges::find_if(m_fetched, [this](int number) {
            const auto run = m_runs.run(number);
            return !run || (run != m_runs.current() && run != m_runs.inProgress() && isOver(*run));
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
            .prediction = run->request().prediction};
        run->away = true;
        Q_EMIT m_runs.changed(run->number);
    }
    std::erase_if(
        m_pictures, [](const auto& entry) { return entry.second.pointer().use_count() == 1; });
}

/// Another program may have added to the session.
void Keeper::takeNewRuns()
{
    try {
        if (!m_file || m_runs.running() || m_file->dataVersion() == m_version)
            return;
        m_version = m_file->dataVersion();
        std::vector<std::shared_ptr<Run>> runs;
        for (const KeptRun& kept : m_file->runs(m_position)) {
            const auto mine = [&](const auto& entry) { return entry.second == kept.id; };
            const bool over =
                kept.state == Run::Done || kept.state == Run::Stopped || kept.state == Run::Failed;
            if (std::ranges::any_of(m_ids, mine)) {
                m_position = kept.position;
            } else if (over) {
                m_position = kept.position;
                runs.push_back(usable(runOf(kept), m_editor.methods()));
            } else {
                break; // it is being made
            }
        }
        m_runs.list(runs);
    } catch (...) {
        Q_EMIT failed(currentFailure().sentence);
    }
}
