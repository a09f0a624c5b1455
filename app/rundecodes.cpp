// SPDX-License-Identifier: GPL-3.0-or-later
// Of Runs: steps that are decoded in full.

#include "app/methodlist.h"
#include "app/runs.h"

#include <tuple>
#include <utility>

Engine::Turn Runs::turnFor(const Run& run) const
{
    const auto busy = inProgress();
    const auto files = [](const Run& of, const Method* method) {
        const Parameter* own = method ? parameter(*method, Role::Autoencoder) : nullptr;
        const auto found = own ? of.values().find(own->id) : of.values().end();
        const Request& r = of.request();
        return std::tuple(
            r.model, r.device, r.precision, r.prediction, loraKey(r.loras),
            found == of.values().end() ? std::string() : toText(found->second));
    };
    const bool same = busy && files(*busy, methodOf(*busy)) == files(run, methodOf(run));
    return same ? Engine::BetweenSteps : Engine::InOrder;
}

void Runs::decodeStep(int step, Decode of)
{
    const auto run = current();
    if (!run || step < 0 || step >= int(run->steps.size()))
        return;
    const RunStep& at = run->steps[std::size_t(step)];
    const auto latent = of == Decode::Seen ? seenAt(at) : at.latent;
    const bool done = !(of == Decode::Seen ? at.decoded : at.decodedLatent).empty();
    const Method* method = methodOf(*run);
    const int number = run->number;
    if (done || !latent || !method || !method->decode
        || !m_decoding.insert({number, step, of}).second)
        return;
    using Candidates = std::vector<Candidate>;
    m_engine.ask<Candidates>(
        this,
        [method = *method, request = run->prepared.whole(), latent](Models& models) {
            return decoded(method, request, models, *latent);
        },
        [this, number, step, of](const Candidates& candidates) {
            m_decoding.erase({number, step, of});
            takeDecoded(number, step, of, candidates);
        },
        [this, number, step, of](const Failure& failure) {
            m_decoding.erase({number, step, of});
            Q_EMIT decodeFailed(number, step, failure.sentence);
        },
        turnFor(*run));
}

bool Runs::canDecodeDeep(const Run& run, int step) const
{
    const Method* method = methodOf(run);
    return method && method->decodeDeep && step >= 0 && step < int(run.steps.size())
        && seenAt(run.steps[std::size_t(step)]);
}

void Runs::decodeDeep(
    QObject* context, int step, std::function<void(const std::vector<DeepCandidate>&)> done,
    std::function<void(const QString& sentence)> failed)
{
    const auto run = current();
    if (!run || !canDecodeDeep(*run, step))
        return failed(tr("Step %1 is not kept, so it cannot be decoded.").arg(step));
    m_engine.ask<std::vector<DeepCandidate>>(
        context,
        [method = *methodOf(*run), request = run->prepared.whole(),
         latent = seenAt(run->steps[std::size_t(step)])](Models& models) {
            return decodedDeep(method, request, models, *latent);
        },
        std::move(done),
        [failed = std::move(failed)](const Failure& failure) { failed(failure.sentence); },
        turnFor(*run));
}

void Runs::takeDecoded(int number, int step, Decode of, const std::vector<Candidate>& candidates)
{
    const auto decoded = run(number);
    if (!decoded || step >= int(decoded->steps.size()))
        return; // it was removed meanwhile, or its steps are away
    RunStep& at = decoded->steps[std::size_t(step)];
    (of == Decode::Seen ? at.decoded : at.decodedLatent) = candidates;
    Q_EMIT stepDecoded(number, step);
}
