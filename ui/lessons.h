// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectstate.h"

#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

class MethodList;

/// A lesson on what is seen inside the network: a run of the sample, and pages that show parts of
/// it; from resources/lessons.
struct Lesson
{
    /// A few sentences with the view that they are about.
    struct Page
    {
        QString text = {};
        View view = {};
        QStringList words = {};             ///< of the prompt
        double part = 1;                    ///< of the run: which step is shown
        std::optional<double> opacity = {}; ///< of the map; else it stays as it is
    };

    QString title = {};
    std::string method = {};
    std::string sample = {}; ///< of the method; empty: the first
    Values values = {}; ///< besides the sample's
    uint64_t seed = 0;
    std::vector<Page> pages = {};
};

/// Those whose methods are there, in the order of their files. Throws Error where one cannot be
/// read.
std::vector<Lesson> readLessons(const MethodList& methods);
