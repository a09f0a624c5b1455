// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"
#include "plugins/promptfree/annotators/annotatetool.h"
#include "plugins/promptfree/networks.h"
#include "plugins/promptfree/promptfree.h"

#include <QObject>

class PromptFreePlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    std::vector<Method> methods() const override { return {promptFree(), annotateMethod()}; }
    std::vector<NetworkSlot> networks() const override { return promptFreeNetworks(); }
};

#include "plugin.moc"
