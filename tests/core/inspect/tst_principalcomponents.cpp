// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/principalcomponents.h"
#include "core/weights/safetensors.h"

#include <QTest>

#include <cmath>
#include <cstdlib>

namespace {

/// The recorded rows, components, scores and colours of the original's tool.
using Tensors = std::unordered_map<std::string, Tensor>;
const Tensors& recorded()
{
    static const Tensors tensors = [] {
        const auto read = loadSafetensors(TEST_DATA "/pnp-ldm/pca.safetensors");
        return Tensors(read.begin(), read.end());
    }();
    return tensors;
}

std::vector<float> numbers(const std::string& name)
{
    const Tensor t = recorded().at(name).contiguous();
    return {t.const_data_ptr<float>(), t.const_data_ptr<float>() + t.numel()};
}

double largestDifference(const auto& a, const auto& b)
{
    double largest = a.size() == b.size() ? 0 : INFINITY;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(double(a[i]) - double(b[i])));
    return largest;
}

int farthest(const Image& picture, const std::string& name)
{
    const Tensor wanted = recorded().at(name).contiguous();
    int most = 0;
    for (int64_t i = 0; i < wanted.numel(); ++i)
        most = std::max(most, std::abs(picture.rgb[i] - wanted.const_data_ptr<uint8_t>()[i]));
    return most;
}

} // namespace

class PrincipalComponentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreTheOriginalsOverTwoPictures_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("side");
        for (const char* time : {"t341", "t541"})
            for (const auto& [kind, side] :
                 std::map<QString, int> {{"in_layers", 4}, {"out_layers", 4}})
                QTest::newRow(qPrintable(time + kind))
                    << QStringLiteral("pca.%1.output_block_4_%2").arg(time, kind) << side;
        for (const char* time : {"t341", "t541"})
            for (const char* kind : {"q", "k"})
                QTest::newRow(qPrintable(QString(time) + kind))
                    << QStringLiteral("pca.%1.output_block_8_self_attn_%2").arg(time, kind) << 8;
    }

    void theyAreTheOriginalsOverTwoPictures()
    {
        QFETCH(QString, kind);
        QFETCH(int, side);
        const std::string name = kind.toStdString() + ".";
        const int channels = int(recorded().at(name + "rows_real").size(1));
        std::vector<float> rows = numbers(name + "rows_real");
        const std::vector<float> generated = numbers(name + "rows_generated");
        rows.insert(rows.end(), generated.begin(), generated.end());
        const PrincipalComponents fitted = fitComponents(rows, channels);
        QVERIFY(largestDifference(fitted.components, numbers(name + "components")) < 1e-4);
        for (int i = 0; i < 3; ++i)
            QVERIFY(
                std::abs(fitted.singularValues[i] - numbers(name + "singular_values")[i]) < 1e-4);
        for (const char* picture : {"real", "generated"}) {
            const std::vector<float> scores = project(fitted, numbers(name + "rows_" + picture));
            QVERIFY(largestDifference(scores, numbers(name + picture + ".scores")) < 1e-4);
            QVERIFY(farthest(toPicture(scores, side, side), name + picture + ".rgb") <= 1);
        }
    }

    void aComponentPointsToItsLargestScore()
    {
        // Along (1, -1) the far end is negative in the second channel.
        const std::vector<float> rows {0, 0, 1, -1, -1, 1, 5, -5};
        const PrincipalComponents fitted = fitComponents(rows, 2);
        QVERIFY(std::abs(fitted.components[0] - std::sqrt(.5)) < 1e-9);
        QVERIFY(std::abs(fitted.components[1] + std::sqrt(.5)) < 1e-9);
        const std::vector<float> scores = project(fitted, rows);
        QVERIFY(scores[9] > 5);
    }

    void moreChannelsThanRowsGiveTheSame()
    {
        // The same plane in 2 and, by adding channels that never change, in 6 dimensions.
        const std::vector<float> narrow {1, 2, 3, -1, 0, 4, -2, 2};
        std::vector<float> wide;
        for (int i = 0; i < 4; ++i)
            wide.insert(wide.end(), {narrow[2 * i], 7, 7, narrow[2 * i + 1], 7, 7});
        const auto first = fitComponents(narrow, 2), second = fitComponents(wide, 6);
        QVERIFY(largestDifference(project(first, narrow), project(second, wide)) < 1e-5);
        QVERIFY(largestDifference(first.singularValues, second.singularValues) < 1e-9);
    }

    /// Their size decides by which library they are decomposed.
    void mapsOfFewDimensionsHaveFewComponents_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("rank");
        for (const int channels : {8, 300, 1100})
            for (const int rank : {0, 1, 2, 3})
                QTest::addRow("%d of %d", rank, channels) << channels << rank;
    }

    void mapsOfFewDimensionsHaveFewComponents()
    {
        QFETCH(int, channels);
        QFETCH(int, rank);
        // Channels 2r and 2r + 1 change alike; each pair in other rows, and less than the one
        // before.
        const int n = channels + 6;
        std::vector<float> rows(std::size_t(n) * channels, 5.F);
        for (int r = 0; r < rank; ++r)
            for (const int c : {2 * r, 2 * r + 1}) {
                rows[std::size_t(2 * r) * channels + c] += float(8 - r);
                rows[std::size_t(2 * r + 1) * channels + c] -= float(8 - r);
            }
        const PrincipalComponents fitted = fitComponents(rows, channels);
        for (int r = 0; r < 3; ++r) {
            const double length = r < rank ? 2. * (8 - r) : 0;
            QVERIFY(std::abs(fitted.singularValues[r] - length) < 1e-9);
            for (int c = 0; c < channels; ++c) {
                const double size = r < rank && c / 2 == r ? std::sqrt(.5) : 0;
                QVERIFY(std::abs(std::abs(fitted.components[r * channels + c]) - size) < 1e-9);
            }
        }
    }

    void equalComponentsAreAllFound_data()
    {
        QTest::addColumn<int>("channels");
        for (const int channels : {8, 1100})
            QTest::addRow("%d", channels) << channels;
    }

    void equalComponentsAreAllFound()
    {
        // Each channel changes in two rows of its own: the first two alike, all others less.
        QFETCH(int, channels);
        std::vector<float> rows(std::size_t(2 * channels) * channels);
        for (int c = 0; c < channels; ++c) {
            const float height = c < 2 ? 3 : c < 5 ? 2 : 1;
            rows[std::size_t(2 * c) * channels + c] = height;
            rows[std::size_t(2 * c + 1) * channels + c] = -height;
        }
        const std::vector<double> found = fitComponents(rows, channels).singularValues;
        const double root = std::sqrt(2.);
        QVERIFY(largestDifference(found, std::vector {3 * root, 3 * root, 2 * root}) < 1e-9);
    }

    void bothLibrariesFindTheSame()
    {
        // Rows beyond all that is decomposed as a whole, and the same with channels that stand
        // still.
        const int n = 1200, narrow = 40, wide = 1100;
        std::vector<float> first, second;
        uint32_t state = 1;
        for (int i = 0; i < n; ++i)
            for (int c = 0; c < wide; ++c) {
                state = state * 1664525 + 1013904223;
                const float value = c < narrow ? float(state >> 8) / float(1 << 24) : 0;
                second.push_back(value);
                if (c < narrow)
                    first.push_back(value);
            }
        const auto a = fitComponents(first, narrow), b = fitComponents(second, wide);
        QVERIFY(largestDifference(a.singularValues, b.singularValues) < 1e-9);
        QVERIFY(largestDifference(project(a, first), project(b, second)) < 1e-5);
    }

    void numbersThatOverflowedAreSaid()
    {
        const std::vector<float> rows {0, 1, NAN, 3};
        QVERIFY_EXCEPTION_THROWN(fitComponents(rows, 2), WorkError);
    }

    void aMapThatIsTheSameEverywhereIsBlack()
    {
        const std::vector<float> rows(4 * 5, 3.F);
        const PrincipalComponents fitted = fitComponents(rows, 5);
        const Image picture = toPicture(project(fitted, rows), 2, 2);
        QCOMPARE(picture, filled(2, 2, {0, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(PrincipalComponentsTest)
#include "tst_principalcomponents.moc"
