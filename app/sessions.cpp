// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sessions.h"

#include "app/engine.h"
#include "app/keeper.h"
#include "app/lockedfile.h"
#include "app/settings.h"
#include "app/store/sessionfile.h"
#include "core/errors.h"
#include "core/file/fileidentity.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

namespace {

/// Where a database cannot be shared between programs.
bool isNetwork(const QString& path)
{
    static const QList<QByteArray> kinds {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"};
    return kinds.contains(QStorageInfo(QFileInfo(path).absolutePath()).fileSystemType());
}

bool isWritable(const QString& path)
{
    return QFileInfo(path).isWritable() && QFileInfo(QFileInfo(path).absolutePath()).isWritable();
}

QString lockOf(const QString& path)
{
    return path + QStringLiteral(".lock");
}

/// False: another window has it. One that cannot be made, or where no file is, is gone without.
bool takes(QLockFile& lock)
{
    lock.setStaleLockTime(0); // only the end of the program that has it makes it stale
    return !mayBeOpened(lock.fileName()) || lock.tryLock()
        || lock.error() != QLockFile::LockFailedError;
}

std::filesystem::path toPath(const QString& path)
{
    return path.toStdString();
}

} // namespace

Sessions::Sessions(Keeper& keeper, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_keeper(keeper)
    , m_settings(settings)
{
}

QString Sessions::folder()
{
    return QString::fromStdString((Settings::stateFolder() / "sessions").string());
}

QString Sessions::path() const
{
    return QString::fromStdString(m_keeper.path().string());
}

/// A name that no session has yet.
QString Sessions::freshPath() const
{
    const QString day = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd"));
    for (int i = 1;; ++i) {
        const QString name = day + (i == 1 ? QString() : QStringLiteral("-%1").arg(i)) + suffix();
        if (const QString path = folder() + QLatin1Char('/') + name; !QFileInfo::exists(path))
            return path;
    }
}

/// Opens a session, of which @p name is said; why not, or nothing.
QString Sessions::take(const QString& path, bool foreign, const QString& name)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    if (!takes(*lock))
        return tr("The session %1 is open in another window of Simile: close that one to open it "
                  "here.")
            .arg(name);
    try {
        m_keeper.open(toPath(path), foreign);
    } catch (const NewerSession&) {
        return takeNewer(path, name);
    } catch (...) {
        return currentFailure().sentence;
    }
    m_lock = std::move(lock);
    m_settings.setSession(path);
    Q_EMIT changed();
    if (!mayBeOpened(lockOf(path)))
        Q_EMIT said(tr("%1 is not a file, so another window can open this session as well: move it "
                       "away.")
                        .arg(QDir::toNativeSeparators(lockOf(path))));
    tellMissing();
    return {};
}

/// A copy of what is known here of a session that a newer Simile wrote; why not, or nothing.
QString Sessions::takeNewer(const QString& path, const QString& name)
{
    QDir().mkpath(folder());
    const QString copy = freshPath();
    try {
        SessionFile(toPath(path), SessionFile::Look).copyTo(toPath(copy));
    } catch (...) {
        return currentFailure().sentence;
    }
    if (const QString why = take(copy, true, name); !why.isEmpty()) {
        QFile::remove(copy);
        return why;
    }
    Q_EMIT said(tr("%1 was written by a newer Simile, so this is a copy of what this one knows of "
                   "it. The file itself stays as it is.")
                    .arg(name));
    return {};
}

void Sessions::tellMissing()
{
    QStringList ids;
    for (const std::string& id : m_keeper.missingMethods())
        ids << QLatin1Char('"') + QString::fromStdString(id).left(40) + QLatin1Char('"');
    if (!ids.isEmpty())
        Q_EMIT said(tr("This session has settings or runs of a method that is missing here: %1. "
                       "They are kept, and are back when its plug-in is.")
                        .arg(ids.mid(0, 5).join(QStringLiteral(", "))));
}

void Sessions::openLast()
{
    const QString last = m_settings.session();
    if (last.isEmpty() || !QFileInfo::exists(last))
        return begin({});
    if (const QString why = take(last, false, QFileInfo(last).fileName()); !why.isEmpty())
        begin(why);
}

void Sessions::openNew()
{
    begin({});
}

/// A new session, and why it is not the one that was wanted.
void Sessions::begin(const QString& why)
{
    QDir().mkpath(folder());
    const QString fresh = freshPath();
    const QString failure = take(fresh, false, QFileInfo(fresh).fileName());
    const QFileInfo place(folder());
    if (failure.isEmpty() && !why.isEmpty())
        Q_EMIT said(tr("%1 A new one is open now.").arg(why));
    else if (!failure.isEmpty() && place.isDir() && place.isWritable())
        Q_EMIT said(
            tr("Nothing of this session is kept, so save what you want to keep. %1").arg(failure));
    else if (!failure.isEmpty())
        Q_EMIT said(tr("Nothing of this session is kept: the folder %1 cannot be written. Save "
                       "what you want to keep.")
                        .arg(QDir::toNativeSeparators(folder())));
}

/// By this name or another; QFileInfo takes any two files that are not there for the same.
bool Sessions::isOpen(const QString& path) const
{
    const FileIdentity given = identityOf(toPath(path));
    return (given != FileIdentity() && given == identityOf(m_keeper.path()))
        || QFileInfo(path).absoluteFilePath() == QFileInfo(this->path()).absoluteFilePath();
}

bool Sessions::open(const QString& path)
{
    if (isOpen(path))
        return true;
    if (const QFileInfo file(path); file.exists() && !file.isFile()) {
        Q_EMIT said(tr("%1 is not a file, so it is no session: choose one whose name ends with %2.")
                        .arg(file.fileName(), suffix()));
        return false;
    }
    const QString name = QFileInfo(path).fileName();
    if (isWritable(path) && !isNetwork(path)) {
        const QString why = take(QFileInfo(path).absoluteFilePath(), true, name);
        if (!why.isEmpty())
            Q_EMIT said(why);
        return why.isEmpty();
    }
    QDir().mkpath(folder());
    const QString copy = freshPath();
    if (!QFile::copy(path, copy)) {
        Q_EMIT said(tr("The session %1 cannot be read, or not be copied to %2.")
                        .arg(name, QDir::toNativeSeparators(folder())));
        return false;
    }
    QFile::setPermissions(copy, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QString why = take(copy, true, name);
    if (this->path() != copy) // nor one of which a copy had to be made again
        QFile::remove(copy);
    else
        Q_EMIT said(tr("%1 cannot be written where it lies, so this is a copy of it.").arg(name));
    if (!why.isEmpty())
        Q_EMIT said(why);
    return why.isEmpty();
}

bool Sessions::saveAs(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    if (isOpen(path)) {
        Q_EMIT said(tr("%1 is this session itself, which is written as you work: choose another "
                       "name for the copy.")
                        .arg(name));
        return false;
    }
    QLockFile lock(lockOf(path));
    if (!takes(lock)) {
        Q_EMIT said(tr("%1 is open in another window of Simile: choose another name for the copy.")
                        .arg(name));
        return false;
    }
    m_keeper.saveAs(toPath(path));
    return true;
}

QStringList Sessions::recent() const
{
    QStringList paths = m_settings.recentSessions();
    paths.removeAll(path());
    return paths;
}
