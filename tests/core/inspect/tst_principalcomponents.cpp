// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"
#include "core/nn/safetensors.h"

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
