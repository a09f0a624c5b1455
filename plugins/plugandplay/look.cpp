// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/look.h"

#include "core/errors.h"
#include "core/inspect/principalcomponents.h"
#include "plugins/plugandplay/translate.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr int residualBlocks = 22, attentionLayers = 16;

bool isFeatures(const std::string& kind)
{
    return kind == "features" || kind == "features-input";
}

std::span<const float> numbers(const Tensor& x)
{
    return {x.data_ptr<float>(), size_t(x.numel())};
}

Array toArray(std::vector<int64_t> shape, std::span<const double> values)
{
    return {std::move(shape), {values.begin(), values.end()}};
}

} // namespace

std::vector<LookKind> featureKinds()
{
    return {
        {"features", "Features", residualBlocks, 14},
        {"features-input", "Features of the first convolution", residualBlocks, 14},
        {"queries", "Queries", attentionLayers, 8},
        {"keys", "Keys", attentionLayers, 8},
        {"attention", "Self-attention", attentionLayers, 8}};
}

void checkLayer(const std::string& kind, int layer)
{
    const std::vector<LookKind> kinds = featureKinds();
    const auto found = std::ranges::find(kinds, kind, &LookKind::value);
    if (found == kinds.end() || layer < 0 || layer >= found->layers)
        throw Error(
            "There is no layer " + std::to_string(layer) + " of \"" + kind + "\": "
            + (isFeatures(kind) ? "residual blocks count from 0 to 21."
                                : "self-attention layers count from 0 to 15."));
}

Tensor attentionRows(const Tensor& q, const Tensor& k, bool meanOfHeads)
{
    const double scale = 1 / std::sqrt(double(q.size(2)));
    const Tensor p = at::softmax(at::matmul(q, k.transpose(1, 2)) * scale, -1, at::kFloat);
    return meanOfHeads ? p.mean(0) : p.transpose(0, 1).flatten(1);
}

FeatureMap featureMap(
    const Network& network, const Tensor& x, UNetInput input, Taps taps, const std::string& kind,
    int layer, bool meanOfHeads)
{
    checkLayer(kind, layer);
    FeatureMap map;
    const Where here {
        .kind = kind == "features"     ? Site::ResidualBlock
            : kind == "features-input" ? Site::ResidualInput
                                       : Site::SelfAttention,
        .layers = {{layer, layer + 1}}};
    const auto take = [&](const Site& site, const Tensor& rows) {
        map = {rows.to(at::kCPU, at::kFloat).contiguous(), site.width, site.height};
    };
    taps.onFeatures(here, [&](const Site& site, Tensor& h) {
        take(site, h[h.size(0) - 1].flatten(1).transpose(0, 1));
    });
    taps.onQueryKey(here, [&](const Site& site, Tensor& q, Tensor& k) {
        const Tensor& shown = kind == "keys" ? k : q;
        if (kind == "attention")
            take(site, attentionRows(q.flatten(0, 1), k.flatten(0, 1), meanOfHeads));
        else
            take(site, shown[shown.size(0) - 1].transpose(0, 1).flatten(1));
    });
    input.last = LastSite {here.kind, layer};
    network.noise(x, input, taps);
    return map;
}

namespace {

/// Adds the pictures and numbers of maps whose components are fitted together.
void addComponents(
    Inspection& inspection, std::span<const FeatureMap> maps, std::span<const std::string> labels,
    const std::string& suffix)
{
    std::vector<Tensor> rows;
    for (const FeatureMap& map : maps)
        rows.push_back(map.rows);
    const Tensor all = at::cat(rows).contiguous();
    const PrincipalComponents fitted = fitComponents(numbers(all), int(all.size(1)));
    for (size_t i = 0; i < maps.size(); ++i) {
        const std::vector<float> scores = project(fitted, numbers(maps[i].rows));
        inspection.pictures.push_back(
            {labels[i], toPicture(scores, maps[i].width, maps[i].height)});
        inspection.arrays["scores of " + labels[i]] = {
            {maps[i].height, maps[i].width, PrincipalComponents::count}, scores};
    }
    inspection.arrays["components" + suffix] =
        toArray({PrincipalComponents::count, fitted.channels}, fitted.components);
    inspection.arrays["mean" + suffix] = toArray({fitted.channels}, fitted.mean);
    inspection.arrays["singular_values" + suffix] =
        toArray({PrincipalComponents::count}, fitted.singularValues);
}

} // namespace

Inspection componentPictures(
    const std::vector<FeatureMap>& maps, const std::vector<std::string>& labels, bool together)
{
    Inspection inspection;
    if (together)
        addComponents(inspection, maps, labels, "");
    for (size_t i = 0; i < maps.size() && !together; ++i)
        addComponents(inspection, {&maps[i], 1}, {&labels[i], 1}, " of " + labels[i]);
    return inspection;
}

Inspection inspectTranslate(
    const Request& request, Models& models, const Look& look, const Latent& latent)
{
    checkLayer(look.kind, look.layer);
    const Report quietly = [](const Event&) { return Answer {}; };
    const StableDiffusion& model = *loadModel(request, models, quietly);
    const TranslateSettings settings = translateSettings(request.values);
    std::vector<std::string> notes;
    const auto prepared = preparedSource(model, request, settings, models, quietly, notes);
    const Source& source = prepared->source;
    const Network network(model, source.start);
    const int step = std::min(look.step, int(source.latents.size()) - 1);
    const double time = samplingGrid(settings.inversion.samplingSteps)[step];

    std::vector<FeatureMap> maps = {featureMap(
        network, source.latents[step].to(model.device),
        {.time = time, .context = source.context, .step = step}, {}, look.kind, look.layer)};
    std::vector<std::string> labels = {"Source"};
    const SourceFeatures features =
        sourceFeatures(network, *prepared, settings.injection, step, time, false);
    const int half = int(source.context.size(0)) - 1;
    const Contexts contexts = contextsOf(model, request, settings);
    const Tensor x = toTensor(latent).to(model.device);
    for (int64_t i = 0; i < x.size(0); ++i) {
        const FeatureMap map = featureMap(
            network, x.narrow(0, i, 1),
            {.time = time, .context = contexts.targets[i], .step = step},
            injecting(settings.injection, features, {half}), look.kind, look.layer);
        if (!map.rows.defined())
            continue;
        maps.push_back(map);
        labels.push_back(x.size(0) > 1 ? "Result " + std::to_string(i + 1) : "Result");
    }
    return componentPictures(maps, labels, look.kind != "attention");
}
