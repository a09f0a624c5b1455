// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/editkeeper.h"
#include "app/sourcefile.h"
#include "core/file/fileidentity.h"
#include "core/image.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>

class Editor;
class Runs;
class Session;
class SessionFile;
class StoreWriter;
struct Run;

/// Keeps what is edited, its history, the runs that wait and all runs in a session's file, as they
/// come, without being asked; and brings back what was kept.
class Keeper : public QObject
{
    Q_OBJECT

public:
    explicit Keeper(Session& session, QObject* parent = nullptr);
    ~Keeper() override; ///< writes what is left

    /// Takes the session in that file, which is made where there is none, in place of what is open.
    /// One from elsewhere has been looked through (SessionFile::Look). Throws Error, which is
    /// DamagedEdits where all but what was edited can be read, or where a run is in progress: then
    /// what was open stays.
    void open(const std::filesystem::path& path);
    const std::filesystem::path& path() const { return m_path; } ///< empty: nothing is kept
    /// Writes all that there is until now; false: it cannot be written.
    bool flush();
    /// Writes a copy of the session without the places of models and files, in the background;
    /// saving() and saved() follow. Does nothing while one is being written.
    void saveAs(const std::filesystem::path& path);
    /// The ids of methods that the session has something of, and that are not there.
    const std::set<std::string>& missingMethods() const { return m_missing; }
    bool isSaving() const { return m_saving.isRunning(); }
    uint64_t bytes() const; ///< on disk
    /// What the steps and pictures of runs take together.
    uint64_t bytesOf(const std::vector<int>& runs) const;

Q_SIGNALS:
    void opened();
    void saving(int percent);
    /// A copy is there; else says why not.
    void saved(const std::filesystem::path& path, const QString& failure);
    /// Why the session cannot be written; empty: it can again.
    void failed(const QString& sentence);

private:
    void connectRuns();
    void keepRun(int number);
    void keepAll(int number);
    void keepStep(int number, int step);
    void changed(int number);
    void forget(int number);
    void prune();
    void close();
    void fetchRun(Run& run);
    bool fetchStep(HistoryStep& step);
    void makeReady(Queued& run);
    void keepSource(const SharedImage& image, const SourceFile& source);
    void keepSources();
    ReadFile originalOf(const SharedImage& image) const;
    void release();
    void forgetPictures();
    void takeNewRuns();
    void lookForFile();
    SharedImage picture(const std::string& sha256);

    Session& m_session;
    Editor& m_editor;
    Runs& m_runs;
    EditKeeper m_edits;
    std::filesystem::path m_path;
    std::unique_ptr<SessionFile> m_file; ///< to read, on this thread
    std::shared_ptr<StoreWriter> m_writer;
    QFuture<QString> m_saving;
    std::stop_source m_stopSaving;
    std::map<int, int64_t> m_ids;    ///< of the runs by number
    std::map<int, int64_t> m_binned; ///< likewise, of those that an undo brings back
    std::set<std::string> m_missing;
    std::map<int, int> m_states;                   ///< as they were kept last
    std::map<std::string, SharedImage> m_pictures; ///< of runs that are in memory, by hash
    /// Of the pictures that are in memory, the files that they came from.
    std::vector<std::pair<std::weak_ptr<const Image>, SourceFile>> m_sources;
    std::deque<int> m_fetched; ///< runs that were read or made, the one shown last at the end
    int64_t m_position = 0;    ///< of the last run in the file that is listed
    int64_t m_version = 0;     ///< of the file, as it was looked at last
    bool m_opening = false;
    FileIdentity m_identity;
    bool m_lost = false; ///< another file, or none, is at the path
    QTimer m_lookTimer;
};
