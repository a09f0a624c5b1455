// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/resources.h"

#include <QTemporaryDir>
#include <QTest>

class ResourcesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv("SIMILE_RESOURCES"); }
    void cleanupTestCase() { qunsetenv("SIMILE_RESOURCES"); }

    void theyAreFoundBesideTheLibrary()
    {
        QVERIFY(std::filesystem::exists(resourceFolder() / "clip" / "README.md"));
        QVERIFY(std::filesystem::exists(defaultModel() / "model_index.json"));
    }

    void anotherFolderCanBeNamed()
    {
        const QTemporaryDir folder;
        qputenv("SIMILE_RESOURCES", folder.path().toLocal8Bit());
        QCOMPARE(resourceFolder().string(), folder.path().toStdString());
        qputenv("SIMILE_RESOURCES", "");
        QVERIFY(std::filesystem::exists(defaultModel()));
    }

    void aNamedFolderThatIsMissingIsSaid()
    {
        qputenv("SIMILE_RESOURCES", "/nowhere/share");
        try {
            resourceFolder();
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(QByteArray(error.what()).contains("/nowhere/share"));
        }
    }
};

QTEST_GUILESS_MAIN(ResourcesTest)
#include "tst_resources.moc"
