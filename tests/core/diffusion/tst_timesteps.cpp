// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/timesteps.h"

#include <QTest>

#include <algorithm>
#include <cmath>

namespace {

using Times = std::vector<double>;

TimeSteps grid(const char* sampler, const char* spacing, int steps)
{
    const ScheduleConfig config {.spacing = spacing};
    return timeSteps(config, Schedule(config), samplerOptions(sampler, config, steps));
}

bool near(const auto& a, const Times& b, double tolerance)
{
    return std::ranges::equal(
        a, b, [=](double x, double y) { return std::abs(x - y) <= tolerance; });
}

} // namespace

Q_DECLARE_METATYPE(std::vector<double>)

class TimeStepsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreTheReferences_data()
    {
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<QString>("spacing");
        QTest::addColumn<Times>("times");
        const auto row = [](const char* sampler, const char* spacing, const Times& times) {
            QTest::addRow("%s %s %d", sampler, spacing, int(times.size()))
                << sampler << spacing << times;
        };
        row("ddim", "", {801, 601, 401, 201, 1});
        row("ddim", "trailing", {999, 799, 599, 399, 199});
        row("ddim", "linspace", {999, 749, 500, 250, 0});
        row("ddim-inverse", "", {1, 201, 401, 601, 801});
        row("dpm++2m", "", {999, 799, 599, 400, 200});
        row("dpm++2m", "",
            {999, 937, 874, 812, 749, 687, 624, 562, 500, 437, 375, 312, 250, 187, 125, 62});
        row("dpm++2m-karras", "", {999, 786, 427, 59, 0});
        row("dpm++2m", "leading", {831, 665, 499, 333, 167});
        row("euler", "leading", {801, 601, 401, 201, 1});
        row("euler", "", {999, 749.25, 499.5, 249.75, 0});
        row("euler-karras", "", {999, 785.954, 427.4898, 58.8915, 0});
        row("unipc", "", {999, 799, 599, 400, 200});
        row("unipc", "leading", {831, 665, 499, 333, 167});
        row("lcm", "", {999, 799, 599, 399, 199});
    }

    void timesAreTheReferences()
    {
        QFETCH(QString, sampler);
        QFETCH(QString, spacing);
        QFETCH(Times, times);
        const TimeSteps ours = grid(sampler.toLatin1(), spacing.toLatin1(), int(times.size()));
        QVERIFY(near(ours.times, times, times[1] == 785.954 ? 1e-3 : 0));
    }

    void sigmasAreTheReferences_data()
    {
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<QString>("spacing");
        QTest::addColumn<Times>("sigmas");
        const auto row = [](const char* sampler, const char* spacing, const Times& sigmas) {
            QTest::addRow("%s %s", sampler, spacing) << sampler << spacing << sigmas;
        };
        row("dpm++2m", "", {14.6146, 5.08777, 2.27646, 1.16439, 0.571666, 0});
        row("unipc", "leading", {5.90645, 2.90712, 1.61289, 0.932358, 0.494697, 0});
        row("dpm++2m-karras", "", {14.6146, 4.79654, 1.27411, 0.247952, 0.0291675, 0});
        row("euler", "leading", {5.13443, 2.29285, 1.16822, 0.574051, 0.0413145, 0});
        row("euler", "", {14.6146, 4.08609, 1.61558, 0.695151, 0.0291675, 0});
    }

    void sigmasAreTheReferences()
    {
        QFETCH(QString, sampler);
        QFETCH(QString, spacing);
        QFETCH(Times, sigmas);
        const TimeSteps ours = grid(sampler.toLatin1(), spacing.toLatin1(), 5);
        QVERIFY(near(ours.sigmas, sigmas, 6e-5));
    }

    void oneStepBeginsAtTheNoisiestTime()
    {
        for (const char* sampler : {"ddim", "euler", "euler-karras", "dpm++2m-karras", "unipc"})
            QCOMPARE(grid(sampler, "linspace", 1).times, Times {999});
    }
};

QTEST_GUILESS_MAIN(TimeStepsTest)
#include "tst_timesteps.moc"
