// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"

#include <QObject>

#include <cstdlib>

/// Ends the program as soon as it is asked for its methods.
class EndingPlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    std::vector<Method> methods() const override { std::abort(); }
};

#include "endingplugin.moc"
