// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

class Engine;

/// What the method says of the request as it stands, asked for in the background once nothing has
/// changed for a moment.
class Notes : public QObject
{
    Q_OBJECT

public:
    struct Question
    {
        Method method = {};
        Prepared prepared = {};
    };

    /// @p question gives what to ask at the moment; nothing: there are no notes.
    Notes(
        Engine& engine, std::function<std::optional<Question>()> question,
        QObject* parent = nullptr);

    const QStringList& all() const { return m_notes; }
    /// Why a run of the request would fail, which is then the only note; empty: nothing is known
    /// against it.
    QString problem() const { return m_failed ? m_notes.join(QLatin1Char(' ')) : QString(); }
    void askSoon(); ///< something that they may be about has changed: changed() may follow

Q_SIGNALS:
    void changed();

private:
    void ask();
    void take(const QStringList& notes, bool failed = false);

    Engine& m_engine;
    std::function<std::optional<Question>()> m_question;
    QTimer m_timer;
    QStringList m_notes;
    std::string m_method; ///< id of the one that was last asked about
    bool m_failed = false;
    int m_asked = 0; ///< questions and changes: an answer to an earlier one is about what was
};
