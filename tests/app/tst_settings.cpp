// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

/// What a method keeps.
static const KeptFiles kept {.folder = "inversions", .label = "Kept", .usualLimit = 2048};

class SettingsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A file that exists.
    QString file(const QString& name) const
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) ? path : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_CONFIG_HOME", m_folder.path().toUtf8());
        qputenv("XDG_CACHE_HOME", (m_folder.path() + QStringLiteral("/cache")).toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("simile"));
        QCoreApplication::setApplicationName(QStringLiteral("simile"));
    }

    void init() { QSettings().clear(); }

    void theDefaultsAreThoseOfAFreshStart()
    {
        const Settings settings;
        QCOMPARE(settings.device(), QStringLiteral("cpu"));
        QCOMPARE(settings.precision(), QStringLiteral("auto"));
        QCOMPARE(settings.model(), QString());
        QCOMPARE(settings.embed(), QStringLiteral("full"));
        QCOMPARE(settings.keptLimit(kept), 2048);
        QCOMPARE(settings.imageLimits().pixels, int64_t(268'000'000));
        QVERIFY(settings.recentModels().isEmpty());
        QVERIFY(settings.windowState().isEmpty());
    }

    void whatIsSetIsKept()
    {
        Settings settings;
        settings.setDevice(QStringLiteral("cuda:1"));
        settings.setPrecision(QStringLiteral("bf16"));
        settings.setModel(QStringLiteral("/models/one, two"));
        settings.setEmbed(QStringLiteral("none"));
        settings.setKeptLimit(kept, 256);
        settings.setLargestPicture(25);
        settings.setResultFolder(m_folder.path());
        settings.setCertificates(QStringLiteral("/own.pem"));
        settings.setWindow("geometry\0x", "state");
        const Settings again;
        QCOMPARE(again.device(), QStringLiteral("cuda:1"));
        QCOMPARE(again.keptLimit(kept), 256);
        QCOMPARE(again.imageLimits().pixels, int64_t(25'000'000));
        QCOMPARE(again.precision(), QStringLiteral("bf16"));
        QCOMPARE(again.model(), QStringLiteral("/models/one, two"));
        QCOMPARE(again.embed(), QStringLiteral("none"));
        QCOMPARE(again.resultFolder(), m_folder.path());
        QCOMPARE(again.windowGeometry(), QByteArray("geometry\0x"));
        QCOMPARE(again.certificates(), QStringLiteral("/own.pem"));
        QCOMPARE(again.windowState(), QByteArray("state"));
        QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("simile/simile.conf"))));
    }

    /// Qt trusts what it is given: one of these made it wait for ever, at each start.
    void aWindowThatIsNotAsItWasWrittenIsForgotten()
    {
        for (const char* key : {"window/state", "window/geometry", "window/hash"}) {
            Settings().setWindow("geometry", "state");
            QCOMPARE(Settings().windowState(), QByteArray("state"));
            QSettings().setValue(QLatin1String(key), QByteArray("stateX"));
            QCOMPARE(Settings().windowState(), QByteArray());
            QCOMPARE(Settings().windowGeometry(), QByteArray());
        }
        Settings().setWindow({}, "state");
        QCOMPARE(Settings().windowState(), QByteArray("state"));
    }

    void whatAModelPredictsIsKeptForThatVeryFile()
    {
        const auto write = [this](const char* name, const QByteArray& bytes) {
            QFile file(m_folder.filePath(QString::fromLatin1(name)));
            file.open(QFile::WriteOnly);
            file.write(bytes);
            return std::filesystem::path(file.fileName().toStdString());
        };
        const auto one = write("one.safetensors", "1"), other = write("other.safetensors", "2");
        Settings settings;
        settings.setPrediction(one, QStringLiteral("v_prediction"));
        QCOMPARE(Settings().prediction(one), QStringLiteral("v_prediction"));
        QCOMPARE(Settings().prediction(other), QStringLiteral("auto"));
        write("one.safetensors", "another file");
        QCOMPARE(Settings().prediction(one), QStringLiteral("auto"));
        settings.setPrediction(one, QStringLiteral("epsilon"));
        settings.setPrediction(one, QStringLiteral("auto"));
        QCOMPARE(Settings().prediction(one), QStringLiteral("auto"));
    }

    void aDamagedValueGivesTheDefault()
    {
        QSettings stored;
        stored.setValue(QStringLiteral("device"), QStringLiteral("cuda:x; rm"));
        stored.setValue(QStringLiteral("precision"), QPoint(3, 4));
        stored.setValue(QStringLiteral("embed"), QStringLiteral("all"));
        stored.setValue(QStringLiteral("largestPicture"), 1'000'000);
        stored.setValue(QStringLiteral("recentModels"), 7);
        stored.setValue(QStringLiteral("window/state"), QPoint(1, 2));
        stored.setValue(QStringLiteral("resultFolder"), QStringLiteral("/nowhere/at/all"));
        stored.sync();
        const Settings settings;
        QCOMPARE(settings.device(), QStringLiteral("cpu"));
        QCOMPARE(settings.precision(), QStringLiteral("auto"));
        QCOMPARE(settings.embed(), QStringLiteral("full"));
        QCOMPARE(settings.largestPicture(), 268);
        QVERIFY(settings.recentModels().isEmpty());
        QVERIFY(settings.windowState().isEmpty());
        QVERIFY(settings.resultFolder() != QStringLiteral("/nowhere/at/all"));
    }

    void recentFilesAreTenTheNewestFirstAndExist()
    {
        Settings settings;
        for (int i = 0; i < 12; ++i)
            settings.addRecentModel(file(QStringLiteral("model-%1").arg(i)));
        settings.addRecentModel(m_folder.filePath(QStringLiteral("model-5")));
        QStringList recent = settings.recentModels();
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent.at(0), m_folder.filePath(QStringLiteral("model-5")));
        QCOMPARE(recent.at(1), m_folder.filePath(QStringLiteral("model-11")));
        QCOMPARE(recent.count(recent.at(0)), 1);

        QVERIFY(QFile::remove(recent.at(0)));
        recent = settings.recentModels();
        QCOMPARE(recent.at(0), m_folder.filePath(QStringLiteral("model-11")));
        QVERIFY(settings.recentFiles().isEmpty());
    }

    void oneRecentFileIsStillAList()
    {
        Settings settings;
        settings.addRecentFile(file(QStringLiteral("one.png")));
        QCOMPARE(
            settings.recentFiles(), QStringList {m_folder.filePath(QStringLiteral("one.png"))});
    }

    void recentFilesAreForgottenWhereTheyAreNotToBeRemembered()
    {
        Settings settings;
        settings.addRecentFile(file(QStringLiteral("one.png")));
        settings.setRemembersFiles(false);
        QVERIFY(settings.recentFiles().isEmpty());
        settings.addRecentFile(file(QStringLiteral("two.png")));
        QVERIFY(settings.recentFiles().isEmpty());
        settings.setRemembersFiles(true);
        settings.addRecentFile(file(QStringLiteral("two.png")));
        QCOMPARE(settings.recentFiles().size(), 1);
    }

    void aLanguageThatThereIsNotIsTheSystems()
    {
        Settings settings;
        QCOMPARE(settings.language(), QString());
        settings.setLanguage(QStringLiteral("ko"));
        QCOMPARE(Settings().language(), QStringLiteral("ko"));
        settings.setLanguage(QStringLiteral("../ko"));
        QCOMPARE(settings.language(), QString());
    }

    void whatIsResetComesBackAndAllElseStays()
    {
        Settings settings;
        settings.setAppearance(QStringLiteral("light"));
        settings.setNotifies(false);
        settings.setRecords(false);
        settings.setKeptLimit(kept, 256);
        settings.setDevice(QStringLiteral("cuda"));
        settings.addRecentFile(file(QStringLiteral("one.png")));
        const QVariantMap before = settings.reset();
        QCOMPARE(settings.appearance(), QStringLiteral("system"));
        QVERIFY(settings.notifies());
        QVERIFY(settings.records());
        QCOMPARE(settings.keptLimit(kept), 2048);
        QCOMPARE(settings.device(), QStringLiteral("cuda")); // it is part of what is edited
        QCOMPARE(settings.recentFiles().size(), 1);
        settings.setLargestPicture(25);
        settings.putBack(before);
        QCOMPARE(settings.appearance(), QStringLiteral("light"));
        QVERIFY(!settings.notifies());
        QCOMPARE(settings.keptLimit(kept), 256);
        QCOMPARE(settings.largestPicture(), 268);
    }

    void theCacheLiesInTheUsersCacheFolder()
    {
        QVERIFY(Settings::cacheFolder().endsWith(QStringLiteral("/cache/simile")));
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
