// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/convert.h"

#include <QColorSpace>

#include <algorithm>
#include <cmath>
#include <cstring>

QImage toQImage(const SharedImage& image)
{
    if (image.empty() || !image->alpha.empty())
        return toQImage(*image);
    using Kept = std::shared_ptr<const Image>;
    return QImage(
        image->rgb.data(), image->width, image->height, qsizetype(image->width) * 3,
        QImage::Format_RGB888, [](void* kept) { delete static_cast<Kept*>(kept); },
        new Kept(image.pointer()));
}

QImage toQImage(const Image& image)
{
    if (image.empty())
        return {};
    if (image.alpha.empty()) {
        QImage out(image.width, image.height, QImage::Format_RGB888);
        for (int y = 0; y < image.height; ++y)
            std::memcpy(out.scanLine(y), image.pixel(0, y), std::size_t(image.width) * 3);
        return out;
    }
    QImage out(image.width, image.height, QImage::Format_RGBA8888);
    for (int y = 0; y < image.height; ++y) {
        uchar* to = out.scanLine(y);
        const uint8_t* from = image.pixel(0, y);
        const uint8_t* alpha = &image.alpha[std::size_t(y) * image.width];
        for (int x = 0; x < image.width; ++x, to += 4, from += 3) {
            to[0] = from[0];
            to[1] = from[1];
            to[2] = from[2];
            to[3] = alpha[x];
        }
    }
    return out;
}

QImage scaledToShow(const QImage& image, const QSize& size, Qt::AspectRatioMode shape)
{
    constexpr double enough = 8e6; // pixels: those take some 30 ms
    const auto count = [](const QSize& of) { return double(of.width()) * of.height(); };
    const double wanted = std::max(enough, 1.5 * count(size)), all = count(image.size());
    if (all <= wanted)
        return image.scaled(size, shape, Qt::SmoothTransformation);
    const QSize some = (QSizeF(image.size()) * std::sqrt(wanted / all)).toSize();
    return image.scaled(some.expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::FastTransformation)
        .scaled(image.size().scaled(size, shape), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Image toImage(const QImage& image)
{
    if (image.isNull())
        return {};
    QImage in = image;
    if (in.colorSpace().isValid())
        in.convertToColorSpace(QColorSpace::SRgb);
    const bool alpha = in.hasAlphaChannel();
    in.convertTo(QImage::Format_RGBA8888);
    Image out {.width = in.width(), .height = in.height()};
    out.rgb.resize(std::size_t(out.width) * out.height * 3);
    if (alpha)
        out.alpha.resize(std::size_t(out.width) * out.height);
    for (int y = 0; y < out.height; ++y) {
        const uchar* line = in.constScanLine(y);
        for (int x = 0; x < out.width; ++x) {
            std::memcpy(out.pixel(x, y), line + x * 4, 3);
            if (alpha)
                out.alpha[std::size_t(y) * out.width + x] = line[x * 4 + 3];
        }
    }
    return out;
}
