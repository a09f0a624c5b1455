// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/method.h"

#include "core/branch.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/models.h"
#include "core/nn/pool.h"
#include "core/nn/tensor.h"
#include "core/touchcheck.h"

#include <algorithm>

namespace {

/// Lays @p values over what is there.
void put(Values& onto, const Values& values)
{
    for (const auto& [id, value] : values)
        onto[id] = value;
}

/// Whether a text was set that takes the place of a slot's picture.
bool replaced(const Slot& slot, const Values& values)
{
    const auto found = values.find(slot.unless);
    const auto* text = found == values.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text && !text->empty();
}

bool isMissing(const Slot& slot, const Request& request)
{
    const auto found = request.images.find(slot.id);
    const bool there = found != request.images.end() && !found->second.empty()
        && !found->second.front().image.empty();
    return slot.needed && !there && !replaced(slot, request.values);
}

/// The name of the option that sets a parameter: "source-prompt".
std::string flag(std::string id)
{
    std::ranges::replace(id, '_', '-');
    return id;
}

void checkInputs(const Method& method, const Request& request)
{
    for (const Slot& slot : method.slots)
        if (isMissing(slot, request) && slot.unless.empty())
            throw ValueError("Please give a picture for %1.", inWords(slot.label));
        else if (isMissing(slot, request))
            throw ValueError(
                "Please give a picture for %1, or set \"%2\" (--%3 on the command line).",
                inWords(slot.label), inWords(parameter(method, slot.unless).label),
                flag(slot.unless));
    for (const auto& [slot, inputs] : request.images)
        if (std::ranges::find(method.slots, slot, &Slot::id) == method.slots.end())
            throw ValueError(
                "%1 has no place for a picture called \"%2\".", inWords(method.name), slot);
}

} // namespace

const Parameter& parameter(const Method& method, std::string_view id)
{
    const auto found = std::ranges::find(method.parameters, id, &Parameter::id);
    if (found == method.parameters.end())
        throw ValueError("%1 has no setting called \"%2\".", inWords(method.name), std::string(id));
    return *found;
}

const Parameter* parameter(const Method& method, Role role)
{
    const auto found = std::ranges::find(method.parameters, role, &Parameter::role);
    return found == method.parameters.end() ? nullptr : &*found;
}

const Slot* slot(const Method& method, std::string_view id)
{
    const auto found = std::ranges::find(method.slots, id, &Slot::id);
    return found == method.slots.end() ? nullptr : &*found;
}

const Slot* mainSlot(const Method& method)
{
    const auto found = std::ranges::find(method.slots, true, &Slot::main);
    return found == method.slots.end() ? nullptr : &*found;
}

Values resolve(const Method& method, const Request& request, const ModelCard& model)
{
    Values values;
    for (const Parameter& p : method.parameters)
        values[p.id] = p.initial;
    if (const auto found = model.recommended.find(method.id); found != model.recommended.end())
        for (const auto& [id, text] : found->second)
            if (values.contains(id)) // a newer model may recommend what this version does not know
                values[id] = parseValue(parameter(method, id), text);
    if (!request.preset.empty()) {
        const auto preset = std::ranges::find(method.presets, request.preset, &Preset::id);
        if (preset == method.presets.end())
            throw ValueError(
                "%1 has no preset called \"%2\".", inWords(method.name), request.preset);
        put(values, preset->values);
    }
    for (const auto& [id, value] : request.values)
        checkValue(parameter(method, id), value);
    put(values, request.values);
    return values;
}

std::vector<Sentence> missing(const Method& method, const Request& request)
{
    std::vector<Sentence> needed;
    for (const Slot& slot : method.slots)
        if (isMissing(slot, request))
            needed.emplace_back("a picture for %1", inWords(slot.label));
    return needed;
}

std::filesystem::path modelPath(const Request& request)
{
    return request.model.empty() ? defaultModel() : std::filesystem::path(request.model);
}

namespace {

/// Throws Error where the model cannot be used with these values.
void checkModel(const Method& method, const ModelCard& card, const Values& values)
{
    if (!card.problem.empty())
        throw Error(card.problem);
    if (method.refuses)
        if (const Sentence reason = method.refuses(card); !reason.empty())
            throw Error(reason);
    const Parameter* own = parameter(method, Role::Autoencoder);
    if (!card.needsAutoencoder || (own && !std::get<std::string>(values.at(own->id)).empty()))
        return;
    if (!own)
        throw Error(
            "The model %1 has no autoencoder, so it cannot make pictures alone. Please choose a "
            "complete checkpoint or a diffusers folder.",
            card.name);
    throw Error(
        "The model %1 has no autoencoder, so it cannot make pictures alone. Please choose a "
        "complete checkpoint or a diffusers folder, or the file of one as %2 (--%3 on the command "
        "line).",
        card.name, inWords(own->label), flag(own->id));
}

} // namespace

