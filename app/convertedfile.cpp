// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/convertedfile.h"

#include "app/cachefolder.h"
#include "app/settings.h"
#include "core/convert.h"
#include "core/file/folders.h"
#include "core/models.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// What a conversion's result depends on, as a text.
QByteArray contentOf(const QString& path)
{
    const fs::path cache = Settings::cacheFolder().toStdString();
    if (!QFileInfo(path).isDir())
        return QByteArray::fromStdString(fileHash(path.toStdString(), cache));
    std::vector<std::string> lines;
    lines.push_back(QFileInfo(path).canonicalFilePath().toStdString());
    for (const fs::path& file : filesBelow(path.toStdString())) {
        const bool linked = file.extension() == ".safetensors";
        lines.push_back(
            fs::relative(file, path.toStdString()).string() + " "
            + (linked ? std::string() : fileHash(file, cache)));
    }
    std::ranges::sort(lines);
    QByteArray all;
    for (const std::string& line : lines)
        all += QByteArray::fromStdString(line) + '\n';
    return all;
}

/// What was chosen, by what was made of it.
class Chosen
{
public:
    void remember(const QString& converted, const QString& chosen)
    {
        const std::scoped_lock lock(m_mutex);
        m_names[converted] = chosen;
    }
    QString namedIn(QString sentence)
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& [converted, chosen] : m_names) {
            sentence.replace(converted, chosen);
            sentence.replace(QFileInfo(converted).fileName(), QFileInfo(chosen).fileName());
        }
        return sentence;
    }

private:
    std::mutex m_mutex;
    std::map<QString, QString> m_names;
};

Chosen& chosenFiles()
{
    static Chosen files;
    return files;
}

} // namespace

QString convertedFile(const QString& path)
{
    const QFileInfo file(path);
    const QString hash = QString::fromLatin1(
        QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex());
    const QString end = hash + (file.isDir() ? QString() : QStringLiteral(".safetensors"));
    const QDir folder(Settings::cacheFolder() + QStringLiteral("/converted"));
    const QStringList same =
        folder.entryList({QStringLiteral("*-") + end}, QDir::Files | QDir::Dirs, QDir::Name);
    if (!same.isEmpty()) // of a file with another name
        return folder.filePath(same.front());
    constexpr int longest = 60; // of the chosen file's name
    return folder.filePath(file.completeBaseName().left(longest) + QLatin1Char('-') + end);
}

bool isConverted(const QString& result)
{
    if (!QFileInfo::exists(result))
        return false;
    if (isWhole(result.toStdString()))
        return true;
    std::error_code ignored;
    fs::remove_all(result.toStdString(), ignored);
    return false;
}

void takeConverted(const QString& result, const QString& checkpoint)
{
    std::error_code none;
    const fs::path beside = fs::path(result.toStdString()).replace_extension(".yaml");
    const fs::path given = fs::path(checkpoint.toStdString()).replace_extension(".yaml");
    if (!fs::copy_file(given, beside, fs::copy_options::overwrite_existing, none))
        fs::remove(beside, none);
    markUsed(result.toStdString());
    chosenFiles().remember(result, checkpoint);
    trimConverted(Settings());
}

QString namedAsChosen(QString sentence)
{
    return chosenFiles().namedIn(std::move(sentence));
}
