// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <array>
#include <climits>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

class Models;
struct ModelCard;

/// Half open, as in Python.
struct Range
{
    int begin = 0, end = INT_MAX;
    bool contains(int i) const { return begin <= i && i < end; }
    bool operator==(const Range&) const = default;
};
/// A set of running numbers, sorted and apart; "3:11,13". Empty: off.
using Layers = std::vector<Range>;
using Value = std::variant<bool, int, double, std::string, Range, Layers>;
using Values = std::map<std::string, Value>;

/// One of the strings that a parameter may be.
struct Choice
{
    std::string value = {}, label = {};
};

/// A value that a method takes, as data: the form, the command line and the record in a file are
/// made from it.
struct Parameter
{
    std::string id = {}, label = {};
    std::string help = {}; ///< what it does; what low and high do; what it costs: a line each
    std::string unit = {};
    std::string group = {}; ///< "" is shown always; others fold, by this title
    Value initial = {};     ///< the paper's value; its type is the parameter's type
    double minimum = 0, maximum = 0, step = 0; ///< of numbers; of layers the last that there is
    std::vector<Choice> choices = {};          ///< of strings; empty: free text
    bool multiline = false;                    ///< of free text
    bool file = false; ///< a text that is a path, or several with ; between: records keep no folder
};

/// Reads @p text as a value of the parameter ("3:11,13" or "off" for layers, "0:25" or "all" for a
/// range). Throws Error saying what is accepted.
Value parseValue(const Parameter& parameter, std::string_view text);
/// The text that parseValue() reads back.
std::string toText(const Value& value);
/// Throws Error where a value is out of the parameter's range or choices or of another type.
void checkValue(const Parameter& parameter, const Value& value);

/// A place for an input picture.
struct Slot
{
    std::string id = {}, label = {}, help = {};
    bool needed = true;
    std::string unless = {}; ///< id of a text parameter that takes its place where it is not empty
    bool several = false;    ///< takes more than one, each with a weight
    std::vector<Choice> kinds = {};      ///< what a picture here may be; the first is the usual one
    std::vector<std::string> takes = {}; ///< "weight", "span": what is asked for beside a picture
    std::string maskOf = {}; ///< id of the slot whose picture a mask here belongs to, so that it
                             ///< can be painted over it
};

/// An input picture with what a method may need to know of it besides its pixels.
struct Input
{
    Image image = {};
    std::string name = {}; ///< bare file name, never a path
    double weight = 1;
    std::string kind = {};     ///< one of the slot's kinds; empty: the first
    double begin = 0, end = 1; ///< the part of the run in which it acts, of 1
};

/// Input pictures by slot.
using Pictures = std::map<std::string, std::vector<Input>>;

/// Named values for a purpose, from presets/<method>.json.
struct Preset
{
    std::string id = {}, label = {}, note = {};
    Values values = {};
};

/// Everything that determines the result: equal requests give equal pictures.
struct Request
{
    std::string method = {};
    std::string model = {};  ///< path of a folder or file; empty: the default model
    std::string preset = {}; ///< id; empty: none
    Pictures images = {};
    Values values = {}; ///< what was set by hand; run() adds the rest
    uint64_t seed = 42;
    std::string device = "cpu";     ///< cpu, cuda, cuda:1 ...
    std::string precision = "auto"; ///< auto, fp32, bf16, fp16
    /// What the UNet predicts: auto (as its files say, or a guess), epsilon, v_prediction.
    std::string prediction = "auto";
    std::map<std::string, std::vector<float>> noise =
        {}; ///< stored noise by name, in place of what the seed gives
};

/// The latents of all candidates after a step.
struct Latent
{
    std::array<int64_t, 4> shape = {}; ///< [candidates, channels, height, width]
    std::vector<float> values = {};
};

/// A picture that a run made.
struct Candidate
{
    Image image = {};  ///< what was asked for
    Image canvas = {}; ///< all that the network made (Analogy: the grid)
    uint64_t seed = 0;
};

/// What is being done; @p of = 0 where it cannot be counted.
struct StageEvent
{
    std::string stage = {};
    int done = 0, of = 0;
};
/// A finished sampling step.
struct StepEvent
{
    int step = 0, steps = 0; ///< 1 is the first finished step; 0 is the start latent
    double time = 0;         ///< diffusion time that the network was asked at
    std::shared_ptr<const Latent> latent = {};
    /// One a candidate, a pixel per latent cell: the predicted clean canvas, and the latent as the
    /// network sees it, noise and all.
    std::vector<Image> previews = {}, noisy = {};
};
/// A full decode that was asked for.
struct DecodedEvent
{
    int step = 0;
    std::vector<Candidate> candidates = {};
};
using Event = std::variant<StageEvent, StepEvent, DecodedEvent>;

