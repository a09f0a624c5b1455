// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/contactsheet.h"

#include <QFont>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr int emptySide = 128; // of a place, as long as no picture is there

/// What is read beside a picture grows with it.
QFont fontFor(const QSize& cell)
{
    QFont font;
    font.setPixelSize(std::max(12, cell.height() / 24));
    return font;
}

} // namespace

QImage contactSheet(const std::vector<SheetEntry>& entries)
{
    QSize cell;
    for (const SheetEntry& entry : entries)
        cell = cell.expandedTo(entry.image.size());
    if (cell.isEmpty())
        return {};
    const int count = int(entries.size());
    const int columns = std::max(
        1, int(std::lround(std::sqrt(double(count) * cell.height() / std::max(1, cell.width())))));
    const int rows = (count + columns - 1) / columns;
    const QFont font = fontFor(cell);
    const QFontMetrics metrics(font);
    const int gap = std::max(8, cell.width() / 32), line = metrics.height();
    const int wide = cell.width() + gap, high = cell.height() + line + gap;
    QImage sheet(columns * wide + gap, rows * high + gap, QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    painter.setFont(font);
    painter.setPen(Qt::black);
    for (int i = 0; i < count; ++i) {
        const SheetEntry& entry = entries[std::size_t(i)];
        const QPoint corner(gap + i % columns * wide, gap + i / columns * high);
        painter.drawImage(corner, entry.image);
        painter.drawText(
            QRect(corner + QPoint(0, entry.image.height()), QSize(cell.width(), line)),
            Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(entry.label, Qt::ElideMiddle, cell.width()));
    }
    return sheet;
}

QImage labelledSheet(
    const std::vector<QImage>& images, const QStringList& columns, const QStringList& rows)
{
    const auto first =
        std::ranges::find_if(images, [](const QImage& image) { return !image.isNull(); });
    const QSize cell = first == images.end() ? QSize(emptySide, emptySide) : first->size();
    const QFont font = fontFor(cell);
    const QFontMetrics metrics(font);
    const int gap = std::max(8, cell.width() / 32), line = metrics.height();
    int left = gap;
    for (const QString& row : rows)
        left = std::max(left, std::min(metrics.horizontalAdvance(row), cell.width()) + 2 * gap);
    const int top = line + 2 * gap;
    const int count = std::max(1, int(rows.size()));
    QImage sheet(
        left + int(columns.size()) * (cell.width() + gap), top + count * (cell.height() + gap),
        QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    painter.setFont(font);
    painter.setPen(Qt::black);
    const auto x = [&](int column) { return left + column * (cell.width() + gap); };
    const auto y = [&](int row) { return top + row * (cell.height() + gap); };
    for (int i = 0; i < int(columns.size()); ++i)
        painter.drawText(
            QRect(x(i), gap, cell.width(), line), Qt::AlignCenter,
            metrics.elidedText(columns[i], Qt::ElideMiddle, cell.width()));
    for (int i = 0; i < int(rows.size()); ++i)
        painter.drawText(
            QRect(gap, y(i), left - 2 * gap, cell.height()), Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(rows[i], Qt::ElideMiddle, left - 2 * gap));
    for (int i = 0; i < int(images.size()) && !columns.isEmpty(); ++i) {
        const QRect place(QPoint(x(i % int(columns.size())), y(i / int(columns.size()))), cell);
        const QImage& image = images[std::size_t(i)];
        if (image.isNull())
            painter.fillRect(place, QColor(226, 228, 232));
        else
            painter.drawImage(place, image);
    }
    return sheet;
}
