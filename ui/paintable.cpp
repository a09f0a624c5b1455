// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/paintable.h"

#include "core/mask.h"
#include "ui/convert.h"

#include <QCoreApplication>

namespace {

constexpr int longest = 1536; // of a side: a result is no larger

QSize within(QSize size)
{
    const QSize most(longest, longest);
    return size.boundedTo(most) == size ? size : size.scaled(most, Qt::KeepAspectRatio);
}

QImage scaled(const QImage& image, QSize size)
{
    const QSize whole = size.expandedTo({1, 1}); // of a very long picture
    return image.size() == whole
        ? image
        : image.scaled(whole, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage greyOf(const Image& mask)
{
    QImage grey(mask.width, mask.height, QImage::Format_Grayscale8);
    for (int y = 0; y < mask.height; ++y) {
        uchar* row = grey.scanLine(y);
        for (int x = 0; x < mask.width; ++x)
            row[x] = mask.pixel(x, y)[0];
    }
    return grey;
}

} // namespace

Paintable paintableAt(const Session& session, const Slot& slot, const Place& place)
{
    if (!slot.maskOf.empty() && !session.inputs().at(slot.maskOf).image.empty())
        return Paintable::Mask;
    const Input& input = session.inputs().at(place);
    const bool map = slot.maps && input.kind == slot.maps->finished && !input.image.empty();
    return map ? Paintable::Map : Paintable::Nothing;
}

QString paintLabel(Paintable what)
{
    return what == Paintable::Nothing ? QString()
        : what == Paintable::Mask     ? QCoreApplication::translate("Paintable", "Paint the mask")
                                      : QCoreApplication::translate("Paintable", "Edit the map");
}

ToPaint maskToPaint(const Image& picture, const Image& mask)
{
    const QImage below = toQImage(picture);
    ToPaint made {.below = scaled(below, within(below.size()))};
    made.painted = maskToPaint(mask, made.below.size());
    return made;
}

QImage maskToPaint(const Image& mask, QSize size)
{
    if (!mask.empty())
        return scaled(greyOf(maskOf(mask)), size).convertToFormat(QImage::Format_Grayscale8);
    QImage black(size, QImage::Format_Grayscale8);
    black.fill(0);
    return black;
}

ToPaint mapToPaint(const Image& map)
{
    const QImage image = toQImage(flattened(map, {})); // as methods take it
    return {.painted = scaled(image, within(image.size())).convertToFormat(QImage::Format_RGB32)};
}
