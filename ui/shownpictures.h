// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "ui/gridview.h"

#include <QLabel>

#include <map>
#include <string>
#include <vector>

class Session;
struct Method;
struct Run;

/// Which pictures stand beside the result: a run that is chosen stands beside its own, and where
/// others are put into the slots it is said that they are others. The line says so, and changes it.
class ShownPictures : public QLabel
{
    Q_OBJECT

public:
    ShownPictures(Session& session, QWidget* parent = nullptr);

    /// The run whose result is shown; null where there is none, or where the slots are shown and it
    /// is another method's.
    const Run* run() const;
    const Method& method() const; ///< that of the pictures
    /// The pictures with their labels, in the order of the slots.
    std::vector<GridView::Cell> cells();
    /// Whether these are pictures of a run, and others are in the slots.
    bool foreign() const { return m_foreign; }
    void takeOwn(); ///< puts the run's own pictures into the slots

Q_SIGNALS:
    void changed(); ///< the run, the method or a picture

private:
    void choose(bool own);
    void refresh();
    void follow(const QString& link);

    struct Converted
    {
        SharedImage from = {};
        QImage image = {};
    };

    Session& m_session;
    bool m_own = true; ///< the run's own pictures, not those in the slots
    bool m_foreign = false;
    std::map<std::string, Converted> m_converted; ///< by slot
};
