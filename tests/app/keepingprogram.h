// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper.h"
#include "app/sessions.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"
#include "tests/app/walkingmethod.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

/// A program with a session of its own.
struct Program : SessionFixture
{
    explicit Program(
        const QString& file = {},
        std::vector<Method> methods = {walkingMethod(), promptFreeMethod()})
        : SessionFixture(std::move(methods))
        , keeper(session)
        , sessions(keeper, settings)
    {
        QObject::connect(&sessions, &Sessions::said, [this](const QString& s) { said << s; });
        QObject::connect(&keeper, &Keeper::failed, [this](const QString& s) { said << s; });
        if (!file.isEmpty())
            keeper.open(file.toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(!session.model().card().path.empty(), 20000); // that of the file
    }

    /// Opens a session, to the end; whether another one is open then.
    bool open(const QString& file)
    {
        QSignalSpy changed(&sessions, &Sessions::changed);
        sessions.open(file);
        return QTest::qWaitFor([this] { return !sessions.isOpening(); }, 20000)
            && !changed.isEmpty();
    }

    void fill(uint8_t color = 5)
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(
                slot, filled(3, 2, {color, uint8_t(slot[0]), 3}), QStringLiteral("x.png"));
    }

    /// Starts a run of so many steps, and stops it after @p stop of them.
    void run(int steps, int stop = -1)
    {
        session.editor().setValue("steps", steps);
        QTRY_VERIFY2_WITH_TIMEOUT(
            session.missing().isEmpty(), qPrintable(session.missing().join(QLatin1Char(' '))),
            20000); // the model is read
        auto guard = std::make_unique<QObject>();
        QObject::connect(
            &session.runs(), &Runs::stepAdded, guard.get(), [this, stop](int, int step) {
                if (step == stop)
                    session.runs().stop(true);
            });
        QSignalSpy ended(&session.runs(), &Runs::ended);
        session.start();
        QVERIFY(ended.wait());
    }

    /// Runs one of two steps, and puts others behind it, where they wait.
    void line(const std::vector<std::string>& prompts)
    {
        fill();
        session.queue().setPaused(true);
        session.editor().setValue("prompt", std::string("first"));
        session.editor().setValue("steps", 2);
        QTRY_VERIFY(session.missing().isEmpty());
        QSignalSpy ended(&session.runs(), &Runs::ended);
        session.start();
        for (const std::string& prompt : prompts) {
            session.editor().setValue("prompt", prompt);
            session.start();
        }
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(session.queue().waiting().size(), prompts.size());
    }

    static std::string promptOf(const Request& request)
    {
        return std::get<std::string>(request.values.at("prompt"));
    }
    /// The prompts of those that wait, as "a b".
    QString waiting() const
    {
        QStringList all;
        for (const Queued& run : session.queue().waiting())
            all.append(QString::fromStdString(promptOf(run.prepared.request)));
        return all.join(QLatin1Char(' '));
    }

    /// Writes a copy and waits for it; why it is not there.
    QString saveAs(const QString& path)
    {
        QString why = QStringLiteral("nothing came of it");
        const auto heard = QObject::connect(
            &keeper, &Keeper::saved,
            [&why](const std::filesystem::path&, const QString& failure) { why = failure; });
        if (sessions.saveAs(path))
            (void)QTest::qWaitFor(
                [&] { return !keeper.isSaving() && !why.startsWith(QLatin1String("nothing")); },
                20000);
        QObject::disconnect(heard);
        return why;
    }

    std::vector<float> numbers(int step)
    {
        return session.runs().current()->steps.at(size_t(step)).latent->values;
    }

    Keeper keeper;
    Sessions sessions;
    QStringList said;
};
