// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posemaps.h"
#include "plugins/promptfree/annotators/posepeople.h"

std::vector<std::vector<PosePeak>> posePeaks(const Tensor& heat)
{
    constexpr double threshold = 0.1;
    const int height = int(heat.size(1)), width = int(heat.size(2));
    std::vector<std::vector<PosePeak>> peaks(bodyPartCount);
    for (int part = 0; part < bodyPartCount; ++part) {
        const Tensor raw = heat[part].contiguous(), smooth = smoothedMap(raw);
        const auto* const score = raw.data_ptr<float>();
        const auto* const values = smooth.data_ptr<double>();
        const auto value = [&](int x, int y) {
            const bool inside = x >= 0 && y >= 0 && x < width && y < height;
            return inside ? values[y * width + x] : 0;
        };
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const double here = value(x, y);
                if (here > threshold && here >= value(x - 1, y) && here >= value(x + 1, y)
                    && here >= value(x, y - 1) && here >= value(x, y + 1))
                    peaks[part].push_back({{x, y}, score[y * width + x]});
            }
    }
    return peaks;
}
