// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sourcefile.h"

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <utility>

class QMenu;
class QMimeData;

/// A place for an input picture, whatever it looks like: drop, paste, keys and a menu of what can
/// be done with the picture. It changes nothing itself; its signals say what was asked for.
class PicturePlace : public QWidget
{
    Q_OBJECT

public:
    PicturePlace(const QString& label, const QString& help, QWidget* parent = nullptr);

    void setImage(const QImage& image, const QString& name);
    const QImage& image() const { return m_image; }
    QString name() const { return m_name; }
    QString label() const { return m_label; }
    void setLabel(const QString& label);
    /// A sentence about the picture: what was changed at load, or why it was refused.
    void setNote(const QString& note, bool error);
    QString note() const { return m_note; }
    bool noteIsError() const { return m_noteIsError; }
    /// An entry of the menu for painting here; empty: none.
    void setPaint(const QString& label) { m_paint = label; }
    /// Whether the picture can change places with the one before it and with the one behind it.
    void setMoves(bool before, bool behind);
    /// Who gives the file that the picture came from, or null.
    void setOriginal(std::function<ReadFile()> original) { m_original = std::move(original); }
    /// The places whose pictures can be exchanged with this one's: their names, and what people
    /// call them.
    void setSwaps(QList<std::pair<QString, QString>> swaps) { m_swaps = std::move(swaps); }
    /// What is shown is not what a change would change (another run's picture), and the entry of
    /// the menu that brings it here; empty: it is.
    void setForeign(const QString& bring) { m_foreign = bring; }
    /// The name of a file that would come here if it was dropped now; empty: none.
    void setIncoming(const QString& name);
    /// Lets no other picture be put there, and says why; an empty text lets it.
    void setFixed(const QString& why);

    /// Takes what is on the clipboard or was dropped: files first, then the bytes of one, then a
    /// picture that is decoded already; false: nothing of that, or null.
    bool take(const QMimeData* mime);

Q_SIGNALS:
    void openRequested();
    void filesGiven(const QStringList& paths); ///< behind them what was no file: addresses
    void fileGiven(const QByteArray& bytes);   ///< the contents of a picture's file
    void imageGiven(const QImage& image);
    void noteChanged();
    void clearRequested();
    void paintRequested();
    void swapRequested(const QString& with); ///< the name of the other place
    void moveRequested(int by); ///< -1: before the one that is before it; 1: behind the next
    void turnRequested(bool left);
    void cropRequested();
    void bringRequested();                  ///< the picture that is shown is wanted here
    void hovered(const QStringList& paths); ///< files are over it; none: they are no more

protected:
    /// What is painted is to be painted anew, or takes another size.
    virtual void refresh();
    /// What is told where the pointer rests: the note, or else what the place is for.
    virtual QString tip() const { return m_note.isEmpty() ? toolTip() : m_note; }
    bool dropping() const { return m_dropping > 0 || !m_incoming.isEmpty(); }
    void paintDrop(QPainter& painter, const QRectF& place) const;
    /// Over the picture, at its foot; where it is longer than that, the tool tip has the whole.
    void paintNote(QPainter& painter) const;

    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void addEdits(QMenu& menu);
    void describe();
    void saveOriginal(const ReadFile& original);
    void stopDropping();
    void saySourceIsGone();
    QString dropText() const;

    QString m_label, m_help, m_name, m_note, m_paint, m_foreign, m_incoming, m_swapFrom;
    bool m_noteIsError = false;
    bool m_before = false, m_behind = false; ///< where it can move
    QImage m_image;
    QList<std::pair<QString, QString>> m_swaps;
    int m_dropping = 0;     ///< pictures that hover over it
    bool m_preset = false;  ///< what hovers is a preset
    bool m_refused = false; ///< what hovers is nothing that can be put here
    std::function<ReadFile()> m_original;
};

/// The lines of a text in that much room in pixels, one at least; more text is left out with dots.
QStringList linesIn(const QString& text, const QFont& font, const QSize& room);

/// The local files and whether there is a picture in what is dragged or pasted; null, which an
/// empty clipboard may be, holds nothing.
QStringList filesIn(const QMimeData* mime);
bool holdsPictures(const QMimeData* mime);
