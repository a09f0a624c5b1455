// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/lora.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/json.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace {

constexpr int64_t mostRank = 4096;
constexpr double mostFactor = 1e6; // of a layer: alphas are about as large as ranks

using Shape = std::vector<int64_t>;

/// The names of the file for one layer, by their role.
struct Layer
{
    std::map<LoraName::Role, std::string> names = {};

    std::string of(LoraName::Role role) const
    {
        const auto found = names.find(role);
        return found == names.end() ? std::string() : found->second;
    }
};

/// What diffusers writes beside the tensors of the networks' adapters, whose alphas do not stand
/// among them: "unet.lora_alpha" and so on.
struct Metadata
{
    explicit Metadata(const std::map<std::string, std::string>& texts, const std::string& shown)
    {
        const auto text = texts.find("lora_adapter_metadata");
        if (text != texts.end())
            json = parseJson(text->second, {"The metadata of the LoRA %1", shown});
    }

    const nlohmann::json* find(LoraPart part, const char* key) const
    {
        const auto found =
            json.find((part == LoraPart::UNet ? "unet." : "text_encoder.") + std::string(key));
        return json.is_object() && found != json.end() ? &*found : nullptr;
    }
    bool is(LoraPart part, const char* key) const
    {
        const auto* found = find(part, key);
        return found && *found == true;
    }
    /// Of that layer; 0: it does not say.
    double alpha(LoraPart part, const std::string& module) const
    {
        if (const auto* pattern = find(part, "alpha_pattern"); pattern && pattern->is_object())
            for (const auto& [name, alpha] : pattern->items())
                if (alpha.is_number() && (module == name || module.ends_with("." + name)))
                    return alpha;
        const auto* alpha = find(part, "lora_alpha");
        return alpha && alpha->is_number() ? alpha->get<double>() : 0;
    }

    nlohmann::json json = nlohmann::json::object();
};

std::string toText(const Shape& shape)
{
    std::string text;
    for (const int64_t n : shape)
        text += (text.empty() ? "" : " x ") + std::to_string(n);
    return text.empty() ? "one number" : text;
}

/// "a, b and 3 others".
Sentence listed(const std::vector<std::string>& names)
{
    constexpr size_t shown = 5;
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + inQuotes(names[i]);
    return names.size() > shown ? Sentence("%1 and %2 others", text, names.size() - shown)
                                : Sentence("%1", text);
}

/// Without the ones of a 1x1 convolution, so that it equals the linear layer.
Shape flat(Shape shape)
{
    while (shape.size() > 2 && shape.back() == 1)
        shape.pop_back();
    return shape;
}

const char* familyOf(int64_t contextWidth)
{
    return contextWidth == 768 ? "Stable Diffusion 1.x"
        : contextWidth == 1024 ? "Stable Diffusion 2.x"
        : contextWidth == 2048 ? "SDXL"
                               : nullptr;
}

/// A file on its way to the terms of a model.
struct Reader
{
    const Lora& lora;
    const Shapes& unet;
    const Shapes& textEncoder;
    const std::string shown = std::filesystem::path(lora.file).filename().string();
    const std::shared_ptr<const SafetensorsFile> file =
        std::make_shared<const SafetensorsFile>(lora.file);
    const Metadata metadata = Metadata(file->metadata(), shown);
    const LoraModules modules = LoraModules(unet, textEncoder);
    LoraReport report = {};
    std::map<std::pair<LoraPart, std::string>, Layer> layers = {};
    std::vector<std::string> strange = {}; ///< layers that the model does not have
    std::string families = {};

    const Shape& shapeOf(const std::string& name) const { return file->entries().at(name).shape; }

