// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

// A slot of a test program in a process of its own, with other surroundings.

using Surroundings = QMap<QString, QString>; ///< of the environment; null: it has none of that name

/// Calls a slot ("slot" or "slot:row"); for @p nobody, by a user who may do little, for whom
/// folders are read-only that are not for root.
inline void callSlot(const QString& slot, const Surroundings& changes, bool nobody)
{
    const QString self = QCoreApplication::applicationFilePath();
    QStringList line {self, slot};
    if (nobody) {
        const QString setpriv = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
        if (setpriv.isEmpty())
            QSKIP("There is no setpriv to be another user with.");
        const QStringList user {
            QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
            QStringLiteral("--clear-groups")};
        if (QProcess::execute(
                setpriv, user + QStringList {QStringLiteral("test"), QStringLiteral("-x"), self})
            != 0)
            QSKIP("Another user may not start this program.");
        line = QStringList {setpriv} + user + line;
    }
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    for (auto change = changes.begin(); change != changes.end(); ++change)
        if (change.value().isNull())
            environment.remove(change.key());
        else
            environment.insert(change.key(), change.value());
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(line.takeFirst(), line);
    const bool ended = process.waitForFinished(120'000);
    if (!ended)
        process.kill();
    QVERIFY2(ended, "It does not come to an end.");
    QVERIFY2(process.exitCode() == 0, process.readAll().constData());
}

/// For the one who may do anything no folder is read-only: nobody, with an empty home, calls a
/// slot.
inline void anotherUserRuns(const QString& slot)
{
    QTemporaryDir home;
    QVERIFY(QFile::setPermissions(home.path(), QFile::Permissions(0x7777)));
    callSlot(slot, {{QStringLiteral("HOME"), home.path()}}, true);
}

/// True: this is the process that was made for the slot. Else that is called now, and the slot has
/// nothing more to do.
inline bool isAlone(const char* slot, Surroundings changes = {}, bool nobody = false)
{
    constexpr const char* mark = "SIMILE_TEST_ALONE";
    if (qEnvironmentVariableIsSet(mark))
        return true;
    changes.insert(QLatin1String(mark), QStringLiteral("1"));
    callSlot(QLatin1String(slot), changes, nobody);
    return false;
}
