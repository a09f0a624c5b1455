// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/followedsize.h"

#include <QSize>
#include <QTest>

namespace {

Method shaped()
{
    const auto side = [](const char* id) {
        return Parameter {
            .id = id, .label = id, .initial = 512, .minimum = 128, .maximum = 1536, .step = 64};
    };
    return {
        .slots = {{.id = "reference"}, {.id = "control", .kinds = {{"canny", "Edges"}}}},
        .parameters = {side("width"), side("height")}};
}

} // namespace

class FollowedSizeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePictureThatSaysWhereThingsAreGivesTheShape()
    {
        Method method = shaped();
        QCOMPARE(shapingSlot(method)->id, std::string("control"));
        method.parameters.pop_back();
        QVERIFY(!shapingSlot(method)); // it has no height
        method = shaped();
        method.slots.pop_back();
        QVERIFY(!shapingSlot(method));
    }

    void sidesAreWholeCellsWithinWhatIsPossible_data()
    {
        QTest::addColumn<QSize>("picture");
        QTest::addColumn<int>("native");
        QTest::addColumn<QSize>("expected");
        const auto row = [](const char* name, QSize picture, int native, QSize expected) {
            QTest::newRow(name) << picture << native << expected;
        };
        row("floored to 64", {700, 575}, 512, {640, 512});
        row("a photograph", {4000, 3000}, 512, {1536, 1152});
        row("small", {300, 200}, 512, {768, 512});
        row("long", {4000, 1000}, 512, {1536, 512}); // the short side is raised
        row("a model of small pictures", {1000, 500}, 128, {256, 128});
        row("a small picture for it", {128, 192}, 256, {128, 192});
    }

    void sidesAreWholeCellsWithinWhatIsPossible()
    {
        QFETCH(QSize, picture);
        QFETCH(int, native);
        QFETCH(QSize, expected);
        const ResultSize size =
            followedSize(shaped(), filled(picture.width(), picture.height(), {}), {.size = native});
        QCOMPARE(QSize(size.width, size.height), expected);
    }
};

QTEST_GUILESS_MAIN(FollowedSizeTest)
#include "tst_followedsize.moc"
