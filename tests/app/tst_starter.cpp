// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// The small program, with another in place of the one that it loads.
class StarterTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        const QDir folder(m_folder.path());
        const QString libraries = QStringLiteral(LIBRARIES);
        QVERIFY(folder.mkpath(QStringLiteral("bin")) && folder.mkpath(libraries));
        QVERIFY(QFile::copy(QStringLiteral(SIMILE), folder.filePath(QStringLiteral("bin/simile"))));
        QVERIFY(QFile::copy(
            QStringLiteral(PRINTING_PROGRAM),
            folder.filePath(libraries + QStringLiteral("/libsimile-program.so"))));
    }

    void gpusAreCountedAsTheDriverDoesUnlessTheUserWantsItOtherwise_data()
    {
        QTest::addColumn<QString>("users");
        QTest::addColumn<QString>("order");
        QTest::newRow("usual") << QString() << QStringLiteral("PCI_BUS_ID");
        QTest::newRow("chosen") << QStringLiteral("FASTEST_FIRST")
                                << QStringLiteral("FASTEST_FIRST");
    }

    void gpusAreCountedAsTheDriverDoesUnlessTheUserWantsItOtherwise()
    {
        QFETCH(QString, users);
        QFETCH(QString, order);
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"CUDA_DEVICE_ORDER", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"})
            environment.remove(QLatin1String(name));
        if (!users.isEmpty())
            environment.insert(QStringLiteral("CUDA_DEVICE_ORDER"), users);
        QProcess program;
        program.setProcessEnvironment(environment);
        program.start(m_folder.filePath(QStringLiteral("bin/simile")), QStringList());
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 3);
        QCOMPARE(
            QString::fromUtf8(program.readAllStandardOutput()),
            order + QStringLiteral("\npassive\n"));
    }
};

QTEST_APPLESS_MAIN(StarterTest)
#include "tst_starter.moc"
