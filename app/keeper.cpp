// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"

#include "app/background.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/store/database.h"
#include "app/store/keeprun.h"
#include "app/store/storewriter.h"
#include "app/translated.h"
#include "app/usable.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace {

using namespace std::chrono_literals;
constexpr auto lookInterval = 2s;

RunToKeep toKeep(const Run& run, const Method& method)
{
    return {
        .id = run.id,
        .facts =
            {.prepared = run.prepared,
             .card = run.card,
             .modelMark = run.modelMark,
             .steps = run.stepCount,
             .computed = run.computed},
        .method = method,
        .state = run.state,
        .candidates = run.isOver() ? run.candidates : std::vector<Candidate>(),
        .notes = run.notes.join(QLatin1Char('\n')).toStdString(),
        .error = run.error.toStdString(),
        .details = run.errorDetails.toStdString(),
        .started = run.started.toMSecsSinceEpoch(),
        .seconds = run.seconds,
        .star = run.marks.starred,
        .name = run.marks.name.toStdString(),
        .parent = run.from ? run.from->run : 0};
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
    connect(&m_lookTimer, &QTimer::timeout, this, &Keeper::lookForFile);
    connect(&session.history(), &History::changed, this, &Keeper::prune, Qt::QueuedConnection);
    m_runs.setFetch([this](Run& run) { fetchRun(run); });
    connect(&session.inputs(), &Inputs::cameFromFile, this, &Keeper::keepSource);
    session.inputs().setOriginals([this](const SharedImage& image) { return originalOf(image); });
    session.history().setFetch([this](HistoryStep& step) { return fetchStep(step); });
    session.queue().setReady([this](Queued& run) { makeReady(run); });
}

Keeper::~Keeper()
{
    m_runs.setFetch({});
    m_session.inputs().setOriginals({});
    m_session.history().setFetch({});
    m_session.queue().setReady({});
    m_stopSaving.request_stop();
    m_saving.waitForFinished();
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
    connect(&m_runs, &Runs::modelLearnt, this, &Keeper::keepRun);
    connect(&m_runs, &Runs::removed, this, &Keeper::forget);
    connect(&m_runs, &Runs::currentChanged, this, &Keeper::release);
}

void Keeper::open(const std::filesystem::path& path)
{
    if (m_runs.running())
        throw Error(
            "A run is in progress: open the session %1 when it is over.", path.filename().string());
    auto file = std::make_unique<SessionFile>(path, SessionFile::Own);
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
    std::set<std::string> missing;
    if (edits.document)
        missing = ::missingMethods(*edits.document, m_editor.methods());
    const auto look = [&](const Request& request) {
        if (!request.method.empty() && !m_editor.methods().find(request.method))
            missing.insert(request.method);
    };
    for (const auto& run : runs)
        look(run->request());
    for (const Queued& run : edits.queued)
        look(run.prepared.request);
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
    m_identity = identityOf(path);
    m_lost = false;
    m_missing = std::move(missing);
    if (edits.document)
        m_editor.put(*edits.document);
    m_runs.list(runs);
    for (const auto& run : runs) {
        m_ids[run->number] = run->id;
        if (run->marks.binned)
            m_binned[run->number] = run->id;
    }
    m_edits.restore(std::move(edits), runs);
    m_writer = std::make_shared<StoreWriter>(std::move(writing), [this](const Sentence& failure) {
        const QString sentence = failure.empty() ? QString() : translated(failure);
        QMetaObject::invokeMethod(
            this, [this, sentence] { Q_EMIT failed(sentence); }, Qt::QueuedConnection);
    });
    m_edits.setWriter(m_writer.get());
    m_opening = false;
    keepSources();
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

/// What is written goes into the file that was opened, wherever it is now. Once nobody finds that
/// by its name what is made is lost at the end, so it is told; a copy can still be saved.
void Keeper::lookForFile()
{
    if (m_lost || !m_file || identityOf(m_path) == m_identity)
        return;
    m_lost = true;
    Q_EMIT failed(tr("The session %1 was removed or replaced by another program. What you see is "
                     "still here: save a copy of the session, and open that.")
                      .arg(QString::fromStdString(m_path.string())));
}

/// By a connection of its own, so that the writer goes on meanwhile; where no name leads to the
/// file any more, by the writer's.
void Keeper::saveAs(const std::filesystem::path& path)
{
    if (!m_writer || isSaving())
        return;
    m_edits.flush();
    m_stopSaving = {};
    const auto goesOn = [this, stop = m_stopSaving.get_token(), last = -1](double part) mutable {
        if (const int percent = int(part * 100); percent != std::exchange(last, percent))
            QMetaObject::invokeMethod(
                this, [this, percent] { Q_EMIT saving(percent); }, Qt::QueuedConnection);
        return !stop.stop_requested();
    };
    lookForFile();
    m_saving =
        QtConcurrent::run([writer = m_writer, from = m_lost ? std::filesystem::path() : m_path,
                           path, goesOn]() mutable {
            try {
                const auto copy = [path, goesOn](SessionFile& file) { file.saveAs(path, goesOn); };
                if (from.empty() ? !writer->wait(copy) : !writer->drain())
                    throw WorkError(
                        "The session could not be saved as %1, since what was done last cannot be "
                        "written.",
                        path.string());
                if (from.empty())
                    return QString();
                writer.reset();
                SessionFile(from, SessionFile::Own).saveAs(path, goesOn);
                return QString();
            } catch (const Stopped&) {
                return tr("The session was not saved: it was stopped.");
            } catch (...) {
                return currentFailure().sentence;
            }
        });
    whenDone(m_saving, this, [this, path](const QString& failure) { Q_EMIT saved(path, failure); });
}

uint64_t Keeper::bytesOf(const std::vector<int>& runs) const
{
    uint64_t sum = 0;
    const auto bytes = m_file ? m_file->runBytes() : std::map<int64_t, uint64_t>();
    for (const int number : runs)
        if (const auto id = m_ids.find(number); id != m_ids.end() && bytes.contains(id->second))
            sum += bytes.at(id->second);
    return sum;
}

uint64_t Keeper::bytes() const
{
    return m_file ? m_file->bytes() : 0;
}

void Keeper::keepRun(int number)
{
    const auto run = m_runs.run(number);
    if (!m_writer || !run)
        return;
    const Method* method = m_runs.methodOf(*run);
    if (run->away || !method) {
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
    // One of a method that is not there is in the file already, or still waits there.
    if (run->id != 0 && (run->away || m_runs.methodOf(*run)))
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
