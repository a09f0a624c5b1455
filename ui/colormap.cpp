// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/colormap.h"

#include "ui/convert.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr double least = 1e-4, most = 1e5; // numbers beyond are written with an exponent

QColor toQColor(const Color& color)
{
    return {color.r, color.g, color.b};
}

} // namespace

QColor markColor(int index)
{
    return toQColor(colourOfGroup(index));
}

QColor scaleColor(double part, ColourMap map)
{
    return toQColor(colourOf(part, map));
}

double partOf(double value, const ValueRange& range)
{
    return range.to > range.from ? (value - range.from) / (range.to - range.from) : 0;
}

QImage drawn(const SeenMap& map, const ValueRange& range, ColourMap colors)
{
    return toQImage(toImage(map, range, colors));
}

QImage mixed(std::span<const SeenMap* const> maps, std::span<const ValueRange> ranges)
{
    const int width = maps.front()->width, height = maps.front()->height;
    QImage image(width, height, QImage::Format_ARGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            std::array<double, 3> sum = {};
            double all = 0, largest = 0;
            for (std::size_t i = 0; i < maps.size(); ++i) {
                const float value =
                    maps[i]->values[std::size_t(y) * std::size_t(width) + std::size_t(x)];
                const double part = std::clamp(partOf(value, ranges[i]), 0.0, 1.0);
                const QColor color = markColor(int(i));
                sum[0] += part * color.red();
                sum[1] += part * color.green();
                sum[2] += part * color.blue();
                all += part;
                largest = std::max(largest, part);
            }
            const double by = all > 0 ? 1 / all : 0;
            image.setPixel(
                x, y,
                qRgba(
                    int(sum[0] * by), int(sum[1] * by), int(sum[2] * by),
                    int(std::lround(255 * largest))));
        }
    return image;
}

QString numberText(double value)
{
    if (std::isnan(value))
        return QStringLiteral("–");
    if (value == 0)
        return QStringLiteral("0");
    const double size = std::abs(value);
    const QLocale locale;
    if (size < least || size >= most)
        return locale.toString(value, 'e', 1);
    const int digits = std::clamp(2 - int(std::floor(std::log10(size))), 0, 6);
    return locale.toString(value, 'f', digits);
}
