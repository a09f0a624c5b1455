// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

class Keeper;
class Settings;

/// Which session is open: that of the last time, a new one, another file. One window has a session
/// at a time; programs without a window may add to it meanwhile.
class Sessions : public QObject
{
    Q_OBJECT

public:
    Sessions(Keeper& keeper, Settings& settings, QObject* parent = nullptr);

    /// Opens the session of the last time. Where that cannot be, it stays as it is, a new one is
    /// opened, and said() follows once; where nothing can be written, nothing is kept, and that is
    /// said.
    void openLast();
    void openNew();
    /// Opens a file where it lies, or a copy of it where it cannot be written or a newer Simile
    /// wrote it; said() follows where that is so, or where it cannot be opened. True: it is open.
    bool open(const QString& path);
    /// Writes a copy to pass on, in the background; Keeper::saved() follows, or said() where that
    /// cannot be. True: it is being written.
    bool saveAs(const QString& path);
    QStringList recent() const; ///< but for the one that is open; newest first
    QString path() const;       ///< of the one that is open; empty: nothing is kept

    /// Where sessions without a place of their own lie.
    static QString folder();
    /// What the name of a session's file ends with.
    static QString suffix() { return QStringLiteral(".simile"); }

Q_SIGNALS:
    void changed(); ///< another one is open
    void said(const QString& sentence);

private:
    QString take(const QString& path, bool foreign, const QString& name);
    QString takeNewer(const QString& path, const QString& name);
    void begin(const QString& why);
    void tellMissing();
    QString freshPath() const;
    bool isOpen(const QString& path) const;

    Keeper& m_keeper;
    Settings& m_settings;
    std::unique_ptr<QLockFile> m_lock; ///< of the one that is open
};
