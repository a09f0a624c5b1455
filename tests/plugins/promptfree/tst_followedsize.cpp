// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/followedsize.h"

#include <QSize>
#include <QTest>

class FollowedSizeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyThePictureThatSaysWhereThingsAreGivesTheShape()
    {
        const Image picture = filled(640, 512, {});
        for (const char* slot : {"reference", "mask"})
            QVERIFY(followedSize(slot, picture, {}).values.empty());
        const Followed followed = followedSize("control", picture, {});
        QCOMPARE(followed.values, (Values {{"width", 640}, {"height", 512}}));
        QCOMPARE(
            english(followed.said),
            std::string("Width and height follow the picture for Control: 640 × 512."));
        QCOMPARE(followedSize("init", picture, {}).values, followed.values);
        QCOMPARE(
            english(followedSize("init", picture, {}).said),
            std::string("Width and height follow the picture to start from: 640 × 512."));
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
        const Values size =
            followedSize("control", filled(picture.width(), picture.height(), {}), {.size = native})
                .values;
        QCOMPARE(size, (Values {{"width", expected.width()}, {"height", expected.height()}}));
    }
};

QTEST_GUILESS_MAIN(FollowedSizeTest)
#include "tst_followedsize.moc"
