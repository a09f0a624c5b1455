// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/maskoverlay.h"

#include "ui/theme.h"

#include <array>
#include <cmath>
#include <vector>

namespace {

constexpr int hatchDistance = 9, hatchWidth = 2, tint = 88, hatchTint = 190; // of 255

QRgb withAlpha(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return qPremultiply(color.rgba());
}

/// Which pixel of @p count, spread over @p length from @p start on, is at each place from @p first
/// on; -1: none.
std::vector<int> under(int first, int places, double start, double length, int count)
{
    std::vector<int> all(std::size_t(places), -1);
    for (int i = 0; i < places; ++i) {
        const int at = int(std::floor((first + i + 0.5 - start) / length * count));
        if (at >= 0 && at < count)
            all[std::size_t(i)] = at;
    }
    return all;
}

} // namespace

QImage maskOverlay(const QImage& mask, const QRect& part, const QRectF& target, int line)
{
    QImage overlay(part.size(), QImage::Format_ARGB32_Premultiplied);
    overlay.fill(Qt::transparent);
    const auto columns = under(
        part.left() - line, part.width() + 2 * line, target.left(), target.width(), mask.width());
    const auto rows = under(
        part.top() - line, part.height() + 2 * line, target.top(), target.height(), mask.height());
    std::vector<const uchar*> lines;
    for (const int row : rows)
        lines.push_back(row < 0 ? nullptr : mask.constScanLine(row));
    const auto grey = [&](int x, int y) {
        const uchar* row = lines[std::size_t(y)];
        const int column = columns[std::size_t(x)];
        return row && column >= 0 ? int(row[column]) : 0;
    };
    const auto white = [&](int x, int y) { return grey(x, y) > 127; };
    const QRgb plain = withAlpha(theme().painted, tint),
               hatched = withAlpha(theme().painted, hatchTint),
               light = withAlpha(theme().onChip, 255), dark = withAlpha(theme().chip, 255);
    std::array<QRgb, 128> faint {}; // of a soft edge, outside the line
    for (std::size_t i = 0; i < faint.size(); ++i)
        faint[i] = withAlpha(theme().painted, tint * int(i) / 255);
    // The hatching stays with the picture when that is moved.
    const int phase = part.left() - int(std::lround(target.left())) + part.top()
        - int(std::lround(target.top())) + hatchDistance * line;
    for (int y = 0; y < part.height(); ++y) {
        auto* out = reinterpret_cast<QRgb*>(overlay.scanLine(y));
        for (int x = 0; x < part.width(); ++x) {
            const int u = x + line, v = y + line; // in columns and rows, which begin earlier
            const bool inside = white(u, v);
            const bool edge = white(u - line, v) != inside || white(u + line, v) != inside
                || white(u, v - line) != inside || white(u, v + line) != inside;
            if (edge)
                out[x] = inside ? light : dark;
            else if (inside)
                out[x] =
                    (x + y + phase) % (hatchDistance * line) < hatchWidth * line ? hatched : plain;
            else
                out[x] = faint[std::size_t(grey(u, v))];
        }
    }
    return overlay;
}
