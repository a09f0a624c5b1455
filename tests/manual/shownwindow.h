// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "ui/mainwindow.h"

#include <QSize>

#include <cstdint>
#include <optional>

/// The window with all that it needs, shown, with its model read; nothing that is done is kept.
struct ShownWindow
{
    /// An empty @p size: as the window opens.
    ShownWindow(MethodList methodList, bool light, QSize size);

    /// Fills the slots of a mode with a sample of it, the first where none is named, and waits.
    void sample(const char* method, const char* id = "");
    /// Makes the picture with a seed, the one that is locked where none is given, and waits for it.
    void run(std::optional<uint64_t> seed = 42);

    Settings settings;
    Engine engine;
    MethodList methods;
    Session session;
    MainWindow window;
};

/// "1280x800"; empty where it is not written so.
QSize sizeFrom(const QString& text);
