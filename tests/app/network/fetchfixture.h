// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/download.h"
#include "tests/app/network/fileserver.h"

#include <QByteArray>
#include <QPair>
#include <QString>
#include <QTemporaryDir>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace fs = std::filesystem;

QByteArray someBytes(int count);
std::string hashOf(const QByteArray& bytes);
QByteArray contents(const fs::path& file);
/// A failure with that number, and a page.
Served status(int number, const QList<QPair<QByteArray, QByteArray>>& lines = {});
QPair<QByteArray, QByteArray> line(const QByteArray& name, const QByteArray& value);

/// How a download ended, and what it said on the way.
struct Ended
{
    FetchOutcome outcome = {};
    std::vector<FetchProgress> progress = {};

    QString why() const;
    QString notes() const;
};

/// Fetches on this thread.
Ended fetch(const FetchSource& source, std::shared_ptr<const DownloadRules> rules);

/// A server with a file, and a folder for it.
class FetchFixture : public QObject
{
    Q_OBJECT

protected:
    void begin();
    void end(); ///< looks whether a secret was written
    /// The file as it is wanted; @p known: with its hash and size.
    FetchSource source(bool known = true) const;
    fs::path part() const; ///< of it, as far as it came

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileServer> m_server;
    Published m_file;
};
