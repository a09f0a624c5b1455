// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sessionfile.h"

#include <cstdint>
#include <string>
#include <vector>

// The history and the runs that wait, as a session keeps them.

/// A step of the history.
struct KeptEdit
{
    int64_t number = 0; ///< those later in the history have larger ones
    bool undone = false;
    std::string label = {};
    std::string about = {};                 ///< what it did to runs, as a text of whoever wrote it
    bool document = false;                  ///< what is edited was changed
    std::string before = {}, after = {};    ///< as SessionFile::document(); both empty: not changed
    std::vector<std::string> pictures = {}; ///< hashes
};

/// What is edited and what is different in the history.
struct KeptEdits
{
    std::string document = {};
    std::vector<std::string> pictures = {}; ///< hashes
    std::vector<KeptEdit> steps = {};       ///< that are new or changed
    std::vector<int64_t> gone = {};
    int64_t last = 0; ///< the last step that is not undone; 0: none
};

/// A run that waits, or that was taken out and may come back.
struct KeptWaiting
{
    KeptRun run = {}; ///< its id, record, places and noise
    int place = -1;   ///< 0 is the next to start; -1: taken out
    std::string recording = {};
};
