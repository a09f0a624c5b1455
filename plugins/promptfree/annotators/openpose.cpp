// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/openpose.h"

#include "plugins/promptfree/annotators/poseface.h"
#include "plugins/promptfree/annotators/posemaps.h"

namespace {

constexpr double bodyHeight = 0.5 * 368; // what the network sees of any picture

} // namespace

std::vector<Person> peopleIn(const Weights& body, const Image& picture)
{
    const double scale = bodyHeight / picture.height;
    const PoseInput input =
        poseInput(resizedForPose(picture, picture.width * scale, picture.height * scale));
    const BodyMaps maps = bodyMaps(body, input.x);
    const Tensor heat = enlargedMaps(maps.heat, input, picture.width, picture.height);
    return posePeople(
        posePeaks(heat), enlargedMaps(maps.fields, input, picture.width, picture.height));
}

Image openpose(const PoseNetworks& networks, const Image& picture, const StageReport& progress)
{
    std::vector<DrawnPerson> people;
    for (const Person& body : peopleIn(networks.body, picture)) {
        DrawnPerson person {.body = body};
        if (!networks.hand.empty())
            for (const PoseBox& box : handBoxes(body, picture.width, picture.height)) {
                const Image hand = boxed(picture, box);
                const Tensor maps = handMaps(networks.hand, hand, {0.5, 1, 1.5, 2}, progress);
                if (!maps.defined())
                    return {};
                person.hands.emplace_back(box, handPoints(maps, hand.width, hand.height));
            }
        const auto box =
            networks.face.empty() ? std::nullopt : faceBox(body, picture.width, picture.height);
        if (box) {
            if (!progress("Finding the face"))
                return {};
            person.faceBox = *box;
            person.face = facePoints(faceMaps(networks.face, boxed(picture, *box)));
        }
        people.push_back(std::move(person));
    }
    return drawnPoses(people, picture.width, picture.height);
}
