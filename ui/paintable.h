// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QImage>
#include <QString>

/// What can be painted at a place.
enum class Paintable {
    Nothing,
    Mask, ///< over the picture of the slot that it belongs to
    Map   ///< over itself
};

Paintable paintableAt(const Session& session, const Slot& slot, const Place& place);
/// What a button for that says.
QString paintLabel(Paintable what);

/// A picture that is ready to be painted on, on any thread.
struct ToPaint
{
    QImage below = {};   ///< what a mask lies on; null for a map
    QImage painted = {}; ///< a mask in grey, a map in colours
};
/// The mask at the size of the picture, soft where it is; black where there is none yet.
ToPaint maskToPaint(const Image& picture, const Image& mask);
/// The mask alone, at that size.
QImage maskToPaint(const Image& mask, QSize size);
ToPaint mapToPaint(const Image& map);
