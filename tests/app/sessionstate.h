// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <cstdint>
#include <utility>
#include <vector>

/// All that the history brings back, as values.
struct SessionState
{
    Document document = {};
    std::vector<std::pair<int64_t, Marks>> runs = {}; ///< those that are listed
    std::vector<int64_t> waiting = {};

    explicit SessionState(const Session& session)
        : document(session.editor().document())
    {
        for (const auto& run : session.runs().all())
            runs.emplace_back(run->id, run->marks);
        for (const Queued& run : session.queue().waiting())
            waiting.push_back(run.key);
    }
    bool operator==(const SessionState&) const = default;
};
