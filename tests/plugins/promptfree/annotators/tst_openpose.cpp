// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/openpose.h"

#include "plugins/promptfree/annotators/poseface.h"
#include "plugins/promptfree/annotators/posemaps.h"
#include "tests/drawnposes.h"

#include <QTest>

#include <algorithm>

namespace {

constexpr int rows = 23, columns = 33, width = 224, height = 160;

/// Somebody who stands; in cells of the maps.
DrawnBody standing(double x)
{
    constexpr DrawnPart parts[] = {{9, 3},      {9, 6},     {6.6, 6.2},   {5, 9.4},   {4.2, 12.6},
                                   {11.4, 6.2}, {13, 9.2},  {14.6, 11.8}, {7.4, 12},  {7.2, 16},
                                   {7, 20},     {10.6, 12}, {11, 16},     {11.2, 20}, {8.2, 2.2},
                                   {9.8, 2.2},  {7.2, 2.8}, {10.8, 2.8}};
    DrawnBody body;
    for (int i = 0; i < bodyPartCount; ++i)
        body[i] = DrawnPart {parts[i].x + x, parts[i].y};
    return body;
}

std::vector<Person> found(const std::vector<DrawnBody>& bodies)
{
    const BodyMaps maps = drawnBodyMaps(bodies, rows, columns);
    const PoseInput input = {.width = 257, .height = 184};
    return posePeople(
        posePeaks(enlargedMaps(maps.heat, input, width, height)),
        enlargedMaps(maps.fields, input, width, height));
}

int partsOf(const Person& person)
{
    return int(std::ranges::count_if(person, [](const auto& part) { return part.has_value(); }));
}

/// Of the original's pixel in the middle of a cell.
int pixel(double cell)
{
    return int(std::lround((cell + 0.5) * 8 * height / 184));
}

Color colorAt(const Image& image, int x, int y)
{
    const uint8_t* const p = image.pixel(x, y);
    return {p[0], p[1], p[2]};
}

} // namespace

class OpenPoseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoPeopleAreToldApart()
    {
        std::vector<Person> people = found({standing(0), standing(16)});
        QCOMPARE(people.size(), size_t(2));
        std::ranges::sort(people, {}, [](const Person& person) { return person[0]->x; });
        for (size_t i = 0; i < 2; ++i) {
            QCOMPARE(partsOf(people[i]), bodyPartCount);
            const DrawnBody drawn = standing(16. * double(i));
            for (int part = 0; part < bodyPartCount; ++part) {
                QVERIFY(std::abs(people[i][part]->x - pixel(drawn[part]->x)) <= 2);
                QVERIFY(std::abs(people[i][part]->y - pixel(drawn[part]->y)) <= 2);
            }
        }
    }

    void whoHasFewerThanFourPartsIsNobody()
    {
        DrawnBody body = standing(0);
        std::fill(body.begin() + 3, body.end(), std::nullopt);
        QCOMPARE(found({body}).size(), size_t(0));
        body[3] = standing(0)[3];
        QCOMPARE(found({body}).size(), size_t(1));
    }

    void peaksWithoutALimbBetweenThemAreNobody()
    {
        BodyMaps maps = drawnBodyMaps({standing(0)}, rows, columns);
        const PoseInput input = {.width = 257, .height = 184};
        const auto peaks = posePeaks(enlargedMaps(maps.heat, input, width, height));
        const Tensor fields = enlargedMaps(maps.fields, input, width, height);
        QCOMPARE(posePeople(peaks, fields).size(), size_t(1));
        QCOMPARE(posePeople(peaks, at::zeros_like(fields)).size(), size_t(0));
        QCOMPARE(posePeople(peaks, -fields).size(), size_t(0)); // the wrong way round
    }

    void partsOfABodyWithoutNeckAreJoinedByEarsAndShoulders()
    {
        DrawnBody body = standing(0);
        for (const int part : {1, 8, 9, 10, 11, 12, 13})
            body[part].reset();
        const std::vector<Person> people = found({body});
        QCOMPARE(people.size(), size_t(1));
        QCOMPARE(partsOf(people.front()), 11);
    }

    void handsAreSoughtBeyondTheWrist()
    {
        Person person;
        person[2] = {100, 40};
        person[3] = {100, 80};
        person[4] = {100, 120};
        // 1.5 forearms wide around a point a third of the forearm beyond the wrist.
        QVERIFY((handBoxes(person, 300, 300) == std::vector {PoseBox {70, 103, 60}}));
        person[5] = person[6] = person[7] = PosePoint {200, 50}; // an arm without length
        QCOMPARE(handBoxes(person, 300, 300).size(), size_t(1));
        person[4].reset();
        QVERIFY(handBoxes(person, 300, 300).empty());
    }

    void aBoxAtTheEdgeIsCut()
    {
        Person person;
        person[5] = {10, 40};
        person[6] = {10, 80};
        person[7] = {10, 120};
        QVERIFY((handBoxes(person, 300, 300) == std::vector {PoseBox {0, 103, 60}}));
        QVERIFY((handBoxes(person, 300, 140) == std::vector {PoseBox {0, 103, 36}}));
        QVERIFY(handBoxes(person, 300, 122).empty()); // less than 20 pixels
    }

    void aFaceIsSoughtAroundTheNose()
    {
        Person person;
        QVERIFY(!faceBox(person, 300, 300));
        person[0] = {100, 100};
        QVERIFY(!faceBox(person, 300, 300));
        person[16] = {80, 95};
        QVERIFY((faceBox(person, 300, 300) == PoseBox {70, 70, 60}));
        person[14] = {88, 95};
        QVERIFY((faceBox(person, 300, 300) == PoseBox {64, 64, 72}));
        const Image corner = boxed(filled(90, 120, {}), {64, 64, 72});
        QCOMPARE(corner.width, 26);
        QCOMPARE(corner.height, 56);
    }

    void aHandsPointIsTheHighestOfTheStrongestSpot()
    {
        Tensor maps = at::zeros({22, 128, 128}, at::kDouble);
        maps[0].narrow(0, 20, 16).narrow(1, 30, 16).fill_(0.5);
        maps[0][25][40].fill_(0.9);
        maps[0].narrow(0, 90, 6).narrow(1, 90, 6).fill_(1); // higher, and smaller
        const HandPoints points = handPoints(maps, 64, 256);
        QCOMPARE(points.size(), size_t(21));
        QVERIFY((points[0] == PosePoint {20, 50}));
        QVERIFY((points[1] == PosePoint {0, 0}));
    }

    void aFacesPointIsTheHighestAboveTheThreshold()
    {
        Tensor maps = at::zeros({71, 10, 12});
        maps[3][4][5].fill_(0.06f);
        maps[70][9][11].fill_(1); // the background's is taken as well
        maps[8][2][2].fill_(0.04f);
        QVERIFY((facePoints(maps) == std::vector {PosePoint {5, 4}, PosePoint {11, 9}}));
    }

    void aPoseIsDrawnAsDimSticksWithBrightEnds()
    {
        DrawnPerson person;
        person.body[1] = {20, 30};
        person.body[2] = {60, 30};
        const Image map = drawnPoses({person}, 96, 64);
        QCOMPARE(colorAt(map, 40, 30), (Color {153, 0, 0}));
        QCOMPARE(colorAt(map, 40, 33), (Color {153, 0, 0}));
        QCOMPARE(colorAt(map, 40, 36), (Color {0, 0, 0}));
        QCOMPARE(colorAt(map, 20, 30), (Color {255, 85, 0}));
        QCOMPARE(colorAt(map, 62, 30), (Color {255, 170, 0}));
        QVERIFY(drawnPoses({}, 96, 64) == filled(96, 64, {0, 0, 0}));
    }

    void theNextPersonDimsTheOneBefore()
    {
        DrawnPerson person;
        person.body[0] = {20, 30};
        const Image map = drawnPoses({person, {}}, 96, 64);
        QCOMPARE(colorAt(map, 20, 30), (Color {153, 0, 0}));
    }

    void handsAndFaceAreDrawnWhereTheirBoxesAre()
    {
        DrawnPerson person;
        HandPoints hand(21);
        hand[0] = {10, 10};
        hand[1] = {20, 10};
        person.hands = {{{30, 20, 40}, hand}};
        person.face = {{5, 6}, {0, 9}};
        person.faceBox = {4, 3, 20};
        const Image map = drawnPoses({person}, 128, 64);
        QCOMPARE(colorAt(map, 40, 30), (Color {0, 0, 255}));
        QCOMPARE(colorAt(map, 45, 30), (Color {255, 0, 0}));
        QCOMPARE(colorAt(map, 9, 9), (Color {255, 255, 255}));
        QCOMPARE(colorAt(map, 4, 12), (Color {0, 0, 0})); // (0, 9) was not found
        QCOMPARE(colorAt(map, 30, 20), (Color {0, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(OpenPoseTest)
#include "tst_openpose.moc"
