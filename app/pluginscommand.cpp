// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/commandwords.h"
#include "app/engine.h"
#include "app/ownplugins.h"
#include "app/pluginfile.h"
#include "core/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace {

/// The plug-in of that name in the user's folder. Throws ValueError where there is none.
const OwnPlugin& named(const std::vector<OwnPlugin>& plugins, const std::string& name)
{
    const QString wanted = QString::fromStdString(name);
    const auto found = std::ranges::find(plugins, wanted, &OwnPlugin::name);
    if (found == plugins.end())
        throw ValueError("There is no plug-in %1 in %2.", name, ownPluginFolder().toStdString());
    return *found;
}

void allow(const OwnPlugin& plugin)
{
    if (plugin.state == OwnPlugin::Refused)
        throw Error(
            "The plug-in %1 cannot be loaded: %2", plugin.name().toStdString(), plugin.reason);
    allowPlugin(plugin);
}

Sentence stateOf(const OwnPlugin& plugin)
{
    switch (plugin.state) {
    case OwnPlugin::Allowed:
        return "loaded at each start";
    case OwnPlugin::New:
        return "not loaded: nobody allowed it yet";
    case OwnPlugin::Changed:
        return "not loaded: it is another file than the one that was allowed";
    case OwnPlugin::Ended:
        return "not loaded: the last time, the program ended or had to begin again because of it";
    case OwnPlugin::Refused:
        break;
    }
    return {"cannot be loaded: %1", plugin.reason};
}

void tell(const OwnPlugin& plugin, bool json)
{
    const Sentence state = stateOf(plugin);
    if (!json) {
        std::printf("%s\n  %s\n", qPrintable(plugin.path), words(state).c_str());
        return;
    }
    const nlohmann::json object {
        {"path", plugin.path.toStdString()},
        {"sha256", plugin.file ? plugin.file->sha256() : std::string()},
        {"allowed", plugin.state == OwnPlugin::Allowed},
        {"state", english(state)}};
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
}

} // namespace

int listPlugins(const PluginsCommand& command)
{
    try {
        const std::vector<OwnPlugin> plugins = ownPlugins();
        for (const std::string& name : command.allow)
            allow(named(plugins, name));
        for (const std::string& name : command.forget)
            forgetPlugin(QString::fromStdString(name));
        const bool changed = !command.allow.empty() || !command.forget.empty();
        if (changed)
            return ExitDone;
        if (plugins.empty() && !command.json)
            print(Sentence(
                "There are no plug-ins of your own in %1.", ownPluginFolder().toStdString()));
        for (const OwnPlugin& plugin : plugins)
            tell(plugin, command.json);
        return ExitDone;
    } catch (...) {
        const Failure failure = currentFailure();
        std::fprintf(stderr, "%s\n", qUtf8Printable(failure.sentence));
        return exitStatus(failure);
    }
}
