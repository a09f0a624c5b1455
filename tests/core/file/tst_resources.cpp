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

    void theUsersOwnFolderFollowsTheEnvironment()
    {
        const QByteArray home = qgetenv("HOME"), data = qgetenv("XDG_DATA_HOME");
        const auto put = [](const char* name, const QByteArray& value) {
            value.isNull() ? qunsetenv(name) : qputenv(name, value);
        };
        const auto folder = [&](const QByteArray& xdg) {
            put("XDG_DATA_HOME", xdg);
            return userFolder().string();
        };
        qputenv("HOME", "/home/u");
        const std::string usual = "/home/u/.local/share/simile";
        QCOMPARE(folder("/data"), std::string("/data/simile"));
        QCOMPARE(folder("relative"), usual); // which counts for nothing
        QCOMPARE(folder({}), usual);
        qunsetenv("HOME");
        QCOMPARE(folder({}), std::string("/.local/share/simile"));
        put("HOME", home);
        put("XDG_DATA_HOME", data);
    }
};

QTEST_GUILESS_MAIN(ResourcesTest)
#include "tst_resources.moc"
