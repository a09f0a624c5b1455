// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/branchbar.h"

#include "app/session.h"
#include "ui/actions.h"
#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

BranchBar::BranchBar(Session& session, Actions& actions, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_actions(actions)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
{
    setProperty("role", QStringLiteral("branch"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    showSign();
    row->addWidget(m_sign);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    row->addWidget(m_text, 1);
    auto* leave = new QToolButton(this);
    leave->setDefaultAction(actions("leave-branch"));
    leave->setIcon(icon(QStringLiteral("close")));
    leave->setToolButtonStyle(Qt::ToolButtonIconOnly);
    leave->setProperty("role", QStringLiteral("flat"));
    leave->setAccessibleName(tr("Leave the branch"));
    row->addWidget(leave);
    connect(actions("leave-branch"), &QAction::triggered, &session.branch(), &BranchDraft::leave);
    connect(&session.branch(), &BranchDraft::changed, this, &BranchBar::refresh);
    connect(m_text, &QLabel::linkActivated, this, [this] {
        m_session.runs().show(m_session.branch().run());
    });
    refresh();
}

void BranchBar::showSign()
{
    m_sign->setPixmap(drawn(QStringLiteral("branch"), theme().text, {16, 16}, devicePixelRatioF()));
}

void BranchBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange)
        showSign(); // the colours are others
    QFrame::changeEvent(event);
}

QString BranchBar::text() const
{
    return m_session.branch().on() ? m_text->text() : QString();
}

void BranchBar::refresh()
{
    const BranchDraft& branch = m_session.branch();
    const QString of = branch.run() == 0
        ? tr("a run that was deleted")
        : QStringLiteral("<a href=\"run\">%1</a>").arg(tr("run %1").arg(branch.run()));
    m_text->setText(tr("<b>Branch of %1 from step %2.</b> Change what is not grey, then press Run.")
                        .arg(of)
                        .arg(branch.step()));
    setVisible(branch.on());
    m_actions("leave-branch")->setEnabled(branch.on());
}
