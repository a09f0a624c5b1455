// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/history.h"

#include "tests/app/emptyhome.h"
#include "tests/app/keepingprogram.h"

#include <QSettings>

#include <algorithm>

namespace {

/// A program whose steps can be read again from what was kept of them.
struct Fixture
{
    Program program;
    Editor& editor = program.session.editor();
    Inputs& inputs = program.session.inputs();
    History& history = program.session.history();
    std::vector<HistoryStep> kept;

    Fixture()
    {
        history.setFetch([this](HistoryStep& step) {
            step.document = std::ranges::find(kept, step.number, &HistoryStep::number)->document;
            step.away = false;
            return true;
        });
    }
    const Document& document() const { return editor.document(); }
};

} // namespace

class HistoryPicturesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    /// Of those that can be read again.
    void picturesOfStepsThatAreFarAreNotInMemory()
    {
        Fixture f;
        std::vector<Document> states {f.document()};
        constexpr int side = 100, steps = 20;
        f.history.setRoom(5 * side * side * 3);
        for (int i = 0; i < steps; ++i) {
            f.inputs.setPainted("control", filled(side, side, {uint8_t(i), 0, 0}), {});
            states.push_back(f.document());
            f.kept.push_back(f.history.at(i));
        }
        const auto away = [&](int place) { return f.history.at(place).away; };
        QVERIFY(!away(0)); // it is nowhere else yet
        for (const HistoryStep& step : f.kept)
            f.history.wasKept(step.number, step.revision);
        QVERIFY(away(0) && away(10) && !away(steps - 1) && !away(steps - 4));
        QVERIFY(f.history.at(0).document.after == Document());
        for (int i = steps; i > 0; --i) {
            QVERIFY(f.document() == states[std::size_t(i)]);
            f.history.undo();
        }
        QVERIFY(f.document() == states.front());
        QVERIFY(away(steps - 1) && !away(0));
        for (int i = 0; i < steps; ++i) {
            f.history.redo();
            QVERIFY(f.document() == states[std::size_t(i) + 1]);
        }
    }

    /// A load that ends behind an undo belongs to a step that is not in memory.
    void whatComesLateJoinsAStepThatIsRead()
    {
        Fixture f;
        const Document start = f.document();
        int number = 0;
        {
            const Editor::Step step(f.editor, QStringLiteral("Restore"));
            f.inputs.setPainted("control", filled(9, 9, {1, 1, 1}), {});
            number = f.editor.step();
        }
        f.kept.push_back(f.history.at(0));
        f.history.setRoom(0);
        f.inputs.setPainted("control", filled(9, 9, {2, 2, 2}), {});
        f.history.wasKept(f.kept[0].number, 0);
        QVERIFY(f.history.at(0).away);
        f.inputs.clear("control");
        f.history.undo();
        f.history.undo();
        QVERIFY(f.history.at(0).away);
        {
            const Editor::Step late(f.editor, {}, number);
            f.editor.setSeed(77);
        }
        QCOMPARE(f.history.position(), 1);
        f.history.undo();
        QVERIFY(f.document() == start);
    }
};

QTEST_GUILESS_MAIN(HistoryPicturesTest)
#include "tst_historypictures.moc"
