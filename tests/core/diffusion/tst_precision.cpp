// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/precision.h"
#include "tests/failure.h"

#include <QFile>
#include <QTest>

namespace {

constexpr BFloat16Units none = {}, avx512 = {.avx512 = true};

/// The name of the type that "auto" is.
QString automatic(
    const char* device, const BFloat16Units& units, const PrecisionEnvironment& environment = {})
{
    return QString::fromLatin1(
        c10::toString(automaticType(at::Device(device), units, environment)));
}

const char* const variables[] = {"SIMILE_AUTO_PRECISION", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"};

/// An environment without the variables above; at its end they are as they were.
struct EmptyEnvironment
{
    EmptyEnvironment()
    {
        for (const char* name : variables) {
            before.push_back(qgetenv(name));
            qunsetenv(name);
        }
    }
    ~EmptyEnvironment()
    {
        for (size_t i = 0; i < before.size(); ++i)
            if (before[i].isNull())
                qunsetenv(variables[i]);
            else
                qputenv(variables[i], before[i]);
    }
    EmptyEnvironment(const EmptyEnvironment&) = delete;
    EmptyEnvironment& operator=(const EmptyEnvironment&) = delete;

private:
    std::vector<QByteArray> before = {};
};

/// The line of /proc/cpuinfo that lists the first processor's instructions.
QByteArray readFlags()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith("flags"))
                return line + ' ';
    return {};
}

} // namespace

class PrecisionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void autoFollowsTheProcessorAndTheCap_data()
    {
        QTest::addColumn<QString>("isa");
        QTest::addColumn<QStringList>("expected"); // of the processors below, in their order
        const QString f = QStringLiteral("Float"), b = QStringLiteral("BFloat16");
        const auto rows = [](const QStringList& expected, const std::vector<const char*>& names) {
            for (const char* isa : names)
                QTest::newRow(*isa ? isa : "not set") << QString::fromLatin1(isa) << expected;
        };
        rows(
            {f, f, f, f},
            {"SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI",
             "avx2", "Avx512_Core"});
        rows({f, b, f, b}, {"AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX10_1_512"});
        rows(
            {f, b, b, b},
            {"AVX512_CORE_AMX", "AVX512_CORE_AMX_FP16", "AVX10_1_512_AMX", "DEFAULT", "ALL", "",
             "no such set"});
    }

    void autoFollowsTheProcessorAndTheCap()
    {
        QFETCH(QString, isa);
        QFETCH(QStringList, expected);
        const std::string cap = isa.toStdString();
        const BFloat16Units processors[] = {
            {}, {.avx512 = true}, {.amx = true}, {.avx512 = true, .amx = true}};
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(automatic("cpu", processors[i], {.maxIsa = cap}), expected[i]);
            QCOMPARE(automatic("cpu", processors[i], {.oldMaxIsa = cap}), expected[i]);
            QCOMPARE(automatic("cuda", processors[i], {.maxIsa = cap}), QStringLiteral("Half"));
        }
    }

    void theNewNameOfTheCapCountsBeforeTheOld()
    {
        QCOMPARE(
            automatic("cpu", avx512, {.maxIsa = "ALL", .oldMaxIsa = "AVX2"}),
            QStringLiteral("BFloat16"));
        QCOMPARE(
            automatic("cpu", avx512, {.maxIsa = "AVX2", .oldMaxIsa = "ALL"}),
            QStringLiteral("Float"));
    }

    void autoIsWhatTheEnvironmentSays()
    {
        for (const char* device : {"cpu", "cuda:1"})
            for (const BFloat16Units& units : {none, avx512})
                for (const char* isa : {"", "AVX2"}) {
                    QCOMPARE(
                        automatic(device, units, {.automatic = "fp32", .maxIsa = isa}),
                        QStringLiteral("Float"));
                    QCOMPARE(
                        automatic(device, units, {.automatic = "bf16", .maxIsa = isa}),
                        QStringLiteral("BFloat16"));
                }
        for (const char* wrong : {"fp16", "FP32", "auto", "1"}) {
            const PrecisionEnvironment environment {.automatic = wrong};
            QVERIFY_EXCEPTION_THROWN(automatic("cpu", avx512, environment), ValueError);
            QCOMPARE(
                failure([&] { automatic("cuda", none, environment); }),
                "The environment variable SIMILE_AUTO_PRECISION is \"" + std::string(wrong)
                    + "\". It can be fp32 or bf16, or not be set.");
        }
    }

    void aPrecisionIsReadInThisEnvironment()
    {
        const EmptyEnvironment environment;
        QVERIFY(floatingType("fp32", at::kCPU) == at::kFloat);
        QVERIFY(floatingType("bf16", at::kCPU) == at::kBFloat16);
        QVERIFY(floatingType("fp16", at::kCPU) == at::kHalf);
        QVERIFY(floatingType("auto", at::kCUDA) == at::kHalf);
        QVERIFY(floatingType("auto", at::kCPU) != at::kHalf);
        QVERIFY_EXCEPTION_THROWN(floatingType("fp8", at::kCPU), ValueError);
        for (const char* cap : {"ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"}) {
            qputenv(cap, "AVX2");
            QVERIFY(floatingType("auto", at::kCPU) == at::kFloat);
            qputenv("SIMILE_AUTO_PRECISION", "bf16");
            QVERIFY(floatingType("auto", at::kCPU) == at::kBFloat16);
            QVERIFY(floatingType("fp32", at::kCPU) == at::kFloat);
            qunsetenv("SIMILE_AUTO_PRECISION");
            qunsetenv(cap);
        }
        qputenv("SIMILE_AUTO_PRECISION", "half");
        QVERIFY_EXCEPTION_THROWN(floatingType("auto", at::kCPU), ValueError);
        QVERIFY(floatingType("fp16", at::kCPU) == at::kHalf); // said outright
    }

    void whatTheProcessorHasIsAsked()
    {
        const EmptyEnvironment environment;
        const QString flags = QString::fromUtf8(readFlags());
        if (flags.isEmpty())
            QSKIP("This system does not list its processor's instructions.");
        const bool has = flags.contains(QStringLiteral(" avx512_bf16"))
            || flags.contains(QStringLiteral(" amx_bf16"));
        QCOMPARE(floatingType("auto", at::kCPU) == at::kBFloat16, has);
    }
};

QTEST_GUILESS_MAIN(PrecisionTest)
#include "tst_precision.moc"
