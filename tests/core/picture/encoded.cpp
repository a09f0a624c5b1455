// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/picture/encoded.h"

#include <opencv2/imgcodecs.hpp>

#include <span>

Bytes encoded(const char* extension, const cv::Mat& pixels)
{
    std::vector<uchar> file;
    cv::imencode(extension, pixels, file, {cv::IMWRITE_WEBP_QUALITY, 101});
    const auto bytes = std::as_bytes(std::span(file));
    return {bytes.begin(), bytes.end()};
}

Image numbered(int width, int height, bool alpha)
{
    Image image = filled(width, height, {});
    for (int i = 0; i < width * height; ++i) {
        image.rgb[3 * i] = uint8_t(i * 5);
        image.rgb[3 * i + 1] = uint8_t(i * 3);
        image.rgb[3 * i + 2] = uint8_t(255 - i);
        if (alpha)
            image.alpha.push_back(uint8_t(255 - i));
    }
    return image;
}

cv::Mat toMat(const Image& image)
{
    cv::Mat mat(image.height, image.width, image.alpha.empty() ? CV_8UC3 : CV_8UC4);
    const int channels = mat.channels();
    for (std::size_t i = 0; i < mat.total(); ++i) {
        for (int c = 0; c < 3; ++c)
            mat.data[i * channels + c] = image.rgb[i * 3 + 2 - c];
        if (channels == 4)
            mat.data[i * 4 + 3] = image.alpha[i];
    }
    return mat;
}
