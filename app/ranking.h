// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class Engine;
class Settings;
struct Method;
struct Run;

/// What the results of a run are ranked by.
struct Ranking
{
    SharedImage a = {}, aAfter = {}; ///< a change, where the method fills a grid; else empty
    SharedImage reference = {};      ///< the picture that was worked on
    std::vector<SharedImage> results = {};
};
/// Empty where the run began with no picture, or its pictures are away.
std::optional<Ranking> rankingOf(const Run& run, const Method& method);
/// The structural similarity (SSIM) of each result with the reference, brought to its size; NaN
/// where that is too small for it. Takes a second for 6 megapixels each.
std::vector<double> structureScores(const Ranking& ranking);

/// Ranks by CLIP, whose file the user has; in turn on the worker.
class Ranker : public QObject
{
    Q_OBJECT

public:
    Ranker(Engine& engine, Settings& settings, QObject* parent = nullptr);

    QString clipFile() const; ///< empty: none was chosen
    void setClipFile(const QString& file);

    using Done = std::function<void(const std::vector<double>&)>;
    using Failed = std::function<void(const QString& sentence)>;
    /// Of each result a cosine, -1 to 1: where there is a change, that of the directions of what
    /// became of the reference and of that change; else that of the result and the reference. One
    /// of the two is called, unless @p context is gone.
    void ask(QObject* context, const Ranking& ranking, const Done& done, const Failed& failed);

Q_SIGNALS:
    void fileChanged();

private:
    Engine& m_engine;
    Settings& m_settings;
};
