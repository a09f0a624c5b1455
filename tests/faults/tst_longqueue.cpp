// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/heldinrest.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"
#include "tests/faults/attempts.h"
#include "tests/testseed.h"

#include <QElapsedTimer>
#include <QSettings>

#include <array>
#include <cstdio>
#include <numeric>
#include <random>

// What people do to a window for hours: runs one behind the other on the default model, stopped,
// thrown away, paused, gone on with, ended by a lack of memory, taken out of the queue, deleted;
// and a new session now and then. SIMILE_SOAK_SECONDS says for how long; a few rounds otherwise.

namespace {

constexpr int steps = 2;
constexpr int roundsOfASession = 20;

/// The session of such a window, with what is told of it.
struct Window : Program
{
    explicit Window()
        : Program({}, {triedMethod()})
    {
        sessions.openNew();
        fill();
        Editor& editor = session.editor();
        editor.setSeed(5);
        editor.setValue("prompt", std::string("red"));
        editor.setValue("steps", steps);
        session.setPrecision(QStringLiteral("fp32"));
    }

    Runs& runs() { return session.runs(); }
    Queue& queue() { return session.queue(); }
    std::shared_ptr<Run> last() const { return session.runs().all().back(); }
    void start(int count = 1)
    {
        QTRY_VERIFY_WITH_TIMEOUT(session.missing().isEmpty(), 60000);
        for (int i = 0; i < count; ++i)
            session.start();
    }
    bool idle() { return !runs().running() && (queue().waiting().empty() || queue().paused()); }
    void wait() { QTRY_VERIFY_WITH_TIMEOUT(idle(), 120'000); }
    /// Does something once, at a step of a run.
    void at(int step, std::function<void()> act)
    {
        auto guard = std::make_shared<QObject>();
        QObject::connect(
            &runs(), &Runs::stepAdded, guard.get(),
            [guard, step, act = std::move(act)](int, int done) mutable {
                if (done != step || !guard)
                    return;
                act();
                guard.reset();
            });
    }
};

} // namespace

class LongQueueTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;
    std::mt19937 m_random;
    std::vector<float> m_right;
    long m_allocations = 0; ///< of tensors in a run whose networks are loaded
    std::array<int, 6> m_rounds = {};

    long upTo(long most) { return long(m_random() % (unsigned long)(most)); }

    /// Whether a run that is done came out as it should.
    void check(const Run& run)
    {
        QVERIFY2(
            run.state == Run::Done,
            qPrintable(QStringLiteral("%1: %2").arg(int(run.state)).arg(run.error)));
        if (!run.away)
            QCOMPARE(run.steps.back().latent->values, m_right);
    }

