// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandsession.h"

#include "core/stopping.h"

#include <QDateTime>

using namespace std::chrono_literals;

CommandSession::CommandSession(const std::string& path)
    : m_writer(std::make_unique<StoreWriter>(
        SessionFile(path, SessionFile::Own), [this](const Sentence& failure) {
            const std::scoped_lock lock(m_mutex);
            if (!failure.empty())
                m_failures.push_back(failure);
        }))
{
}

CommandSession::~CommandSession()
{
    m_ending.request_stop(); // of the hash, which the run did not wait for
}

void CommandSession::keepRun()
{
    m_writer->add([run = m_run](SessionFile& file) { keep(file, run); });
}

void CommandSession::begin(
    const Method& method, const Prepared& prepared, const CommandModel& model,
    const ModelMark& mark, const KeptRun& goesOn)
{
    const bool isNew = goesOn.id == 0;
    m_run = {
        .id = isNew ? newRunId() : goesOn.id,
        .facts =
            {.prepared = prepared,
             .card = model.chosen,
             .modelMark = mark,
             .steps = goesOn.stepCount,
             .computed = computedHere(prepared.request)},
        .method = method,
        .state = Run::Running,
        .started = isNew ? QDateTime::currentMSecsSinceEpoch() : goesOn.started,
        .star = goesOn.star,
        .name = goesOn.name};
    keepRun();
}

void CommandSession::source(const SharedImage& image, const SourceFile& source)
{
    m_writer->add([image, source](SessionFile& file) { keepSource(file, image, source); });
}

void CommandSession::step(const StepEvent& event)
{
    m_writer->add(
        [id = m_run.id, step = keptStep(event)](SessionFile& file) { file.putStep(id, step); });
    if (event.step == 0) {
        m_run.facts.steps = event.steps;
        m_hash = std::async(
            std::launch::async,
            [mark = m_run.facts.modelMark, card = m_run.facts.card, ends = m_ending.get_token()] {
                const Stopping stopping([ends] { return ends.stop_requested(); });
                return modelHashOf(mark, card);
            });
    }
    if (takeHash(0ms) || event.step == 0)
        keepRun();
}

/// By it a run that is stopped knows its model again. It is read beside the run, from the first
/// step on, and taken as soon as it is there, at the latest @p longest from now; false: it is not
/// new.
bool CommandSession::takeHash(std::chrono::milliseconds longest)
{
    ModelMark& mark = m_run.facts.modelMark;
    if (!m_hash.valid() || m_hash.wait_for(longest) != std::future_status::ready)
        return false;
    mark.hash = m_hash.get();
    return !mark.hash.empty();
}

void CommandSession::end(const Outcome& outcome)
{
    m_run.seconds = outcome.seconds;
    takeHash(1s); // who stopped it does not wait for a large file
    if (outcome.result) {
        m_run.state = outcome.result->stopped ? Run::Stopped : Run::Done;
        m_run.candidates = outcome.result->candidates;
        for (const std::string& note : english(outcome.result->notes))
            m_run.notes += (m_run.notes.empty() ? "" : "\n") + note;
    } else {
        m_run.state = Run::Failed;
        m_run.error = outcome.failure.sentence.toStdString();
        m_run.details = outcome.failure.details.toStdString();
    }
    keepRun();
}

std::vector<Sentence> CommandSession::finish()
{
    m_writer.reset();
    const std::scoped_lock lock(m_mutex);
    return m_failures;
}
