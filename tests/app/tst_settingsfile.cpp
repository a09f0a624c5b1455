// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settingsfile.h"

#include "app/settings.h"
#include "tests/app/emptyhome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray damaged = "[General]\nlanguage=ko\n\x01\xff\xfe rest of a page\nrecords=false\n";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(bytes);
}

} // namespace

class SettingsFileTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

private Q_SLOTS:
    /// As the program starts; it stands first, since that is once.
    void aDamagedFileIsKeptBesideBeforeItIsWritten()
    {
        const QString file = QSettings(
                                 QSettings::NativeFormat, QSettings::UserScope,
                                 QStringLiteral("simile"), QStringLiteral("simile"))
                                 .fileName();
        const QString bad = file + QStringLiteral(".bad");
        QVERIFY(!QFileInfo::exists(file));
        write(file, damaged);
        Settings settings;
        QCOMPARE(settings.language(), QStringLiteral("ko")); // what can be read is
        QVERIFY(!settings.records());
        QCOMPARE(settings.embed(), QStringLiteral("full"));
        settings.setEmbed(QStringLiteral("none"));
        QSettings().sync();
        QVERIFY(contentOf(file).contains("embed=none"));
        QCOMPARE(contentOf(bad), damaged);
        QVERIFY2(
            problemOfSettings().contains(file)
                && problemOfSettings().contains(QLatin1String("simile.conf.bad")),
            qPrintable(problemOfSettings()));
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::None);
    }

    void whatWasKeptIsNotOverwrittenAndNotSaidAgain()
    {
        const QString file = m_folder.filePath(QStringLiteral("a.conf"));
        write(file, damaged);
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::Damaged);
        write(file, "another damage");
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::None);
        QCOMPARE(contentOf(file + QStringLiteral(".bad")), damaged);
    }

    void bytesThatAreNothingGiveTheDefaults()
    {
        const QString file = m_folder.filePath(QStringLiteral("nothing.conf"));
        write(file, QByteArray(3000, '\x07') + QByteArray(10, '\0'));
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::Damaged);
        QVERIFY(QSettings(file, QSettings::IniFormat).value(QStringLiteral("language")).isNull());
    }

    void aFileThatIsWholeIsLeftAlone()
    {
        const QString file = m_folder.filePath(QStringLiteral("whole.conf"));
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::None); // none yet
        write(file, "[General]\nlanguage=ko\nembed=\\\n  full\n");
        QVERIFY(lookAtSettingsFile(file) == SettingsFault::None);
        QVERIFY(!QFileInfo::exists(file + QStringLiteral(".bad")));
    }

    void whereNothingCanBeWrittenThatIsSaid()
    {
        const QString folder = m_folder.filePath(QStringLiteral("file"));
        write(folder, "in place of the folder");
        const QString file = folder + QStringLiteral("/simile.conf");
        const QString said = sentenceOf(lookAtSettingsFile(file), file);
        QVERIFY2(
            said.contains(file) && said.contains(QLatin1String("cannot be written")),
            qPrintable(said));
    }

    void whatANewerVersionWroteStays()
    {
        QSettings().clear();
        QSettings().setValue(QStringLiteral("appearance"), QStringLiteral("sepia"));
        QSettings().setValue(QStringLiteral("newer/thing"), QStringList {QStringLiteral("a, b")});
        Settings settings;
        QCOMPARE(settings.appearance(), QStringLiteral("system"));
        settings.setEmbed(QStringLiteral("none"));
        settings.putBack(settings.reset());
        QSettings().sync();
        const QByteArray kept = contentOf(QSettings().fileName());
        QVERIFY2(kept.contains("appearance=sepia"), kept.constData());
        QVERIFY2(kept.contains("[newer]\nthing=\"a, b\""), kept.constData());
    }
};

QTEST_GUILESS_MAIN(SettingsFileTest)
#include "tst_settingsfile.moc"
