// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/openpose.h"

#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/poseface.h"
#include "plugins/promptfree/annotators/posemaps.h"
#include "tests/drawnposes.h"
#include "tests/parity/case.h"
#include "tests/portablefill.h"

namespace {

using nlohmann::json;

Tensor toTensor(const std::vector<int32_t>& values, at::IntArrayRef shape)
{
    return at::tensor(at::ArrayRef<int32_t>(values)).to(at::kInt).reshape(shape);
}

Tensor toTensor(const std::vector<Person>& people)
{
    std::vector<int32_t> values;
    for (const Person& person : people)
        for (const auto& part : person) {
            values.push_back(part ? part->x : -1);
            values.push_back(part ? part->y : -1);
        }
    return toTensor(values, {-1, bodyPartCount, 2});
}

Tensor toTensor(const std::vector<PosePoint>& points)
{
    std::vector<int32_t> values;
    for (const PosePoint point : points) {
        values.push_back(point.x);
        values.push_back(point.y);
    }
    return toTensor(values, {-1, 2});
}

std::vector<PosePoint> pointsOf(const json& list)
{
    std::vector<PosePoint> points;
    for (const json& point : list)
        points.push_back({point[0], point[1]});
    return points;
}

std::vector<DrawnBody> bodiesOf(const json& people)
{
    std::vector<DrawnBody> bodies(people.size());
    for (size_t i = 0; i < people.size(); ++i)
        for (int part = 0; part < bodyPartCount; ++part)
            if (const json& point = people[i][part]; !point.is_null())
                bodies[i][part] = DrawnPart {point[0], point[1]};
    return bodies;
}

/// From maps that are drawn by a formula to people, the boxes of their hands and faces, and the
/// picture.
void comparePeople(const json& params, Comparison& results)
{
    const int rows = params.at("rows"), columns = params.at("columns");
    const int width = params.at("width"), height = params.at("height");
    const BodyMaps maps = drawnBodyMaps(bodiesOf(params.at("people")), rows, columns);
    const PoseInput input = {.width = width * rows * 8 / height, .height = rows * 8};
    const std::vector<Person> people = posePeople(
        posePeaks(enlargedMaps(maps.heat, input, width, height)),
        enlargedMaps(maps.fields, input, width, height));
    results.tensor("people", toTensor(people));

    std::vector<DrawnPerson> drawn;
    std::vector<int32_t> boxes;
    for (const Person& person : people) {
        const auto hands = handBoxes(person, width, height);
        const auto face = faceBox(person, width, height);
        drawn.push_back({.body = person});
        for (const PoseBox& box : hands)
            drawn.back().hands.emplace_back(box, pointsOf(params.at("hand")));
        if (face) {
            drawn.back().faceBox = *face;
            drawn.back().face = pointsOf(params.at("face"));
        }
        std::vector<PoseBox> all = hands;
        all.push_back(face.value_or(PoseBox {-1, -1, -1}));
        for (const PoseBox& box : all)
            for (const int number : {box.x, box.y, box.side})
                boxes.push_back(number);
    }
    results.tensor("boxes", toTensor(boxes, {-1, 3, 3}));
    const Tensor canvas = toBytes(drawnPoses(drawn, width, height));
    results.tensor("drawn_u8", canvas.slice(0, 0, height, 2).slice(1, 0, width, 2));
}

} // namespace

void runOpenPose(const Case& c, Comparison& results)
{
    const json& params = c.params();
    const Tensor x = portableUniform("pose", {1, 3, 48, 64}) - 0.5;
    auto body = portableWeights(bodyPoseShapes());
    const Weights hand(portableWeights(handPoseShapes())), face(portableWeights(facePoseShapes()));
    const BodyMaps maps = bodyMaps(Weights(body), x);
    results.tensor("body.fields", maps.fields[0]);
    results.tensor("body.heat", maps.heat[0]);
    results.tensor("hand.maps", pointMaps(hand, x)[0]);
    results.tensor("face.maps", pointMaps(face, x)[0]);
    comparePeople(params, results);

    const int side = params.at("side"), box = params.at("box");
    const Image picture = toImage(portablePicture("image8", side, side));
    const Image part = crop(picture, 0, 0, box, box);
    const Tensor hands = handMaps(hand, part, params.at("scales"));
    results.tensor("hand.mean", hands.slice(1, 0, 128, 16).slice(2, 0, 128, 16).to(at::kFloat));
    results.tensor("hand.points", toTensor(handPoints(hands, box, box)));
    const Tensor looks = faceMaps(face, part);
    results.tensor("face.sized", looks.slice(1, 0, box, 8).slice(2, 0, box, 8));
    results.tensor("face.points", toTensor(facePoints(looks)));

    // Filled weights see nobody until the last layer speaks louder.
    for (const char* branch : {"_L1", "_L2"})
        body[std::string("Mconv7_stage6") + branch + ".weight"] *= params.at("gain").get<double>();
    const Weights loud(body);
    results.tensor("filled.people", toTensor(peopleIn(loud, picture)));
    results.tensor("filled.map_u8", toBytes(openpose({.body = loud}, picture)));
    results.tensor("filled.hands_u8", toBytes(openpose({loud, hand, face}, picture)));
}
