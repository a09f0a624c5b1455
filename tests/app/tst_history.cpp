// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"
#include "tests/testseed.h"

#include <QRandomGenerator>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Fixture : SessionFixture
{
    Editor& editor = session.editor();
    Inputs& inputs = session.inputs();
    History& history = session.history();

    Fixture()
        : SessionFixture({countingMethod(), promptFreeMethod(), annotateMethod()})
    {
    }

    const Document& document() const { return session.editor().document(); }
    void prompt(const char* text) { editor.setValue("prompt", std::string(text)); }
    void set(const Place& place, uint8_t gray)
    {
        inputs.set(place, filled(2, 2, {gray, gray, gray}), QStringLiteral("p.png"));
    }
    void fill()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            set(slot, uint8_t(slot[0] + slot[1]));
    }
    void runOnce()
    {
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }
};

/// One of the edits that there are, by chance.
void edit(Fixture& f, QRandomGenerator& chance)
{
    const auto below = [&](int n) { return int(chance.bounded(n)); };
    const Place reference("reference", below(3)), control("control", below(2));
    const std::function<void()> edits[] = {
        [&] { f.set(below(2) ? "a" : "b", uint8_t(below(9))); },
        [&] { f.set(below(2) ? reference : control, uint8_t(below(9))); },
        [&] { f.inputs.clear(below(2) ? Place("a") : reference); },
        [&] { f.inputs.swap("a", "b"); },
        [&] { f.inputs.move(reference, below(3)); },
        [&] { f.inputs.setWeight(reference, below(4) * 0.5); },
        [&] { f.inputs.setKind(control, below(2) ? "depth" : "canny"); },
        [&] { f.inputs.setSpan(control, below(4) * 0.125, 1); },
        [&] {
            f.inputs.setPainted(control, filled(3, 3, {uint8_t(below(9)), 0, 0}), {});
        },
        [&] { f.editor.setValue("steps", 1 + below(50)); },
        [&] { f.editor.resetValue("steps"); },
        [&] { f.prompt(below(2) ? "one" : "two"); },
        [&] { f.editor.setPreset(below(2) ? "soft" : ""); },
        [&] { f.editor.setSeed(uint64_t(below(1000))); },
        [&] { below(2) ? f.editor.drawSeed() : f.editor.freeSeed(); },
        [&] { f.session.setMethod(below(2) ? "analogy" : "prompt-free"); },
        [&] { f.session.setDevice(QString::fromLatin1(below(2) ? "cpu" : "cuda")); },
        [&] { f.session.setPrecision(QString::fromLatin1(below(2) ? "fp32" : "auto")); },
        [&] { f.history.seal(); }};
    edits[below(int(std::size(edits)))]();
}

} // namespace

class HistoryTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    QString picture(const char* name, uint8_t gray)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        writeFileAtomically(path.toStdString(), encodePng(filled(4, 4, {gray, gray, gray}), {}));
        return path;
    }

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void allEditsUndoneGiveTheStartAndMadeAgainTheEnd_data()
    {
        QTest::addColumn<quint32>("seed");
        const quint32 seed = seedOfTest();
        for (quint32 i = 0; i < 5; ++i)
            QTest::addRow("%u", i) << seed + i;
    }

    void allEditsUndoneGiveTheStartAndMadeAgainTheEnd()
    {
        QFETCH(quint32, seed);
        Fixture f;
        QRandomGenerator random {seed};
        const Document start = f.document();
        std::vector<Document> states = {start};
        for (int i = 0; i < 180; ++i) {
            const int steps = f.history.position();
            edit(f, random);
            if (f.history.position() < steps)
                states.pop_back(); // what was typed was taken away again
            else if (f.history.position() > steps)
                states.push_back(f.document());
            else
                states.back() = f.document();
        }
        const Document end = f.document();
        QCOMPARE(int(states.size()), f.history.position() + 1);
        QVERIFY(states.size() > 80);
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
            QVERIFY(f.document() == *state);
            f.history.undo();
        }
        QVERIFY(f.document() == start);
        QVERIFY(!f.history.canUndo());
        for (std::size_t i = 1; i < states.size(); ++i) {
            f.history.redo();
            QVERIFY(f.document() == states[i]);
        }
        QVERIFY(f.document() == end);
        QVERIFY(!f.history.canRedo());
    }

    void aStepSaysInWordsWhatItDoes()
    {
        Fixture f;
        const auto said = [&] { return f.history.undoText(); };
        f.set("a", 1);
        QCOMPARE(said(), QStringLiteral("Set A"));
        f.set("a_prime", 2);
        f.inputs.swap("a", "a_prime");
        QCOMPARE(said(), QStringLiteral("Swap A and A\u2032"));
        f.inputs.clear("a_prime");
        QCOMPARE(said(), QStringLiteral("Clear A\u2032"));
        f.prompt("palm");
        QCOMPARE(said(), QStringLiteral("Prompt"));
        f.editor.resetValue("prompt");
        QCOMPARE(said(), QStringLiteral("Reset Prompt"));
        f.editor.addTouch({.head = 3, .times = 0});
        QCOMPARE(said(), QStringLiteral("Touch the network"));
        f.editor.removeTouch(0);
        QCOMPARE(said(), QStringLiteral("Take out a touch"));
        f.editor.setPreset("soft");
        QCOMPARE(said(), QStringLiteral("Preset Soft"));
        f.editor.setPreset({});
        QCOMPARE(said(), QStringLiteral("Preset Recommended"));
        f.editor.setSeed(7);
        QCOMPARE(said(), QStringLiteral("Seed"));
        f.editor.drawSeed();
        QCOMPARE(said(), QStringLiteral("New random seed"));
        f.editor.freeSeed();
        QCOMPARE(said(), QStringLiteral("Random seeds"));
        f.session.setPrecision(QStringLiteral("fp32"));
        QCOMPARE(said(), QStringLiteral("Precision"));
        f.session.setMethod("prompt-free");
        QCOMPARE(said(), QStringLiteral("Switch to Prompt-free"));
        f.set("reference", 1);
        f.set({"reference", 1}, 2);
        QCOMPARE(said(), QStringLiteral("Set Reference 2"));
        f.inputs.move("reference", 1);
        QCOMPARE(said(), QStringLiteral("Move Reference"));
        f.inputs.setWeight({"reference", 1}, 0.5);
        QCOMPARE(said(), QStringLiteral("Weight of Reference 2"));
        f.set("control", 3);
        f.inputs.setKind("control", "depth");
        QCOMPARE(said(), QStringLiteral("Kind of Control"));
        f.inputs.setSpan("control", 0.5, 1);
        QCOMPARE(said(), QStringLiteral("Span of Control"));
        f.inputs.setPainted("control", filled(3, 3, {1, 1, 1}), QStringLiteral("painted"));
        QCOMPARE(said(), QStringLiteral("Paint Control"));
    }

    void whatIsTypedIntoOneFieldIsOneStep()
    {
        Fixture f;
        f.prompt("a");
        f.prompt("a c");
        f.prompt("a cat");
        QCOMPARE(f.history.position(), 1);
        f.history.undo();
        QVERIFY(!f.editor.setByHand("prompt"));
        f.history.redo();
        QCOMPARE(f.editor.value("prompt"), Value(std::string("a cat")));
        f.prompt("a dog"); // behind an undo or redo it is another step
        QCOMPARE(f.history.position(), 2);
        f.editor.setValue("negative", std::string("fog"));
        f.prompt("a bird");
        QCOMPARE(f.history.position(), 4);
        f.history.seal();
        f.prompt("a fish");
        QCOMPARE(f.history.position(), 5);
        f.history.setPause(-1);
        f.prompt("a whale");
        QCOMPARE(f.history.position(), 6);
    }

    void whatIsTypedAndTakenAwayIsNoStep()
    {
        Fixture f;
        f.prompt("a");
        f.history.seal();
        f.prompt("ab");
        f.prompt("a");
        QCOMPARE(f.history.position(), 1);
        QCOMPARE(f.editor.value("prompt"), Value(std::string("a")));
        f.history.undo();
        QVERIFY(!f.editor.setByHand("prompt"));
    }

    void aLoadInTheBackgroundIsOneStep()
    {
        Fixture f;
        f.session.setMethod("prompt-free");
        const int before = f.history.position();
        f.inputs.load("control", {{.path = picture("1.png", 10)}, {.path = picture("2.png", 20)}});
        QTRY_COMPARE(f.inputs.in("control").size(), std::size_t(2));
        QVERIFY(f.editor.setByHand("width")); // which follows from the picture
        QCOMPARE(f.history.position(), before + 1);
        f.history.undo();
        QVERIFY(f.inputs.in("control").empty());
        QVERIFY(!f.editor.setByHand("width"));
    }

    void theSampleIsOneStep()
    {
        Fixture f;
        const Document before = f.document();
        QSignalSpy done(&f.session.restorer(), &Restorer::restored);
        f.session.restorer().loadSample();
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(f.history.position(), 1);
        QCOMPARE(f.history.undoText(), QStringLiteral("Sample"));
        f.history.undo();
        QVERIFY(f.document() == before);
    }

    void aRestoredRunIsOneStepAlsoWhereItsModelComesLater()
    {
        Fixture f;
        f.fill();
        f.editor.setValue("steps", 3);
        f.runOnce();
        f.session.setMethod("prompt-free");
        f.set("reference", 9);
        const QString other = m_folder.filePath(QStringLiteral("other.safetensors"));
        const char empty[] = "\x02\0\0\0\0\0\0\0{}"; // without a tensor
        writeFileAtomically(
            other.toStdString(), std::as_bytes(std::span(empty, sizeof(empty) - 1)));
        f.session.model().choose(other);
        QTRY_COMPARE(f.document().model, other);
        const Document before = f.document();
        const int steps = f.history.position();
        f.session.restorer().restoreRun(1);
        QTRY_VERIFY(f.document().model.isEmpty());
        QTRY_VERIFY(f.session.model().awaited().isEmpty());
        const Document after = f.document();
        QCOMPARE(f.history.position(), steps + 1);
        QCOMPARE(f.history.undoText(), QStringLiteral("Restore run 1"));
        f.history.undo();
        QVERIFY(f.document() == before);
        QTRY_COMPARE(QString::fromStdString(f.session.model().card().path.string()), other);
        f.history.redo();
        QVERIFY(f.document() == after);
        QTRY_VERIFY(f.session.model().problem().isEmpty() && f.session.missing().isEmpty());
        QCOMPARE(f.history.position(), steps + 1); // reading the model again is no step
    }

    void aMapIsOneStepAndComesTooLateForAPictureThatWasUndone()
    {
        Fixture f;
        f.session.setMethod("prompt-free");
        f.set("control", 3);
        const Document before = f.document();
        f.session.maps().make("control");
        QTRY_VERIFY(!f.session.maps().making("control"));
        QCOMPARE(f.history.undoText(), QStringLiteral("Map for Control"));
        f.history.undo();
        QVERIFY(f.document() == before);
        f.session.maps().make("control");
        f.history.undo(); // the picture goes
        QTRY_VERIFY(!f.session.maps().making("control"));
        QVERIFY(f.inputs.in("control").empty());
    }

    void aModeFillsEmptySlotsOnly()
    {
        Fixture f;
        f.set("b", 5);
        f.session.setMethod("prompt-free");
        QVERIFY(f.inputs.at("reference").image == f.inputs.at("b").image);
        f.set("reference", 6);
        f.session.setMethod("analogy");
        QCOMPARE(int(f.inputs.at("b").image->rgb[0]), 5);
        f.session.setMethod("prompt-free");
        QCOMPARE(int(f.inputs.at("reference").image->rgb[0]), 6);
        for (int i = 0; i < 4; ++i)
            f.history.undo();
        QVERIFY(f.inputs.in("reference").empty());
        QCOMPARE(f.editor.method().id, std::string("analogy"));
    }

    void twoHundredStepsAreKept()
    {
        Fixture f;
        for (int i = 0; i < 250; ++i) {
            f.editor.setSeed(uint64_t(1000 + i));
            f.history.seal();
        }
        QCOMPARE(f.history.position(), 200);
        while (f.history.canUndo())
            f.history.undo();
        QCOMPARE(f.document().seed, uint64_t(1049));
    }

    void keptStepsAreTakenAgain()
    {
        Fixture f;
        f.set("a", 1);
        f.prompt("palm");
        f.editor.setSeed(5);
        f.history.undo();
        std::vector<HistoryStep> kept;
        for (int i = 0; i < f.history.count(); ++i)
            kept.push_back(f.history.at(i));
        QCOMPARE(kept.size(), std::size_t(3));
        Fixture again;
        again.editor.put(f.document());
        again.history.restore(kept, f.history.position());
        QVERIFY(again.document() == f.document());
        QCOMPARE(again.history.undoText(), QStringLiteral("Prompt"));
        QCOMPARE(again.history.redoText(), QStringLiteral("Seed"));
        again.history.redo();
        QCOMPARE(again.document().seed, uint64_t(5));
        for (int i = 0; i < 3; ++i)
            again.history.undo();
        QVERIFY(again.inputs.in("a").empty());
        again.set("b", 4);
        QCOMPARE(again.history.position(), 1);
    }

    void theSeedIsWhatTheNextRunTakesOrUnknown()
    {
        Fixture f;
        f.fill();
        f.editor.setValue("steps", 1);
        const auto last = [&] { return f.session.runs().current()->request().seed; };
        QVERIFY(!f.document().seedKnown());
        const Document before = f.document();
        f.runOnce();
        const uint64_t first = last();
        QVERIFY(f.document() == before); // a run is no edit
        f.runOnce();
        QVERIFY(last() != first);
        f.editor.drawSeed();
        QVERIFY(f.document().seedKnown() && !f.document().seedLocked);
        const uint64_t drawn = f.document().seed;
        f.runOnce();
        QCOMPARE(last(), drawn);
        QVERIFY(!f.document().seedKnown());
        f.editor.setSeed(77);
        f.runOnce();
        f.runOnce();
        QCOMPARE(last(), uint64_t(77));
        f.editor.drawSeed();
        QVERIFY(f.document().seedLocked && f.document().seed != 77);
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "tst_history.moc"
