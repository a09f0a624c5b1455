// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pluginnotices.h"

#include "app/methodlist.h"
#include "app/pluginfaults.h"
#include "app/translated.h"
#include "ui/noticebar.h"

#include <QCoreApplication>

namespace {

/// The texts' context.
struct PluginNotices
{
    Q_DECLARE_TR_FUNCTIONS(PluginNotices)
};

QString question(const OwnPlugin& plugin)
{
    switch (plugin.state) {
    case OwnPlugin::New:
        return PluginNotices::tr("The plug-in %1 is new in your folder. It would have all rights "
                                 "that you have. Load it from the next start on?");
    case OwnPlugin::Changed:
        return PluginNotices::tr("The plug-in %1 is another file than the one that you allowed, so "
                                 "it was not loaded. Load it from the next start on?");
    case OwnPlugin::Ended:
        return PluginNotices::tr("The plug-in %1 was not loaded: the last time, the program ended "
                                 "or had to begin again because of it. Try it again at the next "
                                 "start?");
    case OwnPlugin::Allowed:
    case OwnPlugin::Refused:
        break;
    }
    return {};
}

void tellOwn(NoticeBar& notices, const MethodList& methods, size_t next)
{
    const std::vector<OwnPlugin>& all = methods.own();
    while (next < all.size() && all[next].state == OwnPlugin::Allowed)
        ++next;
    if (next == all.size())
        return;
    const OwnPlugin& plugin = all[next];
    const auto goOn = [&notices, &methods, next] { tellOwn(notices, methods, next + 1); };
    if (plugin.state == OwnPlugin::Refused) {
        notices.say(translated(whyNotLoaded(plugin)), true, {{PluginNotices::tr("Close"), goOn}});
        return;
    }
    const auto allow = [&plugin, goOn] {
        allowPlugin(plugin);
        goOn();
    };
    notices.say(
        question(plugin).arg(plugin.name()), false,
        {{PluginNotices::tr("Load"), allow}, {PluginNotices::tr("Not now"), goOn}});
}

void tellFailures(
    NoticeBar& notices, const MethodList& methods, const QStringList& failures, qsizetype next)
{
    if (next == failures.size()) {
        tellOwn(notices, methods, 0);
        return;
    }
    notices.say(
        failures.at(next), true,
        {{PluginNotices::tr("Close"), [&notices, &methods, failures, next] {
              tellFailures(notices, methods, failures, next + 1);
          }}});
}

} // namespace

void tellPlugins(NoticeBar& notices, const MethodList& methods)
{
    QObject::connect(
        &methods.faults(), &PluginFaults::added, &notices,
        [&notices](const QString& sentence) { notices.say(sentence, true); });
    tellFailures(notices, methods, methods.failures() + methods.faults().told(), 0);
}
