// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/colorprofile.h"

#include <algorithm>
#include <lcms2.h>
#include <memory>

namespace {

template<auto close>
struct Closed
{
    void operator()(void* handle) const { close(handle); }
};
using Profile = std::unique_ptr<void, Closed<cmsCloseProfile>>;
using Transform = std::unique_ptr<void, Closed<cmsDeleteTransform>>;

/// The profile's own name, as far as it can be shown.
Sentence description(const Profile& profile)
{
    char text[64] = {};
    cmsGetProfileInfoASCII(profile.get(), cmsInfoDescription, "en", "US", text, sizeof text);
    std::string name(text, std::find(text, text + sizeof text - 1, '\0'));
    std::erase_if(name, [](char c) { return c < 32 || c == 127; });
    return name.empty() ? Sentence("a colour profile without a name") : Sentence(name);
}

bool isGrey(const Image& image)
{
    for (std::size_t i = 0; i < image.rgb.size(); i += 3)
        if (image.rgb[i] != image.rgb[i + 1] || image.rgb[i] != image.rgb[i + 2])
            return false;
    return true;
}

void convertRows(
    const Transform& transform, Image& image, bool grey, const std::stop_token& stop = {})
{
    std::vector<uint8_t> greys(image.width);
    for (int y = 0; y < image.height && !stop.stop_requested(); ++y) {
        uint8_t* row = image.pixel(0, y);
        for (int x = 0; grey && x < image.width; ++x)
            greys[x] = row[3 * x];
        cmsDoTransform(transform.get(), grey ? greys.data() : row, row, image.width);
    }
}

/// Whether all colours stay as they are, up to rounding.
bool changesNothing(const Transform& transform, bool grey)
{
    Image cube {.width = 256, .height = 16};
    for (int i = 0; i < 4096; ++i) {
        const int r = i % 16 * 17, g = i / 16 % 16 * 17, b = i / 256 * 17;
        const int level = i % 256;
        for (const int value : {grey ? level : r, grey ? level : g, grey ? level : b})
            cube.rgb.push_back(uint8_t(value));
    }
    const Image before = cube;
    convertRows(transform, cube, grey);
    return std::equal(cube.rgb.begin(), cube.rgb.end(), before.rgb.begin(), [](int a, int b) {
        return std::abs(a - b) <= 1;
    });
}

} // namespace

Sentence convertToSrgb(Image& image, std::string_view bytes, const std::stop_token& stop)
{
    const Profile from(cmsOpenProfileFromMem(bytes.data(), cmsUInt32Number(bytes.size())));
    if (!from)
        return "Its colour profile is damaged and was ignored.";
    const bool grey = cmsGetColorSpace(from.get()) == cmsSigGrayData;
    if (grey ? !isGrey(image) : cmsGetColorSpace(from.get()) != cmsSigRgbData)
        return "Its colour profile does not fit its colours and was ignored.";
    const Profile srgb(cmsCreate_sRGBProfile());
    const Transform transform(cmsCreateTransform(
        from.get(), grey ? TYPE_GRAY_8 : TYPE_RGB_8, srgb.get(), TYPE_RGB_8,
        INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION));
    if (!transform)
        return "Its colour profile is damaged and was ignored.";
    if (changesNothing(transform, grey))
        return {};
    convertRows(transform, image, grey, stop);
    return {"The colours were converted from %1 to sRGB.", description(from)};
}
