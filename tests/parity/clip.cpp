// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/pixels.h"
#include "core/picture/imagefile.h"
#include "core/vision/clipimage.h"
#include "tests/parity/case.h"

void runClip(const Case& c, Comparison& results)
{
    const std::filesystem::path file = c.used("clip_image");
    const ClipImage clip = loadClipImage(file, file.parent_path() / "config.json", c.device);
    std::vector<Tensor> corners, features, tokens, squares;
    for (const char* name : {"picture_A.png", "picture_B.png", "picture_C.png", "picture_D.png"}) {
        results.isInput(name);
        const Image picture = loadImage(c.folder / name).image;
        if (squares.size() < 2) {
            const Image square = clipSquare(picture, clip.config.side);
            squares.push_back(((toTensor(square) + 1) * 127.5).round().to(at::kByte));
        }
        const Tensor input = clipInput(picture, clip.config.side);
        corners.push_back(input.narrow(2, 0, 4).narrow(3, 0, 4));
        const ClipFeatures seen = clipFeatures(clip, input);
        features.push_back(seen.projected);
        tokens.push_back(seen.classToken);
    }
    results.tensor("crop_u8", at::cat(squares));
    results.tensor("pixel_corner", at::cat(corners));
    results.tensor("last_hidden_state_cls", at::cat(tokens));
    results.tensor("image_embeds", at::cat(features));
    const double direction =
        directionSimilarity(features[0], features[1], features[2], features[3]);
    results.tensor("direction_similarity", at::full({1}, direction, at::kDouble));
}
