// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"
#include "core/diffusion/apart.h"
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
        std::vector<NetworkSlot> all = networksBeside("translate");
        for (const char* tool : {"invert", "features"})
            for (const NetworkSlot& slot : networksBeside(tool, false))
                all.push_back(slot);
        return all;
    }
};

#include "plugin.moc"
