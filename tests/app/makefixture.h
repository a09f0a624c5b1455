// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "app/commands.h"
#include "app/methodlist.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTemporaryFile>

#include <unistd.h>

#include <cstdio>

/// What is written to standard error meanwhile.
template<typename F>
std::string errorOutputOf(const F& run)
{
    QTemporaryFile file;
    if (!file.open())
        throw Error("No temporary file could be made.");
    std::fflush(stderr);
    const int kept = dup(STDERR_FILENO);
    dup2(file.handle(), STDERR_FILENO);
    run();
    std::fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    return readText(file.fileName().toStdString());
}

/// A folder with three pictures and a command for them, which countingMethod() carries out.
struct Fixture
{
    QTemporaryDir folder;
    MakeCommand command {.request = {.method = "analogy"}};
    Method method = countingMethod();

    Fixture()
    {
        for (const char* slot : {"a", "a_prime", "b"}) {
            const std::string file = path(std::string(slot) + ".png");
            command.pictures[slot] = {{.file = file}};
            writeFileAtomically(file, encodePng(filled(3, 2, {7, 8, 9})));
        }
        command.out = path("out.png");
    }

    std::string path(const std::string& name) const
    {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    }
    QStringList names() const { return QDir(folder.path()).entryList(QDir::Files); }
    int run() const { return make(method, command, MethodList(std::vector {method})); }
};
