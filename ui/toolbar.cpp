// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/toolbar.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "ui/actions.h"
#include "ui/baretext.h"
#include "ui/styled.h"
#include "ui/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

ToolBar::ToolBar(Session& session, Actions& actions, QWidget* parent)
    : QToolBar(tr("Tools"), parent)
    , m_session(session)
    , m_actions(actions)
    , m_modes(new QActionGroup(this))
    , m_seed(new QLineEdit(this))
    , m_stop(new QToolButton(this))
    , m_run(new QToolButton(this))
{
    setObjectName(QStringLiteral("toolbar"));
    setMovable(false);
    setIconSize({16, 16});
    addModes();
    addButton("open");
    m_sample = addButton("sample");
    auto* room = new QWidget(this);
    room->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(room);
    addSeed();
    addRun();
    connect(&session.editor(), &Editor::methodChanged, this, &ToolBar::refresh);
    connect(&session.editor(), &Editor::inputChanged, this, &ToolBar::refresh);
    connect(&session.editor(), &Editor::valueChanged, this, &ToolBar::refresh);
    connect(&session.model(), &ModelChoice::changed, this, &ToolBar::refresh);
    connect(&session.model(), &ModelChoice::stage, this, &ToolBar::refresh);
    connect(&session.editor(), &Editor::seedChanged, this, &ToolBar::refresh);
    connect(&session.editor(), &Editor::seedChanged, this, &ToolBar::showSeed);
    connect(&session.branch(), &BranchDraft::changed, this, &ToolBar::refresh);
    connect(&session.queue(), &Queue::changed, this, &ToolBar::refresh);
    connect(&session.runs(), &Runs::added, this, &ToolBar::refresh);
    connect(&session.runs(), &Runs::changed, this, &ToolBar::refresh);
    connect(&session.runs(), &Runs::removed, this, &ToolBar::refresh);
    connect(&actions, &Actions::keysChanged, this, &ToolBar::refresh);
    refresh();
    showSeed();
}

QToolButton* ToolBar::addButton(const char* action)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(m_actions(action));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    addWidget(button);
    return button;
}

void ToolBar::setSamples(QMenu& menu)
{
    m_sample->setMenu(&menu);
    m_sample->setPopupMode(QToolButton::MenuButtonPopup);
    m_sample->setProperty("split", true);
}

void ToolBar::addModes()
{
    std::vector<Method> methods = m_session.editor().methods().methods();
    std::erase_if(methods, &Method::isTool);
    auto* group = new QWidget(this);
    auto* layout = new QHBoxLayout(group);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(0);
    for (std::size_t i = 0; i < methods.size(); ++i) {
        auto* action = new QAction(translated(methods[i].name), m_modes);
        action->setCheckable(true);
        action->setData(QString::fromStdString(methods[i].id));
        action->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)));
        action->setObjectName(QStringLiteral("mode-") + action->data().toString());
        action->setStatusTip(
            translated(methods[i].description.empty() ? methods[i].name : methods[i].description));
        m_actions.adopt(*action);
        auto* button = new QToolButton(group);
        button->setDefaultAction(action);
        button->setProperty("role", QStringLiteral("mode"));
        button->setProperty(
            "place",
            methods.size() == 1           ? QStringLiteral("only")
                : i == 0                  ? QStringLiteral("first")
                : i + 1 == methods.size() ? QStringLiteral("last")
                                          : QStringLiteral("middle"));
        layout->addWidget(button);
    }
    connect(m_modes, &QActionGroup::triggered, this, [this](QAction* action) {
        m_session.setMethod(action->data().toString().toStdString());
    });
    addWidget(group);
}

void ToolBar::addSeed()
{
    auto* label = new QLabel(tr("Seed"), this);
    label->setProperty("role", QStringLiteral("dim"));
    label->setBuddy(m_seed);
    addWidget(label);
    m_seed->setFixedWidth(108); // ten digits
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setPlaceholderText(tr("random"));
    m_seed->setToolTip(tr("The seed of the next run: equal seeds and settings give equal pictures. "
                          "Empty: every run draws one of its own."));
    addWidget(m_seed);
    connect(m_seed, &QLineEdit::textEdited, this, &ToolBar::takeSeed);
    for (const char* id : {"dice", "lock"}) {
        QToolButton* button = addButton(id);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAccessibleName(bareText(m_actions(id)->text()));
    }
    connect(m_actions("dice"), &QAction::triggered, &m_session.editor(), &Editor::drawSeed);
    connect(m_actions("lock"), &QAction::triggered, this, &ToolBar::lockSeed);
}