    /// Throws where a name says that the file is something else.
    void checkKind() const
    {
        for (const auto& [name, entry] : file->entries()) {
            if (const std::string kind = otherAdapter(name); !kind.empty())
                throw Error(
                    "%1 is no plain LoRA but holds %2 (%3), which is not supported.", shown,
                    inWords(kind), inQuotes(name));
            if (const std::string family = otherFamily(name); !family.empty())
                throw Error(
                    "The LoRA %1 is for %2 (it has %3), which is not supported.", shown,
                    inWords(family), inQuotes(name));
        }
        for (const LoraPart part : {LoraPart::UNet, LoraPart::TextEncoder})
            if (metadata.is(part, "use_dora"))
                throw Error("%1 is no plain LoRA but holds DoRA, which is not supported.", shown);
    }

    void sort()
    {
        for (const auto& [name, entry] : file->entries()) {
            const LoraName read = loraName(name);
            const std::string module =
                read.role == LoraName::Unknown ? "" : modules.find(read.part, read.module);
            if (read.role == LoraName::Unknown)
                report.skipped.push_back(name);
            else if (!modules.has(read.part))
                report.without.push_back(name);
            else if (module.empty())
                strange.push_back(read.module);
            else if (!layers[{read.part, module}].names.try_emplace(read.role, name).second)
                throw Error(
                    "The LoRA %1 names the layer %2 twice, so that it is not clear what is meant.",
                    shown, inQuotes(module));
        }
        std::ranges::sort(strange);
        const auto repeated = std::ranges::unique(strange);
        strange.erase(repeated.begin(), repeated.end());
        if (!strange.empty())
            throw Error(
                "The LoRA %1 is for another model: this one has no layers that are called %2.",
                shown, listed(strange));
        if (layers.empty() && report.without.empty())
            throw Error("%1 is no LoRA: nothing in it says what it would change.", shown);
        if (layers.empty())
            throw Error(
                "The LoRA %1 changes the text encoder alone, and this model has none.", shown);
    }

    /// The factor of a layer before the LoRA's weight.
    double scale(LoraPart part, const std::string& module, const Layer& layer, int64_t rank) const
    {
        double alpha = metadata.alpha(part, module);
        if (const std::string name = layer.of(LoraName::Alpha); !name.empty()) {
            const Tensor number = file->tensor(name);
            if (number.numel() != 1 || !number.isfinite().all().item<bool>())
                throw Error("The LoRA %1 has no number as %2.", shown, inQuotes(name));
            alpha = number.to(at::kDouble).item<double>();
        }
        if (alpha == 0)
            return 1;
        return metadata.is(part, "use_rslora") ? alpha / std::sqrt(double(rank))
                                               : alpha / double(rank);
    }

    [[noreturn]] void refuse(const std::string& name, const Shape& wanted) const
    {
        const size_t context = name.find("attn2");
        const auto ours =
            unet.find("down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight");
        const Shape& shape = shapeOf(name);
        if (context != name.npos && ours != unet.end() && shape.size() > 1 && wanted.size() > 1
            && ours->second.size() > 1) {
            const char* its = familyOf(shape[1]);
            const char* own = familyOf(ours->second[1]);
            if (its && own && its != own)
                throw Error(
                    "The LoRA %1 is for %2, and the model is %3: it does not fit.", shown,
                    std::string(its), std::string(own));
        }
        throw Error(
            "The LoRA %1 does not fit the model: %2 is of shape %3, where %4 is needed.", shown,
            inQuotes(name), toText(shape), toText(wanted));
    }

    void want(const std::string& name, const Shape& wanted) const
    {
        if (flat(shapeOf(name)) != flat(wanted))
            refuse(name, wanted);
    }

