// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/annotate.h"

#include "core/errors.h"
#include "core/picture/resample.h"
#include "core/stopping.h"
#include "plugins/promptfree/annotators/canny.h"
#include "plugins/promptfree/annotators/dpt.h"
#include "plugins/promptfree/annotators/hed.h"
#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/mlsd.h"
#include "plugins/promptfree/annotators/networkfile.h"
#include "plugins/promptfree/annotators/normal.h"
#include "plugins/promptfree/annotators/openpose.h"
#include "plugins/promptfree/annotators/pidinet.h"
#include "plugins/promptfree/annotators/scribble.h"
#include "plugins/promptfree/lastmade.h"

#include <algorithm>
#include <optional>

namespace {

const char* const hedFile = "ControlNetHED.pth";
const char* const pidinetFile = "table5_pidinet.pth";
const char* const mlsdFile = "mlsd_large_512_fp32.pth";
const char* const dptFile = "dpt_hybrid-midas-501f0c75.pt";
const char* const bodyFile = "body_pose_model.pth";
const char* const handFile = "hand_pose_model.pth";
const char* const faceFile = "facenet.pth";

using Networks = std::vector<Weights>;

Tensor pidinetMap(const Networks& w, const Image& picture)
{
    return truncatedBytes(pidinetEdges(w[0], picture).back());
}

Tensor hedMap(const Networks& w, const Image& picture)
{
    return hedEdges(meanLogit(hedProjections(w[0], picture)));
}

Tensor lineMap(const Networks& w, const Image& picture)
{
    return drawnLines(mlsdLines(mlsdMap(w[0], mlsdInput(picture))), picture.width, picture.height);
}

NetworkFile pidinetNetwork()
{
    return {pidinetFile, "pidinet", "soft edges and scribbles (PiDiNet)", pidinetShapes()};
}

NetworkFile dptNetwork()
{
    return {dptFile, "midas", "depth and surface directions (DPT-hybrid)", dptShapes()};
}

NetworkFile bodyNetwork()
{
    return {bodyFile, "openpose", "poses (OpenPose)", bodyPoseShapes()};
}

NetworkFile handNetwork()
{
    return {handFile, "openpose", "hands (OpenPose)", handPoseShapes()};
}

NetworkFile faceNetwork()
{
    return {faceFile, "openpose", "faces (OpenPose)", facePoseShapes()};
}

/// A kind of map that networks make, of a picture of the right size.
struct NetworkKind
{
    std::vector<NetworkFile> files = {};
    std::function<Image(const Networks&, const Image&, const StageReport&)> map = {};
};

std::map<std::string, NetworkKind> allNetworkKinds()
{
    const auto plain = [](Tensor (*map)(const Networks&, const Image&)) {
        return [map](const Networks& w, const Image& picture, const StageReport&) {
            return toImage(map(w, picture));
        };
    };
    const auto pose = [](bool hands, bool face) {
        NetworkKind kind = {
            {bodyNetwork()}, [=](const Networks& w, const Image& picture, const StageReport& told) {
                return openpose(
                    {w[0], hands ? w[1] : Weights(), face ? w.back() : Weights()}, picture, told);
            }};
        if (hands)
            kind.files.push_back(handNetwork());
        if (face)
            kind.files.push_back(faceNetwork());
        return kind;
    };
    return {
        {"hed", {{{hedFile, "hed", "soft edges (HED)", hedShapes()}}, plain(hedMap)}},
        {"pidinet", {{pidinetNetwork()}, plain(pidinetMap)}},
        {"scribble", {{pidinetNetwork()}, plain([](const Networks& w, const Image& p) {
                          return scribble(pidinetMap(w, p));
                      })}},
        {"mlsd", {{{mlsdFile, "mlsd", "straight lines (M-LSD)", mlsdShapes()}}, plain(lineMap)}},
        {"depth", {{dptNetwork()}, plain([](const Networks& w, const Image& p) {
                       return depthBytes(dptDepth(w[0], p));
                   })}},
        {"normal", {{dptNetwork()}, plain([](const Networks& w, const Image& p) {
                        return normalBytes(normals(dptDepth(w[0], p)));
                    })}},
        {"openpose", pose(false, false)},
        {"openpose-hands", pose(true, false)},
        {"openpose-face", pose(false, true)},
        {"openpose-full", pose(true, true)},
    };
}

const std::map<std::string, NetworkKind>& networkKinds()
{
    static const std::map<std::string, NetworkKind> kinds = allNetworkKinds();
    return kinds;
}

std::string labelOf(const std::string& kind)
{
    const auto found = std::ranges::find(annotatorKinds(), kind, &AnnotatorKind::id);
    return found == annotatorKinds().end() ? kind : found->label;
}

void checkKind(const std::string& kind)
{
    std::string all;
    for (const AnnotatorKind& known : annotatorKinds()) {
        if (known.id == kind)
            return;
        all += (all.empty() ? "" : ", ") + known.id;
    }
    throw ValueError("There is no kind of control map called %1. The kinds are: %2.", kind, all);
}

/// The picture as the maker of its map takes it.
Image sizedPicture(const MapRequest& wanted)
{
    const Image picture = wanted.dropAlpha ? opaque(wanted.picture) : flattened(wanted.picture, {});
    return resize(picture, wanted.width, wanted.height, Filter::Bicubic);
}

/// The map of a picture of the right size that needs no network, if there is one.
std::optional<Image> plainMap(const MapRequest& wanted, const Image& sized)
{
    if (wanted.kind == finishedMap)
        return sized;
    if (wanted.kind == "canny")
        return toImage(canny(sized, wanted.thresholds.low, wanted.thresholds.high));
    if (wanted.kind == "scribble-xdog")
        return toImage(scribbleOf(sized));
    return {};
}

/// The last maps that networks made: a run, the inspector and "Make the map" ask for the same.
using LastMaps = LastMade<Image, 8>;
std::shared_ptr<LastMaps> lastMaps(Models& models)
{
    return models.kept<LastMaps>("annotator maps");
}

/// All that determines a map that a network makes.
std::string mapKey(const MapRequest& wanted, const Image& sized)
{
    std::string key = wanted.kind + " " + identityOf(sized);
    for (const NetworkFile& file : networkKinds().at(wanted.kind).files)
        key += "\n" + fileStamp(networkPath(file, wanted.folder));
    return key;
}

/// Runs the networks on a picture of the right size; empty where it was stopped.
Image networkMap(
    const MapRequest& wanted, const Image& sized, Models& models, const StageReport& progress)
{
    const NetworkKind& network = networkKinds().at(wanted.kind);
    Networks weights;
    for (const NetworkFile& file : network.files) {
        weights.push_back(loadNetwork(file, wanted.folder, models, progress));
        if (weights.back().empty())
            return {};
    }
    if (!progress({"Finding %1", inWords(network.files.back().purpose)}))
        return {};
    const c10::InferenceMode noGradients;
    const Image map = network.map(weights, sized, progress);
    return stopAsked() ? Image() : map;
}

} // namespace

