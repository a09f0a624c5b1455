// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/touchtext.h"

#include "tests/failure.h"

#include <QTest>

class TouchTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTouchSurvivesItsText_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"cross:8:head=3:0", "self:8-11:head=0:2", "word=circle:2:0-0.5",
              "cross:8:word=sky: blue:0.25", "self:8:rows=0.5,0,0.25,1:0.2",
              "cross:3-11,13:rows=0,0,1,1:0", "self:8:columns=0,0.125,0.5,0.5:0",
              "self:8-11:share=B'>A:2", "self:all:share=A'>B':0.1:0.25-1", "features:14:off",
              "features:3-:off:0-0.1", "self:0-:head=0:2", "self:8:inject=off", "word=e-mail:4"})
            QTest::addRow("%s", text) << text;
    }

    void everyTouchSurvivesItsText()
    {
        QFETCH(QString, text);
        const Touch touch = parseTouch(text.toStdString());
        QCOMPARE(QString::fromStdString(toText(touch)), text);
        QVERIFY(parseTouch(toText(touch)) == touch);
        QVERIFY(!described(touch).empty());
    }

    void whatIsReadIsWhatWasMeant()
    {
        const Touch head = parseTouch(" cross : 8-11,13 : head = 3 : 0.5 : 0.25-0.75 ");
        QVERIFY(
            head
            == (Touch {
                .what = Touch::Head,
                .kind = SiteKind::CrossAttention,
                .layers = {{8, 11}, {13, 14}},
                .head = 3,
                .times = 0.5,
                .begin = 0.25,
                .end = 0.75}));
        QVERIFY(parseTouch("cross:all:word=circle:0.5") == parseTouch("word=circle:0.5"));
        const Touch share = parseTouch("self:8:share=B\u2032>A:2");
        QCOMPARE(share.queries, 3);
        QCOMPARE(share.keys, 0);
        QCOMPARE(parseTouch("self:4,3,9-12,10-13:head=0:0").layers, (Layers {{3, 5}, {9, 13}}));
        QVERIFY(parseTouch("features:14:off").kind == SiteKind::ResidualBlock);
        QCOMPARE(parseTouch("self:8:inject=off").times, 0.0);
    }

    void whatIsWrongIsNamedWithWhatIsAccepted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("accepted");
        const auto row = [](const char* text, const char* accepted) {
            QTest::addRow("%s", text) << text << accepted;
        };
        row("", "cross:8:head=3:0");
        row("cross", "cross:8:head=3:0");
        row("up:8:head=3:0", "cross:8:head=3:0");
        row("cross:8-8:head=3:0", "8-11,13");
        row("cross:8:11:head=3:0", "word=circle:2");
        row("cross:-3:head=3:0", "the end is not included");
        row("cross:8:head=x:0", "heads count from 0");
        row("cross:8:head=3", "from 0 to 4");
        row("cross:8:head=3:5", "from 0 to 4");
        row("cross:8:head=3:-1", "from 0 to 4");
        row("cross:8:head=3:nan", "from 0 to 4");
        row("cross:8:columns=0,0,1,1:0", "a head, a word or rows");
        row("cross:8:share=A>B:0", "a head, a word or rows");
        row("self:8:word=circle:0", "rows, columns or a share");
        row("self:8:rows=0,0,1:0", "a box is");
        row("self:8:rows=0,0,1,0:0", "a box is");
        row("self:8:rows=0,0,1,2:0", "a box is");
        row("self:8:share=A>C:0", "B'>A");
        row("self:8:share=A:0", "B'>A");
        row("features:14:0.5", "features:14:off");
        row("word=:2", "names the word");
        row("word=circle:2:0.5-0.5", "0-0.5");
        row("word=circle:2:0-1.5", "0-0.5");
    }

    void whatIsWrongIsNamedWithWhatIsAccepted()
    {
        QFETCH(QString, text);
        QFETCH(QString, accepted);
        const std::string said = failure([&] { parseTouch(text.toStdString()); });
        QVERIFY2(QString::fromStdString(said).contains(accepted), said.c_str());
    }

    void whatATouchDoesIsSaid()
    {
        const auto said = [](const char* text) { return english(described(parseTouch(text))); };
        QCOMPARE(said("cross:8:head=3:0"), std::string("Head 3 of cross-attention 8, times 0"));
        QCOMPARE(
            said("word=circle:2:0-0.5"),
            std::string("The word \"circle\" in all cross-attention, times 2, in the part 0-0.5 of "
                        "the run"));
        QCOMPARE(
            said("self:8-11:share=B'>A:2"),
            std::string("How much B′ looks at A in self-attention 8-11, times 2"));
        QCOMPARE(said("features:14:off"), std::string("Nothing is injected at features 14"));
    }
};

QTEST_GUILESS_MAIN(TouchTextTest)
#include "tst_touchtext.moc"