    void round(Window& w)
    {
        const int kind = int(upTo(long(m_rounds.size())));
        ++m_rounds.at(size_t(kind));
        const size_t before = w.runs().all().size();
        switch (kind) {
        case 0: // some behind each other, one of which is moved and one taken out
            w.start(4);
            w.queue().move(w.queue().waiting().back().id, 0);
            w.queue().remove(w.queue().waiting().back().id);
            w.wait();
            QCOMPARE(w.runs().all().size(), before + 3);
            for (size_t i = before; i < w.runs().all().size(); ++i)
                check(*w.runs().all().at(i));
            break;
        case 1: // stopped, and gone on with
            w.at(int(upTo(steps)), [&w] { w.runs().stop(true); });
            w.start();
            w.wait();
            if (w.last()->state == Run::Stopped && !w.last()->canGoOn())
                break; // it was at its start
            w.session.goOn(w.last()->number);
            w.wait();
            check(*w.last());
            break;
        case 2: // thrown away
            w.at(int(upTo(steps)), [&w] { w.runs().stop(false); });
            w.start();
            w.wait();
            QCOMPARE(w.runs().all().size(), before);
            break;
        case 3: // paused inside, and resumed
            w.at(int(upTo(steps)), [&w] { w.queue().pauseNow(); });
            w.start(2);
            w.wait();
            w.queue().setPaused(false);
            w.wait();
            QCOMPARE(w.runs().all().size(), before + 2);
            check(*w.last());
            break;
        case 4: // too little memory; what waited goes on when the user says so
            counted = 0;
            failing = 1 + upTo(m_allocations);
            w.start(2);
            w.wait();
            failing = 0;
            w.queue().setPaused(false);
            w.wait();
            QCOMPARE(w.runs().all().size(), before + 2);
            if (w.runs().all().at(before)->state == Run::Failed)
                QCOMPARE(w.runs().all().at(before)->cause, Failure::Memory);
            else
                check(*w.runs().all().at(before));
            check(*w.last());
            break;
        default: // edited, undone, deleted
            w.session.editor().setValue("prompt", std::string("blue"));
            w.session.history().undo();
            w.start();
            w.wait();
            check(*w.last());
            w.session.bin({w.last()->number});
            w.session.history().undo();
            w.session.setStarred({w.last()->number}, true);
            w.session.bin({w.last()->number});
        }
    }

private Q_SLOTS:
    void nothingIsLostAndNothingIsHeld()
    {
        useFailingAllocator();
        m_state.renew();
        const long seconds = qEnvironmentVariableIntValue("SIMILE_SOAK_SECONDS");
        m_random.seed(seedOfTest());
        Window w;
        w.start(2);
        w.wait();
        m_right = w.last()->steps.back().latent->values;
        counted = 0;
        w.start();
        w.wait();
        check(*w.last());
        m_allocations = counted;
        QVERIFY(m_allocations > 100);

        QElapsedTimer clock;
        clock.start();
        Held half, now;
        const int looks = 10; // at what is held, in so many parts of the time
        int sessions = 0, sessionsAtHalf = 0;
        for (int look = 0; look < looks;) {
            for (int i = 0; i < (seconds > 0 ? roundsOfASession : 1); ++i) {
                round(w);
                if (QTest::currentTestFailed())
                    return;
            }
            w.session.binOld(w.session.olderThan(QDateTime::currentDateTime().addSecs(1)));
            QVERIFY(w.keeper.flush());
            w.sessions.openNew();
            QVERIFY(w.runs().all().empty());
            w.fill();
            ++sessions;
            if (clock.elapsed() < 1000LL * seconds * (look + 1) / looks)
                continue;
            now = heldInRest();
            if (++look == looks / 2) {
                half = now;
                sessionsAtHalf = sessions;
            }
            std::printf(
                "%lld s, %d sessions: %ld KiB allocated, %ld KiB resident, %ld tensors, %ld "
                "descriptors, %ld threads\n",
                static_cast<long long>(clock.elapsed() / 1000), sessions, now.allocated / 1024,
                now.resident / 1024, FailingAllocator::held.load(), now.descriptors, now.threads);
            std::fflush(stdout);
        }
        const int rounds = std::accumulate(m_rounds.begin(), m_rounds.end(), 0);
        const double more = double(now.allocated - half.allocated) / 1024
            / (double(rounds) * (sessions - sessionsAtHalf) / sessions);
        std::printf(
            "%d rounds (queue %d, gone on with %d, thrown away %d, paused %d, too little memory "
            "%d, edited %d): "
            "%.2f KiB a round stay; %lld notes\n",
            rounds, m_rounds[0], m_rounds[1], m_rounds[2], m_rounds[3], m_rounds[4], m_rounds[5],
            more, static_cast<long long>(w.said.size()));
        QVERIFY(now.descriptors <= half.descriptors);
        QVERIFY(!hasMoreThreads(half, now));
        if (seconds > 0)
            QVERIFY2(more < 10, qPrintable(QString::number(more)));
        QCOMPARE(w.said, QStringList());
    }
};

QTEST_GUILESS_MAIN(LongQueueTest)
#include "tst_longqueue.moc"
