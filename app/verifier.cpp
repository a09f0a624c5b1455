// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/verifier.h"

#include "app/engine.h"
#include "app/runrecord.h"
#include "app/runs.h"
#include "app/settings.h"
#include "app/translated.h"
#include "app/verify.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/stopping.h"

#include <QPointer>

#include <algorithm>
#include <functional>
#include <optional>

/// A run to be made again, with all that the worker needs.
struct Verifier::Asked
{
    Method method = {};
    Request request = {};
    std::optional<Record> record = {}; ///< of a picture that was opened
    RunFacts facts = {};               ///< else
    std::vector<std::shared_ptr<const Latent>> latents = {};
    QStringList models = {}; ///< among which that of an opened picture may be
    std::stop_token stop = {}, closing = {};
    std::function<void(const QString& stage)> tell = {};

    bool stopped() const { return stop.stop_requested() || closing.stop_requested(); }
};

struct Verifier::Answer
{
    bool stopped = false, equal = false;
    std::vector<Sentence> said = {};
};

namespace {

/// Throws Error where something is not in the picture that the run needs.
void checkWhole(const Record& record, const Method& method)
{
    constexpr const char* way = "%1 is not in the picture. It can be given on the command line: "
                                "simile verify PICTURE --help.";
    for (const AbsentInput& absent : record.absent) {
        const Slot* of = slot(method, absent.slot);
        throw Error(way, inWords(of ? of->label : absent.slot));
    }
    for (const Parameter& p : method.parameters) {
        const auto used = record.resolved.find(p.id);
        if (p.file && used != record.resolved.end() && !toText(used->second).empty())
            throw Error(way, toText(used->second));
    }
    if (!record.noiseHashes.empty())
        throw Error(way, record.noiseHashes.begin()->first);
}

/// The model of a picture that was opened, among those that are known.
std::string modelOf(const Record& record, const QStringList& models)
{
    if (record.modelHash.empty())
        return {};
    const auto found = modelOfHash(models, record.modelHash);
    if (!found)
        throw Error(
            "The picture was made with the model %1, which is not among the known ones: choose it "
            "in the window, then verify again.",
            record.model);
    return found->toStdString();
}

/// Values that were used and that the method still has.
Values known(Values values, const Method& method)
{
    std::erase_if(values, [&](const auto& value) {
        return std::ranges::find(method.parameters, value.first, &Parameter::id)
            == method.parameters.end();
    });
    return values;
}

} // namespace

Verifier::Verifier(Engine& engine, Runs& runs, Settings& settings, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_runs(runs)
    , m_settings(settings)
{
}

Verifier::~Verifier()
{
    m_stop.request_stop();
}

bool Verifier::canVerify(const Run& run)
{
    return run.opened
        || ((run.state == Run::Done || run.state == Run::Stopped) && run.stepsDone() > 0);
}

void Verifier::verify(int number)
{
    const auto run = m_runs.run(number);
    const Method* method = run ? m_runs.methodOf(*run) : nullptr;
    if (m_run != 0 || !method || !canVerify(*run))
        return;
    m_runs.fetch(run->number);
    m_stop = std::stop_source();
    Asked asked {
        .method = *method,
        .request = run->request(),
        .stop = m_stop.get_token(),
        .closing = m_engine.closing()};
    // The engine is there as long as its worker runs.
    asked.tell = [engine = &m_engine, guard = QPointer(this), number](const QString& stage) {
        const auto take = [guard, number, stage] {
            if (!guard || guard->m_run != number || guard->m_stop.stop_requested())
                return;
            guard->m_stage = stage;
            Q_EMIT guard->changed();
        };
        QMetaObject::invokeMethod(engine, take, Qt::QueuedConnection);
    };
    asked.request.values = known(run->values(), *method); // whatever is recommended now
    const Computed& computed = run->opened ? run->opened->computed : run->computed;
    if (!computed.precision.empty())
        asked.request = changedWithAncestors(
            asked.request, [&](Request& request) { request.precision = computed.precision; });
    if (run->opened) {
        asked.record = *run->opened;
        asked.models = QStringList {QString()} + m_settings.recentModels();
    } else {
        asked.facts = {
            .prepared = run->prepared,
            .card = run->card,
            .modelMark = run->modelMark,
            .steps = run->stepCount,
            .clean = run->state == Run::Stopped,
            .computed = run->computed};
        for (const RunStep& step : run->steps)
            asked.latents.push_back(step.latent);
    }
    m_run = number;
    m_stage.clear();
    Q_EMIT changed();
    m_engine.ask<Answer>(
        this, [asked](Models& models) { return make(asked, models); },
        [this, number](const Answer& answer) {
            end();
            if (!answer.stopped)
                Q_EMIT said(number, answer.equal, translated(answer.said));
        },
        [this, number](const Failure& failure) {
            end();
            Q_EMIT failed(number, failure.sentence);
        });
}

/// On the worker.
Verifier::Answer Verifier::make(const Asked& asked, Models& models)
{
    if (asked.stopped())
        return {.stopped = true};
    Request request = asked.request;
    if (asked.record) {
        checkWhole(*asked.record, asked.method);
        request = changedWithAncestors(
            request,
            [model = modelOf(*asked.record, asked.models)](Request& each) { each.model = model; });
    }
    const Record record = asked.record
        ? *asked.record
        : recordOf(asked.facts, 0, int(asked.latents.size()) - 1, asked.latents, Embed::Full);
    const ModelCard card = describeModel(modelPath(request));
    std::vector<std::string> hashes;
    const auto tell = [&](const Event& event) {
        bool same = true;
        if (const auto* stage = std::get_if<StageEvent>(&event)) {
            asked.tell(translated(stage->stage));
        } else {
            const auto& step = std::get<StepEvent>(event);
            asked.tell(tr("step %1 of %2").arg(step.step).arg(step.steps));
            hashes.push_back(latentHash(*step.latent));
            same = hashes.size() > record.stepHashes.size()
                || hashes.back() == record.stepHashes[hashes.size() - 1];
            // What comes behind the picture, or where they have parted, says nothing more.
            same = same && step.step < record.step;
        }
        return ::Answer {.goOn = same && !asked.stopped(), .keep = false};
    };
    const Stopping stopping([&asked] { return asked.stopped(); });
    ::run(asked.method, prepare(asked.method, request, card), models, Report(tell));
    if (asked.stopped())
        return {.stopped = true};
    const ModelCard& chosen = asked.record || request.model.empty() ? card : asked.facts.card;
    const Verdict found = verdict(
        record, hashes,
        {.version = PROGRAM_VERSION,
         .modelHash = modelHash(chosen, Settings::cacheFolder().toStdString()),
         .computed = computedHere(request)});
    return {.equal = found.found == Verdict::Equal, .said = inSentences(found, record)};
}

void Verifier::stop()
{
    m_stop.request_stop();
    m_stage = m_run != 0 ? tr("stopping") : QString();
    Q_EMIT changed();
}

void Verifier::end()
{
    m_run = 0;
    m_stage.clear();
    Q_EMIT changed();
}
