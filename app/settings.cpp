// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings.h"

#include "core/file/hash.h"
#include "core/models.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

namespace {

constexpr int recentCount = 10;
constexpr int usualMegapixels = 268, mostMegapixels = 268;
constexpr int largestLimit = 1 << 20; // megabytes

QString text(const char* key, const QString& fallback = {})
{
    const QVariant value = QSettings().value(QLatin1String(key));
    return value.typeId() == QMetaType::QString ? value.toString() : fallback;
}

/// A text that is one of a few; anything else is damage.
QString choice(const char* key, const QStringList& accepted)
{
    const QString value = text(key);
    return accepted.contains(value) ? value : accepted.front();
}

QByteArray bytes(const char* key)
{
    const QVariant value = QSettings().value(QLatin1String(key));
    return value.typeId() == QMetaType::QByteArray ? value.toByteArray() : QByteArray();
}

void write(const char* key, const QVariant& value)
{
    QSettings().setValue(QLatin1String(key), value);
}

/// The paths that still exist. A list of one is read back as a text.
QStringList existing(const char* key)
{
    const QVariant value = QSettings().value(QLatin1String(key));
    QStringList paths;
    if (value.typeId() != QMetaType::QStringList && value.typeId() != QMetaType::QString)
        return paths;
    for (const QString& path : value.toStringList())
        if (paths.size() < recentCount && QFileInfo::exists(path) && !paths.contains(path))
            paths.append(path);
    return paths;
}

QByteArray predictionKey(const std::filesystem::path& model)
{
    const std::string stamp = fileStamp(model);
    return QByteArray("prediction/")
        + QByteArray::fromStdString(sha256(std::as_bytes(std::span(stamp))).substr(0, 32));
}

QByteArray limitKey(const KeptFiles& kept)
{
    return "keptLimit/" + QByteArray::fromStdString(kept.folder);
}

void addRecent(const char* key, const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = existing(key);
    paths.removeAll(absolute);
    paths.prepend(absolute);
    write(key, QStringList(paths.mid(0, recentCount)));
}

} // namespace

bool isDevice(const QString& name)
{
    static const QRegularExpression known(QStringLiteral("^(cpu|cuda(:\\d{1,2})?)$"));
    return known.match(name).hasMatch();
}

const QStringList& precisions()
{
    static const QStringList all = {
        QStringLiteral("auto"), QStringLiteral("fp32"), QStringLiteral("bf16"),
        QStringLiteral("fp16")};
    return all;
}

const QStringList& predictions()
{
    static const QStringList all = {
        QStringLiteral("auto"), QStringLiteral("epsilon"), QStringLiteral("v_prediction"),
        QStringLiteral("sample")};
    return all;
}

QString Settings::device() const
{
    const QString device = text("device");
    return isDevice(device) ? device : QStringLiteral("cpu");
}

void Settings::setDevice(const QString& device)
{
    write("device", device);
}

QString Settings::precision() const
{
    return choice("precision", precisions());
}

void Settings::setPrecision(const QString& precision)
{
    write("precision", precision);
}

QString Settings::prediction(const std::filesystem::path& model) const
{
    return choice(predictionKey(model).constData(), predictions());
}

void Settings::setPrediction(const std::filesystem::path& model, const QString& prediction)
{
    const QByteArray key = predictionKey(model);
    if (prediction == predictions().front())
        QSettings().remove(QLatin1String(key));
    else
        write(key.constData(), prediction);
}

QString Settings::model() const
{
    return text("model");
}

void Settings::setModel(const QString& path)
{
    write("model", path);
}

QStringList Settings::recentModels() const
{
    return existing("recentModels");
}

QStringList Settings::recentFiles() const
{
    return existing("recentFiles");
}

QStringList Settings::recentLoras() const
{
    return existing("recentLoras");
}

void Settings::addRecentLora(const QString& path)
{
    addRecent("recentLoras", path);
}

void Settings::addRecentModel(const QString& path)
{
    addRecent("recentModels", path);
}

