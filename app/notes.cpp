// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/notes.h"

#include "app/engine.h"
#include "app/translated.h"

#include <utility>

namespace {

constexpr int shownAfter = 150; // milliseconds, so that typing does not ask at every key

} // namespace

Notes::Notes(Engine& engine, std::function<std::optional<Question>()> question, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_question(std::move(question))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownAfter);
    connect(&m_timer, &QTimer::timeout, this, &Notes::ask);
}

void Notes::askSoon()
{
    ++m_asked;
    m_timer.start();
}

void Notes::ask()
{
    const auto question = m_question();
    const std::string method = question ? question->method.id : std::string();
    const bool other = std::exchange(m_method, method) != method;
    if (m_engine.running()) { // its end asks again; what is said of one method fits no other
        if (other)
            take({});
        return;
    }
    if (!question || !question->method.notes)
        return take({});
    using Said = std::vector<Sentence>;
    m_engine.ask<Said>(
        this,
        [ask = question->method.notes, request = question->prepared.whole()](Models& models) {
            return ask(request, models);
        },
        [this, asked = m_asked](const Said& said) {
            if (asked == m_asked)
                take(translated(said));
        },
        [this](const Failure& failure) { take({failure.sentence}, true); });
}

void Notes::take(const QStringList& notes, bool failed)
{
    const bool other = std::exchange(m_failed, failed) != failed;
    if (std::exchange(m_notes, notes) != notes || other)
        Q_EMIT changed();
}
