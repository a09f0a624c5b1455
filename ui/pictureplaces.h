// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QObject>

class GridInputs;
class InputsDock;
class PicturePlace;

/// Where the pictures of the method come in: over the cells of the grid where it fills one, else in
/// the dock. The window speaks to both through this.
class PicturePlaces : public QObject
{
    Q_OBJECT

public:
    PicturePlaces(Session& session, InputsDock& dock, GridInputs& grid, QObject* parent);

    PicturePlace* at(const Place& place) const; ///< null: there is none
    /// Where a picture without a place of its own goes: the place with the focus, else the first
    /// empty one that is needed, else the main one.
    Place target() const;
    void focus(const std::string& slot);
    /// Files are over the window: what would come where is shown. None: they are gone.
    void hover(const QStringList& paths);

Q_SIGNALS:
    void openRequested(const Place& place);
    void filesGiven(const Place& place, const QStringList& paths);
    void given(const Place& place, const Given& picture); ///< not as a file

private:
    void crop(const Place& place);

    Session& m_session;
    InputsDock& m_dock;
    GridInputs& m_grid;
};
