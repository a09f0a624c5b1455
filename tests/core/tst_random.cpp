// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/random.h"

#include <QTest>
#include <cmath>
#include <vector>

namespace {

using Counter = std::array<uint32_t, 4>;
using Key = std::array<uint32_t, 2>;

std::vector<float> numbers(uint64_t seed, uint32_t stream, std::size_t length)
{
    std::vector<float> result(length);
    normal(seed, stream, result);
    return result;
}

} // namespace

class RandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The known answers that Random123 publishes.
    void philoxGivesItsKnownAnswers()
    {
        QCOMPARE(
            philox({0, 0, 0, 0}, {0, 0}),
            (Counter {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        const uint32_t ones = 0xffffffff;
        QCOMPARE(
            philox({ones, ones, ones, ones}, {ones, ones}),
            (Counter {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QCOMPARE(
            philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Counter {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }

    void numbersFollowFromTheWords()
    {
        const uint64_t seed = 0x1234567890abcdef;
        const std::vector<float> all = numbers(seed, 7, 12);
        const Counter words = philox({2, 0, 7, 0}, Key {0x90abcdef, 0x12345678});
        for (int pair = 0; pair < 2; ++pair) {
            const double u1 = (words[2 * pair] + 0.5) / 4294967296.0;
            const double u2 = (words[2 * pair + 1] + 0.5) / 4294967296.0;
            const double radius = std::sqrt(-2 * std::log(u1)), angle = 2 * M_PI * u2;
            QCOMPARE(all[8 + 2 * pair], float(radius * std::cos(angle)));
            QCOMPARE(all[9 + 2 * pair], float(radius * std::sin(angle)));
        }
    }

    void aSeedGivesTheseNumbers()
    {
        // Computed apart, in Python, from the description in random.cpp.
        const float expected[] = {-0.9701898f, 0.1940190f,  -1.2356207f,
                                  1.9239267f,  -0.0731815f, 0.1391375f};
        const std::vector<float> given = numbers(42, 0, 6);
        for (int i = 0; i < 6; ++i)
            QVERIFY2(
                std::abs(given[i] - expected[i]) < 1e-6f, qPrintable(QString::number(given[i])));
    }

    void anElementDoesNotDependOnTheLength()
    {
        const std::vector<float> all = numbers(42, 1, 1000);
        for (const std::size_t length : {0, 1, 2, 3, 5, 998}) {
            const std::vector<float> some = numbers(42, 1, length);
            QVERIFY(std::equal(some.begin(), some.end(), all.begin()));
        }
    }

    void seedsAndStreamsAreApart()
    {
        const std::vector<float> first = numbers(42, 0, 8);
        for (const auto& other :
             {numbers(43, 0, 8), numbers(42, 1, 8), numbers(42 + (uint64_t(1) << 32), 0, 8)})
            for (int i = 0; i < 8; ++i)
                QVERIFY(first[i] != other[i]);
    }

    void numbersAreNormal()
    {
        const std::size_t count = 400'000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0;
        for (const double x : numbers(1, 0, count)) {
            sum += x;
            squares += x * x;
            cubes += x * x * x;
            fourths += x * x * x * x;
        }
        // Four standard errors: sqrt(1, 2, 15, 96 / count).
        QVERIFY(std::abs(sum / count) < 4 * std::sqrt(1.0 / count));
        QVERIFY(std::abs(squares / count - 1) < 4 * std::sqrt(2.0 / count));
        QVERIFY(std::abs(cubes / count) < 4 * std::sqrt(15.0 / count));
        QVERIFY(std::abs(fourths / count - 3) < 4 * std::sqrt(96.0 / count));
    }
};

QTEST_GUILESS_MAIN(RandomTest)
#include "tst_random.moc"
