// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/testseed.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/stepaxis.h"
#include "ui/theme.h"

#include <QAction>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>
#include <thread>

namespace {

/// Milliseconds of a processor that this thread took: what others do on the machine does not count.
double spent()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

Method slowly(Method method)
{
    method.run = [run = method.run](const Request& request, Models& models, const Report& report) {
        return run(request, models, Report([&](const Event& event) {
                       std::this_thread::sleep_for(std::chrono::milliseconds(5));
                       return report(event);
                   }));
    };
    return method;
}

void fill(Session& session, uint8_t red)
{
    for (const Slot& slot : session.editor().method().slots)
        session.inputs().set(slot.id, filled(8, 8, {red, 0, 200}), QStringLiteral("p.png"));
}

/// Does what a hand may do in any order while runs come and go.
class Hand
{
public:
    Hand(WindowFixture& fixture, unsigned seed)
        : m_window(fixture.window)
        , m_session(fixture.session)
        , m_random(seed)
    {
    }

    void act()
    {
        if (below(50) == 0) // all widgets are styled anew: a fifth of a second
            return applyAppearance(below(2) == 0 ? Appearance::Light : Appearance::Dark);
        switch (below(9)) {
        case 0:
            return m_window.resize(900 + below(800), 650 + below(500));
        case 1:
            return m_session.setMethod(below(2) == 0 ? "analogy" : "prompt-free");
        case 2:
            return m_session.missing().isEmpty() ? m_session.start()
                                                 : fill(m_session, uint8_t(below(256)));
        case 3:
            return m_session.runs().stop(below(2) == 0);
        case 4:
            return m_window.pane().axis().setValue(below(12));
        case 5:
            return choose({"inspect", "all-pictures", "compare", "undo", "redo", "play"});
        case 6:
            return show();
        default:
            return change();
        }
    }

private:
    int below(int end) { return int(m_random() % unsigned(end)); }

    void choose(std::initializer_list<const char*> ids)
    {
        QAction* const action = m_window.actions()(*(ids.begin() + below(int(ids.size()))));
        if (action->isEnabled())
            action->trigger();
    }
    void show()
    {
        if (const auto& all = m_session.runs().all(); !all.empty())
            m_session.runs().show(all.at(std::size_t(below(int(all.size()))))->number);
    }
    /// Another value, within its limits, of one of the parameters.
    void change()
    {
        const auto& parameters = m_session.editor().method().parameters;
        const Parameter p = parameters.at(std::size_t(below(int(parameters.size()))));
        if (p.id == "steps")
            return m_session.editor().setValue(p.id, 1 + below(10));
        if (std::holds_alternative<int>(p.initial))
            m_session.editor().setValue(
                p.id, int(p.minimum) + below(std::min(1000, int(p.maximum - p.minimum) + 1)));
        else if (std::holds_alternative<double>(p.initial))
            m_session.editor().setValue(
                p.id, p.minimum + (p.maximum - p.minimum) * below(1000) / 999);
        else if (std::holds_alternative<bool>(p.initial))
            m_session.editor().setValue(p.id, below(2) == 0);
        else if (p.choices.empty())
            m_session.editor().setValue(p.id, std::string(std::size_t(below(200)), 'x'));
    }

    MainWindow& m_window;
    Session& m_session;
    std::mt19937 m_random;
};

} // namespace

class StressTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void whateverIsDoneDuringRunsTheWindowGoesOnAndAnswersSoon()
    {
        WindowFixture f({slowly(analogyMethod()), slowly(promptFreeMethod())}, "analogy");
        Hand hand(f, seedOfTest());
        std::vector<double> turns;
        for (int i = 0; i < 600; ++i) {
            const double before = spent();
            hand.act();
            QCoreApplication::processEvents();
            turns.push_back(spent() - before);
        }
        QVERIFY(f.session.runs().all().size() > 5);
        std::ranges::sort(turns);
        const double most = turns[turns.size() * 95 / 100];
        qInfo(
            "95 %% of the turns took less than %.1f ms of a processor, all %.1f", most,
            turns.back());
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(most < 50, qPrintable(QString::number(most)));
#endif
        f.session.runs().stop(false);
        f.session.queue().setPaused(true);
        QTRY_VERIFY(!f.session.runs().running());
        applyAppearance(Appearance::Dark);
    }
};

QTEST_MAIN(StressTest)
#include "tst_stress.moc"
