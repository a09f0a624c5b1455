// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/cropdialog.h"

#include "core/bounded.h"
#include "ui/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr double margin = 10, reach = 7; // pixels around an edge that take it
constexpr int leastSide = 8;             // pixels of a picture that is left

} // namespace

CropFrame::CropFrame(const QImage& picture, QWidget* parent)
    : QWidget(parent)
    , m_picture(picture)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(200, 160);
    setAccessibleName(tr("The part that is kept"));
    setSquare(true);
}

void CropFrame::setSquare(bool square)
{
    m_square = square;
    const int side = std::min(m_picture.width(), m_picture.height());
    const QSize size = square ? QSize(side, side) : m_picture.size();
    QRect frame(QPoint(), size);
    frame.moveCenter(m_picture.rect().center());
    choose(frame);
}

void CropFrame::choose(const QRect& frame)
{
    QSize size = frame.size().boundedTo(m_picture.size()).expandedTo({1, 1});
    if (m_square)
        size = QSize(1, 1) * std::min(size.width(), size.height());
    const QSize room = m_picture.size() - size;
    m_frame = QRect(
        QPoint(bounded(frame.x(), 0, room.width()), bounded(frame.y(), 0, room.height())), size);
    setAccessibleDescription(tr("%1 by %2 pixels at %3, %4; the arrows move it, with Shift they "
                                "make it larger or smaller")
                                 .arg(m_frame.width())
                                 .arg(m_frame.height())
                                 .arg(m_frame.x())
                                 .arg(m_frame.y()));
    update();
    Q_EMIT changed();
}

QRectF CropFrame::pictureRect() const
{
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    const QSizeF size = QSizeF(m_picture.size()).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.center() - QPointF(size.width(), size.height()) / 2, size};
}

QRectF CropFrame::frameRect() const
{
    const QRectF all = pictureRect();
    const double scale = all.width() / std::max(1, m_picture.width());
    return {all.topLeft() + QPointF(m_frame.topLeft()) * scale, QSizeF(m_frame.size()) * scale};
}

QPoint CropFrame::toPicture(QPointF position) const
{
    const QRectF all = pictureRect();
    const double scale = all.width() / std::max(1, m_picture.width());
    return ((position - all.topLeft()) / scale).toPoint();
}

int CropFrame::edgesAt(QPointF position) const
{
    const QRectF frame = frameRect();
    if (!frame.adjusted(-reach, -reach, reach, reach).contains(position))
        return None;
    int edges = None;
    edges |= std::abs(position.x() - frame.left()) < reach ? Left : None;
    edges |= std::abs(position.y() - frame.top()) < reach ? Top : None;
    edges |= std::abs(position.x() - frame.right()) < reach ? Right : None;
    edges |= std::abs(position.y() - frame.bottom()) < reach ? Bottom : None;
    return edges == None ? Inside : edges;
}

void CropFrame::showCursor(int edges)
{
    const bool across = edges & (Left | Right), along = edges & (Top | Bottom);
    const bool falling = edges == (Left | Top) || edges == (Right | Bottom);
    setCursor(
        across && along ? (falling ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor)
            : across    ? Qt::SizeHorCursor
            : along     ? Qt::SizeVerCursor
            : edges     ? Qt::SizeAllCursor
                        : Qt::ArrowCursor);
}

void CropFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().window);
    const QRectF all = pictureRect(), frame = frameRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(all, m_picture);
    QPainterPath outside;
    outside.addRect(all);
    outside.addRect(frame);
    painter.fillPath(outside, QColor(0, 0, 0, 150));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 4));
    painter.drawRect(frame);
    painter.setPen(QPen(hasFocus() ? theme().link : QColor(Qt::white), 2));
    painter.drawRect(frame);
    painter.setBrush(Qt::white);
    painter.setPen(QPen(QColor(0, 0, 0, 160), 1));
    for (const QPointF corner :
         {frame.topLeft(), frame.topRight(), frame.bottomLeft(), frame.bottomRight()})
        painter.drawRect(QRectF(corner - QPointF(4, 4), QSizeF(8, 8)));
}

