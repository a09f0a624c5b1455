// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/document.h"
#include "app/methodlist.h"
#include "tests/app/toolmethods.h"
#include "tests/testseed.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace {

struct Fixture
{
    MethodList methods {std::vector {countingMethod(), promptFreeMethod()}};
    Editor editor {methods};
};

/// One of the edits that there are, by chance.
void edit(Editor& editor, QRandomGenerator& chance)
{
    const auto below = [&](int n) { return chance.bounded(n); };
    switch (below(8)) {
    case 0:
        return editor.setValue("steps", 1 + below(50));
    case 1:
        return editor.resetValue("steps");
    case 2:
        return editor.setPreset(below(2) ? "soft" : "");
    case 3:
        return editor.setSeed(uint64_t(below(1000)));
    case 4:
        return editor.change([&](Document& d) { d.method = below(2) ? "analogy" : "prompt-free"; });
    case 5:
        return editor.change([&](Document& d) {
            d.inputs["b"] = {{.image = filled(1 + below(3), 2, {}), .weight = below(2) * 0.5}};
        });
    case 6:
        return editor.addTouch({.head = below(8), .times = 0});
    default:
        return editor.change([&](Document& d) { d.inputs["b"].clear(); });
    }
}

} // namespace

class DocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void puttingAnEarlierDocumentBackUndoesAllThatWasDoneSince()
    {
        Fixture f;
        QRandomGenerator chance(seedOfTest());
        std::vector<Document> before;
        for (int i = 0; i < 200; ++i) {
            before.push_back(f.editor.document());
            edit(f.editor, chance);
        }
        for (; !before.empty(); before.pop_back()) {
            f.editor.set(before.back());
            QVERIFY(f.editor.document() == before.back());
        }
        QVERIFY(f.editor.document() == Fixture().editor.document());
    }

    void onlyWhatIsDifferentIsTold()
    {
        Fixture f;
        QSignalSpy methods(&f.editor, &Editor::methodChanged);
        QSignalSpy inputs(&f.editor, &Editor::inputChanged);
        QSignalSpy values(&f.editor, &Editor::valueChanged);
        QSignalSpy seeds(&f.editor, &Editor::seedChanged);
        QSignalSpy devices(&f.editor, &Editor::deviceChanged);
        f.editor.change([](Document& d) {
            d.inputs["b"] = {{.image = filled(2, 2, {})}};
            d.inputs["a"].clear(); // it was empty
            d.choices["analogy"].byHand["steps"] = 7;
        });
        QCOMPARE(inputs.size(), 1);
        QCOMPARE(inputs.at(0).at(0).value<std::string>(), std::string("b"));
        QCOMPARE(values.size(), 1);
        QCOMPARE(values.at(0).at(0).value<std::string>(), std::string("steps"));
        f.editor.set(f.editor.document());
        f.editor.change([](Document& d) { d.choices["prompt-free"].byHand["steps"] = 9; });
        QCOMPARE(values.size(), 1); // of the other method
        f.editor.change([](Document& d) { d.method = "prompt-free"; });
        QCOMPARE(methods.size(), 1);
        QCOMPARE(values.size(), 2);
        QCOMPARE(std::get<int>(f.editor.value("steps")), 9);
        QCOMPARE(seeds.size() + devices.size(), 0);
    }

    void picturesAreSharedByCopiesOfTheDocument()
    {
        Fixture f;
        f.editor.change([](Document& d) { d.inputs["b"] = {{.image = filled(2, 2, {})}}; });
        const Document copy = f.editor.document();
        QVERIFY(copy.picture("b").image.same(f.editor.document().picture("b").image));
        QVERIFY(copy.picture({"b", 1}).image.empty());
        QVERIFY(copy.picture("none").image.empty());
    }

    void touchesAreTheMethodsAndToldOnce()
    {
        Fixture f;
        QSignalSpy told(&f.editor, &Editor::touchesChanged);
        const Touch first {.head = 1, .times = 0}, second {.head = 2, .times = 0};
        f.editor.addTouch(first);
        f.editor.addTouch(second);
        f.editor.addTouch(first); // it is there
        QCOMPARE(told.size(), 2);
        f.editor.change([](Document& d) { d.method = "prompt-free"; });
        QCOMPARE(told.size(), 3);
        QVERIFY(f.editor.touches().empty());
        f.editor.change([](Document& d) { d.method = "analogy"; });
        f.editor.removeTouch(0);
        QVERIFY(f.editor.touches() == std::vector {second});
        f.editor.removeTouch(0);
        QVERIFY2(f.editor.document() == Fixture().editor.document(), "nothing is left behind");
    }

    void anUnknownPresetChangesNothing()
    {
        Fixture f;
        const Document before = f.editor.document();
        f.editor.setPreset("no such preset");
        QVERIFY(f.editor.document() == before);
    }
};

QTEST_GUILESS_MAIN(DocumentTest)
#include "tst_document.moc"
