// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posedrawing.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>

namespace {

constexpr int stickWidth = 4, bodyRadius = 4, handRadius = 4, faceRadius = 3;
constexpr int limbsDrawn = 17;
constexpr double limbBrightness = 0.6;
const cv::Scalar handColor(0, 0, 255), faceColor(255, 255, 255);

/// Of a part, and of the limb of the same number.
constexpr Color colors[bodyPartCount] = {
    {255, 0, 0}, {255, 85, 0}, {255, 170, 0}, {255, 255, 0}, {170, 255, 0}, {85, 255, 0},
    {0, 255, 0}, {0, 255, 85}, {0, 255, 170}, {0, 255, 255}, {0, 170, 255}, {0, 85, 255},
    {0, 0, 255}, {85, 0, 255}, {170, 0, 255}, {255, 0, 255}, {255, 0, 170}, {255, 0, 85}};

cv::Scalar scalar(Color color)
{
    return cv::Scalar(color.r, color.g, color.b);
}

/// A full colour of hue @p h of [0, 1).
cv::Scalar hue(double h)
{
    const int sixth = int(h * 6);
    const double up = 255 * (h * 6 - sixth), down = 255 - up;
    const cv::Scalar wheel[] = {{255, up, 0},   {down, 255, 0}, {0, 255, up},
                                {0, down, 255}, {up, 0, 255},   {255, 0, down}};
    return wheel[sixth];
}

void drawLimb(cv::Mat& canvas, cv::Point2d a, cv::Point2d b, Color color)
{
    const cv::Point2d way = a - b, middle = (a + b) / 2;
    const double length = std::sqrt(way.x * way.x + way.y * way.y);
    const double angle = std::atan2(way.y, way.x) * 180 / std::numbers::pi;
    std::vector<cv::Point> outline;
    cv::ellipse2Poly(
        {int(middle.x), int(middle.y)}, {int(length / 2), stickWidth}, int(angle), 0, 360, 1,
        outline);
    cv::fillConvexPoly(canvas, outline, scalar(color));
}

void drawBody(cv::Mat& canvas, const Person& person)
{
    // Points are shares of the size in the original: the way there and back may lose a pixel.
    std::array<std::optional<cv::Point2d>, bodyPartCount> points;
    for (int i = 0; i < bodyPartCount; ++i)
        if (person[i])
            points[i] = cv::Point2d(
                double(person[i]->x) / canvas.cols * canvas.cols,
                double(person[i]->y) / canvas.rows * canvas.rows);
    for (int limb = 0; limb < limbsDrawn; ++limb) {
        const auto [a, b] = bodyLimbs[limb];
        if (points[a] && points[b])
            drawLimb(canvas, *points[a], *points[b], colors[limb]);
    }
    canvas.forEach<cv::Vec3b>([](cv::Vec3b& pixel, const int*) {
        for (int i = 0; i < 3; ++i)
            pixel[i] = uint8_t(pixel[i] * limbBrightness); // people drawn before as well
    });
    for (int i = 0; i < bodyPartCount; ++i)
        if (points[i])
            cv::circle(
                canvas, {int(points[i]->x), int(points[i]->y)}, bodyRadius, scalar(colors[i]), -1);
}

/// A point of a box as one of the canvas, by way of the original's fp32 shares; not positive where
/// it was not found.
cv::Point placed(PosePoint point, const PoseBox& box, const cv::Mat& canvas)
{
    const auto along = [](int value, int offset, int size) {
        const float share = float(value == 0 ? -1 : value + offset) / float(size);
        return int(double(share) * size);
    };
    return {along(point.x, box.x, canvas.cols), along(point.y, box.y, canvas.rows)};
}

bool visible(cv::Point point)
{
    return point.x > 0 && point.y > 0;
}

void drawHand(cv::Mat& canvas, const PoseBox& box, const HandPoints& hand)
{
    constexpr int fingers = 5, joints = 4;
    std::vector<cv::Point> points;
    for (const PosePoint point : hand)
        points.push_back(placed(point, box, canvas));
    for (int finger = 0; finger < fingers; ++finger)
        for (int joint = 0; joint < joints; ++joint) {
            const int edge = joints * finger + joint;
            const cv::Point a = points[joint ? edge : 0], b = points[edge + 1];
            if (visible(a) && visible(b))
                cv::line(canvas, a, b, hue(double(edge) / (fingers * joints)), 2);
        }
    for (const cv::Point point : points)
        if (visible(point))
            cv::circle(canvas, point, handRadius, handColor, -1);
}

void drawFace(cv::Mat& canvas, const PoseBox& box, const std::vector<PosePoint>& face)
{
    for (const PosePoint found : face)
        if (const cv::Point point = placed(found, box, canvas); visible(point))
            cv::circle(canvas, point, faceRadius, faceColor, -1);
}

} // namespace

Image drawnPoses(const std::vector<DrawnPerson>& people, int width, int height)
{
    Image image = filled(width, height, {0, 0, 0});
    cv::Mat canvas(height, width, CV_8UC3, image.rgb.data());
    for (const DrawnPerson& person : people) {
        drawBody(canvas, person.body);
        for (const auto& [box, hand] : person.hands)
            drawHand(canvas, box, hand);
        drawFace(canvas, person.faceBox, person.face);
    }
    return image;
}
