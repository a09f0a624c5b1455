// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodlist.h"

#include "app/engine.h"
#include "app/methodplugin.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/presets.h"

#include <QDir>
#include <QFileInfo>
#include <QPluginLoader>

#include <algorithm>

namespace {

/// Where the program has its plug-ins, installed or in the build tree. Works without an application
/// object, which main() creates only when it knows which kind.
QString pluginFolder()
{
    const QDir programs = QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
    return QDir::cleanPath(programs.filePath(QStringLiteral("../" METHODS_FOLDER)));
}

std::vector<Method> loadMethods(const QString& path)
{
    QPluginLoader loader(path);
    const QString iid = loader.metaData().value(QLatin1String("IID")).toString();
    if (iid.isEmpty())
        throw Error("it is no plug-in of this program.");
    if (iid != QLatin1String(MethodPlugin_iid))
        throw Error(
            "it was built for another version of the program (%1 in place of %2).",
            iid.toStdString(), std::string(MethodPlugin_iid));
    const auto* plugin = qobject_cast<MethodPlugin*>(loader.instance());
    if (!plugin)
        throw Error(loader.errorString().toStdString());
    std::vector<Method> methods = plugin->methods();
    if (methods.empty())
        throw Error("it provides no method.");
    for (const Method& method : methods)
        if (method.id.empty() || !method.run)
            throw Error("one of its methods has no name or cannot be run.");
    return methods;
}

} // namespace

MethodList::MethodList(const QString& folder)
{
    const QDir plugins(folder.isEmpty() ? pluginFolder() : folder);
    for (const QString& name : plugins.entryList({QStringLiteral("*.so")}, QDir::Files)) {
        try {
            for (Method& method : loadMethods(plugins.absoluteFilePath(name))) {
                if (find(method.id))
                    throw Error("there is already a method called %1.", method.id);
                m_methods.push_back(std::move(method));
            }
        } catch (...) {
            m_failures.append(QStringLiteral("The plug-in %1 was not loaded: %2")
                                  .arg(name, currentFailure().sentence));
        }
    }
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

MethodList::MethodList(std::vector<Method> methods)
    : m_methods(std::move(methods))
{
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
