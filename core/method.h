// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modelcard.h"
#include "core/picture/deepimage.h"
#include "core/run.h"
#include "core/values.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class Models;
class StageReport;

/// How the map of a picture in a slot is made beforehand: by a tool, whose request is filled in
/// from this.
struct MapMaker
{
    std::string tool = {}; ///< id of the method that makes maps; its main slot takes the picture
    std::string kind = {}; ///< the tool's parameter that takes the picture's kind
    std::string finished = {}; ///< the kind of a picture that is a map already
    std::map<std::string, std::string> values =
        {}; ///< other parameters of the tool -> the method's parameters whose values they take
    /// Why a picture of a kind cannot act in a request, whose values are resolved (a file that is
    /// not there); empty: nothing is known against it. Quick.
    std::function<Sentence(const std::string& kind, const Request&)> lacks = {};
};

/// A place for an input picture.
struct Slot
{
    std::string id = {}, label = {}, help = {};
    bool needed = true;
    bool main = false;       ///< its picture is the one to work on: it goes along to another method
    std::string unless = {}; ///< id of a text parameter that takes its place where it is not empty
    bool several = false;    ///< takes more than one
    bool weight = false;     ///< each picture has a weight
    bool span = false;       ///< each picture acts in a part of the run
    bool mayChange = false;  ///< a branch may have other pictures here, as of a Parameter
    std::vector<Choice> kinds = {};    ///< what a picture here may be; the first is the usual one
    std::optional<MapMaker> maps = {}; ///< of a slot with kinds
    std::string maskOf = {}; ///< id of the slot whose picture a mask here belongs to, so that it
                             ///< can be painted over it
    std::string section =
        {}; ///< where there are many slots: the title above this and those like it
};

/// Named values for a purpose, from presets/<method>.json.
struct Preset
{
    std::string id = {}, label = {}, note = {};
    Values values = {};
};

/// Steps in which a part of a method acts, to be shown below the steps of a run.
struct ActiveSpan
{
    std::string label = {};
    Range steps = {}; ///< counted from 0; empty: the part is off
    /// What sets them, so that their ends can be moved: the id of a parameter, a Range of steps or
    /// the part of the run (0 to 1) up to which it acts; or a picture of a slot, by its span. Both
    /// empty: nothing does.
    std::string parameter = {}, slot = {};
    int at = 0; ///< which picture of the slot
};

/// What a method keeps on disk between runs, so that the user can limit and delete it.
struct KeptFiles
{
    std::string folder = {}; ///< below the cache folder; an entry of it is a file or a folder
    std::string label = {};  ///< "Kept inversions"
    std::string help = {};   ///< what they save
    int usualLimit = 0;      ///< megabytes
};

/// Values that follow from a picture, with what is said of it.
struct Followed
{
    Values values = {};
    Sentence said = {};
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
    int order = 0;           ///< among the modes of the window, the least first
    std::string toolOf = {}; ///< id of the method towards which this is a step (a map, an
                             ///< inversion): no mode of the window, and it takes that one's presets
    std::string question = {}; ///< of a tool: what a vision-language model is asked about the
                               ///< picture that it makes, to find a prompt for that one
    std::string icon = {}; ///< of the mode: a drawing in resources/icons; empty: its first letter
    bool onGrid = false;   ///< the network fills a grid of 2 x 2: the slots in their order, then
                           ///< the result
    bool byReference = false; ///< the network looks at tokens of the pictures of the main slot
    std::string resultLabel = "Result";
    std::vector<Slot> slots = {};
    std::vector<Parameter> parameters = {};
    std::vector<Preset> presets = {};
    std::vector<KeptFiles> keeps = {};

    /// Why the model cannot serve this method, in a sentence; empty: it can.
    std::function<Sentence(const ModelCard&)> refuses = {};
    ModelNeeds needs = {}; ///< what refuses() lets pass, but for a single model's own merits
    std::function<Result(const Request&, Models&, const Report&)> run = {};
    /// The pictures of a latent of this request.
    std::function<std::vector<Candidate>(const Request&, Models&, const Latent&)> decode = {};
    /// The same with 16 bits a channel, from the decoder's floats.
    std::function<std::vector<DeepCandidate>(const Request&, Models&, const Latent&)> decodeDeep =
        {};
    /// What is to be known of a request before it runs: that a part of the work is done already,
    /// what the model cannot do. Quick, but loads nothing and is for the worker.
    std::function<std::vector<Sentence>(const Request&, Models&)> notes = {};
    /// What the network holds in a step, computed again from the latent before it: one pass.
    /// @p step counts from 0, the noisiest. Null where the caller stopped.
    std::function<std::shared_ptr<const StepTrace>(
        const Request&, Models&, const Recording&, int step, const Latent& before,
        const StageReport&)>
        trace = {};
    /// What can be left out of a run, by name ("cloning"), to see what it does: the values with
    /// which it does not act.
    std::map<std::string, Values> without = {};
    /// What acts when, for values that are resolved.
    std::function<std::vector<ActiveSpan>(const Values&, const Pictures&)> spans = {};
    /// The values that the first picture of a slot gives unless they are set by hand (a size);
    /// none where that slot shapes nothing.
    std::function<Followed(const std::string& slot, const Image&, const ModelCard&)> follows = {};

    bool isTool() const { return !toolOf.empty(); }
};

/// The parameter called @p id; throws ValueError if there is none.
const Parameter& parameter(const Method& method, std::string_view id);
/// The parameter with that role; null if there is none.
const Parameter* parameter(const Method& method, Role role);
/// The slot called @p id; null if there is none.
const Slot* slot(const Method& method, std::string_view id);
/// The slot whose picture is the one to work on; null if there is none.
const Slot* mainSlot(const Method& method);

/// All values of a request, strongest first: set by hand, preset, the model's recommended.json, the
/// paper. Throws ValueError.
Values resolve(const Method& method, const Request& request, const ModelCard& model);
/// What a request still needs before it can run ("a picture for A"); empty: nothing.
std::vector<Sentence> missing(const Method& method, const Request& request);
/// The request's model, or the default model where it names none.
std::filesystem::path modelPath(const Request& request);
/// A request that is ready: nothing is missing, every value is allowed, the model serves.
struct Prepared
{
    Request request = {}; ///< as it was asked for: the values that were set by hand
    Values values = {};   ///< all of the method's
    ModelCard card = {};  ///< of the model's file that is loaded

    /// What a method is given: the request with all values.
    Request whole() const;
};
/// The one preparation of a run, for window, command line and run(): the ready request, or the
/// Error that says what is wrong with it (a ValueError for pictures that are missing and values, an
/// Error for the model). Quick: the model is described already.
Prepared prepare(const Method& method, const Request& request, const ModelCard& card);
/// Runs what is ready.
Result run(const Method& method, const Prepared& prepared, Models& models, const Report& report);
/// What the method decodes of a latent; a picture whose sizes cannot be is a WorkError, as in a
/// run. A run out of a damaged session may lack pictures, and is refused as one that is not ready.
std::vector<Candidate> decoded(
    const Method& method, const Request& request, Models& models, const Latent& latent);
/// The same with 16 bits a channel.
std::vector<DeepCandidate> decodedDeep(
    const Method& method, const Request& request, Models& models, const Latent& latent);
/// What the network holds in a step: Method::trace.
std::shared_ptr<const StepTrace> traced(
    const Method& method, const Request& request, Models& models, const Recording& recording,
    int step, const Latent& before, const StageReport& progress);
/// Describes the model, prepares and runs.
Result run(const Method& method, const Request& request, Models& models, const Report& report);
