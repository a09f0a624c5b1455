// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <vector>

class ImageView;
class QLabel;

/// The inputs and the result as one canvas: for Analogy the 2x2 grid A, A', B, B', else one picture
/// beside the result.
class GridView : public QWidget
{
    Q_OBJECT

public:
    struct Cell
    {
        QString label = {};
        QImage image = {};
    };

    explicit GridView(QWidget* parent = nullptr);

    ImageView& view() const { return *m_view; }

    /// The inputs in the order of their slots; the result takes the cell behind them.
    void setInputs(std::vector<Cell> inputs, const QString& resultLabel);
    /// A preview is enlarged smoothly; @p progress above 0 draws a ring.
    void setResult(const QImage& image, bool preview, double progress);
    /// Shows the last input in the result's place, to see what has changed.
    void showBefore(bool before);
    /// What the network works on, all cells of it, in place of the inputs; null: not shown.
    void setCanvas(const QImage& canvas);
    /// Rich text in the result's place while that is empty; its links come as hintLink().
    void setHint(const QString& html);
    /// Widgets over the cells of the inputs, in their order; none: the cells only show. They stay
    /// the caller's.
    void setPlaces(std::vector<QWidget*> places);
    /// A widget over the result's place (an ErrorCard); null: none. Stays the caller's.
    void setCard(QWidget* card);

    int resultCell() const { return int(m_inputs.size()); }
    const QImage& image(int cell) const;
    QString label(int cell) const;
    int cellAt(QPoint position) const; ///< -1: none
    void enlarge(int cell);            ///< -1: all of them
    int enlarged() const { return m_enlarged; }

Q_SIGNALS:
    void hintLink(const QString& link);
    void enlargedChanged();
    void cellPressed(int cell);
    void dragOutRequested(int cell);
    void readout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void placeOverlays();

    ImageView* m_view;
    QLabel* m_hint;
    QWidget* m_card = nullptr;
    std::vector<Cell> m_inputs;
    std::vector<QWidget*> m_places;
    Cell m_result;
    QImage m_canvas;
    bool m_preview = false, m_before = false;
    double m_progress = 0;
    int m_enlarged = -1;
};

/// The part of a canvas that belongs to a cell where @p cells make a square grid, else all of it.
QImage cellOf(const QImage& canvas, int cell, int cells);
