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

/// The slots of a method that fills no grid: a cell for each picture, and where a slot takes
/// several one more; in sections where the method has them, a row for each picture.
class InputsDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit InputsDock(Session& session, QWidget* parent = nullptr);

    ImageSlot* slot(const Place& place) const;
    PictureCell* cell(const Place& place) const;
    void focusSlot(const std::string& id);
    /// The height that shows all cells.
    int wantedHeight() const;

Q_SIGNALS:
    void openRequested(const Place& place);
    void filesGiven(const Place& place, const QStringList& paths);
    void given(const Place& place, const Given& picture); ///< not as a file
    void paintRequested(const Place& place);
    void cropRequested(const Place& place);
    void cellsChanged(); ///< there are more or fewer of them

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    bool fitCells(const Slot& slot);
    void connectCell(PictureCell& cell);
    void arrange();
    bool inSections() const;
    void showInput(const std::string& id);
    void showFixed();
    void revealMask();

    Session& m_session;
    QScrollArea* m_scroll;
    QList<QLabel*> m_titles; ///< of the sections
    std::map<std::string, std::vector<PictureCell*>> m_cells;
    std::string m_newBelow; ///< the slot of a new picture that a mask can be painted over
};
