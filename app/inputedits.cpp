// SPDX-License-Identifier: GPL-3.0-or-later

// What changes a picture in its place, or its place.

#include "app/background.h"
#include "app/inputs.h"
#include "app/translated.h"
#include "core/bounded.h"
#include "core/picture/turned.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

/// Puts what @p edit makes of a picture in its place, unless another one came there meanwhile.
void Inputs::edit(const Place& place, const QString& what, std::function<Image(const Image&)> edit)
{
    const SharedImage from = at(place).image;
    if (from.empty() || !mayLoad(place))
        return;
    const int version = supersede(place);
    whenDone(
        QtConcurrent::run([from, edit = std::move(edit)] { return SharedImage(edit(from)); }), this,
        [this, place, what, version](const SharedImage& image) {
            if (this->version(place) != version)
                return;
            const Editor::Step step(m_editor, label(what, place));
            set(place, image, QString::fromStdString(at(place).name));
        });
}

void Inputs::turn(const Place& place, bool left)
{
    edit(place, tr("Turn %1"), [left](const Image& image) { return turned(image, left); });
}

void Inputs::crop(const Place& place, int x, int y, int width, int height)
{
    edit(place, tr("Crop %1"), [=](const Image& image) {
        const int left = bounded(x, 0, image.width - 1);
        const int top = bounded(y, 0, image.height - 1);
        return ::crop(
            image, left, top, bounded(width, 1, image.width - left),
            bounded(height, 1, image.height - top));
    });
}

void Inputs::swap(const std::string& a, const std::string& b)
{
    const Editor::Step step(m_editor, {});
    const Input first = at(a), second = at(b);
    put(a, second);
    put(b, first);
}

void Inputs::move(const Place& from, int to)
{
    std::vector<Input> all = in(from.slot);
    const int last = int(all.size()) - 1;
    if (from.at > last || to < 0 || to > last || to == from.at)
        return;
    const auto first = all.begin();
    if (to < from.at)
        std::rotate(first + to, first + from.at, first + from.at + 1);
    else
        std::rotate(first + from.at, first + from.at + 1, first + to + 1);
    const Editor::Step step(m_editor, label(tr("Move %1"), from));
    replace(from.slot, std::move(all));
}
