// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <string>

class NoticeBar;
class Session;

/// Takes files into the session: several fill the slots by name; a result of ours is asked about.
class Opener : public QObject
{
    Q_OBJECT

public:
    enum Manner { Ask, RestoreAtOnce }; ///< for a file that carries a run

    Opener(Session& session, NoticeBar& notices, QObject* parent = nullptr);

    void open(const QStringList& paths, const std::string& slot, Manner manner);

private:
    void fillSlots(QStringList paths);
    void openOne(const QString& path, const std::string& slot, Manner manner);
    void restore(const QString& path);

    Session& m_session;
    NoticeBar& m_notices;
};
