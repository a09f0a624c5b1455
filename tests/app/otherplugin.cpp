// SPDX-License-Identifier: GPL-3.0-or-later

#include <QObject>
#include <QtPlugin>

#include <cstdlib>

/// One that was built with another libtorch, and ends the program if any of it runs.
class OtherPlugin : public QObject
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "simile.MethodPlugin/13 simile/0.0.9 libtorch/1.13.1 GNU/11")

public:
    OtherPlugin() { std::abort(); }
};

#include "otherplugin.moc"
