// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"

#include "app/cachefolder.h"
#include "app/engine.h"
#include "app/settings.h"
#include "core/convert.h"
#include "core/errors.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <mutex>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr qint64 giga = qint64(1) << 30;
constexpr int longestMessage = 4096;

/// This process's address space in bytes.
qint64 addressSpace()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return giga;
    return statm.readAll().split(' ').front().toLongLong() * sysconf(_SC_PAGESIZE);
}

/// Of a file, or of all files in a folder.
qint64 sizeOf(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return QFileInfo(path).size();
    qint64 sum = 0;
    for (QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        files.next();
        sum += files.fileInfo().size();
    }
    return sum;
}

/// What a conversion's result depends on, as a text.
QByteArray contentOf(const QString& path)
{
    const fs::path cache = Settings::cacheFolder().toStdString();
    if (!QFileInfo(path).isDir())
        return QByteArray::fromStdString(fileHash(path.toStdString(), cache));
    std::vector<std::string> lines;
    lines.push_back(QFileInfo(path).canonicalFilePath().toStdString());
    for (const auto& entry : fs::recursive_directory_iterator(path.toStdString())) {
        if (!entry.is_regular_file())
            continue;
        const bool linked = entry.path().extension() == ".safetensors";
        lines.push_back(
            fs::relative(entry.path(), path.toStdString()).string() + " "
            + (linked ? std::string() : fileHash(entry.path(), cache)));
    }
    std::ranges::sort(lines);
    QByteArray all;
    for (const std::string& line : lines)
        all += QByteArray::fromStdString(line) + '\n';
    return all;
}

/// Where the result of a conversion lies, or why that is not known.
struct Located
{
    QString result = {}, problem = {};
};

Located located(const QString& path)
{
    try {
        return {.result = CheckpointHelper::convertedFile(path)};
    } catch (...) {
        return {.problem = currentFailure().sentence};
    }
}

/// Where conversions write: a folder for each, named by the process that waits for it.
QString partsFolder()
{
    return Settings::cacheFolder() + QStringLiteral("/converting");
}

/// Removes what conversions left whose program is gone.
void removeStaleParts()
{
    for (const QFileInfo& left :
         QDir(partsFolder()).entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const auto program = pid_t(left.fileName().section(QLatin1Char('-'), 0, 0).toInt());
        if (program <= 0 || (::kill(program, 0) != 0 && errno == ESRCH))
            QDir(left.filePath()).removeRecursively();
    }
}

/// What was chosen, by what was made of it.
class Chosen
{
public:
    void remember(const QString& converted, const QString& chosen)
    {
        const std::scoped_lock lock(m_mutex);
        m_names[converted] = chosen;
    }
    QString namedIn(QString sentence)
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& [converted, chosen] : m_names) {
            sentence.replace(converted, chosen);
            sentence.replace(QFileInfo(converted).fileName(), QFileInfo(chosen).fileName());
        }
        return sentence;
    }

private:
    std::mutex m_mutex;
    std::map<QString, QString> m_names;
};

Chosen& chosenFiles()
{
    static Chosen files;
    return files;
}

/// Whether the result is there and can be opened; one that cannot goes.
bool isThere(const QString& result)
{
    if (!QFileInfo::exists(result))
        return false;
    if (isWhole(result.toStdString()))
        return true;
    std::error_code ignored;
    fs::remove_all(result.toStdString(), ignored);
    return false;
}

/// The result is used now; the configuration beside the checkpoint goes with it.
void take(const QString& result, const QString& checkpoint)
{
    std::error_code none;
    const fs::path beside = fs::path(result.toStdString()).replace_extension(".yaml");
    const fs::path given = fs::path(checkpoint.toStdString()).replace_extension(".yaml");
    if (!fs::copy_file(given, beside, fs::copy_options::overwrite_existing, none))
        fs::remove(beside, none);
    markUsed(result.toStdString());
    chosenFiles().remember(result, checkpoint);
    trimConverted(Settings());
}

void limit(int resource, qint64 value)
{
    const rlimit limits {rlim_t(value), rlim_t(value)};
    setrlimit(__rlimit_resource_t(resource), &limits);
}

} // namespace

CheckpointHelper::CheckpointHelper(QObject* parent)
    : QObject(parent)
    , m_program(QFileInfo(QStringLiteral("/proc/self/exe")).canonicalFilePath())
{
    removeStaleParts();
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_late = true;
        m_process.kill();
    });
    connect(&m_process, &QProcess::finished, this, &CheckpointHelper::finish);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish();
    });
}

CheckpointHelper::~CheckpointHelper()
{
    cancel();
}

bool CheckpointHelper::isCheckpoint(const QString& path)
{
    const fs::path file = path.toStdString();
    return QFileInfo(path).isDir() ? hasPickledParts(snapshotOf(file)) : isPickled(file);
}

QString CheckpointHelper::convertedFile(const QString& path)
{
    const QFileInfo file(path);
    const QString hash = QString::fromLatin1(
        QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex());
    const QString end = hash + (file.isDir() ? QString() : QStringLiteral(".safetensors"));
    const QDir folder(Settings::cacheFolder() + QStringLiteral("/converted"));
    const QStringList same =
        folder.entryList({QStringLiteral("*-") + end}, QDir::Files | QDir::Dirs, QDir::Name);
    if (!same.isEmpty()) // of a file with another name
        return folder.filePath(same.front());
    constexpr int longest = 60; // of the chosen file's name
    return folder.filePath(file.completeBaseName().left(longest) + QLatin1Char('-') + end);
}

void CheckpointHelper::setProgram(const QString& program)
{
    m_program = program;
}

void CheckpointHelper::setTimeout(int milliseconds)
{
    m_timeout = milliseconds;
}

