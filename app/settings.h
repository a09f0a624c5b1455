// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/traces.h"
#include "core/method.h"
#include "core/picture/imagefile.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <filesystem>

/// cpu, cuda, cuda:1 and so on.
bool isDevice(const QString& name);

/// The whole number kept under @p key, or @p usual where it is none or beyond the others. By its
/// text: a QVariant cuts a number that is too large for an int to another one.
int numberAt(const char* key, int least, int most, int usual);
/// What the networks may compute in: auto, fp32, bf16, fp16.
const QStringList& precisions();
/// What a UNet may predict: auto, epsilon, v_prediction, sample.
const QStringList& predictions();

/// What the window may speak: "" (as the system does), "en", "ko".
const QStringList& languages();

/// The most that can be set.
constexpr int mostMegapixels = 268, mostMegabytes = 1 << 20;

/// What outlives the program: kept with QSettings. Every read of a damaged value gives the default.
class Settings
{
public:
    Settings(); ///< looks at their file first (app/settingsfile.h)
    QString device() const;
    void setDevice(const QString& device);
    QString precision() const;
    void setPrecision(const QString& precision);
    /// What was said of a model's UNet, auto where nothing was; kept by fileStamp(), so that it
    /// counts for that very file.
    QString prediction(const std::filesystem::path& model) const;
    void setPrediction(const std::filesystem::path& model, const QString& prediction);
    QString model() const; ///< empty: the default model
    void setModel(const QString& path);
    QStringList recentModels() const; ///< newest first, at most 10, only those that exist
    QStringList recentFiles() const;  ///< pictures that were opened or saved; likewise
    QStringList recentLoras() const;  ///< likewise
    void addRecentLora(const QString& path);
    void addRecentModel(const QString& path);
    void addRecentFile(const QString& path); ///< unless they are not to be remembered
    void forgetRecentFiles();
    bool remembersFiles() const;
    void setRemembersFiles(bool remembers); ///< off: those there are forgotten
    /// Of the files that a parameter names: newest first, at most 10, only those that exist.
    QStringList recentPaths(const std::string& parameter) const;
    void addRecentPath(const std::string& parameter, const QString& path);
    QString session() const;              ///< that was open last; empty: none was
    void setSession(const QString& path); ///< a recent one from now on, too
    QStringList recentSessions() const;   ///< newest first, at most 10, only those that exist
    QString clipFile() const;             ///< an image encoder of CLIP, to rank by; empty: none
    void setClipFile(const QString& file);
    /// A file with certificates that are trusted besides the system's; empty: none.
    QString certificates() const;
    void setCertificates(const QString& file);
    QString resultFolder() const; ///< where the save dialog begins
    void setResultFolder(const QString& folder);
    /// How pictures were exported last, as the dialogue writes it; empty: never.
    QByteArray exportPlan() const;
    void setExportPlan(const QByteArray& plan);
    QString embed() const; ///< full, settings, none
    void setEmbed(const QString& embed);
    QString appearance() const; ///< system, dark, light
    void setAppearance(const QString& appearance);
    QString language() const; ///< one of languages(); it counts at the next start
    void setLanguage(const QString& language);
    /// Whether the desktop is told the end of a run that nobody looks at.
    bool notifies() const;
    void setNotifies(bool notifies);
    /// What pictures may be loaded: up to that many megapixels, 1 to 268.
    int largestPicture() const;
    void setLargestPicture(int megapixels);
    ImageLimits imageLimits() const; ///< the same, for loadImage()
    /// Megabytes of what a method keeps between runs.
    int keptLimit(const KeptFiles& kept) const;
    void setKeptLimit(const KeptFiles& kept, int megabytes);
    /// Whether runs tell what the network holds, and how much of it is kept.
    bool records() const;
    void setRecords(bool records);
    Traces::Limits traceLimits() const;
    /// Megabytes, 0 to a million.
    void setTraceLimits(int memory, int disk);
    /// What is chosen in the view into the network, as its own text.
    QByteArray inspectState() const;
    void setInspectState(const QByteArray& state);
    /// Where sessions, results that found no other place, and what is remembered lie.
    static std::filesystem::path stateFolder();
    /// Where a result is kept that could not be written where it should be.
    static std::filesystem::path keptResultsFolder();
    /// Nothing where it is not as it was written.
    QByteArray windowState() const;
    QByteArray windowGeometry() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);

    /// Makes all of the above that is a choice of the user, and stands neither in what is edited
    /// nor in the list of keys, as it was at first; gives what it was, for putBack().
    QVariantMap reset();
    void putBack(const QVariantMap& before);

    static QString cacheFolder();
};