Request Prepared::whole() const
{
    Request all = request;
    all.values = values;
    return all;
}

Prepared prepare(const Method& method, const Request& request, const ModelCard& card)
{
    Prepared prepared {.request = request, .values = resolve(method, request, card), .card = card};
    completeLoras(prepared.request.loras);
    checkModel(method, card, prepared.values);
    checkInputs(method, prepared.whole());
    checkTouches(method, request.touches, prepared.values);
    if (request.branch) {
        checkBranch(method, prepared.request, card);
        prepare(method, *request.branch->parent, card); // throws what is wrong with it
    }
    return prepared;
}

namespace {

bool isPicture(const Image& image)
{
    const auto pixels = uint64_t(std::max(image.width, 0)) * uint64_t(std::max(image.height, 0));
    return image.width >= 0 && image.height >= 0 && image.rgb.size() == 3 * pixels
        && (image.alpha.empty() || image.alpha.size() == pixels);
}

bool isDeepPicture(const DeepImage& image)
{
    const auto pixels = uint64_t(std::max(image.width, 0)) * uint64_t(std::max(image.height, 0));
    return image.width >= 0 && image.height >= 0 && image.rgb.size() == 3 * pixels;
}

bool isLatent(const std::shared_ptr<const Latent>& latent)
{
    int64_t count = 1;
    if (latent)
        for (const int64_t side : latent->shape)
            if (side < 1 || __builtin_mul_overflow(count, side, &count))
                return false;
    return !latent || uint64_t(count) == latent->values.size();
}

bool canBe(const Event& event)
{
    const auto* step = std::get_if<StepEvent>(&event);
    if (!step)
        return isPicture(*std::get<StageEvent>(event).preview);
    return step->step >= 0 && step->step <= step->steps && isLatent(step->latent)
        && isLatent(step->prediction) && isLatent(step->clean)
        && std::ranges::all_of(step->previews, isPicture)
        && std::ranges::all_of(step->noisy, isPicture);
}

bool canBe(const std::vector<Candidate>& candidates)
{
    return std::ranges::all_of(candidates, [](const Candidate& each) {
        return isPicture(*each.image) && isPicture(*each.canvas);
    });
}

bool canBe(const std::vector<DeepCandidate>& candidates)
{
    return std::ranges::all_of(candidates, [](const DeepCandidate& each) {
        return isDeepPicture(each.image) && isDeepPicture(each.canvas);
    });
}

bool canBe(const Result& result)
{
    return canBe(result.candidates) && std::ranges::all_of(result.latents, isLatent);
}

/// What a method gives goes on to those who take its sizes at their word: they have to be true.
void check(const Method& method, const auto& given)
{
    if (!canBe(given))
        throw WorkError(
            "%1 gave a picture or a latent whose sizes cannot be. That is a fault of the method, "
            "not of what it was given.",
            inWords(method.name));
}

Report checking(const Method& method, const Report& report)
{
    if (!report.tell)
        return report;
    const auto tell = [&method, told = report.tell](const Event& event) {
        check(method, event);
        return told(event);
    };
    return {tell, report.recording, report.done};
}

} // namespace

Result run(const Method& method, const Prepared& prepared, Models& models, const Report& given)
{
    const c10::InferenceMode noGradients;
    const IdleMemory released;
    Report report = checking(method, given);
    if (prepared.request.branch) {
        const auto done = parentSteps(method, prepared, models, report);
        if (!done)
            return {.stopped = true};
        report.done = *done;
    }
    Result result = method.run(prepared.whole(), models, report);
    check(method, result);
    return result;
}

std::vector<Candidate> decoded(
    const Method& method, const Request& request, Models& models, const Latent& latent)
{
    checkInputs(method, request);
    std::vector<Candidate> made = method.decode(request, models, latent);
    check(method, made);
    return made;
}

std::vector<DeepCandidate> decodedDeep(
    const Method& method, const Request& request, Models& models, const Latent& latent)
{
    checkInputs(method, request);
    std::vector<DeepCandidate> made = method.decodeDeep(request, models, latent);
    check(method, made);
    return made;
}

std::shared_ptr<const StepTrace> traced(
    const Method& method, const Request& request, Models& models, const Recording& recording,
    int step, const Latent& before, const StageReport& progress)
{
    checkInputs(method, request);
    return method.trace(request, models, recording, step, before, progress);
}

Result run(const Method& method, const Request& request, Models& models, const Report& report)
{
    return run(method, prepare(method, request, describeModel(modelPath(request))), models, report);
}
