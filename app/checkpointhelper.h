// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <vector>

/// Converts pickled checkpoints to safetensors in a process of its own (`simile
/// convert-checkpoint`), so that a hostile file meets a process that can be killed and may do
/// nothing but compute, read that file and write its result (confine(), app/confinement.h). Both
/// are opened here and handed over as descriptors; what was written is synced, looked at and put
/// in its place here.
class CheckpointHelper : public QObject
{
    Q_OBJECT

public:
    explicit CheckpointHelper(QObject* parent = nullptr);
    ~CheckpointHelper() override; ///< kills a conversion in progress

    /// What has to be converted before it can be loaded: a pickled file, a pipeline's folder with
    /// pickled parts.
    static bool isCheckpoint(const QString& path);

    /// Another program in place of this one, and how long it may take.
    void setProgram(const QString& program);
    void setTimeout(int milliseconds);

    /// converted() or failed() follows, the former at once where the result is there already;
    /// nothing may be in progress.
    void convert(const QString& path);
    void cancel(); ///< no signal follows

Q_SIGNALS:
    void converted(const QString& checkpoint, const QString& safetensors);
    void failed(const QString& checkpoint, const QString& sentence);

private:
    struct Files;

    void begin(const QString& result);
    void prepare();
    void start();
    void finish();
    QString reason() const;
    QString putInPlace();
    void removePart();

    QProcess m_process;
    QTimer m_deadline;
    QString m_program;
    int m_timeout = 0; ///< 0: by the size of the file
    int m_round = 0;   ///< which conversion it is: what is told of an older one does not count
    QString m_checkpoint, m_result, m_part; ///< the last is written, and becomes the result
    std::unique_ptr<Files> m_files;         ///< of the conversion in progress
    bool m_late = false;
};

/// Tells what protection the system does not give to the process that reads pickles: once, however
/// many conversions there are.
class HelperReport : public QObject
{
    Q_OBJECT

public:
    static HelperReport& instance();
    /// The layers by their names (nameOf()); empty: nothing is told. From any thread.
    void tell(const QStringList& layers);

Q_SIGNALS:
    void weaker(const QString& sentence);
};

/// Converts a checkpoint and waits for it, on a thread whose event loop does not run: the file in
/// the cache, at once where it is there already; empty where @p progress, asked five times a
/// second, answers no. Throws Error.
std::filesystem::path convertedCheckpoint(
    const std::filesystem::path& path, const StageReport& progress);
