// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tracefile.h"
#include "tests/failure.h"

#include <QTemporaryDir>

/// What is said against reading a trace back that was kept; empty: it is there again.
inline std::string keptAgain(const StepTrace& trace)
{
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("kept")).toStdString();
    saveTrace(file, trace);
    return failure([&] {
        if (readTrace(file)->bytes() != trace.bytes())
            throw Error("it has other numbers");
    });
}
