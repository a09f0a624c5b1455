// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QImage>
#include <QObject>
#include <QStringList>

#include <utility>
#include <vector>

class NoticeBar;

/// A picture of a clipboard that has nothing but pixels, as it comes in.
Given pastedPicture(const QImage& image, const QString& name);

/// The door for pictures from outside, whether dropped, pasted or chosen: several files fill the
/// slots by name, or a slot that takes several; a result of ours is asked about.
class Opener : public QObject
{
    Q_OBJECT

public:
    /// Whether a file that carries a run is asked about.
    enum Manner { Ask, RestoreAtOnce };
    /// Whether it was shown already where several files would go.
    enum Order { Shown, NotShown };

    Opener(Session& session, NoticeBar& notices, QObject* parent = nullptr);

    /// Of addresses that came along nothing is fetched, which is said.
    void open(const QStringList& paths, const Place& place, Manner manner, Order order = Shown);
    /// One picture, of a file or of a clipboard.
    void openOne(const Given& given, const Place& place, Manner manner);

Q_SIGNALS:
    void presetGiven(const QString& path); ///< a file that may be one

private:
    void fillSlots(const QStringList& paths, const Place& place, Order order);
    void askFill(const QStringList& ordered, bool seen);
    void forget();
    void take(const Given& given, const Place& place, Manner manner);

    Session& m_session;
    NoticeBar& m_notices;
    QString m_told;         ///< of the places of the mode, the last
    bool m_leftOut = false; ///< addresses, of what is given
};
