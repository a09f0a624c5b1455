// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QFuture>
#include <QImage>
#include <QString>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

class QWidget;

/// Writes what @p encode gives in the background, the whole file or nothing of it; the sentence
/// that says why that did not work, empty where it did.
QFuture<QString> writeInBackground(
    const QString& path, const std::function<std::vector<std::byte>()>& encode);

/// As a PNG file. Throws Error.
std::vector<std::byte> pngOf(const QImage& image);

/// Asks where to, then writes a picture as PNG in the background; @p failed is told why that did
/// not work, unless @p parent is gone by then.
void savePicture(
    QWidget* parent, const QImage& image, const QString& name,
    const std::function<void(const QString& sentence)>& failed);
/// The same for numbers, as the tensors of a safetensors file.
void saveNumbers(
    QWidget* parent, const std::map<std::string, Array>& arrays, const QString& name,
    const std::function<void(const QString& sentence)>& failed);
/// What a dialogue for a file to write says.
struct SaveQuestion
{
    QString title = {}, filter = {},
            name = {}; ///< filter as QFileDialog has it; a name without end
    const char* suffix = "";
};
/// The same for whatever @p encode gives.
void saveEncoded(
    QWidget* parent, const SaveQuestion& question,
    const std::function<std::vector<std::byte>()>& encode,
    const std::function<void(const QString& sentence)>& failed);
