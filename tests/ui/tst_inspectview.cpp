// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectview.h"

#include "tests/ui/inspectfixture.h"
#include "ui/dimslider.h"
#include "ui/inspectempty.h"
#include "ui/layerpicker.h"
#include "ui/sharestable.h"
#include "ui/wordchips.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

class InspectViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreChosenOneByOneInTheirColours()
    {
        InspectFixture f;
        QCOMPARE(f.view.view().kind, ViewKind::CrossAttention);
        QCOMPARE(f.view.view().words, (std::vector<std::vector<int>> {{1}}));
        const auto chips = f.view.choices().words().chips();
        QCOMPARE(chips.size(), std::size_t(5)); // start, red, triangle, end, padding
        QCOMPARE(chips[2]->text(), QStringLiteral("triangle"));
        QSignalSpy changed(&f.view, &InspectView::viewChanged);
        QTest::mouseClick(chips[2], Qt::LeftButton);
        QCOMPARE(f.view.view().words, (std::vector<std::vector<int>> {{1}, {2, 3}}));
        QCOMPARE(changed.size(), 1);
        QTest::mouseClick(chips[1], Qt::LeftButton);
        QTest::mouseClick(chips[4], Qt::LeftButton);
        QCOMPARE(f.view.view().words, (std::vector<std::vector<int>> {{2, 3}, {5, 6}}));
        QTest::keyClick(chips[2], Qt::Key_Right);
        QVERIFY(chips[3]->hasFocus());
        QTest::keyClick(chips[3], Qt::Key_Space);
        QCOMPARE(f.view.view().words.back(), std::vector<int> {4});
    }

    void inALowViewLayersAndHeadsShareALine()
    {
        InspectFixture f;
        DimSlider &layers = f.view.layers(), &heads = f.view.heads();
        const auto sharing = [&] {
            return layers.y() == heads.y() && layers.geometry().right() < heads.x();
        };
        f.view.resize(985, 640);
        QTRY_VERIFY(!sharing());
        QVERIFY(layers.slider().isVisible() && heads.slider().isVisible());
        const int begin = layers.slider().x();
        f.view.resize(985, 430);
        QTRY_VERIFY(sharing());
        QVERIFY(layers.slider().isVisible() && heads.slider().isVisible());
        QVERIFY(layers.slider().width() > 70 && heads.slider().width() > 70);
        f.view.resize(733, 330); // as in a window of 1024 by 700
        QTRY_VERIFY(sharing());
        QVERIFY(!layers.slider().isVisible() && !heads.slider().isVisible());
        for (const DimSlider* each : {&layers, &heads}) // with all the room of the line
            QTRY_VERIFY(each->list().width() > each->width() / 2);
        heads.list().setFocus();
        QTest::keyClick(&heads.list(), Qt::Key_Down);
        QCOMPARE(f.view.view().head, 0);
        f.view.resize(985, 640);
        QTRY_VERIFY(!sharing());
        QTRY_COMPARE(layers.slider().x(), begin);
        QVERIFY(heads.slider().isVisible());
    }

    void aDoubleClickShowsAWordAlone()
    {
        InspectFixture f;
        const auto chips = f.view.choices().words().chips();
        QTest::mouseDClick(chips[2], Qt::LeftButton);
        QCOMPARE(f.view.view().words, (std::vector<std::vector<int>> {{2, 3}}));
    }

    void wordsThatTheNextPromptHasTooStayChosen()
    {
        InspectFixture f;
        QTest::mouseDClick(f.view.choices().words().chips()[2], Qt::LeftButton);
        InspectOffer offer = madeUpOffer();
        offer.tokens = {{"start", -1}, {"tri", 0}, {"angle", 0}, {"blue", 1}, {"end", -1}};
        f.view.setOffer(offer);
        QCOMPARE(f.view.view().words, (std::vector<std::vector<int>> {{1, 2}}));
    }

    void aLayerIsChosenByTheSliderAndInTheList()
    {
        InspectFixture f;
        QVERIFY(f.view.view().layers.empty());
        DimSlider& layers = f.view.layers();
        QCOMPARE(layers.list().currentText(), QStringLiteral("All 3 layers"));
        layers.slider().setFocus();
        QTest::keyClick(&layers.slider(), Qt::Key_Right);
        QCOMPARE(layers.list().currentText(), QStringLiteral("2 of 16 × 16"));
        QCOMPARE(f.view.view().layers.size(), std::size_t(2));
        QTest::keyClick(&layers.slider(), Qt::Key_End);
        QCOMPARE(layers.list().currentText(), QStringLiteral("2 · up 1.0, 16\u00a0×\u00a016"));
        QCOMPARE(f.view.view().layers, (Layers {{2, 3}}));
        layers.list().setFocus();
        QTest::keyClick(&layers.list(), Qt::Key_Up);
        QCOMPARE(layers.slider().value(), 3);
        QCOMPARE(f.view.view().layers, (Layers {{1, 2}}));
    }

    void theMeanOfFreelyChosenLayersIsSeen()
    {
        InspectFixture f;
        QListWidget& list = f.view.picker().list();
        QCOMPARE(list.count(), 3);
        list.item(0)->setCheckState(Qt::Checked);
        QCOMPARE(f.view.view().layers, (Layers {{0, 1}}));
        list.item(1)->setCheckState(Qt::Checked);
        QCOMPARE(f.view.view().layers, (Layers {{0, 2}}));
        QCOMPARE(f.view.layers().list().currentText(), QStringLiteral("Mean of 0, 1"));
        list.item(1)->setCheckState(Qt::Unchecked);
        list.item(2)->setCheckState(Qt::Checked); // that of all of this size
        QCOMPARE(f.view.layers().list().currentText(), QStringLiteral("2 of 16 × 16"));
        list.item(1)->setCheckState(Qt::Checked);
        QVERIFY(f.view.view().layers.empty()); // all
        f.choose(ViewKind::Features);
        QVERIFY(!f.view.picker().isEnabled());
    }

    void aHeadIsChosenOfThoseThatTheLayerHas()
    {
        InspectFixture f;
        f.view.chooseLayer(2);
        QCOMPARE(f.view.heads().count(), 5);
        QCOMPARE(f.view.view().head, -1);
        f.view.heads().slider().setFocus();
        QTest::keyClick(&f.view.heads().slider(), Qt::Key_End);
        QCOMPARE(f.view.view().head, 3);
        f.view.chooseLayer(1);
        QCOMPARE(f.view.heads().count(), 3);
        QCOMPARE(f.view.view().head, 1);
    }

    void aPlaceIsAskedAboutInThePicture()
    {
        InspectFixture f;
        f.choose(ViewKind::SelfAttention);
        f.answer();
        const QRectF picture = f.view.canvas().tileRect(0);
        QTest::mouseClick(&f.view.canvas(), Qt::LeftButton, {}, picture.center().toPoint());
        QCOMPARE(f.view.view().spots.size(), std::size_t(1));
        QVERIFY(std::abs(f.view.view().spots[0].corners[0][0] - 0.5) < 0.02);
        f.answer();
        f.view.canvas().setFocus();
        QTest::keyClick(&f.view.canvas(), Qt::Key_Delete);
        QVERIFY(f.view.view().spots.empty());
    }

    void whatIsNoLongerLookedAtIsDropped()
    {
        InspectFixture f;
        const View before = f.view.view();
        f.view.chooseLayer(1);
        f.view.setSeen(before, {.maps = {madeUpMap(4, 4)}});
        QVERIFY(f.view.seen().maps.empty());
        f.answer();
        QCOMPARE(f.view.seen().maps.size(), std::size_t(1));
    }

    void choicesStayWhenTheRunHasNoSuchThing()
    {
        InspectFixture f;
        f.choose(ViewKind::Features);
        f.view.chooseLayer(2);
        InspectOffer other;
        other.kinds = {ViewKind::CrossAttention};
        f.view.setOffer(other);
        QCOMPARE(f.view.view().kind, ViewKind::Features);
        f.view.setOffer(madeUpOffer());
        QCOMPARE(f.view.view().layers, (Layers {{2, 3}}));
    }

    void onlyWhatTheKindHasIsThereToChoose()
    {
        InspectFixture f;
        auto* diffused = f.named<QSlider>(QStringLiteral("Diffused"));
        auto* axes = f.named<QComboBox>(QStringLiteral("Components"));
        QVERIFY(diffused->isVisible() && !axes->isVisible());
        f.choose(ViewKind::Features);
        QVERIFY(!diffused->isVisible() && axes->isVisible());
        QVERIFY(!f.view.heads().isVisible());
        f.choose(ViewKind::Latent);
        QVERIFY(!f.view.layers().isVisible());
    }

    void wordsAreThereAgainAfterAnotherKind()
    {
        InspectFixture f;
        const auto first = [&] { return f.view.choices().words().chips().front(); };
        QVERIFY(first()->isVisible());
        f.choose(ViewKind::Shares);
        QVERIFY(!first()->isVisible());
        f.view.setOffer(madeUpOffer());
        f.choose(ViewKind::CrossAttention);
        QVERIFY(first()->isVisible());
        QCoreApplication::processEvents();
        const WordChips& words = f.view.choices().words();
        for (const QToolButton* chip : words.chips())
            QVERIFY(words.rect().contains(chip->geometry()));
    }

    void aMapIsDiffusedAsOftenAsTheSliderSays()
    {
        InspectFixture f;
        auto* diffused = f.named<QSlider>(QStringLiteral("Diffused"));
        diffused->setFocus();
        QTest::keyClick(diffused, Qt::Key_Right);
        QTest::keyClick(diffused, Qt::Key_PageUp);
        QCOMPARE(f.view.view().diffuse, 5);
        QTest::keyClick(diffused, Qt::Key_End);
        QCOMPARE(f.view.view().diffuse, 16);
    }

    void theRangeIsThatOfTheMapOfTheRunOrFixed()
    {
        InspectFixture f;
        f.answer();
        QCOMPARE(f.view.canvas().ranges().front(), (ValueRange {0, 255}));
        auto* range = f.named<QComboBox>(QStringLiteral("Range"));
        QSignalSpy wanted(&f.view, &InspectView::rangeWanted);
        range->setFocus();
        QTest::keyClick(range, Qt::Key_Down);
        QCOMPARE(wanted.size(), 1);
        f.view.setRunRange(ValueRange {0, 1000});
        QCOMPARE(f.view.canvas().ranges().front(), (ValueRange {0, 1000}));
        QTest::keyClick(range, Qt::Key_Down);
        auto* to = f.named<QDoubleSpinBox>(QStringLiteral("To"));
        QVERIFY(to->isVisible());
        to->setFocus();
        to->selectAll();
        QTest::keyClicks(to, QStringLiteral("4"));
        QTest::keyClick(to, Qt::Key_Return);
        QCOMPARE(f.view.canvas().ranges().front(), (ValueRange {0, 4}));
    }

    void theDrawingChangesWithoutAnotherLook()
    {
        InspectFixture f;
        f.answer();
        QSignalSpy changed(&f.view, &InspectView::viewChanged);
        auto* opacity = f.named<QSlider>(QStringLiteral("Opacity"));
        opacity->setFocus();
        QTest::keyClick(opacity, Qt::Key_Home);
        QCOMPARE(f.view.canvas().look().opacity, 0.0);
        for (QCheckBox* box : f.view.findChildren<QCheckBox*>())
            if (box->isVisible()) {
                box->setFocus();
                QTest::keyClick(box, Qt::Key_Space);
            }
        QVERIFY(f.view.canvas().look().smooth);
        QVERIFY(changed.isEmpty());
    }

    void sharesAreTablesWithTheNumbersInThem()
    {
        InspectFixture f;
        f.choose(ViewKind::Shares);
        SeenMap table {
            .label = {"%1, %2", "After", "up 1.0"},
            .height = 4,
            .width = 4,
            .values = std::vector<float>(16, 0.25F),
            .rows = {"A", "A′", "B", "B′"},
            .columns = {"A", "A′", "B", "B′"}};
        table.values[15] = 0.5F;
        f.view.setSeen(f.view.view(), {.maps = {table}, .notes = {"A note."}});
        const auto tables = f.view.pages().shares().tables();
        QCOMPARE(tables.size(), 1);
        QCOMPARE(tables[0]->item(3, 3)->text(), QStringLiteral("50 %"));
        QTRY_VERIFY(tables[0]->isVisible());
        QVERIFY(tables[0]->item(3, 3)->background() != tables[0]->item(0, 0)->background());
    }

    void whatIsSavedIsDrawnAsItIsSeen()
    {
        InspectFixture f;
        f.choose(ViewKind::CrossAttention);
        SeenMap map = madeUpMap(16, 16);
        f.answer({map});
        InspectState state = f.view.state();
        state.look = {.opacity = 1, .colors = ColourMap::Grey};
        f.view.setState(state);
        f.answer({map});
        const QImage whole = f.view.shown();
        QVERIFY(whole.height() > whole.width()); // the scale is below
        const QColor last = whole.pixelColor(whole.width() - 20, whole.width() - 20);
        QVERIFY(last.red() > 240 && last.red() == last.green() && last.green() == last.blue());
        SeenAmong among = f.view.among();
        among.range = ValueRange {0, 510};
        const QColor half =
            seenPicture({map}, among).pixelColor(whole.width() - 20, whole.width() - 20);
        QVERIFY(half.red() > 100 && half.red() < 140);
    }

    void aWordOfSeveralTokensIsOneColumnUnlessTheyAreWanted()
    {
        InspectFixture f;
        SeenMap table {.label = {"%1"}, .height = 1, .width = 7};
        table.label.arguments = {"words"};
        table.rows = {"B'"};
        for (const ContextToken& token : madeUpOffer().tokens)
            table.columns.push_back(token.text);
        table.values = {0.1F, 0.1F, 0.2F, 0.3F, 0.1F, 0.1F, 0.1F};
        SharesTable& shares = f.view.pages().shares();
        shares.setTables({table}, madeUpOffer().tokens);
        QTableWidget* words = shares.tables().front();
        QCOMPARE(words->columnCount(), 5);
        QCOMPARE(words->horizontalHeaderItem(2)->text(), QStringLiteral("triangle"));
        QCOMPARE(words->item(0, 2)->text(), QStringLiteral("50 %"));
        // From the least to the largest of the words.
        QCOMPARE(words->item(0, 1)->background().color(), scaleColor(0, ColourMap::Viridis));
        QCOMPARE(words->item(0, 2)->background().color(), scaleColor(1, ColourMap::Viridis));
        shares.perToken().setChecked(true);
        QCOMPARE(shares.tables().front()->columnCount(), 6);
    }

    void whyNothingIsSeenIsSaidWithTheWayOut()
    {
        InspectFixture f;
        QSignalSpy compute(&f.view, &InspectView::computeRequested),
            stop(&f.view, &InspectView::stopRequested);
        f.view.setMessage(QStringLiteral("Not recorded."), 3.2);
        InspectEmpty& empty = f.view.pages().empty();
        QCOMPARE(f.view.message(), QStringLiteral("Not recorded."));
        QCOMPARE(empty.compute().text(), QStringLiteral("Compute it: about 3 s"));
        QTest::mouseClick(&empty.compute(), Qt::LeftButton);
        QCOMPARE(compute.size(), 1);
        f.view.setComputing(QStringLiteral("Computing..."));
        QVERIFY(!empty.compute().isVisible());
        QTest::mouseClick(&empty.stop(), Qt::LeftButton);
        QCOMPARE(stop.size(), 1);
        f.answer();
        QCOMPARE(f.view.message(), QString());
    }

    void everyControlHasAName()
    {
        InspectFixture f;
        for (const QWidget* widget : f.view.findChildren<QWidget*>()) {
            const bool control = qobject_cast<const QSlider*>(widget)
                || qobject_cast<const QComboBox*>(widget)
                || qobject_cast<const QAbstractSpinBox*>(widget);
            if (control)
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
            if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
                QVERIFY2(
                    !button->text().isEmpty() || !button->accessibleName().isEmpty(),
                    button->parent()->metaObject()->className());
        }
    }
};

QTEST_MAIN(InspectViewTest)
#include "tst_inspectview.moc"
