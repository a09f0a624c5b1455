// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/unet.h"
#include "core/errors.h"
#include "core/nn/devicegraph.h"
#include "core/nn/fastpaths.h"
#include "core/stopping.h"
#include "tests/tinyunet.h"

#include <QTest>

namespace {

/// What a device notes and repeats, played by the test.
struct Device
{
    int begun = 0, ended = 0, repeated = 0;
    std::function<void()> repeat = {};
};
Device device;

class PlayedKernels final : public NotedKernels
{
public:
    void begin() override { ++device.begun; }
    void end() override { ++device.ended; }
    void repeat() override
    {
        ++device.repeated;
        if (device.repeat)
            device.repeat();
    }
};

/// Twice the first input plus the second, where the device can find it again.
struct Twice
{
    Tensor read, added, written;
    int computed = 0;

    DeviceGraph::Work work()
    {
        return [this](const std::vector<Tensor>& inputs) {
            ++computed;
            read = inputs[0], added = inputs[1];
            return written = inputs[0] * 2 + inputs[1];
        };
    }
};

Tensor noise(uint32_t stream, at::IntArrayRef shape)
{
    Tensor x = at::empty(shape, at::kFloat);
    normal(5, stream, {x.data_ptr<float>(), size_t(x.numel())});
    return x;
}

std::vector<Tensor> numbers(float x, float y)
{
    return {at::full({2, 3}, x), at::full({3}, y)};
}

} // namespace

class DeviceGraphTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        device = {};
        setNoteKernels(at::kCPU, [] {
            return std::unique_ptr<NotedKernels>(std::make_unique<PlayedKernels>());
        });
    }
    void cleanup()
    {
        setNoteKernels(at::kCPU, nullptr);
        fastPaths() = {};
    }

    void fromTheFourthCallOnTheDeviceRepeats()
    {
        Twice twice;
        DeviceGraph graph;
        Tensor read, added, written; // of the call that is noted, the third
        for (int call = 0; call < 6; ++call) {
            if (call == 2) {
                read = twice.read, added = twice.added, written = twice.written;
                device.repeat = [&] { written.copy_(read * 2 + added); };
            }
            const Tensor y = graph.run(numbers(float(call), 10), twice.work());
            QVERIFY(y.equal(at::full({2, 3}, 2. * call + 10)));
            QCOMPARE(graph.repeated(), call > 2);
        }
        QCOMPARE(twice.computed, 4); // the first three, and once to be noted
        QCOMPARE(device.begun, 1);
        QCOMPARE(device.ended, 1);
        QCOMPARE(device.repeated, 4);
    }

    void aResultStaysWhenTheNextIsMade()
    {
        Twice twice;
        DeviceGraph graph;
        (void)graph.run(numbers(1, 0), twice.work());
        (void)graph.run(numbers(2, 0), twice.work());
        device.repeat = [read = twice.read, written = twice.written] { written.copy_(read * 2); };
        (void)graph.run(numbers(3, 0), twice.work());
        const Tensor fourth = graph.run(numbers(4, 0), twice.work());
        (void)graph.run(numbers(5, 0), twice.work());
        QVERIFY(fourth.equal(at::full({2, 3}, 8.)));
    }

    void whatDoesNotFollowItsInputsIsNotUsed()
    {
        Twice twice;
        DeviceGraph graph; // a device that repeats what it computed of the second call's numbers
        for (int call = 0; call < 6; ++call) {
            const Tensor y = graph.run(numbers(float(call), 10), twice.work());
            QVERIFY(y.equal(at::full({2, 3}, 2. * call + 10)));
            QVERIFY(!graph.repeated());
        }
        QCOMPARE(device.repeated, 1); // to be compared
    }

    void whatCannotBeNotedIsComputed()
    {
        DeviceGraph graph;
        int calls = 0;
        const auto fails = [&](const std::vector<Tensor>& inputs) {
            if (++calls == 3)
                throw Error("This asks the device for a number.");
            return inputs[0] + 1;
        };
        for (int call = 0; call < 5; ++call)
            QVERIFY(graph.run(numbers(float(call), 0), fails).equal(at::full({2, 3}, call + 1.)));
        QCOMPARE(device.ended, 1); // also of what failed
        QCOMPARE(device.repeated, 0);
    }

    void otherShapesAreComputed()
    {
        Twice twice;
        DeviceGraph graph;
        for (int call = 0; call < 3; ++call) {
            if (call == 2)
                device.repeat = [read = twice.read, added = twice.added, written = twice.written] {
                    written.copy_(read * 2 + added);
                };
            (void)graph.run(numbers(float(call), 10), twice.work());
        }
        const Tensor y = graph.run({at::full({5, 3}, 1.F), at::full({3}, 1.F)}, twice.work());
        QVERIFY(y.equal(at::full({5, 3}, 3.F)));
        QVERIFY(!graph.repeated());
        QVERIFY(graph.run(numbers(1, 1), twice.work()).equal(at::full({2, 3}, 3.F)));
        QVERIFY(graph.repeated());
    }

    void nothingIsNotedWhereThatIsSwitchedOffOrRefused()
    {
        Twice twice;
        DeviceGraph refused, off;
        refused.refuse();
        fastPaths().graphs = false;
        for (int call = 0; call < 4; ++call)
            (void)off.run(numbers(1, 1), twice.work());
        fastPaths().graphs = true;
        for (int call = 0; call < 4; ++call)
            (void)refused.run(numbers(1, 1), twice.work());
        QCOMPARE(device.begun, 0);
    }

    void aPassThatATapSeesIsNotRepeated()
    {
        const TinyUNet tiny;
        const Tensor x = noise(0, {1, 4, 8, 8}), context = noise(1, {2, 5, 6});
        KeptPasses kept;
        int seen = 0;
        Taps taps;
        taps.onHeads(
            {.kind = Site::SelfAttention, .layers = {{0, 1}}, .steps = {2, 100}},
            [&](const Site&, Tensor&) { ++seen; });
        for (int step = 0; step < 6; ++step) {
            UNetInput input {.time = 900. - step, .context = context, .step = step};
            const Tensor plain = unet(tiny.config, tiny.weights(), x, input);
            input.contextKeys = &kept.keys;
            input.graph = &kept.graph;
            // The device repeats what it noted at another time, which must not be seen.
            const Tensor y = unet(tiny.config, tiny.weights(), x, input, taps);
            QVERIFY((y - plain).abs().max().item<double>() < 1e-4);
        }
        QCOMPARE(seen, 4);
        QCOMPARE(device.begun, 1);    // in the two steps before
        QCOMPARE(device.repeated, 0); // never compared
    }

    void aPassIsNotRepeatedAtTheTimeThatWasNoted()
    {
        const TinyUNet tiny;
        const Tensor x = noise(0, {1, 4, 8, 8}), context = noise(1, {2, 5, 6});
        KeptPasses kept;
        for (int step = 0; step < 5; ++step) {
            UNetInput input {.time = 900. - 200 * step, .context = context, .step = step};
            const Tensor plain = unet(tiny.config, tiny.weights(), x, input);
            input.contextKeys = &kept.keys;
            input.graph = &kept.graph;
            const Tensor y = unet(tiny.config, tiny.weights(), x, input);
            QVERIFY((y - plain).abs().max().item<double>() < 1e-4);
        }
        QCOMPARE(device.begun, 1);
        QCOMPARE(device.repeated, 1); // it did not follow the time
    }

    void aStopIsNoResultAndNothingIsNotedAfterIt()
    {
        Twice twice;
        DeviceGraph graph;
        (void)graph.run(numbers(1, 1), twice.work());
        const auto stopped = [](const std::vector<Tensor>&) { return Tensor(); };
        QVERIFY(!graph.run(numbers(1, 1), stopped).defined());
        for (int call = 0; call < 4; ++call)
            QVERIFY(graph.run(numbers(1, 1), twice.work()).defined());
        QCOMPARE(device.begun, 0);
    }
};

QTEST_GUILESS_MAIN(DeviceGraphTest)
#include "tst_devicegraph.moc"
