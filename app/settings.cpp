// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings.h"

#include "app/settingsfile.h"
#include "core/file/hash.h"
#include "core/models.h"
#include "core/picture/imagefile.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>

namespace {

/// As a record has at most.
static_assert(mostMegapixels == mostPixels / 1'000'000);

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

QString hashOfWindow(const QByteArray& geometry, const QByteArray& state)
{
    const auto bytesOf = [](const QByteArray& array) { return std::as_bytes(std::span(array)); };
    return QString::fromStdString(sha256(bytesOf(geometry)) + sha256(bytesOf(state)));
}

/// Whether it is what was written: Qt trusts each number in it, and would wait or end for a
/// damaged one at each start.
bool windowIsWhole()
{
    return text("window/hash") == hashOfWindow(bytes("window/geometry"), bytes("window/state"));
}

void writeSetting(const char* key, const QVariant& value)
{
    QSettings().setValue(QLatin1String(key), value);
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

bool isOn(const char* key)
{
    return QSettings().value(QLatin1String(key), true).toString() != QLatin1String("false");
}

} // namespace

int numberAt(const char* key, int least, int most, int usual)
{
    bool whole = false;
    const int value = QSettings().value(QLatin1String(key)).toString().toInt(&whole);
    return whole && value >= least && value <= most ? value : usual;
}

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

const QStringList& languages()
{
    static const QStringList all = {QString(), QStringLiteral("en"), QStringLiteral("ko")};
    return all;
}

Settings::Settings()
{
    settingsFault();
}

QString Settings::device() const
{
    const QString device = text("device");
    return isDevice(device) ? device : QStringLiteral("cpu");
}

void Settings::setDevice(const QString& device)
{
    writeSetting("device", device);
}

QString Settings::precision() const
{
    return choice("precision", precisions());
}

void Settings::setPrecision(const QString& precision)
{
    writeSetting("precision", precision);
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
        writeSetting(key.constData(), prediction);
}

QString Settings::model() const
{
    return text("model");
}

void Settings::setModel(const QString& path)
{
    writeSetting("model", path);
}

QString Settings::session() const
{
    return text("session");
}

QString Settings::clipFile() const
{
    return text("clipFile");
}

void Settings::setClipFile(const QString& file)
{
    writeSetting("clipFile", file);
}

QString Settings::certificates() const
{
    return text("certificates");
}

void Settings::setCertificates(const QString& file)
{
    writeSetting("certificates", file);
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
    writeSetting("resultFolder", folder);
}

QByteArray Settings::exportPlan() const
{
    return bytes("export");
}

void Settings::setExportPlan(const QByteArray& plan)
{
    writeSetting("export", plan);
}

QString Settings::embed() const
{
    return choice(
        "embed", {QStringLiteral("full"), QStringLiteral("settings"), QStringLiteral("none")});
}

void Settings::setEmbed(const QString& embed)
{
    writeSetting("embed", embed);
}

QString Settings::appearance() const
{
    return choice(
        "appearance", {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light")});
}

void Settings::setAppearance(const QString& appearance)
{
    writeSetting("appearance", appearance);
}

QString Settings::language() const
{
    return choice("language", languages());
}

void Settings::setLanguage(const QString& language)
{
    writeSetting("language", language);
}

bool Settings::notifies() const
{
    return isOn("notifies");
}

void Settings::setNotifies(bool notifies)
{
    writeSetting("notifies", notifies);
}

bool Settings::remembersFiles() const
{
    return isOn("remembersFiles");
}

void Settings::setRemembersFiles(bool remembers)
{
    writeSetting("remembersFiles", remembers);
    if (!remembers)
        forgetRecentFiles();
}

int Settings::largestPicture() const
{
    return numberAt("largestPicture", 1, mostMegapixels, mostMegapixels);
}

void Settings::setLargestPicture(int megapixels)
{
    writeSetting("largestPicture", megapixels);
}

ImageLimits Settings::imageLimits() const
{
    return {.pixels = int64_t(largestPicture()) * 1'000'000};
}

int Settings::keptLimit(const KeptFiles& kept) const
{
    return numberAt(limitKey(kept).constData(), 0, mostMegabytes, kept.usualLimit);
}

bool Settings::records() const
{
    return isOn("records");
}

void Settings::setRecords(bool records)
{
    writeSetting("records", records);
}

Traces::Limits Settings::traceLimits() const
{
    const auto bytes = [](const char* key, uint64_t usual) {
        const int megabytes = numberAt(key, 0, mostMegabytes, -1);
        return megabytes < 0 ? usual : uint64_t(megabytes) << 20;
    };
    const Traces::Limits usual;
    return {.memory = bytes("traceMemory", usual.memory), .disk = bytes("traceDisk", usual.disk)};
}

void Settings::setTraceLimits(int memory, int disk)
{
    writeSetting("traceMemory", memory);
    writeSetting("traceDisk", disk);
}

void Settings::setKeptLimit(const KeptFiles& kept, int megabytes)
{
    writeSetting(limitKey(kept).constData(), megabytes);
}

QByteArray Settings::inspectState() const
{
    return bytes("inspect");
}

void Settings::setInspectState(const QByteArray& state)
{
    writeSetting("inspect", state);
}

QByteArray Settings::windowState() const
{
    return windowIsWhole() ? bytes("window/state") : QByteArray();
}

QByteArray Settings::windowGeometry() const
{
    return windowIsWhole() ? bytes("window/geometry") : QByteArray();
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& state)
{
    writeSetting("window/geometry", geometry);
    writeSetting("window/state", state);
    writeSetting("window/hash", hashOfWindow(geometry, state));
}

std::filesystem::path Settings::stateFolder()
{
    // Qt knows no place for state before 6.7 (XDG Base Directory Specification 0.8).
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state)) // none, or one that means nothing
        state = QDir::homePath() + QStringLiteral("/.local/state");
    return std::filesystem::path(state.toStdString()) / "simile";
}

std::filesystem::path Settings::keptResultsFolder()
{
    return stateFolder() / "kept";
}

QString Settings::cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/simile");
}
