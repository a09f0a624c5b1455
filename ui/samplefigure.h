// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

struct Method;

/// What goes in and what comes out, in small: rows of pictures with an arrow before the last of
/// each.
class SampleFigure : public QWidget
{
    Q_OBJECT

public:
    using Rows = std::vector<std::vector<QImage>>;

    explicit SampleFigure(QWidget* parent = nullptr);

    void setRows(Rows rows);
    const Rows& rows() const { return m_rows; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Rows m_rows;
};

/// The first sample of a method with what is made of it: a row for each pair where the method fills
/// a grid, else one row. Empty where there is none that can be read.
SampleFigure::Rows figureOf(const Method& method);
