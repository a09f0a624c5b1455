// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

class Keeper;
class Settings;

/// Which session is open: that of the last time, a new one, another file. One window has a session
/// at a time; programs without a window may add to it meanwhile.
class Sessions : public QObject
{
    Q_OBJECT

public:
    Sessions(Keeper& keeper, Settings& settings, QObject* parent = nullptr);
    ~Sessions() override;

    /// Opens the session of the last time. Where that cannot be, or the program ended twice while
    /// it did, it stays as it is, a new one is opened, and said() follows once; where a copy of it
    /// has to be made, that is opened later in place of a new one. Where nothing can be written,
    /// nothing is kept, and that is said.
    void openLast();
    void openNew();
    /// Opens a file where it lies, or a copy of it where it cannot be written, lies on another
    /// computer, a newer Simile wrote it or what was edited in it is damaged. It is looked through,
    /// copied and brought up to date in the background first. changed() follows where it is open,
    /// said() where it is not or is a copy.
    void open(const QString& path);
    bool isOpening() const { return m_opening; }
    /// Writes a copy to pass on, in the background; Keeper::saved() follows, or said() where that
    /// cannot be. True: it is being written.
    bool saveAs(const QString& path);
    QStringList recent() const; ///< but for the one that is open; newest first
    QString path() const;       ///< of the one that is open; empty: nothing is kept

    /// Where sessions without a place of their own lie.
    static QString folder();
    /// What the name of a session's file ends with.
    static QString suffix() { return QStringLiteral(".simile"); }

    /// Tells what lies on another computer, where two programs cannot share a database.
    void setRemote(std::function<bool(const std::filesystem::path&)> remote)
    {
        m_remote = std::move(remote);
    }

Q_SIGNALS:
    void opening(const QString& name); ///< a session is looked through; empty: no more
    void changed();                    ///< another one is open
    void said(const QString& sentence);

private:
    struct Opening;
    void open(const QString& path, bool last);
    void take(const QString& path, std::unique_ptr<QLockFile> lock);
    void prepare(
        const std::shared_ptr<Opening>& opening, const std::function<void(Opening&)>& work);
    void finish(const std::shared_ptr<Opening>& opening, const QString& problem);
    void begin(const QString& why);
    void endAttempts();
    void tellMissing();
    bool isOpen(const QString& path) const;

    Keeper& m_keeper;
    Settings& m_settings;
    std::unique_ptr<QLockFile> m_lock; ///< of the one that is open
    std::function<bool(const std::filesystem::path&)> m_remote;
    bool m_opening = false;
    bool m_attempts = false; ///< that of the last time has been opened, but does not stand yet
};
