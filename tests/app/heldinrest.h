// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/held.h"

#include <QCoreApplication>
#include <QThreadPool>

/// What is held when nothing is done beside: a model's files are looked at in the background.
inline Held heldInRest()
{
    for (int i = 0; i < 3; ++i) { // what is done may lead to more
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
    }
    return heldNow();
}

/// Whether there are more threads than those of the program's pool, which come when they are
/// needed.
inline bool hasMoreThreads(const Held& before, const Held& after)
{
    return after.threads > before.threads + QThreadPool::globalInstance()->maxThreadCount();
}
