// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/inputfile.h"
#include "core/found/networkslot.h"
#include "core/method.h"

#include <QString>

#include <string>
#include <vector>

/// What a plug-in provides.
struct Provided
{
    std::vector<Method> methods = {};
    std::vector<NetworkSlot> networks = {};
};

/// The shared object of a plug-in, open: what is hashed is what is loaded, whatever becomes of its
/// name meanwhile. A shared object has all rights of the program, so it is looked at before any of
/// it runs.
class PluginFile
{
public:
    /// Throws Error where it is no file of its own (a link, a device).
    explicit PluginFile(const QString& path);

    const QString& path() const { return m_path; }
    QString name() const; ///< without its folder
    const std::string& sha256() const { return m_sha256; }
    /// Throws Error where somebody else than its owner may write it or its folder, or that is
    /// neither the user nor root.
    void checkOwners() const;
    /// The hash that was written when the program was built, beside the file; empty: none was.
    std::string builtHash() const;
    /// Runs it: what it provides. It is never unloaded. Throws Error where it is no
    /// plug-in of this program and this version.
    Provided load() const;

private:
    QString m_path;
    InputFile m_file;
    std::string m_sha256;
};
