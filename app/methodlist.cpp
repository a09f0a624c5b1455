// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodlist.h"

#include "app/engine.h"
#include "app/pluginfaults.h"
#include "app/pluginfile.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/presets.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <iterator>

namespace {

/// Where the program has its plug-ins, installed or in the build tree. Works without an application
/// object, which main() creates only when it knows which kind.
QString pluginFolder()
{
    const QDir programs = QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
    return QDir::cleanPath(programs.filePath(QStringLiteral("../" METHODS_FOLDER)));
}

/// The shared objects in a folder.
QStringList librariesIn(const QString& folder)
{
    const QDir plugins(folder);
    QStringList paths;
    for (const QString& name :
         plugins.entryList({QStringLiteral("*.so")}, QDir::Files | QDir::System))
        paths << plugins.absoluteFilePath(name);
    return paths;
}

} // namespace

MethodList::MethodList(Own own)
    : m_faults(std::make_shared<PluginFaults>())
{
    loadFolder(pluginFolder(), Built);
    if (own == WithOwn)
        loadOwn();
    arrange();
}

MethodList::MethodList(const QString& folder, Trust trust)
    : m_faults(std::make_shared<PluginFaults>())
{
    loadFolder(folder, trust);
    arrange();
}

void MethodList::loadFolder(const QString& folder, Trust trust)
{
    for (const QString& path : librariesIn(folder)) {
        try {
            const PluginFile file(path);
            if (trust == Built && file.sha256() != file.builtHash())
                throw Error(
                    "it is not the file that was built with this program. Install the "
                    "program again; plug-ins of your own belong into %1.",
                    ownPluginFolder().toStdString());
            take(file.load(), file.name());
        } catch (...) {
            m_failures.append(QStringLiteral("The plug-in %1 was not loaded: %2")
                                  .arg(QFileInfo(path).fileName(), currentFailure().sentence));
        }
    }
}

void MethodList::loadOwn()
{
    m_own = ownPlugins();
    for (OwnPlugin& plugin : m_own) {
        if (plugin.state != OwnPlugin::Allowed)
            continue;
        try {
            const LoadingGuard loading(plugin);
            Provided provided = plugin.file->load();
            markFirstRuns(provided, plugin.name());
            take(std::move(provided), plugin.name());
        } catch (...) {
            plugin.state = OwnPlugin::Refused;
            plugin.reason = currentFailure().sentence.toStdString();
        }
    }
}

/// All of a plug-in's methods, or none where one of them is there already.
void MethodList::take(Provided provided, const QString& plugin)
{
    for (const Method& method : provided.methods)
        if (find(method.id))
            throw Error("there is already a method called %1.", method.id);
    guard(provided, plugin, m_faults);
    std::ranges::move(provided.methods, std::back_inserter(m_methods));
    std::ranges::move(provided.networks, std::back_inserter(m_networks));
}

void MethodList::arrange()
{
    // The modes in their order, then the tools.
    std::ranges::stable_sort(
        m_methods, {}, [](const Method& m) { return std::pair(m.isTool(), m.order); });
    for (Method& method : m_methods) {
        try {
            const bool others = method.isTool();
            const std::string& owner = others ? method.toolOf : method.id;
            const auto presets = resourceFolder() / "presets" / (owner + ".json");
            if (std::filesystem::exists(presets))
                std::ranges::move(
                    loadPresets(presets, method.parameters, others),
                    std::back_inserter(method.presets));
        } catch (...) {
            m_failures.append(currentFailure().sentence);
        }
    }
}

MethodList::MethodList(std::vector<Method> methods, std::vector<NetworkSlot> networks)
    : m_methods(std::move(methods))
    , m_networks(std::move(networks))
    , m_faults(std::make_shared<PluginFaults>())
{
}

const NetworkSlot* MethodList::network(
    const std::string& method, const std::string& parameter) const
{
    const auto found = std::ranges::find_if(m_networks, [&](const NetworkSlot& slot) {
        return slot.method == method && slot.parameter == parameter;
    });
    return found == m_networks.end() ? nullptr : &*found;
}

bool hasPapersValues(const Method& method)
{
    return std::ranges::find(method.presets, paperPreset, &Preset::id) != method.presets.end();
}

const Method* MethodList::find(const std::string& id) const
{
    const auto found = std::ranges::find(m_methods, id, &Method::id);
    return found == m_methods.end() ? nullptr : &*found;
}
