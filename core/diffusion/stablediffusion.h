// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/autoencoder.h"
#include "core/diffusion/precision.h"
#include "core/diffusion/preview.h"
#include "core/diffusion/promptrules.h"
#include "core/diffusion/schedule.h"
#include "core/diffusion/staging.h"
#include "core/diffusion/tinydecoder.h"
#include "core/diffusion/unet.h"
#include "core/inspect/trace.h"
#include "core/models.h"
#include "core/text/embeddings.h"
#include "core/text/textencoder.h"
#include "core/text/tokenizer.h"

#include <optional>
#include <set>

/// A Stable Diffusion model in memory: the networks with what belongs to them, on one device in one
/// floating type. Of a staged one the weights are empty: unetOf() and the like load them.
struct StableDiffusion
{
    ModelCard card = {};
    UNetConfig unetConfig = {};
    Weights unet = {};
    AutoencoderConfig vaeConfig = {};
    Weights vae = {};
    TextEncoderConfig textConfig = {};
    Weights textEncoder = {};
    std::shared_ptr<const Tokenizer> tokenizer = {};
    ScheduleConfig schedule = {};
    std::optional<PreviewMap> preview = {};
    // Of a request's own files (core/diffusion/apart.h):
    std::shared_ptr<const Embeddings> embeddings = {}; ///< null: none
    std::shared_ptr<const TinyDecoder> tiny = {};      ///< what previews are decoded by
    bool quick = false;                                ///< and results
    std::shared_ptr<Staging> staging = {};             ///< null: all networks are in memory
    StageReport loadingReport = {};                    ///< who is told where a staged one loads
    std::vector<Sentence> loadingNotes = {};           ///< what was seen of its networks
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
    /// The tensors to which LoRAs added something.
    std::set<std::string> changedUNet = {}, changedTextEncoder = {};
};

/// The weights of a network, which a staged model loads for it: to be asked for anew in each pass,
/// and not to be kept beyond it. Empty where a stop ended that.
Weights unetOf(const StableDiffusion& model);
Weights autoencoderOf(const StableDiffusion& model);
Weights textEncoderOf(const StableDiffusion& model);
/// Of a staged model: whether memory is free for all of its networks by now. True of any other.
bool couldBeWhole(const StableDiffusion& model);
/// What a run of the model keeps between its passes, empty. The passes of a staged one are never
/// repeated: its weights do not stay where they are.
KeptPasses keptPasses(const StableDiffusion& model);
/// Whether there is a text encoder.
bool readsPrompts(const StableDiffusion& model);

/// Configurations that a single file does not carry (narrow test models): diffusers' JSON by part;
/// empty: as the shapes suggest.
struct Architecture
{
    std::string unet = {}, vae = {}, textEncoder = {}, scheduler = {};
};

/// Loads a diffusers folder or a single file; @p autoencoder is a file or folder whose autoencoder
/// is used in place of its own, empty: its own. With an architecture given, a file without an
/// autoencoder or a text encoder leaves that part empty. @p loras are added to the weights: each
/// tensor is the file's in fp32 plus what each adds, in their order, rounded once. Where @p
/// progress answers no, the model comes back with an empty UNet. Where memory is too short for all
/// networks, the model is staged. Throws Error; a MemoryError where it is too short for one.
StableDiffusion loadStableDiffusion(
    const std::filesystem::path& path, const std::string& device, const std::string& precision,
    const StageReport& progress = {}, const Architecture& architecture = {},
    const std::filesystem::path& autoencoder = {}, const std::vector<Lora>& loras = {});
/// A text encoder that lies apart, with the tokenizer that goes with it.
struct TextPart
{
    TextEncoderConfig config = {};
    Weights weights = {}; ///< empty: the load was stopped
    std::shared_ptr<const Tokenizer> tokenizer = {};
    std::vector<Sentence> notes = {}; ///< what is to be said of it
};
/// Loads the text encoder of a file or folder (one alone, or a whole model's) for a model, with
/// what
/// @p loras add to it. Throws Error where it is none, or does not go with the model's UNet.
TextPart loadTextPart(
    const std::filesystem::path& path, const StableDiffusion& model, const std::vector<Lora>& loras,
    const StageReport& progress = {});
/// Throws Error where LoRAs do not fit the model or cannot be read; reads their headers alone.
void checkLoras(const StableDiffusion& model, const std::vector<Lora>& loras);
/// Puts other LoRAs in the place of a model's: all tensors that those or these change are read
/// again from its file, so that nothing is subtracted. The model must not be staged. False where
/// @p progress answers no; then, and after an Error, the model is of no use.
bool exchangeLoras(
    StableDiffusion& model, const std::vector<Lora>& loras, const StageReport& progress = {});

/// The contexts of prompts [n, 77 k, width], all with the same number of chunks k, in the model's
/// type.
Tensor encodePrompts(
    const StableDiffusion& model, const std::vector<std::string>& prompts,
    const PromptRules& rules = {});
/// The tokens of a text without the marks of begin and end, learnt words replaced.
std::vector<int64_t> tokensOf(const StableDiffusion& model, const std::string& text);
/// The tokens of a prompt's context of @p count tokens, to show: as encodePrompts() has them.
std::vector<ContextToken> contextTokens(
    const StableDiffusion& model, const std::string& prompt, int64_t count,
    const PromptRules& rules = {});
