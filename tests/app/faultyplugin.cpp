// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"

#include <QObject>

#include <stdexcept>

#include <unistd.h>

/// Does wrong what FAULT says.
class FaultyPlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    std::vector<Method> methods() const override
    {
        const QByteArray fault = qgetenv("FAULT");
        if (fault == "throws")
            throw std::runtime_error("no yarn");
        if (fault == "throws a number")
            throw 5;
        while (fault == "never ends")
            ::pause();
        if (fault == "no method")
            return {};
        Method method {.id = "faulty", .name = "Faulty"};
        if (fault == "no name")
            method.id.clear();
        if (fault != "no run")
            method.run = [](const Request&, Models&, const Report&) { return Result {}; };
        return {method};
    }
    std::vector<NetworkSlot> networks() const override
    {
        if (qgetenv("FAULT") == "networks throw")
            throw std::runtime_error("no net");
        return {};
    }
};

#include "faultyplugin.moc"