    /// A layer of a low rank.
    LoraTerm lowRank(
        LoraPart part, const std::string& module, const Layer& layer, const Shape& weight) const
    {
        LoraTerm term {
            .file = file,
            .down = layer.of(LoraName::Down),
            .up = layer.of(LoraName::Up),
            .mid = layer.of(LoraName::Mid),
            .shown = shown};
        if (term.down.empty() || term.up.empty())
            throw Error(
                "The LoRA %1 is incomplete: of the layer %2 it has only a part.", shown,
                inQuotes(module));
        const int64_t rank = shapeOf(term.down).empty() ? 0 : shapeOf(term.down).front();
        if (rank < 1 || rank > mostRank || weight.size() < 2)
            throw Error(
                "The LoRA %1 has the rank %2 in %3, where 1 to %4 are possible.", shown, rank,
                inQuotes(term.down), mostRank);
        Shape down = weight;
        down.front() = rank;
        if (!term.mid.empty()) {
            Shape mid = down;
            mid[1] = rank;
            want(term.mid, mid);
            down.resize(2);
        }
        want(term.down, down);
        want(term.up, {weight.front(), rank});
        term.factor = lora.weight * scale(part, module, layer, rank);
        if (!std::isfinite(term.factor) || std::abs(term.factor) > mostFactor)
            throw Error(
                "The LoRA %1 multiplies its layer %2 by %3, which cannot be meant: the file is "
                "damaged.",
                shown, inQuotes(module), term.factor);
        return term;
    }

    void put(LoraPart part, const std::string& module, const Layer& layer, LoraChanges& changes)
    {
        const Shapes& shapes = part == LoraPart::UNet ? unet : textEncoder;
        LoraTerms& terms = part == LoraPart::UNet ? changes.unet : changes.textEncoder;
        const auto whole = [&](LoraName::Role role, const std::string& tensor) {
            const std::string name = layer.of(role);
            if (name.empty())
                return;
            const auto shape = shapes.find(tensor);
            want(name, shape == shapes.end() ? Shape() : shape->second);
            terms[tensor].push_back(
                {.file = file, .whole = name, .factor = lora.weight, .shown = shown});
        };
        const std::string weight = module + ".weight";
        if (!layer.of(LoraName::Down).empty() || !layer.of(LoraName::Up).empty()
            || !layer.of(LoraName::Mid).empty()) {
            const auto shape = shapes.find(weight);
            if (shape == shapes.end())
                throw Error(
                    "The LoRA %1 changes the layer %2, which has no weights in this model.", shown,
                    inQuotes(module));
            terms[weight].push_back(lowRank(part, module, layer, shape->second));
        }
        whole(LoraName::Weight, weight);
        whole(LoraName::Bias, module + ".bias");
        ++report.layers;
    }
};

/// A tensor of a LoRA in fp32.
Tensor read(const LoraTerm& term, const std::string& name)
{
    return finite(term.file->tensor(name), name, term.shown);
}

/// The difference of a layer of low rank, [out, all else].
Tensor difference(const LoraTerm& term)
{
    const Tensor up = read(term, term.up).flatten(1);
    Tensor down = read(term, term.down).flatten(1);
    if (!term.mid.empty()) {
        // sum over m of mid[n, m, k] down[m, j], for each place k of the kernel
        const Tensor core = read(term, term.mid); // of a linear layer without a kernel
        const Tensor mid = core.reshape({core.size(0), core.size(1), -1}).permute({0, 2, 1});
        down = at::matmul(mid, down).permute({0, 2, 1}).flatten(1);
    }
    return at::matmul(up, down);
}

} // namespace

LoraReport addLora(
    LoraChanges& changes, const Lora& lora, const Shapes& unet, const Shapes& textEncoder)
{
    Reader reader {.lora = lora, .unet = unet, .textEncoder = textEncoder};
    reader.checkKind();
    reader.sort();
    for (const auto& [place, layer] : reader.layers)
        reader.put(place.first, place.second, layer, changes);
    return std::move(reader.report);
}

void add(const std::vector<LoraTerm>& terms, Tensor& tensor)
{
    for (const LoraTerm& term : terms) {
        const Tensor more = term.whole.empty() ? difference(term) : read(term, term.whole);
        tensor = tensor + term.factor * more.reshape(tensor.sizes());
    }
}
