// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/manual/allstates.h"

#include "ui/actions.h"
#include "ui/commandsearch.h"
#include "ui/cropdialog.h"
#include "ui/errorcard.h"
#include "ui/gridview.h"
#include "ui/helpwindow.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/noticebar.h"
#include "ui/paintpane.h"
#include "ui/resultpane.h"
#include "ui/samplemenu.h"
#include "ui/settingsdialog.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QDialog>
#include <QFile>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QTest>
#include <QToolButton>

#include <cstdio>
#include <functional>

namespace {

constexpr int longest = 300000; // ms

class Camera
{
public:
    Camera(ShownWindow& shown, QDir folder, QStringList names)
        : m_shown(shown)
        , m_folder(std::move(folder))
        , m_names(std::move(names))
    {
    }

    void take(const QString& name, int wait = 500)
    {
        ++m_number;
        if (!m_names.isEmpty() && !m_names.contains(name))
            return;
        QTest::qWait(wait); // what comes late, and what is laid out
        const QString file = m_folder.filePath(
            QStringLiteral("%1-%2.png").arg(m_number, 2, 10, QLatin1Char('0')).arg(name));
        const bool saved = m_shown.window.screen()->grabWindow(0).save(file);
        std::printf("%s%s\n", qPrintable(file), saved ? "" : ": not saved");
        std::fflush(stdout);
    }
    void act(const char* action) { m_shown.window.actions()(action)->trigger(); }
    void take(const char* action, const QString& name, int wait = 500)
    {
        act(action);
        take(name, wait);
    }
    /// What an action opens, and away with it.
    void dialogue(const char* action)
    {
        take(action, QStringLiteral("dialogue-") + QLatin1String(action), 1200);
        for (QDialog* dialog : m_shown.window.findChildren<QDialog*>())
            if (dialog->isVisible())
                dialog->reject();
        QTest::qWait(200);
    }
    void menu(QMenu& menu, const QString& name)
    {
        menu.popup(m_shown.window.mapToGlobal(QPoint(12, 60)));
        take(name);
        menu.close();
    }

private:
    ShownWindow& m_shown;
    QDir m_folder;
    QStringList m_names;
    int m_number = 0;
};

void takeModes(Camera& camera, ShownWindow& shown)
{
    for (const char* mode : {"analogy", "translate", "prompt-free"}) {
        const QString name = QLatin1String(mode);
        shown.session.setMethod(mode);
        camera.take(name + QStringLiteral("-empty"));
        shown.sample(mode);
        camera.take(name + QStringLiteral("-sample"), 1500);
        shown.run({});
        camera.take(name + QStringLiteral("-made"), 1500);
        camera.take("result-alone", name + QStringLiteral("-result"));
        camera.take("compare", name + QStringLiteral("-compare"), 1500);
        camera.take("inspect", name + QStringLiteral("-inspect"), 3000);
        camera.act("all-pictures");
        camera.take("network", name + QStringLiteral("-network"));
        camera.act("network");
    }
}

void takeInspect(Camera& camera, ShownWindow& shown)
{
    InspectView& inspect = shown.window.pane().inspect();
    camera.act("inspect");
    inspect.pages().setPage(InspectPages::Sheet);
    camera.take(QStringLiteral("inspect-overview"), 6000);
    inspect.pages().setPage(InspectPages::Curves);
    camera.take(QStringLiteral("inspect-curves"), 2000);
    inspect.pages().setPage(InspectPages::Map);
    inspect.pages().lessons().setChecked(true);
    camera.take(QStringLiteral("inspect-lessons"));
    inspect.pages().lessons().setChecked(false);
    NoticeBar& notices = shown.window.pane().notices();
    notices.say(QStringLiteral("Something to know, in a sentence that is read and closed."), false);
    camera.take(QStringLiteral("inspect-notice"));
    camera.take("compare", QStringLiteral("compare-notice"));
    notices.hide();
    camera.act("all-pictures");
}

/// What is said of pictures and values that cannot be used.
void takeProblems(Camera& camera, ShownWindow& shown, const QDir& folder)
{
    Session& session = shown.session;
    const QString path = folder.filePath(QStringLiteral("a_picture_that_is_none_really.png"));
    QFile words(path);
    (void)(words.open(QFile::WriteOnly) && words.write("words") > 0);
    words.close();
    for (const char* mode : {"analogy", "translate", "prompt-free"}) {
        session.setMethod(mode);
        session.inputs().load(session.editor().method().slots.front().id, {{.path = path}});
        camera.take(QLatin1String(mode) + QStringLiteral("-unreadable"), 1500);
    }
    shown.sample("prompt-free");
    session.inputs().setKind("control", "depth");
    camera.take(QStringLiteral("prompt-free-problem"), 1500);
    QFile::remove(path);
}

void takeWork(Camera& camera, ShownWindow& shown)
{
    Session& session = shown.session;
    MainWindow& window = shown.window;
    shown.sample("analogy");
    shown.run({});
    window.pane().axis().setFollowing(false);
    window.pane().axis().setValue(2);
    camera.take("branch", QStringLiteral("branch"));
    camera.act("leave-branch");
    window.pane().notices().say(
        QStringLiteral("picture.png was made by Simile. What is it to be?"), false,
        {{QStringLiteral("Use as image"), {}}, {QStringLiteral("Restore run"), {}}});
    camera.take(QStringLiteral("question"));
    window.pane().notices().hide();
    session.editor().setValue("steps", 400);
    session.start();
    session.start();
    (void)QTest::qWaitFor(
        [&] {
            const auto run = session.runs().inProgress();
            return run && run->steps.size() > 4;
        },
        longest);
    camera.take(QStringLiteral("running"));
    camera.act("pause-queue");
    camera.act("discard");
    (void)QTest::qWaitFor([&] { return !session.runs().running(); }, longest);
    camera.take(QStringLiteral("queue-paused"));
    camera.act("clear-queue");
    ErrorCard card;
    card.setError(
        QStringLiteral("The run failed"),
        QStringLiteral("There is not enough memory for 4 candidates at 1024 pixels: choose fewer "
                       "candidates or a smaller grid."),
        {});
    session.editor().resetValue("steps");
    shown.run({});
    window.pane().grid().setCard(&card);
    camera.take(QStringLiteral("error-card"));
    window.pane().grid().setCard(nullptr);
}

/// By the dots behind their names, but for what is a dialogue without them and what is none.
bool opensDialogue(const QAction& action)
{
    const QString id = action.objectName();
    const bool plain = id == QLatin1String("help") || id == QLatin1String("shortcuts")
        || id == QLatin1String("about");
    return action.isEnabled()
        && (plain
            || (action.text().endsWith(QStringLiteral("...")) && id != QLatin1String("commands")
                && id != QLatin1String("choose-model")));
}

void takeDialogues(Camera& camera, ShownWindow& shown)
{
    for (const QAction* action : shown.window.actions().all())
        if (opensDialogue(*action))
            camera.dialogue(action->objectName().toLatin1().constData());
    camera.act("settings");
    for (auto* dialog : shown.window.findChildren<SettingsDialog*>()) {
        auto* pages = dialog->findChild<QListWidget*>();
        for (int page = 1; page < pages->count(); ++page) {
            pages->setCurrentRow(page);
            camera.take(QStringLiteral("settings-%1").arg(page + 1));
        }
        dialog->reject();
    }
    camera.take("commands", QStringLiteral("command-search"));
    shown.window.findChild<CommandSearch*>()->hide();
    for (QAction* action : shown.window.menuBar()->actions())
        camera.menu(
            *action->menu(), QStringLiteral("menu-") + action->text().remove(u'&').toLower());
    camera.menu(*shown.window.findChild<SampleMenu*>(), QStringLiteral("menu-samples"));
}

void takePainting(Camera& camera, ShownWindow& shown)
{
    Session& session = shown.session;
    shown.sample("prompt-free");
    session.inputs().set(
        {"init", 0}, session.inputs().in("control").front().image, QStringLiteral("start"));
    QTest::qWait(300);
    shown.window.painting().open({"mask", 0});
    camera.take(QStringLiteral("painting"), 1500);
}

} // namespace

void takeAllStates(ShownWindow& shown, const QDir& folder, const QStringList& names)
{
    folder.mkpath(QStringLiteral("."));
    Camera camera(shown, folder, names);
    shown.window.showMaximized();
    camera.take("first-steps", QStringLiteral("first-steps"), 2500);
    camera.take("compare", QStringLiteral("compare-empty"));
    camera.take("inspect", QStringLiteral("inspect-empty"));
    camera.act("all-pictures");
    takeModes(camera, shown);
    takeInspect(camera, shown);
    takeWork(camera, shown);
    takeDialogues(camera, shown);
    takePainting(camera, shown);
    shown.window.painting().cancel();
    takeProblems(camera, shown, folder);
}
