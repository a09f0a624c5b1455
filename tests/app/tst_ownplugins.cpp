// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ownplugins.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/pluginfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr const char* begunAgain = "SIMILE_TEST_BEGUN_AGAIN"; ///< of this program, as itself
constexpr int endedState = 20; ///< its status then, where the plug-in is known to have ended it

/// The user's own folder for plug-ins, and where it is kept what was said of them.
class OwnFolder
{
public:
    OwnFolder()
    {
        for (const char* name : {"XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"})
            qputenv(name, m_folder.path().toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("simile-test"));
        QSettings().clear();
        QDir().mkpath(folder());
    }
    QString folder() const { return ownPluginFolder(); }
    QString add(const QString& plugin) const
    {
        const QString path = folder() + QLatin1Char('/') + QFileInfo(plugin).fileName();
        QFile::copy(plugin, path);
        chmod(path.toStdString().c_str(), 0700);
        return path;
    }

private:
    QTemporaryDir m_folder;
};

/// Runs of FAULTY_PLUGIN's method, one after the other, with these seeds.
void runFaulty(const std::vector<int>& seeds)
{
    int none = 0;
    char* arguments[] = {nullptr};
    const QCoreApplication application(none, arguments);
    const MethodList list;
    const Method& method = *list.find("faulty");
    Engine engine;
    for (const int seed : seeds) {
        Prepared prepared;
        prepared.request.method = method.id;
        prepared.request.seed = uint64_t(seed);
        QEventLoop loop;
        QObject::connect(&engine, &Engine::finished, &loop, &QEventLoop::quit);
        QObject::connect(&engine, &Engine::failed, &loop, &QEventLoop::quit);
        engine.start(method, prepared);
        loop.exec();
    }
}

} // namespace

class OwnPluginsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownPluginsRunWhenTheirUserSaidSoOfThatVeryFile()
    {
        const OwnFolder f;
        const QString toy = f.add(QStringLiteral(TOY_PLUGIN));
        const auto state = [] { return MethodList().own().at(0).state; };
        QCOMPARE(state(), OwnPlugin::New);
        QVERIFY(!MethodList().find("toy-weave"));
        QVERIFY(MethodList().failures().isEmpty());
        allowPlugin(ownPlugins().at(0));
        QCOMPARE(state(), OwnPlugin::Allowed);
        QVERIFY(MethodList().find("toy-weave"));
        QVERIFY(!MethodList(MethodList::WithoutOwn).find("toy-weave"));
        QFile file(toy);
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write("1"), 1);
        file.close();
        QCOMPARE(state(), OwnPlugin::Changed);
        QVERIFY(!MethodList().find("toy-weave"));
        allowPlugin(ownPlugins().at(0));
        QCOMPARE(state(), OwnPlugin::Allowed);
        forgetPlugin(QStringLiteral("libtoyplugin.so"));
        QCOMPARE(state(), OwnPlugin::New);
    }

    void whatOthersMayWriteIsNotLoaded()
    {
        const OwnFolder f;
        const QString toy = f.add(QStringLiteral(TOY_PLUGIN));
        allowPlugin(ownPlugins().at(0));
        const auto refused = [](const char* why) {
            const OwnPlugin plugin = MethodList().own().at(0);
            return plugin.state == OwnPlugin::Refused
                && plugin.reason.find(why) != std::string::npos;
        };
        QVERIFY(!refused(""));
        QCOMPARE(chmod(toy.toStdString().c_str(), 0722), 0);
        QVERIFY(refused("the file can be written by others"));
        QCOMPARE(chmod(toy.toStdString().c_str(), 0700), 0);
        QCOMPARE(chmod(f.folder().toStdString().c_str(), 0777), 0);
        QVERIFY(refused("its folder can be written by others"));
        QCOMPARE(chmod(f.folder().toStdString().c_str(), 0700), 0);
        QVERIFY(QFile::remove(toy));
        QVERIFY(QFile::link(QStringLiteral(TOY_PLUGIN), toy));
        QVERIFY(refused("it is a link"));
    }

    void whatTheProgramEndedWithIsNamedAndNotTriedAgain()
    {
        const OwnFolder f;
        f.add(QStringLiteral(ENDING_PLUGIN));
        allowPlugin(ownPlugins().at(0));
        const auto begin = [] {
            const pid_t child = fork();
            if (child == 0) {
                const rlimit none {0, 0};
                setrlimit(RLIMIT_CORE, &none);
                std::signal(
                    SIGABRT, SIG_DFL); // a debugger of Qt Test's would be asked for its stack
                const MethodList list;
                _exit(0);
            }
            int status = 0;
            waitpid(child, &status, 0);
            return status;
        };
        QVERIFY(WIFSIGNALED(begin()));
        QCOMPARE(begin(), 0); // it is not loaded
        const OwnPlugin plugin = MethodList().own().at(0);
        QCOMPARE(plugin.state, OwnPlugin::Ended);
        const std::string said = english(whyNotLoaded(plugin));
        QVERIFY2(said.find("endingplugin.so") != said.npos, said.c_str());
        allowPlugin(ownPlugins().at(0));
        QVERIFY2(WIFSIGNALED(begin()), "it is tried again where its user wants it");
    }

    void whatEndsTheProgramInItsFirstRunIsNamedAndNotTriedAgain_data()
    {
        QTest::addColumn<std::vector<int>>("seeds"); // of its runs in one program
        QTest::addColumn<OwnPlugin::State>("then");
        QTest::newRow("in the first") << std::vector {13} << OwnPlugin::Ended;
        QTest::newRow("behind one that was stopped") << std::vector {1, 13} << OwnPlugin::Ended;
        QTest::newRow("later") << std::vector {2, 13} << OwnPlugin::Allowed;
        QTest::newRow("never") << std::vector {2, 1} << OwnPlugin::Allowed;
    }

    /// Of FAULTY_PLUGIN, by the Engine, in a process of its own.
    void whatEndsTheProgramInItsFirstRunIsNamedAndNotTriedAgain()
    {
        QFETCH(std::vector<int>, seeds);
        QFETCH(OwnPlugin::State, then);
        const OwnFolder f;
        f.add(QStringLiteral(FAULTY_PLUGIN));
        allowPlugin(ownPlugins().at(0));
        const pid_t child = fork();
        if (child == 0) {
            const rlimit none {0, 0};
            setrlimit(RLIMIT_CORE, &none);
            std::signal(SIGABRT, SIG_DFL);
            runFaulty(seeds);
            _exit(0);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(WIFSIGNALED(status), seeds.back() == 13);
        const MethodList list;
        QCOMPARE(list.own().at(0).state, then);
        QCOMPARE(list.find("faulty") != nullptr, then == OwnPlugin::Allowed);
    }

    void aPluginThatIsNeverLoadedIsLeftOutByAProgramThatBeginsAgain()
    {
        const OwnFolder f;
        f.add(QStringLiteral(FAULTY_PLUGIN));
        allowPlugin(ownPlugins().at(0));
        int told[2] = {};
        QCOMPARE(pipe(told), 0);
        const pid_t child = fork();
        if (child == 0) {
            dup2(told[1], STDERR_FILENO);
            qputenv("FAULT", "never ends");
            qputenv(begunAgain, "1");
            const OwnPlugin plugin = ownPlugins().at(0);
            const LoadingGuard guard(plugin, std::chrono::milliseconds(200));
            plugin.file->load();
            _exit(0);
        }
        close(told[1]);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        std::string said(1000, ' ');
        said.resize(size_t(std::max(ssize_t(0), read(told[0], said.data(), said.size()))));
        close(told[0]);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), endedState);
        QVERIFY2(
            said.find("faultyplugin.so is still being loaded after 1 s") != said.npos,
            said.c_str());
    }

    void whatAnotherProgramIsLoadingDidNotEndIt()
    {
        const OwnFolder f;
        f.add(QStringLiteral(TOY_PLUGIN));
        allowPlugin(ownPlugins().at(0));
        {
            const LoadingGuard guard(ownPlugins().at(0));
            QCOMPARE(ownPlugins().at(0).state, OwnPlugin::Allowed);
        }
        QCOMPARE(ownPlugins().at(0).state, OwnPlugin::Allowed);
    }
};

/// Of aPluginThatIsNeverLoadedIsLeftOutByAProgramThatBeginsAgain().
int stateOfTheFirst()
{
    QCoreApplication::setOrganizationName(QStringLiteral("simile-test"));
    return endedState + int(MethodList().own().at(0).state) - int(OwnPlugin::Ended);
}

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsSet(begunAgain))
        return stateOfTheFirst();
    OwnPluginsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ownplugins.moc"
