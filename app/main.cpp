// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"
#include "app/commandline.h"
#include "app/commands.h"
#include "app/conversionprocess.h"
#include "app/crashreport.h"
#include "app/desktop/applicationid.h"
#include "app/desktop/desktop.h"
#include "app/devices.h"
#include "app/ending.h"
#include "app/engine.h"
#include "app/foundmodels.h"
#include "app/keeper.h"
#include "app/language.h"
#include "app/methodlist.h"
#include "app/network/instance.h"
#include "app/networkrest.h"
#include "app/pluginfaults.h"
#include "app/process.h"
#include "app/progress.h"
#include "app/session.h"
#include "app/sessions.h"
#include "app/settings.h"
#include "app/settingsfile.h"
#include "app/translated.h"
#include "ui/actions.h"
#include "ui/desktopreport.h"
#include "ui/mainwindow.h"
#include "ui/noticebar.h"
#include "ui/pluginnotices.h"
#include "ui/resultpane.h"

#include <QAction>
#include <QApplication>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSessionManager>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <unistd.h>

namespace {

/// How long a window that is open already may take to answer.
constexpr std::chrono::seconds patience(3);
/// When the window stands: networks on this computer are looked for then, to be offered.
constexpr std::chrono::seconds untilLooking(2);

void say(FILE* stream, const QString& text)
{
    std::fprintf(stream, "%s\n", text.toUtf8().constData());
}

/// Qt ends a program that has no display without a word to the user.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// Takes out by what a session manager of X11 starts programs again, which Qt reads for itself.
void takeOutSession(std::vector<std::string>& arguments)
{
    const auto at = std::ranges::find(arguments, "-session");
    if (at != arguments.end() && at + 1 != arguments.end())
        arguments.erase(at, at + 2);
}

/// What a window shares with the one that is open already, so that this one takes its place.
QStringList marks()
{
    return {
        Sessions::folder(), QSettings().fileName(), qEnvironmentVariable("DISPLAY"),
        qEnvironmentVariable("WAYLAND_DISPLAY")};
}

Handed handedBy(const WindowCommand& command)
{
    Handed handed {.token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
    for (const QString& file : command.files)
        handed.files << QFileInfo(file).absoluteFilePath();
    return handed;
}

/// Says when the window is drawn and its model known, where QT_LOGGING_RULES="simile.start=true"
/// asks for it: tests/bench/start.cpp does.
Q_LOGGING_CATEGORY(startLog, "simile.start", QtWarningMsg)

class StartLog : public QObject
{
public:
    StartLog(MainWindow& window, ModelChoice& model)
    {
        if (!startLog().isDebugEnabled())
            return;
        window.installEventFilter(this);
        const auto sayKnown = [this, &model] {
            if (!model.card().path.empty() && !std::exchange(m_known, true))
                qCDebug(startLog, "the model is known");
        };
        connect(&model, &ModelChoice::changed, this, sayKnown);
        sayKnown();
    }
    bool eventFilter(QObject* window, QEvent* event) override
    {
        if (event->type() != QEvent::Paint)
            return false;
        window->removeEventFilter(this);
        QMetaObject::invokeMethod( // its other parts are painted first
            this, [] { qCDebug(startLog, "the window is drawn"); }, Qt::QueuedConnection);
        return false;
    }

private:
    bool m_known = false;
};

/// Lets later starts hand their files to the window.
void receive(Instance& instance, MainWindow& window)
{
    QObject::connect(&instance, &Instance::handed, &window, [&window](const Handed& handed) {
        if (!handed.token.isEmpty())
            qputenv("XDG_ACTIVATION_TOKEN", handed.token.toUtf8()); // Qt takes it from there
        bringUp(window);
        if (!handed.files.isEmpty())
            window.open(handed.files);
    });
}

int openWindow(int argc, char** argv, const MethodList& methods, const WindowCommand& command)
{
    if (!hasDisplay()) {
        const QCoreApplication application(argc, argv);
        const Language language(Settings().language());
        say(stderr,
            translated(Sentence("There is no display to open a window on. Set DISPLAY, or make a "
                                "picture with a command: see simile --help.")));
        return ExitFailed;
    }
    leaveInterruptsAlone();
    const Handed handed = handedBy(command); // Qt takes the token away
    const QApplication application(argc, argv);
    const Language language(Settings().language());
    Instance instance(command.newInstance ? QString() : instancePath(marks()));
    const Instance::Found found = instance.begin(handed, patience);
    if (found == Instance::HandedOver)
        return ExitDone;
    const std::filesystem::path reports = Settings::stateFolder() / "crashes";
    const auto crashes = newCrashReports(reports);
    reportCrashes(reports);
    QGuiApplication::setDesktopFileName(applicationId());
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Simile"));
    Settings settings;
    chooseUsualDevice(settings, graphicsHere());
    Engine engine;
    Session session(engine, methods, settings);
    Keeper keeper(session);
    Sessions sessions(keeper, settings);
    MainWindow window(session, settings);
    window.setSessions(sessions, keeper);
    Desktop desktop;
    const DesktopReport report(session, desktop, window);
    NetworkRest rest(engine, session.runs());
    QObject::connect(
        window.actions()("release"), &QAction::triggered, &rest, &NetworkRest::release);
    QObject::connect(&rest, &NetworkRest::released, &window, [&window](const QString& sentence) {
        if (!sentence.isEmpty())
            window.pane().notices().say(sentence, false);
    });
    QObject::connect(
        &application, &QGuiApplication::commitDataRequest, &window,
        [&window](QSessionManager& manager) {
            if (!window.endsWithTheDesktop([&manager] { return manager.allowsInteraction(); }))
                manager.cancel();
            manager.release();
        },
        Qt::DirectConnection);
    const StartLog log(window, session.model());
    sessions.openLast();
    window.show();
    tellPlugins(window.pane().notices(), methods);
    receive(instance, window);
    const auto tell = [&window](const QString& sentence) {
        window.pane().notices().say(sentence, false);
    };
    QObject::connect(&HelperReport::instance(), &HelperReport::weaker, &window, tell);
    QObject::connect(&MissingDevices::instance(), &MissingDevices::missing, &window, tell);
    for (const QString& sentence : MissingDevices::instance().told())
        tell(sentence);
    QTimer::singleShot(untilLooking, &window, [&window] { window.found().lookOnce(); });
    if (!crashes.empty())
        window.pane().notices().say(
            MainWindow::tr("Simile ended by a fault the last time. What was made until then is "
                           "kept. A report for its makers lies in %1; it is sent nowhere.")
                .arg(QString::fromStdString(crashes.front().string())),
            false);
    if (found == Instance::Deaf)
        window.pane().notices().say(
            MainWindow::tr("Another window of Simile is open and does not answer. This one stands "
                           "beside it."),
            false);
    if (!command.files.isEmpty())
        window.open(command.files);
    else
        window.welcome();
    const int status = QApplication::exec();
    endProgram();
    return status;
}

int fail()
{
    const Failure failure = currentFailure();
    say(stderr, failure.sentence);
    if (!failure.details.isEmpty())
        say(stderr, failure.details);
    return exitStatus(failure);
}

/// Of a process that gave its rights away: it does nothing of what programs do at their end.
[[noreturn]] int endConfined(int status)
{
    std::fflush(nullptr);
    _exit(status);
}

int execute(const Command& command, const MethodList& methods)
{
    if (const auto* text = std::get_if<TextCommand>(&command)) {
        std::fputs(text->text.c_str(), text->status == 0 ? stdout : stderr);
        return text->status;
    }
    const auto* making = std::get_if<MakeCommand>(&command);
    Progress progress(making && making->json); // a line of --json is an object, whatever it says
    for (const QString& failure : methods.failures())
        progress.note(failure.toStdString());
    for (const OwnPlugin& plugin : methods.own())
        if (plugin.state != OwnPlugin::Allowed)
            progress.note(whyNotLoaded(plugin));
    if (settingsFault() == SettingsFault::NoFile)
        progress.note(problemOfSettings().toStdString());
    const QObject here;
    const auto tell = [&progress](const QString& sentence) {
        progress.note(sentence.toStdString());
    };
    QObject::connect(&HelperReport::instance(), &HelperReport::weaker, &here, tell);
    QObject::connect(&MissingDevices::instance(), &MissingDevices::missing, &here, tell);
    QObject::connect(&methods.faults(), &PluginFaults::added, &here, tell);
    if (const auto* wanted = std::get_if<InspectCommand>(&command))
        return inspect(*wanted, methods);
    if (const auto* models = std::get_if<ModelsCommand>(&command))
        return describeModels(methods, *models);
    if (const auto* runs = std::get_if<RunsCommand>(&command))
        return listRuns(*runs, methods);
    if (const auto* run = std::get_if<GoOnCommand>(&command))
        return goOn(*run, methods);
    if (const auto* picture = std::get_if<VerifyCommand>(&command))
        return verify(*picture, methods);
    if (const auto* pictures = std::get_if<CompareCommand>(&command))
        return compare(*pictures, methods);
    if (const auto* plugins = std::get_if<PluginsCommand>(&command))
        return listPlugins(*plugins);
    if (const auto* wanted = std::get_if<GetCommand>(&command))
        return getModels(*wanted);
    if (const auto* convert = std::get_if<ConvertCommand>(&command))
        return endConfined(convertCheckpointsHere(convert->files));
    const auto& wanted = std::get<MakeCommand>(command);
    const Method& method = *methods.find(wanted.request.method);
    return wanted.each.empty() ? make(method, wanted, methods) : makeEach(method, wanted, methods);
}

int start(int argc, char** argv)
{
    std::vector<std::string> arguments(argv + 1, argv + argc);
    takeOutSession(arguments);
    const bool safe = std::erase(arguments, "--safe-mode") > 0
        || (!arguments.empty() && arguments.front() == "plugins"); // which tells of them
    // What reads a pickle has nothing of others in it.
    const bool helping = !arguments.empty() && arguments.front() == "convert-checkpoint";
    if (!helping)
        settingsFault(); // before consents are read
    const MethodList methods = helping
        ? MethodList(std::vector<Method>())
        : MethodList(safe ? MethodList::WithoutOwn : MethodList::WithOwn);
    const Command command = parseCommandLine(arguments, methods);
    if (const auto* window = std::get_if<WindowCommand>(&command))
        return finished(openWindow(argc, argv, methods, *window));
    const QCoreApplication application(argc, argv);
    if (std::ranges::find(arguments, "--json") != arguments.end())
        qputenv("SIMILE_LANGUAGE", "en"); // what programs read, also from processes below this one
    const Language language(Settings().language());
    try { // while the translations are there
        const bool again = std::holds_alternative<TextCommand>(command); // it is in English
        return finished(execute(again ? parseCommandLine(arguments, methods) : command, methods));
    } catch (...) {
        return fail();
    }
}

} // namespace

/// What the small program calls that loads this library (starter.cpp).
extern "C" __attribute__((visibility("default"))) int simileMain(int argc, char** argv)
{
    leaveUselessPlaces();
    QCoreApplication::setOrganizationName(QStringLiteral("simile"));
    QCoreApplication::setApplicationName(QStringLiteral("simile"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PROGRAM_VERSION));
    try {
        const int status = start(argc, argv);
        endCrashReports();
        if (startsAgain())
            execl("/proc/self/exe", argv[0], nullptr); // returns where that cannot be
        return status;
    } catch (...) {
        return fail();
    }
}
