// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/actions.h"
#include "ui/numberbox.h"
#include "ui/paintcanvas.h"
#include "ui/paintpane.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr int sliderSteps = 100;
constexpr QSize swatchSize(18, 14); // with room before the text

/// Equal ways of the slider are equal factors.
double sizeAt(int slider, double most)
{
    return std::round(std::pow(most, double(slider) / sliderSteps));
}

} // namespace

void PaintPane::buildHeader(QVBoxLayout& layout)
{
    auto* header = new QWidget(this);
    header->setProperty("role", QStringLiteral("panel"));
    auto* rows = new QVBoxLayout(header);
    rows->setContentsMargins(12, 5, 12, 0);
    rows->setSpacing(2);
    auto* above = new QHBoxLayout;
    above->setSpacing(6);
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setMinimumWidth(40); // the buttons are more important
    above->addWidget(m_title);
    above->addStretch();
    m_zoom->setProperty("role", QStringLiteral("dim"));
    above->addWidget(m_zoom);
    addButton(*above, "undo", "");
    addButton(*above, "redo", "");
    above->addSpacing(6);
    addButton(*above, "paint-cancel", "");
    addButton(*above, "paint-done", "run");
    rows->addLayout(above);
    auto* below = new QHBoxLayout;
    below->setSpacing(2);
    below->setContentsMargins(-2, 0, 0, 0);
    addTools(*below);
    below->addSpacing(6);
    addSize(*below);
    below->addStretch();
    for (const char* id : {"paint-fill", "paint-clear", "paint-invert"})
        addButton(*below, id, "flat");
    rows->addLayout(below);
    layout.addWidget(header);
}

QToolButton* PaintPane::addButton(QHBoxLayout& row, const char* action, const char* role)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(m_actions(action));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(swatchSize);
    button->setProperty("role", QString::fromLatin1(role));
    row.addWidget(button);
    return button;
}

void PaintPane::addTools(QHBoxLayout& row)
{
    auto* group = new QActionGroup(this);
    const auto add = [&](const char* id) {
        group->addAction(m_actions(id));
        connect(m_actions(id), &QAction::triggered, this, [this, tool = QString::fromLatin1(id)] {
            chooseTool(tool);
        });
        QToolButton* button = addButton(row, id, "tab");
        button->hide(); // until it is known what is painted: all of them need much room
        return button;
    };
    m_maskTools = {add("paint-brush"), add("paint-eraser")};
    m_mapTools = {add("paint-white"), add("paint-black"), add("paint-pick")};
}

void PaintPane::addSize(QHBoxLayout& row)
{
    auto* label = new QLabel(tr("Size"), this);
    label->setProperty("role", QStringLiteral("dim"));
    label->setBuddy(m_size);
    row.addWidget(label);
    row.addSpacing(4);
    m_slider->setRange(0, sliderSteps);
    m_slider->setMinimumWidth(1); // where there is little room the number does
    m_slider->setMaximumWidth(140);
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_slider->setAccessibleName(tr("Size of the brush"));
    m_size->setFixedWidth(48);
    m_size->setAccessibleName(tr("Size of the brush in pixels"));
    for (QWidget* field : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_size)})
        field->setToolTip(tr("Size of the brush, in pixels of the picture ([ and ])"));
    row.addWidget(m_slider, 1);
    row.addSpacing(4);
    row.addWidget(m_size);
    connect(m_slider, &QSlider::valueChanged, this, [this](int at) {
        setBrush(sizeAt(at, m_size->maximum()));
    });
    connect(m_size, &NumberBox::valueChanged, this, &PaintPane::setBrush);
}

void PaintPane::setBrush(double size)
{
    const double most = m_size->maximum(), whole = std::clamp(std::round(size), 1.0, most);
    const QSignalBlocker quietSlider(m_slider), quietSize(m_size);
    m_size->setValue(whole);
    if (sizeAt(m_slider->value(), most) != whole) // else it stays where the hand is
        m_slider->setValue(int(std::lround(std::log(whole) / std::log(most) * sliderSteps)));
    m_canvas->setBrush(whole);
    const QSize picture = m_canvas->painting().image().size();
    if (isOpen())
        (m_what == Paintable::Mask ? m_maskBrush : m_mapBrush) =
            whole / std::min(picture.width(), picture.height());
}
