// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"
#include "core/diffusion/apart.h"
#include "plugins/analogist/analogist.h"

#include <QObject>

class AnalogistPlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    std::vector<Method> methods() const override { return {analogist(), gridTool()}; }
    std::vector<NetworkSlot> networks() const override { return networksBeside("analogy"); }
};

#include "plugin.moc"
