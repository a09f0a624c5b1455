// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QObject>

#include <vector>

class GridCell;
class GridView;
class PicturePlace;
class ShownPictures;

/// The inputs of a method that fills a grid, over their cells: there they are dropped, pasted,
/// chosen, exchanged, turned and cropped.
class GridInputs : public QObject
{
    Q_OBJECT

public:
    GridInputs(Session& session, GridView& grid, ShownPictures& shown, QObject* parent);

    PicturePlace* at(const Place& place) const; ///< null: it has no cell
    /// Says in each cell which of the files would come there; none: they are gone.
    void showIncoming(const QStringList& paths);

Q_SIGNALS:
    void openRequested(const Place& place);
    void filesGiven(const Place& place, const QStringList& paths);
    void given(const Place& place, const Given& picture); ///< not as a file
    void cropRequested(const Place& place);

private:
    void build();
    void connectCell(GridCell& cell, const Slot& slot);
    void refresh();
    void note(const Place& place, const QString& text, bool error);

    Session& m_session;
    GridView& m_grid;
    ShownPictures& m_shown;
    std::vector<std::pair<std::string, GridCell*>> m_cells; ///< by slot, in their order
};
