// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compareview.h"

#include <QObject>

#include <vector>

class ResultPane;
class Session;

/// What the comparing view of the centre can choose from: what is shown, the pictures in the slots,
/// the results of the runs, and pictures that were kept for it.
class Comparer : public QObject
{
    Q_OBJECT

public:
    Comparer(Session& session, ResultPane& pane);

private:
    void refresh();
    void measureByClip();
    void keepShown(bool first);
    Comparable shown() const;

    Session& m_session;
    ResultPane& m_pane;
    CompareView& m_view;
    std::vector<Comparable> m_kept;
    bool m_chosen = false; ///< the first two were
};
