// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/candidatestrip.h"

#include <QSignalSpy>
#include <QTest>

namespace {

/// A picture of a colour for each candidate.
std::vector<QImage> pictures(std::initializer_list<Qt::GlobalColor> colors)
{
    std::vector<QImage> all;
    for (const Qt::GlobalColor color : colors) {
        all.emplace_back(32, 16, QImage::Format_RGB888);
        all.back().fill(color);
    }
    return all;
}

QColor middle(const QPixmap& pixmap)
{
    return pixmap.toImage().pixelColor(pixmap.width() / 2, pixmap.height() / 2);
}

QColor middle(const CandidateStrip& strip, int row)
{
    return middle(strip.item(row)->icon().pixmap(strip.iconSize()));
}

} // namespace

class CandidateStripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCandidateStandsThereWithItsNumber()
    {
        CandidateStrip strip;
        strip.setPictures(pictures({Qt::red, Qt::green, Qt::blue}));
        QVERIFY(strip.isVisible());
        QCOMPARE(strip.count(), 3);
        QCOMPARE(strip.chosen(), 0);
        QCOMPARE(middle(strip, 0), QColor(Qt::red));
        QCOMPARE(middle(strip, 2), QColor(Qt::blue));
        QCOMPARE(strip.item(1)->toolTip(), QStringLiteral("Candidate 2 of 3"));
        QCOMPARE(strip.item(1)->data(Qt::AccessibleTextRole).toString(), strip.item(1)->toolTip());
    }

    void whereThereIsNoChoiceItIsHidden()
    {
        CandidateStrip strip;
        QVERIFY(strip.isHidden());
        QCOMPARE(strip.chosen(), 0);
        strip.setPictures(pictures({Qt::red}));
        QVERIFY(strip.isHidden());
        strip.setPictures(pictures({Qt::red, Qt::green}));
        QVERIFY(!strip.isHidden());
        strip.setPictures({});
        QVERIFY(strip.isHidden());
        QCOMPARE(strip.chosen(), 0);
    }

    void arrowKeysChoose()
    {
        CandidateStrip strip;
        strip.setPictures(pictures({Qt::red, Qt::green, Qt::blue}));
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        const QSignalSpy changes(&strip, &QListWidget::currentRowChanged);
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.chosen(), 1);
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.chosen(), 2);
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.chosen(), 2);
        QTest::keyClick(&strip, Qt::Key_Up);
        QCOMPARE(strip.chosen(), 1);
        QCOMPARE(changes.count(), 3);
    }

    void theChoiceStaysWhereThePicturesOfAnotherStepCome()
    {
        CandidateStrip strip;
        strip.setPictures(pictures({Qt::red, Qt::green, Qt::blue}));
        strip.setCurrentRow(1);
        strip.setPictures(pictures({Qt::black, Qt::white, Qt::black}));
        QCOMPARE(strip.chosen(), 1);
        QCOMPARE(middle(strip, 1), QColor(Qt::white));
    }

    void theChoiceIsAlwaysOneOfThePictures()
    {
        CandidateStrip strip;
        strip.setPictures(pictures({Qt::red, Qt::green, Qt::blue}));
        strip.setCurrentRow(2);
        strip.setPictures(pictures({Qt::red, Qt::green}));
        QVERIFY(strip.chosen() < 2);
        QCOMPARE(strip.chosen(), strip.currentRow());
        QCOMPARE(strip.item(1)->toolTip(), QStringLiteral("Candidate 2 of 2"));
        strip.setPictures(pictures({Qt::red}));
        QCOMPARE(strip.chosen(), 0);
        strip.setPictures({});
        QCOMPARE(strip.chosen(), 0);
        strip.setPictures(pictures({Qt::red, Qt::green, Qt::blue}));
        QCOMPARE(strip.currentRow(), 0);
    }

    void aThumbnailIsTheMiddleSquareWithRoundedCorners()
    {
        QImage wide(30, 10, QImage::Format_RGB888);
        wide.fill(Qt::red);
        for (int y = 0; y < 10; ++y)
            for (int x = 10; x < 20; ++x)
                wide.setPixelColor(x, y, Qt::green);
        const QIcon icon = thumbnail(wide, 40, {}, 2);
        const QPixmap small = icon.pixmap({40, 40}, 2);
        QCOMPARE(small.size(), QSize(80, 80));
        QCOMPARE(small.devicePixelRatio(), 2.);
        const QImage seen = small.toImage();
        QCOMPARE(seen.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(middle(small), QColor(Qt::green));
        QVERIFY(seen.pixelColor(8, 40).green() > 200 && seen.pixelColor(71, 40).green() > 200);
        const QIcon marked = thumbnail(wide, 40, QStringLiteral("1"), 2);
        QVERIFY(marked.pixmap({40, 40}, 2).toImage() != seen);
        QVERIFY(!thumbnail({}, 40, {}, 1).isNull());
        // A chosen one is not tinted by the style.
        QCOMPARE(icon.pixmap({40, 40}, 2, QIcon::Selected).toImage(), seen);
    }
};

QTEST_MAIN(CandidateStripTest)
#include "tst_candidatestrip.moc"