void CropFrame::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_edges = edgesAt(event->position());
    m_taken = toPicture(event->position());
    m_before = m_frame;
}

/// Moves the edges that are held, the opposite ones stay; a square grows from the corner that
/// stays.
void CropFrame::drag(QPoint to)
{
    const QPoint way = to - m_taken;
    if (m_edges == Inside)
        return choose(m_before.translated(way));
    const QRect all = m_picture.rect();
    int left = m_before.left(), top = m_before.top();
    int right = left + m_before.width(), bottom = top + m_before.height();
    if (m_edges & Left)
        left = bounded(left + way.x(), all.left(), right - leastSide);
    if (m_edges & Right)
        right = bounded(right + way.x(), left + leastSide, all.width());
    if (m_edges & Top)
        top = bounded(top + way.y(), all.top(), bottom - leastSide);
    if (m_edges & Bottom)
        bottom = bounded(bottom + way.y(), top + leastSide, all.height());
    if (m_square) {
        const bool across = m_edges & (Left | Right), along = m_edges & (Top | Bottom);
        const int wanted = across && along ? std::max(right - left, bottom - top)
            : across                       ? right - left
                                           : bottom - top;
        const int side = std::min(
            {wanted, m_edges & Left ? right : all.width() - left,
             m_edges & Top ? bottom : all.height() - top});
        left = m_edges & Left ? right - side : left;
        top = m_edges & Top ? bottom - side : top;
        right = left + side;
        bottom = top + side;
    }
    choose(QRect(left, top, right - left, bottom - top));
}

void CropFrame::mouseMoveEvent(QMouseEvent* event)
{
    if (m_edges == None)
        showCursor(edgesAt(event->position()));
    else
        drag(toPicture(event->position()));
}

void CropFrame::mouseReleaseEvent(QMouseEvent*)
{
    m_edges = None;
}

void CropFrame::keyPressEvent(QKeyEvent* event)
{
    const int by = event->modifiers() & Qt::ControlModifier
        ? 1
        : std::max(1, std::max(m_picture.width(), m_picture.height()) / 50);
    const int dx = event->key() == Qt::Key_Right ? by : event->key() == Qt::Key_Left ? -by : 0;
    const int dy = event->key() == Qt::Key_Down ? by : event->key() == Qt::Key_Up ? -by : 0;
    if (dx == 0 && dy == 0)
        return QWidget::keyPressEvent(event);
    if (!(event->modifiers() & Qt::ShiftModifier))
        return choose(m_frame.translated(dx, dy));
    QSize size = m_frame.size() + (m_square ? QSize(1, 1) * (dx + dy) : QSize(dx, dy));
    size = size.expandedTo({leastSide, leastSide});
    if (m_square) // as far as there is room on both sides
        size = size.boundedTo(QSize(1, 1) * std::min(m_picture.width(), m_picture.height()));
    choose(QRect(m_frame.topLeft(), size));
}

CropDialog::CropDialog(const QImage& picture, const QString& label, QWidget* parent)
    : QDialog(parent)
    , m_frame(new CropFrame(picture, this))
    , m_square(new QCheckBox(tr("S&quare, as a cell of the grid"), this))
    , m_size(new QLabel(this))
{
    setWindowTitle(tr("Crop %1").arg(label));
    m_size->setProperty("role", QStringLiteral("dim"));
    m_square->setChecked(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Crop"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_square);
    row->addStretch();
    row->addWidget(m_size);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_frame, 1);
    layout->addLayout(row);
    layout->addWidget(buttons);
    connect(m_frame, &CropFrame::changed, this, &CropDialog::tell);
    connect(m_square, &QCheckBox::toggled, m_frame, &CropFrame::setSquare);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(m_frame->chosen());
        accept();
    });
    m_frame->setFocus(Qt::OtherFocusReason);
    tell();
}

void CropDialog::tell()
{
    const QRect part = m_frame->chosen();
    m_size->setText(tr("%1 \u00D7 %2 pixels").arg(part.width()).arg(part.height()));
}