void CheckpointHelper::convert(const QString& path)
{
    m_checkpoint = path;
    m_result.clear();
    m_late = false;
    const int round = ++m_round;
    // A large file takes seconds to be read.
    QtConcurrent::run([path] { return located(path); }).then(this, [this, round](const Located& l) {
        if (round != m_round)
            return; // cancelled meanwhile
        if (l.problem.isEmpty())
            begin(l.result);
        else
            Q_EMIT failed(m_checkpoint, l.problem);
    });
}

void CheckpointHelper::begin(const QString& result)
{
    m_result = result;
    if (isThere(m_result)) {
        take(m_result, m_checkpoint);
        Q_EMIT converted(m_checkpoint, m_result);
        return;
    }
    QDir().mkpath(QFileInfo(m_result).path());
    static int count = 0;
    m_part = QStringLiteral("%1/%2-%3/%4")
                 .arg(partsFolder())
                 .arg(getpid())
                 .arg(++count)
                 .arg(QFileInfo(m_result).fileName());
    QDir().mkpath(QFileInfo(m_part).path());
    // A minute, and a second for 10 MB: a slow disk, read and written.
    const qint64 allowed = 60'000 + sizeOf(m_checkpoint) / 10'000;
    m_deadline.start(m_timeout > 0 ? m_timeout : int(std::min<qint64>(allowed, INT_MAX)));
    m_process.start(
        m_program,
        {QStringLiteral("convert-checkpoint"), QStringLiteral("--"),
         QFileInfo(m_checkpoint).absoluteFilePath(), m_part});
}

void CheckpointHelper::cancel()
{
    ++m_round;
    m_deadline.stop();
    if (m_process.state() == QProcess::NotRunning)
        return;
    const QSignalBlocker quiet(m_process);
    m_process.kill();
    m_process.waitForFinished();
    removePart();
}

void CheckpointHelper::finish()
{
    m_deadline.stop();
    QString why = reason();
    std::error_code problem;
    if (why.isEmpty())
        fs::rename(m_part.toStdString(), m_result.toStdString(), problem);
    if (problem && !QFileInfo::exists(m_result)) // else another program was quicker
        why =
            tr("%1 could not be converted: %2.")
                .arg(QFileInfo(m_checkpoint).fileName(), QString::fromStdString(problem.message()));
    removePart();
    if (!why.isEmpty()) {
        Q_EMIT failed(m_checkpoint, why);
        return;
    }
    take(m_result, m_checkpoint);
    Q_EMIT converted(m_checkpoint, m_result);
}

QString CheckpointHelper::reason() const
{
    const QString name = QFileInfo(m_checkpoint).fileName();
    if (m_process.error() == QProcess::FailedToStart)
        return tr("%1 could not be converted: the program for it did not start (%2).")
            .arg(name, m_process.errorString());
    if (m_late)
        return tr("%1 could not be converted: the conversion did not come to an end and was "
                  "stopped.")
            .arg(name);
    if (m_process.exitStatus() == QProcess::CrashExit)
        return tr("%1 could not be converted: the conversion ended unexpectedly (signal %2).")
            .arg(name)
            .arg(m_process.exitCode());
    if (m_process.exitCode() != 0) {
        const QString said = QString::fromUtf8(
            const_cast<QProcess&>(m_process).readAllStandardError().right(longestMessage));
        return said.trimmed().isEmpty()
            ? tr("%1 could not be converted (status %2).").arg(name).arg(m_process.exitCode())
            : said.trimmed();
    }
    return QFileInfo::exists(m_part) ? QString() : tr("%1 was converted to nothing.").arg(name);
}

void CheckpointHelper::removePart() const
{
    if (!m_part.isEmpty())
        QFileInfo(m_part).dir().removeRecursively();
}

fs::path convertedCheckpoint(const fs::path& path, const StageReport& progress)
{
    const QString chosen = QString::fromStdString(path.string());
    const fs::path result = CheckpointHelper::convertedFile(chosen).toStdString();
    if (isThere(QString::fromStdString(result.string()))) {
        take(QString::fromStdString(result.string()), chosen);
        return result;
    }
    const Sentence stage("Converting %1", path.filename().string());
    const auto goOn = [&] { return progress(stage); };
    if (!goOn())
        return {};
    CheckpointHelper helper;
    QEventLoop loop;
    QTimer asking;
    QString problem;
    bool stopped = false;
    QObject::connect(&helper, &CheckpointHelper::converted, &loop, &QEventLoop::quit);
    QObject::connect(
        &helper, &CheckpointHelper::failed, &loop, [&](const QString&, const QString& sentence) {
            problem = sentence;
            loop.quit();
        });
    QObject::connect(&asking, &QTimer::timeout, &loop, [&] {
        stopped = !goOn();
        if (stopped)
            loop.quit();
    });
    asking.start(200); // milliseconds
    QTimer::singleShot(0, &helper, [&] { helper.convert(chosen); });
    loop.exec();
    if (!problem.isEmpty())
        throw Error(problem.toStdString());
    return stopped ? fs::path() : result;
}

QString namedAsChosen(QString sentence)
{
    return chosenFiles().namedIn(std::move(sentence));
}

int convertCheckpointHere(const QString& in, const QString& out)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    unshare(CLONE_NEWUSER | CLONE_NEWNET); // no network; where the system forbids it, as before
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_AS, addressSpace() + 3 * sizeOf(in) + 4 * giga);
    try {
        if (QFileInfo(in).isDir())
            convertFolder(in.toStdString(), out.toStdString());
        else
            convertCheckpoint(in.toStdString(), out.toStdString());
        return 0;
    } catch (...) {
        std::fprintf(stderr, "%s\n", currentFailure().sentence.toUtf8().constData());
        return 1;
    }
}
