// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/branch.h"

#include "core/errors.h"

namespace {

/// How many ancestors a request has.
int depthOf(const Request& request)
{
    int depth = 0;
    for (const Request* at = &request; at->branch; at = at->branch->parent.get())
        ++depth;
    return depth;
}

bool samePictures(const Slot& slot, const Request& request, const Request& parent)
{
    const auto now = request.images.find(slot.id), then = parent.images.find(slot.id);
    const bool is = now != request.images.end(), was = then != parent.images.end();
    return is == was && (!is || now->second == then->second);
}

} // namespace

uint64_t seedAt(const Request& request, int step)
{
    const Request* at = &request;
    while (at->branch && step < at->branch->step)
        at = at->branch->parent.get();
    return at->seed;
}

uint64_t startSeed(const Request& request)
{
    const Request* at = &request;
    while (at->branch)
        at = at->branch->parent.get();
    return at->seed;
}

std::vector<Sentence> changedInBranch(
    const Method& method, const Request& request, const ModelCard& model)
{
    const Request& parent = *request.branch->parent;
    if (request.method != parent.method)
        return {"the method"};
    std::vector<Sentence> changed;
    const auto compare = [&](const auto& now, const auto& then, const Sentence& what) {
        if (now != then)
            changed.push_back(what);
    };
    compare(request.model, parent.model, "the model");
    compare(request.device, parent.device, "the device");
    compare(request.precision, parent.precision, "the precision");
    compare(request.prediction, parent.prediction, "what the model predicts");
    compare(loraKey(request.loras), loraKey(parent.loras), "the LoRAs");
    compare(request.noise, parent.noise, "the stored noise");
    const Values now = resolve(method, request, model), then = resolve(method, parent, model);
    for (const Parameter& p : method.parameters)
        if (!p.mayChange && now.at(p.id) != then.at(p.id))
            changed.push_back(inWords(p.label));
    for (const Slot& slot : method.slots)
        if (!slot.mayChange && !samePictures(slot, request, parent))
            changed.push_back(inWords(slot.label));
    return changed;
}

void checkBranch(const Method& method, const Request& request, const ModelCard& model)
{
    if (depthOf(request) > deepestBranch)
        throw ValueError(
            "This is a branch of a branch, %1 deep; %2 is the most. Start a run of its own.",
            depthOf(request), deepestBranch);
    if (request.branch->step < 0)
        throw ValueError("A branch begins at a step from 0 on, not at %1.", request.branch->step);
    if (const auto changed = changedInBranch(method, request, model); !changed.empty())
        throw ValueError(
            "A branch goes on from another run, so %1 has to stay as it was there: put it back, or "
            "start a run of its own.",
            changed.front());
}

std::optional<DoneSteps> parentSteps(
    const Method& method, const Prepared& branch, Models& models, const Report& report)
{
    const Branch& from = *branch.request.branch;
    DoneSteps done = report.done;
    if (int(done.predictions.size()) >= from.step)
        return done;
    bool stopped = false, told = true;
    const auto tell = [&](const Event& event) {
        const auto* step = std::get_if<StepEvent>(&event);
        if (!step)
            return report(event);
        told = told && (step->prediction || step->step == 0);
        if (told && step->step > int(done.predictions.size()))
            done.predictions.push_back(step->prediction);
        const Answer answer = report(StageEvent {
            "Taking the steps of the run that this one goes on from", step->step, from.step});
        stopped = !answer.goOn;
        return Answer {.goOn = !stopped && told && step->step < from.step, .keep = false};
    };
    const Result result = run(
        method, prepare(method, *from.parent, branch.card), models, Report(tell, {}, report.done));
    if (int(done.predictions.size()) >= from.step)
        return done;
    if (!told)
        throw ValueError(
            "%1 does not tell what it predicts, so no run can go on from another of it.",
            inWords(method.name));
    if (stopped || result.stopped)
        return {};
    throw ValueError(
        "The run that this one goes on from has %1 steps: it cannot branch off after %2.",
        done.predictions.size(), from.step);
}

void addUnrecorded(const Method& method, Request& request, Values& resolved)
{
    Values meant;
    for (const Parameter& p : method.parameters)
        if (p.unrecorded && resolved.try_emplace(p.id, *p.unrecorded).second)
            meant[p.id] = *p.unrecorded;
    if (!meant.empty())
        request = changedWithAncestors(
            request, [&](Request& each) { each.values.insert(meant.begin(), meant.end()); });
}

Request changedWithAncestors(Request request, const std::function<void(Request&)>& change)
{
    change(request);
    if (request.branch)
        request.branch = Branch {
            .parent = std::make_shared<const Request>(
                changedWithAncestors(*request.branch->parent, change)),
            .step = request.branch->step};
    return request;
}
