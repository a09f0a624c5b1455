// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"
#include "ui/imageslot.h"

#include <QDockWidget>

#include <map>
#include <string>
#include <vector>

class PictureCell;
class QLabel;
class QScrollArea;
class QToolButton;

/// The slots of the method: a cell for each picture, and where a slot takes several one more.
class InputsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit InputsDock(Session& session, QWidget* parent = nullptr);

    ImageSlot* slot(const Place& place) const;
    PictureCell* cell(const Place& place) const;
    /// Where a picture without a place of its own goes: the slot with the focus, else the first
    /// empty one that is needed, else the main one.
    Place target() const;
    void focusSlot(const std::string& id);
    /// The height that shows all cells.
    int wantedHeight() const;

Q_SIGNALS:
    void openRequested(const Place& place);
    void filesGiven(const Place& place, const QStringList& paths);
    void given(const Place& place, const Given& picture); ///< not as a file
    void paintRequested(const Place& place);
    void cellsChanged(); ///< there are more or fewer of them

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    bool fitCells(const Slot& slot);
    void arrange();
    void showInput(const std::string& id);
    void showFixed();
    void revealMask();

    Session& m_session;
    QToolButton* m_swap;
    QScrollArea* m_scroll;
    QLabel* m_result = nullptr; ///< says where B' appears
    std::map<std::string, std::vector<PictureCell*>> m_cells;
    std::string m_newBelow; ///< the slot of a new picture that a mask can be painted over
};
