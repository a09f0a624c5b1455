// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QtPlugin>

#include <vector>

/// What the shared object of a generation method provides: the method, and its tools.
class MethodPlugin
{
public:
    virtual ~MethodPlugin() = default;
    virtual std::vector<Method> methods() const = 0;
};
#define MethodPlugin_iid "simile.MethodPlugin/12" // the number changes with core/method.h
Q_DECLARE_INTERFACE(MethodPlugin, MethodPlugin_iid)
