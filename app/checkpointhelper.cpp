// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"

#include "app/background.h"
#include "app/conversionprocess.h"
#include "app/convertedfile.h"
#include "app/engine.h"
#include "app/settings.h"
#include "core/convert.h"
#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/outputfile.h"

#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr int longestMessage = 4096;

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

/// Where the result of a conversion lies, or why that is not known.
struct Located
{
    QString result = {}, problem = {};
};

Located located(const QString& path)
{
    try {
        return {.result = convertedFile(path)};
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

} // namespace

/// What a conversion reads and writes.
struct CheckpointHelper::Files
{
    std::vector<InputFile> inputs;
    std::vector<std::unique_ptr<OutputFile>> outputs;
    std::vector<int> descriptors; ///< of both, for the process
    QStringList arguments;        ///< what that is told of them

    void add(const fs::path& in, const fs::path& out)
    {
        inputs.emplace_back(in);
        outputs.push_back(std::make_unique<OutputFile>(out, 0));
        lend(inputs.back().descriptor(), in);
        lend(outputs.back()->descriptor(), out);
    }
    void lend(int descriptor, const fs::path& name)
    {
        descriptors.push_back(descriptor);
        arguments << QString::number(descriptor) << QString::fromStdString(name.string());
    }
};

CheckpointHelper::CheckpointHelper(QObject* parent)
    : QObject(parent)
    , m_program(QFileInfo(QStringLiteral("/proc/self/exe")).canonicalFilePath())
{
    removeStaleParts();
    m_process.setStandardInputFile(QProcess::nullDevice());
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("OMP_NUM_THREADS"), QStringLiteral("1"));
    m_process.setProcessEnvironment(environment);
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
    whenDone(
        QtConcurrent::run([path] { return located(path); }), this, [this, round](const Located& l) {
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
    if (isConverted(m_result)) {
        takeConverted(m_result, m_checkpoint);
        Q_EMIT converted(m_checkpoint, m_result);
        return;
    }
    try {
        prepare();
    } catch (...) {
        removePart();
        Q_EMIT failed(m_checkpoint, currentFailure().sentence);
        return;
    }
    start();
}

/// Opens what is read and written; of a folder, what is small and what is linked is there then.
void CheckpointHelper::prepare()
{
    m_files = std::make_unique<Files>();
    QDir().mkpath(QFileInfo(m_result).path());
    static int count = 0;
    m_part = QStringLiteral("%1/%2-%3/%4")
                 .arg(partsFolder())
                 .arg(getpid())
                 .arg(++count)
                 .arg(QFileInfo(m_result).fileName());
    QDir().mkpath(QFileInfo(m_part).path());
    const fs::path in = QFileInfo(m_checkpoint).absoluteFilePath().toStdString();
    const fs::path out = m_part.toStdString();
    if (!QFileInfo(m_checkpoint).isDir()) {
        m_files->add(in, out);
        return;
    }
    for (const PickledPart& part : beginFolder(snapshotOf(in), out))
        m_files->add(part.pickle, part.safetensors);
}

void CheckpointHelper::start()
{
    const uint64_t allowed = conversionSeconds(uint64_t(sizeOf(m_checkpoint))) * 1000;
    m_deadline.start(m_timeout > 0 ? m_timeout : int(std::min<uint64_t>(allowed, INT_MAX)));
    m_process.setChildProcessModifier([this] { handOver(m_files->descriptors); });
    m_process.start(
        m_program,
        QStringList {QStringLiteral("convert-checkpoint"), QStringLiteral("--")}
            + m_files->arguments);
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
    if (m_process.error() != QProcess::FailedToStart)
        HelperReport::instance().tell(QString::fromUtf8(m_process.readAllStandardOutput())
                                          .split(QLatin1Char('\n'), Qt::SkipEmptyParts));
    if (why.isEmpty())
        why = putInPlace();
    removePart();
    if (!why.isEmpty()) {
        Q_EMIT failed(m_checkpoint, why);
        return;
    }
    takeConverted(m_result, m_checkpoint);
    Q_EMIT converted(m_checkpoint, m_result);
}

/// What was written becomes the result; else why not.
QString CheckpointHelper::putInPlace()
{
    const QString name = QFileInfo(m_checkpoint).fileName();
    try {
        for (const std::unique_ptr<OutputFile>& output : m_files->outputs)
            output->commit();
    } catch (...) {
        return currentFailure().sentence;
    }
    if (!isWhole(m_part.toStdString()))
        return tr("%1 could not be converted: what came of it cannot be read.").arg(name);
    std::error_code problem;
    fs::rename(m_part.toStdString(), m_result.toStdString(), problem);
    if (problem && !QFileInfo::exists(m_result)) // else another program was quicker
        return tr("%1 could not be converted: %2.")
            .arg(name, QString::fromStdString(problem.message()));
    return {};
}

QString CheckpointHelper::reason() const
{
    const QString name = QFileInfo(m_checkpoint).fileName();
    if (m_process.error() == QProcess::FailedToStart)
        return tr("%1 could not be converted: the program for it did not start (%2).")
            .arg(name, m_process.errorString());
    const bool ended = m_process.exitStatus() == QProcess::CrashExit;
    if (m_late || (ended && m_process.exitCode() == SIGXCPU))
        return tr("%1 could not be converted: the conversion did not come to an end and was "
                  "stopped.")
            .arg(name);
    if (ended)
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
    for (const std::unique_ptr<OutputFile>& output : m_files->outputs) {
        struct stat written = {};
        if (fstat(output->descriptor(), &written) != 0 || written.st_size == 0)
            return tr("%1 was converted to nothing.").arg(name);
    }
    return {};
}

void CheckpointHelper::removePart()
{
    m_files.reset(); // what was not put in its place goes
    if (!m_part.isEmpty())
        QFileInfo(m_part).dir().removeRecursively();
}

fs::path convertedCheckpoint(const fs::path& path, const StageReport& progress)
{
    const QString chosen = QString::fromStdString(path.string());
    const fs::path result = convertedFile(chosen).toStdString();
    if (isConverted(QString::fromStdString(result.string()))) {
        takeConverted(QString::fromStdString(result.string()), chosen);
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

HelperReport& HelperReport::instance()
{
    static HelperReport report;
    return report;
}

void HelperReport::tell(const QStringList& layers)
{
    static std::atomic<bool> told = false;
    if (layers.isEmpty() || told.exchange(true))
        return;
    Q_EMIT weaker(
        tr("The process that reads pickled models is protected less than it could be: this "
           "system does not give it %1. It still runs nothing that is in a model.")
            .arg(layers.join(QStringLiteral(", "))));
}
