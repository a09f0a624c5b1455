// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include <functional>

class QWidget;

/// Asks where to, then writes a picture as PNG in the background; @p failed is told why that did
/// not work, unless @p parent is gone by then.
void savePicture(
    QWidget* parent, const QImage& image, const QString& name,
    const std::function<void(const QString& sentence)>& failed);
