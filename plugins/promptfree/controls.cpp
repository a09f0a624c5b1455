// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/controls.h"

#include "core/diffusion/touches.h"
#include "core/errors.h"
#include "core/nn/pixels.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/parameters.h"

#include <algorithm>
#include <cmath>

namespace fs = std::filesystem;

namespace {

/// The network at @p path, kept from run to run; null where it was stopped.
std::shared_ptr<const ControlNet> network(
    const StableDiffusion& model, const fs::path& path, size_t place, Models& models,
    const StageReport& progress)
{
    const std::string key = fileStamp(path) + "\n" + model.device.str() + "\n"
        + c10::toString(model.type) + "\n" + fileStamp(model.card.path);
    return models.kept<const ControlNet>("prompt-free control " + std::to_string(place), key, [&] {
        const fs::path file = models.readable(path, progress);
        if (file.empty())
            return std::shared_ptr<const ControlNet>();
        auto loaded = std::make_shared<const ControlNet>(
            loadControlNet(file, model.unetConfig, model.device, model.type, progress));
        return loaded->weights.empty() ? nullptr : loaded;
    });
}

std::string kindOf(const Input& input)
{
    return input.kind.empty() ? controlKinds().front().value : input.kind;
}

/// The ControlNets that come with a model, as the default model's does: folders controlnet-KIND.
std::vector<fs::path> ownControlNets(const fs::path& model)
{
    std::vector<fs::path> folders;
    std::error_code noFolder;
    for (const auto& entry : fs::directory_iterator(model, noFolder))
        if (entry.path().filename().string().starts_with("controlnet-") && entry.is_directory())
            folders.push_back(entry.path());
    return folders;
}

/// The one for maps of a kind; a finished map is taken for one of that kind where there is but one.
fs::path ownControlNet(const fs::path& model, const std::string& kind)
{
    const std::vector<fs::path> own = ownControlNets(model);
    if (kind == finishedMap && own.size() == 1)
        return own.front();
    const fs::path folder = model / ("controlnet-" + kind);
    if (std::ranges::find(own, folder) != own.end())
        return folder;
    if (kind == finishedMap)
        throw Error(
            "A finished map needs a ControlNet, and none comes with the model: please choose its "
            "file as ControlNet, or take the control picture out.");
    const std::vector<Choice> kinds = controlKinds();
    const auto chosen = std::ranges::find(kinds, kind, &Choice::value);
    throw Error(
        "A control picture needs a ControlNet for its kind of map, and none for \"%1\" comes with "
        "the model: please choose its file as ControlNet, or take the control picture out.",
        chosen == kinds.end() ? Sentence(kind) : inWords(chosen->label));
}

/// The control pictures of a request, also those that do not act.
const std::vector<Input>& controlInputs(const Request& request)
{
    static const std::vector<Input> none;
    const auto found = request.images.find("control");
    return found == request.images.end() ? none : found->second;
}

/// The map that a control picture acts with.
MapRequest mapOf(const Input& input, const PromptFreeSettings& settings)
{
    return {
        .kind = kindOf(input),
        .picture = input.image,
        .width = settings.width,
        .height = settings.height,
        .folder = settings.annotators,
        .dropAlpha = settings.dropAlpha};
}

} // namespace

bool acts(const Input& input)
{
    return !input.image.empty() && input.weight != 0;
}

std::vector<ControlPlan> controlPlans(
    const std::vector<Input>& inputs, const PromptFreeSettings& settings, const fs::path& model)
{
    const auto& named = settings.controlModels;
    if (named.size() > 1 && named.size() < inputs.size())
        throw ValueError(
            "There are more control pictures than ControlNets: please name one for each, with ; "
            "between them, or one for all.");
    std::vector<ControlPlan> plans;
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (!acts(inputs[i]))
            continue;
        const fs::path network = named.empty() ? ownControlNet(model, kindOf(inputs[i]))
                                               : fs::path(named[named.size() == 1 ? 0 : i]);
        if (!fs::exists(network))
            throw Error(
                "There is no file or folder %1 to load a ControlNet from.", network.string());
        plans.push_back({&inputs[i], network});
    }
    return plans;
}

std::vector<Sentence> controlNotes(const Request& request)
{
    std::vector<Sentence> notes;
    for (const Input& input : controlInputs(request))
        if (const Sentence note = licenceNote(kindOf(input)); acts(input) && !note.empty())
            notes.push_back(note);
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    const bool none = std::ranges::none_of(controlInputs(request), acts);
    if (none && !settings.controlModels.empty())
        notes.emplace_back("The ControlNet has no effect without a picture for Control.");
    if (none && settings.guessMode)
        notes.emplace_back("Guess mode has no effect without a picture for Control.");
    return notes;
}

void checkControls(const Request& request, const PromptFreeSettings& settings)
{
    for (const ControlPlan& plan :
         controlPlans(controlInputs(request), settings, modelPath(request)))
        checkAnnotator(kindOf(*plan.input), settings.annotators);
}

Sentence lackOf(const std::string& kind, const Request& request)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    try {
        if (settings.controlModels.empty())
            ownControlNet(modelPath(request), kind);
        checkAnnotator(kind, settings.annotators);
    } catch (const Error& error) {
        return error.sentence();
    }
    return {};
}

Range stepsOf(const Input& input, int of)
{
    return stepsBetween(input.begin, input.end, of);
}

std::optional<std::vector<Control>> controlsOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    int steps, Models& models, const StageReport& progress, Notes* notes)
{
    const std::vector<ControlPlan> plans =
        controlPlans(controlInputs(request), settings, modelPath(request));
    std::vector<Control> controls;
    for (const ControlPlan& plan : plans) {
        const Input& input = *plan.input;
        const auto place = std::ranges::find(plans, plan.network, &ControlPlan::network);
        const auto net =
            network(model, plan.network, size_t(place - plans.begin()), models, progress);
        if (!net || !progress("Making the control map"))
            return {};
        if (notes && &plan == &*place) // once for each network
            notes->insert(notes->end(), net->notes.begin(), net->notes.end());
        const Image map = annotate(mapOf(input, settings), models, progress);
        if (map.empty())
            return {};
        if (const Sentence note = emptyNote(kindOf(input), map); notes && !note.empty())
            notes->push_back(note);
        const Tensor picture = ((toTensor(map) + 1) / 2).to(model.device);
        const Tensor hint = encodeHint(net->config, net->weights, picture);
        if (!hint.defined())
            return {};
        controls.push_back(
            {.net = net, .hint = hint, .weight = input.weight, .steps = stepsOf(input, steps)});
    }
    return controls;
}
