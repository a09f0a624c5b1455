// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

/// The commands that are no method's, as they are typed.
class Others
{
public:
    /// Adds them; this must outlive the parsing.
    void add(CLI::App& app);
    /// The one that was typed; nothing: none was.
    std::optional<Command> parsed() const;

private:
    InspectCommand m_inspect;
    ModelsCommand m_models;
    RunsCommand m_runs;
    GoOnCommand m_goOn;
    VerifyCommand m_verify;
    CompareCommand m_compare;
    PluginsCommand m_plugins;
    GetCommand m_get;
    ConvertCommand m_convert;
    std::vector<std::pair<const CLI::App*, std::function<Command()>>> m_all;
};
