// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <vector>

/// A picture with its place on the canvas of an ImageView.
struct Tile
{
    QRectF rect = {};
    QImage image = {};   ///< shown as large as fits the rectangle
    QString label = {};  ///< on a chip in the corner
    double progress = 0; ///< of a ring, 0 to 1; none at 0
    bool smooth = false; ///< a preview, a pixel per latent cell: enlarged without edges
    bool dashed = false; ///< an empty place that waits for a picture
};

/// Pictures side by side on one canvas: zoom to the cursor with the wheel, pan with the middle
/// button or Space, the colour under the pointer, drag a picture out.
class ImageView : public QWidget
{
    Q_OBJECT

public:
    explicit ImageView(QWidget* parent = nullptr);

    /// Shows other pictures; the view stays as it is where the canvas keeps its size.
    void setTiles(QSizeF canvas, std::vector<Tile> tiles);
    const std::vector<Tile>& tiles() const { return m_tiles; }

    /// Whether several pictures have a common frame, as the grid has; it is there unless taken
    /// away.
    void setFramed(bool framed) { m_framed = framed; }

    /// Of pixels: one is a pixel of the picture that counts (that which fills the view, else the
    /// last) for one of the screen.
    double zoom() const;
    void zoomBy(double factor, QPointF around);
    void zoomIn();
    void zoomOut();
    void showActualSize(); ///< a zoom of one, around the picture that counts
    void fit();
    void fitTile(int tile);

    /// Whether a tile is shown: while one fills the view, it alone is.
    bool shows(int tile) const { return m_fitted < 0 || m_fitted == tile; }
    int tileAt(QPointF position) const; ///< -1: none
    QRectF tileRect(int tile) const;    ///< in the widget
    /// "B′ 212, 88 · #E9B44C"; empty beside the pictures.
    QString readoutAt(QPointF position) const;

    QSize sizeHint() const override { return {560, 440}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

Q_SIGNALS:
    void tileActivated(int tile); ///< double click, or its number
    void allRequested();          ///< 0
    void beforeHeld(bool held);   ///< B, as long as it is held down
    void readout(const QString& text);
    void viewChanged();
    void tilePressed(int tile);
    void dragOutRequested(int tile);

protected:
    /// Draws over the pictures; @p part is what is drawn anew.
    virtual void paintOver(QPainter& painter, const QRect& part);
    /// A label on its chip, in the top left corner of @p place or in the right one; no wider than
    /// there is room.
    static void paintChip(
        QPainter& painter, const QRectF& place, const QString& whole,
        Qt::AlignmentFlag side = Qt::AlignLeft);
    /// The colour that readoutAt() tells.
    virtual QColor colorAt(int tile, QPoint pixel) const;
    QRectF pictureRect(int tile) const; ///< of the tile's picture, in the widget
    /// Whether a press moves the view.
    bool pans(const QMouseEvent& event) const;
    void panBy(QPointF way);

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int counted() const;
    QRectF imageRect(const Tile& tile) const;
    QRectF toWidget(const QRectF& rect) const;
    void show(const QRectF& part);
    void paintTile(QPainter& painter, std::size_t index);

    struct Scaled
    {
        qint64 key = 0;
        QPixmap pixmap = {};
    };

    QSizeF m_canvas;
    std::vector<Tile> m_tiles;
    std::vector<Scaled> m_scaled; ///< of the tiles, at the size last painted
    double m_scale = 1;           ///< of the canvas to the widget
    QPointF m_origin;             ///< of the canvas in the widget
    int m_fitted = -1;            ///< the tile that fills the view
    bool m_framed = true;
    bool m_free = false; ///< zoomed or panned by hand
    bool m_space = false, m_panning = false;
    QPointF m_pressed;
    int m_pressedTile = -1;
};
