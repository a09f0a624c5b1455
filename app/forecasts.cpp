// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/forecasts.h"

#include "app/runs.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/memory.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtConcurrentRun>

#include <algorithm>
#include <cmath>

namespace {

constexpr int samplesKept = 5, kindsKept = 300;
constexpr uint64_t largestFile = 16 << 20;

QString filePath()
{
    return Settings::cacheFolder() + QStringLiteral("/forecasts.json");
}

std::optional<int> stepsIn(const Method& method, const Values& values)
{
    for (const Parameter& p : method.parameters)
        if (p.role == Role::Steps)
            return std::get<int>(values.at(p.id));
    return {};
}

/// What a value says of the costs: words nothing, of guidance whether there are two passes, of
/// other broken numbers whether something is on. How strongly a picture is changed says how many of
/// the steps are taken.
std::string costOf(const Parameter& p, const Value& value)
{
    const auto* number = std::get_if<double>(&value);
    if (p.role == Role::Steps || p.role == Role::Prompt || p.role == Role::NegativePrompt
        || p.multiline)
        return {};
    if (p.role == Role::Guidance && number)
        return *number == 1 ? "one" : "two";
    if (number && p.role != Role::Strength)
        return *number == 0 ? "off" : "on";
    return toText(value);
}

QString kindOf(
    const Method& method, const Request& request, const Values& values, const ModelCard& card)
{
    std::string text = request.method + "\n" + card.path.string() + "\n" + request.device + "\n"
        + request.precision;
    for (const Parameter& p : method.parameters)
        text += "\n" + p.id + "=" + costOf(p, values.at(p.id));
    for (const auto& [slot, pictures] : request.images)
        text += "\n" + slot + ":" + std::to_string(pictures.size());
    return QString::fromStdString(sha256(std::as_bytes(std::span(text))).substr(0, 24));
}

/// Whether it takes what others of its kind take: no part of a run, and nothing that is computed
/// besides.
bool isPlain(const Request& request)
{
    return !request.branch && request.touches.empty();
}

double median(const QJsonArray& samples, QLatin1String what)
{
    std::vector<double> all;
    for (const auto& sample : samples)
        all.push_back(sample.toObject().value(what).toDouble());
    if (all.empty())
        return 0;
    const auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return *middle;
}

} // namespace

Forecasts::Forecasts(Runs& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
{
    m_writer.setMaxThreadCount(1);
    try {
        const auto bytes = readFile(filePath().toStdString(), largestFile);
        m_kinds = QJsonDocument::fromJson(
                      QByteArray(reinterpret_cast<const char*>(bytes.data()), bytes.size()))
                      .object();
    } catch (const Error&) {
        // nothing was learnt yet
    }
    connect(&runs, &Runs::added, this, [this](int number) {
        const auto run = m_runs.inProgress();
        if (run && run->number == number && watchPeakMemory())
            m_watched = number;
    });
    connect(&runs, &Runs::ended, this, [this](int number) {
        if (const auto run = m_runs.run(number))
            learn(*run);
    });
}

Forecasts::~Forecasts()
{
    m_writer.waitForDone();
}

std::optional<Forecast> Forecasts::of(
    const Method& method, const Request& request, const Values& values, const ModelCard& card) const
{
    const auto steps = stepsIn(method, values);
    const QJsonArray samples =
        m_kinds.value(kindOf(method, request, values, card)).toObject().value(u"runs").toArray();
    if (!steps || samples.isEmpty() || !isPlain(request))
        return {};
    return Forecast {
        .seconds = median(samples, QLatin1String("rest"))
            + median(samples, QLatin1String("stepSeconds")) * *steps,
        .memory = uint64_t(std::max(0., median(samples, QLatin1String("memory"))))};
}

/// A step is one of those that were asked for: where a picture is changed by half, half of them are
/// taken.
void Forecasts::learn(const Run& run)
{
    const Method* method = m_runs.methodOf(run);
    if (run.state != Run::Done || run.goesOn || !method || !isPlain(run.request()))
        return;
    const auto steps = stepsIn(*method, run.values());
    if (!steps || *steps < 1 || run.stepCount < 1 || run.secondsPerStep <= 0)
        return;
    const double sampling = run.secondsPerStep * run.stepCount;
    const bool here = m_watched == run.number && run.request().device == "cpu";
    const QJsonObject sample {
        {QStringLiteral("stepSeconds"), sampling / *steps},
        {QStringLiteral("rest"), std::max(0., run.seconds - sampling)},
        {QStringLiteral("memory"), here ? double(peakMemory()) : 0.}};
    const QString kind = kindOf(*method, run.request(), run.values(), run.prepared.card);
    QJsonArray samples = m_kinds.value(kind).toObject().value(u"runs").toArray();
    samples.append(sample);
    while (samples.size() > samplesKept)
        samples.removeFirst();
    if (!m_kinds.contains(kind) && m_kinds.size() >= kindsKept)
        m_kinds = {}; // rather than to keep account of their age
    m_kinds.insert(kind, QJsonObject {{QStringLiteral("runs"), samples}});
    write();
    Q_EMIT learnt();
}

/// What cannot be written is learnt again the next time.
void Forecasts::write()
{
    m_writer.start([path = filePath(), kinds = m_kinds] {
        try {
            QDir().mkpath(Settings::cacheFolder());
            const QByteArray text = QJsonDocument(kinds).toJson(QJsonDocument::Compact);
            writeFileAtomically(path.toStdString(), std::as_bytes(std::span(text)));
        } catch (const Error&) {
        }
    });
}
