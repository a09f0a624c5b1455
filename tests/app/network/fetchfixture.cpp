// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/network/fetchfixture.h"

#include "core/file/files.h"
#include "core/file/hash.h"

#include <QEventLoop>
#include <QRandomGenerator>
#include <QTest>

QByteArray someBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    QRandomGenerator random(7);
    for (char& byte : bytes)
        byte = char(random.generate());
    return bytes;
}

std::string hashOf(const QByteArray& bytes)
{
    return sha256(std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size()))));
}

QByteArray contents(const fs::path& file)
{
    return QByteArray::fromStdString(readText(file));
}

QString Ended::why() const
{
    return QString::fromStdString(english(outcome.why));
}

QString Ended::notes() const
{
    QStringList all;
    for (const Sentence& note : outcome.notes)
        all << QString::fromStdString(english(note));
    return all.join(QLatin1Char('\n'));
}

Ended fetch(const FetchSource& source, std::shared_ptr<const DownloadRules> rules)
{
    Ended ended;
    Download download(source, std::move(rules));
    QEventLoop loop;
    QObject::connect(&download, &Fetching::progress, &loop, [&](const FetchProgress& progress) {
        ended.progress.push_back(progress);
    });
    QObject::connect(&download, &Fetching::finished, &loop, [&](const FetchOutcome& outcome) {
        ended.outcome = outcome;
        loop.quit();
    });
    QMetaObject::invokeMethod(&download, &Fetching::start, Qt::QueuedConnection);
    loop.exec();
    return ended;
}

Served status(int number, const QList<QPair<QByteArray, QByteArray>>& lines)
{
    return {.status = number, .lines = lines, .body = "<html>"};
}

QPair<QByteArray, QByteArray> line(const QByteArray& name, const QByteArray& value)
{
    return {name, value};
}

void FetchFixture::begin()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = {.bytes = someBytes(100'000)};
    m_server = std::make_unique<FileServer>(
        [this](const Asked& asked) { return m_file.answer(asked, *m_server); });
}

/// No link, no token: in nothing that was written.
void FetchFixture::end()
{
    for (const auto& entry : fs::recursive_directory_iterator(m_folder->path().toStdString()))
        if (entry.is_regular_file() && entry.file_size() < 10'000'000)
            QVERIFY2(!contents(entry.path()).contains("SECRET"), entry.path().c_str());
    m_server.reset();
    m_folder.reset();
}

FetchSource FetchFixture::source(bool known) const
{
    return {
        .at = {.repository = "owner/name", .revision = "main", .file = "folder/model.safetensors"},
        .target = m_folder->filePath(QStringLiteral("loras/model.safetensors")).toStdString(),
        .sha256 = known ? hashOf(m_file.bytes) : std::string(),
        .bytes = known ? uint64_t(m_file.bytes.size()) : 0};
}

fs::path FetchFixture::part() const
{
    return source().target.string() + ".simile-part";
}
