// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"
#include "plugins/plugandplay/plugandplay.h"

#include <QObject>

class PlugAndPlayPlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    std::vector<Method> methods() const override
    {
        return {translate(), invertTool(), featuresTool(), structureTool()};
    }
    std::vector<NetworkSlot> networks() const override
    {
        return {
            {.method = "translate", .parameter = "vae", .use = NetworkUse::Autoencoder},
            {.method = "invert", .parameter = "vae", .use = NetworkUse::Autoencoder},
            {.method = "features", .parameter = "vae", .use = NetworkUse::Autoencoder}};
    }
};

#include "plugin.moc"
