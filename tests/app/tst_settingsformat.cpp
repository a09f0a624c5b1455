// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settingsformat.h"

#include "tests/noroom.h"

#include <QFile>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

class SettingsFormatTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QMap<QString, QVariant> values()
    {
        return {
            {QStringLiteral("plain"), QStringLiteral("a, b; \"c\" = \u00fc\u30ab\n")},
            {QStringLiteral("a b/c%d"), 3},
            {QStringLiteral("list/of"), QStringList {QStringLiteral("x,y"), QString()}},
            {QStringLiteral("list/one"), QStringList {QStringLiteral("x")}},
            {QStringLiteral("bytes"), QByteArray("\0\xff@", 3)},
            {QStringLiteral("yes"), true},
            {QStringLiteral("real"), .25}};
    }

private Q_SLOTS:
    void itIsTheTextThatQtItselfWrites()
    {
        const auto all = values();
        {
            QSettings ours(path("ours.conf"), settingsFormat());
            QSettings qts(path("qts.conf"), QSettings::IniFormat);
            for (auto entry = all.begin(); entry != all.end(); ++entry) {
                ours.setValue(entry.key(), entry.value());
                qts.setValue(entry.key(), entry.value());
            }
        }
        QVERIFY(!contentOf(path("ours.conf")).isEmpty());
        QCOMPARE(contentOf(path("ours.conf")), contentOf(path("qts.conf")));
        for (const char* copy : {"a.conf", "b.conf"}) // of which Qt knows nothing
            QVERIFY(QFile::copy(path("qts.conf"), path(copy)));
        const QSettings ours(path("a.conf"), settingsFormat());
        const QSettings qts(path("b.conf"), QSettings::IniFormat);
        QCOMPARE(ours.allKeys(), qts.allKeys());
        QCOMPARE(ours.allKeys().size(), all.size());
        for (const QString& key : ours.allKeys())
            QCOMPARE(ours.value(key), qts.value(key));
        QCOMPARE(ours.value(QStringLiteral("bytes")).toByteArray(), all[QStringLiteral("bytes")]);
        QCOMPARE(ours.status(), QSettings::NoError);
    }

    void whatAnotherProgramWritesIsReadAgain()
    {
        QSettings settings(path("shared.conf"), settingsFormat());
        for (int i = 10; i < 30; ++i) { // of one size
            QFile file(path("shared.conf"));
            QVERIFY(file.open(QFile::WriteOnly));
            file.write("[a]\nb=" + QByteArray::number(i) + "\n");
            file.close();
            QTest::qWait(5); // Qt sees by the time that it is another
            settings.sync();
            QCOMPARE(settings.value(QStringLiteral("a/b")).toInt(), i);
        }
    }

    void whatCanBeReadOfADamagedOneIs()
    {
        QFile file(path("damaged.conf"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("[General]\nlanguage=ko\n\x01\xff no line\nrecords=false\n");
        file.close();
        const QSettings settings(path("damaged.conf"), settingsFormat());
        QCOMPARE(settings.value(QStringLiteral("language")).toString(), QStringLiteral("ko"));
        QCOMPARE(settings.value(QStringLiteral("records")).toString(), QStringLiteral("false"));
    }

    void whatTheFileDoesNotTakeIsNoticed()
    {
        QFile full(QStringLiteral("/dev/full"));
        QVERIFY(full.open(QFile::WriteOnly));
        QVERIFY(!writeSettings(full, values()));
        QFile file(path("taken.conf"));
        QVERIFY(file.open(QFile::WriteOnly));
        QVERIFY(writeSettings(file, values()));
    }

    /// Qt's own format keeps as much of it as there is space for, and says nothing.
    void aDiskThatIsFullLeavesThemAsTheyWere()
    {
        const QString file = path("full.conf"), fresh = QStringLiteral("session/last");
        const QByteArray kept(3000, 'x'), put(1000, 'y');
        QSettings(file, settingsFormat()).setValue(QStringLiteral("a/b"), kept);
        const QByteArray before = contentOf(file);
        QVERIFY(before.contains(kept));
        for (rlim_t most = 0; most < 5000; most += 499) {
            QSettings settings(file, settingsFormat());
            settings.setValue(fresh, put);
            {
                const NoRoom full(most);
                settings.sync();
            }
            const bool fits = most > 4050;
            QCOMPARE(settings.status(), fits ? QSettings::NoError : QSettings::AccessError);
            QVERIFY2(
                contentOf(file).contains(put) == fits && contentOf(file).contains(kept),
                qPrintable(QString::number(most)));
            settings.remove(fresh);
        }
    }
};

QTEST_GUILESS_MAIN(SettingsFormatTest)
#include "tst_settingsformat.moc"
