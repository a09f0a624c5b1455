// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QImage>
#include <QListWidget>

#include <vector>

/// The candidates of a run beside the grid; the chosen one stands in B'.
class CandidateStrip : public QListWidget
{
    Q_OBJECT

public:
    explicit CandidateStrip(QWidget* parent = nullptr);

    /// Hidden where there is no choice.
    void setPictures(const std::vector<QImage>& pictures);
    int chosen() const { return std::max(0, currentRow()); }

    QSize sizeHint() const override { return {84, 200}; }
};

/// @p image cut to a square of that many pixels, with rounded corners, and a word on a chip.
/// A chosen entry shows it in the same colours.
QIcon thumbnail(const QImage& image, int side, const QString& chip, double pixelRatio);
