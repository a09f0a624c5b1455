// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sourcefile.h"

#include <QFuture>
#include <QImage>
#include <QStringList>
#include <QWidget>

class QMenu;
class QMimeData;
class QToolButton;

/// A place for an input picture: drop, paste or click; drag out; clear.
class ImageSlot : public QWidget
{
    Q_OBJECT

public:
    ImageSlot(const QString& label, const QString& help, QWidget* parent = nullptr);

    void setImage(const QImage& image, const QString& name);
    const QImage& image() const { return m_image; }
    QString label() const { return m_label; }
    void setLabel(const QString& label);
    /// Says in an empty place that it may stay so, and takes less room for it.
    void setOptional(bool optional);
    /// A sentence on the picture's strip: what was changed at load, or why it was refused.
    void setNote(const QString& note, bool error);
    QString note() const { return m_note; }
    /// An entry of the menu for painting here; empty: none.
    void setPaint(const QString& label) { m_paint = label; }
    /// Whether the picture can change places with the one before it and with the one behind it.
    void setMoves(bool before, bool behind);
    /// Who gives the file that the picture came from, or null.
    void setOriginal(std::function<ReadFile()> original) { m_original = std::move(original); }
    bool noteIsError() const { return m_noteIsError; }

    /// Takes what is on the clipboard or was dropped: files first, then the bytes of one, then a
    /// picture that is decoded already; false: nothing of that, or null.
    bool take(const QMimeData* mime);

    QSize sizeHint() const override { return {122, heightForWidth(122)}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return isSmall() ? smallHeight : width; }

Q_SIGNALS:
    void openRequested();
    void filesGiven(const QStringList& paths);
    void fileGiven(const QByteArray& bytes); ///< the contents of a picture's file
    void imageGiven(const QImage& image);
    void clearRequested();
    void paintRequested();
    void moveRequested(int by); ///< -1: before the one that is before it; 1: behind the next

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    static constexpr int smallHeight = 58;

    bool isSmall() const { return m_optional && m_image.isNull() && m_note.isEmpty(); }
    void saveOriginal(const ReadFile& original);
    void updateSize();
    void updateClear();
    void paintNote(QPainter& painter);
    QString dropText() const;
    void addMoves(QMenu& menu);

    QString m_label, m_name, m_note, m_paint;
    bool m_noteIsError = false, m_optional = false;
    bool m_before = false, m_behind = false; ///< where it can move
    QImage m_image;
    QPixmap m_scaled;
    QToolButton* m_clear;
    int m_dropping = 0; ///< pictures that hover over it
    QPoint m_pressed;
    bool m_down = false;
    QFuture<QString> m_file;
    std::function<ReadFile()> m_original;
};

/// The local files and whether there is a picture in what is dragged or pasted; null, which an
/// empty clipboard may be, holds nothing.
QStringList filesIn(const QMimeData* mime);
bool holdsPictures(const QMimeData* mime);