void Settings::addRecentFile(const QString& path)
{
    addRecent("recentFiles", path);
}

QStringList Settings::recentPaths(const std::string& parameter) const
{
    return existing(("recentPaths/" + parameter).c_str());
}

void Settings::addRecentPath(const std::string& parameter, const QString& path)
{
    addRecent(("recentPaths/" + parameter).c_str(), path);
}

QString Settings::session() const
{
    return text("session");
}

void Settings::setSession(const QString& path)
{
    write("session", path);
    addRecent("recentSessions", path);
}

QStringList Settings::recentSessions() const
{
    return existing("recentSessions");
}

QString Settings::clipFile() const
{
    return text("clipFile");
}

void Settings::setClipFile(const QString& file)
{
    write("clipFile", file);
}

QString Settings::resultFolder() const
{
    const QString folder = text("resultFolder");
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        return folder;
    return QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
}

void Settings::setResultFolder(const QString& folder)
{
    write("resultFolder", folder);
}

QByteArray Settings::exportPlan() const
{
    return bytes("export");
}

void Settings::setExportPlan(const QByteArray& plan)
{
    write("export", plan);
}

QString Settings::embed() const
{
    return choice(
        "embed", {QStringLiteral("full"), QStringLiteral("settings"), QStringLiteral("none")});
}

void Settings::setEmbed(const QString& embed)
{
    write("embed", embed);
}

QString Settings::appearance() const
{
    return choice(
        "appearance", {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light")});
}

void Settings::setAppearance(const QString& appearance)
{
    write("appearance", appearance);
}

int Settings::largestPicture() const
{
    bool whole = false;
    const int megapixels = QSettings().value(QLatin1String("largestPicture")).toInt(&whole);
    return whole && megapixels >= 1 && megapixels <= mostMegapixels ? megapixels : usualMegapixels;
}

void Settings::setLargestPicture(int megapixels)
{
    write("largestPicture", megapixels);
}

ImageLimits Settings::imageLimits() const
{
    return {.pixels = int64_t(largestPicture()) * 1'000'000};
}

int Settings::keptLimit(const KeptFiles& kept) const
{
    bool whole = false;
    const int megabytes = QSettings().value(QLatin1String(limitKey(kept))).toInt(&whole);
    return whole && megabytes >= 0 && megabytes <= largestLimit ? megabytes : kept.usualLimit;
}

bool Settings::records() const
{
    return QSettings().value(QLatin1String("records"), true).toString() != QLatin1String("false");
}

void Settings::setRecords(bool records)
{
    write("records", records);
}

Traces::Limits Settings::traceLimits() const
{
    const auto bytes = [](const char* key, uint64_t usual) {
        bool whole = false;
        const int megabytes = QSettings().value(QLatin1String(key)).toInt(&whole);
        return whole && megabytes >= 0 && megabytes <= largestLimit ? uint64_t(megabytes) << 20
                                                                    : usual;
    };
    const Traces::Limits usual;
    return {.memory = bytes("traceMemory", usual.memory), .disk = bytes("traceDisk", usual.disk)};
}

void Settings::setTraceLimits(int memory, int disk)
{
    write("traceMemory", memory);
    write("traceDisk", disk);
}

void Settings::setKeptLimit(const KeptFiles& kept, int megabytes)
{
    write(limitKey(kept).constData(), megabytes);
}

QByteArray Settings::inspectState() const
{
    return bytes("inspect");
}

void Settings::setInspectState(const QByteArray& state)
{
    write("inspect", state);
}

QByteArray Settings::windowState() const
{
    return bytes("window/state");
}

QByteArray Settings::windowGeometry() const
{
    return bytes("window/geometry");
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& state)
{
    write("window/geometry", geometry);
    write("window/state", state);
}

std::filesystem::path Settings::keptResultsFolder()
{
    // Qt knows no place for state before 6.7 (XDG Base Directory Specification 0.8).
    const QString state =
        qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + QStringLiteral("/.local/state"));
    return std::filesystem::path(state.toStdString()) / "simile" / "kept";
}

QString Settings::cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/simile");
}
