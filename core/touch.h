// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"

#include <string>

/// A change by hand inside the network: part of what determines a result.
struct Touch
{
    enum What {
        Head,     ///< the output of a head times a number; 0 is off
        Word,     ///< what the prompt's word is given, times a number, afterwards
        Rows,     ///< what the queries in a box of the picture are given, times a number
        Columns,  ///< what the keys in a box get, before the rows are brought to a sum of 1
        Share,    ///< what the queries of a cell give to the keys of another, likewise
        Injection ///< an injected site is left out where it is 0
    };
    What what = Head;
    SiteKind kind = SiteKind::CrossAttention;
    Layers layers = {};     ///< empty: all
    int head = 0;           ///< of Head
    std::string word = {};  ///< of Word: every place where it stands in the prompt
    double x = 0, y = 0, width = 1, height = 1; ///< of Rows and Columns: parts of the picture, of 1
    int queries = 0, keys = 0;                  ///< of Share: cells
    double times = 1;                           ///< 0 to 4
    double begin = 0, end = 1;                  ///< the part of the run in which it acts, of 1

    bool operator==(const Touch&) const = default;
};
