// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/origins.h"

#include "tests/portablefill.h"
#include "tests/seecodercase.h"

#include <QTest>

#include <cmath>

namespace {

using Rows = std::vector<std::vector<double>>;

double number(const Tensor& x, int64_t i, int64_t j, int64_t k)
{
    return x[i][j][k].item<double>();
}

/// The mean over the heads of softmax(q k^T), one number after the other.
Rows meanProbabilities(const QueryAttention& a)
{
    const int64_t heads = a.query.size(0), queries = a.query.size(1), keys = a.key.size(1);
    Rows mean(static_cast<size_t>(queries), std::vector<double>(static_cast<size_t>(keys)));
    for (int64_t head = 0; head < heads; ++head)
        for (int64_t i = 0; i < queries; ++i) {
            std::vector<double> row(static_cast<size_t>(keys));
            double sum = 0;
            for (int64_t j = 0; j < keys; ++j) {
                double score = 0;
                for (int64_t d = 0; d < a.query.size(2); ++d)
                    score += number(a.query, head, i, d) * number(a.key, head, j, d);
                row[size_t(j)] = std::exp(score * a.scale);
                sum += row[size_t(j)];
            }
            for (int64_t j = 0; j < keys; ++j)
                mean[size_t(i)][size_t(j)] += row[size_t(j)] / sum / double(heads);
        }
    return mean;
}

/// Brings a map to a finer size: each cell there takes the straight line between the centres of
/// the coarse cells around it; beyond the outer ones it is as they are.
std::vector<double> brought(
    const std::vector<double>& map, int height, int width, int times, int fineHeight, int fineWidth)
{
    const auto between = [times](int i, int size, int& low, int& high) {
        const double place = std::max((i + 0.5) / times - 0.5, 0.);
        low = int(place);
        high = std::min(low + 1, size - 1);
        return place - low;
    };
    std::vector<double> fine;
    double sum = 0;
    for (int y = 0; y < fineHeight; ++y)
        for (int x = 0; x < fineWidth; ++x) {
            int top = 0, bottom = 0, left = 0, right = 0;
            const double down = between(y, height, top, bottom);
            const double over = between(x, width, left, right);
            const auto at = [&](int row, int column) { return map[size_t(row * width + column)]; };
            fine.push_back(
                (1 - down) * ((1 - over) * at(top, left) + over * at(top, right))
                + down * ((1 - over) * at(bottom, left) + over * at(bottom, right)));
            sum += fine.back();
        }
    for (double& each : fine)
        each /= sum;
    return fine;
}

/// R of what was seen, by plain loops.
Rows plainOrigins(const std::vector<QueryAttention>& seen, const SeeCoderConfig& config)
{
    const auto global = size_t(config.globalQueries), local = size_t(config.localQueries);
    const int height = seen.front().height, width = seen.front().width;
    Rows r(global + local, std::vector<double>(static_cast<size_t>(height * width)));
    Rows shares(global, std::vector<double>(local));
    for (const QueryAttention& a : seen) {
        const Rows p = meanProbabilities(a);
        if (a.kind == QueryAttention::Self) {
            for (size_t g = 0; g < global; ++g)
                for (size_t n = 0; n < local; ++n)
                    shares[g][n] += p[g][global + n];
            continue;
        }
        const int times = a.level == 0 ? 1 : a.level == 1 ? 2 : 4;
        for (size_t n = 0; n < local; ++n) {
            const auto fine = brought(p[n], a.height, a.width, times, height, width);
            for (size_t cell = 0; cell < fine.size(); ++cell)
                r[global + n][cell] += fine[cell] / config.queryLayers;
        }
    }
    for (size_t g = 0; g < global; ++g) {
        double sum = 0;
        for (const double each : shares[g])
            sum += each;
        for (size_t n = 0; n < local; ++n)
            for (size_t cell = 0; cell < r[g].size(); ++cell)
                r[g][cell] += shares[g][n] / sum * r[global + n][cell];
    }
    return r;
}

} // namespace

class TestOrigins : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void theyAreThoseOfPlainLoops_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        for (const auto& [height, width] : {std::pair(64, 96), {53, 118}, {8, 8}})
            QTest::addRow("%d x %d", height, width) << height << width;
    }

    void theyAreThoseOfPlainLoops()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        const SeeCoderConfig config = tinySeeCoder();
        const Weights w(portableWeights(seeCoderShapes(config)));
        Origins origins(config);
        std::vector<QueryAttention> seen;
        seeCoder(
            config, w, portableUniform("image", {1, 3, height, width}), {},
            [&](const QueryAttention& attention) {
                origins.look(attention);
                seen.push_back(attention);
            });
        QCOMPARE(int(seen.size()), 2 * config.queryLayers);
        QCOMPARE(origins.height(), (height + 7) / 8);
        QCOMPARE(origins.width(), (width + 7) / 8);
        const Tensor rows = origins.rows();
        const Rows plain = plainOrigins(seen, config);
        QVERIFY(rows.sizes() == at::IntArrayRef({10, origins.height() * origins.width()}));
        double most = 0;
        for (size_t i = 0; i < plain.size(); ++i)
            for (size_t j = 0; j < plain[i].size(); ++j)
                most = std::max(
                    most, std::abs(rows[int64_t(i)][int64_t(j)].item<double>() - plain[i][j]));
        QVERIFY2(most < 1e-6, std::to_string(most).c_str());
        QVERIFY((rows.sum(at::IntArrayRef {1}) - 1).abs().max().item<double>() < 1e-5);
    }

    void toLookChangesNoBit()
    {
        SeeCoderConfig config = tinySeeCoder();
        config.positions = true;
        const Weights w(portableWeights(seeCoderShapes(config)));
        const Tensor image = portableUniform("image", {1, 3, 40, 70});
        Origins origins(config);
        const Tensor seen =
            seeCoder(config, w, image, {}, [&](const QueryAttention& each) { origins.look(each); });
        QVERIFY(seen.equal(seeCoder(config, w, image)));
    }
};

QTEST_GUILESS_MAIN(TestOrigins)
#include "tst_origins.moc"
