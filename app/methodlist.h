// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ownplugins.h"
#include "core/found/networkslot.h"
#include "core/method.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

class PluginFaults;
struct Provided;

/// The methods that were found, the modes in their order and then the tools; and the plug-ins that
/// were not loaded.
class MethodList
{
public:
    enum Own {
        WithOwn,   ///< those in the user's own folder that the user allowed, too
        WithoutOwn ///< "safe mode"
    };
    /// Loads the program's own plug-ins (lib/simile/methods beside the program: those whose hash
    /// was written when it was built) and the presets that belong to their methods.
    explicit MethodList(Own own = WithOwn);
    enum Trust {
        Built,  ///< only files whose hash was written when they were built
        Vouched ///< all; the caller answers for them
    };
    /// Loads the plug-ins of a folder.
    explicit MethodList(const QString& folder, Trust trust = Vouched);
    /// These methods alone.
    explicit MethodList(std::vector<Method> methods, std::vector<NetworkSlot> networks = {});

    const std::vector<Method>& methods() const { return m_methods; }
    const Method* find(const std::string& id) const; ///< null if there is none
    /// The networks that their parameters are files of.
    const std::vector<NetworkSlot>& networks() const { return m_networks; }
    /// Of one parameter; null: it is no network's file.
    const NetworkSlot* network(const std::string& method, const std::string& parameter) const;
    /// Why something of the program's own was not loaded.
    const QStringList& failures() const { return m_failures; }
    /// What fails later, in functions that are not those of a run.
    const PluginFaults& faults() const { return *m_faults; }
    /// What lies in the user's own folder, loaded or not.
    const std::vector<OwnPlugin>& own() const { return m_own; }

private:
    void loadFolder(const QString& folder, Trust trust);
    void loadOwn();
    void take(Provided provided, const QString& plugin);
    void arrange();

    std::vector<Method> m_methods;
    std::vector<NetworkSlot> m_networks;
    QStringList m_failures;
    std::shared_ptr<PluginFaults> m_faults; ///< of the methods, too, which may outlive the list
    std::vector<OwnPlugin> m_own;
};

/// The preset with all of a paper's values.
inline constexpr const char* paperPreset = "paper";
/// Whether what a method has without preset and recommendation is its paper's: then it has that
/// preset. Else it is the method's own.
bool hasPapersValues(const Method& method);
