// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewheader.h"

#include "ui/actions.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

ViewHeader::ViewHeader(Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_zoom(new QLabel(this))
{
    setProperty("role", QStringLiteral("bar"));
    m_row->setContentsMargins(10, 2, 12, 0);
    m_row->setSpacing(2);
    for (const char* id : {"all-pictures", "result-alone", "compare", "inspect"})
        add(actions, id, "tab");
    m_row->addStretch();
    for (const char* id : {"go-on", "branch"}) { // only where there is something to go on from
        QToolButton* button = add(actions, id, "flat");
        const auto show = [this, button] {
            button->setVisible(button->defaultAction()->isEnabled());
            fit();
        };
        connect(actions(id), &QAction::changed, this, show);
        m_shortened.push_back(button);
        show();
    }
    m_shortened.push_back(add(actions, "network", "switch"));
    m_zoom->setProperty("role", QStringLiteral("dim"));
    m_zoom->setContentsMargins(8, 0, 0, 0);
    m_row->addWidget(m_zoom);
}

QToolButton* ViewHeader::add(Actions& actions, const char* id, const char* role)
{
    auto* button = new QToolButton(this);
    button->setProperty("role", QLatin1String(role));
    button->setDefaultAction(actions(id));
    m_row->addWidget(button);
    return button;
}

void ViewHeader::setZoom(const QString& zoom)
{
    m_zoom->setText(zoom);
    fit();
}

/// Takes words away only where there is no room for them.
void ViewHeader::fit()
{
    for (QToolButton* button : m_shortened)
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QToolButton* button : m_shortened)
        if (m_row->sizeHint().width() > width())
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

/// With the drawings alone.
QSize ViewHeader::minimumSizeHint() const
{
    QSize size = m_row->sizeHint();
    for (const QToolButton* button : m_shortened)
        if (!button->isHidden() && button->toolButtonStyle() != Qt::ToolButtonIconOnly)
            size -= QSize(button->fontMetrics().horizontalAdvance(button->text()), 0);
    return size;
}

void ViewHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ViewHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}
