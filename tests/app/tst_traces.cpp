// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/traces.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

namespace fs = std::filesystem;

namespace {

constexpr int numbersOfEach = 1000; // half precision: 2,000 bytes

/// A step with one feature map of that many numbers.
Traces::Trace traceOf(int step, int layer = 0, SiteKind kind = SiteKind::ResidualBlock)
{
    StepTrace trace {.step = step};
    const std::vector<float> values(numbersOfEach, float(step));
    trace.passes[{}].features[{kind, layer}] = {
        .name = "block", .values = Numbers::kept({1, 1, numbersOfEach}, values)};
    return std::make_shared<const StepTrace>(trace);
}

std::shared_ptr<const Latent> latent(int step)
{
    return std::make_shared<const Latent>(Latent {.shape = {1, 1, 1, 1}, .values = {float(step)}});
}

void add(Traces& traces, int step)
{
    traces.add(1, step, traceOf(step), *latent(step), *latent(step + 1));
}

/// What fetch() gives, once it has come.
Traces::Trace fetched(Traces& traces, int step, int run = 1)
{
    std::optional<Traces::Trace> got;
    traces.fetch(
        run, step, latent(step), latent(step + 1), [&](const auto& trace) { got = trace; });
    [&] { QTRY_VERIFY(got.has_value()); }();
    return got.value_or(nullptr);
}

} // namespace

class TracesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    fs::path m_folder;

    int files() const
    {
        std::error_code none;
        return int(std::distance(fs::directory_iterator(m_folder, none), {}));
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->filePath(QStringLiteral("traces")).toStdString();
    }

    void aStepThatIsSharedIsThatOfTheOtherRun()
    {
        Traces traces(m_folder);
        add(traces, 0);
        traces.share(2, 0, 1);
        traces.share(3, 0, 2);
        QCOMPARE(traces.inMemory(3, 0), traces.inMemory(1, 0));
        QVERIFY(traces.inMemory(2, 0) && fetched(traces, 0, 2) && traces.figures(2, 0));
        QVERIFY(!traces.inMemory(2, 1));
        QCOMPARE(traces.bytes(), uint64_t(2000));
        traces.add(2, 0, traceOf(0, 1), *latent(0), *latent(1));
        QCOMPARE(int(traces.inMemory(1, 0)->passes.at({}).features.size()), 2);
        traces.remove(1);
        QVERIFY(!traces.inMemory(2, 0) && !traces.inMemory(3, 0));
    }

    void withinTheBudgetNothingIsWritten()
    {
        Traces traces(m_folder);
        for (int step = 0; step < 4; ++step)
            add(traces, step);
        QCOMPARE(traces.bytes(), uint64_t(8000));
        QCOMPARE(traces.inMemory(1, 2)->step, 2);
        QVERIFY(!traces.inMemory(1, 4));
        QVERIFY(!traces.inMemory(2, 2));
        QVERIFY(!fs::exists(m_folder));
    }

    void whatExceedsTheBudgetIsFoundInItsFile()
    {
        Traces traces(m_folder);
        traces.setLimits({.memory = 5000});
        for (int step = 0; step < 4; ++step)
            add(traces, step);
        QTRY_COMPARE(traces.bytes(), uint64_t(4000));
        QCOMPARE(files(), 2);
        QVERIFY(!traces.inMemory(1, 0));
        const auto trace = fetched(traces, 0);
        QVERIFY(trace);
        QVERIFY(
            trace->passes.at({}).features.at({SiteKind::ResidualBlock, 0}).values
            == traceOf(0)->passes.at({}).features.at({SiteKind::ResidualBlock, 0}).values);
        QTRY_VERIFY(traces.bytes() <= 5000); // something else had to go
    }

    void whatWasLookedAtLastStaysLongest()
    {
        Traces traces(m_folder);
        traces.setLimits({.memory = 6000});
        for (int step = 0; step < 3; ++step)
            add(traces, step);
        traces.inMemory(1, 0);
        add(traces, 3);
        QTRY_COMPARE(traces.bytes(), uint64_t(6000));
        QVERIFY(traces.inMemory(1, 0));
        QVERIFY(!traces.inMemory(1, 1));
    }

    void aLaterSessionFindsItByTheLatents()
    {
        {
            Traces traces(m_folder);
            traces.setLimits({.memory = 0});
            add(traces, 2);
            QTRY_COMPARE(files(), 1);
        }
        Traces later(m_folder);
        const auto trace = fetched(later, 2, 9);
        QVERIFY(trace);
        QCOMPARE(trace->step, 2);
        QVERIFY(!fetched(later, 3, 9));
    }

    void theFolderIsKeptWithinItsLimit()
    {
        Traces traces(m_folder);
        traces.setLimits({.memory = 0, .disk = 8000});
        for (int step = 0; step < 6; ++step)
            add(traces, step);
        QTRY_COMPARE(traces.bytes(), uint64_t(0));
        QVERIFY(files() >= 1);
        QVERIFY(files() < 4);
    }

    void whatIsAddedToAStepJoinsWhatIsThere()
    {
        Traces traces(m_folder);
        add(traces, 1);
        traces.add(1, 1, traceOf(1, 5, SiteKind::ResidualInput), *latent(1), *latent(2));
        const auto both = traces.inMemory(1, 1);
        QCOMPARE(both->passes.at({}).features.size(), size_t(2));
        QCOMPARE(traces.bytes(), uint64_t(4000));
    }

    void aRemovedRunLeavesTheMemory()
    {
        Traces traces(m_folder);
        add(traces, 0);
        traces.add(2, 0, traceOf(0), *latent(7), *latent(8));
        traces.remove(1);
        QCOMPARE(traces.bytes(), uint64_t(2000));
        QVERIFY(!traces.inMemory(1, 0));
        QVERIFY(traces.inMemory(2, 0));
    }

    void aFolderThatCannotBeMadeIsToldOnceAndTheMemoryIsStillFreed()
    {
        std::ofstream(m_folder) << "a file";
        Traces traces(m_folder);
        QSignalSpy told(&traces, &Traces::notKept);
        traces.setLimits({.memory = 0});
        add(traces, 0);
        add(traces, 1);
        QTRY_COMPARE(traces.bytes(), uint64_t(0));
        QCOMPARE(told.count(), 1);
        QVERIFY(told.at(0).at(0).toString().contains(QStringLiteral("computes it again")));
        QVERIFY(!fetched(traces, 0));
    }

    void aDamagedFileCountsAsNone()
    {
        fs::create_directories(m_folder);
        const fs::path file = m_folder / traceFileName(*latent(0), *latent(1));
        std::ofstream(file) << "not what it was";
        Traces traces(m_folder);
        QVERIFY(!fetched(traces, 0));
        QVERIFY(!fs::exists(file));
    }
};

QTEST_GUILESS_MAIN(TracesTest)
#include "tst_traces.moc"
