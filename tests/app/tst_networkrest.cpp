// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/networkrest.h"

#include "app/devices.h"
#include "app/engine.h"
#include "app/fewsteps.h"
#include "app/methodlist.h"
#include "app/runs.h"
#include "app/settings.h"
#include "core/fewsteps.h"
#include "core/graphics.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/fakedevicememory.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <dlfcn.h>

namespace {

const char* const lcm = "8f90d840e075ff588a58e22c6586e2ae9a6f7922996ee6649a7f01072333afe4";

/// Something that the worker keeps between runs, and how often it was made.
struct Kept
{
    std::atomic<int> made = 0;

    void use(Models& models)
    {
        models.kept<const int>("thing", "key", [this] {
            ++made;
            return std::make_shared<const int>(1);
        });
    }
};

/// Does something on the worker and waits for it.
void onWorker(Engine& engine, const std::function<void(Models&)>& work)
{
    bool done = false;
    engine.ask<bool>(
        &engine,
        [work](Models& models) {
            work(models);
            return true;
        },
        [&](const bool&) { done = true; }, [&](const Failure&) { done = true; });
    QTRY_VERIFY(done);
}

Method sampling(const std::string& id, const std::vector<Choice>& samplers)
{
    Method method {.id = id, .name = id};
    method.parameters = {
        {.id = "n", .initial = 50, .minimum = 1, .maximum = 99, .role = Role::Steps},
        {.id = "g", .initial = 7.5, .maximum = 30, .role = Role::Guidance}};
    if (!samplers.empty())
        method.parameters.push_back(
            {.id = "s",
             .initial = samplers.front().value,
             .choices = samplers,
             .role = Role::Sampler});
    return method;
}

} // namespace

