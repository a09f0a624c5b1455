// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <QString>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

class PluginFile;
struct Provided;

// Plug-ins that the user put into a folder of their own: each runs only when its user said so, of
// that very file.

/// What became of a plug-in in the user's folder.
struct OwnPlugin
{
    enum State {
        Allowed, ///< that very file may be loaded
        New,     ///< nobody said yet that it may run
        Changed, ///< it is another file than the one that may run
        Ended,   ///< the program ended while it was loaded or ran first, or began anew since that
                 ///< took too long
        Refused  ///< it cannot be loaded, whatever is said
    };

    QString path = {};
    std::shared_ptr<const PluginFile> file = {}; ///< null where it could not be read
    State state = New;
    std::string reason = {}; ///< of Refused
    QString name() const;
};

/// Those that lie there, open and looked at; none was loaded.
std::vector<OwnPlugin> ownPlugins();

/// A whole sentence, for the command line.
Sentence whyNotLoaded(const OwnPlugin& plugin);

/// simile/methods in the user's own data.
QString ownPluginFolder();

/// Remembers that it may be loaded from now on, as long as its file stays the same.
void allowPlugin(const OwnPlugin& plugin);
/// Forgets what was said of it.
void forgetPlugin(const QString& name);

/// How long a plug-in may take to be loaded.
constexpr std::chrono::milliseconds longestLoading = std::chrono::seconds(30);

/// As long as this lives, a program that ends is found at the next start to have ended because of
/// the plug-in; what was allowed counts no longer then.
class PluginMark
{
public:
    explicit PluginMark(const QString& plugin);
    ~PluginMark();
    PluginMark(const PluginMark&) = delete;
    PluginMark& operator=(const PluginMark&) = delete;
    bool held() const { return !m_file.empty(); } ///< not where nothing can be written

private:
    std::filesystem::path m_file = {};
    int m_lock = -1;
};

/// A PluginMark while a plug-in is loaded. One that takes longer than @p longest will not come to
/// an end: that is said on standard error, and the program begins anew with the same arguments,
/// without it. Nothing else is done yet where plug-ins are loaded.
class LoadingGuard
{
public:
    explicit LoadingGuard(
        const OwnPlugin& plugin, std::chrono::milliseconds longest = longestLoading);

private:
    PluginMark m_mark;
    std::jthread m_watch = {}; ///< ends before the mark goes: what is over was not too long
};

/// Marks the plug-in while one of its methods runs, until one of the runs came to its end: what
/// ends the program in its first work would do so each time.
void markFirstRuns(Provided& provided, const QString& plugin);
