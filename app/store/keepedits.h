// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history.h"
#include "app/queue.h"
#include "app/store/runtext.h"
#include "app/store/sessionedits.h"

#include <functional>
#include <map>
#include <utility>
#include <vector>

// How what is edited, its history and the queue go into a session.

/// The run of a step of the history in the session: its id by its number, 0 where it is gone.
using RunIds = std::function<int64_t(int number)>;

/// What is edited, with the steps that are new or changed, to be put into a session on any thread:
/// what is large in it is shared.
struct EditsToKeep
{
    struct Step
    {
        HistoryStep step = {};
        std::string about = {};
    };
    Document document = {};
    std::vector<Step> steps = {};
    std::vector<int64_t> gone = {};
    int64_t last = 0; ///< as in KeptEdits
};
void keep(SessionFile& file, const EditsToKeep& edits, const std::vector<Method>& methods);
/// What a step did to runs and to the queue, for KeptEdit::about.
std::string aboutText(const HistoryStep& step, const RunIds& ids);

/// Puts a run that waits with its pictures.
void keep(SessionFile& file, const Queued& run, int place, const Method& method);
/// What waits, and what was taken out; without their pictures (Queued::away). One that is damaged
/// has its key and place alone: fetch() says why.
std::vector<Queued> queuedOf(const std::vector<KeptWaiting>& waiting);
/// Reads the request of one with its pictures. Throws Error.
void fetch(Queued& run, const SessionFile& file, const PictureOf& pictures);

/// The steps of a history without what is edited (HistoryStep::away); @p runs gives the number of a
/// run, 0 where there is none any more, and @p queued those that wait or were taken out. A step
/// that does nothing any more is left out. Throws Error where it is damaged.
std::vector<HistoryStep> stepsOf(
    const std::vector<KeptEdit>& edits, const std::function<int(int64_t)>& runs,
    const std::vector<Queued>& queued);
/// Reads what was edited in a step. Throws Error.
void fetch(HistoryStep& step, const SessionFile& file, const PictureOf& pictures);
