// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sessionmenu.h"

#include "app/keeper.h"
#include "app/session.h"
#include "app/sessions.h"
#include "app/settingsfile.h"
#include "ui/noticebar.h"
#include "ui/sessiondialog.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>

QString SessionMenu::filter()
{
    return tr("Sessions (*%1)").arg(Sessions::suffix());
}

SessionMenu::SessionMenu(
    Session& session, Sessions& sessions, Keeper& keeper, NoticeBar& notices, QMenu& file,
    QAction* quit, QMainWindow* window)
    : QObject(window)
    , m_session(session)
    , m_sessions(sessions)
    , m_keeper(keeper)
    , m_notices(notices)
    , m_window(window)
{
    const auto add = [&](const QString& text, const QString& tip, auto act) {
        auto* action = new QAction(text, this);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, act);
        file.insertAction(quit, action);
        return action;
    };
    m_switching << add(
        tr("&New session"), tr("Begin with no runs; those of this session stay in it"),
        [this] { m_sessions.openNew(); });
    m_switching << add(
        tr("Open s&ession..."), tr("Open a session that was saved"), [this] { chooseSession(); });
    auto* recent = new QMenu(tr("&Recent sessions"), m_window);
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(*recent); });
    m_switching << file.insertMenu(quit, recent);
    m_saveAs = add(
        tr("Save session &as..."),
        tr("Write all runs, and what can be undone, into a file to pass on, without the places of "
           "models and files"),
        [this] { saveAs(); });
    add(tr("Session and its s&ize..."), tr("How much room the session takes; delete its old runs"),
        [this] { showSession(); });
    file.insertSeparator(quit);
    connect(&sessions, &Sessions::said, this, [this](const QString& sentence) {
        // What is wrong with the settings is said as the window is made: that stays readable.
        const QString before = problemOfSettings();
        const bool shown = !before.isEmpty() && !m_notices.isHidden() && m_notices.text() == before;
        m_notices.say(shown ? before + QLatin1Char(' ') + sentence : sentence, true);
    });
    connect(&keeper, &Keeper::failed, this, [this](const QString& sentence) {
        if (sentence.isEmpty())
            m_notices.say(tr("The session is written again; nothing was lost."), false);
        else
            m_notices.say(sentence, true);
    });
    connect(&keeper, &Keeper::saving, this, [this](int percent) {
        m_window->statusBar()->showMessage(tr("Saving the session: %1 %").arg(percent));
    });
    connect(
        &keeper, &Keeper::saved, this,
        [this](const std::filesystem::path& path, const QString& failure) {
            tellSaved(QString::fromStdString(path.string()), failure);
        });
    connect(&sessions, &Sessions::changed, this, &SessionMenu::refresh);
    connect(&sessions, &Sessions::opening, this, [this](const QString& name) {
        refresh();
        if (name.isEmpty())
            m_window->statusBar()->clearMessage();
        else
            m_window->statusBar()->showMessage(tr("Opening the session %1").arg(name));
    });
    connect(&session.runs(), &Runs::added, this, &SessionMenu::refresh);
    connect(&session.runs(), &Runs::changed, this, &SessionMenu::refresh);
    refresh();
}

bool SessionMenu::open(const QString& path)
{
    if (!path.endsWith(Sessions::suffix()))
        return false;
    if (m_session.runs().running())
        m_notices.say(
            tr("%1 is a session: it can be opened when the run in progress is over.")
                .arg(QFileInfo(path).fileName()),
            true);
    else
        m_sessions.open(path);
    return true;
}

void SessionMenu::refresh()
{
    for (QAction* action : std::as_const(m_switching))
        action->setEnabled(!m_session.runs().running() && !m_sessions.isOpening());
}

void SessionMenu::fillRecent(QMenu& menu)
{
    menu.clear();
    for (const QString& path : m_sessions.recent()) {
        QAction* action = menu.addAction(QFileInfo(path).completeBaseName());
        action->setStatusTip(QDir::toNativeSeparators(path));
        connect(action, &QAction::triggered, this, [this, path] { m_sessions.open(path); });
    }
    if (menu.isEmpty())
        menu.addAction(tr("None yet"))->setEnabled(false);
}

void SessionMenu::chooseSession()
{
    auto* dialog = new QFileDialog(m_window, tr("Open a session"), Sessions::folder(), filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_sessions.open(path);
    });
    dialog->open();
}

void SessionMenu::saveAs()
{
    auto* dialog = new QFileDialog(m_window, tr("Save the session"), QDir::homePath(), filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(Sessions::suffix().mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (m_sessions.saveAs(path))
            m_saveAs->setEnabled(false);
    });
    dialog->open();
}

void SessionMenu::tellSaved(const QString& path, const QString& failure)
{
    m_saveAs->setEnabled(true);
    m_window->statusBar()->clearMessage();
    if (failure.isEmpty())
        m_window->statusBar()->showMessage(
            tr("Saved as %1 (%2)")
                .arg(
                    QDir::toNativeSeparators(path),
                    m_window->locale().formattedDataSize(QFileInfo(path).size())),
            8000);
    else
        m_notices.say(failure, true);
}

void SessionMenu::showSession()
{
    auto* dialog = new SessionDialog(m_session, m_keeper, m_window);
    connect(dialog, &SessionDialog::deleted, this, [this](int runs) {
        m_window->statusBar()->showMessage(
            runs == 1 ? tr("One old run is deleted; Ctrl+Z brings it back.")
                      : tr("%1 old runs are deleted; Ctrl+Z brings them back.").arg(runs),
            8000);
    });
    dialog->open();
}
