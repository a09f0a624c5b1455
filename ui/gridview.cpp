// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/gridview.h"

#include "ui/imageview.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

constexpr double gridSide = 256, gutter = 5;

int columns(int cells)
{
    return int(std::ceil(std::sqrt(double(cells))));
}

QRectF place(int cell, int cells)
{
    const int n = columns(cells);
    const QPointF corner(
        gutter + cell % n * (gridSide + gutter), gutter + cell / n * (gridSide + gutter));
    return {corner, QSizeF(gridSide, gridSide)};
}

QSizeF canvasSize(int cells)
{
    const int n = columns(cells), rows = (cells + n - 1) / n;
    return {gutter + n * (gridSide + gutter), gutter + rows * (gridSide + gutter)};
}

} // namespace

QImage cellOf(const QImage& canvas, int cell, int cells)
{
    const int n = columns(cells);
    if (n * n != cells || cells == 1)
        return canvas;
    const int width = canvas.width() / n, height = canvas.height() / n;
    return canvas.copy(cell % n * width, cell / n * height, width, height);
}

GridView::GridView(QWidget* parent)
    : QWidget(parent)
    , m_view(new ImageView(this))
    , m_hint(new QLabel(m_view))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::RichText);
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    m_hint->hide();
    connect(m_hint, &QLabel::linkActivated, this, &GridView::hintLink);
    connect(m_view, &ImageView::viewChanged, this, &GridView::placeOverlays);
    connect(m_view, &ImageView::readout, this, &GridView::readout);
    connect(m_view, &ImageView::tilePressed, this, &GridView::cellPressed);
    connect(m_view, &ImageView::dragOutRequested, this, &GridView::dragOutRequested);
    connect(m_view, &ImageView::beforeHeld, this, &GridView::showBefore);
    connect(m_view, &ImageView::allRequested, this, [this] { enlarge(-1); });
    connect(m_view, &ImageView::tileActivated, this, [this](int cell) {
        enlarge(m_enlarged == cell ? -1 : cell);
    });
    arrange();
}

void GridView::setInputs(std::vector<Cell> inputs, const QString& resultLabel)
{
    m_inputs = std::move(inputs);
    m_result.label = resultLabel;
    arrange();
}

void GridView::setResult(const QImage& image, bool preview, double progress)
{
    m_result.image = image;
    m_preview = preview;
    m_progress = progress;
    arrange();
}

void GridView::showBefore(bool before)
{
    if (m_before == before)
        return;
    m_before = before;
    arrange();
}

void GridView::setCanvas(const QImage& canvas)
{
    m_canvas = canvas;
    arrange();
}

void GridView::setHint(const QString& html)
{
    m_hint->setText(html);
    placeOverlays();
}

void GridView::setPlaces(std::vector<QWidget*> places)
{
    m_places = std::move(places);
    placeOverlays();
}

void GridView::setCard(QWidget* card)
{
    if (m_card && m_card != card)
        m_card->hide();
    m_card = card;
    if (m_card)
        m_card->setParent(m_view);
    placeOverlays();
}

const QImage& GridView::image(int cell) const
{
    return m_view->tiles().at(cell).image;
}

QString GridView::label(int cell) const
{
    return m_view->tiles().at(cell).label;
}

int GridView::cellAt(QPoint position) const
{
    return m_view->tileAt(m_view->mapFrom(this, position));
}

void GridView::enlarge(int cell)
{
    if (cell > resultCell())
        return;
    m_enlarged = cell;
    if (cell < 0)
        m_view->fit();
    else
        m_view->fitTile(cell);
    Q_EMIT enlargedChanged();
}

void GridView::arrange()
{
    const int cells = resultCell() + 1;
    const bool before = m_before && !m_inputs.empty() && !m_inputs.back().image.isNull();
    std::vector<Tile> tiles;
    for (int i = 0; i < cells; ++i) {
        const bool last = i == resultCell(), square = cells == 4;
        const Cell& cell = !last || before ? m_inputs[std::min(i, cells - 2)] : m_result;
        const bool network = !m_canvas.isNull() && (square || last) && !(before && last);
        tiles.push_back(
            {.rect = place(i, cells),
             .image = network ? cellOf(m_canvas, i, cells) : cell.image,
             .label = last && before ? tr("%1, before").arg(cell.label) : cell.label,
             .progress = last ? m_progress : 0,
             .smooth = network || (last && m_preview && !before),
             .dashed = last && cell.image.isNull() && m_canvas.isNull()});
    }
    m_view->setTiles(canvasSize(cells), std::move(tiles));
    m_view->setAccessibleDescription(
        m_result.image.isNull()
            ? tr("No result yet")
            : tr("Result, %1 by %2").arg(m_result.image.width()).arg(m_result.image.height()));
    placeOverlays();
}

void GridView::resizeEvent(QResizeEvent*)
{
    placeOverlays();
}

void GridView::placeOverlays()
{
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const QRect seen = i < m_inputs.size()
            ? m_view->tileRect(int(i)).toRect().intersected(m_view->rect())
            : QRect();
        m_places[i]->setGeometry(seen);
        m_places[i]->setVisible(!seen.isEmpty() && m_view->shows(int(i)));
    }
    const QRect cell = m_view->tileRect(resultCell()).toRect();
    m_hint->setGeometry(cell.adjusted(8, 26, -8, -6));
    m_hint->setVisible(
        !m_hint->text().isEmpty() && m_result.image.isNull() && !m_card && !m_before);
    if (!m_card)
        return;
    // A small cell is no place for a sentence: the card grows to the left and up, over the grid.
    const QSize room = m_view->size() - QSize(20, 20);
    const QSize size = cell.size()
                           .expandedTo({340, 160})
                           .expandedTo({0, m_card->heightForWidth(std::max(340, cell.width()))})
                           .boundedTo(room);
    QRect place(cell.topLeft(), size);
    place.moveRight(std::max(std::min(cell.right(), m_view->width() - 10), size.width() + 9));
    place.moveBottom(std::max(std::min(cell.bottom(), m_view->height() - 10), size.height() + 9));
    m_card->setGeometry(place);
    m_card->show();
    m_card->raise();
}
