// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/maps.h"

Tensor toBytes(const Image& picture)
{
    return at::tensor(at::ArrayRef<uint8_t>(picture.rgb))
        .reshape({picture.height, picture.width, 3});
}

Tensor toPlanes(const Image& picture)
{
    return toBytes(picture).to(at::kFloat).permute({2, 0, 1}).unsqueeze(0).contiguous();
}

Image toImage(const Tensor& bytes)
{
    const Tensor colours = bytes.dim() == 3 ? bytes : bytes.unsqueeze(2).expand({-1, -1, 3});
    const Tensor rgb = colours.contiguous();
    Image image {.width = int(rgb.size(1)), .height = int(rgb.size(0))};
    const auto* begin = rgb.data_ptr<uint8_t>();
    image.rgb.assign(begin, begin + rgb.numel());
    return image;
}

Tensor truncatedBytes(const Tensor& x)
{
    return (x * 255).clamp(0, 255).to(at::kByte);
}
