// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/parameters.h"

#include "core/diffusion/apart.h"
#include "core/diffusion/autoencoderchoice.h"
#include "core/diffusion/promptrules.h"
#include "core/halves.h"

namespace {

const std::string appearance = "Pictures and size", attention = "Layers and masking",
                  sampling = "Sampling";

std::vector<Parameter> mainParameters()
{
    return {
        {.id = "prompt",
         .label = "Prompt",
         .help = "What B′ shows, in a few words.\nEmpty: the pictures alone decide.",
         .initial = std::string(),
         .multiline = true,
         .mayChange = true,
         .role = Role::Prompt},
        {.id = "negative",
         .label = "Negative prompt",
         .help = "What B′ should not look like.\nHas no effect at guidance 1.",
         .initial = std::string("Messy,Disordered,Chaotic,Cluttered,Haphazard,Unkempt,"
                                "Scattered,Disheveled,Tangled,Random"),
         .multiline = true,
         .mayChange = true,
         .role = Role::NegativePrompt},
        {.id = "steps",
         .label = "Steps",
         .help = "Denoising steps of the whole way; strength leaves out the first ones.\n"
                 "Few are quick and rough, more than 50 hardly change anything.\n"
                 "Time grows in proportion.",
         .initial = 50,
         .minimum = 1,
         .maximum = 1000,
         .step = 1,
         .role = Role::Steps},
        {.id = "guidance",
         .label = "Guidance",
         .help = "How strictly the prompt is followed.\nLow is loose, high is harsh in colour.\n"
                 "1 leaves the negative prompt out and takes half the time.",
         .initial = 15.0,
         .minimum = 0,
         .maximum = 30,
         .step = 0.5,
         .mayChange = true,
         .role = Role::Guidance},
        {.id = "strength",
         .label = "Strength",
         .help = "How far B′ may depart from B, which it starts from.\n"
                 "Low keeps B, 1 starts from noise alone.",
         .initial = 0.98,
         .minimum = 0,
         .maximum = 1,
         .step = 0.01,
         .role = Role::Strength},
        {.id = "sac_scale",
         .label = "Cloning ×",
         .help = "How strongly the relation of A and B is copied onto A′ and B′.\n"
                 "Low stays with B, high moves to A′; from 1.8 on pictures break.",
         .initial = 1.3,
         .minimum = 0,
         .maximum = 3,
         .step = 0.05,
         .mayChange = true},
        {.id = "candidates",
         .label = "Candidates",
         .help = "How many B′ are made at once, each from a seed of its own.\n"
                 "Time and memory grow in proportion.",
         .initial = 1,
         .minimum = 1,
         .maximum = 16,
         .step = 1,
         .role = Role::Candidates},
        {.id = "layout",
         .label = "Alignment",
         .help = "Which pictures show the same things in the same places.\n"
                 "Where none do, cloning is left off.",
         .initial = std::string("aligned"),
         .choices = {{"aligned", "A beside A′"}, {"swapped", "A beside B"}, {"none", "None"}}},
    };
}

std::vector<Parameter> attentionParameters()
{
    return {
        {.id = "sac",
         .label = "Cloning layers",
         .help = "Self-attention cloning: the attention layers, 0 to 15, in which it acts.\n"
                 "The end is not included: 3:11 are 3 to 10. \"off\" leaves it out.",
         .group = attention,
         .initial = Layers {{3, 11}},
         .maximum = 15,
         .mayChange = true},
        {.id = "sac_steps",
         .label = "Cloning steps",
         .help = "The steps in which cloning acts, counted from 0.\n\"all\", or a span: 0:25.",
         .unit = "steps",
         .group = attention,
         .initial = Range {},
         .mayChange = true},
        {.id = "cam",
         .label = "Masking layers",
         .help = "Cross-attention masking: the layers in which the prompt speaks of B′ alone.\n"
                 "The end is not included. \"off\" leaves it out.",
         .group = attention,
         .initial = Layers {{3, 11}},
         .maximum = 15,
         .mayChange = true},
        {.id = "cam_steps",
         .label = "Masking steps",
         .help = "The steps in which masking acts, counted from 0.\n\"all\", or a span: 0:25.",
         .unit = "steps",
         .group = attention,
         .initial = Range {},
         .mayChange = true},
    };
}

std::vector<Parameter> appearanceParameters()
{
    return {
        {.id = "size",
         .label = "Grid size",
         .help = "Side of the whole grid; each picture takes half of it.\n"
                 "Time and memory grow faster than its square.",
         .unit = "px",
         .group = appearance,
         .initial = 512,
         .minimum = 256,
         .maximum = 1024,
         .step = 128,
         .role = Role::Size},
        {.id = "fit",
         .label = "Fit",
         .help = "How a picture that is not square is brought into its cell.\n"
                 "B′ comes back in B's shape (Crop: the rest of B stays around the middle square).",
         .group = appearance,
         .initial = std::string("stretch"),
         .choices = {{"stretch", "Stretch"}, {"pad", "Pad"}, {"crop", "Crop"}}},
        {.id = "frame",
         .label = "White frame",
         .help = "Whether the grid's white frame is cut off the result.\nThe original keeps it.",
         .group = appearance,
         .initial = std::string("cut"),
         .choices = {{"cut", "Cut off"}, {"keep", "Keep"}},
         .mayChange = true},
        {.id = "ground",
         .label = "Transparency",
         .help = "The colour under transparent parts and around padded pictures, as #rrggbb.\n"
                 "\"drop\" ignores transparency, as the original does.",
         .group = appearance,
         .initial = std::string("#ffffff")},
    };
}

std::vector<Parameter> samplingParameters()
{
    return {
        {.id = "sampler",
         .label = "Sampler",
         .help = "How a step is taken. The paper uses DDIM.",
         .group = sampling,
         .initial = std::string("ddim"),
         .choices =
             {{"ddim", "DDIM"},
              {"ddim-trailing", "DDIM from the last level (Hyper-SD)"},
              {"model", "The model's own"},
              {"plms", "PLMS"},
              {"euler", "Euler"},
              {"euler-karras", "Euler Karras"},
              {"euler-a", "Euler ancestral"},
              {"dpm++2m", "DPM++ 2M"},
              {"dpm++2m-karras", "DPM++ 2M Karras"},
              {"dpm++2m-sde", "DPM++ 2M SDE"},
              {"dpm++2m-sde-karras", "DPM++ 2M SDE Karras"},
              {"unipc", "UniPC"},
              {"lcm", "LCM"}},
         .role = Role::Sampler},
        {.id = "posterior",
         .label = "Encoding",
         .help = "Whether the autoencoder's posterior is sampled, as the original does, or its "
                 "mean is used.",
         .group = sampling,
         .initial = std::string("sample"),
         .choices = {{"sample", "Sample"}, {"mean", "Mean"}}},
        {.id = "prompt_suffix",
         .label = "Added to the prompt",
         .help = "Words that are put behind every prompt.",
         .group = sampling,
         .initial = std::string(", best quality, extremely detailed"),
         .mayChange = true},
        {.id = "long_prompts",
         .label = "Long prompts",
         .help = "What happens beyond 75 tokens: encoded in chunks, or cut off as in the original.",
         .group = sampling,
         .initial = std::string("chunks"),
         .choices = {{"chunks", "Chunks of 75"}, {"truncate", "Cut off"}},
         .mayChange = true},
        autoencoderParameter(sampling),
        {.id = "plain",
         .label = "Reference path",
         .help = "Edits whole attention matrices as the original does.\n"
                 "The same picture, slower and with more memory.",
         .group = sampling,
         .initial = false,
         .mayChange = true},
        halvesParameter(sampling),
    };
}

} // namespace

std::vector<Parameter> analogistParameters()
{
    std::vector<Parameter> all = mainParameters();
    for (const auto& group :
         {attentionParameters(), appearanceParameters(), samplingParameters(),
          promptParameters(sampling, true), decodingParameters(sampling)})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}
