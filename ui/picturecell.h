// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QWidget>

class ImageSlot;
class NumberBox;
class QBoxLayout;
class QComboBox;
class QLabel;
class QToolButton;
class QVBoxLayout;

/// A picture with what its slot asks for beside it: what it is, its weight, when it acts.
class PictureCell : public QWidget
{
    Q_OBJECT

public:
    /// @p wide: what stands beside the picture stands at its right, else below it.
    PictureCell(Session& session, const Slot& slot, int at, bool wide, QWidget* parent = nullptr);

    ImageSlot& picture() const { return *m_picture; }
    const Place& place() const { return m_place; }
    /// Shows the picture that the session has for the place, converted in the background, and what
    /// stands beside it.
    void refresh();
    /// Lets no other picture be put there, and says why; an empty text lets it.
    void setFixed(const QString& why);

Q_SIGNALS:
    void pictureChanged();
    void paintRequested();            ///< of the mask or over the map here
    void given(const Given& picture); ///< of a clipboard or a drag, not as a file

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addKind();
    void addPaint();
    void addWeight();
    void addSpan();
    void connectPicture();
    void refreshKinds();
    QWidget* addRow(const QString& label, const QList<QWidget*>& fields);
    void refreshFields();
    void showPicture();
    void showNote();

    Session& m_session;
    Slot m_slot; ///< a copy: methods may be exchanged below a cell that is about to go
    Place m_place;
    ImageSlot* m_picture;
    bool m_wide;
    QBoxLayout* m_row; ///< the picture and its fields
    QVBoxLayout* m_fields;
    QLabel* m_said; ///< the picture's note, below all
    QComboBox* m_kind = nullptr;
    QLabel* m_lack = nullptr; ///< why a picture of that kind cannot act
    QToolButton *m_map = nullptr, *m_paint = nullptr;
    NumberBox *m_weight = nullptr, *m_begin = nullptr, *m_end = nullptr;
    QList<QWidget*> m_rows; ///< beside a picture only
    SharedImage m_shown;    ///< the picture that is shown
    int m_change = 0;       ///< to drop conversions that come too late
    bool m_showing = false; ///< values from the session are being put in
};
