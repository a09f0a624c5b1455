// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/branch.h"

#include "core/errors.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace {

/// By the method's id; behind the mutex.
std::map<std::string, MayChange>& changes()
{
    static std::map<std::string, MayChange> all;
    return all;
}
std::mutex changesMutex;

/// How many ancestors a request has.
int depthOf(const Request& request)
{
    int depth = 0;
    for (const Request* at = &request; at->branch; at = at->branch->parent.get())
        ++depth;
    return depth;
}

[[noreturn]] void refuse(const Sentence& what)
{
    throw ValueError(
        "A branch goes on from another run, so %1 has to stay as it was there: put it back, or "
        "start a run of its own.",
        what);
}

void checkPictures(
    const Method& method, const MayChange& may, const Request& request, const Request& parent)
{
    for (const Slot& slot : method.slots) {
        const auto now = request.images.find(slot.id), then = parent.images.find(slot.id);
        const bool is = now != request.images.end(), was = then != parent.images.end();
        if (!may.slots.contains(slot.id) && (is != was || (is && now->second != then->second)))
            refuse(inWords(slot.label));
    }
}

} // namespace

void setMayChange(const std::string& method, MayChange what)
{
    const std::scoped_lock lock(changesMutex);
    changes()[method] = std::move(what);
}

MayChange mayChange(const std::string& method)
{
    const std::scoped_lock lock(changesMutex);
    const auto found = changes().find(method);
    return found == changes().end() ? MayChange() : found->second;
}

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

void checkBranch(const Method& method, const Request& request, const ModelCard& model)
{
    const Request& parent = *request.branch->parent;
    if (depthOf(request) > deepestBranch)
        throw ValueError(
            "This is a branch of a branch, %1 deep; %2 is the most. Start a run of its own.",
            depthOf(request), deepestBranch);
    if (request.branch->step < 0)
        throw ValueError("A branch begins at a step from 0 on, not at %1.", request.branch->step);
    if (request.method != parent.method)
        refuse("the method");
    if (request.model != parent.model)
        refuse("the model");
    if (request.device != parent.device)
        refuse("the device");
    if (request.precision != parent.precision)
        refuse("the precision");
    if (request.prediction != parent.prediction)
        refuse("what the model predicts");
    if (request.noise != parent.noise)
        refuse("the stored noise");
    const MayChange may = mayChange(method.id);
    const Values now = resolve(method, request, model), then = resolve(method, parent, model);
    for (const Parameter& p : method.parameters)
        if (!may.parameters.contains(p.id) && now.at(p.id) != then.at(p.id))
            refuse(inWords(p.label));
    checkPictures(method, may, request, parent);
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
