// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settingsformat.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QTemporaryDir>

#include <atomic>

#include <sys/mman.h>
#include <unistd.h>

namespace {

bool read(QIODevice& device, QSettings::SettingsMap& map)
{
    // Qt knows a file again by its name, size and time: so two in memory are never of one size.
    static std::atomic<int> turn = 0;
    const QByteArray content = device.readAll() + QByteArray(1 + ++turn % 4096, '\n');
    const int memory = ::memfd_create("settings", MFD_CLOEXEC);
    if (memory < 0)
        return false;
    const auto close = qScopeGuard([memory] { ::close(memory); });
    if (::write(memory, content.constData(), std::size_t(content.size())) != content.size())
        return false;
    const QSettings text(QStringLiteral("/proc/self/fd/%1").arg(memory), QSettings::IniFormat);
    for (const QString& key : text.allKeys())
        map[key] = text.value(key);
    return true; // also where something is damaged: else all of it would be left out
}

/// In memory where there is such a folder, so that it does not matter what disk is full.
QString folderForText()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath())
        + QStringLiteral("/simile-settings-XXXXXX");
}

/// As Qt writes it; nothing where it could not write all. It stands in an order by sections' names,
/// so that the last one is there only if all are.
QByteArray textOf(const QSettings::SettingsMap& map)
{
    const QTemporaryDir folder(folderForText());
    const QString path = folder.filePath(QStringLiteral("text"));
    {
        QSettings text(path, QSettings::IniFormat);
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            text.setValue(entry.key(), entry.value());
        text.setValue(QStringLiteral("~/end"), true);
    }
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return {};
    const QByteArray content = file.readAll(), end = "[%7E]\nend=true\n";
    return content.endsWith(end) ? content.chopped(end.size()) : QByteArray();
}

} // namespace

bool writeSettings(QIODevice& device, const QSettings::SettingsMap& map)
{
    QByteArray text = textOf(map);
    if (text.isEmpty() && !map.isEmpty())
        return false;
    if (text.endsWith("\n\n")) // between sections
        text.chop(1);
    auto& output = static_cast<QFileDevice&>(device); // QSettings gives one
    return output.write(text) == text.size() && output.flush() && ::fsync(output.handle()) == 0;
}

QSettings::Format settingsFormat()
{
    static const QSettings::Format format =
        QSettings::registerFormat(QStringLiteral("conf"), read, writeSettings);
    return format;
}
