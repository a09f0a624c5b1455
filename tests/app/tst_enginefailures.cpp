// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"

#include "app/exitcode.h"
#include "core/model/loadpart.h"
#include "tests/app/countingmethod.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <fstream>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/// What becomes of a run that fails, and of the next ones.
class EngineFailuresTest : public QObject
{
    Q_OBJECT

    template<typename T>
    static T last(const QSignalSpy& spy)
    {
        return spy.last().at(0).value<T>();
    }

private Q_SLOTS:
    void anErrorArrivesWithItsSentence_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("details");
        QTest::addColumn<Failure::Cause>("cause");
        QTest::newRow("ours") << "error"
                              << "The prompt says error." << QString() << Failure::Input;
        QTest::newRow("a library's") << "library"
                                     << "first line"
                                     << "first line\nand a long trace" << Failure::Other;
        QTest::newRow("memory") << "memory"
                                << "not enough memory"
                                << "out of memory" << Failure::Memory;
    }

    void anErrorArrivesWithItsSentence()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, sentence);
        QFETCH(QString, details);
        QFETCH(Failure::Cause, cause);
        Engine engine;
        QSignalSpy failed(&engine, &Engine::failed);
        engine.start(
            countingMethod(),
            ready(countingMethod(), countingRequest({{"prompt", prompt.toStdString()}})));
        QVERIFY(failed.wait());
        QVERIFY(!engine.running());
        const auto failure = last<Failure>(failed);
        QVERIFY2(failure.sentence.contains(sentence), qPrintable(failure.sentence));
        QVERIFY(!failure.sentence.contains(QLatin1Char('\n')));
        QCOMPARE(failure.details, details);
        QCOMPARE(failure.cause, cause);

        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(countingMethod(), ready(countingMethod(), countingRequest()));
        QVERIFY2(finished.wait(), "the engine goes on after an error");
    }

    void whatIsNoExceptionAtAllIsAFailureToo()
    {
        Engine engine;
        Method method = countingMethod();
        method.run = [](const Request&, Models&, const Report&) -> Result { throw 5; };
        QSignalSpy failed(&engine, &Engine::failed), finished(&engine, &Engine::finished);
        engine.start(method, ready(method, countingRequest()));
        QVERIFY(failed.wait());
        const QString said = QStringLiteral("Something failed that gave no reason.");
        QCOMPARE(last<Failure>(failed).sentence, said);
        QString told;
        engine.ask<int>(
            this, [](Models&) -> int { throw nullptr; }, [](const int&) {},
            [&](const Failure& failure) { told = failure.sentence; });
        QTRY_COMPARE(told, said);
        engine.start(countingMethod(), ready(countingMethod(), countingRequest()));
        QVERIFY2(finished.wait(), "the engine goes on");
    }

    void aLackOfMemorySaysHowMuchWhereThatIsKnown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("GPU")
            << QStringLiteral("CUDA out of memory. Tried to allocate 2.25 GiB. GPU 0 has a total "
                              "capacity of 7.79 GiB of which 512.50 MiB is free. Process 1 has "
                              "7.28 GiB memory in use.")
            << QStringLiteral("on the GPU: 2.25 GiB more was needed, and of its 7.79 GiB there is "
                              "512.50 MiB free.");
        QTest::newRow("processor")
            << QStringLiteral("[enforce fail at alloc_cpu.cpp:1] . DefaultCPUAllocator: can't "
                              "allocate memory: you tried to allocate 3221225472 bytes. Error")
            << QStringLiteral("for this: 3072 MiB more was needed, and there is ");
        QTest::newRow("unknown") << QStringLiteral("out of memory")
                                 << QStringLiteral("for this: a smaller size");
    }

    void aLackOfMemorySaysHowMuchWhereThatIsKnown()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        try {
            throw std::runtime_error(text.toStdString());
        } catch (...) {
            const Failure failure = currentFailure();
            QCOMPARE(failure.cause, Failure::Memory);
            const QString begin = QStringLiteral("There is not enough memory ") + said;
            QVERIFY2(failure.sentence.startsWith(begin), qPrintable(failure.sentence));
            QCOMPARE(failure.details, text);
        }
    }

    /// What CUDA's libraries say by way of libtorch, and whether their process can go on.
    void whatAGpusLibrariesSayIsToldApart_data()
    {
        QTest::addColumn<Failure::Cause>("cause");
        const auto rows = [](Failure::Cause cause, const std::vector<const char*>& texts) {
            for (const char* text : texts)
                QTest::newRow(text) << cause;
        };
        rows(
            Failure::Memory,
            {"CUDA error: out of memory", "CUDA driver error: out of memory",
             "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
             "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
             "CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`",
             "CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasLtCreate(&handle)`",
             "cuDNN error: CUDNN_STATUS_NOT_INITIALIZED",
             "cusolver error: CUSOLVER_STATUS_NOT_INITIALIZED, when calling "
             "`cusolverDnCreate(&handle)`",
             "cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
             "cusolver error: CUSOLVER_STATUS_ALLOC_FAILED, when calling `cusolverDnCreate()`"});
        rows(
            Failure::Device,
            {"CUDA error: an illegal memory access was encountered",
             "CUDA error: device-side assert triggered",
             "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm()`",
             "CUDA driver error: unspecified launch failure",
             "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
             "cusolver error: CUSOLVER_STATUS_EXECUTION_FAILED, when calling `cusolverDn()`"});
        rows(
            Failure::Other,
            {"CUDA error: no kernel image is available for execution on the device",
             "CUDA error: invalid device ordinal", "CUDA error: invalid configuration argument",
             "CUDA driver error: invalid argument",
             "CUDA error: CUBLAS_STATUS_NOT_SUPPORTED when calling `cublasGemmEx()`",
             "cuDNN error: CUDNN_STATUS_NOT_SUPPORTED. This error may appear if",
             "cuDNN error: CUDNN_STATUS_BAD_PARAM", "cuDNN Frontend error: no plan",
             "cusolver error: CUSOLVER_STATUS_INVALID_VALUE, when calling `cusolverDn()`",
             "CUDA NVRTC error: NVRTC_ERROR_COMPILATION"});
    }

    void whatAGpusLibrariesSayIsToldApart()
    {
        QFETCH(Failure::Cause, cause);
        try {
            throw std::runtime_error(std::string(QTest::currentDataTag()) + "\nmore");
        } catch (...) {
            const Failure failure = currentFailure();
            QCOMPARE(failure.cause, cause);
            const QString said = cause == Failure::Memory ? QStringLiteral("not enough memory")
                : cause == Failure::Device                ? QStringLiteral("no longer answers (")
                                           : QString::fromLatin1(QTest::currentDataTag());
            QVERIFY2(failure.sentence.contains(said), qPrintable(failure.sentence));
        }
    }

    void whatOneDnnCouldNotCreateIsMemoryWhereThatIsLittle()
    {
        const auto cause = [] {
            try {
                throw std::runtime_error("could not create a primitive");
            } catch (...) {
                return currentFailure().cause;
            }
        };
        QCOMPARE(cause(), Failure::Other);
#if !defined(__SANITIZE_ADDRESS__) // which takes terabytes of addresses
        rlimit before {};
        QCOMPARE(getrlimit(RLIMIT_AS, &before), 0);
        rlim_t pages = 0; // of addresses that are taken
        std::ifstream("/proc/self/statm") >> pages;
        rlimit little = before;
        little.rlim_cur = pages * rlim_t(sysconf(_SC_PAGESIZE)) + (rlim_t(256) << 20);
        QCOMPARE(setrlimit(RLIMIT_AS, &little), 0);
        const auto found = cause();
        setrlimit(RLIMIT_AS, &before);
        QCOMPARE(found, Failure::Memory);
#endif
    }

    void aGpuThatNoLongerAnswersIsNotAskedAgain()
    {
        static int made = 0, freed = 0;
        struct OnGpu
        {
            OnGpu() { ++made; }
            ~OnGpu() { ++freed; }
        };
        Method method = countingMethod();
        method.run = [&](const Request& request, Models& models, const Report& report) -> Result {
            models.kept<const OnGpu>("network", {}, [] { return std::make_shared<const OnGpu>(); });
            if (std::get<std::string>(request.values.at("prompt")) == "lost")
                throw std::runtime_error("CUDA error: unspecified launch failure\nCompile with");
            StageReport progress = report;
            Loading loading {
                .device = request.device == "cpu" ? at::kCPU : at::kCUDA, .progress = progress};
            loadPart({}, {}, {"network"}, loading);
            return {};
        };
        Engine engine;
        QSignalSpy failed(&engine, &Engine::failed), finished(&engine, &Engine::finished);
        const auto start = [&](const char* prompt, const char* device) {
            Request request = countingRequest({{"prompt", std::string(prompt)}});
            request.device = device;
            engine.start(method, ready(method, request));
        };
        start("lost", "cuda");
        QVERIFY(failed.wait());
        const auto lost = last<Failure>(failed);
        QCOMPARE(lost.cause, Failure::Device);
        QCOMPARE(
            lost.sentence,
            QStringLiteral("The GPU no longer answers (CUDA error: unspecified launch failure). "
                           "Start Simile again to use it, or choose the device cpu."));
        start("a", "cuda");
        QVERIFY(failed.wait());
        QCOMPARE(last<Failure>(failed).cause, Failure::Device);
        QVERIFY(last<Failure>(failed).sentence.contains(QStringLiteral("stopped answering")));
        QCOMPARE(made, 2);  // both are abandoned
        QCOMPARE(freed, 0); // that would have asked it
        start("a", "cpu");
        QVERIFY(finished.wait());
    }

    void aStepThatDoesNotEndEndsTheProgramAtItsEnd()
    {
        const pid_t child = fork();
        if (child == 0) {
            alarm(60);
            std::atomic<bool> runs = false;
            Method method = countingMethod();
            method.run = [&runs](const Request&, Models&, const Report&) -> Result {
                runs = true;
                while (true)
                    pause();
            };
            {
                Engine engine(nullptr, std::chrono::milliseconds(200));
                engine.start(method, ready(method, countingRequest()));
                while (!runs)
                    std::this_thread::yield();
            }
            _exit(ExitDone);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY2(
            WIFEXITED(status) && WEXITSTATUS(status) == ExitFailed,
            qPrintable(QString::number(status)));
    }
};

QTEST_GUILESS_MAIN(EngineFailuresTest)
#include "tst_enginefailures.moc"
