// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/docktitle.h"

#include "app/translated.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>

void setDockTitle(QDockWidget& dock, const QString& name, const QString& title, QWidget* control)
{
    dock.setObjectName(name);
    dock.setWindowTitle(title);
    dock.setFeatures(
        QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable
        | QDockWidget::DockWidgetFloatable);
    auto* bar = new QWidget(&dock);
    bar->setProperty("role", QStringLiteral("panel"));
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 8, 8, 4);
    auto* label = new QLabel(title.toUpper(), bar);
    label->setProperty("role", QStringLiteral("section"));
    QFont spaced = label->font();
    spaced.setLetterSpacing(QFont::AbsoluteSpacing, 0.7);
    label->setFont(spaced);
    label->setAccessibleName(title);
    layout->addWidget(label);
    layout->addStretch();
    if (control)
        layout->addWidget(control);
    dock.setTitleBarWidget(bar);
}

QString withPrime(const std::string& label)
{
    return translated(label).replace(QLatin1Char('\''), QChar(0x2032));
}
