// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"

#include <QTest>

#include <utility>
#include <vector>

/// A session with some methods, whose model is known.
struct SessionFixture
{
    Engine engine;
    MethodList methods;
    Settings settings;
    Session session;

    explicit SessionFixture(std::vector<Method> list)
        : methods(std::move(list))
        , session(engine, methods, settings)
    {
        QTRY_VERIFY_WITH_TIMEOUT(!session.model().card().path.empty(), 20000);
    }

    /// Pictures for the slots of countingMethod() and those that are made of it.
    void fill(const Image& picture = filled(3, 2, {1, 2, 3}))
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, picture, QStringLiteral("x.png"));
    }
    /// Runs to the end.
    void runOnce()
    {
        session.start();
        QTRY_VERIFY_WITH_TIMEOUT(!session.runs().running(), 20000);
    }
};
