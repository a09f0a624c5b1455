// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/contactsheet.h"

#include <QFont>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

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
    // What is read beside a picture grows with it.
    QFont font;
    font.setPixelSize(std::max(12, cell.height() / 24));
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