/// Memory and devices, and what goes with LoRAs for few steps.
class NetworkRestTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whereMemoryDidNotSufficeTheNetworksAreForgottenAndTheNextRunWorks()
    {
        Engine engine;
        Kept kept;
        onWorker(engine, [&](Models& models) { kept.use(models); });
        onWorker(engine, [&](Models& models) { kept.use(models); });
        QCOMPARE(kept.made.load(), 1);
        QSignalSpy failed(&engine, &Engine::failed), finished(&engine, &Engine::finished);
        const auto start = [&](const char* prompt) {
            engine.start(
                countingMethod(),
                ready(countingMethod(), countingRequest({{"prompt", std::string(prompt)}})));
        };
        start("error");
        QTRY_COMPARE(failed.size(), 1);
        onWorker(engine, [&](Models& models) { kept.use(models); });
        QCOMPARE(kept.made.load(), 1);
        start("memory");
        QTRY_COMPARE(failed.size(), 2);
        QCOMPARE(failed.last().at(0).value<Failure>().cause, Failure::Memory);
        onWorker(engine, [&](Models& models) { kept.use(models); });
        QCOMPARE(kept.made.load(), 2);
        start("fine");
        QTRY_COMPARE(finished.size(), 1);
        onWorker(engine, [](Models&) { throw std::bad_alloc(); });
        onWorker(engine, [&](Models& models) { kept.use(models); });
        QCOMPARE(kept.made.load(), 3);
    }

    void theNetworksAreReleasedWhenThatIsAskedForAndAfterATime()
    {
        const MethodList none(std::vector<Method> {});
        Engine engine;
        Runs runs(engine, none);
        NetworkRest rest(engine, runs);
        rest.setMinute(1);
        QSignalSpy released(&rest, &NetworkRest::released);
        Kept kept;
        const auto use = [&] { onWorker(engine, [&](Models& models) { kept.use(models); }); };
        use();
        rest.release();
        QTRY_COMPARE(released.size(), 1);
        QVERIFY(released.at(0).at(0).toString().contains(QStringLiteral("memory are free")));
        use();
        QCOMPARE(kept.made.load(), 2);
        QCOMPARE(restAfter(), 30);
        setRestAfter(1);
        Q_EMIT runs.ended(1);
        QTRY_COMPARE(released.size(), 2);
        QVERIFY(released.at(1).at(0).toString().isEmpty());
        use();
        QCOMPARE(kept.made.load(), 3);
        setRestAfter(0);
        Q_EMIT runs.ended(2);
        QTest::qWait(20);
        QCOMPARE(released.size(), 2);
        QSettings().setValue(QStringLiteral("networks/releaseAfter"), QStringLiteral("soon"));
        QCOMPARE(restAfter(), 30);
    }

    void ofNetworksOnAGpuItsMemoryIsSaid()
    {
        static FakeDeviceMemory memory;
        memory.install();
        memory.isUsed = true;
        memory.allocated = int64_t(2) << 30;
        memory.reserved = int64_t(3) << 30;
        const MethodList none(std::vector<Method> {});
        Engine engine;
        Runs runs(engine, none);
        NetworkRest rest(engine, runs);
        QSignalSpy released(&rest, &NetworkRest::released);
        rest.release();
        QTRY_COMPARE(released.size(), 1);
        QCOMPARE(
            released.at(0).at(0).toString(),
            QStringLiteral("The networks were released. The next run loads them again."));
        QCOMPARE(memory.emptied, 1);
        QVERIFY(dlopen(FAKE_DRIVER, RTLD_NOW)); // from now on the driver of this process
        rest.release();
        QTRY_COMPARE(released.size(), 2);
        QCOMPARE( // 12 GiB, and one that nobody uses
            released.at(1).at(0).toString(),
            QStringLiteral("The networks were released, and 14.0 GB of the GPU's memory are free "
                           "now. The next run loads them again."));
        memory.isUsed = false;
        QCOMPARE(freeMemoryOn("cuda:1"), std::optional(uint64_t(12) << 30));
    }

    void aLackOfTheGpusMemoryGivesBackWhatIsIdle()
    {
        static FakeDeviceMemory memory;
        memory.install();
        memory.isUsed = true;
        Engine engine;
        onWorker(engine, [](Models&) { throw std::runtime_error("CUDA out of memory."); });
        QCOMPARE(memory.emptied, 1);
        onWorker(engine, [](Models&) { throw std::runtime_error("something else"); });
        QCOMPARE(memory.emptied, 1);
        memory.isUsed = false;
    }

    void gpusAreFoundWithTheirNamesAndMemory()
    {
        const Graphics found = graphicsHere(FAKE_DRIVER, 12060);
        QCOMPARE(found.cards.size(), std::size_t(2));
        QCOMPARE(found.cards[1].name, std::string("Large"));
        QCOMPARE(found.cards[1].device, std::string("cuda:1"));
        QCOMPARE(found.cards[1].memory, uint64_t(24) << 30);
        QCOMPARE(found.cards[1].free, uint64_t(12) << 30);
        QCOMPARE(english(found.problem()), std::string());
        QCOMPARE(found.usualDevice(), std::string("cuda:1")); // the first has 2 GiB
        QVERIFY(found.card("cuda:0") == &found.cards[0] && !found.card("cuda:2"));
        QCOMPARE(
            cardLabel(found.cards[1]), QStringLiteral("Large, 25.8 GB, of which 12.9 GB are free"));
    }

    /// Small is the first for the driver, Large the second.
    void ofTheGpusThoseCountThatCudaShows_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QStringList>("cards");
        const auto row = [](const char* said, const QStringList& cards) {
            QTest::newRow(said) << QByteArray(said) << cards;
        };
        const QString small = QStringLiteral("Small"), large = QStringLiteral("Large");
        row("", {});
        row("-1", {});
        row("1", {large});
        row("1,0", {large, small});
        row(" 0 , 1 ", {small, large});
        row("0,7,1", {small});
        row("1,-1,0", {large});
        row("0,1,0", {});
        row("none", {});
        row("GPU-89ab", {large});
        row("GPU-89ab,GPU-8932f937-small", {large, small});
        row("GPU-8", {}); // which of them?
        row("GPU-77,0", {});
        row("MIG-part,MIG-other", {large}); // one part, which counts as a GPU
        row("MIG-other", {});
    }

    void ofTheGpusThoseCountThatCudaShows()
    {
        QFETCH(QByteArray, said);
        QFETCH(QStringList, cards);
        qputenv("CUDA_VISIBLE_DEVICES", said);
        const Graphics found = graphicsHere(FAKE_DRIVER, 12060);
        qunsetenv("CUDA_VISIBLE_DEVICES");
        QStringList names;
        for (const GraphicsCard& card : found.cards)
            names << QString::fromStdString(card.name);
        QCOMPARE(names, cards);
        for (std::size_t i = 0; i < found.cards.size(); ++i)
            QCOMPARE(found.cards[i].device, i == 0 ? "cuda" : "cuda:" + std::to_string(i));
        QCOMPARE(found.usualDevice() == "cpu", !cards.contains(QStringLiteral("Large")));
    }

    void aStoredDeviceThatIsNotThereIsToldOnceAndTheProcessorIsUsed()
    {
        QSignalSpy missing(&MissingDevices::instance(), &MissingDevices::missing);
        const Graphics two = graphicsHere(FAKE_DRIVER, 12060),
                       old = graphicsHere(FAKE_DRIVER, 13000);
        for (const char* device : {"cpu", "cuda", "cuda:0", "cuda:1"})
            QCOMPARE(presentDevice(QLatin1String(device), two), QLatin1String(device));
        QCOMPARE(missing.size(), 0);
        for (int time = 0; time < 2; ++time)
            QCOMPARE(presentDevice(QStringLiteral("cuda:2"), two), QStringLiteral("cpu"));
        QCOMPARE(missing.size(), 1);
        const QString said = QStringLiteral("The device that was chosen is not there (%1): the "
                                            "networks are computed on the processor from now on.");
        QCOMPARE(missing.at(0).at(0).toString(), said.arg(QStringLiteral("cuda:2")));
        QCOMPARE(presentDevice(QStringLiteral("cuda"), old), QStringLiteral("cpu"));
        QCOMPARE(
            missing.at(1).at(0).toString(),
            said.arg(QStringLiteral("cuda"))
                + QStringLiteral(" The NVIDIA driver 535.54 is too old: it serves CUDA 12.2, and "
                                 "the program needs 13.0. Please update the driver."));
        QCOMPARE(MissingDevices::instance().told().size(), 2);
    }

    void whyNoGpuCanBeUsedIsSaid()
    {
        const Graphics old = graphicsHere(FAKE_DRIVER, 13000);
        QCOMPARE(
            english(old.problem()),
            std::string("The NVIDIA driver 535.54 is too old: it serves CUDA 12.2, and the program "
                        "needs 13.0. Please update the driver."));
        QCOMPARE(old.usualDevice(), std::string("cpu"));
        const Graphics without = graphicsHere(FAKE_DRIVER, 0);
        QVERIFY(english(without.problem()).find("built without CUDA") != std::string::npos);
        QVERIFY(freeMemoryOn("cpu").value_or(0) > 0);
        QVERIFY(!freeMemoryOn("cuda:77").has_value());
        const Graphics none = graphicsHere("libthereisnone.so", 12060);
        QVERIFY(english(none.problem()).find("No NVIDIA GPU") != std::string::npos);
        QCOMPARE(none.usualDevice(), std::string("cpu"));
    }

    void theFirstGpuThatFitsIsTheDeviceOfWhoeverHasChosenNone()
    {
        Settings settings;
        chooseUsualDevice(settings, graphicsHere(FAKE_DRIVER, 13000));
        QVERIFY(!QSettings().contains(QStringLiteral("device")));
        chooseUsualDevice(settings, graphicsHere(FAKE_DRIVER, 12060));
        QCOMPARE(settings.device(), QStringLiteral("cuda:1"));
        settings.setDevice(QStringLiteral("cpu"));
        chooseUsualDevice(settings, graphicsHere(FAKE_DRIVER, 12060));
        QCOMPARE(settings.device(), QStringLiteral("cpu"));
    }

    void aLoraForFewStepsTakesItsSamplerWithIt()
    {
        const std::vector<Method> methods = {
            sampling("a", {{"ddim", "DDIM"}, {"lcm", "LCM"}}), sampling("b", {}),
            sampling("c", {{"ddim", "DDIM"}})};
        const Lora lora {.file = "/x/lcm.safetensors", .sha256 = lcm};
        Document document {.method = "a"};
        document.choices["a"].byHand = {{"n", 20}, {"other", true}};
        const Document before = document;
        QCOMPARE(
            switchToFewSteps(document, methods, lora),
            QStringLiteral(
                "LCM-LoRA is made for few steps, so the sampler is lcm now, with 8 steps "
                "and guidance 1."));
        const Values set = {{"n", 8}, {"g", 1.0}, {"s", std::string("lcm")}, {"other", true}};
        QVERIFY(document.choices["a"].byHand == set);
        QVERIFY(!document.choices.contains("b") && !document.choices.contains("c"));
        document.choices["a"].byHand["n"] = 6; // changed by hand: it stays
        QVERIFY(switchBack(document, methods, lora).startsWith(QStringLiteral("Without LCM-LoRA")));
        QVERIFY(document.choices["a"].byHand == (Values {{"n", 6}, {"other", true}}));
        QVERIFY(switchBack(document, methods, lora).isEmpty());

        Document other {.method = "b"};
        QVERIFY(switchToFewSteps(other, methods, lora).contains(QStringLiteral("does not have")));
        const Document unchanged = before;
        QVERIFY(switchToFewSteps(other, methods, {.sha256 = "another"}).isEmpty());
        QVERIFY(before == unchanged);
    }

    void aCommandTakesWhatWasNotTyped()
    {
        const Method method = sampling("a", {{"ddim", "DDIM"}, {"lcm", "LCM"}});
        Request request {.values = {{"n", 4}}, .loras = {{.sha256 = lcm}}};
        QVERIFY(!followLoras(method, request).empty());
        QVERIFY(request.values == (Values {{"n", 4}, {"g", 1.0}, {"s", std::string("lcm")}}));
        Request plain {.loras = {{.sha256 = "another"}}};
        QVERIFY(followLoras(method, plain).empty() && plain.values.empty());
        Request fixed {.loras = {{.sha256 = lcm}}};
        QVERIFY(!followLoras(sampling("b", {}), fixed).empty());
        QVERIFY(fixed.values.empty());
    }

    void theRealMethodsHaveTheSamplersThatFewStepsNeed()
    {
        const MethodList methods;
        for (const char* hash :
             {lcm, "f6123d5b950d5250ab6c33600e27f4dcf71b3099ebf888685e01e9e8117ce482"}) {
            const FewSteps* use = fewStepsOf(hash);
            QVERIFY(use);
            for (const char* id : {"analogy", "prompt-free"})
                QCOMPARE(fewStepValues(*methods.find(id), *use).size(), std::size_t(3));
            QVERIFY(fewStepValues(*methods.find("translate"), *use).empty());
        }
    }
};

QTEST_GUILESS_MAIN(NetworkRestTest)
#include "tst_networkrest.moc"
