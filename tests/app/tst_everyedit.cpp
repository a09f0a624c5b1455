// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/history.h"

#include "tests/app/emptyhome.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/sessionstate.h"
#include "tests/testseed.h"

#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>

namespace {

/// One of the edits that there are, by chance.
void edit(Session& s, QRandomGenerator& chance)
{
    const auto below = [&](int n) { return n > 0 ? int(chance.bounded(n)) : 0; };
    const auto picture = [&] {
        return SharedImage(filled(2, 2 + below(2), {uint8_t(below(9)), 1, 2}));
    };
    const Place reference("reference", below(3)), control("control", below(2));
    const auto& runs = s.runs().all();
    const int run = runs.empty() ? 0 : runs.at(size_t(below(int(runs.size()))))->number;
    const auto& queue = s.queue().waiting();
    const int queued = queue.empty() ? 0 : queue.at(size_t(below(int(queue.size())))).id;
    const std::function<void()> edits[] = {
        [&] { s.inputs().set(below(2) ? "a" : "b", picture(), QStringLiteral("p.png")); },
        [&] { s.inputs().set(below(2) ? reference : control, picture(), QStringLiteral("q")); },
        [&] { s.inputs().clear(below(2) ? Place("a") : reference); },
        [&] { s.inputs().swap("a", "b"); },
        [&] { s.inputs().move(reference, below(3)); },
        [&] { s.inputs().setWeight(reference, below(4) * 0.5); },
        [&] { s.inputs().setKind(control, below(2) ? "depth" : "canny"); },
        [&] { s.inputs().setSpan(control, below(4) * 0.125, 1); },
        [&] { s.inputs().setPainted(control, picture(), {}); },
        [&] { s.editor().setValue("steps", 1 + below(50)); },
        [&] { s.editor().setValue("prompt", std::string(below(2) ? "one" : "two")); },
        [&] { s.editor().resetValue("steps"); },
        [&] { s.editor().setPreset(below(2) ? "soft" : ""); },
        [&] { s.editor().setSeed(uint64_t(below(1000))); },
        [&] { below(2) ? s.editor().drawSeed() : s.editor().freeSeed(); },
        [&] { s.setMethod(below(2) ? "analogy" : "prompt-free"); },
        [&] { s.setPrecision(QString::fromLatin1(below(2) ? "fp32" : "auto")); },
        [&] { s.setStarred({run}, below(2)); },
        [&] { s.setName(run, QString::number(below(5))); },
        [&] { s.bin({run}); },
        [&] { s.binOld(s.olderThan(QDateTime::currentDateTime().addSecs(60 - 120 * below(2)))); },
        [&] { s.queue().move(queued, below(5)); },
        [&] { s.queue().remove(queued); },
        [&] { s.queue().clear(); },
        [&] { s.history().seal(); }};
    // What empties a list is rarer, so that there is something left to be edited.
    const int which = below(int(std::size(edits)));
    if ((which == 20 || which == 23) && below(4) > 0)
        return;
    edits[which]();
}

/// Four runs that are done, and four that wait.
void prepare(Program& program)
{
    program.fill();
    for (int i = 0; i < 3; ++i)
        program.run(1);
    Session& session = program.session;
    session.queue().setPaused(true);
    QSignalSpy ended(&session.runs(), &Runs::ended);
    for (int i = 0; i < 5; ++i)
        session.start();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(session.queue().waiting().size(), size_t(4));
}

/// Undoes all steps, and makes all of them again; the states must be those that were there.
void goBackAndForth(Session& session, const std::vector<SessionState>& states)
{
    History& history = session.history();
    QCOMPARE(history.count(), int(states.size()) - 1);
    for (auto state = states.rbegin(); state != states.rend(); ++state) {
        QVERIFY2(SessionState(session) == *state, qPrintable(history.redoText()));
        history.undo();
    }
    QVERIFY(!history.canUndo());
    QVERIFY(SessionState(session) == states.front());
    for (const SessionState& state : states) {
        QVERIFY2(SessionState(session) == state, qPrintable(history.undoText()));
        history.redo();
    }
    QVERIFY(!history.canRedo());
    QVERIFY(SessionState(session) == states.back());
}

} // namespace

class EveryEditTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void allUndoneIsTheStartAndAllMadeAgainTheEndAlsoNextTimeAndInACopy_data()
    {
        QTest::addColumn<quint32>("seed");
        const quint32 seed = seedOfTest();
        for (quint32 i = 0; i < 6; ++i)
            QTest::addRow("%u", i) << seed + i;
    }

    void allUndoneIsTheStartAndAllMadeAgainTheEndAlsoNextTimeAndInACopy()
    {
        QFETCH(quint32, seed);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.simile"));
        std::vector<SessionState> states;
        {
            Program program(path);
            prepare(program);
            Session& session = program.session;
            session.history().restore({}, 0); // what prepared it is no part of the test
            QRandomGenerator random {seed};
            states.emplace_back(session);
            for (int i = 0; i < 180; ++i) {
                const int steps = session.history().position();
                edit(session, random);
                if (session.history().position() < steps)
                    states.pop_back(); // what was typed was taken away again
                else if (session.history().position() > steps)
                    states.emplace_back(session);
                else
                    states.back() = SessionState(session);
            }
            QVERIFY(states.size() > 60);
            goBackAndForth(session, states);
            // Where it ends, old runs that are deleted would be gone.
            while (session.history().canUndo())
                session.history().undo();
        }
        Program again(path);
        Session& session = again.session;
        QVERIFY(SessionState(session) == states.front());
        while (session.history().canRedo())
            session.history().redo();
        goBackAndForth(session, states);
        while (session.history().canUndo())
            session.history().undo();
        const QString copy = folder.filePath(QStringLiteral("copy.simile"));
        QCOMPARE(again.saveAs(copy), QString());
        QVERIFY2(again.said.isEmpty(), qPrintable(again.said.join(QLatin1Char(' '))));
        Program other;
        QVERIFY(other.open(copy));
        while (other.session.history().canRedo())
            other.session.history().redo();
        goBackAndForth(other.session, states);
        QVERIFY2(other.said.isEmpty(), qPrintable(other.said.join(QLatin1Char(' '))));
    }
};

QTEST_GUILESS_MAIN(EveryEditTest)
#include "tst_everyedit.moc"
