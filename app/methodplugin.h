// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QtPlugin>

/// What the shared object of a generation method provides.
class MethodPlugin
{
public:
    virtual ~MethodPlugin() = default;
    virtual Method method() const = 0;
};
#define MethodPlugin_iid "simile.MethodPlugin/1" // the number changes with core/method.h
Q_DECLARE_INTERFACE(MethodPlugin, MethodPlugin_iid)
