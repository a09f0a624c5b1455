// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "plugins/plugandplay/structure.h"
#include "tests/parity/case.h"

void runDino(const Case& c, Comparison& results)
{
    const std::filesystem::path file = c.used("dino");
    const Dino dino = loadDino(file, file.parent_path() / "config.json", c.device);
    const auto picture = [&](const char* name) {
        results.isInput(name);
        return loadImage(c.folder / name).image;
    };
    const auto corner = [](const Tensor& x) { return x.narrow(2, 0, 4).narrow(3, 0, 4); };
    const Image source = picture("source.png"), result = picture("result.png");

    const Tensor input = dinoInput(source);
    results.tensor("input_source_corner", corner(input));
    const Tensor keys = dinoKeys(dino, input.to(c.device));
    results.tensor("keys_source", keys);
    results.tensor("similarity_source_first8", selfSimilarity(keys).narrow(0, 0, 8));
    const Tensor others = dinoKeys(dino, dinoInput(result).to(c.device));
    results.tensor("similarity_result_first8", selfSimilarity(others).narrow(0, 0, 8));
    results.tensor("distance", at::full({1}, structureDistance(dino, source, result), at::kDouble));

    const Tensor wide = dinoInput(picture("wide.png"));
    results.tensor("input_wide_corner", corner(wide));
    results.tensor("shape_wide", at::tensor({double(wide.size(2)), double(wide.size(3))}));
    const Tensor wideKeys = dinoKeys(dino, wide.to(c.device));
    results.tensor("keys_wide_first16", wideKeys.narrow(1, 0, 16));
    results.tensor("keys_wide_last16", wideKeys.narrow(1, wideKeys.size(1) - 16, 16));
}