const std::vector<AnnotatorKind>& annotatorKinds()
{
    static const std::vector<AnnotatorKind> kinds = {
        {"canny", "Canny edges", {}, false},
        {"scribble-xdog", "Scribble (XDoG)", {}, false},
        {"scribble", "Scribble (PiDiNet, non-commercial)", {pidinetFile}, true},
        {"hed", "Soft edges (HED)", {hedFile}, false},
        {"pidinet", "Soft edges (PiDiNet, non-commercial)", {pidinetFile}, true},
        {"mlsd", "Straight lines (M-LSD)", {mlsdFile}, false},
        {"depth", "Depth (DPT-hybrid)", {dptFile}, false},
        {"normal", "Surface (DPT-hybrid)", {dptFile}, false},
        {"openpose", "Pose (OpenPose, non-commercial)", {bodyFile}, true},
        {"openpose-hands",
         "Pose with hands (OpenPose, non-commercial)",
         {bodyFile, handFile},
         true},
        {"openpose-face", "Pose with face (OpenPose, non-commercial)", {bodyFile, faceFile}, true},
        {"openpose-full",
         "Pose with hands and face (OpenPose, non-commercial)",
         {bodyFile, handFile, faceFile},
         true},
        {finishedMap, "None: a finished map", {}, false},
    };
    return kinds;
}

Sentence licenceNote(const std::string& kind)
{
    const auto found = std::ranges::find(annotatorKinds(), kind, &AnnotatorKind::id);
    if (found == annotatorKinds().end() || !found->nonCommercial)
        return {};
    return {
        "Maps of the kind %1 come from a network that is for research and other non-commercial use "
        "only.",
        kind};
}

void checkAnnotator(const std::string& kind, const std::filesystem::path& folder)
{
    checkKind(kind);
    if (const auto found = networkKinds().find(kind); found != networkKinds().end())
        for (const NetworkFile& file : found->second.files)
            networkPath(file, folder);
}

Image annotate(const MapRequest& wanted, Models& models, const StageReport& progress)
{
    checkKind(wanted.kind);
    const Image sized = sizedPicture(wanted);
    if (const std::optional<Image> map = plainMap(wanted, sized))
        return *map;
    const std::string key = mapKey(wanted, sized);
    const auto last = lastMaps(models);
    if (const Image* map = last->find(key))
        return *map;
    const Image map = networkMap(wanted, sized, models, progress);
    if (!map.empty())
        last->keep(key, map);
    return map;
}

Sentence emptyNote(const std::string& kind, const Image& map)
{
    if (kind == finishedMap
        || std::ranges::any_of(map.rgb, [](uint8_t value) { return value > 0; }))
        return {};
    if (kind.starts_with("openpose"))
        return "Nobody was found in the control picture, so its map is black.";
    return {
        "Nothing was found in the control picture (%1), so its map is black.",
        inWords(labelOf(kind))};
}
