// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"

#include <QObject>
#include <QString>

#include <map>
#include <utility>
#include <vector>

class Engine;
class MethodList;

/// The maps that the pictures of a run acted as (edges, lines, depth): a picture that is a finished
/// map is one itself, of any other the tool that its slot names makes it once more, as the run did.
class ControlMaps : public QObject
{
    Q_OBJECT

public:
    struct Map
    {
        QString label = {};     ///< "Control 2, Canny edges"
        SharedImage image = {}; ///< empty: it is not made yet
        QString problem = {};   ///< why it cannot be
    };

    ControlMaps(Engine& engine, Runs& runs, const MethodList& methods, QObject* parent = nullptr);

    /// Of each picture of the run that acts as a map. What is missing is made: changed() follows.
    std::vector<Map> of(const Run& run);

Q_SIGNALS:
    void changed(int run);

private:
    void make(const Run& run, const Slot& slot, const Input& input, std::size_t place);

    Engine& m_engine;
    Runs& m_runs;
    const MethodList& m_methods;
    std::map<std::pair<int, std::size_t>, Map>
        m_made; ///< by run and place, also what is on its way
};
