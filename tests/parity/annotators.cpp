// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "plugins/promptfree/annotators/canny.h"
#include "plugins/promptfree/annotators/dpt.h"
#include "plugins/promptfree/annotators/hed.h"
#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/mlsd.h"
#include "plugins/promptfree/annotators/normal.h"
#include "plugins/promptfree/annotators/pidinet.h"
#include "plugins/promptfree/annotators/scribble.h"
#include "tests/parity/case.h"
#include "tests/portablefill.h"

#include <algorithm>
#include <regex>

namespace {

/// The part of the picture that M-LSD was given, as the case names it: "picture" or
/// "picture[:80, :96]", rows first, as NumPy slices.
Image mlsdPart(const Case& c, const Image& picture)
{
    const auto named = c.params().value("mlsd_input", std::string("picture"));
    static const std::regex whole("picture(?!\\[).*"),
        part("picture\\[(\\d*):(\\d*), *(\\d*):(\\d*)\\].*");
    std::smatch found;
    if (std::regex_match(named, whole))
        return picture;
    if (!std::regex_match(named, found, part))
        throw Error("The case %1 names an input of M-LSD that is no part of its picture.", c.name);
    const auto bound = [&](int i, int otherwise) {
        return found[i].length() > 0 ? std::min(std::stoi(found[i]), otherwise) : otherwise;
    };
    const int top = found[1].length() > 0 ? bound(1, picture.height) : 0;
    const int left = found[3].length() > 0 ? bound(3, picture.width) : 0;
    return crop(picture, left, top, bound(4, picture.width) - left, bound(2, picture.height) - top);
}

/// M-LSD's map of its part of the picture, and the lines of a stored map.
void compareMlsd(const Case& c, const Image& picture, Comparison& results)
{
    const Weights w(portableWeights(mlsdShapes()));
    const Tensor map = mlsdMap(w, mlsdInput(mlsdPart(c, picture)))[0];
    results.tensor("mlsd.map", map);
    results.tensor("mlsd.map_rows", map.slice(1, 0, map.size(1), 4));
    const auto& limits = c.params().at("mlsd_lines");
    const Tensor& stored = c.input("mlsd_tpmap"); // of half the size of its picture
    const Tensor lines =
        mlsdLines(stored, limits.at("score").get<double>(), limits.at("distance").get<double>());
    results.tensor("mlsd.lines", lines);
    results.tensor(
        "mlsd.drawn_u8", drawnLines(lines, 2 * int(stored.size(3)), 2 * int(stored.size(2))));
}

} // namespace

void runOpenCvAnnotators(const Case& c, Comparison& results)
{
    const Image picture = toImage(c.input("picture"));
    results.isInput("picture.png");
    results.tensor("canny", canny(picture));
    results.tensor("canny_50_150", canny(picture, 50, 150));
    results.tensor("blurred", blurredEdges(c.input("edge")));
    results.tensor("thinned", thinned(c.input("edge")));
    results.tensor("scribble", scribble(c.input("edge")));
    results.tensor("xdog_dog", differenceOfGaussians(picture));
    results.tensor("xdog", toBytes(toImage(scribbleOf(picture))));
    std::vector<Tensor> projections;
    for (int i = 0; i < 5; ++i)
        projections.push_back(c.input("hed" + std::to_string(i)));
    const Tensor logit = meanLogit(projections);
    results.tensor("hed_mean_logit", logit);
    results.tensor("hed_edge", hedEdges(logit));
    const Tensor depth = c.input("depth"), directions = normals(depth);
    results.tensor("depth_u8", depthBytes(depth));
    results.tensor("normal_xyz", directions);
    results.tensor("normal_zyx_u8", normalBytes(directions));
}

void runAnnotatorNetworks(const Case& c, Comparison& results)
{
    const Image picture = toImage(c.input("picture"));
    const auto filled = [](const Shapes& shapes) { return Weights(portableWeights(shapes)); };

    const auto projections = hedProjections(filled(hedShapes()), picture);
    for (size_t i = 0; i < projections.size(); ++i)
        results.tensor("hed.projection" + std::to_string(i + 1), projections[i]);

    const auto pidinet = [&](const std::string& prefix, const Weights& w) {
        const std::vector<Tensor> maps = pidinetEdges(w, picture);
        for (int i = 0; i < 4; ++i)
            results.tensor(prefix + ".stage" + std::to_string(i + 1), maps[i]);
        results.tensor(prefix + ".fused", maps[4]);
        results.tensor(prefix + ".edge_u8", truncatedBytes(maps[4]));
    };
    if (c.description.at("uses").contains("pidinet_small"))
        pidinet("pidinet_small", c.weights("pidinet_small"));
    pidinet("pidinet", filled(pidinetShapes()));

    compareMlsd(c, picture, results);
}

void runDpt(const Case& c, Comparison& results)
{
    const auto& picture = c.params().at("picture");
    const Tensor bytes =
        portablePicture(picture.at("key"), picture.at("height"), picture.at("width"));
    results.tensor("depth", dptDepth(Weights(portableWeights(dptShapes())), toImage(bytes)));
}
