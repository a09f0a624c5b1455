// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings.h"
#include "app/settingsfile.h"
#include "core/file/files.h"
#include "tests/app/anotheruser.h"
#include "tests/app/emptyhome.h"

#include <QDir>
#include <QTest>

#include <sys/stat.h>

/// Something that is no file where the settings are, or their lock: to open a pipe waits for ever.
/// The program looks once, so each slot is a program of its own.
class SettingsPipesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    const QString m_folder =
        QFileInfo(QSettings(QSettings::NativeFormat, QSettings::UserScope, QStringLiteral("nobody"))
                      .fileName())
            .path();
    const QString m_file = m_folder + QStringLiteral("/simile/simile.conf");

    void pipe(const QString& path) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QCOMPARE(::mkfifo(path.toUtf8().constData(), 0600), 0);
    }
    /// What is set counts until the program ends.
    static void works()
    {
        Settings settings;
        settings.setEmbed(QStringLiteral("none"));
        QSettings().sync();
        QCOMPARE(Settings().embed(), QStringLiteral("none"));
        QVERIFY(!problemOfSettings().isEmpty());
    }

private Q_SLOTS:
    void aPipeInPlaceOfTheSettings()
    {
        if (!isAlone(__func__))
            return;
        pipe(m_file);
        QCOMPARE(Settings().embed(), QStringLiteral("full"));
        works();
        QCOMPARE(
            problemOfSettings(),
            QStringLiteral("Settings are as at first and are not kept, since %1 is not a file: "
                           "move it away.")
                .arg(m_file));
        QVERIFY(QFileInfo::exists(m_file) && !QFileInfo(m_file).isFile());
    }

    void aPipeInPlaceOfThoseOfTheWholeOrganization()
    {
        if (!isAlone(__func__))
            return;
        pipe(m_folder + QStringLiteral("/simile.conf"));
        works();
        QVERIFY(problemOfSettings().contains(m_folder + QStringLiteral("/simile.conf is not")));
    }

    void aFolderInPlaceOfTheSettings()
    {
        if (!isAlone(__func__))
            return;
        QVERIFY(QDir().mkpath(m_file));
        works();
        QVERIFY(problemOfSettings().contains(m_file));
    }

    /// They are read, and not written.
    void aPipeInPlaceOfTheirLock()
    {
        if (!isAlone(__func__))
            return;
        QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
        const std::string content = "[General]\nlanguage=ko\n";
        writeFileAtomically(m_file.toStdString(), std::as_bytes(std::span(content)));
        pipe(m_file + QStringLiteral(".lock"));
        QCOMPARE(Settings().language(), QStringLiteral("ko"));
        works();
        QCOMPARE(Settings().language(), QStringLiteral("ko"));
        QCOMPARE(
            problemOfSettings(),
            QStringLiteral("Settings are not kept, since %1.lock is not a file: move it away.")
                .arg(m_file));
        QCOMPARE(readText(m_file.toStdString()), content);
    }
};

QTEST_GUILESS_MAIN(SettingsPipesTest)
#include "tst_settingspipes.moc"
