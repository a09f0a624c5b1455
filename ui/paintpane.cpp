// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/paintpane.h"

#include "app/background.h"
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
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

namespace {

constexpr int largestBrush = 768;
constexpr int roomForSlider = 600; // of the pane's width

QIcon swatch(const QColor& color, QSize size)
{
    QPixmap pixmap(size);
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
    connect(m_canvas, &PaintCanvas::stroked, this, [this] { keep(); });
    connect(m_canvas, &PaintCanvas::colorPicked, this, &PaintPane::takeColor);
    connect(m_canvas, &ImageView::readout, this, &PaintPane::readout);
    connect(m_canvas, &ImageView::viewChanged, this, [this] {
        m_zoom->setText(tr("%1 %").arg(std::lround(m_canvas->zoom() * 100)));
    });
    connect(&session, &Session::aboutToStart, this, &PaintPane::done);
    connect(&session.editor(), &Editor::methodChanged, this, &PaintPane::follow);
    connect(&session.editor(), &Editor::inputChanged, this, &PaintPane::follow);
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
    on("paint-fill", [this] {
        m_canvas->fill(m_what == Paintable::Map ? m_color : Qt::white);
        keep(tr("Fill %1"));
    });
    on("paint-clear", [this] {
        m_canvas->fill(Qt::black);
        keep(tr("Erase %1"));
    });
    on("paint-invert", [this] {
        m_canvas->invert();
        keep(tr("Invert %1"));
    });
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
    whenDone(
        QtConcurrent::run([there, below, what] {
            return what == Paintable::Mask ? maskToPaint(below, there) : mapToPaint(there);
        }),
        this, [this, what, opening = ++m_opening](const ToPaint& picture) {
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
    m_first = m_session.inputs().at(m_place);
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
    m_actions("paint-pick")->setIcon(picked ? swatch(m_color, m_mapTools[2]->iconSize()) : QIcon());
    m_actions("paint-pick")->setText(picked ? tr("Colour") : tr("Pick colour"));
    m_actions("paint-pick")->setIconText(m_actions("paint-pick")->text()); // on its button
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

void PaintPane::resizeEvent(QResizeEvent*)
{
    m_slider->setVisible(width() >= roomForSlider);
}

/// Puts what is painted into its place.
void PaintPane::keep(const QString& what)
{
    if (!m_canvas->painting().changed())
        return;
    m_canvas->keep();
    m_there = toImage(m_canvas->painting().image()); // it is shown already
    const QString name = m_what == Paintable::Mask
        ? tr("painted mask")
        : QString::fromStdString(m_session.inputs().at(m_place).name);
    m_session.inputs().setPainted(m_place, m_there, name, what);
}

/// Another picture may stand there now, by undo for one.
void PaintPane::follow()
{
    if (!isOpen())
        return;
    const Slot* slot = slotOf(m_place.slot);
    if (!slot || paintableAt(m_session, *slot, m_place) != m_what
        || m_session.inputs().at(slot->maskOf).image != m_below)
        return close();
    const SharedImage& there = m_session.inputs().at(m_place).image;
    if (there.same(m_there))
        return;
    m_there = there;
    const QSize size = m_canvas->painting().image().size();
    const QImage painted =
        m_what == Paintable::Mask ? maskToPaint(*there, size) : mapToPaint(*there).painted;
    if (painted.size() == size)
        m_canvas->take(painted);
    else
        m_canvas->start({}, painted);
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
    if (!isOpen())
        return;
    close();
    Input before = m_session.inputs().at(m_place);
    if (before.image == m_first.image)
        return;
    before.image = m_first.image;
    before.name = m_first.name;
    const Editor::Step step(m_session.editor(), tr("Cancel painting"));
    m_session.inputs().put(m_place, before);
}

void PaintPane::done()
{
    if (!isOpen())
        return;
    m_canvas->endStroke();
    close();
}
