// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/picture/pictureformat.h"
#include "tests/app/emptyhome.h"
#include "tests/testseed.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/opener.h"
#include "ui/stepaxis.h"
#include "ui/theme.h"

#include <QAction>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

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
        if (below(50) == 0) // all widgets are styled anew
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
        // Twelve of them change all colours; one may have met something else on its processor.
        const double third = turns[turns.size() - 3];
        QVERIFY2(third < 100, qPrintable(QString::number(third)));
#endif
        f.session.runs().stop(false);
        f.session.queue().setPaused(true);
        QTRY_VERIFY(!f.session.runs().running());
        applyAppearance(Appearance::Dark);
    }

    /// It is decoded, turned and made small on other threads.
    void aPictureOf50MegapixelsKeepsNobodyWaiting()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("large.jpg"));
        writeFileAtomically(
            file.toStdString(),
            encodePicture(filled(8192, 6144, {40, 80, 160}), PictureFormat::Jpeg, usualQuality));
        WindowFixture f({promptFreeMethod()}, "prompt-free");
        QCoreApplication::processEvents();
        auto* opener = f.window.findChild<Opener*>();
        QVERIFY(opener);
        double most = 0;
        const auto turn = [&](const std::function<void()>& does) {
            const double before = spent();
            does();
            QCoreApplication::processEvents();
            most = std::max(most, spent() - before);
        };
        turn([&] { opener->open({file}, "reference", Opener::RestoreAtOnce); });
        const auto isShown = [&] {
            const PictureCell* cell = f.window.inputs().cell("reference");
            return cell && !cell->picture().image().isNull();
        };
        QElapsedTimer patience;
        for (patience.start(); !isShown() && patience.elapsed() < 60'000;)
            turn([] { QThread::msleep(1); });
        QVERIFY(isShown());
        QCOMPARE(f.session.inputs().in("reference").at(0).image->width, 8192);
        for (int i = 0; i < 20; ++i) // what follows from it
            turn([&] {
                QThread::msleep(20);
                f.window.resize(1280 + i, 800);
            });
        finishConversions();
        qInfo("the longest turn took %.1f ms of a processor", most);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY2(most < 100, qPrintable(QString::number(most)));
#endif
    }
};

QTEST_MAIN(StressTest)
#include "tst_stress.moc"
