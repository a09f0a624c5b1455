// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class NoticeBar;
class Session;
struct Place;

/// Takes files into the session: several fill the slots by name, or a slot that takes several; a
/// result of ours is asked about.
class Opener : public QObject
{
    Q_OBJECT

public:
    enum Manner { Ask, RestoreAtOnce }; ///< for a file that carries a run

    Opener(Session& session, NoticeBar& notices, QObject* parent = nullptr);

    void open(const QStringList& paths, const Place& place, Manner manner);

private:
    void fillSlots(QStringList paths, const Place& place);
    void openOne(const QString& path, const Place& place, Manner manner);

    Session& m_session;
    NoticeBar& m_notices;
};
