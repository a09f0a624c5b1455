// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

class QLocalServer;
class QLocalSocket;

/// What a second start of the program hands to the window that is open already.
struct Handed
{
    QStringList files = {}; ///< with their whole paths
    QString token = {};     ///< of the desktop, by which a window may come up by itself
};

/// Lets one program have the window: a second start hands its files to the first one and ends. They
/// meet at a socket that only the user can open. No more than a megabyte is taken, and nothing is
/// handed to a program that does not answer first; one that falls silent after it did may still
/// take it later.
class Instance : public QObject
{
    Q_OBJECT

public:
    enum Found {
        First,      ///< nobody else is here; handed() tells of those that come
        HandedOver, ///< the other one has it
        Deaf        ///< there is another one that does not answer
    };

    /// @p path is that of the socket; empty: there is none, and everyone is the first.
    explicit Instance(QString path, QObject* parent = nullptr);
    ~Instance() override;

    /// Waits for an answer no longer than that.
    Found begin(const Handed& handed, std::chrono::milliseconds patience);

Q_SIGNALS:
    void handed(const Handed& handed);

private:
    bool isListening(QLocalSocket& other, std::chrono::milliseconds patience) const;
    void listen();
    void serve(QLocalSocket& socket);
    void take(QLocalSocket& socket);

    QString m_path;
    std::unique_ptr<QLocalServer> m_server;
};

/// The socket of those who share all of @p marks (settings, sessions, a display), in the folder
/// that the system keeps for the user's sockets; empty where there is none.
QString instancePath(const QStringList& marks);
