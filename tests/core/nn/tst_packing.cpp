// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/packing.h"

#include "core/errors.h"
#include "core/nn/fastpaths.h"
#include "core/nn/kernels/kernels.h"
#include "core/nn/layers.h"
#include "core/nn/pool.h"
#include "core/stopping.h"
#include "tests/wideunet.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <thread>

namespace {

thread_local bool noMemory = false; ///< the C++ library's allocations fail

} // namespace

void* operator new(std::size_t size)
{
    if (void* const memory = noMemory ? nullptr : std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

/// Weights in oneDNN's order, and what all fast ways work with: tasks and the pool of memory.
class PackingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        at::manual_seed(3);
        fastPaths().packedFrom = 32;
    }

    void cleanup() { fastPaths() = m_usual; }

    void onlyTilesArePackedForUnlessToldTo()
    {
        QCOMPARE(m_usual.packedFrom > 0, kernels::hasTiles());
        const Tensor rows = at::ones({320, 64}).to(at::kBFloat16);
        const auto isTaken = [&](int64_t from) {
            fastPaths().packedFrom = from;
            return isPacked(packed(rows, "a.attn1.to_q.weight"));
        };
        QVERIFY(!isTaken(0));
        QVERIFY(!isTaken(65));
        if (kernels::best() && kernels::best() == kernels::avx512bf16())
            QVERIFY(isTaken(64));
    }

    /// In bf16, emulated where the processor has none; where it cannot even be emulated nothing is
    /// packed. The same sums, but for the order: some units in the last of its eight bits.
    void packedWeightsAreThePlainOnes()
    {
        const auto half = [](const Tensor& x) { return x.to(at::kBFloat16); };
        const Tensor kernel = half(at::randn({48, 64, 3, 3})), rows = half(at::randn({96, 64})),
                     bias = half(at::randn({48})), x = half(channelsLast(at::randn({2, 64, 9, 7}))),
                     tokens = half(at::randn({2, 5, 64}));
        const Tensor packedKernel = packed(kernel, "a.resnets.0.conv1.weight"),
                     packedRows = packed(rows, "a.attn1.to_q.weight");
        QCOMPARE(isPacked(packedKernel), isPacked(packedRows));
        // Narrower sets pack where the processor has more, and not where they are all that is
        // allowed.
        if (kernels::best() && kernels::best() == kernels::avx512bf16())
            QVERIFY(isPacked(packedKernel));
        QVERIFY(unpacked(packedKernel).equal(kernel));
        QVERIFY(unpacked(packedRows).equal(rows));
        QVERIFY(packed(kernel, "conv_in.weight").is_same(kernel));
        const Tensor pixel = kernel.narrow(2, 0, 1).narrow(3, 0, 1).contiguous();
        QVERIFY(packed(pixel, "a.resnets.0.conv_shortcut.weight").is_same(pixel));
        QVERIFY(packed(rows.to(at::kFloat), "a.attn1.to_q.weight").layout() == at::kStrided);
        for (const int stride : {1, 2}) {
            const Tensor all =
                half(at::randn({2, 48, (8 + stride) / stride, (6 + stride) / stride}));
            for (const Tensor& more : {Tensor(), all, all.narrow(0, 0, 1)}) {
                const auto made = [&](const Tensor& w) {
                    return conv2d(
                        x, w, {.bias = bias, .stride = stride, .padding = 1, .added = more});
                };
                QVERIFY(difference(made(packedKernel), made(kernel)) < .03);
                QVERIFY(made(packedKernel).is_contiguous(at::MemoryFormat::ChannelsLast));
            }
        }
        const Tensor added = half(at::randn({2, 5, 96}));
        for (const Tensor& more :
             {Tensor(), added, added.narrow(0, 0, 1),
              added.transpose(0, 1).contiguous().transpose(0, 1)})
            QVERIFY(
                difference(
                    linear(tokens, packedRows, Tensor(), more),
                    linear(tokens, rows, Tensor(), more))
                < .03);
    }

    void aUNetOfPackedWeightsIsThePlainOne()
    {
        const TinyUNet wide = wideUNet();
        Weights::Dict plain, packing;
        for (const auto& [name, tensor] : wide.dict) {
            plain[name] = tensor.to(at::kBFloat16);
            packing[name] = packed(plain[name], name);
        }
        const Tensor x = at::randn({1, 4, 8, 8}), context = at::randn({2, 7, 24});
        const auto made = [&](const Weights::Dict& dict) {
            return unet(wide.config, Weights(dict), x, {.time = 300, .context = context});
        };
        // Another rounding here and there, which goes through the whole network.
        QVERIFY(difference(made(packing), made(plain)) < .2);
    }

    void aStopIsHeardBetweenTasks()
    {
        std::atomic<int> done = 0;
        int asked = 0;
        const Stopping stopping([&] { return asked++ == 3; });
        QVERIFY(!runTasks(1000, 0, [&](int64_t, float*) { ++done; }));
        QVERIFY(done < 1000);
        QVERIFY(!linear(at::ones({64, 64}), at::ones({64, 64}), Tensor()).any().item<bool>());
    }

    void everyTaskIsDoneOnceWithRoomOfItsOwn()
    {
        at::set_num_threads(4);
        std::vector<std::atomic<int>> done(100);
        std::atomic<bool> shared = false;
        QVERIFY(runTasks(100, 5, [&](int64_t task, float* room) {
            for (int i = 0; i < 5; ++i)
                room[i] = float(task);
            ++done[size_t(task)];
            for (int i = 0; i < 5; ++i)
                if (room[i] != float(task))
                    shared = true;
        }));
        at::set_num_threads(1);
        QVERIFY(!shared);
        QVERIFY(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
    }

    /// Each of two tasks waits until the other has begun.
    void tasksAreDoneAtTheSameTime()
    {
        at::set_num_threads(2);
        std::atomic<int> begun = 0, met = 0;
        QElapsedTimer time;
        time.start();
        QVERIFY(runTasks(2, 0, [&](int64_t, float*) {
            ++begun;
            while (begun < 2 && time.elapsed() < 60000)
                std::this_thread::yield();
            met += begun == 2;
        }));
        at::set_num_threads(1);
        QCOMPARE(int(met), 2);
    }

    void whatATaskThrowsEndsTheWork()
    {
        at::set_num_threads(3);
        const auto fails = [](int64_t task, float*) {
            if (task == 50)
                throw WorkError("It broke.");
        };
        for (int round = 0; round < 20; ++round)
            QVERIFY_THROWS_EXCEPTION(WorkError, runTasks(100, 0, fails));
        std::atomic<int> done = 0;
        QVERIFY(runTasks(100, 0, [&](int64_t, float*) { ++done; }));
        at::set_num_threads(1);
        QCOMPARE(int(done), 100);
    }

    /// Several threads at once, and work within work: who finds the helpers taken does all alone.
    void anyThreadMayHaveTasks()
    {
        at::set_num_threads(4);
        std::atomic<int> done = 0;
        const auto work = [&] {
            at::set_num_threads(4);
            for (int round = 0; round < 50; ++round)
                runTasks(10, 0, [&](int64_t, float*) {
                    runTasks(3, 0, [&](int64_t, float*) { ++done; });
                });
        };
        std::thread others[] = {std::thread(work), std::thread(work)};
        work();
        for (std::thread& other : others)
            other.join();
        at::set_num_threads(1);
        QCOMPARE(int(done), 3 * 50 * 10 * 3);
    }

    void memoryIsUsedAgainWithoutPageFaults()
    {
        useMemoryPool();
        const PoolSizes before = poolSizes();
        const auto faults = [] {
            rusage usage {};
            getrusage(RUSAGE_SELF, &usage);
            return usage.ru_minflt;
        };
        const auto work = [] { // three sizes, freed in another order
            Tensor a = at::ones({3 << 18}), b = at::ones({5 << 18});
            const Tensor c = a + 1;
            a = Tensor();
            const Tensor d = at::ones({2 << 18});
            return (c.sum() + b.sum() + d.sum()).item<float>();
        };
        work();
        QCOMPARE(poolSizes().used, before.used);
        QVERIFY(poolSizes().reserved > before.reserved || before.reserved > 0);
        const long first = faults();
        for (int i = 0; i < 20; ++i)
            work();
        QVERIFY2(faults() - first < 200, qPrintable(QString::number(faults() - first)));
        const Tensor kept = at::full({1 << 20}, 7.f);
        releaseIdleMemory();
        QVERIFY(poolSizes().used >= before.used + (4 << 20));
        QCOMPARE(kept.sum().item<float>(), 7.f * (1 << 20));
        QVERIFY(poolSizes().reserved < (int64_t(1) << 30));
    }

    /// A tensor that goes where there is no memory left must not ask for any.
    void memoryIsGivenBackWithoutAnyMemory()
    {
        useMemoryPool();
        const PoolSizes before = poolSizes();
        std::vector<Tensor> tensors;
        for (int i = 0; i < 60; ++i)
            tensors.push_back(at::full({(40 + i * 7 % 11) << 10}, float(i)));
        noMemory = true;
        for (const int first : {0, 2, 1}) // between others that are free, and not
            for (size_t i = size_t(first); i < tensors.size(); i += 3)
                tensors[i] = Tensor();
        noMemory = false;
        QCOMPARE(poolSizes().used, before.used);
        QCOMPARE(at::ones({5 << 18}).sum().item<float>(), float(5 << 18));
        QCOMPARE(poolSizes().used, before.used);
    }

private:
    const FastPaths m_usual = fastPaths();
};

QTEST_GUILESS_MAIN(PackingTest)
#include "tst_packing.moc"