void ToolBar::addRun()
{
    auto* menu = new QMenu(m_stop);
    menu->addAction(m_actions("pause-run"));
    menu->addSeparator();
    menu->addAction(m_actions("discard"));
    menu->addAction(m_actions("keep"));
    m_stop->setMenu(menu);
    m_stop->setPopupMode(QToolButton::InstantPopup);
    m_stop->setProperty("role", QStringLiteral("stop"));
    m_stop->setObjectName(QStringLiteral("stop"));
    addWidget(m_stop);
    m_run->setDefaultAction(m_actions("run"));
    m_run->setProperty("role", QStringLiteral("run"));
    m_run->setObjectName(QStringLiteral("run"));
    addWidget(m_run);
    connect(m_actions("run"), &QAction::triggered, this, [this] { m_session.start(); });
    connect(m_actions("run-front"), &QAction::triggered, this, [this] { m_session.start(true); });
    connect(
        m_actions("discard"), &QAction::triggered, this, [this] { m_session.runs().stop(false); });
    connect(m_actions("keep"), &QAction::triggered, this, [this] { m_session.runs().stop(true); });
    connect(m_actions("pause-run"), &QAction::triggered, &m_session.queue(), &Queue::pauseNow);
}

/// Locks what the next run would take; where that is not known, the seed of the run that is shown.
void ToolBar::lockSeed(bool locked)
{
    Editor& editor = m_session.editor();
    const auto run = m_session.runs().current();
    if (!locked)
        editor.freeSeed();
    else
        editor.setSeed(
            run && !editor.document().seedKnown() ? run->request().seed : editor.document().seed);
}

void ToolBar::takeSeed(const QString& text)
{
    bool whole = false;
    const quint64 seed = text.toULongLong(&whole);
    setInvalid(!whole && !text.isEmpty());
    if (whole)
        m_session.editor().setSeed(seed);
    else if (text.isEmpty())
        m_session.editor().freeSeed();
}

void ToolBar::setInvalid(bool invalid)
{
    setStyled(*m_seed, "invalid", invalid);
}

void ToolBar::showSeed()
{
    const Document& d = m_session.editor().document();
    const QString shown = d.seedKnown() ? QString::number(d.seed) : QString();
    const bool same = m_seed->text() == shown
        || (d.seedKnown() && !m_seed->text().isEmpty() && m_seed->text().toULongLong() == d.seed);
    if (!same)
        m_seed->setText(shown);
    setInvalid(false);
}

void ToolBar::setBlocked(const QString& why)
{
    m_blocked = why;
    refresh();
}

void ToolBar::refresh()
{
    const QString id = QString::fromStdString(m_session.editor().method().id);
    for (QAction* mode : m_modes->actions())
        mode->setChecked(mode->data().toString() == id);
    const bool locked = m_session.editor().document().seedLocked;
    m_actions("lock")->setChecked(locked);
    m_actions("lock")->setIcon(icon(locked ? QStringLiteral("lock") : QStringLiteral("unlock")));
    const bool running = m_session.runs().running();
    const bool stopping = running && m_session.runs().inProgress()->state == Run::Stopping;
    const bool pausing = stopping && m_session.runs().inProgress()->pausing;
    m_stop->setText(
        pausing        ? tr("Pausing...")
            : stopping ? tr("Stopping after this step...")
                       : tr("Stop \u25BE"));
    m_stop->setEnabled(running && !stopping);
    m_actions("discard")->setEnabled(running && !stopping);
    m_actions("keep")->setEnabled(running && !stopping);
    m_actions("pause-run")->setEnabled(running && !stopping);
    const QStringList missing = m_session.missing();
    const bool ready = missing.isEmpty() && m_blocked.isEmpty();
    m_actions("run")->setEnabled(ready);
    m_actions("run-front")->setEnabled(ready);
    m_actions("run")->setToolTip(
        !missing.isEmpty()         ? tr("Still needed: %1").arg(missing.join(QStringLiteral(", ")))
            : !m_blocked.isEmpty() ? m_blocked
            : running              ? tr("Make the picture after the run in progress")
                                   : Actions::tipOf(*m_actions("run")));
}
