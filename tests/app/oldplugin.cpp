// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/method.h"

#include <QtPlugin>

/// The interface as a plug-in of another version of the program knows it.
class OldMethodPlugin
{
public:
    virtual ~OldMethodPlugin() = default;
    virtual Method method() const = 0;
};
Q_DECLARE_INTERFACE(OldMethodPlugin, "simile.MethodPlugin/0")

class OldPlugin : public QObject, public OldMethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "simile.MethodPlugin/0")
    Q_INTERFACES(OldMethodPlugin)

public:
    Method method() const override { return {.id = "old"}; }
};

#include "oldplugin.moc"
