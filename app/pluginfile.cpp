// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/pluginfile.h"

#include "app/methodplugin.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/file/systemerror.h"

#include <QFileInfo>
#include <QPluginLoader>

#include <cerrno>
#include <span>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr uint64_t largest = uint64_t(1) << 30;

InputFile opened(const QString& path)
{
    const std::string file = path.toStdString();
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (descriptor < 0 && errno == ELOOP)
        throw Error("it is a link; put the file itself there.");
    if (descriptor < 0)
        throw Error("it could not be read: %1.", systemReason(errno));
    return {file, descriptor};
}

std::string hashOf(const InputFile& file)
{
    if (file.size() > largest)
        throw Error("it is too large: it may have at most %1.", amountOf(largest));
    const std::string content = file.text(0, file.size());
    return sha256(std::as_bytes(std::span(content)));
}

void checkOwner(const struct stat& status, const Sentence& what)
{
    if (status.st_uid != 0 && status.st_uid != ::geteuid())
        throw Error("%1 belongs to somebody else.", what);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw Error("%1 can be written by others; take that right away from them.", what);
}

/// What the linker says, of the file that was meant.
std::string linkerError(const QString& path, const std::string& way)
{
    const char* const said = ::dlerror();
    QString text = QString::fromUtf8(said ? said : "");
    text.replace(QString::fromStdString(way), path);
    return text.toStdString();
}

/// Throws where a plug-in of this interface's id cannot be loaded here, with what is different.
void checkInterface(const QString& iid)
{
    const QString ours = QStringLiteral(MethodPlugin_iid);
    if (iid == ours)
        return;
    if (iid.isEmpty())
        throw Error("it is no plug-in of this program.");
    // As "simile.MethodPlugin/13 simile/0.1.0 libtorch/2.13.0 GNU/12".
    const QStringList theirs = iid.split(QLatin1Char(' ')), here = ours.split(QLatin1Char(' '));
    if (theirs.size() != here.size() || theirs.mid(1) == here.mid(1))
        throw Error(
            "it was built for another version of the program (%1 in place of %2).",
            theirs.front().toStdString(), here.front().toStdString());
    const auto version = [](const QString& part) {
        return part.section(QLatin1Char('/'), 1).toStdString();
    };
    const auto compiler = [](QString part) {
        return part.replace(QLatin1Char('/'), QLatin1Char(' ')).toStdString();
    };
    throw Error(
        "it was built for Simile %1 with libtorch %2 by %3, and this is Simile %4 with libtorch %5 "
        "by %6. It has to be built again.",
        version(theirs[1]), version(theirs[2]), compiler(theirs[3]), version(here[1]),
        version(here[2]), compiler(here[3]));
}

} // namespace

PluginFile::PluginFile(const QString& path)
    : m_path(path)
    , m_file(opened(path))
    , m_sha256(hashOf(m_file))
{
}

QString PluginFile::name() const
{
    return QFileInfo(m_path).fileName();
}

void PluginFile::checkOwners() const
{
    struct stat status = {};
    if (::fstat(m_file.descriptor(), &status) != 0)
        throw Error("it could not be read: %1.", systemReason(errno));
    checkOwner(status, "the file");
    const std::string folder = QFileInfo(m_path).path().toStdString();
    if (::stat(folder.c_str(), &status) != 0)
        throw Error("it could not be read: %1.", systemReason(errno));
    checkOwner(status, "its folder");
}

std::string PluginFile::builtHash() const
{
    constexpr uint64_t hexadecimal = 64;
    const std::filesystem::path beside = (m_path + QStringLiteral(".sha256")).toStdString();
    std::error_code none;
    if (!std::filesystem::exists(beside, none))
        return {};
    return readText(beside, 4096).substr(0, hexadecimal);
}

Provided PluginFile::load() const
{
    if (m_file.size() == 0)
        throw Error("it is empty.");
    const std::string way = "/proc/self/fd/" + std::to_string(m_file.descriptor());
    checkInterface(QPluginLoader(QString::fromStdString(way)) // which reads it and runs nothing
                       .metaData()
                       .value(QLatin1String("IID"))
                       .toString());
    // The linker takes two files of one name for the same: the descriptor's copy keeps its number.
    const int kept = ::fcntl(m_file.descriptor(), F_DUPFD_CLOEXEC, 0);
    const std::string name = "/proc/self/fd/" + std::to_string(kept);
    void* const library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        const std::string why = linkerError(m_path, name);
        ::close(kept);
        throw Error("%1.", why);
    }
    const auto instance = reinterpret_cast<QObject* (*)()>(::dlsym(library, "qt_plugin_instance"));
    const auto* plugin = instance ? qobject_cast<MethodPlugin*>(instance()) : nullptr;
    if (!plugin)
        throw Error("it is no plug-in of this program.");
    Provided provided {plugin->methods(), plugin->networks()};
    if (provided.methods.empty())
        throw Error("it provides no method.");
    for (const Method& method : provided.methods)
        if (method.id.empty() || !method.run)
            throw Error("one of its methods has no name or cannot be run.");
    return provided;
}
