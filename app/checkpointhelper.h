// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

/// Converts pickled checkpoints to safetensors in a process of its own (`simile
/// convert-checkpoint`), so that a hostile file meets a process that may not gain privileges, has
/// an address space with a limit and can be killed.
class CheckpointHelper : public QObject
{
    Q_OBJECT

public:
    explicit CheckpointHelper(QObject* parent = nullptr);
    ~CheckpointHelper() override; ///< kills a conversion in progress

    /// What has to be converted before it can be loaded: a pickled file, a pipeline's folder with
    /// pickled parts.
    static bool isCheckpoint(const QString& path);
    /// Where the result lies: in the cache, by content, so that a file that is moved, renamed or
    /// touched is not converted again; its name begins with that of the file. Of a folder by its
    /// path too, since its safetensors are not copied. Reads the whole file where its hash is not
    /// remembered. Throws Error.
    static QString convertedFile(const QString& path);

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
    void begin(const QString& result);
    void finish();
    QString reason() const;
    void removePart() const;

    QProcess m_process;
    QTimer m_deadline;
    QString m_program;
    int m_timeout = 0; ///< 0: by the size of the file
    int m_round = 0;   ///< which conversion it is: what is told of an older one does not count
    QString m_checkpoint, m_result, m_part; ///< the last is written, and becomes the result
    bool m_late = false;
};

/// Converts a checkpoint and waits for it, on a thread whose event loop does not run: the file in
/// the cache, at once where it is there already; empty where @p progress, asked five times a
/// second, answers no. Throws Error.
std::filesystem::path convertedCheckpoint(
    const std::filesystem::path& path, const StageReport& progress);

/// A sentence in which converted files are named, with the names of those that the user chose.
QString namedAsChosen(QString sentence);

/// What the process does: takes away its own rights, converts, and says on standard error what is
/// wrong with the file. Returns the exit status.
int convertCheckpointHere(const QString& in, const QString& out);
