// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchpanel.h"

#include "core/touchtext.h"
#include "tests/ui/inspectfixture.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

namespace {

constexpr QSize cells(16, 16);

std::vector<std::string> textsFor(const View& view, const InspectOffer& offer = madeUpOffer())
{
    std::vector<std::string> texts;
    for (const TouchOffer& each : touchesFor(view, offer, cells))
        texts.push_back(toText(each.touch));
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

class TouchPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChosenWordsAndTheChosenHeadCanBeTried()
    {
        View view {.kind = ViewKind::CrossAttention, .words = {{2, 3}, {0}}};
        QCOMPARE(textsFor(view), Texts {"word=triangle:0"}); // a mark is no word
        view.layers = {{1, 2}};
        view.head = 1;
        QCOMPARE(textsFor(view), (Texts {"cross:1:word=triangle:0", "cross:1:head=1:0"}));
        view.subject.negative = true;
        QVERIFY(textsFor(view).empty());
    }

    void aPlaceIsTheBoxOfItsCells()
    {
        View view {.kind = ViewKind::SelfAttention, .layers = {{2, 3}}};
        QVERIFY(textsFor(view).empty());
        view.spots = {{.corners = {{0.51, 0.26}}}};
        QCOMPARE(
            textsFor(view),
            (Texts {
                "self:2:rows=0.5,0.25,0.0625,0.0625:0",
                "self:2:columns=0.5,0.25,0.0625,0.0625:0"}));
        view.spots = {{.shape = Spot::Outline, .corners = {{0.2, 0.1}, {0.6, 0.3}, {0.4, 0.5}}}};
        QCOMPARE(textsFor(view).front(), std::string("self:2:rows=0.2,0.1,0.4,0.4:0"));
    }

    void eachShareOfAnAnalogyCanBeTried()
    {
        const auto texts = textsFor({.kind = ViewKind::Shares});
        QCOMPARE(int(texts.size()), 16);
        QCOMPARE(texts.front(), std::string("self:all:share=B'>A:0"));
    }

    void anInjectedLayerCanBeLeftOut()
    {
        View view {.kind = ViewKind::Features, .layers = {{14, 15}}};
        QVERIFY(textsFor(view).empty());
        InspectOffer translation = madeUpOffer();
        translation.source = true;
        QCOMPARE(textsFor(view, translation), Texts {"features:14:off"});
        view.kind = ViewKind::Queries;
        QCOMPARE(textsFor(view, translation), Texts {"self:14:inject=off"});
        view.subject.source = true;
        QVERIFY(textsFor(view, translation).empty());
    }

    void howMuchAndFromWhichStepIsTold()
    {
        TouchPanel panel;
        panel.setOffers(
            touchesFor({.words = {{1}}}, madeUpOffer(), cells), QStringLiteral("all layers"));
        panel.setStep(3, 6);
        QSignalSpy tried(&panel, &TouchPanel::tried);
        panel.times().setValue(2.5);
        panel.button().click();
        QCOMPARE(tried.size(), 1);
        QCOMPARE(toText(tried[0][0].value<Touch>()), std::string("word=red:2.5"));
        QCOMPARE(tried[0][1].toInt(), 3);
        // The end is shown then: again from where it was.
        panel.setStep(5, 6);
        panel.button().click();
        QCOMPARE(tried[1][1].toInt(), 3);
        panel.when().setCurrentIndex(1);
        panel.button().click();
        QCOMPARE(tried[2][1].toInt(), 0);
        panel.setStep(4, 6);
        QCOMPARE(panel.when().currentIndex(), 1);
    }

    void aClickOnAShareChoosesIt()
    {
        TouchPanel panel;
        panel.setOffers(touchesFor({.kind = ViewKind::Shares}, madeUpOffer(), cells), {});
        panel.chooseShare(2, 1);
        QVERIFY(panel.fold().isChecked());
        QCOMPARE(panel.what().currentText(), QStringLiteral("What B takes from A\u2032"));
    }

    void whatCannotBeTriedIsSaid()
    {
        TouchPanel panel;
        panel.show();
        panel.fold().setChecked(true);
        QVERIFY(panel.button().isHidden());
        panel.setOffers(touchesFor({.words = {{1}}}, madeUpOffer(), cells), {});
        QVERIFY(!panel.button().isHidden());
        panel.say(QStringLiteral("No."), true);
        QCOMPARE(panel.message(), QStringLiteral("No."));
    }
};

QTEST_MAIN(TouchPanelTest)
#include "tst_touchpanel.moc"
