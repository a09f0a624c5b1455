// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchedview.h"

#include "ui/convert.h"
#include "ui/differencebar.h"
#include "ui/imageview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

constexpr double wordsApart = 0.03; // between pictures, in parts of their side

} // namespace

TouchedView::TouchedView(QWidget* parent)
    : QWidget(parent)
    , m_pictures(new ImageView(this))
    , m_bar(new QWidget(this))
    , m_difference(new DifferenceBar(m_bar))
    , m_text(new QLabel(this))
{
    m_pictures->setFramed(false);
    m_pictures->setAccessibleName(tr("Untouched, touched, and their difference"));
    m_text->setProperty("role", QStringLiteral("said"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(10);
    auto* name = new QLabel(tr("Difference"), m_bar);
    name->setProperty("role", QStringLiteral("dim"));
    name->setBuddy(&m_difference->kind());
    row->addWidget(name);
    row->addWidget(m_difference, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_pictures, 1);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    connect(m_difference, &DifferenceBar::changed, this, &TouchedView::refresh);
    connect(m_pictures, &ImageView::readout, this, &TouchedView::readout);
    refresh();
}

void TouchedView::setPictures(const QImage& before, const QImage& after, bool smooth)
{
    m_before = before;
    m_after = after;
    m_smooth = smooth;
    m_message.clear();
    refresh();
}

void TouchedView::setNames(const QString& before, const QString& after)
{
    m_nameBefore = before;
    m_nameAfter = after;
}

void TouchedView::setMessage(const QString& sentence)
{
    m_message = sentence;
    refresh();
}

QString TouchedView::text() const
{
    return m_text->text();
}

QImage TouchedView::shown()
{
    QRectF all;
    for (int i = 0; i < int(m_pictures->tiles().size()); ++i)
        all = all.united(m_pictures->tileRect(i));
    return m_pictures->grab(all.toAlignedRect().intersected(m_pictures->rect())).toImage();
}

void TouchedView::refresh()
{
    const DifferenceLook look = m_difference->look();
    m_bar->setVisible(m_message.isEmpty());
    m_pictures->setVisible(m_message.isEmpty());
    m_text->setAlignment(m_message.isEmpty() ? Qt::AlignVCenter : Qt::AlignCenter);
    if (!m_message.isEmpty()) {
        m_pictures->setTiles({}, {});
        m_text->setText(m_message);
        return;
    }
    const bool both = !m_before.isNull() && m_before.size() == m_after.size();
    PictureDifference change;
    QImage difference;
    if (both) {
        const Image before = toImage(m_before), after = toImage(m_after);
        change = differenceOf(before, after);
        difference = toQImage(differencePicture(before, after, look));
    }
    std::vector<Tile> tiles = {
        {.image = m_before, .label = m_nameBefore, .smooth = m_smooth},
        {.image = m_after, .label = m_nameAfter, .smooth = m_smooth},
        {.image = difference,
         .label = tr("Difference \u00d7 %1").arg(look.gain),
         .smooth = m_smooth}};
    const QSizeF side = m_before.isNull() ? QSizeF(1, 1) : QSizeF(m_before.size());
    const double gap = side.width() * wordsApart;
    // In a row or in a column, as they are larger.
    const double inRow =
        std::min(width() / (3 * side.width() + 2 * gap), m_pictures->height() / side.height());
    const double inColumn =
        std::min(width() / side.width(), m_pictures->height() / (3 * side.height() + 2 * gap));
    const bool row = inRow >= inColumn;
    for (int i = 0; i < 3; ++i)
        tiles[std::size_t(i)].rect = {
            row ? QPointF(i * (side.width() + gap), 0) : QPointF(0, i * (side.height() + gap)),
            side};
    const double length = 2 * gap;
    m_pictures->setTiles(
        row ? QSizeF(3 * side.width() + length, side.height())
            : QSizeF(side.width(), 3 * side.height() + length),
        std::move(tiles));
    const QString said = !both ? tr("There is no picture of both at this step yet.")
        : change.changed == 0
        ? tr("The two pictures are the same, pixel for pixel.")
        : tr("The colours differ by %1 of 255 in the mean and by %2 at most; %3 % of the pixels "
             "changed.")
              .arg(change.meanAbsolute, 0, 'f', 1)
              .arg(change.largest)
              .arg(change.changed * 100, 0, 'f', change.changed < 0.1 ? 1 : 0);
    m_text->setText(m_touches.isEmpty() ? said : m_touches + QStringLiteral(". ") + said);
}

void TouchedView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refresh();
}
