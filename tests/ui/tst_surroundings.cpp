// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/process.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "tests/app/anotheruser.h"
#include "tests/core/file/failingcalls.h"
#include "tests/ui/keepingwindow.h"

#include <QDir>
#include <QTemporaryDir>

namespace fs = std::filesystem;

/// The window where the places of a user are not as they should be: it opens, works, and says what
/// will not be there the next time.
class SurroundingsTest : public QObject
{
    Q_OBJECT

    std::optional<QTemporaryDir> m_folder;

    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    /// Without a word of where settings, caches, data and sessions are, but for these.
    Surroundings with(const Surroundings& places) const
    {
        Surroundings all {{QStringLiteral("HOME"), path("home")}};
        for (const char* name :
             {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
            all.insert(QLatin1String(name), QString());
        for (auto place = places.begin(); place != places.end(); ++place)
            all.insert(place.key(), place.value());
        return all;
    }
    static void beNamed()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("simile"));
        QCoreApplication::setApplicationName(QStringLiteral("simile"));
    }
    static void saveCopy(Program& program, const QString& file)
    {
        QSignalSpy saved(&program.keeper, &Keeper::saved);
        QVERIFY(program.sessions.saveAs(file));
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(saved.at(0).at(1).toString(), QString());
    }

private Q_SLOTS:
    void initTestCase() { leaveUselessPlaces(); } // as the program begins

    void init()
    {
        m_folder.emplace();
        QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7777)));
        QVERIFY(QDir().mkdir(path("home")));
    }

    void aHomeThatCannotBeWritten()
    {
        if (!qEnvironmentVariableIsSet("SIMILE_TEST_ALONE"))
            QVERIFY(QFile::setPermissions(path("home"), QFile::Permissions(0x5555)));
        if (!isAlone(__func__, with({}), geteuid() == 0))
            return;
        beNamed();
        Program program;
        const QString said = program.notice();
        QVERIFY2(said.contains(QLatin1String("Settings are not kept, since ")), qPrintable(said));
        QVERIFY2(
            said.contains(QLatin1String("Nothing of this session is kept: the folder ")),
            qPrintable(said));
        program.runOnce();
        program.settings.setEmbed(QStringLiteral("none"));
        QCOMPARE(
            QDir(QDir::homePath())
                .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList());
    }

    void placesThatAreNotThereYet()
    {
        if (!isAlone(
                __func__,
                with(
                    {{QStringLiteral("XDG_CONFIG_HOME"), path("none/config")},
                     {QStringLiteral("XDG_CACHE_HOME"), path("none/cache")},
                     {QStringLiteral("XDG_STATE_HOME"), path("none/state")},
                     {QStringLiteral("XDG_DATA_HOME"), path("none/data")}})))
            return;
        beNamed();
        {
            Program program;
            QCOMPARE(program.notice(), QString());
            program.runOnce();
            program.settings.setEmbed(QStringLiteral("none"));
            QVERIFY(program.keeper.flush());
        }
        QSettings().sync();
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            QVERIFY2(
                QFileInfo(qEnvironmentVariable(name) + QStringLiteral("/simile")).isDir(), name);
        const Program again;
        QCOMPARE(again.session.runs().all().size(), std::size_t(1));
    }

    /// One that is relative means nothing: it would lie wherever the program was started.
    void placesThatAreRelative()
    {
        const Surroundings places {
            {QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("here")},
            {QStringLiteral("XDG_STATE_HOME"), QStringLiteral("here")}};
        if (!isAlone(__func__, with(places)))
            return;
        QVERIFY(QDir().mkdir(path("started")) && QDir::setCurrent(path("started")));
        beNamed();
        QVERIFY(Settings::keptResultsFolder().string().starts_with(QDir::homePath().toStdString()));
        QVERIFY(Sessions::folder().startsWith(QDir::homePath()));
        Program program;
        QCOMPARE(program.notice(), QString());
        program.runOnce();
        QVERIFY(program.sessions.path().startsWith(QDir::homePath()));
        program.settings.setEmbed(QStringLiteral("none"));
        QSettings().sync();
        QVERIFY(QSettings().fileName().startsWith(QDir::homePath()));
        QCOMPARE(QDir().entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void noFolderForTemporaryFiles()
    {
        writeFileAtomically(path("file").toStdString(), {}); // in which no folder can be made
        if (!isAlone(__func__, with({{QStringLiteral("TMPDIR"), path("file/none")}})))
            return;
        beNamed();
        QVERIFY(QFileInfo(QDir::tempPath()).isDir()); // for Qt it would have no name
        Program program;
        QCOMPARE(program.notice(), QString());
        program.runOnce();
        saveCopy(program, QDir::homePath() + QStringLiteral("/copy.simile"));
    }

    void aFolderForTemporaryFilesThatIsFull()
    {
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("tmp")));
        if (!isAlone(__func__, with({{QStringLiteral("TMPDIR"), path("tmp")}})))
            return;
        beNamed();
        const std::string full = qEnvironmentVariable("TMPDIR").toStdString();
        fullFolder = full.c_str();
        {
            Program program;
            QCOMPARE(program.notice(), QString());
            program.runOnce();
            saveCopy(program, QDir::homePath() + QStringLiteral("/copy.simile"));
        }
        fullFolder = nullptr;
    }
};

QTEST_MAIN(SurroundingsTest)
#include "tst_surroundings.moc"
