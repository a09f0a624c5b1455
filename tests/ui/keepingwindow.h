// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper.h"
#include "app/sessions.h"
#include "tests/ui/modesfixture.h"
#include "ui/noticebar.h"

/// The window as the program starts it, with the session of the last time.
struct Program : WindowFixture
{
    Keeper keeper {session};
    Sessions sessions {keeper, settings};
    QStringList told; ///< all that was said

    Program()
        : WindowFixture({countingMethod()}, "analogy")
    {
        window.setSessions(sessions, keeper);
        QObject::connect(&sessions, &Sessions::said, [this](const QString& s) { told << s; });
        sessions.openLast();
    }

    QString notice() const
    {
        const NoticeBar& bar = window.pane().notices();
        return bar.isVisible() ? bar.text() : QString();
    }
    /// It works: a run is made, whatever is kept of it.
    void runOnce()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(3, 2, {1, 2, 3}), QStringLiteral("x.png"));
        session.editor().setValue("steps", 2);
        session.start();
        QTRY_VERIFY(session.runs().current() && !session.runs().running());
        QCOMPARE(session.runs().current()->state, Run::Done);
    }
    std::string file() const { return sessions.path().toStdString(); }
};
