// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/controlnet.h"
#include "core/file/files.h"
#include "core/weights/safetensors.h"
#include "plugins/promptfree/parameters.h"
#include "plugins/promptfree/promptfree.h"
#include "plugins/promptfree/seecoder.h"
#include "plugins/promptfree/settings.h"
#include "tests/portablefill.h"
#include "tests/seecodercase.h"

#include <QTemporaryDir>

/// Networks small enough for a run in a test, with files of a SeeCoder and a ControlNet that fit
/// them.
struct PromptFreeFixture
{
    explicit PromptFreeFixture(int channels = 4)
    {
        UNetConfig& unet = model.unetConfig;
        unet.inChannels = channels;
        unet.blockChannels = {8, 16, 16, 16};
        unet.heads = {2, 2, 2, 2};
        unet.groups = 8;
        unet.contextWidth = 64;
        model.card = {.path = "tiny", .name = "tiny"};
        model.unet = Weights(portableWeights(unetShapes(unet)));
        model.vaeConfig.blockChannels = {8, 8, 16, 16};
        model.vaeConfig.groups = 8;
        model.vae = Weights(portableWeights(autoencoderShapes(model.vaeConfig)));
    }

    /// Gives the model the text encoder of a recorded run.
    void addTextEncoder()
    {
        const std::filesystem::path folder = TEST_DATA "/clip-text-sd1";
        model.textConfig = textEncoderConfigFromJson(readText(folder / "config.json"), "text");
        model.textEncoder = Weights(loadSafetensors(folder / "weights.safetensors"));
        model.tokenizer = std::make_shared<const Tokenizer>(TEST_DATA "/tokenizer");
    }

    std::filesystem::path path(const char* name) const
    {
        return folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    /// A file of a SeeCoder whose tokens fit the model.
    std::string encoder() const
    {
        const SeeCoderConfig config = tinySeeCoder(64);
        const auto file = path("seecoder.safetensors");
        if (!std::filesystem::exists(file)) {
            std::map<std::string, Tensor> tensors;
            for (const auto& [name, tensor] : portableWeights(seeCoderShapes(config)))
                tensors["ctx.image." + name] = tensor;
            saveSafetensors(file, tensors);
        }
        return file.string();
    }

    std::string controlNet() const
    {
        const auto file = path("control.safetensors");
        if (!std::filesystem::exists(file)) {
            const auto dict = portableWeights(controlNetShapes({.unet = model.unetConfig}));
            saveSafetensors(file, {dict.begin(), dict.end()});
        }
        return file.string();
    }

    /// A picture of waves, another for every number.
    static Image picture(int number, int width = 96, int height = 80)
    {
        Image image = filled(width, height, {});
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c)
                    image.pixel(x, y)[c] =
                        uint8_t(128 + 120 * std::sin(0.05 * (number + 1) * (x + (c + 1) * y)));
        return image;
    }

    /// Two steps at 128 x 128 from one reference.
    Request request() const
    {
        Request r {.method = "prompt-free"};
        for (const Parameter& p : promptFreeParameters())
            r.values[p.id] = p.initial;
        r.values["width"] = 128;
        r.values["height"] = 128;
        r.values["steps"] = 2;
        r.values["encoder_file"] = encoder();
        r.images["reference"] = {{.image = picture(0)}};
        return r;
    }

    Result run(const Request& request)
    {
        return runPromptFree(model, request, models, [](const Event&) { return Answer {}; });
    }
    Image result(const Request& request) { return run(request).candidates.front().image; }

    QTemporaryDir folder;
    StableDiffusion model = {};
    Models models;
};
