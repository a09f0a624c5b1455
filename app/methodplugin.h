// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/networkslot.h"
#include "core/method.h"

#include "methodpluginbuild.h"

#include <QtPlugin>

#include <vector>

/// What the shared object of a generation method provides: the method, and its tools.
class MethodPlugin
{
public:
    virtual ~MethodPlugin() = default;
    virtual std::vector<Method> methods() const = 0;
    /// Which of their parameters are files of networks, and of which.
    virtual std::vector<NetworkSlot> networks() const { return {}; }
};
/// The number changes with core/method.h.
#define MethodPlugin_iid "simile.MethodPlugin/13 " METHOD_PLUGIN_BUILD
Q_DECLARE_INTERFACE(MethodPlugin, MethodPlugin_iid)
