// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/methodplugin.h"

#include <QObject>

#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

/// Does wrong what FAULT says.
class FaultyPlugin : public QObject, public MethodPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID MethodPlugin_iid)
    Q_INTERFACES(MethodPlugin)

public:
    FaultyPlugin()
    {
        if (qgetenv("FAULT") == "constructor throws")
            throw std::runtime_error("no needle");
    }
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
            method.run = [](const Request& request, Models&, const Report&) -> Result {
                if (request.seed == 13)
                    std::abort();
                return {.stopped = request.seed == 1};
            };
        if (fault.startsWith("bare "))
            addBare(method, fault);
        return {method};
    }
    std::vector<NetworkSlot> networks() const override
    {
        if (qgetenv("FAULT") == "networks throw")
            throw std::runtime_error("no net");
        NetworkSlot slot {.method = "faulty", .parameter = "net"};
        if (qgetenv("FAULT") == "bare NetworkSlot::lacks")
            slot.lacks = [](const Values&, const ModelCard&) -> Sentence { return torn(); };
        return {slot};
    }

private:
    /// What all of them throw, as often as they are asked.
    [[noreturn]] static Sentence torn() { throw std::runtime_error("torn"); }
    /// A function that throws, called so by plug-ins' authors; what it belongs to is there always.
    static void addBare(Method& method, const QByteArray& fault)
    {
        method.slots = {
            {.id = "cloth",
             .label = "Cloth",
             .needed = false,
             .kinds = {{"plain", "Plain"}, {"map", "Map"}},
             .maps = MapMaker {.tool = "none", .kind = "style", .finished = "map"}}};
        method.parameters = {
            {.id = "rounds", .label = "Rounds", .initial = 3, .minimum = 1, .maximum = 9},
            {.id = "net", .label = "Net", .initial = std::string(), .file = true}};
        if (fault == "bare Method::spans")
            method.spans = [](const Values&, const Pictures&) -> std::vector<ActiveSpan> {
                throw 5;
            };
        if (fault == "bare Method::follows")
            method.follows = [](const std::string&, const Image&, const ModelCard&) -> Followed {
                return {.said = torn()};
            };
        if (fault == "bare Method::refuses")
            method.refuses = [](const ModelCard&) -> Sentence { return torn(); };
        if (fault == "bare Parameter::offers")
            method.parameters[0].offers = [](const Values&) -> std::vector<int> {
                torn();
                return {};
            };
        if (fault == "bare MapMaker::lacks")
            method.slots[0].maps->lacks = [](const std::string&, const Request&) -> Sentence {
                return torn();
            };
    }
};

#include "faultyplugin.moc"
