// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ranking.h"

#include "app/engine.h"
#include "app/runs.h"
#include "app/settings.h"
#include "core/likeness.h"
#include "core/method.h"
#include "core/picture/difference.h"
#include "core/picture/resample.h"

std::optional<Ranking> rankingOf(const Run& run, const Method& method)
{
    const auto& images = run.request().images;
    const auto first = [&](const Slot& slot) {
        const auto found = images.find(slot.id);
        return found == images.end() || found->second.empty() ? SharedImage()
                                                              : found->second.front().image;
    };
    Ranking ranking;
    if (const Slot* main = mainSlot(method))
        ranking.reference = first(*main);
    if (method.onGrid && method.slots.size() >= 2) {
        ranking.a = first(method.slots[0]);
        ranking.aAfter = first(method.slots[1]);
    }
    for (const Candidate& candidate : run.candidates)
        ranking.results.push_back(candidate.image);
    if (ranking.reference.empty() || ranking.results.empty())
        return {};
    return ranking;
}

std::vector<double> structureScores(const Ranking& ranking)
{
    std::vector<double> scores;
    for (const SharedImage& result : ranking.results)
        scores.push_back(similarityOf(
            flattened(
                resize(ranking.reference, result->width, result->height, Filter::Bicubic), {}),
            result));
    return scores;
}

Ranker::Ranker(Engine& engine, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_settings(settings)
{
}

QString Ranker::clipFile() const
{
    return m_settings.clipFile();
}

void Ranker::setClipFile(const QString& file)
{
    if (file == clipFile())
        return;
    m_settings.setClipFile(file);
    Q_EMIT fileChanged();
}

void Ranker::ask(QObject* context, const Ranking& ranking, const Done& done, const Failed& failed)
{
    const auto work = [ranking, file = std::filesystem::path(clipFile().toStdString()),
                       closing = m_engine.closing()](Models& models) {
        const StageReport goOn([closing](const StageEvent&) { return !closing.stop_requested(); });
        return ranking.a.empty() || ranking.aAfter.empty()
            ? clipLikeness(file, ranking.reference, ranking.results, models, goOn)
            : clipDirections(
                file, ranking.a, ranking.aAfter, ranking.reference, ranking.results, models, goOn);
    };
    m_engine.ask<std::vector<double>>(
        context, work, done, [failed](const Failure& failure) { failed(failure.sentence); });
}
