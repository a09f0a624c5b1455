// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/pluginfaults.h"

#include "app/engine.h"
#include "app/pluginfile.h"
#include "app/translated.h"

#include <algorithm>
#include <functional>

namespace {

/// Whose functions are guarded.
struct Guarded
{
    std::string plugin = {}, method = {};
    std::shared_ptr<PluginFaults> faults = {};
};

/// @p entry is what plug-ins' authors call it; @p instead makes the answer of a failure's reason.
template<typename Answer, typename... Given>
void guardOne(
    std::function<Answer(Given...)>& function, const Guarded& of, const char* entry,
    const std::function<Answer(const QString& reason)>& instead = [](const QString&) {
        return Answer();
    })
{
    if (!function)
        return; // an empty one is an answer, too
    function = [bare = std::move(function), of, name = std::string(entry),
                instead](Given... given) -> Answer {
        try {
            return bare(std::forward<Given>(given)...);
        } catch (...) {
            const QString reason = currentFailure().sentence;
            of.faults->tell(
                of.plugin + '/' + of.method + '/' + name,
                translated(Sentence(
                    "The plug-in %1 failed in its method %2 (%3): %4", of.plugin, of.method, name,
                    reason.toStdString())));
            return instead(reason);
        }
    };
}

void guardMethod(Method& method, const Guarded& of)
{
    guardOne(method.spans, of, "Method::spans");
    guardOne(method.follows, of, "Method::follows");
    guardOne(method.refuses, of, "Method::refuses", {[](const QString& reason) {
                 return Sentence(
                     "It failed to say whether it can use this model: %1", reason.toStdString());
             }});
    for (Parameter& parameter : method.parameters)
        guardOne(parameter.offers, of, "Parameter::offers");
    for (Slot& slot : method.slots)
        if (slot.maps)
            guardOne(slot.maps->lacks, of, "MapMaker::lacks");
}

} // namespace

void PluginFaults::tell(const std::string& cause, const QString& sentence)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_causes.insert(cause).second)
            return;
        m_told.append(sentence);
    }
    Q_EMIT added(sentence);
}

QStringList PluginFaults::told() const
{
    const std::scoped_lock lock(m_mutex);
    return m_told;
}

void guard(Provided& provided, const QString& plugin, const std::shared_ptr<PluginFaults>& faults)
{
    const auto of = [&](const std::string& method) {
        return Guarded {plugin.toStdString(), method, faults};
    };
    for (Method& method : provided.methods)
        guardMethod(method, of(method.id));
    for (NetworkSlot& slot : provided.networks)
        guardOne(slot.lacks, of(slot.method), "NetworkSlot::lacks");
}
