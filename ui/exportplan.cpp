// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/exportplan.h"

#include "app/exportname.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

struct ExportWords
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

const char* embedName(Embed embed)
{
    return embed == Embed::Full ? "full" : embed == Embed::Settings ? "settings" : "nothing";
}

} // namespace

bool ofSteps(ExportWhat what)
{
    return what == ExportWhat::Frames || what == ExportWhat::Animation;
}

bool asMade(ExportWhat what)
{
    return what == ExportWhat::Result || what == ExportWhat::Candidates || what == ExportWhat::Grid;
}

std::vector<ExportWhatName> exportWhats()
{
    return {
        {ExportWhat::Result, "shown", ExportWords::tr("The picture that is shown"),
         ExportWords::tr("The candidate and the step that are shown now.")},
        {ExportWhat::Candidates, "candidates", ExportWords::tr("All candidates"),
         ExportWords::tr("Every candidate of the run in a file of its own.")},
        {ExportWhat::Sheet, "sheet", ExportWords::tr("A sheet of all candidates"),
         ExportWords::tr("All candidates side by side in one picture, with their seeds.")},
        {ExportWhat::Grid, "grid", ExportWords::tr("The filled grid"),
         ExportWords::tr("All that the network made, with the frame around the cells.")},
        {ExportWhat::Frames, "frames", ExportWords::tr("The steps, a file each"),
         ExportWords::tr("Every step decoded in full, into a folder of that name.")},
        {ExportWhat::Animation, "animation", ExportWords::tr("The steps as an animation"),
         ExportWords::tr("Every step decoded in full, as one animated WebP without loss.")},
        {ExportWhat::Latents, "latents", ExportWords::tr("The latents, as numbers"),
         ExportWords::tr(
             "The latent of every step in one safetensors file: step-000 is the start.")}};
}

QString ExportPlan::suffix() const
{
    if (what == ExportWhat::Latents)
        return QStringLiteral("safetensors");
    return QString::fromLatin1(
        nameOf(what == ExportWhat::Animation ? PictureFormat::WebP : format).suffix);
}

bool ExportPlan::isDeep() const
{
    return deep && asMade(what) && ::isDeep(format);
}

QByteArray toJson(const ExportPlan& plan)
{
    const auto whats = exportWhats();
    const auto what = std::ranges::find(whats, plan.what, &ExportWhatName::what);
    const QJsonObject object {
        {QStringLiteral("what"), QString::fromLatin1(what->id)},
        {QStringLiteral("format"), QString::fromLatin1(nameOf(plan.format).suffix)},
        {QStringLiteral("quality"), plan.quality},
        {QStringLiteral("deep"), plan.deep},
        {QStringLiteral("longSide"), plan.longSide},
        {QStringLiteral("embed"), QString::fromLatin1(embedName(plan.embed))},
        {QStringLiteral("folder"), plan.folder},
        {QStringLiteral("name"), plan.name},
        {QStringLiteral("milliseconds"), plan.milliseconds}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

ExportPlan exportPlanFrom(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto text = [&](const char* key) { return object[QLatin1String(key)].toString(); };
    const auto number = [&](const char* key, int usual, int least, int most) {
        return std::clamp(object[QLatin1String(key)].toInt(usual), least, most);
    };
    ExportPlan plan;
    for (const ExportWhatName& each : exportWhats())
        if (text("what") == QLatin1String(each.id))
            plan.what = each.what;
    plan.format = formatOfSuffix(text("format").toStdString()).value_or(plan.format);
    plan.quality = number("quality", plan.quality, 1, bestQuality);
    plan.deep = object[QLatin1String("deep")].toBool();
    plan.longSide = number("longSide", 0, 0, largestSide);
    for (const Embed embed : {Embed::Full, Embed::Settings, Embed::None})
        if (text("embed") == QLatin1String(embedName(embed)))
            plan.embed = embed;
    plan.folder = text("folder");
    plan.name = text("name").isEmpty() ? usualNameTemplate() : text("name");
    plan.milliseconds = number("milliseconds", plan.milliseconds, 10, slowest);
    return plan; // to replace files is chosen anew each time
}
