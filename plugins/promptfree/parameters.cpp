// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/parameters.h"

#include "core/diffusion/apart.h"
#include "core/diffusion/autoencoderchoice.h"
#include "core/diffusion/promptrules.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/annotators/annotatetool.h"
#include "plugins/promptfree/controls.h"

namespace {

const std::string files = "Files", sampling = "Sampling";

Parameter side(const char* id, const char* label)
{
    return {
        .id = id,
        .label = label,
        .help = "Of the result, in steps of 64; set from the control picture where there is one.\n"
                "Full models are made for 512 and more; less is for small ones.\n"
                "Time and memory grow faster than the area.",
        .unit = "px",
        .initial = 512,
        .minimum = double(sideLimits().least),
        .maximum = double(sideLimits().most),
        .step = 64};
}

Parameter encoderParameter()
{
    return {
        .id = "encoder",
        .label = "Encoder",
        .help = "What reads the reference.\n"
                "SeeCoder sees what is in it and how it looks; meant for use with a control "
                "picture. A model that brings its own one uses that.\n"
                "SeeCoder-PA also sees where things are, so layouts hold without a control "
                "picture.\n"
                "SeeCoder-Anime is trained on drawings and goes with drawing models; it needs "
                "anime_ug.pth beside it.",
        .initial = std::string("seecoder"),
        .choices =
            {{"seecoder", "SeeCoder: content and style"},
             {"seecoder-pa", "SeeCoder-PA: and where things are"},
             {"seecoder-anime", "SeeCoder-Anime: for drawings"}},
        .mayChange = true};
}

std::vector<Parameter> mainParameters()
{
    return {
        encoderParameter(),
        {.id = "guidance",
         .label = "Guidance",
         .help = "How strictly the reference is followed.\n"
                 "Low is loose, above 3 colours grow harsh.\n1 takes about half the time.",
         .initial = 2.0,
         .minimum = 0,
         .maximum = 10,
         .step = 0.05,
         .mayChange = true,
         .role = Role::Guidance},
        side("width", "Width"),
        side("height", "Height"),
        {.id = "steps",
         .label = "Steps",
         .help = "Denoising steps. Few are quick and rough.\n"
                 "The original's grid may take one or a few more (30 are 31), and has none for "
                 "some numbers.\nTime grows in proportion.",
         .initial = 50,
         .minimum = 1,
         .maximum = 500,
         .step = 1,
         .role = Role::Steps},
        {.id = "strength",
         .label = "Strength",
         .help = "How far the result may depart from the picture it starts from, if there is one.\n"
                 "Low keeps it, 1 starts from noise alone.",
         .initial = 0.75,
         .minimum = 0,
         .maximum = 1,
         .step = 0.01,
         .role = Role::Strength},
        {.id = "candidates",
         .label = "Candidates",
         .help = "How many pictures are made at once, each from a seed of its own.\n"
                 "Time and memory grow in proportion.",
         .initial = 1,
         .minimum = 1,
         .maximum = 16,
         .step = 1,
         .role = Role::Candidates},
        {.id = "mixing",
         .label = "Mixing",
         .help = "What is done with several references.\n"
                 "In a row: the network chooses from each. Average: a blend of all.",
         .initial = std::string("concatenate"),
         .choices = {{"concatenate", "In a row"}, {"average", "Average"}},
         .mayChange = true},
        {.id = "prompt",
         .label = "Added text",
         .help = "A few words put behind what the references say, with a model that understands "
                 "text.\nEmpty: the references alone decide.",
         .initial = std::string(),
         .multiline = true,
         .mayChange = true,
         .role = Role::Prompt},
    };
}

std::vector<Parameter> fileParameters()
{
    return {
        {.id = "control_model",
         .label = "ControlNet",
         .help =
             "File or folder of the ControlNet for the control picture; for several, one each, "
             "with ; between them. One alone serves all.\nEmpty: the one that comes with the model "
             "(the default model has one for canny edges).",
         .group = files,
         .initial = std::string(),
         .file = true,
         .mayChange = true},
        {.id = "encoder_file",
         .label = "SeeCoder file",
         .help = "File or folder of another SeeCoder than the one the encoder's name stands for.",
         .group = files,
         .initial = std::string(),
         .file = true,
         .mayChange = true},
        autoencoderParameter(files),
        {.id = "annotators",
         .label = "Map networks",
         .help = "Folder of the networks that make control maps. Empty: the usual place.",
         .group = files,
         .initial = std::string(),
         .file = true,
         .mayChange = true},
        {.id = "sampler",
         .label = "Sampler",
         .help = "How a step is taken. The original's is DDIM on its own grid; the others are for "
                 "models and LoRAs that were made for few steps.",
         .group = sampling,
         .initial = std::string("ddim"),
         .choices =
             {{"ddim", "DDIM, as the original"},
              {"ddim-trailing", "DDIM from the last level (Hyper-SD)"},
              {"lcm", "LCM"}},
         .role = Role::Sampler},
        {.id = "guess_mode",
         .label = "Guess mode",
         .help = "Control acts on the guided half alone, and most on the whole picture's layout.",
         .group = sampling,
         .initial = false,
         .mayChange = true},
        {.id = "half_schedule",
         .label = "Half schedule",
         .help = "Rounds the noise levels to half precision, as the original program does.",
         .group = sampling,
         .initial = false},
        {.id = "rounding",
         .label = "Colours to bytes",
         .help = "To the nearest one, or cut off as the authors' program does.",
         .group = sampling,
         .initial = std::string("nearest"),
         .choices = {{"nearest", "Nearest"}, {"down", "Cut off"}},
         .mayChange = true},
        transparencyParameter(sampling),
    };
}

} // namespace

Limits sideLimits()
{
    return {128, 1536};
}

std::vector<Parameter> promptFreeParameters()
{
    std::vector<Parameter> all = mainParameters();
    for (const auto& group :
         {fileParameters(), promptParameters(sampling, true), decodingParameters(sampling)})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

std::vector<Choice> controlKinds()
{
    std::vector<Choice> kinds;
    for (const AnnotatorKind& kind : annotatorKinds())
        kinds.push_back({kind.id, kind.label});
    return kinds;
}

std::vector<Slot> promptFreeSlots()
{
    return {
        {.id = "reference",
         .label = "Reference",
         .help = "The picture whose content and look the result takes, in place of a prompt",
         .main = true,
         .several = true,
         .weight = true,
         .mayChange = true,
         .section = "References"},
        {.id = "control",
         .label = "Control",
         .help = "The picture whose structure the result takes (needs a ControlNet)",
         .needed = false,
         .several = true,
         .weight = true,
         .span = true,
         .mayChange = true,
         .kinds = controlKinds(),
         .maps =
             MapMaker {
                 .tool = "annotate",
                 .kind = "kind",
                 .finished = finishedMap,
                 .values =
                     {{"width", "width"},
                      {"height", "height"},
                      {"folder", "annotators"},
                      {"transparency", "transparency"}},
                 .lacks = lackOf},
         .section = "Structure"},
        {.id = "init",
         .label = "Start from",
         .help = "The picture that the result starts from",
         .needed = false,
         .section = "Start and mask"},
        {.id = "mask",
         .label = "Mask",
         .help = "What of the start picture is painted anew (white)",
         .needed = false,
         .maskOf = "init",
         .section = "Start and mask"}};
}