/// What the caller answers to an event: a stop is an answer, not an exception from outside.
struct Answer
{
    bool goOn = true;             ///< false: stop after this step and return what there is
    bool keep = true;             ///< of a stop: the pictures of the last step are wanted
    std::vector<int> decode = {}; ///< steps to decode in full before the next one
};
using Report = std::function<Answer(const Event&)>;

/// Numbers to be saved as data, row-major.
struct Array
{
    std::vector<int64_t> shape = {};
    std::vector<float> values = {};
};

struct Result
{
    std::vector<Candidate> candidates = {};
    std::vector<std::shared_ptr<const Latent>> latents = {}; ///< the start and after every step
    bool stopped = false;                     ///< the pictures are of the last step done
    std::vector<std::string> notes = {};      ///< what is to be said of it, in sentences
    std::map<std::string, Array> arrays = {}; ///< what was made besides pictures
};

/// A kind of tensors inside the network that a method can show.
struct LookKind
{
    std::string value = {}, label = {};
    int layers = 0; ///< they count from 0
    int usual = 0;  ///< the layer that is shown first
};
/// What of the network is looked at, after a step of a run.
struct Look
{
    std::string kind = {};
    int layer = 0;
    int step = 0; ///< of the sampler; 0 is the noisiest
};
/// Pictures of what the network holds, with the numbers behind them.
struct Inspection
{
    struct Picture
    {
        std::string label = {};
        Image image = {}; ///< a pixel per cell of the feature map
    };
    std::vector<Picture> pictures = {};
    std::map<std::string, Array> arrays = {};
};

/// Steps in which a part of a method acts, to be shown below the steps of a run.
struct ActiveSpan
{
    std::string label = {};
    Range steps = {}; ///< counted from 0; empty: the part is off
};

/// The models that a method is made for, to be told to whoever looks for one.
struct ModelNeeds
{
    std::vector<int> channels = {4, 9};           ///< of the UNet's input, one of these
    std::vector<int> contextWidths = {768, 1024}; ///< of the UNet's context, one of these
};

/// A way of making pictures.
struct Method
{
    std::string id = {}, name = {}, description = {};
    std::vector<Slot> slots = {};
    std::vector<Parameter> parameters = {};
    std::vector<Preset> presets = {};
    /// Why the model cannot serve this method, in a sentence; empty: it can.
    std::function<std::string(const ModelCard&)> refuses = {};
    ModelNeeds needs = {}; ///< what refuses() lets pass, but for a single model's own merits
    std::function<Result(const Request&, Models&, const Report&)> run = {};
    /// The pictures of a latent of this request.
    std::function<std::vector<Candidate>(const Request&, Models&, const Latent&)> decode = {};
    /// What is to be known of a request before it runs, in sentences: that a part of the work is
    /// done already, what the model cannot do. Quick, but loads nothing and is for the worker.
    std::function<std::vector<std::string>(const Request&, Models&)> notes = {};
    std::vector<LookKind> looks = {}; ///< what inspect() can show
    /// What the network holds at a step of a run, computed again from the latent before that step.
    std::function<Inspection(const Request&, Models&, const Look&, const Latent&)> inspect = {};
    /// What acts when, for values that are resolved.
    std::function<std::vector<ActiveSpan>(const Values&, const Pictures&)> spans = {};
    /// What a whole number may be beside the others' resolved values, the least first; empty:
    /// whatever its range allows.
    std::function<std::vector<int>(const std::string& id, const Values&)> offers = {};
    bool tool = false; ///< a step towards a mode (a map, an inversion): no mode of the window
    /// Of a tool: the method whose presets are its own too, as far as its parameters go.
    std::string presetsOf = {};
    /// The parameter that names the file of an autoencoder in place of the model's own; empty:
    /// there is none, and a model must have one.
    std::string autoencoder = {};
};

/// The parameter called @p id; throws Error if there is none.
const Parameter& parameter(const Method& method, std::string_view id);
/// All values of a request, strongest first: set by hand, preset, the model's recommended.json, the
/// paper.
Values resolve(const Method& method, const Request& request, const ModelCard& model);
/// What a request still needs before it can run ("a picture for A"); empty: nothing.
std::vector<std::string> missing(const Method& method, const Request& request);
/// The request's model, or the default model where it names none.
std::filesystem::path modelPath(const Request& request);
/// The one way to run a method: checks the request, adds the values it leaves out, and runs. Throws
/// Error before any work where something is wrong.
Result run(const Method& method, Request request, Models& models, const Report& report);
