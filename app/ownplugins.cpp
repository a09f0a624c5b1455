// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ownplugins.h"

#include "app/commandwords.h"
#include "app/engine.h"
#include "app/lockedfile.h"
#include "app/pluginfile.h"
#include "app/settings.h"
#include "core/file/files.h"
#include "core/file/resources.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

/// What stands in place of a hash for a plug-in that the program ended with.
constexpr const char* ended = "ended";

QString consentKey(const QString& name)
{
    return QStringLiteral("plugins/") + QString::fromLatin1(name.toUtf8().toHex());
}

/// A file in it for each plug-in that is being loaded or runs first, locked by the program that
/// does that.
fs::path guardFolder()
{
    return Settings::keptResultsFolder().parent_path() / "loading";
}

/// Whether the file of that name and hash may be loaded, and if not, why.
OwnPlugin::State consentTo(const QString& name, const std::string& sha256)
{
    const QString said = QSettings().value(consentKey(name)).toString();
    if (said.isEmpty())
        return OwnPlugin::New;
    if (said == QLatin1String(ended))
        return OwnPlugin::Ended;
    return said.toStdString() == sha256 ? OwnPlugin::Allowed : OwnPlugin::Changed;
}

/// Takes back what was said of each plug-in that a program ended with; those that another program
/// is just loading or running do not count.
void noteEnded()
{
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(guardFolder(), none)) {
        const std::string file = entry.path().filename().string();
        const std::size_t dash = file.find('-');
        if (file.starts_with(".") || dash == file.npos)
            continue;
        if (!isLeft(entry.path()))
            continue;
        QSettings().setValue(
            consentKey(QString::fromStdString(file.substr(dash + 1))), QLatin1String(ended));
        fs::remove(entry.path(), none);
    }
}

} // namespace

QString OwnPlugin::name() const
{
    return QFileInfo(path).fileName();
}

Sentence whyNotLoaded(const OwnPlugin& plugin)
{
    const std::string name = plugin.name().toStdString();
    switch (plugin.state) {
    case OwnPlugin::New:
        return {
            "The plug-in %1 was not loaded: it is new in your folder for plug-ins, and would have "
            "all rights that you have. If you trust it: simile plugins --allow %1",
            name};
    case OwnPlugin::Changed:
        return {
            "The plug-in %1 was not loaded: it is another file than the one that you allowed. If "
            "you trust it: simile plugins --allow %1",
            name};
    case OwnPlugin::Ended:
        return {
            "The plug-in %1 was not loaded: the last time, the program ended or had to begin again "
            "because of it. To try it again: simile plugins --allow %1",
            name};
    case OwnPlugin::Allowed:
    case OwnPlugin::Refused:
        break;
    }
    return {"The plug-in %1 was not loaded: %2", name, plugin.reason};
}

QString ownPluginFolder()
{
    return QString::fromStdString((userFolder() / "methods").string());
}

std::vector<OwnPlugin> ownPlugins()
{
    std::vector<OwnPlugin> all;
    const QDir folder(ownPluginFolder());
    const QStringList names =
        folder.entryList({QStringLiteral("*.so")}, QDir::Files | QDir::System);
    if (!names.isEmpty())
        noteEnded();
    for (const QString& name : names) {
        OwnPlugin plugin {.path = folder.absoluteFilePath(name), .state = OwnPlugin::Refused};
        try {
            const auto file = std::make_shared<const PluginFile>(plugin.path);
            file->checkOwners();
            plugin.file = file;
            plugin.state = consentTo(name, file->sha256());
        } catch (...) {
            plugin.reason = currentFailure().sentence.toStdString();
        }
        all.push_back(std::move(plugin));
    }
    return all;
}

void allowPlugin(const OwnPlugin& plugin)
{
    QSettings().setValue(consentKey(plugin.name()), QString::fromStdString(plugin.file->sha256()));
}

void forgetPlugin(const QString& name)
{
    QSettings().remove(consentKey(name));
}

/// The program again, as it was started. Returns where that cannot be.
static void beginAnew()
{
    const std::string line = readText("/proc/self/cmdline", 1 << 20);
    std::vector<char*> arguments;
    for (std::size_t at = 0; at < line.size(); at += std::strlen(&line[at]) + 1)
        arguments.push_back(const_cast<char*>(&line[at])); // execv() has no const and changes none
    arguments.push_back(nullptr);
    ::execv("/proc/self/exe", arguments.data());
}

PluginMark::PluginMark(const QString& plugin)
{
    std::error_code none; // where nothing can be written it runs all the same
    fs::create_directories(guardFolder(), none);
    const std::string name = std::to_string(::getpid()) + "-" + plugin.toStdString();
    const fs::path hidden = guardFolder() / ("." + name); // until it is locked
    m_lock = ::open(hidden.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (m_lock < 0 || ::flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        return;
    fs::rename(hidden, guardFolder() / name, none);
    m_file = guardFolder() / name;
}

PluginMark::~PluginMark()
{
    std::error_code none;
    if (!m_file.empty())
        fs::remove(m_file, none);
    if (m_lock >= 0)
        ::close(m_lock);
}

LoadingGuard::LoadingGuard(const OwnPlugin& plugin, std::chrono::milliseconds longest)
    : m_mark(plugin.name())
{
    if (!m_mark.held())
        return;
    m_watch = std::jthread([longest, plugin = plugin.name().toStdString()](std::stop_token done) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any changed;
        if (changed.wait_for(lock, done, longest, [&done] { return done.stop_requested(); }))
            return;
        std::fprintf(
            stderr, "%s\n",
            words(Sentence(
                      "The plug-in %1 is still being loaded after %2 s: Simile begins again "
                      "without it.",
                      plugin, std::chrono::ceil<std::chrono::seconds>(longest).count()))
                .c_str());
        beginAnew();
    });
}

void markFirstRuns(Provided& provided, const QString& plugin)
{
    for (Method& method : provided.methods)
        method.run = [bare = std::move(method.run), plugin,
                      proved = std::make_shared<std::atomic<bool>>(false)](
                         const Request& request, Models& models, const Report& report) {
            if (*proved)
                return bare(request, models, report);
            const PluginMark mark(plugin);
            Result result = bare(request, models, report);
            *proved = !result.stopped; // else what comes later did not run yet
            return result;
        };
}
