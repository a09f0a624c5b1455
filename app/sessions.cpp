// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sessions.h"

#include "app/background.h"
#include "app/ending.h"
#include "app/engine.h"
#include "app/keeper.h"
#include "app/lockedfile.h"
#include "app/settings.h"
#include "app/store/database.h"
#include "app/store/sessionfile.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/file/fileidentity.h"
#include "core/file/inputfile.h"
#include "core/file/outputfile.h"
#include "core/found/mounts.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>

namespace {

using namespace std::chrono_literals;

const QString attemptsKey = QStringLiteral("session/attempts");
constexpr int mostAttempts = 2;
constexpr auto untilItStands = 5s; // what is shown of a session has been read and painted by then

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

void copyFile(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const InputFile in(from);
    OutputFile out(to, in.size(), IfThere::Keep);
    std::vector<std::byte> piece(std::size_t(4) << 20);
    for (uint64_t at = 0; at < in.size();) {
        if (programEnds().stop_requested())
            throw Stopped();
        const std::size_t count = std::min<uint64_t>(piece.size(), in.size() - at);
        in.read(at, std::span(piece).first(count));
        out.write(std::span(piece).first(count));
        at += count;
    }
    out.commit();
}

/// A copy with what a killed program had not put into the file yet.
void copySession(const QString& from, const QString& to)
{
    const QString log = QStringLiteral("-wal");
    copyFile(toPath(from), toPath(to));
    if (QFileInfo::exists(from + log))
        copyFile(toPath(from + log), toPath(to + log));
}

/// Looks through a session from anywhere, or through a copy of it that is made first (empty: none):
/// why it cannot be opened, or nothing.
QFuture<QString> problemOfSession(const QString& path, const QString& copy)
{
    return problemOf([=] {
        try {
            if (!copy.isEmpty())
                copySession(path, copy);
            SessionFile(toPath(copy.isEmpty() ? path : copy), SessionFile::Look);
        } catch (...) {
            if (!copy.isEmpty())
                removeDatabase(toPath(copy));
            throw;
        }
    });
}

} // namespace

Sessions::Sessions(Keeper& keeper, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_keeper(keeper)
    , m_settings(settings)
    , m_remote([](const std::filesystem::path& path) { return RemoteMounts::here().hold(path); })
{
}

Sessions::~Sessions()
{
    endAttempts();
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

/// Opens a session, of which @p name is said; why not, or nothing. @p copied: it is a copy without
/// what was edited already.
QString Sessions::take(const QString& path, const QString& name, bool copied)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    if (!takes(*lock))
        return tr("The session %1 is open in another window of Simile: close that one to open it "
                  "here.")
            .arg(name);
    try {
        m_keeper.open(toPath(path));
    } catch (const NewerSession&) {
        return takeCopy(
            path, name, true,
            tr("%1 was written by a newer Simile, so this is a copy of what this one knows of it. "
               "The file itself stays as it is.")
                .arg(name));
    } catch (const DamagedEdits& error) {
        if (copied) // it is in something else, too
            return translated(error.sentence());
        return takeCopy(
            path, name, false,
            tr("What was edited in %1 is damaged, or the history of that, so this is a copy of "
               "all else. The file itself stays as it is.")
                .arg(name));
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

/// A copy of a session that stays as it is, with what is edited there or without, of which @p told
/// is said; why not, or nothing.
QString Sessions::takeCopy(
    const QString& path, const QString& name, bool edits, const QString& told)
{
    QDir().mkpath(folder());
    const QString copy = freshPath();
    QString why;
    try {
        SessionFile(toPath(path), SessionFile::Look).copyTo(toPath(copy));
        if (!edits)
            SessionFile(toPath(copy), SessionFile::Own).removeEdits();
        why = take(copy, name, !edits);
    } catch (...) {
        why = currentFailure().sentence;
    }
    if (why.isEmpty())
        Q_EMIT said(told);
    if (this->path() != copy) // nor one of which a copy had to be made again
        removeDatabase(toPath(copy));
    return why;
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
    const QString last = m_settings.session(), name = QFileInfo(last).fileName();
    if (last.isEmpty() || !QFileInfo::exists(last))
        return begin({});
    QSettings attempts;
    const int before = attempts.value(attemptsKey).toInt();
    if (before >= mostAttempts) {
        attempts.remove(attemptsKey);
        return begin(tr("Simile ended twice while it opened %1, so that is left closed: open it "
                        "yourself to try again.")
                         .arg(name));
    }
    attempts.setValue(attemptsKey, before + 1);
    attempts.sync();
    m_attempts = true;
    QTimer::singleShot(untilItStands, this, &Sessions::endAttempts);
    if (const QString why = take(last, name); !why.isEmpty())
        begin(why);
}

/// The session of the last time is open, and did not end the program.
void Sessions::endAttempts()
{
    if (std::exchange(m_attempts, false))
        QSettings().remove(attemptsKey);
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
    const QString failure = take(fresh, QFileInfo(fresh).fileName());
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

void Sessions::open(const QString& path)
{
    if (isOpen(path))
        return;
    const QFileInfo file(path);
    const QString name = file.fileName();
    if (file.exists() && !file.isFile()) {
        Q_EMIT said(tr("%1 is not a file, so it is no session: choose one whose name ends with %2.")
                        .arg(name, suffix()));
        return;
    }
    if (m_opening) {
        Q_EMIT said(tr("Another session is being opened: open %1 when it is there.").arg(name));
        return;
    }
    const QString place = file.absoluteFilePath();
    const bool here = isWritable(path) && !m_remote(toPath(place));
    QDir().mkpath(folder());
    const QString copy = here ? QString() : freshPath();
    m_opening = true;
    Q_EMIT opening(name);
    whenDone(problemOfSession(place, copy), this, [this, place, copy](const QString& problem) {
        m_opening = false;
        finish(place, copy, problem);
        Q_EMIT opening({});
    });
}

/// What was looked through is opened, or its copy.
void Sessions::finish(const QString& path, const QString& copy, const QString& problem)
{
    const QString name = QFileInfo(path).fileName();
    const QString why = !problem.isEmpty() ? problem : take(copy.isEmpty() ? path : copy, name);
    if (!copy.isEmpty() && this->path() != copy) // nor one of which a copy had to be made again
        removeDatabase(toPath(copy));
    else if (!copy.isEmpty())
        Q_EMIT said(tr("%1 cannot be written where it lies, or lies on another computer, so this "
                       "is a copy of it.")
                        .arg(name));
    if (!why.isEmpty())
        Q_EMIT said(why);
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
