// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/paintpane.h"

#include "ui/actions.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/numberbox.h"
#include "ui/paintcanvas.h"
#include "ui/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <algorithm>
#include <cmath>

namespace {

constexpr int largestBrush = 768, sliderSteps = 100;
constexpr int roomForSlider = 600;  // of the pane's width
constexpr QSize swatchSize(18, 14); // with room before the text

/// Equal ways of the slider are equal factors.
double sizeAt(int slider, double most)
{
    return std::round(std::pow(most, double(slider) / sliderSteps));
}

QIcon swatch(const QColor& color)
{
    QPixmap pixmap(swatchSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setPen(theme().dim);
    painter.setBrush(color);
    painter.drawRect(0, 0, 13, 13);
    painter.end();
    return pixmap;
}

} // namespace

PaintPane::PaintPane(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_canvas(new PaintCanvas(this))
    , m_title(new QLabel(this))
    , m_zoom(new QLabel(this))
    , m_help(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_size(new NumberBox(1, largestBrush, 1, true, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    buildHeader(*layout);
    layout->addWidget(m_canvas, 1);
    auto* foot = new QWidget(this);
    foot->setProperty("role", QStringLiteral("panel"));
    auto* lines = new QVBoxLayout(foot);
    lines->setContentsMargins(12, 7, 12, 7);
    m_help->setProperty("role", QStringLiteral("dim"));
    m_help->setWordWrap(true);
    lines->addWidget(m_help);
    layout->addWidget(foot);
    actions.addPaintingTo(*this);
    connectActions();
    connect(m_canvas, &PaintCanvas::painted, this, &PaintPane::refresh);
    connect(m_canvas, &PaintCanvas::colorPicked, this, &PaintPane::takeColor);
    connect(m_canvas, &ImageView::readout, this, &PaintPane::readout);
    connect(m_canvas, &ImageView::viewChanged, this, [this] {
        m_zoom->setText(tr("%1 %").arg(std::lround(m_canvas->zoom() * 100)));
    });
    connect(&session, &Session::aboutToStart, this, &PaintPane::done);
    connect(&session.editor(), &Editor::methodChanged, this, &PaintPane::cancel);
    connect(&session.editor(), &Editor::inputChanged, this, [this] {
        if (isOpen() && !picturesAreThere())
            cancel();
    });
}

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
    addButton(*above, "paint-undo", "");
    addButton(*above, "paint-redo", "");
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

void PaintPane::connectActions()
{
    m_actions.connectZoom(*m_canvas);
    const auto on = [this](const char* id, auto act) {
        connect(m_actions(id), &QAction::triggered, this, act);
    };
    on("fit-view", [this] {
        if (isVisible())
            m_canvas->fit();
    });
    on("paint-smaller", [this] { setBrush(std::min(m_size->value() - 1, m_size->value() / 1.2)); });
    on("paint-larger", [this] { setBrush(std::max(m_size->value() + 1, m_size->value() * 1.2)); });
    on("paint-fill", [this] { m_canvas->fill(m_what == Paintable::Map ? m_color : Qt::white); });
    on("paint-clear", [this] { m_canvas->fill(Qt::black); });
    on("paint-invert", [this] { m_canvas->invert(); });
    on("paint-undo", [this] { m_canvas->undo(); });
    on("paint-redo", [this] { m_canvas->redo(); });
    on("paint-done", [this] { done(); });
    on("paint-cancel", [this] {
        if (!m_canvas->dropStroke())
            cancel();
    });
}

const Slot* PaintPane::slotOf(const std::string& id) const
{
    const auto& slots = m_session.editor().method().slots;
    const auto slot = std::ranges::find(slots, id, &Slot::id);
    return slot == slots.end() ? nullptr : &*slot;
}

void PaintPane::open(const Place& place)
{
    if (isOpen() && place == m_place) {
        Q_EMIT opened();
        return;
    }
    done();
    const Slot* slot = slotOf(place.slot);
    const Paintable what = slot ? paintableAt(m_session, *slot, place) : Paintable::Nothing;
    if (what == Paintable::Nothing)
        return;
    const SharedImage there = m_session.inputs().at(place).image;
    const SharedImage below = m_session.inputs().at(slot->maskOf).image;
    m_place = place;
    m_there = there;
    m_below = below;
    QtConcurrent::run([there, below, what] {
        return what == Paintable::Mask ? maskToPaint(below, there) : mapToPaint(there);
    }).then(this, [this, what, opening = ++m_opening](const ToPaint& picture) {
        if (opening != m_opening)
            return;
        if (picturesAreThere())
            begin(what, picture);
        else
            open(Place(m_place)); // others by now
    });
}

bool PaintPane::picturesAreThere() const
{
    const Slot* slot = slotOf(m_place.slot);
    return slot && m_session.inputs().at(m_place).image.same(m_there)
        && m_session.inputs().at(slot->maskOf).image.same(m_below);
}

void PaintPane::begin(Paintable what, const ToPaint& picture)
{
    const Slot& slot = *slotOf(m_place.slot);
    m_what = what;
    m_canvas->start(picture.below, picture.painted);
    showWhat(slot);
    const int shorter = std::min(picture.painted.width(), picture.painted.height());
    const int longer = std::max(picture.painted.width(), picture.painted.height());
    const double size = shorter * (what == Paintable::Mask ? m_maskBrush : m_mapBrush);
    {
        const QSignalBlocker quiet(m_size);
        m_size->setRange(1, std::clamp(longer, 2, largestBrush));
    }
    setBrush(size);
    m_actions(what == Paintable::Mask ? "paint-brush" : "paint-white")->trigger();
    Q_EMIT opened();
}

void PaintPane::showWhat(const Slot& slot)
{
    const bool mask = m_what == Paintable::Mask;
    const Slot* below = slotOf(slot.maskOf);
    const QString label = m_place.at > 0
        ? tr("%1 %2").arg(withPrime(slot.label)).arg(m_place.at + 1)
        : withPrime(slot.label);
    m_title->setText(mask ? tr("Paint the mask") : tr("Edit the map for %1").arg(label));
    m_canvas->setAccessibleName(
        mask ? tr("Mask over the picture for %1").arg(withPrime(below->label)) : m_title->text());
    for (QToolButton* button : m_maskTools) {
        button->setVisible(mask);
        button->defaultAction()->setEnabled(mask);
    }
    for (QToolButton* button : m_mapTools) {
        button->setVisible(!mask);
        button->defaultAction()->setEnabled(!mask);
    }
}

void PaintPane::showHelp()
{
    const bool picked = m_actions("paint-pick")->isChecked() && !m_picking;
    m_actions("paint-pick")->setIcon(picked ? swatch(m_color) : QIcon());
    m_actions("paint-pick")->setText(picked ? tr("Colour") : tr("Pick colour"));
    const QString opposite = m_color == QColor(Qt::black) ? tr("white") : tr("black");
    m_help->setText(
        m_picking ? tr("Click on the map to take the colour there.")
            : m_what == Paintable::Mask
            ? tr("What is hatched is painted anew. The right button erases, the wheel zooms, Space "
                 "or the middle button moves the picture. Hold B to see it without the mask.")
            : tr("The right button paints %1, the wheel zooms, Space or the middle button moves "
                 "the map. Hold B to see it as it was.")
                  .arg(opposite));
    m_canvas->setAccessibleDescription(
        m_help->text() + QLatin1Char(' ')
        + tr("The arrow keys move the brush, Return paints, Backspace erases."));
}

void PaintPane::chooseTool(const QString& tool)
{
    m_picking = tool == QLatin1String("paint-pick");
    if (!m_picking)
        return takeColor(
            tool == QLatin1String("paint-eraser") || tool == QLatin1String("paint-black")
                ? Qt::black
                : Qt::white);
    m_canvas->setPicking(true);
    showHelp();
}

/// Paints with a colour from now on; the right button with its opposite.
void PaintPane::takeColor(const QColor& color)
{
    m_color = color;
    m_picking = false;
    m_canvas->setPicking(false);
    m_canvas->setColors(color, color == QColor(Qt::black) ? Qt::white : Qt::black);
    showHelp();
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

void PaintPane::resizeEvent(QResizeEvent*)
{
    m_slider->setVisible(width() >= roomForSlider);
}

void PaintPane::refresh()
{
    m_actions("paint-undo")->setEnabled(m_canvas->painting().canUndo());
    m_actions("paint-redo")->setEnabled(m_canvas->painting().canRedo());
}

void PaintPane::close()
{
    ++m_opening;
    m_what = Paintable::Nothing;
    m_canvas->clear();
    Q_EMIT closed(m_place);
}

void PaintPane::cancel()
{
    ++m_opening;
    if (isOpen())
        close();
}

void PaintPane::done()
{
    if (!isOpen())
        return;
    m_canvas->endStroke();
    const Painting& painting = m_canvas->painting();
    const QImage painted = painting.changed() ? painting.image() : QImage();
    const QString name = m_what == Paintable::Mask
        ? tr("painted mask")
        : QString::fromStdString(m_session.inputs().at(m_place).name);
    close(); // first: the session is about to say that there is another picture
    if (!painted.isNull())
        m_session.inputs().setPainted(m_place, toImage(painted), name);
}
