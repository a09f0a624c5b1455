// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inversioncache.h"
#include "app/session.h"
#include "app/sessionstate.h"

#include <QtConcurrent>

#include <algorithm>
#include <utility>

const QStringList& Session::notes() const
{
    return m_state->notes;
}

void Session::askNotesSoon()
{
    ++m_state->noteQuestion; // an answer on its way is about what was
    m_state->noteTimer.start();
}

void Session::askNotes()
{
    if (running())
        return; // the end of the run asks again
    const auto take = [this](const QStringList& notes) {
        if (std::exchange(m_state->notes, notes) != notes)
            Q_EMIT notesChanged();
    };
    const bool model = !m_state->describing && m_state->converting.isEmpty();
    Request request = this->request();
    if (!method().notes || !model || !modelProblem().isEmpty())
        return take({});
    try {
        request.values = resolve(method(), request, m_state->card);
    } catch (const std::exception&) {
        return take({}); // the form says which value is not possible
    }
    using Notes = std::vector<std::string>;
    m_state->engine.ask<Notes>(
        this, [ask = method().notes, request](Models& models) { return ask(request, models); },
        [this, take, question = m_state->noteQuestion](const Notes& said) {
            if (question != m_state->noteQuestion)
                return;
            QStringList notes;
            for (const std::string& note : said)
                notes.append(QString::fromStdString(note));
            take(notes);
        },
        [take](const Failure& failure) { take({failure.sentence}); });
}

bool Session::inspecting() const
{
    return m_state->looking.has_value();
}

void Session::inspect(const std::string& kind, int layer, int step)
{
    m_state->nextLook = Look {.kind = kind, .layer = layer, .step = std::max(0, step - 1)};
    if (!inspecting())
        lookNow();
}

void Session::lookNow()
{
    const auto run = current();
    const Look look = *std::exchange(m_state->nextLook, std::nullopt);
    const Method* method = run ? m_state->methods.find(run->request.method) : nullptr;
    if (!method || !method->inspect || running() || look.step >= int(run->steps.size())
        || !run->steps[look.step].latent)
        return;
    Request request = run->request;
    request.values = run->resolved;
    m_state->looking = look;
    const auto next = [this] {
        m_state->looking.reset();
        if (m_state->nextLook)
            lookNow();
    };
    m_state->engine.ask<Inspection>(
        this,
        [inspect = method->inspect, request, look, latent = run->steps[look.step].latent](
            Models& models) { return inspect(request, models, look, *latent); },
        [this, next, look, number = run->number](const Inspection& inspection) {
            const bool last = !m_state->nextLook;
            next();
            if (last)
                Q_EMIT inspected(number, look, inspection);
        },
        [this, next](const Failure& failure) {
            next();
            if (!inspecting())
                Q_EMIT inspectFailed(failure.sentence);
        });
}

void Session::trimInversions()
{
    const auto limit = uint64_t(m_state->settings.inversionLimit()) << 20;
    (void)QtConcurrent::run([limit] { trimFolder(inversionFolder(), limit); });
}
