// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/delivery.h"
#include "app/engine.h"
#include "app/interrupt.h"

class Progress;

/// Makes the pictures of commands, one after the other: the model stays loaded in between.
class Maker
{
public:
    explicit Maker(const MethodList& methods);

    /// The exit status; throws what the command is to end with, CommandError among it.
    int make(const Method& method, const MakeCommand& command, Progress& progress);
    /// What would be asked for, ready to run; throws likewise.
    Prepared prepared(const Method& method, const MakeCommand& command, Progress& progress);
    /// Why the last one failed, where its status says that it did.
    const Failure& failure() const { return m_failure; }
    /// What of the last one lies elsewhere than it should, and why; else its file is empty.
    const Written& elsewhere() const { return m_elsewhere; }
    bool stopped() const { return m_interrupt.happened(); }

private:
    const MethodList& m_methods;
    Engine m_engine;
    Interrupt m_interrupt;
    Failure m_failure;
    Written m_elsewhere;
};
