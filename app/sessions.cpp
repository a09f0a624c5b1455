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

/// A name that no session has yet.
QString freshPath()
{
    const QString day = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd"));
    for (int i = 1;; ++i) {
        const QString name =
            day + (i == 1 ? QString() : QStringLiteral("-%1").arg(i)) + Sessions::suffix();
        if (const QString path = Sessions::folder() + QLatin1Char('/') + name;
            !QFileInfo::exists(path))
            return path;
    }
}

/// That a window has a session. Throws Error where another one has it.
std::unique_ptr<QLockFile> lockedOrThrow(const QString& path, const QString& name)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    if (!takes(*lock))
        throw Error(
            "The session %1 is open in another window of Simile: close that one to open it here.",
            name.toStdString());
    return lock;
}

} // namespace

/// A session on its way to be opened.
struct Sessions::Opening
{
    QString path, name;
    QString from = path;                  ///< what is opened in the end: that file, or a copy
    QStringList copies = {};              ///< all that were made
    QString told = {};                    ///< why it is a copy
    bool edits = true;                    ///< with what was edited
    bool last = false;                    ///< of the last time, and a new one is open meanwhile
    std::unique_ptr<QLockFile> lock = {}; ///< of what is opened

    /// Goes on with a copy of what is known here, with what was edited or without.
    void copy(bool withEdits, const QString& why)
    {
        const QString copy = freshPath();
        SessionFile(toPath(from), SessionFile::Look).copyTo(toPath(copy), [](double) {
            return !programEnds().stop_requested();
        });
        copies << copy;
        if (!withEdits)
            SessionFile(toPath(copy), SessionFile::Own).removeEdits();
        edits = withEdits;
        from = copy;
        told = why;
        lock.reset();
    }
};

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

/// Opens what is no other window's and can be opened as it is. Throws Error, as Keeper::open().
void Sessions::take(const QString& path, std::unique_ptr<QLockFile> lock)
{
    m_keeper.open(toPath(path));
    m_lock = std::move(lock);
    m_settings.setSession(path);
    Q_EMIT changed();
    if (!mayBeOpened(lockOf(path)))
        Q_EMIT said(tr("%1 is not a file, so another window can open this session as well: move it "
                       "away.")
                        .arg(QDir::toNativeSeparators(lockOf(path))));
    tellMissing();
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
    const auto openAsCopy = [&] { // which may take long
        begin({});
        open(last, !this->path().isEmpty());
    };
    try {
        take(last, lockedOrThrow(last, name));
    } catch (const NewerSession&) {
        openAsCopy();
    } catch (const DamagedEdits&) {
        openAsCopy();
    } catch (...) {
        begin(currentFailure().sentence);
    }
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
    QString failure;
    try {
        take(fresh, lockedOrThrow(fresh, QFileInfo(fresh).fileName()));
    } catch (...) {
        failure = currentFailure().sentence;
    }
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
    open(path, false);
}

void Sessions::open(const QString& path, bool last)
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
    QDir().mkpath(folder());
    const auto opening = std::make_shared<Opening>(Opening {file.absoluteFilePath(), name});
    opening->last = last;
    if (!isWritable(path) || m_remote(toPath(opening->path))) {
        opening->copies << freshPath();
        opening->from = opening->copies[0];
        opening->told = tr("%1 cannot be written where it lies, or lies on another computer, so "
                           "this is a copy of it.")
                            .arg(name);
    } else {
        try {
            opening->lock = lockedOrThrow(path, name);
        } catch (...) {
            Q_EMIT said(currentFailure().sentence);
            return;
        }
    }
    prepare(opening, [](Opening& o) {
        if (o.from != o.path)
            copySession(o.path, o.from);
        SessionFile(toPath(o.from), SessionFile::Look);
        try {
            SessionFile(toPath(o.from), SessionFile::Own); // one of an older version is copied
        } catch (const NewerSession&) {
            o.copy(
                true,
                tr("%1 was written by a newer Simile, so this is a copy of what this one knows of "
                   "it. The file itself stays as it is.")
                    .arg(o.name));
        }
    });
}

/// Does in the background what has to be done first, and opens the session then.
void Sessions::prepare(
    const std::shared_ptr<Opening>& opening, const std::function<void(Opening&)>& work)
{
    m_opening = true;
    Q_EMIT this->opening(opening->name);
    whenDone(problemOf([=] { work(*opening); }), this, [this, opening](const QString& problem) {
        m_opening = false;
        finish(opening, problem);
        if (!m_opening) // or a copy of it is made
            Q_EMIT this->opening({});
    });
}

void Sessions::finish(const std::shared_ptr<Opening>& opening, const QString& problem)
{
    QString why = problem;
    if (why.isEmpty()) {
        try {
            if (!opening->lock)
                opening->lock = lockedOrThrow(opening->from, opening->name);
            take(opening->from, std::move(opening->lock));
        } catch (const DamagedEdits& error) {
            const QString told =
                tr("What was edited in %1 is damaged, or the history of that, so this is a copy of "
                   "all else. The file itself stays as it is.")
                    .arg(opening->name);
            if (opening->edits)
                return prepare(opening, [told](Opening& o) { o.copy(false, told); });
            why = translated(error.sentence()); // the copy has it as well: it is in something else
        } catch (...) {
            why = currentFailure().sentence;
        }
    }
    for (const QString& copy : std::as_const(opening->copies))
        if (copy != this->path())
            removeDatabase(toPath(copy));
    if (why.isEmpty())
        why = opening->told;
    else if (opening->last)
        why = tr("%1 A new one is open now.").arg(why);
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
