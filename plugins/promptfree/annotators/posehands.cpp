// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posehands.h"

#include "plugins/promptfree/annotators/posemaps.h"
#include "plugins/promptfree/annotators/posenetworks.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr int mapSide = 128, handSide = 368;
constexpr double handThreshold = 0.05;
constexpr double smallestHand = 20;
constexpr int leftArm[] = {5, 6, 7}, rightArm[] = {2, 3, 4}; // shoulder, elbow, wrist

std::optional<PoseBox> handBox(const Person& person, const int (&arm)[3], int width, int height)
{
    for (const int part : arm)
        if (!person[part])
            return {};
    const PosePoint shoulder = *person[arm[0]], elbow = *person[arm[1]], wrist = *person[arm[2]];
    const double forearm = std::hypot(wrist.x - elbow.x, wrist.y - elbow.y);
    const double upperArm = std::hypot(elbow.x - shoulder.x, elbow.y - shoulder.y);
    const double side = 1.5 * std::max(forearm, 0.9 * upperArm);
    const double x = std::max(wrist.x + 0.33 * (wrist.x - elbow.x) - side / 2, 0.);
    const double y = std::max(wrist.y + 0.33 * (wrist.y - elbow.y) - side / 2, 0.);
    const double inside = std::min({side, width - x, height - y});
    if (inside < smallestHand)
        return {};
    return PoseBox {int(x), int(y), int(inside)};
}

/// The map with everything but its strongest spot (the connected part above the threshold with the
/// largest sum) set to zero; empty: there is none.
Tensor strongestSpot(const Tensor& map)
{
    const Tensor smooth = smoothedMap(map), x = map.contiguous();
    const int height = int(x.size(0)), width = int(x.size(1));
    const cv::Mat values(height, width, CV_64F, x.data_ptr());
    const cv::Mat above = cv::Mat(height, width, CV_64F, smooth.data_ptr()) > handThreshold;
    cv::Mat labels;
    const int count = cv::connectedComponents(above, labels, 8, CV_32S);
    double largest = -std::numeric_limits<double>::infinity();
    Tensor spot;
    for (int label = 1; label < count; ++label) {
        const cv::Mat inside = labels == label;
        cv::Mat part = cv::Mat::zeros(height, width, CV_64F);
        values.copyTo(part, inside);
        if (const double sum = cv::sum(part)[0]; sum > largest) {
            largest = sum;
            spot = at::empty_like(x);
            part.copyTo(cv::Mat(height, width, CV_64F, spot.data_ptr()));
        }
    }
    return spot;
}

} // namespace

Image boxed(const Image& picture, const PoseBox& box)
{
    return crop(
        picture, box.x, box.y, std::min(box.side, picture.width - box.x),
        std::min(box.side, picture.height - box.y));
}

std::vector<PoseBox> handBoxes(const Person& person, int width, int height)
{
    std::vector<PoseBox> boxes;
    for (const auto* arm : {&leftArm, &rightArm})
        if (const auto box = handBox(person, *arm, width, height))
            boxes.push_back(*box);
    return boxes;
}

Tensor handMaps(
    const Weights& w, const Image& hand, const std::vector<double>& scales,
    const StageReport& progress)
{
    Image blurred = hand;
    cv::Mat pixels(hand.height, hand.width, CV_8UC3, blurred.rgb.data());
    cv::GaussianBlur(pixels, pixels, {0, 0}, 0.8);
    Tensor mean = at::zeros({handMapCount, mapSide, mapSide}, at::kDouble);
    for (const double scale : scales) {
        if (!progress("Finding the hands"))
            return {};
        const double side = scale * handSide;
        const PoseInput input = poseInput(resizedForPose(blurred, side, side));
        mean +=
            enlargedMaps(pointMaps(w, input.x), input, mapSide, mapSide) / double(scales.size());
    }
    return mean;
}

HandPoints handPoints(const Tensor& maps, int width, int height)
{
    HandPoints points(handMapCount - 1);
    for (size_t i = 0; i < points.size(); ++i) {
        const Tensor spot = strongestSpot(maps[int64_t(i)]);
        if (!spot.defined())
            continue;
        const auto* const values = spot.data_ptr<double>();
        const auto place = int(std::max_element(values, values + spot.numel()) - values);
        const int row = place / mapSide, column = place % mapSide;
        points[i] = {int(double(column) * width / mapSide), int(double(row) * height / mapSide)};
    }
    return points;
}
