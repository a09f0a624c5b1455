// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFuture>
#include <QImage>
#include <QString>

#include <cstddef>
#include <functional>
#include <vector>

class QMimeData;
class QWidget;

/// Writes a PNG file that lives as long as the program, in the background, for a picture that may
/// be dragged out; the path, empty where that failed.
QFuture<QString> writeForDrag(const QImage& image, const QString& name);
QFuture<QString> writeForDrag(
    const std::function<std::vector<std::byte>()>& encode, const QString& name);

/// A picture as data and, where @p file names one, as a file.
QMimeData* pictureMime(const QImage& image, const QString& file);
/// The place in the window that a picture is dragged from; empty: it is none of ours.
QString placeIn(const QMimeData* mime);
/// Drags a picture out of a widget; returns when it is dropped. @p place is what placeIn() tells
/// where it is dropped in the window.
void dragOut(
    QWidget* source, const QImage& image, const QFuture<QString>& file, const QString& place = {});
