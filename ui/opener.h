// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class NoticeBar;
class Session;
struct Given;
struct Place;

/// The door for pictures from outside, whether dropped, pasted or chosen: several files fill the
/// slots by name, or a slot that takes several; a result of ours is asked about.
class Opener : public QObject
{
    Q_OBJECT

public:
    enum Manner { Ask, RestoreAtOnce }; ///< for a file that carries a run

    Opener(Session& session, NoticeBar& notices, QObject* parent = nullptr);

    void open(const QStringList& paths, const Place& place, Manner manner);
    /// One picture, of a file or of a clipboard.
    void openOne(const Given& given, const Place& place, Manner manner);

private:
    void fillSlots(QStringList paths, const Place& place);
    void take(const Given& given, const Place& place, Manner manner);

    Session& m_session;
    NoticeBar& m_notices;
};
