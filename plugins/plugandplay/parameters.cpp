// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/parameters.h"

#include "core/diffusion/apart.h"
#include "core/diffusion/autoencoderchoice.h"
#include "core/diffusion/promptrules.h"
#include "core/halves.h"
#include "plugins/plugandplay/settings.h"

#include <algorithm>
#include <ranges>

namespace {

const std::string inversion = "Inversion", injection = "Injected layers",
                  negativePrompt = "Negative prompt over the run", work = "Pictures and work";

std::vector<Parameter> mainParameters()
{
    return {
        {.id = "prompt",
         .label = "Prompt",
         .help = "What the picture is to become.\nEach line is a prompt of its own and makes a "
                 "picture; the source's part of the work is shared.",
         .initial = std::string(),
         .multiline = true,
         .mayChange = true,
         .role = Role::Prompt},
        {.id = "negative",
         .label = "Negative prompt",
         .help = "What the result should not look like.\nLeft empty for a source that is made from "
                 "a prompt, it is that prompt, as in CompVis' program.\nHas no effect at guidance "
                 "1.",
         .initial = std::string(),
         .multiline = true,
         .mayChange = true,
         .role = Role::NegativePrompt},
        {.id = "steps",
         .label = "Steps",
         .help = "Denoising steps.\nFew are quick and rough, more than 50 hardly change anything.\n"
                 "Time grows in proportion.",
         .initial = 50,
         .minimum = 1,
         .maximum = 999,
         .step = 1,
         .role = Role::Steps},
        {.id = "guidance",
         .label = "Guidance",
         .help = "How strictly the prompt is followed.\nLow stays near the source's colours, high "
                 "is harsh.\n1 leaves the negative prompt out and takes half the time.",
         .initial = 7.5,
         .minimum = 0,
         .maximum = 30,
         .step = 0.5,
         .mayChange = true,
         .role = Role::Guidance},
        {.id = "feature_until",
         .label = "Features until",
         .help = "The part of the run in which the source's features are injected.\n"
                 "Low lets shapes go, high keeps them.",
         .initial = 0.8,
         .minimum = 0,
         .maximum = 1,
         .step = 0.05,
         .mayChange = true},
        {.id = "attention_until",
         .label = "Attention until",
         .help = "The part of the run in which the source's queries and keys are injected.\n"
                 "Low lets the layout and fine structure go, high keeps them.",
         .initial = 0.5,
         .minimum = 0,
         .maximum = 1,
         .step = 0.05,
         .mayChange = true},
    };
}

std::vector<Parameter> injectionParameters()
{
    return {
        {.id = "feature_layers",
         .label = "Feature blocks",
         .help = "The residual blocks, 0 to 21 in forward order, whose features are injected.\n"
                 "The paper's is 14 (the second of up_blocks.1). \"off\" injects none.",
         .group = injection,
         .initial = Layers {{14, 15}},
         .maximum = 21,
         .mayChange = true},
        {.id = "attention_layers",
         .label = "Attention layers",
         .help = "The self-attention layers, 0 to 15, whose queries and keys are injected.\n"
                 "The end is not included: 8:16 are 8 to 15. \"off\" injects none.",
         .group = injection,
         .initial = Layers {{8, 16}},
         .maximum = 15,
         .mayChange = true},
        {.id = "inclusive",
         .label = "One step more",
         .help = "Injects in one step more than the two parts say, as CompVis' program does.",
         .group = injection,
         .initial = false,
         .mayChange = true},
    };
}

std::vector<Parameter> negativeParameters()
{
    return {
        {.id = "alpha",
         .label = "Share of the empty prompt",
         .help = "What the result is led away from is a mixture of the empty prompt and the "
                 "negative prompt.\n0 is the negative prompt alone, 1 the empty one alone.\n"
                 "In between, a step takes half as long again where there is a negative prompt.",
         .group = negativePrompt,
         .initial = 0.0,
         .minimum = 0,
         .maximum = 1,
         .step = 0.05,
         .mayChange = true},
        {.id = "alpha_schedule",
         .label = "Over the run",
         .help = "With linear, the share of the empty prompt falls to nothing, so the negative "
                 "prompt comes in as the run goes on.\nWith exponential it is halved after an "
                 "eighth of the run and hardly there at the end.\nConstant keeps it.",
         .group = negativePrompt,
         .initial = std::string("constant"),
         .choices =
             {{"constant", "Constant"},
              {"linear", "Linear: the negative prompt comes in"},
              {"exp", "Exponential: it comes in early"}},
         .mayChange = true},
    };
}

/// What determines an inversion.
std::vector<Parameter> commonParameters()
{
    return {
        {.id = "inversion_steps",
         .label = "Inversion steps",
         .help = "Steps that turn the picture into noise, once for a picture.\n"
                 "999 bring details back best; few are quick and lose some of them.",
         .group = inversion,
         .initial = 200,
         .minimum = 1,
         .maximum = 999,
         .step = 1,
         .offers = [](const Values& values) { return offeredCounts("inversion_steps", values); }},
        {.id = "inversion_prompt",
         .label = "Caption of the source",
         .help = "What the source shows; helps the inversion. It may be empty.",
         .group = inversion,
         .initial = std::string(),
         .multiline = true},
        {.id = "inversion_rule",
         .label = "Rule",
         .help = "At which of a step's two noise levels the network is asked.\n"
                 "The next one: levels 0 to 999, as in diffusers' program. The current one: as in "
                 "CompVis' program, with steps that divide 999.",
         .group = inversion,
         .initial = std::string("next"),
         .choices = {{"next", "At the next level"}, {"current", "At the current level"}}},
        {.id = "features_from",
         .label = "Source features",
         .help = "Where the features of the source come from.\nInversion: from its latents as they "
                 "are. Way back: the picture is first sampled back from the noise, which takes "
                 "another pass, once for a picture, and features are taken there.",
         .group = inversion,
         .initial = std::string("inversion"),
         .choices = {{"inversion", "The inversion"}, {"way-back", "The way back"}}},
        {.id = "reverse_steps",
         .label = "Steps of the way back",
         .help = "Only where features come from the way back.\nIts grid has to contain the "
                 "sampling steps.",
         .group = inversion,
         .initial = 999,
         .minimum = 1,
         .maximum = 999,
         .step = 1,
         .offers = [](const Values& values) { return offeredCounts("reverse_steps", values); }},
        {.id = "size",
         .label = "Size",
         .help = "Short side of the picture that the network works on.\nThe model's own size is "
                 "best; time and memory grow with the area and faster.",
         .unit = "px",
         .group = work,
         .initial = 512,
         .minimum = 64,
         .maximum = 2048,
         .step = 64,
         .role = Role::Size},
        {.id = "fit",
         .label = "Fit",
         .help = "How the source is brought to that size.",
         .group = work,
         .initial = std::string("eights"),
         .choices =
             {{"eights", "Whole, sides of multiples of 8"},
              {"short-side", "Whole, as diffusers' program"},
              {"square", "Middle square"}}},
        {.id = "posterior",
         .label = "Encoding",
         .help = "Whether the autoencoder's posterior is sampled or its mean is used.",
         .group = work,
         .initial = std::string("mean"),
         .choices = {{"mean", "Mean"}, {"sample", "Sample"}}},
        {.id = "long_prompts",
         .label = "Long prompts",
         .help = "What happens beyond 75 tokens: encoded in chunks, or cut off.",
         .group = work,
         .initial = std::string("chunks"),
         .choices = {{"chunks", "Chunks of 75"}, {"truncate", "Cut off"}}},
        autoencoderParameter(work),
    };
}

std::vector<Parameter> workParameters()
{
    return {
        {.id = "source_prompt",
         .label = "Source from a prompt",
         .help = "Without a source picture: what the source shows; it is made from the seed.\nAn "
                 "empty negative prompt is then replaced by it, as in CompVis' program.\n"
                 "Has no effect where there is a source picture.",
         .group = inversion,
         .initial = std::string(),
         .multiline = true},
        {.id = "source_shape",
         .label = "Shape of that source",
         .help = "Width to height of the source that is made; the short side is the size.",
         .group = inversion,
         .initial = std::string("1:1"),
         .choices =
             {{"1:1", "1:1"},
              {"4:3", "4:3"},
              {"3:4", "3:4"},
              {"3:2", "3:2"},
              {"2:3", "2:3"},
              {"16:9", "16:9"},
              {"9:16", "9:16"}}},
        {.id = "source_guidance",
         .label = "Guidance of that source",
         .help = "How strictly the source that is made follows its prompt.",
         .group = inversion,
         .initial = 5.0,
         .minimum = 0,
         .maximum = 30,
         .step = 0.5},
        {.id = "reconstruct",
         .label = "Measure the inversion",
         .help = "Samples the source back from its noise and tells how near it comes (PSNR).\n"
                 "Takes as long as the inversion, and nothing where features come from the way "
                 "back.",
         .group = inversion,
         .initial = false,
         .mayChange = true},
        {.id = "feature_memory",
         .label = "Memory for features",
         .help = "Up to that much, the source's features stay in memory, and the next edit of the "
                 "same source takes a quarter less time.",
         .unit = "GiB",
         .group = work,
         .initial = 2.0,
         .minimum = 0,
         .maximum = 256,
         .step = 0.5,
         .mayChange = true},
        {.id = "rounding",
         .label = "Colours to bytes",
         .help = "To the nearest one, or cut off as the authors' programs do.",
         .group = work,
         .initial = std::string("nearest"),
         .choices = {{"nearest", "Nearest"}, {"down", "Cut off"}},
         .mayChange = true},
        {.id = "plain",
         .label = "Reference path",
         .help = "Computes source and result in one batch and then overwrites, as the original "
                 "does.\nThe same picture, slower and with more memory.",
         .group = work,
         .initial = false,
         .mayChange = true},
        halvesParameter(work),
    };
}

} // namespace

std::vector<Parameter> inversionParameters()
{
    std::vector<Parameter> all = commonParameters();
    for (const Parameter& p : promptParameters(work, false))
        all.push_back(p);
    const std::vector<Parameter> main = mainParameters();
    all.push_back(*std::ranges::find(main, "steps", &Parameter::id));
    all.back().help = "Denoising steps of the translation that this is made for.";
    for (Parameter& p : all)
        p.group = p.id.starts_with("inversion") ? "" : p.group;
    return all;
}

std::vector<Parameter> translateParameters()
{
    std::vector<Parameter> all = mainParameters();
    for (const auto& group :
         {injectionParameters(), commonParameters(), promptParameters(work, false),
          negativeParameters(), workParameters(), decodingParameters(work)})
        all.insert(all.end(), group.begin(), group.end());
    // A group's parameters stand together, in the order in which the groups appear.
    std::vector<std::string> order;
    for (const Parameter& p : all)
        if (std::ranges::find(order, p.group) == order.end())
            order.push_back(p.group);
    std::ranges::stable_sort(
        all, {}, [&](const Parameter& p) { return std::ranges::find(order, p.group); });
    return all;
}
